"""Classes of attribution words: what kind of claim they make, in which frames, and how often.

The classes follow VerbNet's classes of communication, judgment, cognition and perception (Kipper Schuler 2005), and
WordNet's verbs of communication (Fellbaum 1998) for lemmas that these lack. A word that was never counted falls back
on its class.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FRAMES = ("clause", "quotation", "infinitive", "object", "preposition")
CLEAR_FRAMES = ("clause", "quotation")  # in which a class is right as often as it states; in others as its rule states
PARTS = ("verbs", "nouns", "adjectives")  # of speech
PARTS_OF_SPEECH = {"VERB": ("verbs",), "AUX": ("verbs",), "NOUN": ("nouns",), "ADJ": ("adjectives",)}


@dataclass(frozen=True)
class AttributionClass:
    """Words that make claims alike (`lexicons/attribution.yaml`).

    Attributes:
        type: the type of the claims that they make, in their frames.
        frames: what typically stands as their content.
        right: the share of right ones where a word was hardly seen, before any is counted, in `CLEAR_FRAMES`.
        quoted: the type where their content is a quotation, if another.
        evidence: whether documents, and people who report what they found, give evidence by them.
        words: lemmas by part of speech (`PARTS`).
    """

    name: str
    description: str
    type: str
    frames: frozenset[str]
    right: float
    quoted: str | None = None
    evidence: bool = False
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Under which cue of a rule's precision the rare words of the class are counted together."""
        return f"<{self.name}>"


@dataclass(frozen=True)
class AttributionLexicon:
    """The classes, by their words.

    Attributes:
        classes: in the order of the file.
        by_word: the class of a (part of speech, lemma).
    """

    classes: tuple[AttributionClass, ...] = ()
    by_word: Mapping[tuple[str, str], AttributionClass] = field(default_factory=dict)

    @classmethod
    def of(cls, classes: Iterable[AttributionClass]) -> "AttributionLexicon":
        """A lexicon of classes; a word is of the first class that has it."""
        ordered = tuple(classes)
        by_word = {(part, word): known for known in reversed(ordered) for part in PARTS for word in known.words[part]}
        return cls(ordered, by_word)

    def among(self, parts: Iterable[str], lemma: str) -> AttributionClass | None:
        """The class of a word that is of one of these parts of speech."""
        return next((self.by_word[part, lemma] for part in parts if (part, lemma) in self.by_word), None)

    def at(self, pos: str, lemma: str) -> AttributionClass | None:
        """The class of a word by its part of speech (Universal Dependencies) and its lemma."""
        return self.among(PARTS_OF_SPEECH.get(pos, ()), lemma)
