"""Finding the tokens that play the roles of a rule.

The relations are those of spaCy's `DependencyMatcher`; beyond it a node may be optional, may lack something, and may
be a quotation. Rules are looked up by the part of speech and the lemma of their cue, so that a rule costs next to
nothing where its cue does not stand.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.subjects import subjects_of
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.parse.word_order import (
    block_below,
    line_after,
    line_phrase,
    nominal_before,
    nominals_behind,
    stretch_before,
    verb_group_start,
)
from claims_cli.rulebook.model import Node, Rule, Rulebook, TokenTest

Test = Callable[[Syntax, int], bool]
ONE_OBJECT = frozenset({"dobj"})


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
        checks.append(any_check([compile_test(option) for option in test.alternatives]))
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
    return all_check(checks)


def all_check(checks: list[Test]) -> Test:
    """A check that a token passes several; a plain loop, for a generator costs more than most checks."""

    def passes(syntax: Syntax, i: int) -> bool:
        for check in checks:  # noqa: SIM110
            if not check(syntax, i):
                return False
        return True

    return passes


def any_check(checks: list[Test]) -> Test:
    """A check that a token passes one of several."""

    def passes(syntax: Syntax, i: int) -> bool:
        for check in checks:  # noqa: SIM110
            if check(syntax, i):
                return True
        return False

    return passes


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

    def passes(syntax: Syntax, i: int) -> bool:
        for child in syntax.children[i]:
            if test(syntax, child):
                return wanted
        return not wanted

    return passes


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
        self.forms = allowed.get("lower")
        self.stretched = next((node.stretch for node in self.others if node.stretch), None)
        self.wants = wanted_at_cue(self.anchor, self.others)

    def takes(self, lemma: str) -> bool:
        """Whether the cue may have this lemma."""
        return (self.lemmas is None or lemma in self.lemmas) and (self.cues is None or lemma in self.cues)

    def takes_form(self, pos: str, form: str) -> bool:
        """Whether the cue may have this part of speech and be this word, in lower case."""
        return (self.pos is None or pos in self.pos) and (self.forms is None or form in self.forms)

    def matches(self, syntax: Syntax, quotations: QuotationIndex, given: dict[str, int]) -> list[Match]:
        """Every way in which the roles can be filled around the cue, `given` with any roles that are set already.

        Optional roles take the first token that fits.
        """
        found: list[Match] = []
        cue = given["cue"]
        if self.anchors(syntax, cue) and quotations.stands(self.anchor.standing, cue):
            self.fill(syntax, quotations, 0, given, None, found)
        return found

    def fill(
        self, syntax: Syntax, quotations: QuotationIndex, at: int, tokens: dict[str, int], quotation, found: list[Match]
    ):
        """Fill the roles from `at` on, and add the matches to `found`."""
        if at == len(self.others):
            found.append(Match(dict(tokens), quotation, self.stretch(syntax, tokens)))
            return
        node = self.others[at]
        if node.stretch:
            if self.stretch(syntax, tokens) is not None:
                self.fill(syntax, quotations, at + 1, tokens, quotation, found)
            return
        if node.quotation:
            side, target, links = node.quotation
            beside = quotations.beside(side, tokens[target], links)
            if beside is not None and not (node.alone and quotations.is_led_into(beside)):
                self.fill(syntax, quotations, at + 1, tokens, beside, found)
            return
        fitting = self.fitting(syntax, quotations, node, tokens)
        for token in fitting[:1] if node.optional else fitting:
            self.fill(syntax, quotations, at + 1, {**tokens, node.name: token}, quotation, found)
        if node.optional and not fitting:
            self.fill(syntax, quotations, at + 1, tokens, quotation, found)

    def stretch(self, syntax: Syntax, tokens: dict[str, int]) -> tuple[int, int] | None:
        """The stretch of the sentence that a node asks for."""
        if self.stretched is None:
            return None
        side, target = self.stretched
        if side == "after":
            return line_after(syntax, tokens[target])
        if side == "below":
            return block_below(syntax, tokens[target])
        return stretch_before(syntax, tokens[target], tokens["cue"])

    def fitting(self, syntax: Syntax, quotations: QuotationIndex, node: Node, tokens: dict[str, int]) -> list[int]:
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
            found = [token for token in found if quotations.share(token, anchor)]
        if found and node.standing:
            found = [token for token in found if quotations.stands(node.standing, token)]
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
        if any(child > target and syntax.dep[child] == "nsubj" for child in syntax.children[target]):
            return []  # its subject stands behind it (`said a source`)
        found = nominal_before(syntax, target) if is_apposed == (relation == "apposed_before") else None
        return [] if found is None else [found]
    if relation == "just_behind":
        return [*reversed(nominals_behind(syntax, target))]  # the fullest phrase first
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


def wanted_at_cue(anchor: Node, others: Iterable[Node]) -> list[tuple[str, frozenset[str]]]:
    """What a rule cannot match without: (kind, values of which one must stand at the cue).

    The kinds are `dep` and `tag` of the cue, `child` (dependency of a child), and `quotation` (side).
    """
    own = dict(anchor.test.attributes)
    found: list[tuple[str, frozenset[str]]] = [(kind, own[kind]) for kind in ("dep", "tag") if kind in own]
    tests = list(anchor.test.has)
    for node in (node for node in others if not node.optional):
        if node.relation == ("child_of", "cue"):
            tests.append(node.test)
        if node.quotation and node.quotation[1] == "cue":
            found.append(("quotation", frozenset({node.quotation[0]})))
    children = [dict(test.attributes).get("dep") for test in tests]
    return found + [("child", deps) for deps in children if deps]


def worthwhile_cues(rule: Rule, rulebook: Rulebook) -> frozenset[str] | None:
    """Lemmas of cues that can reach the floor, where unseen ones can't; None where any can."""
    precision = rulebook.precisions.get(rule.id)
    if precision is None or precision.unseen >= rulebook.settings.min_precision:
        return None
    framed = [known for known in rulebook.attribution.classes if rule.frame in known.frames]
    classes = [prior.words for prior in rule.priors] + [known.words[part] for known in framed for part in rule.parts]
    return frozenset(key.split(" ")[0] for key in precision.cues).union(*classes)
