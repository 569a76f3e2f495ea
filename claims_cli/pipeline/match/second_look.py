"""What the small reader says of the rules' candidates; and which paragraphs of an article it is given to read."""

from collections.abc import Iterator, Sequence

import numpy

from claims_cli.pipeline.encoded import Encoded
from claims_cli.pipeline.encoder.evidence import NAMES, evidence
from claims_cli.pipeline.encoder.network import SmallReader
from claims_cli.pipeline.encoder.places import places_of
from claims_cli.pipeline.match.candidates import Draft
from claims_cli.pipeline.match.features import cue_word
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import ANY_RULE, Rulebook

LEAST_SHARE = 0.15  # of a word's occurrences that were cues, for it to be one


class CueWords:
    """The words that were cues often enough for a paragraph to be read because of them."""

    def __init__(self, rulebook: Rulebook):
        known = rulebook.precisions.get(ANY_RULE)
        cues = known.cues if known else {}
        self.words = frozenset(word for word in cues if known is not None and known.of(word)[0] >= LEAST_SHARE)

    def paragraphs(self, syntax: Syntax, quotations: QuotationIndex, drafts: Sequence[Draft]) -> set[int]:
        """Those in which a candidate, a quotation or a cue word stands."""
        found = {syntax.paragraph[draft.candidate.cue] for draft in drafts}
        for quotation in quotations.outermost:
            found.update(range(syntax.paragraph[quotation.start], syntax.paragraph[quotation.end - 1] + 1))
        starts = [*syntax.paragraph_starts, syntax.length]
        for number in range(len(starts) - 1):
            words = range(starts[number], starts[number + 1])
            if number not in found and any(cue_word(syntax, index) in self.words for index in words):
                found.add(number)
        return found


def seen(reader: SmallReader, encoded: Encoded, drafts: Sequence[Draft], syntax: Syntax) -> Iterator[dict[str, float]]:
    """What the reader says of each candidate, by the names of `NAMES`."""
    if not drafts:
        return
    places = numpy.array([places_of(draft.candidate, syntax) for draft in drafts], dtype=numpy.int64)
    for row in evidence(encoded, places, reader.judge(encoded, places)).tolist():
        yield dict(zip(NAMES, row, strict=True))
