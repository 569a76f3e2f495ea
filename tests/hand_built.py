"""Parsed sentences written by hand, a line a token, so that a test of one function needs no model."""

from textwrap import dedent

import spacy
from spacy.tokens import Doc
from spacy.util import filter_spans

from claims_cli.errors import RuleProblem
from claims_cli.pipeline import parsed
from claims_cli.pipeline.article import Article, Attribution, Candidate
from claims_cli.pipeline.resolve.discourse import Discourse, Mention
from claims_cli.pipeline.resolve.mentions import NameFinder
from claims_cli.pipeline.resolve.sieves import SIEVES, resolve
from claims_cli.rulebook import load
from claims_cli.rulebook.model import Node, Rule, TokenTest

NLP = spacy.blank("en")


def article(rows: str, entities: dict[str, str] | None = None) -> Article:
    """An article of tokens: ``word lemma POS TAG dep head``, head as the number of a token counted from 0.

    A blank line begins a paragraph; a token whose head is itself is the root of its sentence. `entities` are labels by
    the words that they hold.
    """
    words, spaces, lemmas, pos, tags, deps, heads = [], [], [], [], [], [], []
    for line in dedent(rows).strip().split("\n"):
        if not line.strip():  # a paragraph ends: its white space is a token, as the tokenizer makes it
            words.append("\n\n")
            spaces[-1:] = [False]
            spaces.append(False)
            lemmas.append("\n\n")
            pos.append("SPACE")
            tags.append("_SP")
            deps.append("dep")
            heads.append(len(words) - 2)
            continue
        word, lemma, part, tag, dep, head = line.split()
        words.append(word)
        spaces.append(True)
        lemmas.append(lemma)
        pos.append(part)
        tags.append(tag)
        deps.append(dep)
        heads.append(int(head))
    doc = Doc(NLP.vocab, words, spaces, lemmas=lemmas, pos=pos, tags=tags, deps=deps, heads=heads)
    spans = []
    for name, label in (entities or {}).items():
        parts = name.split()
        for at in range(len(doc)):
            if [token.text for token in doc[at : at + len(parts)]] == parts:
                spans.append(doc.char_span(doc[at].idx, doc[at + len(parts) - 1].idx + len(parts[-1]), label))
    doc.ents = filter_spans(span for span in spans if span is not None)
    return parsed(doc, load())


def paragraphs(*several: str) -> str:
    """The rows of paragraphs in one, each with its heads counted from its own first token."""
    blocks, first = [], 0
    for rows in several:
        tokens = [line.split() for line in rows.strip().split("\n")]
        blocks.append("\n".join(" ".join([*token[:-1], str(int(token[-1]) + first)]) for token in tokens))
        first += len(tokens) + 1
    return "\n\n".join(blocks)


def rule(name: str = "a-rule", *nodes: Node, **keys) -> Rule:
    """A rule by its id, with nodes and keys of the rule language."""
    place = RuleProblem("rules.yaml", 1, 1, "")
    return Rule(name, "", "here", "shipped", (Node("cue", TokenTest()), *nodes), place, "", **keys)


def node(name: str, **keys) -> Node:
    """A node that any token passes."""
    return Node(name, TokenTest(), **keys)


def candidate(of: Rule, score: float = 0.9, quotation=None, key: str = "say", **tokens: int) -> Candidate:
    """A candidate of a rule with the heads of its roles."""
    return Candidate(of, tokens, quotation, key, score, score)


def attribution(
    cue: int, *content: tuple[int, int], score: float = 0.9, of: Rule | None = None, **roles
) -> Attribution:
    """An attribution at a cue word with the spans of its content, and of other roles."""
    tokens = {"cue": cue, **roles.pop("tokens", {})}
    made = candidate(of or rule(), score, key=roles.pop("key", "say"), **tokens)
    return Attribution(made, ((cue, cue + 1),), content, **roles)


def words(article: Article, spans) -> list[str]:
    """The words of token spans."""
    syntax = article.syntax
    return [syntax.text[syntax.start[start] : syntax.end[end - 1]] for start, end in spans]


def discourse(rows: str, **entities: str) -> Discourse:
    """What is known of an article before anybody is resolved; entities as LABEL=words, several with `/`."""
    read = article(rows, {name: label for label, names in entities.items() for name in names.split("/")})
    return Discourse(read, NameFinder(read.syntax, load()).registry(), load())


def mention(
    known: Discourse, head: int, start: int | None = None, end: int | None = None, outer: int | None = None
) -> Mention:
    """The words around a head, as the source of its verb."""
    claim = attribution(known.article.syntax.head[head], outer=outer)
    return Mention(head, head if start is None else start, head + 1 if end is None else end, claim)


def answer(known: Discourse, *place: int, outer: int | None = None) -> tuple[str | None, str]:
    """Who the words at a place (head, start, end) stand for, and by which sieve."""
    resolution = resolve(mention(known, *place, outer=outer), known)
    return resolution.speaker.text, resolution.sieve


def answer_of(sieve: str, known: Discourse, *place: int, outer: int | None = None) -> str | None:
    """Who a single sieve says that they stand for, whatever others would."""
    (chosen,) = (one for one in SIEVES if one.name == sieve)
    speaker = chosen.answer(mention(known, *place, outer=outer), known)
    return None if speaker is None else speaker.text
