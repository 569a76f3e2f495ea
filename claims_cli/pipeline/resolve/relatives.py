"""`who` and `which` in a relative clause: the noun that they take up."""

from claims_cli.pipeline.parse.subjects import NOMINAL
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.phrases import is_plural, word_kind


def is_relative(discourse: Discourse, head: int) -> bool:
    """Whether a word takes up the noun that its clause hangs on."""
    return discourse.syntax.tag[head] in ("WP", "WDT") or discourse.refers(head, "relative")


def taken_up(mention: Mention, discourse: Discourse) -> Mention:
    """The mention that a relative pronoun takes up: the noun with what stands before its clause."""
    syntax, verb = discourse.syntax, mention.attribution.head
    while syntax.head[verb] != verb and syntax.dep[verb] != "relcl":
        verb = syntax.head[verb]
    noun = person_before(discourse, mention.head, syntax.head[verb])
    if noun == verb or syntax.pos[noun] not in NOMINAL | {"PRON"}:
        return mention
    words = set(syntax.subtree(noun)) - set(syntax.subtree(verb))
    start = last = noun
    while start - 1 in words:
        start -= 1
    while last + 1 in words and last + 1 < syntax.left[verb]:
        last += 1
    while syntax.pos[last] == "PUNCT":
        last -= 1
    return Mention(noun, start, last + 1, mention.attribution)


def person_before(discourse: Discourse, pronoun: int, noun: int) -> int:
    """The person whom `who` takes up, where the parser hung its clause on a thing beside or above that person."""
    syntax = discourse.syntax
    if not discourse.refers(pronoun, "personal") or can_be_who(discourse, noun):
        return noun
    beside = [index for index in syntax.subtree(noun) if index < pronoun and can_be_who(discourse, index)]
    above = noun
    while syntax.dep[above] in ("pobj", "prep", "pcomp") and not can_be_who(discourse, above):
        above = syntax.head[above]
    return beside[-1] if beside else above if can_be_who(discourse, above) else noun


def can_be_who(discourse: Discourse, noun: int) -> bool:
    """Whether a noun names persons."""
    name = discourse.registry.at(noun)
    if name is not None:
        return name.kind in ("person", "unknown")
    return word_kind(discourse, noun) == "person" or is_plural(discourse, noun)
