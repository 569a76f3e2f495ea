"""Why a claim was found, and why another was not: sentence by sentence, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.language import Language

from claims_cli.articles.arranger import Arranger
from claims_cli.claim import JOINER, SAID, Block, Document
from claims_cli.extraction import blocks_in, chunks_of, prose
from claims_cli.pipeline import ArticleReader, parser
from claims_cli.pipeline.article import Article, Attribution, Candidate, Speaker
from claims_cli.pipeline.attribute.classify import TypeLexicon, type_of
from claims_cli.pipeline.attribute.tagged import gap, spans
from claims_cli.pipeline.encoded import CUE
from claims_cli.pipeline.match.candidates import CandidateFinder
from claims_cli.pipeline.match.features import FeatureReader, cue_word
from claims_cli.pipeline.match.patterns import Pattern, related
from claims_cli.pipeline.parse.hyphens import Dictionary
from claims_cli.pipeline.parse.labels import check_labels
from claims_cli.pipeline.parse.reading import Reading
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.feature_wording import in_words
from claims_cli.rulebook.model import AT_TAGS, ROLES, Node, Prior, Rule, Rulebook
from claims_cli.rulebook.odds import share_of

MOST_EVIDENCE = 4
LEAST_WEIGHT = 0.15
NOT_GROWN = "nothing is left for its content, quotation marks divide it, or its clause only asks or supposes it"
MOST_SHOWN = 6


@dataclass(frozen=True)
class CandidateReading:
    """One candidate: what it reads, and what became of it.

    Attributes:
        roles: the words of each role, where it became a claim.
        tokens: the token that played each role, helpers included.
        evidence: how its confidence came about.
        speaker: who speaks, why, and how sure that is; nothing where it became no claim.
    """

    rule: str
    score: float
    roles: tuple[tuple[str, str], ...]
    tokens: tuple[tuple[str, str], ...]
    fate: str
    evidence: tuple[str, ...] = ()
    speaker: str = ""


@dataclass
class Sentence:
    """One sentence: its text, where it starts (code points), its tree, what was found in it and what lost."""

    text: str
    start: int
    tree: list[str]
    found: list[CandidateReading] = field(default_factory=list)
    lost: list[CandidateReading] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


class Explainer:
    """Runs the pipeline step by step and tells what became of every candidate."""

    def __init__(self, nlp: Language, rulebook: Rulebook):
        """`nlp` is what `pipeline.parser` gives."""
        self.nlp = nlp
        self.rulebook = rulebook
        self.dictionary = Dictionary.of(nlp)
        self.reader = ArticleReader(rulebook)
        self.weak = CandidateFinder(replace(rulebook, settings=replace(rulebook.settings, min_candidate=0.0)))
        self.features = FeatureReader(rulebook)
        self.types = TypeLexicon.of(rulebook)

    def explain(self, text: str, rule: Rule | None = None, blocks: tuple[Block, ...] = ()) -> Iterator[Sentence]:
        """Every sentence of a text with its blocks; with `rule`, where that rule did not match it."""
        read = Reading.of(text, self.dictionary.knows, blocks)
        _, grown, *_, article = self.reader.steps(self.nlp(read.prepared), read)
        syntax = article.syntax
        readings = list(self.readings(article, grown.attributions))
        for start in sorted(set(syntax.sentence)):
            words = range(start, syntax.sentence_end[start])
            shown = [index for index in words if syntax.pos[index] != "SPACE"]
            if not shown:
                continue
            first, end = syntax.span(shown[0], shown[-1] + 1)
            sentence = Sentence(" ".join(text[first:end].split()), first, list(tree(syntax, shown)))
            for cue, reading in readings:
                if cue in words:
                    (sentence.found if reading.fate == "found" else sentence.lost).append(reading)
            if rule is not None and not any(reading.rule == rule.id for reading in sentence.found):
                sentence.missed = list(self.missing(article, rule, shown))
            yield sentence

    def readings(self, article: Article, grown: Sequence[Attribution]) -> Iterator[tuple[int, CandidateReading]]:
        """Every candidate in words with its cue, the best first: those of the run, and those dropped at once.

        `grown` are the attributions before they were nested.
        """
        chosen = {own_tokens(candidate): candidate for candidate in article.chosen}
        fates = self.fates(article, grown)
        run = [(candidate, article.lost_to.get(place)) for place, candidate in enumerate(article.candidates)]
        known = {own_tokens(candidate) for candidate, _ in run}
        drafts = self.weak.drafts(article.syntax, article.quotations)
        weak = self.weak.kept(self.reader.weighed(article, drafts, article.encoded))
        run += [(candidate, None) for candidate in weak if own_tokens(candidate) not in known]
        run += [(one.candidate, None) for one in article.attributions if one.candidate.rule.stands]
        for candidate, rival in sorted(run, key=lambda item: (-item[0].worth, item[0].cue, item[0].rule.id)):
            candidate = chosen.get(own_tokens(candidate), candidate)
            yield candidate.cue, self.reading(article, candidate, self.fate(candidate, rival, fates))

    def fates(self, article: Article, grown: Sequence[Attribution]) -> dict[tuple, str]:
        """What became of each candidate that won its cue."""
        why = "another claim has its content and is surer, or it can't stand in what another claim says"
        fates = {own_tokens(attribution.candidate): why for attribution in grown}
        for attribution, speaker in zip(article.attributions, article.speakers, strict=True):
            kind = type_of(attribution, article, self.types, speaker.kind)
            fate = "found"
            score = self.rulebook.calibration.of_claim(attribution.score, attribution.candidate.rule.id)
            if score < self.rulebook.settings.threshold:
                fate = f"below the confidence of {self.rulebook.settings.threshold:.2f} (--min-confidence shows it)"
            elif kind not in SAID:
                fate = f"its type is {kind}: held, not said (--type all shows it)"
            fates[own_tokens(attribution.candidate)] = fate
        return fates

    def fate(self, candidate: Candidate, rival: str | None, fates: dict[tuple, str]) -> str:
        """What became of a candidate; `rival` is the rule that it lost its cue to."""
        if candidate.score < self.rulebook.settings.min_candidate:
            return f"such candidates were too seldom right (below {self.rulebook.settings.min_candidate:.2f})"
        if rival:
            return f"lost its cue to {rival}"
        return fates.get(own_tokens(candidate), NOT_GROWN)

    def reading(self, article: Article, candidate: Candidate, fate: str) -> CandidateReading:
        """A candidate in words."""
        syntax, key = article.syntax, own_tokens(candidate)
        place = next(
            (place for place, claim in enumerate(article.attributions) if own_tokens(claim.candidate) == key), None
        )
        claim = None if place is None else article.attributions[place]
        speaker = "" if place is None else who(self.corrected(article.speakers[place]))
        roles_told = [role for role in ROLES if role != "cue" or candidate.rule.stands in (None, AT_TAGS)]
        names = [name for name in (*roles_told, *helpers(candidate.rule)) if name in candidate.tokens]
        tokens = [(name, word(syntax, candidate.tokens[name])) for name in names]
        if candidate.quotation is not None:
            tokens.append(("quotation", words_of(syntax, candidate.quotation.start, candidate.quotation.end)))
        spans = [(role, getattr(claim, role)) for role in ROLES] if claim is not None else []
        roles = [(role, JOINER.join(words_of(syntax, *span) for span in found)) for role, found in spans if found]
        evidence = self.weighed(article, candidate)
        score = candidate.score
        if claim is not None and claim.doubt:
            score = claim.score
            evidence += (f"against it (-{claim.doubt:.2f}): it stands in what another claim says",)
        known = self.rulebook.calibration.confidence
        if claim is not None and known is not None:
            before, score = claim.score, known.after(claim.score, candidate.rule.id)
            evidence += (f"by {known.marks} marks of your own: {before:.2f} → {score:.2f}",)
        return CandidateReading(candidate.rule.id, score, tuple(roles), tuple(tokens), fate, evidence, speaker)

    def corrected(self, speaker: Speaker) -> Speaker:
        """A speaker as sure as the user's own marks say."""
        return replace(speaker, confidence=self.rulebook.calibration.of_speaker(speaker.confidence, speaker.basis))

    def weighed(self, article: Article, candidate: Candidate) -> tuple[str, ...]:
        """How its confidence came about: how often its cue is right, then the heaviest evidence first."""
        rule = candidate.rule
        if rule.stands == AT_TAGS:
            return (f"no rule saw it; {self.read_so(article, candidate, 'tagged_right')}",)
        prior = self.rulebook.prior(rule, article.syntax.lemma[candidate.cue])
        rate = self.rate(article, candidate, prior)
        if not rule.weighed or (prior is not None and not prior.weighed):
            return rate, "no other evidence is weighed for this rule"
        values = self.features.read(article.syntax, article.quotations, rule, candidate.tokens, candidate.quotation)
        read = candidate.evidence is not None
        known = (self.rulebook.reader_weights if read else self.rulebook.weights).features
        weights = [(known.get(name, {}).get(value, 0.0), name, value) for name, value in values.items()]
        heavy = [weight for weight in weights if abs(weight[0]) >= LEAST_WEIGHT]
        heavy.sort(key=lambda weight: -abs(weight[0]))
        told = [in_words(name, value, weight) for weight, name, value in heavy[:MOST_EVIDENCE]]
        return rate, *((self.read_so(article, candidate, "reader_right"),) if read else ()), *told

    def read_so(self, article: Article, candidate: Candidate, name: str) -> str:
        """What the small reader says of a candidate, and what that weighs where a rule saw it too."""
        evidence, weights = candidate.evidence or {}, self.rulebook.reader_weights.numbers
        likely = share_of(evidence[name])
        told = f"the reader takes this for an attribution: {likely:.2f}; its cue: {self.tagged_cue(article, candidate)}"
        if name != "reader_right":
            return told
        weight = sum(weights.get(one, 0.0) * number for one, number in evidence.items())
        return f"{'for it' if weight > 0 else 'against it'} ({weight:+.2f}): {told}"

    def tagged_cue(self, article: Article, candidate: Candidate) -> str:
        """The words that the small reader tags as the cue at a candidate's; the nearest in its sentence, or none."""
        if article.encoded is None:
            return "none"
        syntax, at = article.syntax, (candidate.cue, candidate.cue + 1)
        sentence = syntax.sentence[candidate.cue]
        near = [one for one in spans(article.encoded, CUE, syntax) if syntax.sentence[one[0]] == sentence]
        best = min(near, key=lambda one: gap(one, at), default=None)
        return "none" if best is None else words_of(syntax, *best)

    def rate(self, article: Article, candidate: Candidate, prior: Prior | None) -> str:
        """How often such a cue is right, and how that is known."""
        precision = self.rulebook.precisions.get(candidate.rule.id)
        if precision is None:
            stated = prior.right if prior else candidate.rule.confidence
            return f"the confidence that the rule states: {stated:.2f}"
        share, _ = precision.of(candidate.key, self.rulebook.doubt(cue_word(article.syntax, candidate.cue)), prior)
        right, _, seen = precision.cues.get(candidate.key, (0, 0, 0))
        return f"'{candidate.key}' in this rule was right {right} times of {seen}, smoothed {share:.2f}"

    def missing(self, article: Article, rule: Rule, words: list[int]) -> Iterator[str]:
        """For each word that could be the cue of a rule, the first node that found no token, and what stood there."""
        if rule.stands:
            yield f"it finds quotations that no cue claims, where they stand {rule.stands.replace('-', ' ')}: none here"
            return
        syntax, quotations = article.syntax, article.quotations
        pattern = Pattern(rule, None)
        cues = [index for index in words if pattern.anchors(syntax, index)]
        if not cues:
            yield f"role 'cue' found no token: no word here is {wanted(pattern.anchor)}"
        for cue in cues:
            tokens = {"cue": cue}
            told = f"role 'cue' could be '{word(syntax, cue)}'"
            if not quotations.stands(pattern.anchor.standing, cue):
                yield f"{told}, but it does not stand {pattern.anchor.standing} a quotation"
                continue
            failed = next((text for text in self.first_failures(pattern, article, tokens)), None)
            yield f"{told}, but {failed}" if failed else f"{told}: every role finds its token"

    def first_failures(self, pattern: Pattern, article: Article, tokens: dict[str, int]) -> Iterator[str]:
        """The first node that finds nothing, each role before it filled with the first token that fits."""
        syntax, quotations = article.syntax, article.quotations
        for node in pattern.others:
            if node.optional:
                continue
            if node.quotation:
                side, target, links = node.quotation
                beside = quotations.beside(side, tokens[target], links)
                if beside is None or (node.alone and quotations.is_led_into(beside)):
                    yield f"no quotation stands {side} '{word(syntax, tokens[target])}', joined by {' or '.join(links)}"
                    return
            elif node.stretch:
                if pattern.stretch(syntax, tokens) is None:
                    yield f"nothing that could be the content stands {node.stretch[0]} its {node.stretch[1]}"
                    return
            else:
                found = pattern.fitting(syntax, quotations, node, tokens)
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


class DocumentExplainer:
    """Explains documents as `extract` reads them: each article for itself, furniture set aside."""

    def __init__(self, rulebook: Rulebook, model: str | None = None):
        """Load the model.

        Raises:
            ModelMissing: it is not installed.
            RulebookError: a rule names what the model has not.
        """
        nlp = parser(model)
        check_labels(rulebook.rules, nlp)
        self.arranger = Arranger(rulebook)
        self.explainer = Explainer(nlp, rulebook)

    def sentences(self, document: Document, rule: Rule | None = None) -> Iterator[tuple[int, Sentence]]:
        """Every sentence with its line; with `rule`, where that rule did not match it. It starts as its text does."""
        document = self.arranger.arrange(document)
        for part in chunks_of(document):
            for sentence in self.explainer.explain(prose(document, part), rule, blocks_in(document, part)):
                sentence.start += part.offset
                yield document.line_of(sentence.start), sentence

    def set_aside(self, document: Document) -> Iterator[tuple[int, str, str | None]]:
        """The lines of furniture: number, words, and the rule that says so; None where it goes with another line."""
        for classified in self.arranger.classify(document.text):
            if classified.rule or classified.listed:
                rule = classified.rule.id if classified.rule else None
                yield document.line_of(classified.start), classified.text, rule


def who(speaker: Speaker) -> str:
    """Who speaks, how that is known and how sure it is, in words."""
    why = f": {'; '.join(speaker.reasons)}" if speaker.reasons else ""
    return f"{speaker.text or 'nobody named'} ({speaker.basis}, speaker confidence {speaker.confidence:.2f}{why})"


def own_tokens(candidate: Candidate) -> tuple:
    """What tells a candidate apart: its rule and the tokens of that rule's nodes, attachments left out."""
    own = tuple((node.name, candidate.tokens.get(node.name)) for node in candidate.rule.nodes)
    return candidate.rule.id, candidate.quotation, own


def helpers(rule: Rule) -> list[str]:
    """Names of the helper nodes."""
    return [node.name for node in rule.nodes if node.name.startswith("_")]


def word(syntax: Syntax, index: int) -> str:
    """A token's text as the page writes it."""
    return syntax.surface[syntax.start[index] : syntax.end[index]]


def words_of(syntax: Syntax, start: int, end: int) -> str:
    """The words of a span of tokens, as the page writes them."""
    return syntax.surface[syntax.start[start] : syntax.end[end - 1]]


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
