"""What a run says on standard error: failed inputs, notes, progress, totals. Nothing here touches standard output."""

import json
import os
import sys
from pathlib import Path
from shutil import get_terminal_size
from time import monotonic
from typing import TYPE_CHECKING

import typer

from claims_cli.choice import Choice
from claims_cli.claim import HELD, Document
from claims_cli.config import Config
from claims_cli.errors import ClaimsError, InputError
from claims_cli.outputs.escapes import spelled
from claims_cli.query import Query
from claims_cli.rulebook.calibration import UNCALIBRATED, in_force
from claims_cli.rulebook.files import missing_libraries

if TYPE_CHECKING:
    from claims_cli.manifest import Manifest

WIDTH = 78
SOON = 2.0  # seconds after which it can be told how long a run takes
MINUTE, HOUR = 60, 3600


class Messages:
    """The messages of one run.

    Args:
        quiet: no progress, notes and totals; what failed is always told.
        as_json: one JSON object a failed input and nothing else.

    Attributes:
        goes_on: whether the same command, after an interrupt, goes on where it was.
    """

    def __init__(self, quiet: bool = False, as_json: bool = False):
        self.quiet = quiet or as_json
        self.as_json = as_json
        self.goes_on = False
        self.repeats = self.left_out = 0
        self.total: int | None = None
        self.first: tuple[int, float] | None = None
        self.repeating = ""
        self.shows_progress = not self.quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def tell(self, text: str) -> None:
        """One message on a line of its own."""
        self.wipe()
        typer.echo(f"claims: {spelled(text)}", err=True)

    def configured(self, config: Config) -> None:
        """That a `claims.yaml` is used; and that the small reader cannot be."""
        lacking = missing_libraries()
        if lacking and not config.sources.fast and not self.quiet:
            wanted = " ".join(lacking)
            self.tell(f"the rules read alone, as with --fast: no small reader; try: pip install {wanted}")
        if config.path is not None and not self.quiet:
            self.tell(f"using {config.path} ({config.summary()}); --no-config leaves it out")
        if config.sources.calibration is not None and not self.quiet:
            self.tell(f"calibration {calibration_in_words(config)}; --no-config leaves it out")

    def failed(self, error: InputError) -> None:
        """An input that failed."""
        if self.as_json:
            typer.echo(json.dumps(error.to_json()), err=True)
        else:
            self.tell(str(error))

    def ended(self, error: ClaimsError) -> None:
        """What ended the run; the problems of a rulebook have a line or more each."""
        if self.as_json:
            told = {"path": None, "stage": "run", "reason": error.reason, "remedy": error.remedy}
            typer.echo(json.dumps(told), err=True)
            return
        first, *more = str(error).split("\n")
        self.tell(first)
        for line in more:
            typer.echo(spelled(line), err=True)

    def noted(self, document: Document) -> None:
        """What is doubtful in how a document was read."""
        if self.quiet:
            return
        repeats = notes_of(document)
        if repeats:
            self.repeating = self.repeating or f"{document.path} {repeats[0]}"
            self.repeats += 1
            self.left_out += bool(document.skipped)
        for note in document.notes:
            if note not in repeats:
                self.tell(f"{document.path}: {note}")

    def tell_repeats(self) -> None:
        """How many documents repeat others, in one line."""
        if self.repeats:
            way = "they are left out" if self.left_out else "--duplicates skip leaves them out"
            several = "documents repeat" if self.repeats > 1 else "document repeats"
            self.tell(f"{self.repeats:,} {several} others (first: {self.repeating}); {way}")
        self.repeats = 0

    def loading(self) -> None:
        """That the run begins, which for some seconds shows nothing else; on a terminal only."""
        self.draw("loading the model …")

    def expect(self, total: int | None) -> None:
        """How many inputs will be read, where that is known."""
        self.total = total

    def progress(self, done: int, path: str) -> None:
        """How far the run is, and the document that was read last; on a terminal only."""
        if self.total is None or done > self.total:  # one input held several documents
            self.draw(f"{done:,} read, {path}")
            return
        first, began = self.first = self.first or (done, monotonic())  # before, the model was loaded
        took = monotonic() - began
        left = took / max(1, done - first) * (self.total - done)
        is_known = first < done < self.total and took > SOON
        self.draw(f"{done:,} of {self.total:,} read, {f'{duration(left)} left, ' if is_known else ''}{path}")

    def draw(self, line: str) -> None:
        """Put a line in the place of the last one; on a terminal only."""
        if self.shows_progress:
            width = min(WIDTH, get_terminal_size().columns - 1)
            sys.stderr.write(f"\r\x1b[K{spelled(line)[:width]}")
            sys.stderr.flush()

    def wipe(self) -> None:
        """Take the progress line away."""
        if self.shows_progress:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def say(self, line: str) -> None:
        """A last line on standard error."""
        self.tell_repeats()
        self.wipe()
        if not self.quiet:
            typer.echo(spelled(line), err=True)

    def totals(self, line: str, choice: Choice, to_terminal: bool) -> None:
        """The last line; then speakers who are nobody's name."""
        self.tell_repeats()
        self.wipe()
        if self.quiet:
            return
        typer.echo(spelled(line), err=not to_terminal)
        for wanted, near in choice.strangers().items():
            typer.echo(spelled(f"No speaker matches '{wanted}'. {nearest(near)}"), err=True)


def calibration_in_words(config: Config) -> str:
    """Whether the user's calibration is in force, and what it was learned from.

    Raises:
        RulebookError, UsageError: as their names say.
    """
    found = in_force(config.sources)
    if found == UNCALIBRATED:
        return f"{config.calibration} is not in force, since it was learned for another rulebook (claims calibrate)"
    return f"{config.calibration}: {found}"


def nearest(names: list[str]) -> str:
    """Who may be meant by a name that nobody has."""
    if names:
        return f"Nearest: {', '.join(names)}."
    return "Nobody of a similar name speaks here; claims speakers lists who does."


def notes_of(document: Document) -> list[str]:
    """What is said of the articles of a document that were read before."""
    from claims_cli.articles.duplicates import note_of

    return [note_of(duplicate, len(document.articles) > 1) for duplicate in document.duplicates]


def duration(seconds: float) -> str:
    """Some time in one unit."""
    if seconds < MINUTE:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / MINUTE)} min" if seconds < HOUR else f"{seconds / HOUR:.1f} h"


def totals(choice: Choice, manifest: "Manifest", output: Path | None) -> str:
    """One line: claims, documents, and everything that was not shown with the option that shows it."""
    found = str(choice.tally)
    where = f" written to {output}" if output else ""
    parts = [f"{found} claim{'s' * (found.split()[-1] != '1')} from {count(manifest.documents, 'document')}{where}"]
    if manifest.failed:
        parts.append(f"{manifest.failed} failed")
    if manifest.foreign:
        parts.append(f"{manifest.foreign} not in English (--language any)")
    parts += kept_back(choice)
    others = sorted((+manifest.left_out).items())
    if others:
        kinds = ", ".join(f"{name} ({number})" if number > 1 else name for name, number in others)
        parts.append(f"not read in folders: {kinds} (name a file to read it)")
    return "; ".join(parts) + "."


def kept_back(choice: Choice) -> list[str]:
    """How many claims were not shown, and why, with the options that show them."""
    tally = choice.tally
    held = {name: number for name, number in tally.kept_back.items() if number}
    reasons = []
    if held:
        types = ", ".join(f"{number} {name}" for name, number in sorted(held.items(), key=lambda item: -item[1]))
        reasons.append(f"{types} ({'--type all' if set(held) & set(HELD) else '--type'} shows them)")
    if tally.uncertain:
        reasons.append(f"{tally.uncertain} below {least_confidence(choice.query)} (--min-confidence)")
    if tally.neither:
        reasons.append(f"{tally.neither} for both")
    if tally.cut:
        reasons.append(f"{tally.cut} more (--limit)")
    parts = [f"{tally.hidden} kept back: {', '.join(reasons)}"] if reasons else []
    if tally.undated:
        parts.append(f"{count(len(tally.undated), 'document')} without a date left out (--after, --before)")
    return parts


def least_confidence(query: Query) -> str:
    """From which confidence claims are shown, in words."""
    told = f"confidence {query.threshold:.2f}"
    return f"{told}, or their speaker below {query.least_speaker:.2f}" if query.least_speaker else told


def count(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
