"""How sure it is who speaks (`rules/model/speakers.yaml`): what speaks for an earlier mention, and how often ways hold.

Every piece of evidence has the words in which a reader is told of it; the file has its weight, learned by
`benchmarks/learn_speakers.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp
from pathlib import Path

import yaml

from claims_cli.names import suggest
from claims_cli.rulebook.odds import log_odds
from claims_cli.rulebook.yaml_nodes import SourceFile, compose, entries, number_of

SPEAKERS = "speakers.yaml"
READER_SPEAKERS = "speakers_reader.yaml"  # where the small reader reads beside the rules

# how the source of a claim leads to a speaker; each has a share of right answers
NAMED = "the source names the speaker"
SHORT_NAME = "the only full name that ends so"
ONE_OF_SEVERAL = "the nearest before it of several full names that end so"
TITLED = "a short name with a title"
HANDLE = "the name stands beside the handle"
ACRONYM = "the text explains the acronym so"
ISSUED = "it was issued by"
CALLED_SO = "the text calls this person so"
OTHER_TITLE = "another word for this person's title"
KIND_OF = "this person's title is a kind of it"
NAMED_LATER = "the lead describes whom the text then names"
EPITHET = "the only person told of whom age, origin or children fit"
SAME_WORDS = "the same words as before"
OWNED_BODY = "whose office or body it is"
ORGANIZATION = "the only body that it fits"
LAST_OUTLET = "the outlet named last"
LAST_STATEMENT = "the statement or report spoken of last"
LAST_VOICE = "nobody else spoke since, and one of the two descriptions fits anybody"
FIRST_PERSON = "it stands inside this speaker's words"
OWNER_OF_SAME = "whose the same thing was just before"
THE_TWO = "the only two spoken of"
BODY_AS_THEY = "the one body of which the sentence before tells"
PRONOUN = "a pronoun"
NO_SOURCE = "no source stands in the text"
UNKNOWN_PRONOUN = "nobody before is sure enough for this pronoun"
INDEFINITE = "a description that is new here"
DEFINITE = "a description that takes up nobody the text calls so"
OWN_TURN = "the label over the words"
BYLINE = "the writer, by the line that names the author"
WAYS = (
    NAMED, SHORT_NAME, ONE_OF_SEVERAL, TITLED, HANDLE, ACRONYM, ISSUED, CALLED_SO, OTHER_TITLE, KIND_OF, NAMED_LATER,
    EPITHET, SAME_WORDS, OWNED_BODY, ORGANIZATION, LAST_OUTLET, LAST_STATEMENT, LAST_VOICE, FIRST_PERSON, OWNER_OF_SAME,
    THE_TWO, BODY_AS_THEY, PRONOUN, NO_SOURCE, UNKNOWN_PRONOUN, INDEFINITE, DEFINITE, OWN_TURN, BYLINE,
)  # fmt: skip
OF_PRONOUNS = (PRONOUN, FIRST_PERSON, OWNER_OF_SAME, UNKNOWN_PRONOUN)

# what speaks for or against a mention as what a pronoun takes up, in log odds
SAME_SENTENCE = "in the same sentence"
SENTENCE_BEFORE = "in the sentence before"
TWO_BEFORE = "two sentences before"
FEW_BEFORE = "three or four sentences before"
FAR_BEFORE = "more than four sentences before"
SUBJECT = "a subject"
MAIN_SUBJECT = "subject of its whole sentence"
SPOKE = "who spoke last or shortly before"
SPOKE_BEFORE_PARAGRAPH = "who spoke before this paragraph"
OBLIQUE = "behind a preposition or as a possessor"
OTHER_QUOTATION = "on the other side of a quotation mark"
AROUND = "who says the statement around it"
GOVERNING = "subject of the clause that this one hangs on"
MAN_FITS = "the text tells that he is a man"
WOMAN_FITS = "the text tells that she is a woman"
UNNAMED = "somebody of another sentence without a name who has not spoken"
OTHER_PARAGRAPH = "in a paragraph before, though the pronoun does not open its own"
NEAREST = "the nearest that fits"
OFTEN = "named three times or more before"
OTHER_FITS = "another one in its sentence is told to be she, or he"
IN_CONTENT = "named in what is said, or as who is told"
DISTANCES = (SAME_SENTENCE, SENTENCE_BEFORE, TWO_BEFORE, FEW_BEFORE, FAR_BEFORE)
ONLY = "the only one that it can be"
NOBODY = "none of those before it"
FITS = "how well it fits to the small reader"
READ_SO = "the small reader takes it so"
ANTECEDENTS = (
    SAME_SENTENCE, SENTENCE_BEFORE, TWO_BEFORE, FEW_BEFORE, FAR_BEFORE, SUBJECT, MAIN_SUBJECT, SPOKE,
    SPOKE_BEFORE_PARAGRAPH, OBLIQUE, OTHER_QUOTATION, AROUND, GOVERNING, MAN_FITS, WOMAN_FITS, UNNAMED,
    OTHER_PARAGRAPH, NEAREST, OFTEN, IN_CONTENT, OTHER_FITS,
    NOBODY, FITS,
)  # fmt: skip

# what makes any way less sure, in log odds
CARRIED = "taken over from another clause"
BY_PLACE = "by where the quotation stands"
SIGNED = "signed, or announced"
SEVERAL = "several speak together"
PRONOUN_SCALE = "log odds of the best mention before a pronoun"
DOUBTS = (CARRIED, BY_PLACE, SIGNED, SEVERAL, PRONOUN_SCALE)
SECTIONS = {"ways": WAYS, "antecedents": ANTECEDENTS, "doubts": DOUBTS}


@dataclass(frozen=True)
class SpeakerModel:
    """What was learned of who speaks.

    Attributes:
        ways: by the way in which a source leads to a speaker, the share of right ones; of `PRONOUN` where the best
            mention before it is as likely as not.
        antecedents: the weights, in log odds, of what speaks for a mention before a pronoun.
        doubts: the weights, in log odds, of what makes any way less sure.
    """

    ways: Mapping[str, float] = field(default_factory=dict)
    antecedents: Mapping[str, float] = field(default_factory=dict)
    doubts: Mapping[str, float] = field(default_factory=dict)

    def weight(self, evidence: tuple[str, ...], fit: float = 0.0) -> float:
        """What some evidence for a mention weighs together; `fit` is what the small reader says, in log odds."""
        told = sum(self.antecedents.get(piece, 0.0) for piece in evidence)
        return told + self.antecedents.get(FITS, 0.0) * fit

    def confidence(self, way: str, doubts: tuple[str, ...] = (), likely: float | None = None) -> float:
        """How likely a speaker is right that was found in a way; `likely` is the share of the best mention, 0 to 1."""
        odds = log_odds(self.ways.get(way, 0.9)) + sum(self.doubts.get(doubt, 0.0) for doubt in doubts)
        if likely is not None:
            odds += self.doubts.get(PRONOUN_SCALE, 1.0) * log_odds(likely)
        return 1.0 / (1.0 + exp(-odds))

    def lowered(self, share: float, doubt: str) -> float:
        """A confidence after one more doubt."""
        return 1.0 / (1.0 + exp(-log_odds(share) - self.doubts.get(doubt, 0.0)))


def read_speaker_model(path: Path, name: str) -> tuple[SourceFile, SpeakerModel]:
    """What `speakers.yaml` has; what is wrong in it are problems of the file."""
    source, node = compose(path, name)
    read: dict[str, dict[str, float]] = {section: {} for section in SECTIONS}
    for section, key_node, value in entries(source, node, "the model of speakers"):
        if section not in SECTIONS:
            source.unknown(key_node, SECTIONS)
            continue
        for evidence, evidence_node, number in entries(source, value, f"section '{section}'"):
            if evidence in SECTIONS[section]:
                read[section][evidence] = number_of(source, number, evidence, low=-99, high=99) or 0.0
            else:
                hint = suggest(evidence, SECTIONS[section])
                source.problem(evidence_node, f"section '{section}': there is no evidence '{evidence}'", hint)
    return source, SpeakerModel(**read)


def write_speaker_model(model: SpeakerModel, path: Path) -> None:
    """Write what was learned, each section in its own order."""
    lines = [
        "# Who speaks, and how sure: learned by benchmarks/learn_speakers.py. Do not edit by hand.",
        "# ways: how often a source that leads to a speaker so leads to the right one.",
        "# antecedents: what speaks for (or against) a mention as what a pronoun takes up, in log odds.",
        "# doubts: what makes any way more or less sure, in log odds.",
    ]
    for section, known in SECTIONS.items():
        values = getattr(model, section)
        lines += [
            f"{section}:",
            *(f"  {yaml.safe_dump(one).splitlines()[0]}: {values[one]:.3f}" for one in known if one in values),
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
