"""What kind of claim an attribution makes, whether it is negated, and how much of it stands in quotation marks."""

from claims_cli.pipeline.attribute.spans import Attribution
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import Rulebook

GROUPS = [
    "no-comment",
    "denial",
    "question",
    "request",
    "commitment",
    "appraisal",
    "evidence",
    "statement",
    "thought",
    "intention",
    "attitude",
    "perception",
]
WH_TAGS = frozenset({"WRB", "WP", "WDT", "WP$"})


class Classifier:
    """Reads type, negation and quote kind of one article's attributions."""

    def __init__(self, syntax: Syntax, marks: QuotationIndex, rulebook: Rulebook):
        self.syntax = syntax
        self.marks = marks
        self.rulebook = rulebook
        self.types = {word: group for group in reversed(GROUPS) for word in rulebook.words(f"types.{group}")}
        self.openers = rulebook.words("circumstances.openers")
        self.negation = rulebook.words("reference.negation")

    def is_negated(self, one: Attribution) -> bool:
        """Whether the cue is negated."""
        syntax = self.syntax
        first, last = one.cue[0]
        content = {index for begin, end in one.content for index in range(begin, end + 1)}
        words = {*range(first, last + 1), *syntax.children[one.head]} - content
        return any(syntax.dep[i] == "neg" or syntax.lower[i] in self.negation for i in words if i <= one.head)

    def type(self, one: Attribution, speaker_kind: str) -> str:
        """The type: the rule's own, then what the cue's words tell, then the rule's default."""
        rule = one.candidate.rule
        if rule.type:
            return rule.type
        lemma = self.syntax.lemma[one.head]
        if self.is_no_comment(one, lemma):
            return "no-comment"
        if self.is_meant(one):
            return "intention"
        if speaker_kind == "document" and lemma in self.rulebook.words("types.evidence_verbs"):
            return "evidence"
        return self.by_words(one) or rule.default_type

    def is_meant(self, one: Attribution) -> bool:
        """Whether the cue is an infinitive of purpose or plan (`met to discuss`): meant, and not said."""
        syntax, head = self.syntax, one.head
        to = syntax.child(head, "aux")
        if to is None or syntax.tag[to] != "TO" or syntax.tag[head] != "VB":
            return False
        above = syntax.lemma[syntax.head[head]]
        return syntax.dep[head] in ("advcl", "xcomp", "acl") and above not in self.rulebook.words("verbs.going")

    def by_words(self, one: Attribution) -> str | None:
        """The type that the lexicon gives the cue's words, the most special entry first."""
        words = one.candidate.key.split(" ")
        keys = [" ".join(words), " ".join(words[:2]), " ".join(words[1:2]) if len(words) > 2 else words[0]]
        content = one.candidate.tokens.get("content")
        to = self.syntax.child(content, "aux") if content is not None else None
        if to is not None and self.syntax.tag[to] == "TO":
            keys.insert(0, f"{words[0]} {self.syntax.lower[to]}")
        return next((self.types[key] for key in keys if key in self.types), None)

    def is_no_comment(self, one: Attribution, lemma: str) -> bool:
        """Whether the cue says that nothing was said: `declined to comment`, `did not specify when`."""
        words = self.rulebook.words
        content = one.candidate.tokens.get("content")
        if lemma in words("types.no-comment") and content is not None:
            return self.syntax.lemma[content] in words("types.commenting")
        if not self.is_negated(one) or content is None or lemma not in words("types.disclosing"):
            return False
        if self.syntax.lemma[content] in words("types.requests"):
            return True
        opening = range(one.content[0][0], min(one.content[0][0] + 3, one.content[0][1] + 1))
        asks = any(
            self.syntax.tag[i] in WH_TAGS or self.syntax.lower[i] in self.rulebook.words("reference.question")
            for i in opening
        )
        return asks

    def quote(self, one: Attribution, inner: list[Attribution]) -> str:
        """`direct`, `mixed` or `indirect`, by the marks that quote this speaker."""
        if one.candidate.rule.quote:
            return one.candidate.rule.quote
        quoted, words = 0, 0
        opening = True
        for index in (index for first, last in one.content for index in range(first, last + 1)):
            if self.syntax.pos[index] in ("PUNCT", "SPACE"):
                continue
            if opening and self.syntax.lower[index] in self.openers and not self.is_quoted(index, one, inner):
                continue
            opening = False
            words += 1
            quoted += self.is_quoted(index, one, inner)
        return "indirect" if not quoted else "direct" if quoted == words else "mixed"

    def is_quoted(self, index: int, one: Attribution, inner: list[Attribution]) -> bool:
        """Whether a word stands in marks of this speaker's own, not in those around or inside a nested claim."""
        if self.marks.holder[index] is None:
            return False
        around = self.marks.holder[one.head]
        for quotation in self.marks.at(index):
            if around is not None and quotation.start <= around.start:
                continue
            if quotation.first < one.content[0][0] and quotation.last > one.content[-1][1]:
                continue
            owned = any(
                first <= quotation.first and quotation.last <= last for other in inner for first, last in other.content
            )
            if not owned:
                return True
        return False
