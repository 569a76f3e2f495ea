"""What lines and disputes are made of, asked of a store."""

from dataclasses import replace

from claims_cli.across import DAYS
from claims_cli.across.changes import Comparing
from claims_cli.across.described import Described
from claims_cli.across.disputes import Dispute, disputes
from claims_cli.across.lines import Line, line
from claims_cli.across.reading import ATTITUDE, THOUGHT
from claims_cli.across.roles import RoleTable
from claims_cli.across.same_as import words_of
from claims_cli.across.statements import statements
from claims_cli.across.vocabulary import Vocabulary
from claims_cli.across.wording import Wording
from claims_cli.choice import Choice
from claims_cli.corpus import Identity
from claims_cli.errors import UsageError
from claims_cli.names import folded_name
from claims_cli.rulebook import RuleSources
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader

MOST_NAMED = 5


def with_stances(choice: Choice, types: object) -> Choice:
    """A choice without a limit, of which something is made; with stances and doubts where no `types` are asked for."""
    query = replace(choice.query, limit=None)
    return replace(choice, query=query if types else replace(query, types=query.types | {ATTITUDE, THOUGHT}))


def of_everybody(choice: Choice) -> Choice:
    """The same choice of everybody's claims, with a tally of its own."""
    return Choice(replace(choice.query, speakers=()))


def one_speaker(reader: Reader, choice: Choice, further: Further, wanted: str) -> Identity | None:
    """The speaker who is meant by a name; None where nobody has it.

    Raises:
        UsageError: several have it.
    """
    having = [one for one in reader.speakers(choice, further) if choice.asks_for(one.spellings)]
    exact = [one for one in having if folded_name(wanted) in {folded_name(name) for name in (one.name, *one.spellings)}]
    named = exact or [one for one in having if one.named] or having
    if len(named) > 1:
        names = ", ".join(f"{one.name} ({one.claims})" for one in named[:MOST_NAMED])
        others = f" and {len(named) - MOST_NAMED} others" if len(named) > MOST_NAMED else ""
        raise UsageError(f"'{wanted}' may be {names}{others}", "give the whole name of one")
    return named[0] if named else None


def line_of(
    reader: Reader, choice: Choice, further: Further, sources: RuleSources, wanted: str,
    topic: str | None = None, model: str | None = None,
) -> Line:  # fmt: skip
    """The line of the speaker who is meant by a name; an empty one where nobody has it.

    Args:
        choice: that of the claims, the name among what it asks for.
        sources: where the words stand by which statements are compared.
        topic: words that the statements must hold; model: another spaCy pipeline.

    Raises:
        ModelMissing: the model is not installed.
        UsageError: several speakers have the name.
        RulebookError: something in the lexicons is wrong.
    """
    vocabulary, printings = Vocabulary.load(sources), Comparing(Wording(words_of(sources)))
    one = one_speaker(reader, replace(choice, tally=Choice(choice.query).tally), further, wanted)
    found = statements(reader, choice, further, vocabulary)
    if one is None:
        return Line(wanted, ())
    own = [statement for statement in found if one.id in statement.speakers]
    everything = statements(reader, of_everybody(choice), Further(), vocabulary)
    is_all = further == Further()
    asked = everything if is_all else statements(reader, of_everybody(choice), further, vocabulary)
    likely = Described(asked, vocabulary, RoleTable.load(sources)).of(one.id)
    return line(one.name, own, everything, vocabulary, printings, likely, topic, model)


def disputes_of(
    reader: Reader, choice: Choice, further: Further, vocabulary: Vocabulary, days: int = DAYS, model: str | None = None
) -> list[Dispute]:
    """The disputes of a store; where speakers are asked for, those in which one of them has a part.

    Raises:
        ModelMissing: the model is not installed.
    """
    asked = statements(reader, choice, further, vocabulary)
    if not choice.query.speakers:
        return disputes(asked, vocabulary, days, model)
    wanted = {one.identity for one in asked}
    everything = statements(reader, of_everybody(choice), further, vocabulary)
    found = disputes(everything, vocabulary, days, model)
    return [one for one in found if wanted & {one.one.identity, one.other.identity}]
