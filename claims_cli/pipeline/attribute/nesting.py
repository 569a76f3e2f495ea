"""Quotations that go on, and attributions that overlap: joined, nested in one another, or dropped."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.pipeline.attribute.spans import Attribution, Runs, merged, words_of
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.parse.word_order import line_bounds
from claims_cli.rulebook import RuleSources, load
from claims_cli.rulebook.model import Rulebook

SAME = 0.8
CLOSING = frozenset({'"', "”", "’", "''", "»", ")"})
DASHES = frozenset({"--", "–", "—", "―"})


def size(runs: Runs) -> int:
    """How many tokens runs have."""
    return sum(last - first + 1 for first, last in runs)


def covering(outer: Iterable[Attribution], inner: list[Attribution]) -> dict[int, list[Attribution]]:
    """For the head of each inner cue the outer attributions that have it in their content, in order."""
    heads = sorted({one.head for one in inner})
    found: dict[int, list[Attribution]] = defaultdict(list)
    for one in outer:
        for first, last in one.content:
            for head in heads[bisect_left(heads, first) : bisect_right(heads, last)]:
                found[head].append(one)
    return found


def holds(one: Attribution, index: int) -> bool:
    """Whether a token stands in the content of an attribution."""
    return any(first <= index <= last for first, last in one.content)


def drop_rivals(attributions: list[Attribution], syntax: Syntax) -> list[Attribution]:
    """Without those whose content another one has as good as whole, or crosses, and is surer of."""
    kept: list[Attribution] = []
    by_sentence: dict[int, list[Attribution]] = defaultdict(list)
    for candidate in sorted(attributions, key=lambda one: (-one.score, one.head)):
        numbers = sentences_of(candidate, syntax)
        near = {id(other): other for number in numbers for other in by_sentence[number]}
        if any(rivals(candidate, other) for other in near.values()):
            continue
        for number in numbers:
            by_sentence[number].append(candidate)
        kept.append(candidate)
    return sorted(kept, key=lambda one: one.head)


def sentences_of(one: Attribution, syntax: Syntax) -> set[int]:
    """The numbers of the sentences in which a content stands."""
    numbers = syntax.sentence_number
    return {number for first, last in one.content for number in range(numbers[first], numbers[last] + 1)}


def rivals(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions that share words can't both stand."""
    shared = shared_size(one.content, other.content)
    if not shared:
        return False
    inside, around = holds(other, one.head), holds(one, other.head)
    if inside or around:
        return inside and around
    own_size, other_size = size(one.content), size(other.content)
    if 2 * shared / (own_size + other_size) >= SAME:
        return True
    crossing = shared < own_size and shared < other_size
    return crossing or shared >= SAME * min(own_size, other_size)


def shared_size(runs: Runs, others: Runs) -> int:
    """How many tokens runs have in common."""
    common = (min(last, end) - max(first, begin) + 1 for first, last in runs for begin, end in others)
    return sum(length for length in common if length > 0)


def divide(attributions: list[Attribution], marks: QuotationIndex, sure: float) -> None:
    """Part two attributions that hold one another.

    Where a dash stands between them, what is behind it belongs to the later one (`X said A -- the B that C did, Y
    say.`). Where the later one closes the sentence, it is the outer one (`X shows A, Y reported.`).
    """
    places = {id(one): place for place, one in enumerate(attributions)}
    around = covering(attributions, attributions)  # contents only shrink from here on
    for one in attributions:
        for other in around.get(one.head, ()):
            if (
                places[id(other)] <= places[id(one)]
                or not holds(other, one.head)
                or not holds(one, other.head)
                or other.score < sure
            ):
                continue
            begin = min(first for first, _ in [*other.source, *other.cue])
            dashes = [i for i in range(one.head, begin) if marks.syntax.lower[i] in DASHES and not marks.holder[i]]
            if dashes:
                other.content = trimmed_runs(standing_alone(dashes[0] + 1, begin, marks.syntax), marks.syntax)
            own = trimmed_runs([i for i in words_of(one.content) if i < (dashes[0] if dashes else begin)], marks.syntax)
            if own:
                one.content = own


def standing_alone(begin: int, end: int, syntax: Syntax) -> range:
    """The shortest clause of a stretch that stands alone: of a noun with `in which A did B` it is `A did B`."""
    for index in range(begin, end):
        if syntax.dep[index] == "relcl" and syntax.tag[syntax.left[index]] in ("IN", "WRB"):
            subject = syntax.child(index, "nsubj", "nsubjpass")
            if subject is not None and subject < index:
                return range(syntax.left[subject], end)
    return range(begin, end)


def trimmed_runs(words: Iterable[int], syntax: Syntax) -> list[tuple[int, int]]:
    """Runs of words, punctuation at the end left out."""
    kept = sorted(words)
    while kept and syntax.pos[kept[-1]] in ("PUNCT", "SPACE", "CCONJ") and syntax.lower[kept[-1]] not in CLOSING:
        kept.pop()
    return runs_of(kept)


def nest(attributions: list[Attribution], sure: float) -> None:
    """Set the innermost attribution in whose content each one's cue stands, among those that are shown by default."""
    holding = covering((one for one in attributions if one.score >= sure), attributions)
    for one in attributions:
        one.outer = None
    for inner in attributions:
        around = [one for one in holding.get(inner.head, ()) if one is not inner and not holds(inner, one.head)]
        around.sort(key=lambda one: (size(one.content), one.head))
        inner.outer = next((one for one in around if not stands_inside(one, inner)), None)


def may_nest(one: Attribution, syntax: Syntax) -> bool:
    """Whether a claim can stand in what another one says.

    An infinitive that only goes on with its own speaker's act (`refused | to say whether he agreed`) is what he
    promised, wanted or refused to do, and no voice of its own.
    """
    infinitive = syntax.tag[one.head] == "VB" and syntax.child(one.head, "nsubj", "nsubjpass") is None
    own_act = infinitive and bool(one.source) and one.outer is not None and one.source == one.outer.source
    return one.candidate.rule.nests and not own_act


def stands_inside(one: Attribution, other: Attribution) -> bool:
    """Whether `other` holds `one` already, at any depth: contents in several pieces can hold each other's cues."""
    around = one.outer
    while around is not None and around is not other:
        around = around.outer
    return around is other


def cut_off(attributions: list[Attribution], syntax: Syntax, sure: float) -> None:
    """Take out of a content the clause in which its own speaker goes on (`said that A, noting B`)."""
    for one in attributions:
        around = one.outer
        while around is not None and one.source and one.score >= sure:
            if around.source == one.source and around.head < one.head and cut(around, one, syntax):
                one.outer = around.outer
            around = around.outer


def cut(outer: Attribution, inner: Attribution, syntax: Syntax) -> bool:
    """Take the clause of `inner` and what follows out of `outer`, where something is left before it."""
    begin = min(syntax.left[inner.head], inner.cue[0][0])
    left = sorted(index for index in words_of(outer.content) if index < begin)
    while left and syntax.pos[left[-1]] in ("PUNCT", "CCONJ", "SPACE", "ADP") and syntax.lower[left[-1]] not in CLOSING:
        left.pop()
    if left:
        outer.content = runs_of(left)
    return bool(left)


def runs_of(words: list[int]) -> list[tuple[int, int]]:
    """Sorted token indices as runs."""
    return merged([(index, index) for index in words])


class Continuations:
    """Joins quotations that no cue claims to the claim they continue."""

    def __init__(self, syntax: Syntax, marks: QuotationIndex, attributions: list[Attribution], sure: float):
        self.syntax = syntax
        self.marks = marks
        self.attributions = attributions
        self.claimed: dict[Quotation, Attribution] = {}
        for one in sorted(attributions, key=lambda one: one.score):
            for first, last in one.content:
                for quotation in self.inside(first, last):
                    if one.outer is None and one.score >= sure:
                        self.claimed[quotation] = one

    def inside(self, first: int, last: int) -> Iterator[Quotation]:
        """The outermost quotations that stand whole in a stretch of tokens."""
        outermost = self.marks.outermost
        for place in range(bisect_left(outermost, first, key=lambda one: one.first), len(outermost)):
            if outermost[place].first > last:
                return
            if outermost[place].last <= last:
                yield outermost[place]

    def join(self) -> None:
        """Go through the quotations in order; each that nobody claims joins the one before where it goes on."""
        previous: Quotation | None = None
        for quotation in self.marks.outermost:
            if quotation not in self.claimed and previous in self.claimed:
                owner = self.claimed[previous]
                if self.goes_on(previous, quotation, owner):
                    self.take(quotation, owner)
            previous = quotation
        for earlier, later in pairwise(self.marks.outermost):
            if earlier not in self.claimed and later in self.claimed and self.leads_on(earlier, later):
                self.take(earlier, self.claimed[later])

    def leads_on(self, earlier: Quotation, later: Quotation) -> bool:
        """Whether a quotation that nobody claims belongs to the claim of the next paragraph: it is all of its own."""
        paragraph = self.syntax.paragraph
        if paragraph[later.first] != paragraph[earlier.first] + 1 or not self.opens_paragraph(later):
            return False
        ends = line_bounds(self.syntax, earlier.first)[1] == earlier.last
        return not earlier.closed or (ends and self.opens_paragraph(earlier))

    def take(self, quotation: Quotation, owner: Attribution) -> None:
        """Give a quotation to an attribution."""
        self.claimed[quotation] = owner
        owner.content = merged([*owner.content, (quotation.first, quotation.last)])

    def goes_on(self, previous: Quotation, quotation: Quotation, owner: Attribution) -> bool:
        """Whether a quotation continues the one before it."""
        syntax = self.syntax
        if not self.opens_sentence(quotation):
            return False
        apart = syntax.paragraph[quotation.first] - syntax.paragraph[previous.last]
        if apart > 1:
            return False
        if apart == 1 and not self.opens_paragraph(quotation):
            return False
        between = range(previous.last + 1, quotation.first)
        known = words_of(owner.cue) | words_of(owner.source) | set(syntax.subtree(owner.head))
        return sum(1 for i in between if i not in known and syntax.pos[i] in ("VERB", "AUX")) == 0

    def opens_paragraph(self, quotation: Quotation) -> bool:
        """Whether a quotation stands at the head of its paragraph."""
        first = quotation.first
        while first > 0 and self.syntax.pos[first - 1] == "SPACE":
            first -= 1
        return first == 0 or self.syntax.paragraph[first - 1] != self.syntax.paragraph[quotation.first]

    def opens_sentence(self, quotation: Quotation) -> bool:
        """Whether a quotation stands at the head of a sentence."""
        if self.opens_paragraph(quotation):
            return True
        before = self.syntax.lower[quotation.first - 1]
        if self.syntax.pos[quotation.first - 1] == "CCONJ":
            return True
        return before in (".", "?", "!", ",", ":", ";", "…", "--", "—") or before.endswith((".", '"', "”"))


class Nester:
    """Pipeline component: joins continued quotations, drops rivals and nests what is left of the attributions."""

    def __init__(self, rulebook: Rulebook):
        self.sure = rulebook.settings.threshold
        self.doubt = rulebook.settings.nested_penalty

    def __call__(self, doc: Doc) -> Doc:
        syntax, marks = doc.user_data["syntax"], doc.user_data["marks"]
        divide(doc.user_data["attributions"], marks, self.sure)
        attributions = drop_rivals(doc.user_data["attributions"], syntax)
        nest(attributions, self.sure)
        cut_off(attributions, syntax, self.sure)
        Continuations(syntax, marks, attributions, self.sure).join()
        nest(attributions, self.sure)
        doc.user_data["attributions"] = self.settled(attributions, syntax)
        return doc

    def settled(self, attributions: list[Attribution], syntax: Syntax) -> list[Attribution]:
        """Those that may stand where they stand, the nested ones less sure, nested anew among what is left."""
        kept = [one for one in attributions if one.outer is None or may_nest(one, syntax)]
        for one in kept:
            one.doubt = self.doubt if one.outer is not None else 0.0
        if any(one.outer is not None for one in attributions):
            nest(kept, self.sure)
        return kept


@Language.factory("claims_nesting", default_config={"rules": None})
def make_nester(nlp: Language, name: str, rules: dict | None) -> Nester:
    """The component for `nlp.add_pipe`; `rules` is what `RuleSources.to_config` gives."""
    return Nester(load(RuleSources.from_config(rules)))
