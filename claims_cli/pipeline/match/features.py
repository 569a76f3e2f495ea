"""What speaks for and against a candidate beside its words: who its source is, how its cue stands, what its content is.

Each piece of evidence is a named feature with one value, and the rulebook has a weight for each value
(`rules/model/weights.tsv`), learned on PolNeAR train and readable there.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping

from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.subjects import NOMINAL, grammatical_subject, is_passive
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import ANY_RULE, Precision, Rule, Rulebook, Weights
from claims_cli.rulebook.odds import log_odds, share_of

Tokens = Mapping[str, int]
SIZES = ((3, "1-2"), (6, "3-5"), (12, "6-11"), (25, "12-24"), (math.inf, "25+"))
PERSON_GROUPS = ("self", "male", "female", "plural", "thing")
NOUN_GROUPS = ("person", "media", "organization", "document", "quantity")
GOVERNED = frozenset({"xcomp", "advcl", "conj", "ccomp", "pcomp", "acl"})
NAME = "a name"
NEVER_MET = ""
NONE: Mapping[str, float] = {}
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
COUNTS = ((1, "never"), (2, "once"), (4, "2-3 times"), (8, "4-7 times"), (16, "8-15 times"), (50, "16-49 times"))
OFTEN = "50 times and more"
DISTANCES = ((1, "behind"), (3, "1-2"), (6, "3-5"), (9, "6-8"), (15, "9-14"), (math.inf, "15+"))
LENGTHS = ((10, "1-9"), (20, "10-19"), (30, "20-29"), (40, "30-39"), (50, "40-49"), (math.inf, "50+"))


class FeatureReader:
    """Reads the features of candidates."""

    def __init__(self, rulebook: Rulebook):
        self.pronouns = {word: group for group in PERSON_GROUPS for word in rulebook.words(f"people.{group}")}
        self.nouns = {word: group for group in reversed(NOUN_GROUPS) for word in rulebook.words(f"people.{group}")}
        self.negation = rulebook.words("reference.negation")
        self.known = rulebook.precisions.get(ANY_RULE)
        self.attribution = rulebook.attribution
        self.records: dict[str, dict[str, str]] = {}

    def read(self, syntax: Syntax, quotations: QuotationIndex, rule: Rule, tokens: Tokens, quotation: Quotation | None):
        """(feature, value) pairs."""
        cue = tokens["cue"]
        content = tokens.get("content")
        return {
            "rule": rule.id,
            "source": self.source(syntax, tokens.get("source")),
            "subject": self.subject(syntax, tokens),
            "cue_class": self.cue_class(syntax, cue),
            "cue_tag": syntax.tag[cue],
            "cue_dependency": syntax.dep[cue],
            "cue_above": syntax.pos[syntax.head[cue]] if syntax.head[cue] != cue else "none",
            "cue_quoted": "yes" if quotations.holder[cue] is not None else "no",
            "auxiliary": self.auxiliary(syntax, cue),
            "negated": "yes" if any(syntax.dep[child] == "neg" for child in syntax.children[cue]) else "no",
            "opening": self.opening(syntax, content, quotation),
            "content_part_of_speech": syntax.pos[content] if content is not None else "quotation",
            "content_size": self.size(syntax, content, quotation),
            "content_quoted": self.quoted(syntax, quotations, content, quotation),
            "content_names": self.content_names(syntax, content),
            "paragraph": self.paragraph(syntax, cue),
            "addressee": "yes" if "addressee" in tokens else "no",
            "source_word": word(syntax, tokens.get("source")),
            "source_distance": self.distance(tokens),
            "governor": self.governor(syntax, cue),
            "preposition": self.preposition(syntax, cue),
            "content_word": word(syntax, content),
            "content_first_word": word(syntax, syntax.left[content] if content is not None else None),
            "word_before_cue": word(syntax, cue - 1 if cue else None),
            "word_behind_cue": word(syntax, cue + 1 if cue + 1 < syntax.length else None),
            "main_word": self.main_word(syntax, cue),
            "sentence_size": named(LENGTHS, syntax.sentence_end[cue] - syntax.sentence[cue]),
            **self.record(cue_word(syntax, cue)),
        }

    def record(self, key: str) -> dict[str, str]:
        """What `record` tells of a cue word, remembered; all that were never met are alike."""
        key = key if self.known is not None and key in self.known.cues else NEVER_MET
        found = self.records.get(key)
        if found is None:
            found = self.records[key] = record(self.known, key)
        return found

    def cue_class(self, syntax: Syntax, cue: int) -> str:
        """The class of attribution words that the cue is of."""
        known = self.attribution.at(syntax.pos[cue], syntax.lemma[cue])
        return known.name if known else "none"

    def distance(self, tokens: Tokens) -> str:
        """How many tokens the source stands before the cue."""
        return named(DISTANCES, tokens["cue"] - tokens["source"]) if "source" in tokens else "none"

    def governor(self, syntax: Syntax, cue: int) -> str:
        """The word that the cue's clause hangs on."""
        head = syntax.head[cue]
        return word(syntax, head) if head != cue and syntax.dep[cue] in GOVERNED else "none"

    def preposition(self, syntax: Syntax, cue: int) -> str:
        """The first preposition behind the cue that hangs on it."""
        found = (syntax.lower[child] for child in syntax.children[cue] if child > cue and syntax.dep[child] == "prep")
        return next(found, "none")

    def main_word(self, syntax: Syntax, cue: int) -> str:
        """The root of the cue's sentence."""
        return word(syntax, syntax.roots.get(syntax.sentence[cue], cue))

    def source(self, syntax: Syntax, head: int | None) -> str:
        """What kind of word the source is."""
        if head is None:
            return "none"
        lower = syntax.lower[head]
        if syntax.tag[head] in ("WP", "WDT"):
            return "relative"
        if lower in self.pronouns:
            return f"pronoun {self.pronouns[lower]}"
        if syntax.pos[head] == "PROPN":
            return f"name {syntax.ent_type[head] or 'unknown'}"
        group = self.nouns.get(syntax.lemma[head]) or self.nouns.get(lower)
        return f"noun {group}" if group else f"other {syntax.pos[head]}"

    def subject(self, syntax: Syntax, tokens: Tokens) -> str:
        """How the source was found: the cue's own, shared with another verb, an agent, a possessor."""
        source, cue = tokens.get("source"), tokens["cue"]
        if source is None:
            unnamed = syntax.pos[cue] in ("VERB", "AUX") and grammatical_subject(syntax, cue) is not None
            return "not taken" if unnamed else "none"
        if syntax.head[source] == cue:
            return f"own {syntax.dep[source]}"
        if is_passive(syntax, cue):
            return "agent"
        return "noun's" if syntax.pos[cue] in NOMINAL else f"shared {syntax.dep[cue]}"

    def auxiliary(self, syntax: Syntax, cue: int) -> str:
        """The auxiliary before the cue, by its tag."""
        tags = [syntax.tag[child] for child in syntax.children[cue] if syntax.dep[child] in ("aux", "auxpass")]
        return tags[0] if tags else "none"

    def opening(self, syntax: Syntax, content: int | None, quotation: Quotation | None) -> str:
        """What opens the content: a conjunction, an infinitive's `to`, a question word, its subject."""
        if content is None or quotation is not None:
            return "quotation"
        for child in syntax.children[content]:
            if child < content and syntax.dep[child] in ("mark", "aux", "advmod", "nsubj", "nsubjpass", "expl", "dobj"):
                wh = syntax.tag[child] in ("WRB", "WP", "WDT")
                return "question" if wh else f"{syntax.dep[child]} {syntax.tag[child]}"
        return "bare"

    def size(self, syntax: Syntax, content: int | None, quotation: Quotation | None) -> str:
        """How many tokens the content has."""
        if quotation is not None:
            tokens = quotation.end - quotation.start - 2
        else:
            tokens = syntax.right[content] - syntax.left[content] + 1 if content is not None else 0
        return named(SIZES, tokens)

    def quoted(
        self, syntax: Syntax, quotations: QuotationIndex, content: int | None, quotation: Quotation | None
    ) -> str:
        """Whether the content has quotation marks of its own."""
        if quotation is not None:
            inside = syntax.lower[quotation.end - 2] if quotation.end - quotation.start > 1 else ""
            return "ends as a sentence" if inside in (",", ".", "?", "!", "…", "...") else "whole"
        if content is None or quotations.holder[content] is not None:
            return "inside"
        span = range(syntax.left[content], syntax.right[content] + 1)
        return "part" if any(quotations.holder[index] is not None for index in span) else "none"

    def content_names(self, syntax: Syntax, content: int | None) -> str:
        """What kind of word the content's head is, where it is a noun."""
        if content is None or syntax.pos[content] not in NOMINAL | {"PRON"}:
            return "no noun"
        if syntax.pos[content] == "PROPN":
            return f"name {syntax.ent_type[content] or 'unknown'}"
        if syntax.pos[content] == "PRON":
            return f"pronoun {self.pronouns.get(syntax.lower[content], 'other')}"
        determiner = syntax.child(content, "det", "poss")
        if determiner is None:
            return "noun bare"
        return f"noun {syntax.lower[determiner]}" if syntax.dep[determiner] == "det" else "noun possessed"

    def paragraph(self, syntax: Syntax, cue: int) -> str:
        """Where the cue stands: in the first line of the text, in a line without a full stop, or in prose."""
        if syntax.paragraph[cue] == 0 and syntax.paragraph[-1] > 0:
            return "headline"
        return "no full stop" if syntax.is_heading(cue) else "prose"


def named(ranges: tuple[tuple[float, str], ...], number: float) -> str:
    """The name of the range in which a number lies."""
    return next(name for most, name in ranges if number < most)


def word(syntax: Syntax, index: int | None) -> str:
    """A lemma; a proper name is only said to be one, for no weight may rest on who it is."""
    if index is None:
        return "none"
    named = is_name(syntax, index)
    if not named and syntax.text[syntax.start[index]].isupper() and syntax.pos[index] != "PRON":
        first = syntax.sentence[index] == index  # there a name read as a noun is only known by its bare singular
        named = not first or (syntax.tag[index] == "NN" and syntax.child(index, "det", "poss") is None)
    return NAME if named else syntax.lemma[index]


def is_name(syntax: Syntax, index: int) -> bool:
    """Whether a word is (part of) a proper name, to the tagger or to the entity recogniser."""
    return syntax.pos[index] == "PROPN" or syntax.ent_type[index] == "PERSON"


def key_word(syntax: Syntax, index: int) -> str:
    """A word as it stands in the key of a precision: its lemma, or that it is a name."""
    return "a-name" if is_name(syntax, index) else syntax.lemma[index]


def cue_word(syntax: Syntax, cue: int) -> str:
    """What a cue is looked up by where the rule does not matter."""
    return f"{syntax.lemma[cue]}/{syntax.pos[cue]}"


def record(known: Precision | None, key: str) -> dict[str, str]:
    """How often the word was a cue on the corpus, by whatever rule, and how often it was met there."""
    if known is None:
        return {}
    place = bisect_right(SHARES, known.of(key)[0])
    seen = known.cues.get(key, (0, 0, 0))[2]
    edges = (0.0, *SHARES, 1.0)
    times = next((name for most, name in COUNTS if seen < most), OFTEN)
    return {"cue_right": f"{edges[place]:.1f}-{edges[place + 1]:.1f}", "cue_seen": times}


def weigh(weights: Weights, share: float, features: Mapping[str, str], numbers: Mapping[str, float] = NONE) -> float:
    """The probability that a candidate is right, by its lexicon precision and its other evidence.

    `numbers` are what the small reader says, each of which has one weight.
    """
    total = weights.bias + weights.lexicon * log_odds(share)
    known = weights.features
    for name, value in features.items():
        if name in known:
            total += known[name].get(value, 0.0)
    for name, number in numbers.items():
        total += weights.numbers.get(name, 0.0) * number
    return share_of(total)
