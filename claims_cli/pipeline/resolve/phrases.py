"""How a phrase is read: what its head word names, how many, whether it is definite, and the phrase as a speaker."""

from claims_cli.pipeline.article import Name, Speaker, TokenSpan
from claims_cli.pipeline.resolve.discourse import Discourse

PRONOUN_GROUPS = ("self", "male", "female", "plural", "thing", "pair", "quantity")


def text_of(discourse: Discourse, start: int, end: int) -> str:
    """The words of a span, white space collapsed."""
    syntax = discourse.syntax
    return " ".join(syntax.surface[syntax.start[start] : syntax.end[end - 1]].split())


def is_pronoun(discourse: Discourse, index: int) -> bool:
    """Whether a word is a pronoun, and no name that the tagger took for one."""
    syntax = discourse.syntax
    if syntax.pos[index] != "PRON" and syntax.tag[index] not in ("PRP", "PRP$"):
        return False
    is_listed = any(syntax.lower[index] in discourse.words(group) for group in PRONOUN_GROUPS)
    return is_listed or discourse.registry.at(index) is None or not is_capital(discourse, index)


def is_name(discourse: Discourse, index: int) -> bool:
    """Whether a word is part of a name."""
    return discourse.syntax.pos[index] == "PROPN" and discourse.registry.at(index) is not None


def is_capital(discourse: Discourse, index: int) -> bool:
    """Whether a word begins with a capital letter."""
    return discourse.syntax.text[discourse.syntax.start[index]].isupper()


def word_kind(discourse: Discourse, head: int) -> str | None:
    """The kind of speaker that a noun names."""
    lemma, lower = discourse.syntax.lemma[head], discourse.syntax.lower[head]
    if lower in discourse.words("peoples") or lemma in discourse.words("position") or is_by_origin(discourse, head):
        return "person"
    for kind, nouns in discourse.kinds:
        if lemma in nouns or lower in nouns:
            return kind
    is_calling = lemma.endswith(tuple(discourse.words("calling_ending"))) and discourse.syntax.tag[head] in (
        "NN",
        "NNS",
    )
    return "person" if is_calling else None


def is_by_origin(discourse: Discourse, head: int) -> bool:
    """Whether a noun that is no part of a name says from where somebody is (`Dubliner`)."""
    lower = discourse.syntax.lower[head]
    is_one = lower in discourse.words("demonym") or lower.endswith(tuple(discourse.words("demonym_ending")))
    return is_one and is_capital(discourse, head) and discourse.registry.at(head) is None


def is_plural(discourse: Discourse, head: int) -> bool:
    """Whether a head word names several."""
    several = discourse.syntax.lower[head] in discourse.words("quantity") and not discourse.refers(head, "singular")
    return several or discourse.syntax.tag[head] in ("NNS", "NNPS")


def gender(discourse: Discourse, speaker: Speaker) -> bool | None:
    """Whether the article calls a speaker she (True) or he (False); None where it does not tell."""
    if speaker.name is not None:
        return discourse.gender_of(speaker.name)
    return gender_of_noun(discourse, speaker.head) if speaker.head is not None else None


def gender_of_noun(discourse: Discourse, head: int) -> bool | None:
    """Whether a noun names a woman (True) or a man (False)."""
    lemma = discourse.syntax.lemma[head]
    return True if lemma in discourse.words("feminine") else False if lemma in discourse.words("masculine") else None


def phrase_kind(discourse: Discourse, head: int) -> str:
    """The kind of speaker that a phrase names: several persons are a group."""
    if discourse.syntax.lower[head] in discourse.words("plural"):
        return "group"
    kind = word_kind(discourse, head) or "unknown"
    return "group" if kind in ("person", "unknown") and is_plural(discourse, head) else kind


def as_it_stands(discourse: Discourse, head: int, start: int, end: int) -> Speaker:
    """The words themselves as a speaker."""
    kind, plural = phrase_kind(discourse, head), is_plural(discourse, head)
    text = text_of(discourse, start, before_examples(discourse, head, end))
    named = kind == "organization" and is_of_named(discourse, head)
    return Speaker(text, (text,), kind, named, None, None, head, plural)


def is_of_named(discourse: Discourse, head: int) -> bool:
    """Whether a name says whose an organization is (`Ann Roe's campaign`)."""
    owner = discourse.syntax.child(head, "poss")
    return owner is not None and is_name(discourse, owner)


def before_examples(discourse: Discourse, head: int, end: int) -> int:
    """Where a phrase ends before what merely tells more (`officials, including A and B`; `his wife, who drove`)."""
    syntax = discourse.syntax
    for child in syntax.children[head]:
        begin = syntax.left[child] if syntax.dep[child] == "relcl" else child
        if head < begin - 1 < end and syntax.dep[child] in ("prep", "relcl") and syntax.lower[begin - 1] == ",":
            return begin - 1
    return end


def phrase(discourse: Discourse, head: int) -> TokenSpan:
    """The tokens of a noun phrase, without `, which …`, trailing clauses and punctuation."""
    syntax, last = discourse.syntax, head
    for child in syntax.children[head]:
        if child > head and syntax.dep[child] in ("prep", "acl", "amod", "advcl") and child == last + 1:
            if syntax.dep[child] in ("prep", "amod"):
                last = syntax.right[child]
    start = syntax.left[head]
    while start < head and syntax.pos[start] in ("PUNCT", "SPACE", "CCONJ"):
        start += 1
    return start, last + 1


def is_definite(discourse: Discourse, start: int, head: int) -> bool:
    """Whether a phrase begins with a definite determiner (`the`, `this`, `all the`)."""
    return any(discourse.refers(index, "definite") for index in range(start, min(head, start + 2)))


def is_referent(discourse: Discourse, name: Name) -> bool:
    """Whether a name stands for itself here, not as part of another phrase (`the Trump campaign`).

    A single word of a headline is no sure name.
    """
    if len(name.parts) == 1 and all(other.heading for other in discourse.registry.alike(name)):
        return False
    return discourse.syntax.dep[name.head] not in ("compound", "amod", "nmod")


def following(discourse: Discourse, head: int, end: int) -> int | None:
    """The next speaker of a list: joined by `and`, or a further subject of the same verb."""
    syntax = discourse.syntax
    joined = syntax.child(head, "conj")
    if joined is None and syntax.dep[head] == "nsubj":
        siblings = syntax.children[syntax.head[head]]
        joined = next((index for index in siblings if index > head and syntax.dep[index] == "nsubj"), None)
    return joined if joined is not None and joined < end else None


def listed_heads(discourse: Discourse, head: int, end: int) -> list[int]:
    """The head words of a list of speakers, from the first on."""
    heads = [head]
    while (joined := following(discourse, heads[-1], end)) is not None:
        heads.append(joined)
    return heads


def together(discourse: Discourse, parts: list[Speaker], start: int, end: int, head: int) -> Speaker:
    """One joint speaker from several; `start` and `end` are the span of their words."""
    each = tuple(part.text for part in parts if part.text)
    kinds = {part.kind for part in parts}
    named = any(part.named for part in parts)
    text = each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}" if each else None
    kind = "organization" if kinds == {"organization"} else "media" if kinds == {"media"} else "group"
    return Speaker(text if named else text_of(discourse, start, end), each, kind, named, None, None, head, plural=True)
