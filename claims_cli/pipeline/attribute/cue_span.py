"""The span of a cue: the verb with its auxiliaries, negation, particles and adverbs, and what the rule adds to it."""

from claims_cli.pipeline.article import Article, Candidate, TokenSpan
from claims_cli.pipeline.parse.syntax import Syntax

GROUP_DEPS = frozenset({"aux", "auxpass", "neg", "prt"})
SIDE_DEPS = frozenset({"advmod", "neg"})


def cue_span(candidate: Candidate, article: Article) -> TokenSpan:
    """One contiguous span around the cue's head; a colon that leads to the content belongs to it."""
    syntax, head = article.syntax, candidate.cue
    words = {head, *added_words(candidate, syntax), *verb_group(candidate, syntax)}
    start, end = head, head + 1
    while start - 1 in words:
        start -= 1
    while end in words or (end + 1 in words and syntax.pos[end] == "SPACE"):
        end += 1
    return start, end + introduces(candidate, syntax, end)


def added_words(candidate: Candidate, syntax: Syntax) -> set[int]:
    """The words that the rule's other nodes add to the cue."""
    words: set[int] = set()
    for node in candidate.rule.nodes:
        if node.extends == "cue" and node.name in candidate.tokens:
            index = candidate.tokens[node.name]
            words.update(range(syntax.left[index], index + 1) if node.extent == "phrase" else [index])
    return words


def verb_group(candidate: Candidate, syntax: Syntax) -> set[int]:
    """Auxiliaries, negation, particles and adverbs of a verb that play no other role."""
    head = candidate.cue
    if syntax.pos[head] not in ("VERB", "AUX"):
        return set()
    group = {child for child in syntax.children[head] if syntax.dep[child] in GROUP_DEPS | SIDE_DEPS}
    barred = {index for role, index in candidate.tokens.items() if not role.startswith("_") and role != "cue"}
    # a capital behind the verb is a name that was read as an adverb (`told O'Hara`)
    names = {child for child in group if child > head and syntax.text[syntax.start[child]].isupper()}
    return {child for child in group - barred - names if not syntax.children[child]}


def introduces(candidate: Candidate, syntax: Syntax, index: int) -> bool:
    """Whether a colon behind the cue leads to the content."""
    content = candidate.quotation.start if candidate.quotation else candidate.tokens.get("content", 0)
    return index < min(content, syntax.length) and syntax.lower[index] == ":"
