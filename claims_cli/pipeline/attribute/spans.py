"""Heads grown to the spans of source, cue, content and the other roles.

The boundaries follow PolNeAR's annotation guidelines (Newell, Margolin and Ruths, LREC 2018) as the claim record puts
them. All spans are token indices here; `records` turns them into code points.
"""

import itertools
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.pipeline.attribute.boundaries import LOOSE, Boundaries
from claims_cli.pipeline.match.candidates import Candidate
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.parse.word_order import line_bounds
from claims_cli.rulebook.model import lowered

Runs = list[tuple[int, int]]
GROUP_DEPS = frozenset({"aux", "auxpass", "neg", "prt"})
SIDE_DEPS = frozenset({"advmod", "neg"})
LOOSE_EDGES = frozenset({",", ";", ":", "-", "--", "–", "—", "―", ".", "...", "…", "(", "|"})
OPENING_DEPS = frozenset({"cc", "preconj"})


@dataclass
class Attribution:
    """One decided candidate with its spans.

    Attributes:
        source, cue, content, addressee, medium, when, citing: (first, last) token pairs, in order.
        outer: the attribution inside whose content this one stands.
        doubt: what its standing there takes from its score, in log odds.
        quotations: the outermost quotations that hold (a part of) the content.
    """

    candidate: Candidate
    cue: Runs
    content: Runs
    source: Runs = field(default_factory=list)
    addressee: Runs = field(default_factory=list)
    medium: Runs = field(default_factory=list)
    when: Runs = field(default_factory=list)
    citing: Runs = field(default_factory=list)
    outer: "Attribution | None" = None
    doubt: float = 0.0

    @property
    def head(self) -> int:
        """Index of the cue's head word."""
        return self.candidate.cue

    @property
    def score(self) -> float:
        """Confidence, 0 to 1."""
        return lowered(self.candidate.score, self.doubt) if self.doubt else self.candidate.score


class SpanGrower:
    """Grows the roles of one document's candidates."""

    def __init__(self, syntax: Syntax, marks: QuotationIndex):
        self.syntax = syntax
        self.marks = marks
        self.boundaries = Boundaries(syntax, marks)

    def grow(self, candidate: Candidate) -> Attribution | None:
        """The candidate with its spans; None where nothing is left for the content."""
        cue = self.cue(candidate)
        taken = set(range(cue[0], cue[1] + 1))
        grown = Attribution(candidate, [cue], [])
        for role in ("addressee", "medium", "when", "citing", "source"):
            if role in candidate.tokens:
                barred = taken - words_of(grown.medium) if role == "when" else taken  # `in an interview on Friday`
                runs = self.source(candidate, taken) if role == "source" else self.phrase(candidate, role, barred)
                setattr(grown, role, runs)
                taken |= words_of(runs)
        grown.content = self.content(candidate, taken)
        return grown if grown.content and self.is_sound(grown) else None

    def is_sound(self, grown: Attribution) -> bool:
        """Whether no quotation mark divides the cue from its source, or a cue inside marks from its content."""
        holder = self.marks.holder
        inside = holder[grown.head]
        if grown.source and not self.marks.share(grown.source[0][0], grown.head):
            return False
        if inside is None:
            return True
        return all(holder[first] is inside and holder[last] is inside for first, last in grown.content)

    def cue(self, candidate: Candidate) -> tuple[int, int]:
        """The verb with its auxiliaries, negation, particles and adverbs, and what the rule adds; contiguous."""
        syntax, head = self.syntax, candidate.cue
        words = {head}
        for node in candidate.rule.nodes:
            if node.extends == "cue" and node.name in candidate.tokens:
                index = candidate.tokens[node.name]
                words.update(self.left_of(index) if node.extent == "phrase" else [index])
        group = {child for child in syntax.children[head] if syntax.dep[child] in GROUP_DEPS | SIDE_DEPS}
        barred = {index for role, index in candidate.tokens.items() if not role.startswith("_") and role != "cue"}
        if syntax.pos[head] in ("VERB", "AUX"):
            # a capital behind the verb is a name that was read as an adverb (`told O'Hara`)
            names = {child for child in group if child > head and syntax.text[syntax.start[child]].isupper()}
            words |= {child for child in group - barred - names if not syntax.children[child]}
        first = last = head
        while first - 1 in words:
            first -= 1
        while last + 1 in words or (last + 2 in words and syntax.pos[last + 1] == "SPACE"):
            last += 1
        return first, last + self.introduces(candidate, last + 1)

    def introduces(self, candidate: Candidate, index: int) -> bool:
        """Whether a colon behind the cue leads to the content: it belongs to the cue."""
        content = candidate.quotation.first if candidate.quotation else candidate.tokens.get("content", 0)
        return index < min(content, self.syntax.length) and self.syntax.lower[index] == ":"

    def left_of(self, index: int) -> list[int]:
        """A word and what stands before it in its own phrase."""
        return list(range(self.syntax.left[index], index + 1))

    def source(self, candidate: Candidate, taken: set[int]) -> Runs:
        """The noun phrase of the source, without what `, which …` merely adds."""
        syntax, head = self.syntax, candidate.tokens["source"]
        barred = set(taken)
        if candidate.stretch is not None:
            before_cue = candidate.stretch[0] < candidate.cue
            begin = candidate.stretch[1] + 1 if before_cue else line_bounds(syntax, candidate.cue)[0]
            return self.between(begin, candidate.cue, taken)
        for clause in syntax.children[head]:
            if syntax.dep[clause] == "relcl" and self.is_aside(clause):
                barred.update(syntax.subtree(clause))
        content = candidate.tokens.get("content")
        if content is not None and syntax.is_under(content, head):
            barred.update(syntax.subtree(content))
        if candidate.cue != head and syntax.is_under(candidate.cue, head):
            barred.update(syntax.subtree(candidate.cue))
        words = {index for one in self.listed(head, candidate.cue) for index in syntax.subtree(one)} - barred
        return [run for run in self.runs(sorted(words)) if run[0] <= head <= run[1]][:1]

    def between(self, begin: int, end: int, taken: set[int]) -> Runs:
        """The words from one token up to another."""
        return self.runs([index for index in range(begin, end) if index not in taken])[:1]

    def listed(self, head: int, cue: int) -> list[int]:
        """A list that the parser took for several subjects of one verb (`A, B and C did not respond`)."""
        syntax, found = self.syntax, [head]
        if syntax.head[head] != cue:
            return found
        for other in syntax.children[cue]:
            before = found[-1]
            if other > before and other < cue and syntax.dep[other] == syntax.dep[before] == "nsubj":
                if syntax.left[other] == syntax.right[before] + 1 and syntax.lower[syntax.right[before]] == ",":
                    found.append(other)
        return found

    def is_aside(self, clause: int) -> bool:
        """Whether a relative clause begins with `, which`."""
        left = self.syntax.left[clause]
        return left > 0 and self.syntax.lower[left - 1] == "," and self.syntax.tag[left] == "WDT"

    def phrase(self, candidate: Candidate, role: str, taken: set[int]) -> Runs:
        """The head word of a role with everything under it that is not taken and is no other role's head."""
        head = candidate.tokens[role]
        barred = set(taken)
        for other, index in candidate.tokens.items():
            if other != role and other in ("content", "source", "cue") and self.syntax.is_under(index, head):
                barred.update(self.syntax.subtree(index))
        words = [index for index in self.syntax.subtree(head) if index not in barred]
        return [run for run in self.runs(words) if run[0] <= head <= run[1]][:1]

    def content(self, candidate: Candidate, taken: set[int]) -> Runs:
        """What was said: grown by the extent of the rule, without what is taken, whole quotations."""
        node = candidate.rule.node("content")
        extent = (node.extent if node else None) or "clause"
        if candidate.quotation is not None:
            words = set(range(self.quotation_start(candidate), candidate.quotation.last + 1))
        elif candidate.stretch is not None:
            words = set(range(candidate.stretch[0], candidate.stretch[1] + 1))
        elif extent == "token":
            words = {candidate.tokens["content"]}
        else:
            words = self.clause(candidate, taken, extent)
        for name, index in candidate.tokens.items():
            helper = candidate.rule.node(name)
            if helper is not None and helper.extends == "content":
                words.update(self.syntax.subtree(index))
        words -= taken
        words = self.within_bounds(words, candidate.cue)
        if candidate.quotation is None:
            words -= self.boundaries.additions(candidate.cue, words)
        runs = [self.whole_quotation(run, candidate.cue, taken) for run in self.runs(sorted(words))]
        telling = [run for run in runs if run[0] != run[1] or self.syntax.tag[run[0]] not in ("WDT", "IN")]
        return merged(telling)

    def quotation_start(self, candidate: Candidate) -> int:
        """Where a quotation before its cue begins, with the words that lead into it (`The men “ran,” …`)."""
        syntax, first = self.syntax, candidate.quotation.first if candidate.quotation else 0
        before = first - 1
        leads = before >= 0 and syntax.pos[before] not in ("PUNCT", "SPACE", "CCONJ", "SYM")
        if not leads or first > candidate.cue or self.marks.holder[before] is not None:
            return first
        return syntax.sentence[first]

    def clause(self, candidate: Candidate, taken: set[int], extent: str) -> set[int]:
        """The subtree of the content's head; with extent `sentence` also all that stands before the cue."""
        syntax, head, cue = self.syntax, candidate.tokens["content"], candidate.cue
        parts = self.parts(head, cue)
        words = {index for part in parts for index in syntax.subtree(part)}
        for before, after in itertools.pairwise(parts):
            words.update(range(syntax.right[before] + 1, syntax.left[after]))
        if extent == "phrase":
            words |= self.purpose(words, cue)
        if head != cue and syntax.is_under(cue, head):
            words -= set(syntax.subtree(cue)) - self.resumed(candidate, taken)
        elif extent == "sentence":
            words |= self.resumed(candidate, taken)
        if extent == "sentence":
            begin = min([cue, *(index for index in taken if syntax.sentence[index] == syntax.sentence[cue])])
            words |= set(range(syntax.sentence[cue], begin))
        return words

    def purpose(self, words: set[int], cue: int) -> set[int]:
        """An infinitive behind a noun phrase that the parser hung on the cue (`called for | a man to lead it`)."""
        syntax = self.syntax
        for clause in syntax.children[cue]:
            infinitive = syntax.dep[clause] in ("advcl", "xcomp") and syntax.tag[clause] == "VB"
            if infinitive and syntax.left[clause] == max(words) + 1 and syntax.tag[syntax.left[clause]] == "TO":
                return set(syntax.subtree(clause))
        return set()

    def parts(self, head: int, cue: int) -> list[int]:
        """The content's head, and what the parser hung beside it on the cue: a second clause, a second infinitive."""
        syntax, found = self.syntax, [head]
        if syntax.head[head] != cue or head < cue:
            return found
        for other in syntax.children[cue]:
            second_clause = syntax.dep[other] == syntax.dep[head] == "ccomp"
            infinitive = syntax.tag[other] == syntax.tag[head] == "VB" and syntax.dep[other] == "conj"
            second = second_clause or (infinitive and syntax.tag[cue] != "VB") or self.shares_subject(head, other)
            if other > head and second:
                found.append(other)
        return found

    def shares_subject(self, head: int, other: int) -> bool:
        """Whether a verb joined to the cue rather goes on with a `that` clause (`said that A came and saw`)."""
        syntax = self.syntax
        if syntax.dep[other] != "conj" or syntax.tag[other] != syntax.tag[head] or syntax.child(head, "mark") is None:
            return False
        between = range(syntax.right[head] + 1, other - 1)
        joined = syntax.pos[other - 1] == "CCONJ" and all(i in self.marks.edges for i in between)
        return joined and syntax.child(other, "nsubj", "ccomp", "aux") is None

    def resumed(self, candidate: Candidate, taken: set[int]) -> set[int]:
        """What hangs on the cue behind a comma and goes on with the content (`A, X said, for the third time`)."""
        syntax, cue = self.syntax, candidate.cue
        last = cue
        while last + 1 in taken or (last + 1 < syntax.length and syntax.pos[last + 1] == "SPACE"):
            last += 1
        if last + 1 >= syntax.length or syntax.lower[last + 1] != ",":
            return set()
        found: set[int] = set()
        for child in syntax.children[cue]:
            goes_on = syntax.dep[child] == "prep" or (syntax.dep[child] == "advcl" and syntax.child(child, "mark"))
            if child > last and goes_on and not taken.intersection(syntax.subtree(child)):
                found.update(syntax.subtree(child))
        return found

    def within_bounds(self, words: set[int], cue: int) -> set[int]:
        """The words in the cue's paragraph, and inside the quotation in which the cue stands."""
        syntax = self.syntax
        kept = {index for index in words if syntax.paragraph[index] == syntax.paragraph[cue]}
        kept -= set(range(*self.boundaries.dateline(min(kept)))) if kept else set()
        holder = self.marks.holder[cue]
        if holder is not None:
            last = holder.last if not holder.closed else holder.last - 1
            kept = {index for index in kept if holder.first < index <= last}
        return self.boundaries.in_brackets(cue, kept)

    def whole_quotation(self, run: tuple[int, int], cue: int, taken: set[int]) -> tuple[int, int]:
        """A piece that ends inside a quotation goes on to its end, and one that begins inside it begins with it."""
        first, last = run
        at_end, at_start = self.marks.holder[last], self.marks.holder[first]
        if at_end is not None and at_end is not self.marks.holder[cue] and not self.touches(at_end, taken):
            last = max(last, at_end.last)
        if at_start is not None and at_start is not self.marks.holder[cue] and not self.touches(at_start, taken):
            first = min(first, at_start.first)
        return first, last

    def touches(self, quotation: Quotation, taken: set[int]) -> bool:
        """Whether a taken word stands inside the quotation."""
        return any(quotation.first <= index <= quotation.last for index in taken)

    def runs(self, words: list[int]) -> Runs:
        """Unbroken runs of words, white space and punctuation between them included, loose edges trimmed."""
        found: Runs = []
        known = set(words)
        for index in words:
            if found and all(self.syntax.pos[i] in LOOSE and i not in known for i in range(found[-1][1] + 1, index)):
                gap = range(found[-1][1] + 1, index)
                if all(self.syntax.pos[i] == "SPACE" or self.syntax.head[i] in known for i in gap):
                    found[-1] = (found[-1][0], index)
                    continue
            found.append((index, index))
        trimmed = [self.trimmed(run) for run in found]
        return [run for run in trimmed if run is not None]

    def trimmed(self, run: tuple[int, int]) -> tuple[int, int] | None:
        """A run without punctuation, white space and bare conjunctions at its edges; None where nothing is left."""
        first, last = run
        syntax = self.syntax
        while first <= last and (syntax.pos[first] == "SPACE" or syntax.lower[first] in LOOSE_EDGES):
            first += 1
        while first <= last and (
            syntax.pos[last] == "SPACE" or syntax.lower[last] in LOOSE_EDGES or self.dangles(last)
        ):
            last -= 1
        if first > last or all(
            syntax.pos[index] in LOOSE or syntax.dep[index] in OPENING_DEPS for index in range(first, last + 1)
        ):
            return None
        return first, last

    def dangles(self, index: int) -> bool:
        """Whether a conjunction ends the run, its other half being elsewhere."""
        return self.syntax.dep[index] in OPENING_DEPS


def words_of(runs: Runs) -> set[int]:
    """Every token of some runs."""
    return {index for first, last in runs for index in range(first, last + 1)}


def merged(runs: Runs) -> Runs:
    """Runs in order, those that meet or overlap made one."""
    found: Runs = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


@Language.component("claims_spans")
def spans(doc: Doc) -> Doc:
    """Grow the decided candidates; the result is ``doc.user_data["attributions"]``."""
    grower = SpanGrower(doc.user_data["syntax"], doc.user_data["marks"])
    grown = (grower.grow(candidate) for candidate in doc.user_data["decided"])
    doc.user_data["attributions"] = [attribution for attribution in grown if attribution is not None]
    return doc
