"""The span of a content: grown by the extent of the rule, without what other roles have, quotations whole."""

import itertools

from claims_cli.pipeline.article import Article, Candidate, TokenSpan, TokenSpans, merged
from claims_cli.pipeline.attribute.asides import additions, dateline, in_brackets
from claims_cli.pipeline.attribute.edges import unbroken
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.syntax import Syntax

NOUN_CLAUSES = frozenset({"acl", "ccomp", "relcl"})


def content_span(candidate: Candidate, article: Article, taken: set[int]) -> TokenSpans:
    """What was said; the words of other roles are `taken`."""
    syntax, cue = article.syntax, candidate.cue
    words = (grown(candidate, article, taken) | helper_words(candidate, syntax)) - taken
    if candidate.stretch is None or syntax.paragraph[candidate.stretch[0]] == syntax.paragraph[cue]:
        words = within_bounds(article, words, cue, paragraph_of(candidate, syntax))
    if candidate.quotation is None:
        words -= additions(article, cue, words)
    spans = [whole_quotation(article, span, cue, taken) for span in unbroken(syntax, sorted(words))]
    return merged(span for span in spans if span[1] - span[0] > 1 or syntax.tag[span[0]] not in ("WDT", "IN"))


def paragraph_of(candidate: Candidate, syntax: Syntax) -> int:
    """The paragraph of what is said: the cue's, but that of a quotation which may stand above or below it."""
    return syntax.paragraph[candidate.quotation.start if candidate.quotation else candidate.cue]


def grown(candidate: Candidate, article: Article, taken: set[int]) -> set[int]:
    """The words of a quotation, a stretch of the sentence, a token, or a clause."""
    node = candidate.rule.node("content")
    extent = (node.extent if node else None) or "clause"
    if candidate.quotation is not None:
        return set(range(quotation_start(candidate, candidate.quotation, article), candidate.quotation.end))
    if candidate.stretch is not None:
        return set(range(*candidate.stretch))
    if extent == "token":
        return {candidate.tokens["content"]}
    return clause(candidate, article, taken, extent)


def helper_words(candidate: Candidate, syntax: Syntax) -> set[int]:
    """What the rule's helpers add to the content."""
    words: set[int] = set()
    for name, index in candidate.tokens.items():
        helper = candidate.rule.node(name)
        if helper is not None and helper.extends == "content":
            words.update(syntax.subtree(index))
    return words


def quotation_start(candidate: Candidate, quotation: Quotation, article: Article) -> int:
    """Where a quotation before its cue begins, with the words that lead into it (`The men “ran,” …`)."""
    if quotation.start > candidate.cue or not article.quotations.is_led_into(quotation):
        return quotation.start
    return article.syntax.sentence[quotation.start]


def clause(candidate: Candidate, article: Article, taken: set[int], extent: str) -> set[int]:
    """The subtree of the content's head; with extent `sentence` also all that stands before the cue."""
    syntax, head, cue = article.syntax, candidate.tokens["content"], candidate.cue
    parts = parts_of(article, head, cue)
    words = {index for part in parts for index in syntax.subtree(part)}
    for before, after in itertools.pairwise(parts):
        words.update(range(syntax.right[before] + 1, syntax.left[after]))
    if extent == "noun":
        return words.difference(*(syntax.subtree(word) for word in words if is_told_clause(syntax, word, head)))
    if extent == "phrase":
        words |= purpose(syntax, words, cue)
    if head != cue and syntax.is_under(cue, head):
        words -= set(syntax.subtree(cue)) - resumed(syntax, cue, taken) - interrupted(syntax, cue, taken)
    elif extent == "sentence" and article.quotations.holder[head] is article.quotations.holder[cue]:
        words |= resumed(syntax, cue, taken)  # a quotation that was closed before the cue does not go on behind it
    if extent == "sentence":
        begin = min([cue, *(index for index in taken if syntax.sentence[index] == syntax.sentence[cue])])
        words |= set(range(syntax.sentence[cue], begin))
    return words


def is_told_clause(syntax: Syntax, index: int, noun: int) -> bool:
    """Whether a word is the verb of a clause that tells what a noun says, hung on it or on a word under it."""
    opened = syntax.tag[syntax.left[index]] == "IN"
    return syntax.dep[index] in NOUN_CLAUSES and (syntax.head[index] == noun or opened)


def purpose(syntax: Syntax, words: set[int], cue: int) -> set[int]:
    """An infinitive behind a noun phrase that the parser hung on the cue (`called for | a man to lead it`)."""
    for child in syntax.children[cue]:
        infinitive = syntax.dep[child] in ("advcl", "xcomp") and syntax.tag[child] == "VB"
        if infinitive and syntax.left[child] == max(words) + 1 and syntax.tag[syntax.left[child]] == "TO":
            return set(syntax.subtree(child))
    return set()


def parts_of(article: Article, head: int, cue: int) -> list[int]:
    """The content's head, and what the parser hung beside it on the cue: a second clause, a second infinitive."""
    syntax, parts = article.syntax, [head]
    if syntax.head[head] != cue or head < cue:
        return parts
    for other in syntax.children[cue]:
        second_clause = syntax.dep[other] == syntax.dep[head] == "ccomp"
        infinitive = syntax.tag[other] == syntax.tag[head] == "VB" and syntax.dep[other] == "conj"
        second = second_clause or (infinitive and syntax.tag[cue] != "VB") or shares_subject(article, head, other)
        first_clause = second_clause and syntax.child(other, "nsubj", "nsubjpass", "expl", "mark") is not None
        if second if other > head else first_clause and other > cue:
            parts.append(other)
    return sorted(parts)


def shares_subject(article: Article, head: int, other: int) -> bool:
    """Whether a verb joined to the cue rather goes on with a `that` clause (`said that A came and saw`)."""
    syntax = article.syntax
    if syntax.dep[other] != "conj" or syntax.tag[other] != syntax.tag[head] or syntax.child(head, "mark") is None:
        return False
    between = range(syntax.right[head] + 1, other - 1)
    joined = syntax.pos[other - 1] == "CCONJ" and all(index in article.quotations.edges for index in between)
    return joined and syntax.child(other, "nsubj", "ccomp", "aux") is None


def resumed(syntax: Syntax, cue: int, taken: set[int]) -> set[int]:
    """What hangs on the cue behind a comma and goes on with the content (`A, X said, for the third time`)."""
    last = cue
    while last + 1 in taken or (last + 1 < syntax.length and syntax.pos[last + 1] == "SPACE"):
        last += 1
    if last + 1 >= syntax.length or syntax.lower[last + 1] != ",":
        return set()
    words: set[int] = set()
    for child in syntax.children[cue]:
        goes_on = syntax.dep[child] == "prep" or (syntax.dep[child] == "advcl" and syntax.child(child, "mark"))
        if child > last and goes_on and not taken.intersection(syntax.subtree(child)):
            words.update(syntax.subtree(child))
    return words


def interrupted(syntax: Syntax, cue: int, taken: set[int]) -> set[int]:
    """The subject of what is said, hung on a cue that commas set off (`Prices, said the bank, will fall`)."""
    if cue == 0 or syntax.lower[cue - 1] != ",":
        return set()
    subjects = (child for child in syntax.children[cue] if child < cue and syntax.dep[child] == "nsubj")
    first = next((child for child in subjects if not taken.intersection(syntax.subtree(child))), None)
    return {index for index in syntax.subtree(first) if index < cue - 1} if first is not None else set()


def within_bounds(article: Article, words: set[int], cue: int, paragraph: int) -> set[int]:
    """The words in a paragraph, and inside the quotation in which the cue stands."""
    syntax = article.syntax
    kept = {index for index in words if syntax.paragraph[index] == paragraph}
    kept -= set(range(*dateline(article, min(kept)))) if kept else set()
    around = article.quotations.at(cue)
    if around:
        holder = around[-1]
        end = holder.end - 1 if holder.closed else holder.end
        kept = {index for index in kept if holder.start < index < end}
        opened = article.quotations.apart(min(kept), cue) if kept else None
        if opened is not None and cue < opened.start:  # `“He said, ‘Go,’ and I went”`
            kept = {index for index in kept if index < opened.end}
    return in_brackets(syntax, cue, kept)


def whole_quotation(article: Article, span: TokenSpan, cue: int, taken: set[int]) -> TokenSpan:
    """A piece that ends inside a quotation goes on to its end, and one that begins inside it begins with it."""
    start, end = span
    quotations = article.quotations
    at_end, at_start = quotations.apart(end - 1, cue), quotations.apart(start, cue)
    if at_end is not None and not touches(at_end, taken):
        end = max(end, at_end.end)
    if at_start is not None and not touches(at_start, taken):
        start = min(start, at_start.start)
    return start, end


def touches(quotation: Quotation, taken: set[int]) -> bool:
    """Whether a taken word stands inside the quotation."""
    return any(quotation.start <= index < quotation.end for index in taken)
