"""Which patterns a token may anchor: told by its words and by what stands around it, before any is tried."""

from collections.abc import Iterable

from claims_cli.pipeline.match.patterns import Pattern
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax


class Needs:
    """What patterns cannot do without at their cue, a bit for each: one `&` then says whether a pattern can match."""

    def __init__(self, patterns: Iterable[Pattern]):
        self.bits: dict[tuple[str, frozenset[str]], int] = {}
        self.by_value: dict[str, dict[str, int]] = {"dep": {}, "tag": {}, "child": {}, "quotation": {}}
        for kind, values in (want for pattern in patterns for want in pattern.wants):
            bit = self.bits.setdefault((kind, values), 1 << len(self.bits))
            known = self.by_value[kind]
            known.update((value, known.get(value, 0) | bit) for value in values)

    def of(self, pattern: Pattern) -> int:
        """The needs of a pattern."""
        needed = 0
        for want in pattern.wants:
            needed |= self.bits[want]
        return needed

    def met(self, syntax: Syntax, quotations: QuotationIndex, cue: int) -> int:
        """The needs that are met at a token."""
        met = self.by_value["dep"].get(syntax.dep[cue], 0) | self.by_value["tag"].get(syntax.tag[cue], 0)
        children, sides = self.by_value["child"], self.by_value["quotation"]
        for child in syntax.children[cue]:
            met |= children.get(syntax.dep[child], 0)
        for side in quotations.sides(cue):
            met |= sides.get(side, 0)
        return met


class Prefilter:
    """Patterns by the part of speech and the words of their cue, in their order."""

    def __init__(self, patterns: list[Pattern]):
        self.patterns = patterns
        self.needs = Needs(patterns)
        self.lemmas = {lemma for one in patterns for lemma in (*(one.lemmas or ()), *(one.cues or ()))}
        self.forms = {form for one in patterns for form in one.forms or ()}
        self.known: dict[tuple[str, str, str], list[tuple[int, Pattern]]] = {}

    def at(self, syntax: Syntax, quotations: QuotationIndex, index: int) -> list[Pattern]:
        """The patterns that may match with their cue at a token."""
        lemma, form = syntax.lemma[index], syntax.lower[index]
        # words that no rule names are alike, so that what is remembered does not grow with the texts
        key = syntax.pos[index], lemma if lemma in self.lemmas else "", form if form in self.forms else ""
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.of_word(*key)
        if not found:
            return []
        met = self.needs.met(syntax, quotations, index)
        return [pattern for needed, pattern in found if needed & met == needed]

    def of_word(self, pos: str, lemma: str, form: str) -> list[tuple[int, Pattern]]:
        """The patterns whose cue may be a word, each with what it needs."""
        fitting = [one for one in self.patterns if one.takes(lemma) and one.takes_form(pos, form)]
        return [(self.needs.of(pattern), pattern) for pattern in fitting]
