"""Earlier phrases with the same noun as a description."""

from bisect import bisect_left

from claims_cli.pipeline.article import Speaker
from claims_cli.pipeline.parse.subjects import NOMINAL
from claims_cli.pipeline.resolve.discourse import Discourse
from claims_cli.pipeline.resolve.phrases import as_it_stands, phrase

UNTELLING_DEPS = ("det", "predet", "case", "punct", "advmod")


def modifiers(discourse: Discourse, head: int, start: int) -> set[str]:
    """The words before a noun that say which one."""
    syntax = discourse.syntax
    return {syntax.lower[index] for index in range(start, head) if syntax.dep[index] not in UNTELLING_DEPS}


def telling_words(discourse: Discourse, head: int, start: int) -> set[str]:
    """The words of a description that say which one, those behind its noun included."""
    syntax = discourse.syntax
    behind = range(head + 1, phrase(discourse, head)[1])
    telling = {syntax.lower[index] for index in behind if syntax.pos[index] in NOMINAL | {"ADJ", "NUM"}}
    return modifiers(discourse, head, start) | telling


def is_told_by_clause(discourse: Discourse, head: int) -> bool:
    """Whether a clause behind a noun says which one it is, so that it takes up nothing (`the man shot today`)."""
    syntax = discourse.syntax
    return any(child > head and syntax.dep[child] in ("acl", "relcl") for child in syntax.children[head])


def alike_before(discourse: Discourse, head: int, start: int) -> list[int]:
    """The same noun as a description's before it, in order."""
    alike = discourse.nouns.get(discourse.syntax.lemma[head], [])
    return alike[: bisect_left(alike, start)]


def is_antecedent(discourse: Discourse, index: int, head: int, start: int) -> bool:
    """Whether a noun can be what a definite description takes up: same word and number, nothing said against it."""
    syntax, holder = discourse.syntax, discourse.quotations.holder
    if syntax.lemma[index] != syntax.lemma[head] or syntax.pos[index] not in NOMINAL:
        return False
    if (syntax.tag[index] == "NNS") != (syntax.tag[head] == "NNS") or is_inside_name(discourse, index):
        return False
    if holder[index] is not None and holder[index] is not holder[head]:
        return False
    begin, end = phrase(discourse, index)
    words = {syntax.lower[at] for at in range(begin, end)}
    if index in discourse.by_head:
        words.update((discourse.by_head[index].text or "").lower().split())
    return begin <= index < end and telling_words(discourse, head, start) <= words


def is_inside_name(discourse: Discourse, index: int) -> bool:
    """Whether a noun is only a part of a longer name (`the Institute for Climate Research`)."""
    name = discourse.registry.at(index)
    return name is not None and name.end - name.start > 1


def fullest_phrase(discourse: Discourse, head: int, own: Speaker, start: int) -> Speaker:
    """The earlier phrase with the same noun and possessor that says most (`Ann Roe's office`)."""
    before = alike_before(discourse, head, start)
    phrases = [phrase(discourse, index) for index in before if is_antecedent(discourse, index, head, start)]
    begin, end = max(phrases, key=lambda span: span[1] - span[0], default=(0, 0))
    return own if end - 1 - begin <= head - start else as_it_stands(discourse, end - 1, begin, end)
