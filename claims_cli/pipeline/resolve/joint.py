"""Several who speak together: joined by `and`, or in a list that the parser did not see as one."""

from collections.abc import Iterator
from itertools import pairwise

from claims_cli.pipeline.article import Name, Speaker
from claims_cli.pipeline.parse.subjects import NOMINAL
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.phrases import is_capital, listed_heads, together


def parts(mention: Mention, discourse: Discourse) -> list[Mention]:
    """The mentions that are joined in one; none where it is not of several."""
    syntax = discourse.syntax
    heads = listed_heads(discourse, mention.head, mention.end)
    if len(heads) == 1 or is_one_person(discourse, heads) or is_one_name(discourse, heads):
        return []
    if not all(syntax.pos[index] in NOMINAL | {"PRON"} for index in heads):
        return []
    bounds = [mention.start, *(syntax.left[index] for index in heads[1:]), mention.end]
    joined = []
    for head, (start, end) in zip(heads, pairwise(bounds), strict=True):
        last = end - 1
        while last > start and syntax.pos[last] in ("PUNCT", "SPACE", "CCONJ"):
            last -= 1
        if not start <= head <= last:
            return []
        joined.append(Mention(head, start, last + 1, mention.attribution))
    return joined


def is_one_person(discourse: Discourse, heads: list[int]) -> bool:
    """Whether joined nouns share one determiner: `the former governor and current nominee` is one person."""
    syntax = discourse.syntax
    if any(syntax.tag[index] != "NN" or discourse.registry.at(index) for index in heads):
        return False
    own = [syntax.child(index, "det", "poss") is not None for index in heads]
    return own[0] and not any(own[1:])


def is_one_name(discourse: Discourse, heads: list[int]) -> bool:
    """Whether joined nouns are parts of one name (`Smith & Rowe`)."""
    names = [discourse.registry.at(index) for index in heads]
    return names[0] is not None and all(name is names[0] for name in names)


def listed_names(mention: Mention, discourse: Discourse) -> Speaker | None:
    """Names in a list that the parser did not see as one (`Roe, Lee, Gov. Ann Fox and Rep. Jim Day of Ohio`)."""
    syntax, names = discourse.syntax, list(leading_names(mention, discourse))
    if len(names) < 2 or syntax.pos[names[0].end] not in ("PUNCT", "CCONJ") or names[0].start != mention.start:
        return None
    between = range(names[-2].end, names[-1].start)
    if not any(syntax.pos[index] == "CCONJ" for index in between):
        return None
    speakers = [discourse.speaker_of(name) for name in names]
    return together(discourse, speakers, mention.start, mention.end, names[0].head)


def leading_names(mention: Mention, discourse: Discourse) -> Iterator[Name]:
    """The persons' names of a phrase, up to the first gap that belongs to no list."""
    end = None
    for index in range(mention.start, mention.end):
        name = discourse.registry.at(index)
        if name is not None and name.start == index and name.kind == "person":
            if end is not None and not is_list_gap(discourse, end, index):
                return
            yield name
            end = name.end


def is_list_gap(discourse: Discourse, start: int, end: int) -> bool:
    """Whether only commas, conjunctions, ages and titles stand between two names."""
    syntax, titles = discourse.syntax, discourse.words("title")
    return all(
        syntax.pos[index] in ("PUNCT", "CCONJ", "NUM") or syntax.lower[index] in titles or is_capital(discourse, index)
        for index in range(start, end)
    )
