"""Why a claim was found, and why another was not: sentence by sentence, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.claim import SAID
from claims_cli.pipeline.attribute.classify import Classifier
from claims_cli.pipeline.attribute.spans import Attribution
from claims_cli.pipeline.match.candidates import Candidate, CandidateFinder
from claims_cli.pipeline.match.features import FeatureReader, cue_word
from claims_cli.pipeline.match.patterns import Pattern, related
from claims_cli.pipeline.parse.paragraphs import plainly_spaced, readable
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.feature_wording import in_words
from claims_cli.rulebook.model import ROLES, Node, Rule, Rulebook

MOST_EVIDENCE = 4
LEAST_WEIGHT = 0.15
MOST_SHOWN = 6


@dataclass(frozen=True)
class Reading:
    """One candidate: what it reads, and what became of it.

    Attributes:
        roles: the words of each role, where it became a claim.
        tokens: the token that played each role, helpers included.
        evidence: how its confidence came about.
    """

    rule: str
    score: float
    roles: tuple[tuple[str, str], ...]
    tokens: tuple[tuple[str, str], ...]
    fate: str
    evidence: tuple[str, ...] = ()


@dataclass
class Sentence:
    """One sentence: its text, where it starts (code points), its tree, what was found in it and what lost."""

    text: str
    start: int
    tree: list[str]
    found: list[Reading] = field(default_factory=list)
    lost: list[Reading] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


class Explainer:
    """Runs the pipeline step by step and tells what became of every candidate."""

    def __init__(self, nlp: Language, rulebook: Rulebook):
        """`nlp` is what `pipeline.build` gives."""
        self.nlp = nlp
        self.rulebook = rulebook
        self.weak = CandidateFinder(replace(rulebook, settings=replace(rulebook.settings, min_candidate=0.0)))
        self.evidence = FeatureReader(rulebook)

    def explain(self, text: str, rule: Rule | None = None) -> Iterator[Sentence]:
        """Every sentence of a text; with `rule`, where that rule did not match it."""
        doc, grown = self.run(text)
        syntax, marks = doc.user_data["syntax"], doc.user_data["marks"]
        fates = self.fates(doc, grown)
        starts = sorted(set(syntax.sentence))
        for start in starts:
            words = range(start, syntax.sentence_end[start])
            shown = [index for index in words if syntax.pos[index] != "SPACE"]
            if not shown:
                continue
            piece = text[syntax.start[shown[0]] : syntax.end[shown[-1]]]
            sentence = Sentence(" ".join(piece.split()), syntax.start[shown[0]], list(tree(syntax, shown)))
            for candidate in self.candidates(doc):
                if candidate.cue in words:
                    reading = self.reading(doc, candidate, fates)
                    (sentence.found if reading.fate == "found" else sentence.lost).append(reading)
            if rule is not None and not any(reading.rule == rule.id for reading in sentence.found):
                sentence.missed = list(self.missing(syntax, marks, rule, shown))
            yield sentence

    def run(self, text: str) -> tuple[Doc, list[Attribution]]:
        """The document after the whole pipeline, and the attributions that the spans component made."""
        doc = self.nlp.make_doc(readable(text))
        doc.user_data["surface"] = plainly_spaced(text)
        grown: list[Attribution] = []
        for name, component in self.nlp.pipeline:
            doc = component(doc)
            if name == "claims_spans":
                grown = list(doc.user_data["attributions"])
        return doc, grown

    def candidates(self, doc: Doc) -> list[Candidate]:
        """All candidates, best first: those of the run, and those that were dropped at once."""
        kept = doc.user_data["candidates"]
        known = {own_tokens(one) for one in kept}
        weak = self.weak.find(doc.user_data["syntax"], doc.user_data["marks"])
        dropped = [one for one in weak if own_tokens(one) not in known]
        return sorted([*kept, *dropped], key=lambda one: (-one.worth, one.cue, one.rule.id))

    def fates(self, doc: Doc, grown: list[Attribution]) -> dict[int, str]:
        """What became of each candidate that won its cue, by its identity."""
        syntax, marks = doc.user_data["syntax"], doc.user_data["marks"]
        kinds = Classifier(syntax, marks, self.rulebook)
        speakers = doc.user_data["speakers"]
        why = "another claim has its content and is surer, or it can't stand in what another claim says"
        found = {id(one.candidate): why for one in grown}
        for one, speaker in zip(doc.user_data["attributions"], speakers, strict=True):
            kind = kinds.type(one, speaker.kind)
            fate = "found"
            if one.score < self.rulebook.settings.threshold:
                fate = f"below the confidence of {self.rulebook.settings.threshold:.2f} (--min-confidence shows it)"
            elif kind not in SAID:
                fate = f"its type is {kind}: held, not said (--type all shows it)"
            found[id(one.candidate)] = fate
        return found

    def reading(self, doc: Doc, one: Candidate, fates: dict[int, str]) -> Reading:
        """A candidate in words."""
        syntax, marks = doc.user_data["syntax"], doc.user_data["marks"]
        claim = next((claim for claim in doc.user_data["attributions"] if claim.candidate is one), None)
        tokens = [(role, word(syntax, one.tokens[role])) for role in (*ROLES, *helpers(one.rule)) if role in one.tokens]
        if one.quotation is not None:
            tokens.append(("quotation", words_between(syntax, one.quotation.first, one.quotation.last)))
        spans = [(role, getattr(claim, role)) for role in ROLES] if claim is not None else []
        roles = [(role, " … ".join(words_between(syntax, a, b) for a, b in runs)) for role, runs in spans if runs]
        evidence = self.weighed(syntax, marks, one)
        score = one.score
        if claim is not None and claim.doubt:
            score = claim.score
            evidence += (f"against it (-{claim.doubt:.2f}): it stands in what another claim says",)
        return Reading(one.rule.id, score, tuple(roles), tuple(tokens), self.fate(one, fates), evidence)

    def fate(self, one: Candidate, fates: dict[int, str]) -> str:
        """What became of a candidate."""
        if one.score < self.rulebook.settings.min_candidate:
            return f"such candidates were too seldom right (below {self.rulebook.settings.min_candidate:.2f})"
        if one.lost_to:
            return f"lost its cue to {one.lost_to}"
        return fates.get(id(one), "nothing is left for its content, or quotation marks divide it")

    def weighed(self, syntax: Syntax, marks: QuotationIndex, one: Candidate) -> tuple[str, ...]:
        """How its confidence came about, the heaviest evidence first."""
        precision = self.rulebook.precisions.get(one.rule.id)
        if precision is None:
            return ("the confidence that the rule states",)
        share, _ = precision.of(one.key, self.rulebook.doubt(cue_word(syntax, one.cue)))
        right, _, seen = precision.cues.get(one.key, (0, 0, 0))
        told = [f"'{one.key}' in this rule was right {right} times of {seen}, smoothed {share:.2f}"]
        if not one.rule.weighed:
            return (*told, "no other evidence is weighed for this rule")
        features = self.evidence.features(syntax, marks, one.rule, one.tokens, one.quotation)
        weights = [
            (self.rulebook.weights.features.get(name, {}).get(value, 0.0), name, value)
            for name, value in features.items()
        ]
        heavy = sorted((one for one in weights if abs(one[0]) >= LEAST_WEIGHT), key=lambda one: -abs(one[0]))
        for weight, name, value in heavy[:MOST_EVIDENCE]:
            told.append(in_words(name, value, weight))
        return tuple(told)

    def missing(self, syntax: Syntax, marks: QuotationIndex, rule: Rule, words: list[int]) -> Iterator[str]:
        """For each word that could be the cue of a rule, the first node that found no token, and what stood there."""
        pattern = Pattern(rule, None)
        cues = [index for index in words if pattern.anchors(syntax, index)]
        if not cues:
            yield f"role 'cue' found no token: no word here is {wanted(pattern.anchor)}"
        for cue in cues:
            tokens = {"cue": cue}
            told = f"role 'cue' could be '{word(syntax, cue)}'"
            if not marks.stands(pattern.anchor.standing, cue):
                yield f"{told}, but it does not stand {pattern.anchor.standing} a quotation"
                continue
            failed = next((text for text in self.first_failures(pattern, syntax, marks, tokens)), None)
            yield f"{told}, but {failed}" if failed else f"{told}: every role finds its token"

    def first_failures(
        self, pattern: Pattern, syntax: Syntax, marks: QuotationIndex, tokens: dict[str, int]
    ) -> Iterator[str]:
        """The first node that finds nothing, each role before it filled with the first token that fits."""
        for node in pattern.others:
            if node.optional:
                continue
            if node.quotation:
                side, target, links = node.quotation
                if marks.beside(side, tokens[target], links) is None:
                    yield f"no quotation stands {side} '{word(syntax, tokens[target])}', joined by {' or '.join(links)}"
                    return
            elif node.stretch:
                if pattern.stretch(syntax, tokens) is None:
                    yield f"nothing that could be the content stands {node.stretch[0]} its {node.stretch[1]}"
                    return
            else:
                found = pattern.fitting(syntax, marks, node, tokens)
                if not found:
                    yield f"role '{node.name}' found no token: {self.stood(syntax, node, tokens)}"
                    return
                tokens[node.name] = found[0]

    def stood(self, syntax: Syntax, node: Node, tokens: dict[str, int]) -> str:
        """What was wanted at a place, and what stood there instead."""
        assert node.relation is not None
        relation, target = node.relation
        there = related(syntax, relation, tokens[target])
        shown = ", ".join(f"{word(syntax, i)} ({syntax.pos[i]}, {syntax.dep[i]})" for i in there[:MOST_SHOWN])
        place = f"{relation.replace('_', ' ')} '{word(syntax, tokens[target])}'"
        return f"wanted {wanted(node)} as {place}; there stood {shown or 'nothing'}"


def own_tokens(one: Candidate) -> tuple:
    """What tells a candidate apart: its rule and the tokens of that rule's nodes, attachments left out."""
    return one.rule.id, tuple((node.name, one.tokens.get(node.name)) for node in one.rule.nodes)


def helpers(rule: Rule) -> list[str]:
    """Names of the helper nodes."""
    return [node.name for node in rule.nodes if node.name.startswith("_")]


def word(syntax: Syntax, index: int) -> str:
    """A token's text as the page writes it."""
    return syntax.surface[syntax.start[index] : syntax.end[index]]


def words_between(syntax: Syntax, first: int, last: int) -> str:
    """The text from one token to another, as the page writes it."""
    return syntax.surface[syntax.start[first] : syntax.end[last]]


def wanted(node: Node) -> str:
    """What a node's token must be."""
    tests = []
    for name, values in node.test.attributes:
        shown = sorted(values)[:MOST_SHOWN]
        tests.append(f"{name} {' or '.join(shown)}{' …' if len(values) > MOST_SHOWN else ''}")
    for name, count in (("any", node.test.alternatives), ("has", node.test.has), ("lacks", node.test.lacks)):
        if count:
            tests.append(f"what '{name}' asks")
    tests += [f"{order} '{other}'" for order, other in node.orders]
    return ", ".join(tests) or "any word"


def tree(syntax: Syntax, words: list[int]) -> Iterator[str]:
    """The dependency tree of a sentence, a line a token."""
    inside = set(words)
    roots = [index for index in words if syntax.head[index] == index or syntax.head[index] not in inside]
    waiting = [(root, "", "") for root in reversed(roots)]
    while waiting:
        index, first, rest = waiting.pop()
        yield f"{first}{word(syntax, index)}  {syntax.dep[index]} {syntax.pos[index]} {syntax.tag[index]}"
        children = [child for child in syntax.children[index] if child in inside]
        for place, child in reversed(list(enumerate(children))):
            last = place == len(children) - 1
            waiting.append((child, f"{rest}{'└─ ' if last else '├─ '}", f"{rest}{'   ' if last else '│  '}"))
