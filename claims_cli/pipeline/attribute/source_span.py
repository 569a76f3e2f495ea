"""The span of a source: the whole noun phrase that says who it is, without what `, which …` merely adds."""

from claims_cli.pipeline.article import Article, Candidate, TokenSpans
from claims_cli.pipeline.attribute.edges import unbroken
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.parse.word_order import line_bounds


def source_span(candidate: Candidate, article: Article, taken: set[int]) -> TokenSpans:
    """The noun phrase of the source; nothing of what is taken by another role."""
    syntax, head, cue = article.syntax, candidate.tokens["source"], candidate.cue
    if candidate.stretch is not None and syntax.paragraph[candidate.stretch[0]] == syntax.paragraph[cue]:
        start, end = candidate.stretch
        begin = end if start < cue else line_bounds(syntax, cue)[0]
        return tuple(unbroken(syntax, [index for index in range(begin, cue) if index not in taken])[:1])
    source = candidate.rule.node("source")
    relation = source.relation[0] if source is not None and source.relation is not None else ""
    if relation == "just_behind":
        return tuple(unbroken(syntax, range(cue + 1, head + 1))[:1])
    barred = taken | asides(syntax, head) | said_in_it(candidate, syntax) | beside_it(candidate, syntax)
    words = {index for name in listed(syntax, head, cue) for index in syntax.subtree(name)} - barred
    if relation in ("opens_line", "closes_line"):
        words = {index for index in words if (index < cue) == (head < cue)}  # none from across the mark
    return around(unbroken(syntax, sorted(words)), head)


def around(spans: list, head: int) -> TokenSpans:
    """The one of some spans that holds the head word."""
    return tuple(span for span in spans if span[0] <= head < span[1])[:1]


def asides(syntax: Syntax, head: int) -> set[int]:
    """The words of relative clauses behind `, which`."""
    clauses = (child for child in syntax.children[head] if syntax.dep[child] == "relcl" and is_aside(syntax, child))
    return {index for clause in clauses for index in syntax.subtree(clause)}


def is_aside(syntax: Syntax, clause: int) -> bool:
    """Whether a relative clause begins with `, which`."""
    left = syntax.left[clause]
    return left > 0 and syntax.lower[left - 1] == "," and syntax.tag[left] == "WDT"


def beside_it(candidate: Candidate, syntax: Syntax) -> set[int]:
    """The words of helpers that hang on a source: they stand beside who it is (`Roe on the levy: …`)."""
    helpers = [
        node for node in candidate.rule.nodes if node.relation == ("child_of", "source") and node.name.startswith("_")
    ]
    found = (candidate.tokens[node.name] for node in helpers if node.name in candidate.tokens)
    return {word for index in found for word in syntax.subtree(index)}


def said_in_it(candidate: Candidate, syntax: Syntax) -> set[int]:
    """The words under a source that are its own cue's, its content's or a helper's (`the man who said that …`)."""
    head = candidate.tokens["source"]
    below = (index for index in candidate.tokens.values() if index != head and syntax.is_under(index, head))
    return {word for index in below for word in syntax.subtree(index)}


def listed(syntax: Syntax, head: int, cue: int) -> list[int]:
    """A list that the parser took for several subjects of one verb (`A, B and C did not respond`)."""
    names = [head]
    if syntax.head[head] != cue:
        return names
    for other in syntax.children[cue]:
        before = names[-1]
        if before < other < cue and syntax.dep[other] == syntax.dep[before] == "nsubj":
            if syntax.left[other] == syntax.right[before] + 1 and syntax.lower[syntax.right[before]] == ",":
                names.append(other)
    return names


def phrase_span(candidate: Candidate, article: Article, role: str, taken: set[int]) -> TokenSpans:
    """The head word of any other role with everything under it that is not taken and is no other role's."""
    syntax, head = article.syntax, candidate.tokens[role]
    barred = set(taken)
    for other, index in candidate.tokens.items():
        if other != role and other in ("content", "source", "cue") and syntax.is_under(index, head):
            barred.update(syntax.subtree(index))
    return around(unbroken(syntax, [index for index in syntax.subtree(head) if index not in barred]), head)
