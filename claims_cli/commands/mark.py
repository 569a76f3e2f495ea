"""`claims mark`: what a person made of a claim, kept beside it."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from claims_cli.commands.extract import ending
from claims_cli.commands.messages import Messages
from claims_cli.commands.sources import Db, store_named
from claims_cli.errors import UsageError
from claims_cli.manifest import now
from claims_cli.names import suggest
from claims_cli.outputs.escapes import clean
from claims_cli.store import marks_file, opening
from claims_cli.store.marks import VERDICTS, Mark, give, take_away, whole_id
from claims_cli.store.reading import Reader
from claims_cli.store.writing import transaction, whole_letters

REMEDY = f"say {' or '.join(VERDICTS)}, who said it, or a note: claims mark 5cbd7bed wrong 'it was his deputy'"
FROM_REMEDY = "claims mark --from claims-marks.jsonl claims.db"
SPEAKER = "speaker"
NEAR = 0.7  # how like a verdict a single word must be to be one misspelt


def mark(
    claim: Annotated[
        str | None, typer.Argument(metavar="ID", help="The claim's id, or how it begins; with --from the store.")
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="right|wrong|speaker NAME|NOTE...", help="A verdict, who said it, a note."),
    ] = None,
    db: Db = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who judges; by default your login name.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take your mark away again.")] = False,
    file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Take over the marks that were saved from a page.")
    ] = None,
) -> None:
    """Judge a claim: right, wrong, who said it, or a note.

    \b
    Examples:
      claims mark 5cbd7bed right --db claims.db
      claims mark 5cbd7bed wrong "it was his deputy" --db claims.db
      claims mark 5cbd7bed speaker "David Lang" --db claims.db
      claims mark 5cbd7bed "ask the ministry" --by Ann --db claims.db
      claims mark --from claims-marks.jsonl claims.db

    A mark stays through later runs as long as the claim's words stand in the text. A new verdict or note of yours takes
    the place of the last one; those of others stay. A speaker whom you name stands in place of the one that was found,
    in every list and export, until you --remove it. Of a page, Save marks writes the file that --from takes over: all
    its marks, or none where a line is damaged or the store lacks a claim.
    """
    with ending(Messages()):
        name = (by or getpass.getuser()).strip()
        if file is not None:
            take_over(file, whole_letters(name) or "", claim, words, db, remove)
            return
        if claim is None:
            raise UsageError("no claim is named", REMEDY)
        path = store_named(db)
        given = read_mark(words or [], name, remove)
        opening.refuse_missing(path)
        with opening.writable(path, alone=False) as connection:
            number = whole_id(connection, claim)
            with transaction(connection):
                if given is None:
                    told = "mark taken away" if take_away(connection, number, name) else f"{name} has not marked it"
                else:
                    give(connection, number, given)
                    told = given.in_words
            shown, _ = next(Reader(connection).claims_called(number))
        typer.echo(f"{number} {clean(shown.speaker) or '(nobody named)'}: {clean(shown.content.text)}", err=True)
        typer.echo(f"{clean(told)} ({clean(name)})", err=True)


def take_over(file: Path, by: str, store: str | None, words: list[str] | None, db: Path | None, remove: bool) -> None:
    """Give the claims of a store the marks of a file.

    Raises:
        InputError, OutputError, UsageError: nothing was applied.
    """
    if words or remove or (store and db):
        raise UsageError("--from takes a file and a store, and nothing else", FROM_REMEDY)
    path = store_named(Path(store) if store else db)
    found = marks_file.read(file, by)
    opening.refuse_missing(path)
    with opening.writable(path, alone=False) as connection:
        marks_file.apply(connection, file, found)
    count = f"{len(found):,} mark{'' if len(found) == 1 else 's'}"
    typer.echo(f"{count} of {clean(str(file))} taken over into {clean(str(path))} ({clean(by)})", err=True)


def read_mark(words: list[str], by: str, remove: bool) -> Mark | None:
    """The mark that some words are; None to take one away.

    Raises:
        UsageError: nothing is said, or something and its removal.
    """
    if remove == bool(words):
        raise UsageError(
            "--remove takes a mark away, and words make one" if remove else "a mark says something", REMEDY
        )
    if remove:
        return None
    first, *rest = words
    if first.lower() == SPEAKER:
        speaker = " ".join(" ".join(rest).split())
        if not speaker:
            raise UsageError("speaker wants a name", 'claims mark 5cbd7bed speaker "David Lang"')
        return Mark(None, None, whole_letters(by) or "", now(), whole_letters(speaker))
    check_spelling(first, alone=not rest)
    verdict = first.lower() if first.lower() in VERDICTS else None
    note = " ".join(rest if verdict else words).strip() or None
    if not (verdict or note):
        raise UsageError("a mark says something", REMEDY)
    return Mark(verdict, whole_letters(note), whole_letters(by) or "", now())


def check_spelling(first: str, alone: bool) -> None:
    """Raises:
    UsageError: a word is like a verdict, and is none.
    """
    known = (*VERDICTS, SPEAKER)
    is_word = first.isalpha() and first.lower() not in known
    near = suggest(first.lower(), known, NEAR) if is_word else ""
    if near:
        note = f"{first} {'…' if alone else 'and more'}"
        raise UsageError(f"'{first}' is no verdict", f"{near} A note goes in quotes: claims mark 5cbd7bed '{note}'")
