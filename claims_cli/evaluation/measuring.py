"""One evaluation: annotated texts go to the extractor, and what comes back is compared text by text."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from claims_cli.choice import Choice
from claims_cli.claim import Claim, Document
from claims_cli.errors import InputError
from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.comparison import Difference, Finding, compare
from claims_cli.evaluation.fields import values_of
from claims_cli.evaluation.gold import Gold
from claims_cli.evaluation.pairing import outermost
from claims_cli.evaluation.scoring import Scores
from claims_cli.inputs.options import ReadOptions
from claims_cli.inputs.readers import read_one
from claims_cli.runs import Extract, Run

AS_THEY_STAND = ReadOptions(as_it_stands=True)  # annotations count in the file


@dataclass(frozen=True)
class Compared:
    """One text that was compared.

    Attributes:
        path: of the text; annotations: the file that annotates it.
        sha256: of the text's bytes.
        annotated, found: how many claims were compared.
    """

    path: str
    annotations: str
    sha256: str
    annotated: int
    found: int


@dataclass
class Report:
    """What an evaluation yields.

    Attributes:
        texts: in the order of their paths.
        nested: how many annotated and found claims were set aside because they lie in another's content.
        other_types: how many annotated claims were set aside because of the type that they state.
        aside: how many further entries of annotation files were set aside, by what they are.
        failed: how many inputs and annotations could not be read.
    """

    scores: Scores = field(default_factory=Scores)
    texts: list[Compared] = field(default_factory=list)
    missed: list[Finding] = field(default_factory=list)
    extra: list[Finding] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    nested: Counter = field(default_factory=Counter)
    other_types: int = 0
    aside: Counter = field(default_factory=Counter)
    failed: list[InputError] = field(default_factory=list)


class Evaluation:
    """Compares what is found in the texts of a folder with their annotations.

    Args:
        gold: the annotated texts.
        choice: which claims are compared, of those that are found and, by their type, of those that are annotated.
        nested: whether claims that lie in another's content are compared too.
        tell: is told what fails, in the order in which it does; what failed in finding the annotations is told already.
        done: is told each document that was compared.
    """

    def __init__(
        self,
        gold: Gold,
        choice: Choice,
        nested: bool = False,
        tell: Callable[[InputError], None] = lambda error: None,
        done: Callable[[Document], None] = lambda document: None,
    ):
        self.gold = gold
        self.choice = choice
        self.nested = nested
        self.tell = tell
        self.done = done
        self.report = Report(failed=list(gold.errors))
        self.annotated: dict[str, tuple[str, list[Attribution]]] = {}

    def run(self, extract: Extract) -> Report:
        """Extract from every text and compare.

        Args:
            extract: documents in, each with its claims out, a long document in several pieces (`Extractor.extract`).
        """
        for document, claims in Run(extract, self).whole(self.documents()):
            self.compare(document, claims)
            self.done(document)
        return self.report

    def extracted(self, document: Document, claims: int) -> None:
        """Documents are told when they are compared."""

    def failed(self, error: InputError) -> None:
        """Tell and keep an error."""
        self.tell(error)
        self.report.failed.append(error)

    def documents(self) -> Iterator[Document | InputError]:
        """Each annotated text, its annotations put by."""
        for item, sheet in self.gold.texts:
            try:
                document = read_one(item, AS_THEY_STAND)
            except InputError as unreadable:
                yield unreadable
                continue
            reading = sheet.of(document)
            for error in reading.errors:
                self.failed(error)
            self.report.aside += reading.aside
            self.annotated[document.path] = sheet.file, reading.attributions
            yield document

    def compare(self, document: Document, claims: list[Claim]) -> None:
        """Compare one text."""
        file, annotated = self.annotated.pop(document.path)
        gold = [one for one in annotated if one.stated.get("type") in (None, *self.choice.query.types)]
        self.report.other_types += len(annotated) - len(gold)
        found = [attribution_of(claim) for claim in self.choice.choose(claims)]
        if not self.nested:
            gold = self.not_nested("annotated", self.outer("annotated", gold))
            found = self.not_nested("found", self.outer("found", found))
        result = compare(document, gold, found, self.report.scores)
        self.report.missed += result.missed
        self.report.extra += result.extra
        self.report.differences += result.differences
        self.report.texts.append(Compared(document.path, file, document.sha256, len(gold), len(found)))

    def not_nested(self, side: str, attributions: list[Attribution]) -> list[Attribution]:
        """Those that the extractor nests in no other, or an annotator states no voices of, though none stands around.

        Their source may stand outside the other's content, or the other may not be compared.
        """
        kept = [one for one in attributions if not (one.claim.nested if one.claim else one.stated.get("via"))]
        self.report.nested[side] += len(attributions) - len(kept)
        return kept

    def outer(self, side: str, attributions: list[Attribution]) -> list[Attribution]:
        """The outermost attributions; how many are set aside is counted."""
        kept = outermost(attributions)
        self.report.nested[side] += len(attributions) - len(kept)
        return kept


def attribution_of(claim: Claim) -> Attribution:
    """A claim as it is compared."""
    source, cue = (span.spans if span else () for span in (claim.source, claim.cue))
    return Attribution(source, cue, claim.content.spans, values_of(claim), claim=claim)
