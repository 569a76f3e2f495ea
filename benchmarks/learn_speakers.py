"""Learn who speaks, and how sure that is (`rules/model/speakers.yaml`), where people have read who it is.

    python -m benchmarks.learn_speakers              right and wrong in folds, and how well confidence is calibrated
    python -m benchmarks.learn_speakers --write      and write what all of it together teaches
    python -m benchmarks.learn_speakers --fast       the same of the rules alone, without the small reader

From GUM's chains (claims, and all pronouns of the third person that are subjects), from PolNeAR's judged samples of dev
and its 20 annotated articles of train. The weights of what speaks for a mention before a pronoun are those under which
the right ones are likeliest, drawn to those set by hand in `speaker_priors.yaml`; the share of right answers of each
way is smoothed. In folds no document is judged by what was learned on it.
"""

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from pathlib import Path

import numpy

from benchmarks.annotated import OTHER_GOLD
from benchmarks.coreference import Chains, chains, form_of
from benchmarks.gum import FOLDER as GUM
from benchmarks.judging import halves_of
from benchmarks.polnear import FOLDER as POLNEAR
from benchmarks.speakers import SAMPLES
from benchmarks.verdicts import GOLD
from claims_cli.extraction.analysis import Analyst
from claims_cli.extraction.results import Setup
from claims_cli.models import default_model
from claims_cli.names import folded_name
from claims_cli.pipeline import ArticleReader
from claims_cli.pipeline.article import Article, Attribution, Candidate, Speaker
from claims_cli.pipeline.resolve import learned_from, pronouns
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.rulebook import RuleSources, shipped_folder
from claims_cli.rulebook import speaker_model as model
from claims_cli.rulebook.model import Rulebook
from claims_cli.rulebook.speaker_model import SpeakerModel, read_speaker_model, write_speaker_model

PRIORS = Path(__file__).with_name("speaker_priors.yaml")
FOLDS = 5
STRENGTH = 8.0  # how many answers the smoothing of a way's share is worth
PULL = 15.0  # how strongly weights are drawn to those that were set by hand
STEPS, RATE = 600, 0.03
FIT = 0.15  # what the small reader's log odds weigh: about what they were given where they were let choose
SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
READERS: list[ArticleReader] = []  # that of the even numbers, then of the odd; or one without a small reader
CLAIM_WEIGHT, OTHER_WEIGHT = 3.0, 0.3  # of a pronoun that is a claim's source, and of any other


@dataclass(frozen=True)
class Answer:
    """A claim's speaker that was judged: the document and kind of text, how it was found, and whether it is right.

    `verdict` is `right`, `wrong` (somebody else) or `words` (only the words, though the text tells more).
    """

    document: str
    genre: str
    form: str
    speaker: Speaker
    verdict: str


@dataclass(frozen=True)
class Case:
    """A pronoun whose antecedent is known: each mention before it with its evidence, and which speakers are right.

    The number of a mention is how well it fits to the small reader.
    """

    document: str
    mentions: tuple[tuple[str | None, tuple[str, ...], float], ...]
    right: frozenset[str | None]
    weight: float


def articles(
    paths: Sequence[Path], analyst: Analyst, numbers: Sequence[int] | None = None
) -> Iterator[tuple[str, Article, Discourse]]:
    """Each text with its article, and what the sieves know of it at its end.

    `numbers`: the places of the texts in the corpus that small readers were trained on; by default their own.
    """
    for path, number in zip(paths, numbers or range(len(paths)), strict=True):
        analyst.reader = READERS[(number + 1) % len(READERS)]
        text = chains(path).text.text if path.suffix == ".conllu" else path.read_bytes().decode()
        (parse,) = analyst.parsed([text], [()])
        article = analyst.reader.read(parse.doc, parse.reading)
        yield path.stem, article, learned_from(article, analyst.reader.rulebook)


def spans(article: Article, attribution: Attribution) -> tuple[tuple[int, int], ...]:
    """Where an attribution's source stands, in code points."""
    return tuple(article.syntax.span(*span) for span in attribution.source)


def of_gum(analyst: Analyst, answers: list[Answer], cases: list[Case]) -> None:
    """What GUM's chains tell."""
    paths = sorted(GUM.glob("*.conllu"))
    for name, article, discourse in articles(paths, analyst):
        known = chains(GUM / f"{name}.conllu")
        sources = set()
        for attribution, speaker in zip(article.attributions, article.speakers, strict=True):
            if not attribution.source or len(speaker.each) > 1 or attribution.score < 0.4:
                continue
            place = spans(article, attribution)
            mention = known.at(place[0][0], place[-1][1])
            form = form_of(mention) if mention else None
            if mention is None or form is None:
                continue
            names = known.names.get(mention.chain, set())
            answers.append(Answer(name, known.text.genre, form, speaker, verdict(speaker, names)))
            head = attribution.candidate.tokens["source"]
            if form == "pronoun" and head not in sources:
                sources.add(head)
                add_case(cases, name, Mention(head, head, head + 1, attribution), discourse, known, CLAIM_WEIGHT)
        for head in range(article.syntax.length):
            if article.syntax.dep[head] == "nsubj" and head not in sources:
                verb = article.syntax.head[head]
                stub = Attribution(Candidate(analyst.rulebook.rules[0], {"cue": verb}, None, "", 1, 1), (), ())
                add_case(cases, name, Mention(head, head, head + 1, stub), discourse, known, OTHER_WEIGHT)


def verdict(speaker: Speaker, names: set[str]) -> str:
    """Whether a speaker is whom the chain of its source tells, as `benchmarks.coreference` judges."""
    if not speaker.named:
        return "words" if names else "right"
    words = re.findall(r"\w+", (speaker.text or "").casefold())
    return "right" if words and words[-1] in names else "wrong"


def add_case(
    cases: list[Case], name: str, mention: Mention, discourse: Discourse, known: Chains, weight: float
) -> None:
    """Add a pronoun whose chain has something before it that it may take up."""
    wanted = pronouns.wanted_by(mention, discourse)
    gold = known.at(*discourse.syntax.span(mention.head, mention.head + 1))
    if wanted is None or gold is None:
        return
    found = pronouns.antecedents(mention, discourse, wanted)
    names = known.names.get(gold.chain, set())
    right = set()
    for one in found:
        start, end = discourse.syntax.span(one.index, one.index + 1)
        chained = {other.chain for other in known.mentions if other.head.start <= start and end <= other.head.end}
        words = re.findall(r"\w+", (one.speaker.text or "").casefold())
        if gold.chain in chained or (one.speaker.named and words and words[-1] in names):
            right.add(one.speaker.text)
    if found:
        mentions = tuple((one.speaker.text, one.evidence, one.fit) for one in found)
        cases.append(Case(name, mentions, frozenset(right), weight))


def of_samples(analyst: Analyst, answers: list[Answer], cases: list[Case]) -> None:
    """What the judged samples of PolNeAR dev tell."""
    judged: dict[str, dict[tuple, tuple[str, str]]] = defaultdict(dict)
    for file in SAMPLES.values():
        for line in (GOLD / file).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            place = tuple(tuple(one) for one in row["source"]), row["content"][0][0]
            judged[row["doc"]][place] = row["speaker"], row["verdict"]
    paths = [POLNEAR / "dev" / "text" / f"{name}.txt" for name in sorted(judged)]
    for name, article, discourse in articles(paths, analyst):
        for attribution, speaker in zip(article.attributions, article.speakers, strict=True):
            content = article.syntax.span(*attribution.content[0])
            told = judged[name].get((spans(article, attribution), content[0]))
            if told is None:
                continue
            digest, found = told
            if digest_of(speaker.text) == digest:
                form = "pronoun" if speaker.way in model.OF_PRONOUNS else "description"
                answers.append(Answer(name, "politics", form, speaker, found))
            head = attribution.candidate.tokens["source"]
            mention = Mention(head, head, head + 1, attribution)
            wanted = pronouns.wanted_by(mention, discourse)
            before = pronouns.antecedents(mention, discourse, wanted) if wanted else []
            texts = {one.speaker.text for one in before}
            right = {text for text in texts if digest_of(text) == digest} if found == "right" else set()
            if right:
                mentions = tuple((one.speaker.text, one.evidence, one.fit) for one in before)
                cases.append(Case(name, mentions, frozenset(right), CLAIM_WEIGHT))


def digest_of(text: str | None) -> str:
    """A speaker as the samples keep it."""
    return hashlib.sha256((text or "").encode()).hexdigest()[:12]


def of_annotated(analyst: Analyst, answers: list[Answer], cases: list[Case]) -> None:
    """What the 20 annotated articles of train tell."""
    names = sorted(path.stem for path in GOLD.glob("*.jsonl") if not path.stem.startswith(OTHER_GOLD))
    paths = [POLNEAR / "train" / "text" / f"{name}.txt" for name in names]
    places = {path.stem: at for at, path in enumerate(sorted((POLNEAR / "train" / "text").glob("*.txt")))}
    for name, article, discourse in articles(paths, analyst, [places[name] for name in names]):
        text = (POLNEAR / "train" / "text" / f"{name}.txt").read_bytes().decode()
        gold: dict[tuple, dict] = {}
        for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["speaker"] and len(row["speakers"]) == 1 and row["source"]:
                gold[row["source"][0][0], tuple(row["cue"][0]) if row["cue"] else ()] = row
        for attribution, speaker in zip(article.attributions, article.speakers, strict=True):
            if not attribution.source or len(speaker.each) > 1 or attribution.score < 0.4:
                continue
            cue = article.syntax.span(*attribution.cue[0]) if attribution.cue else ()
            row = gold.get((spans(article, attribution)[0][0], cue))
            if row is None:
                continue
            told = text[slice(*row["speaker"])]
            head = attribution.candidate.tokens["source"]
            pos = article.syntax.pos[head]
            form = "pronoun" if pos == "PRON" else "named" if pos == "PROPN" else "description"
            same = is_same(told, speaker.text)
            found = "right" if same else "words" if speaker.basis == "words" else "wrong"
            answers.append(Answer(name, "politics", form, speaker, found))
            mention = Mention(head, head, head + 1, attribution)
            wanted = pronouns.wanted_by(mention, discourse)
            before = pronouns.antecedents(mention, discourse, wanted) if wanted else []
            right = {one.speaker.text for one in before if is_same(told, one.speaker.text)}
            if right:
                mentions = tuple((one.speaker.text, one.evidence, one.fit) for one in before)
                cases.append(Case(name, mentions, frozenset(right), CLAIM_WEIGHT))


def is_same(one: str | None, other: str | None) -> bool:
    """Whether two names are of the same, one of them perhaps shorter."""
    first, second = folded_name(one or ""), folded_name(other or "")
    return bool(first and second) and (first in second or second in first)


def learned(cases: Sequence[Case], answers: Sequence[Answer], before: SpeakerModel) -> SpeakerModel:
    """The model that some cases and answers teach, drawn to the one before."""
    weights = fitted(cases, before)
    weights[model.FITS] = FIT if any(fit for case in cases for *_, fit in case.mentions) else 0.0
    found = replace(before, antecedents=weights)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in answers:
        if one.speaker.way and one.speaker.way != model.PRONOUN:
            counts[one.speaker.way][one.verdict] += 1
    ways = {way: share_of(counts[way], before.ways.get(way, 0.9)) for way in model.WAYS}
    bias, scale = calibrated(cases, found)
    ways[model.PRONOUN] = 1 / (1 + exp(-bias))
    return replace(found, ways=ways, doubts={**before.doubts, model.PRONOUN_SCALE: scale})


def share_of(counts: Counter[str], stated: float) -> float:
    """The share of right answers, smoothed by what the file has."""
    return (counts["right"] + STRENGTH * stated) / (counts.total() + STRENGTH)


def fitted(cases: Sequence[Case], before: SpeakerModel) -> dict[str, float]:
    """The weights under which the right mentions are likeliest: a conditional log-linear model, by gradient ascent."""
    place = {evidence: at for at, evidence in enumerate(model.ANTECEDENTS)}
    start = numpy.array([before.antecedents.get(evidence, 0.0) for evidence in model.ANTECEDENTS])
    rows = [(case, [rows_of(evidence, place) for _, evidence, _ in case.mentions]) for case in cases]
    weights, total = start.copy(), sum(case.weight for case in cases)
    for _ in range(STEPS):
        gradient = -PULL * (weights - start)
        for case, mentions in rows:
            scores = numpy.array([weights[row].sum() for row in mentions])
            best = best_of(case, scores)
            chosen = [*best.values()]
            odds = numpy.append(scores[chosen], weights[place[model.NOBODY]])
            shares = numpy.exp(odds - odds.max())
            shares /= shares.sum()
            is_right = numpy.array([speaker in case.right for speaker in best] + [not case.right])
            likely = shares * is_right
            pulls = case.weight * (likely / max(likely.sum(), 1e-9) - shares)
            for pull, at in zip(pulls, chosen, strict=False):
                gradient[mentions[at]] += pull
            gradient[place[model.NOBODY]] += pulls[-1]
        weights += RATE * gradient / max(1.0, total / 100)
    return dict(zip(model.ANTECEDENTS, map(float, weights), strict=True))


def rows_of(evidence: tuple[str, ...], place: dict[str, int]) -> list[int]:
    """The places of some evidence."""
    return [place[one] for one in evidence]


def best_of(case: Case, scores: numpy.ndarray) -> dict[str | None, int]:
    """By each speaker the place of its best mention."""
    best: dict[str | None, int] = {}
    for at, (speaker, *_) in enumerate(case.mentions):
        if speaker not in best or scores[at] >= scores[best[speaker]]:
            best[speaker] = at
    return best


def chosen(case: Case, known: SpeakerModel) -> tuple[bool, float]:
    """Whether a model chooses a right mention, and the share that it gives it.

    What the small reader says counts for the share alone, as in `resolve.pronouns.best_before`.
    """
    alone = numpy.array([known.weight(evidence) for _, evidence, _ in case.mentions])
    scores = numpy.array([known.weight(evidence, fit) for _, evidence, fit in case.mentions])
    best, choice = best_of(case, scores), best_of(case, alone)
    odds = numpy.append(scores[[*best.values()]], known.weight((model.NOBODY,)))
    shares = numpy.exp(odds - odds.max())
    shares /= shares.sum()
    speaker = max(choice, key=lambda one: alone[choice[one]])
    return speaker in case.right, float(shares[[*best].index(speaker)])


def calibrated(cases: Sequence[Case], known: SpeakerModel) -> tuple[float, float]:
    """Bias and scale that make log odds of the chosen mention's share those of being right (Platt, 1999)."""
    found = [(chosen(case, known), case.weight) for case in cases]
    bias, scale = 0.0, 1.0
    for _ in range(2000):
        by_bias = by_scale = 0.0
        for (is_right, share), weight in found:
            odds = log(min(max(share, 0.005), 0.995) / (1 - min(max(share, 0.005), 0.995)))
            error = weight * (is_right - 1 / (1 + exp(-(bias + scale * odds))))
            by_bias, by_scale = by_bias + error, by_scale + error * odds
        total = sum(weight for _, weight in found) or 1
        bias, scale = bias + 0.3 * by_bias / total, scale + 0.1 * by_scale / total
    return bias, scale


def sure(answer: Answer, known: SpeakerModel) -> float:
    """How sure a model is of an answer that is no pronoun's best mention; of those what the pipeline has."""
    if answer.speaker.way == model.PRONOUN or answer.speaker.way is None:
        return answer.speaker.confidence
    return known.confidence(answer.speaker.way)


def in_folds(cases: Sequence[Case], answers: Sequence[Answer], before: SpeakerModel) -> None:
    """Print what is right where no document is judged by what was learned on it."""
    names = sorted({one.document for one in (*cases, *answers)})
    fold = {name: int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS for name in names}
    found: list[tuple[str, float, bool, bool]] = []
    old = [chosen(case, before)[0] for case in cases if case.weight == CLAIM_WEIGHT]
    for number in range(FOLDS):
        known = learned(
            [one for one in cases if fold[one.document] != number],
            [one for one in answers if fold[one.document] != number],
            before,
        )
        for case in cases:
            if fold[case.document] == number and case.weight == CLAIM_WEIGHT:
                is_right, share = chosen(case, known)
                found.append(("case", known.confidence(model.PRONOUN, likely=share), is_right, not is_right))
        for answer in answers:
            if fold[answer.document] == number and answer.speaker.way != model.PRONOUN:
                found.append((answer.form, sure(answer, known), answer.verdict == "right", answer.verdict == "wrong"))
    new = sum(one[2] for one in found if one[0] == "case")
    print(f"pronouns of claims: {sum(old) / max(1, len(old)):.3f} of {len(old)} by the weights set by hand", end="")
    print(f", {new / max(1, len(old)):.3f} by those learned in folds")
    found = [("pronoun" if one[0] == "case" else one[0], *one[1:]) for one in found]
    for form in ("named", "description", "pronoun"):
        own = [one for one in found if one[0] == form]
        print(f"{form}: right {sum(one[2] for one in own) / max(1, len(own)):.3f} of {len(own)}")
    print(f"{'confidence':>12}{'n':>6}{'stated':>8}{'right':>8}{'wrong':>8}")
    error = 0.0
    for low, high in zip((0.0, *SHARES), SHARES, strict=False):
        own = [one for one in found if low <= one[1] < high]
        stated, right = (sum(one[at] for one in own) / max(1, len(own)) for at in (1, 2))
        wrong = sum(one[3] for one in own) / max(1, len(own))
        error += abs(stated - right) * len(own) / max(1, len(found))
        print(f"{low:6.2f}–{min(high, 1):.2f}{len(own):6}{stated:8.3f}{right:8.3f}{wrong:8.3f}")
    print(f"expected calibration error {error:.3f}")


def readers(rulebook: Rulebook, seed: int | None) -> list[ArticleReader]:
    """What reads articles, with small readers each of which was trained on half of them; without, for no seed.

    Every answer is judged, also one that is too unsure to be given: else a way that is left out seems to hold.
    """
    settings = replace(rulebook.settings, speaker_threshold=0.0)
    folders = [None] if seed is None else halves_of(seed)
    return [ArticleReader(replace(rulebook, settings=settings, reader=folder)) for folder in folders]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true")
    options.add_argument("--fast", action="store_true")
    options.add_argument("--seed", type=int, default=1, help="of the small readers of two halves")
    arguments = options.parse_args()
    analyst = Analyst(Setup(default_model(), RuleSources(fast=arguments.fast)))
    READERS.extend(readers(analyst.rulebook, None if arguments.fast else arguments.seed))
    answers: list[Answer] = []
    cases: list[Case] = []
    for gather in (of_gum, of_samples, of_annotated):
        gather(analyst, answers, cases)
        print(f"{gather.__name__}: {len(answers)} answers, {len(cases)} pronouns so far")
    source, before = read_speaker_model(PRIORS, PRIORS.name)
    assert not source.problems, source.problems
    in_folds(cases, answers, before)
    if arguments.write:
        file = model.SPEAKERS if arguments.fast else model.READER_SPEAKERS
        write_speaker_model(learned(cases, answers, before), shipped_folder() / "model" / file)


if __name__ == "__main__":
    main()
