"""One lemma for the spellings of a word, and for what the model's lemmatiser makes of verbs that it does not know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LEXICON = "lemmas"


@dataclass(frozen=True)
class Spellings:
    """Lemmas by other spellings of them.

    Attributes:
        words: the lemma by a word of the text, or by what the model takes for its lemma (`lexicons/lemmas.yaml`).
        verbs: the lemma of a verb by what the lemmatiser makes of its forms where it does not know it (`snarke`).
    """

    words: Mapping[str, str] = field(default_factory=dict)
    verbs: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Mapping[str, Iterable[str]], verbs: frozenset[str]) -> "Spellings":
        """Those of a rulebook: its lexicon groups, and the verbs that it knows."""
        named = ((name.partition("."), words) for name, words in groups.items())
        words = {word: lemma for (lexicon, _, lemma), words in named if lexicon == LEXICON for word in words}
        return cls(words, {f"{verb}e": verb for verb in verbs if f"{verb}e" not in verbs})

    def lemma(self, word: str, lemma: str, is_verb: bool) -> str:
        """The lemma of a word in small letters, of which the model makes `lemma`."""
        known = self.words.get(word) or self.words.get(lemma, lemma)
        return self.verbs.get(known, known) if is_verb else known
