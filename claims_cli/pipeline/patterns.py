"""Finding the tokens that play the roles of a rule.

The relations are those of spaCy's `DependencyMatcher`; beyond it a node may be optional, may lack something, and may
be a quotation. Rules are looked up by the part of speech and the lemma of their cue, so that a rule costs next to
nothing where its cue does not stand.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from claims_cli.pipeline.quotations import Quotation
from claims_cli.pipeline.subjects import subjects_of
from claims_cli.pipeline.syntax import Syntax
from claims_cli.rulebook.model import Node, Rule, Rulebook, TokenTest

Test = Callable[[Syntax, int], bool]
MOST_MATCHES = 12
GAP_TOKENS = 30
ONE_OBJECT = frozenset({"dobj"})
PARTIAL = 3
NAME_TOKENS = 9
SENTENCE_ENDS = frozenset({".", "!", "?", ";"})
COMMAS = frozenset({",", "”", '"', "''", "--", "—"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PHRASE_POS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADP", "PART", "CCONJ"})


@dataclass(frozen=True)
class Match:
    """The tokens (or the quotation) that play the roles of one rule."""

    tokens: dict[str, int]
    quotation: Quotation | None
    stretch: tuple[int, int] | None = None


def compile_test(test: TokenTest) -> Test:
    """One function that says whether a token passes."""
    checks: list[Test] = [attribute_check(name, allowed) for name, allowed in test.attributes]
    if test.alternatives:
        options = [compile_test(option) for option in test.alternatives]
        checks.append(lambda syntax, i: any(option(syntax, i) for option in options))
    for needed in test.has:
        checks.append(child_check(compile_test(needed), True))
    for barred in test.lacks:
        checks.append(child_check(compile_test(barred), False))
    for barred in test.barred:
        checks.append(not_check(compile_test(barred)))
    if len(checks) == 1:
        return checks[0]
    if len(checks) == 2:
        first, second = checks
        return lambda syntax, i: first(syntax, i) and second(syntax, i)
    return lambda syntax, i: all(check(syntax, i) for check in checks)


def attribute_check(name: str, allowed: frozenset[str]) -> Test:
    """A check of one attribute; written out, for it is what a run does most."""
    if name == "pos":
        return lambda syntax, i: syntax.pos[i] in allowed
    if name == "dep":
        return lambda syntax, i: syntax.dep[i] in allowed
    if name == "lemma":
        return lambda syntax, i: syntax.lemma[i] in allowed
    return lambda syntax, i: getattr(syntax, name)[i] in allowed


def child_check(test: Test, wanted: bool) -> Test:
    """A check that some child passes (or that none does)."""
    return lambda syntax, i: any(test(syntax, child) for child in syntax.children[i]) == wanted


def not_check(test: Test) -> Test:
    """A check that the token itself does not pass."""
    return lambda syntax, i: not test(syntax, i)


class Pattern:
    """A rule made ready for matching."""

    def __init__(self, rule: Rule, cues: frozenset[str] | None):
        """`cues`: lemmas beyond which the rule scores too low to be tried, or None."""
        self.rule = rule
        self.cues = cues
        self.tests = {node.name: compile_test(node.test) for node in rule.nodes}
        self.anchor, *self.others = rule.nodes
        self.anchors = self.tests["cue"]
        self.needs = {node.name: needed(node) for node in rule.nodes}
        self.single = {node.name for node in rule.nodes if dict(node.test.attributes).get("dep") == ONE_OBJECT}
        allowed = dict(self.anchor.test.attributes)
        self.pos = allowed.get("pos")
        self.lemmas = allowed.get("lemma")

    def may_anchor(self, syntax: Syntax, index: int) -> bool:
        """Whether a token passes as the cue, its lemma first."""
        lemma = syntax.lemma[index]
        if (self.lemmas is not None and lemma not in self.lemmas) or (self.cues is not None and lemma not in self.cues):
            return False
        return self.anchors(syntax, index)

    def matches(self, syntax: Syntax, marks: "Marks", given: dict[str, int]) -> Iterator[Match]:
        """Every way in which the roles can be filled around the cue, `given` with any roles that are set already.

        Optional roles take the first token that fits.
        """
        cue = given["cue"]
        if not self.anchors(syntax, cue) or not marks.stands(self.anchor.standing, cue):
            return
        yield from self.fill(syntax, marks, 0, given, None)

    def fill(self, syntax: Syntax, marks: "Marks", at: int, tokens: dict[str, int], quotation) -> Iterator[Match]:
        """Fill the roles from `at` on."""
        if at == len(self.others):
            yield Match(dict(tokens), quotation, self.stretch(syntax, tokens))
            return
        node = self.others[at]
        if node.stretch:
            if self.stretch(syntax, tokens) is not None:
                yield from self.fill(syntax, marks, at + 1, tokens, quotation)
            return
        if node.quotation:
            side, target, links = node.quotation
            found = marks.beside(side, tokens[target], links)
            if found is not None:
                yield from self.fill(syntax, marks, at + 1, tokens, found)
            return
        passed = False
        for token in self.fitting(syntax, marks, node, tokens):
            passed = True
            yield from self.fill(syntax, marks, at + 1, {**tokens, node.name: token}, quotation)
            if node.optional:
                break
        if node.optional and not passed:
            yield from self.fill(syntax, marks, at + 1, tokens, quotation)

    def stretch(self, syntax: Syntax, tokens: dict[str, int]) -> tuple[int, int] | None:
        """The stretch of the sentence that a node asks for."""
        node = next((node for node in self.others if node.stretch), None)
        if node is None or node.stretch is None:
            return None
        side, target = node.stretch
        if side == "after":
            return line_after(syntax, tokens[target])
        return stretch_before(syntax, tokens[target], tokens["cue"])

    def fitting(self, syntax: Syntax, marks: "Marks", node: Node, tokens: dict[str, int]) -> list[int]:
        """The tokens that can play the role of `node`, given those that are set."""
        if node.relation is None or not tokens.keys() >= self.needs[node.name]:
            return []
        relation, target = node.relation
        anchor, test, taken = tokens[target], self.tests[node.name], tokens.values()
        found = [token for token in related(syntax, relation, anchor) if test(syntax, token) and token not in taken]
        if found and node.orders:
            for order, other in node.orders:
                place = tokens[other]
                found = [token for token in found if (token < place) == (order == "before")]
        if found and relation == "subject_of":
            found = [token for token in found if marks.share(token, anchor)]
        if found and node.standing:
            found = [token for token in found if marks.stands(node.standing, token)]
        # a verb has one object; a second one is the parser's error
        return found[:1] if node.name in self.single else found


def needed(node: Node) -> frozenset[str]:
    """Names of the nodes that must be set before this one."""
    return frozenset([*(target for _, target in node.orders), *([node.relation[1]] if node.relation else [])])


def related(syntax: Syntax, relation: str, target: int) -> list[int]:
    """The tokens that stand in `relation` to `target`."""
    if relation == "child_of":
        return syntax.children[target]
    if relation == "subject_of":
        return subjects_of(syntax, target)
    if relation in ("just_before", "apposed_before"):
        is_apposed = syntax.lower[verb_group_start(syntax, target) - 1] == ","
        found = nominal_before(syntax, target) if is_apposed == (relation == "apposed_before") else None
        return [] if found is None else [found]
    if relation in ("opens_line", "closes_line"):
        found = line_phrase(syntax, target, relation == "opens_line")
        return [] if found is None else [found]
    if relation == "head_of":
        return [syntax.head[target]] if syntax.head[target] != target else []
    if relation == "under":
        return [index for index in syntax.subtree(target) if index != target]
    found_above, index = [], target
    while syntax.head[index] != index:
        index = syntax.head[index]
        found_above.append(index)
    return found_above


def nominal_before(syntax: Syntax, index: int) -> int | None:
    """The noun whose phrase stands between a comma and the group of a verb, whatever the parser made of it."""
    begin = verb_group_start(syntax, index)
    last = begin - 1
    if last < 1 or syntax.sentence[last] != syntax.sentence[index]:
        return None
    found = None
    if syntax.lower[last] == ",":
        last = phrase_start(syntax, last - 1, index) - 1  # an apposition before the cue: `A, B of C, said`
    at = phrase_start(syntax, last, index)
    if at < syntax.sentence[index] or syntax.lower[at] not in COMMAS:
        return None
    for token in range(at + 1, last + 1):
        if syntax.pos[token] in ("NOUN", "PROPN", "PRON", "NUM") and not at < syntax.head[token] <= last:
            found = token
            break
    if found is None:
        tops = [t for t in range(at + 1, last + 1) if syntax.pos[t] in ("NOUN", "PROPN", "PRON", "NUM")]
        found = tops[0] if len(tops) == 1 else None
    return found


def phrase_start(syntax: Syntax, last: int, cue: int) -> int:
    """The token before the noun phrase that ends with `last`, in the cue's sentence."""
    while last >= syntax.sentence[cue] and (syntax.pos[last] in PHRASE_POS or syntax.lower[last] == "-"):
        last -= 1
    return last


def verb_group_start(syntax: Syntax, index: int) -> int:
    """The first token of a verb's auxiliaries and adverbs."""
    begin = index
    while (
        begin > 0 and syntax.head[begin - 1] == index and syntax.dep[begin - 1] in ("aux", "auxpass", "advmod", "neg")
    ):
        begin -= 1
    return begin


def stretch_before(syntax: Syntax, target: int, cue: int) -> tuple[int, int] | None:
    """(first, last) of what stands in the sentence before a phrase and the comma before that; a finite verb is in it.

    Behind the cue nothing more may be said than when and where it was said.
    """
    begin = min(target, syntax.left[target]) if syntax.head[target] == cue else target
    while begin > syntax.sentence[cue] and syntax.lower[begin - 1] not in COMMAS:
        begin -= 1
    first, last = syntax.sentence[cue], begin - 2
    if last - first < 2 or last >= target:
        return None
    if not any(syntax.tag[i] in FINITE for i in range(first, last + 1)):
        return None
    behind = range(cue + 1, syntax.sentence_end[cue])
    return None if any(syntax.tag[i] in FINITE for i in behind) else (first, last)


def line_bounds(syntax: Syntax, index: int) -> tuple[int, int]:
    """The first and last token of a token's paragraph, white space left out."""
    first = last = index
    while first > 0 and syntax.paragraph[first - 1] == syntax.paragraph[index]:
        first -= 1
    while last + 1 < syntax.length and syntax.paragraph[last + 1] == syntax.paragraph[index]:
        last += 1
    while last > index and syntax.pos[last] == "SPACE":
        last -= 1
    return first, last


def line_after(syntax: Syntax, index: int) -> tuple[int, int] | None:
    """(first, last) of what stands in the paragraph after a token; a verb is in it."""
    last = line_bounds(syntax, index)[1]
    has_verb = any(syntax.pos[i] in ("VERB", "AUX") for i in range(index + 1, last + 1))
    return (index + 1, last) if has_verb else None


def line_phrase(syntax: Syntax, index: int, before: bool) -> int | None:
    """The head of the noun phrase that is all that stands in the paragraph before (or after) a token."""
    first, last = line_bounds(syntax, index)
    words = range(first, index) if before else range(index + 1, last + 1)
    if not 0 < len(words) <= NAME_TOKENS or any(syntax.tag[i] in FINITE for i in words):
        return None
    if any(syntax.lower[i] in SENTENCE_ENDS for i in words[:-1]):
        return None
    nouns = [i for i in words if syntax.pos[i] in ("NOUN", "PROPN")]
    tops = [i for i in nouns if syntax.head[i] not in words or syntax.head[i] == i]
    found = tops or nouns
    return found[0] if found else None


class Marks:
    """The quotations of a document, and what stands beside them."""

    def __init__(self, syntax: Syntax, quotations: list[Quotation]):
        self.syntax = syntax
        self.quotations = quotations
        self.outermost = [quotation for quotation in quotations if quotation.depth == 0]
        self.holder: list[Quotation | None] = [None] * syntax.length
        for quotation in self.outermost:
            for index in range(quotation.first, quotation.last + 1):
                self.holder[index] = quotation
        self.by_paragraph: dict[int, list[Quotation]] = {}
        for quotation in quotations:
            self.by_paragraph.setdefault(syntax.paragraph[quotation.first], []).append(quotation)

    def at(self, token: int) -> list[Quotation]:
        """All quotations in which a token stands."""
        near = self.by_paragraph.get(self.syntax.paragraph[token], [])
        return [quotation for quotation in near if quotation.first <= token <= quotation.last]

    def stands(self, standing: str | None, token: int) -> bool:
        """Whether a token stands inside or outside quotation marks, as wanted."""
        return standing is None or (self.holder[token] is not None) == (standing == "inside")

    def share(self, source: int, cue: int) -> bool:
        """Whether a source and its cue stand on the same side of all marks, or the quotation begins with the cue.

        The second is `The mayor “agreed to go on,” the statement said.`
        """
        around = self.holder[cue]
        if self.holder[source] is around:
            return True
        return self.holder[source] is None and around is not None and cue - around.first < PARTIAL

    def beside(self, side: str, token: int, links: tuple[str, ...]) -> Quotation | None:
        """The quotation before, after or around the clause of `token`, joined to it by one of `links`."""
        same = [
            quotation
            for quotation in self.by_paragraph.get(self.syntax.paragraph[token], [])
            if self.holder[token] is None or self.encloses(self.holder[token], quotation)
        ]
        if side == "around":
            return next((q for q in reversed(self.quotations) if q.first < token < q.last), None)
        if side == "before":
            near = [quotation for quotation in same if quotation.last < token]
            return near[-1] if near and self.links_back(near[-1], token, links) else None
        near = [quotation for quotation in same if quotation.first > token]
        return near[0] if near and self.links_on(token, near[0], links) else None

    def encloses(self, outer: Quotation | None, inner: Quotation) -> bool:
        """Whether a quotation stands inside another."""
        return outer is not None and outer is not inner and outer.start <= inner.start and inner.end <= outer.end

    def links_back(self, quotation: Quotation, token: int, links: tuple[str, ...]) -> bool:
        """Whether the clause of `token` takes up a quotation that stands before it."""
        syntax = self.syntax
        inside, after = quotation.last - 1, quotation.last + 1
        ends_open = syntax.lower[inside] in (",", "?", "!", "--", "—", "…", "...")
        comma_after = after < token and syntax.lower[after] in (",", "–", "—", "--", "-")
        link = "comma" if ends_open or comma_after else "bare"
        if link not in links or not quotation.closed:
            return False
        if syntax.pos[token] == "PUNCT":
            return all(syntax.pos[index] == "SPACE" for index in range(after, token))
        return self.is_clause_gap(quotation.last + 1, token, token)

    def links_on(self, token: int, quotation: Quotation, links: tuple[str, ...]) -> bool:
        """Whether the clause of `token` leads to a quotation that stands after it."""
        before = self.syntax.lower[quotation.first - 1] if quotation.first else ""
        link = {",": "comma", ":": "colon", "–": "dash", "—": "dash", "--": "dash"}.get(before, "bare")
        if link not in links:
            return False
        nearest = quotation.first - (1 if link == "bare" else 2)
        if nearest > token and self.syntax.pos[nearest] == "VERB" and self.syntax.tag[nearest] != "VBN":
            return False  # another verb stands nearer to the quotation
        return self.is_clause_gap(token + 1, quotation.first, token)

    def is_clause_gap(self, start: int, end: int, cue: int) -> bool:
        """Whether only words of the cue's own clause stand from `start` to `end`: no other verb governs there."""
        syntax = self.syntax
        if end - start > GAP_TOKENS:
            return False
        for index in range(start, end):
            if syntax.lower[index] in (".", ";", "?", "!"):
                return False
            finite = syntax.tag[index] in FINITE
            governs = syntax.dep[index] not in ("aux", "auxpass", "relcl", "acl", "advcl", "ccomp", "pcomp")
            if finite and governs and index != cue and not syntax.is_under(index, cue):
                return False
        return True


def compile_patterns(rulebook: Rulebook) -> dict[str, list[Pattern]]:
    """Patterns by the part of speech of their cue; under `""` those that take any."""
    by_pos: dict[str, list[Pattern]] = {}
    for rule in (rule for rule in rulebook.rules if not rule.attach_to):
        pattern = Pattern(rule, worthwhile_cues(rule, rulebook))
        for pos in sorted(pattern.pos) if pattern.pos else [""]:
            by_pos.setdefault(pos, []).append(pattern)
    return by_pos


def worthwhile_cues(rule: Rule, rulebook: Rulebook) -> frozenset[str] | None:
    """Lemmas of cues that can reach the floor, where unseen ones can't; None where any can."""
    precision = rulebook.precisions.get(rule.id)
    if precision is None or precision.unseen >= rulebook.settings.floor:
        return None
    return frozenset(key.split(" ")[0] for key in precision.cues)
