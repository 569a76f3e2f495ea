"""What `claims evaluate --sample` and `claims stats --corrected` do with a sample that people have judged."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.choice import Choice
from claims_cli.claim import Claim
from claims_cli.commands.messages import Messages, count
from claims_cli.errors import UsageError
from claims_cli.names import one_of
from claims_cli.rulebook import RuleSources
from claims_cli.store import opening
from claims_cli.store.marks import marks_of
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader

if TYPE_CHECKING:
    from claims_cli.sampling.corrected import Corrected
    from claims_cli.sampling.figures import Figure
    from claims_cli.sampling.verdicts import Sample


def sample_of(path: Path, sources: RuleSources, store: Path | None = None) -> "Sample":
    """A judged sample, with the marks that a store has of its claims.

    Raises:
        RulebookError: the lexicon of verdicts is broken.
        UsageError: it cannot be read, or nothing of it was judged.
    """
    from claims_cli.sampling.verdicts import Words, read_sample

    words = Words.load(sources)
    if store is None:
        found = read_sample(path, words)
    else:
        with opening.readable(store) as connection:
            found = read_sample(path, words, marks_of(connection))
    if not any(unit.said for unit in found.units):
        remedy = "fill in the sheets beside it, or its own columns: claim, speaker_right, … (claims sample --help)"
        raise UsageError(f"nothing of {path} was judged", remedy)
    return found


def sample_report(
    path: Path, folder: str | None, store: Path | None, format: str, sources: RuleSources, messages: Messages
) -> tuple[Callable, list["Figure"]]:
    """What writes precision and recall of the corpus from which a sample was drawn, and these figures.

    Args:
        folder: of annotated texts, with which a sample does not go; store: whose marks count as a coder's verdicts.

    Raises:
        RulebookError, UsageError: as their names say.
    """
    from claims_cli.sampling.figures import write_json, write_table

    if folder is not None:
        raise UsageError("--sample goes without a folder", "claims evaluate --help")
    return write_table if format == "table" else write_json, measured_sample(path, sources, messages, store)


def measured_sample(path: Path, sources: RuleSources, messages: Messages, store: Path | None = None) -> list["Figure"]:
    """The figures of a sample; what is left out, and what recall does not cover, is told.

    Raises:
        RulebookError, UsageError: as their names say.
    """
    from claims_cli.sampling.figures import asks_beside, figures

    sample = sample_of(path, sources, store)
    found = list(figures(sample))
    if any(figure.figure == "recall" for figure in found) and not asks_beside(sample):
        messages.tell("recall is of sentences without claims only: nobody filled `missed` beside a claim")
    messages.say(judged_line(sample))
    return found


def judged_line(sample: "Sample") -> str:
    """One line: how much was judged, and what counts for nothing."""
    judged = sum(bool(unit.said) for unit in sample.units)
    parts = [f"{judged:,} of {count(len(sample.units), 'unit')} judged, in {count(sample.sheets, 'sheet')}"]
    if sample.disputed:
        parts.append(f"{count(sample.disputed, 'cell')} in which coders differ left out (claims agreement -o)")
    if sample.unsure:
        parts.append(f"{count(sample.unsure, 'cell')} left out as unsure")
    return "; ".join(parts) + "."


def corrected_shares(
    path: Path, claims: list[Claim], by: Iterable[str], sources: RuleSources, messages: Messages
) -> list["Corrected"]:
    """Shares of the claims that are shown, corrected by a sample that was drawn from them.

    Raises:
        RulebookError, UsageError: as their names say.
    """
    from claims_cli.sampling.corrected import LEAST_JUDGED, corrected, counts_of, judged_for

    sections = groups()
    asked = list(by) or ["type", "quotation", "naming"]
    one_of("section to correct", asked, sections)
    sample = sample_of(path, sources)
    refuse_other(path, sample, claims)
    found = []
    for section in asked:
        found += list(corrected(sample, section, counts_of(claims, sections[section])))
        tell_unlabelled(sample, section, messages)
        if len(judged_for(sample, section)) < LEAST_JUDGED:
            messages.tell(f"{section}: fewer than {LEAST_JUDGED} units were judged; do not trust the intervals")
    messages.say(judged_line(sample))
    return found


def groups() -> dict:
    """By section what group a claim is in."""
    from claims_cli.sampling.draw import UNTOLD, naming_of

    return {
        "type": lambda claim: claim.type,
        "quotation": lambda claim: claim.quote,
        "naming": naming_of,
        "outlet": lambda claim: claim.outlet or UNTOLD,
    }


def shown(reader: Reader, choice: Choice, further: Further) -> list[Claim]:
    """Every claim that the options show.

    Raises:
        UsageError: they cut the list.
    """
    if choice.query.limit is not None:
        raise UsageError("shares are corrected of all that is shown", "leave out --limit")
    return list(reader.claims(choice, further))


def tell_unlabelled(sample: "Sample", section: str, messages: Messages) -> None:
    """Say how many judged units are left out, since their group is not told."""
    from claims_cli.sampling.corrected import truth_of

    judged = [unit for unit in sample.units if unit.said.get("claim" if unit.is_claim else "missed")]
    lacking = sum(truth_of(unit, section) is None for unit in judged)
    if lacking:
        messages.tell(f"{section}: {count(lacking, 'judged unit')} left out, whose {section} nobody filled in")


def refuse_other(path: Path, sample: "Sample", claims: list[Claim]) -> None:
    """Refuse a sample of other claims than those that are shown.

    Raises:
        UsageError: it is one.
    """
    sizes = {unit.stratum: unit.size for unit in sample.units if unit.is_claim}
    known = {claim.id for claim in claims}
    strange = sum(unit.is_claim and unit.id not in known for unit in sample.units)
    if strange or sum(sizes.values()) != len(claims):
        reason = f"{path} was drawn from {sum(sizes.values()):,} claims, and {len(claims):,} are shown"
        reason += f"; {strange} of the drawn ones are not among them" if strange else ""
        raise UsageError(reason, "give the store and the options with which it was drawn, or draw again")


def write_for_r(path: Path, sample: Path, claims: list[Claim], sources: RuleSources) -> None:
    """Write a CSV for R's misclassificationmodels: every claim, with the truth where it was judged.

    Raises:
        OutputError, RulebookError, UsageError: as their names say.
    """
    from claims_cli.outputs.files import whole_file
    from claims_cli.outputs.layout import Layout
    from claims_cli.outputs.tables import write_delimited
    from claims_cli.sampling.misclassification import rows_of

    rows = rows_of(sample_of(sample, sources), claims)
    with whole_file(path, encoding="utf-8", newline="") as stream:  # R takes a byte-order mark for a name
        write_delimited(",", rows, stream, Layout())
