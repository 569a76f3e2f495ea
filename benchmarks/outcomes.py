"""What the pipeline finds in an article of PolNeAR, each claim and gold attribution with its class and verdict."""

from benchmarks.breakdowns import Item, Outcome
from benchmarks.judging import Split
from benchmarks.polnear import GoldArticle, Judge, pieces, scorer
from claims_cli.pipeline import ArticleReader, attributed
from claims_cli.pipeline.article import Article, Attribution
from claims_cli.pipeline.attribute.nesting import settle
from claims_cli.pipeline.attribute.spans import grow
from claims_cli.rulebook.model import Rulebook

VERBAL = ("VERB", "AUX")
MARKS = "\"“”'‘’`"


class Components:
    """The components behind the parser that have to do with what is found, with a rulebook of one's own."""

    def __init__(self, rulebook: Rulebook):
        self.rulebook = rulebook
        self.types = {
            word: group.removeprefix("types.")
            for group, words in sorted(rulebook.lexicons.items())
            if group.startswith("types.")
            for word in words
        }
        self.reader = ArticleReader(rulebook)

    def read(self, article: GoldArticle) -> Article:
        """The article with its attributions; who speaks is not asked."""
        found = settle(attributed(self.reader.matched(article.read)), self.rulebook.settings, self.reader.voices)
        return self.reader.tagged.added(found)

    def outermost(self, article: Article) -> list[Attribution]:
        """The outermost attributions that reach the threshold."""
        threshold = self.rulebook.settings.threshold
        return [one for one in article.attributions if one.score >= threshold and one.outer is None]


def outcome_of(split: Split, number: int, components: list[Components], deep: bool) -> Outcome:
    """One article's sums, and with `deep` every claim and gold attribution."""
    article, own = split.articles[number], components[number % len(components)]
    read = own.read(article)
    found, syntax, shape = own.outermost(read), read.syntax, scorer().Attribution
    shapes = [shape(pieces(one.content, syntax), pieces(one.source, syntax), pieces(one.cue, syntax)) for one in found]
    outermost = {id(one) for one in scorer().outermost(shapes)}
    kept = [(one, shaped) for one, shaped in zip(found, shapes, strict=True) if id(shaped) in outermost]
    score = scorer().Score()
    paired = score.add(article.text, article.gold, [shaped for _, shaped in kept])
    items = list(Classes(article, read, own).items(kept, paired)) if deep else []
    return Outcome(article.name, dict(score.n), items)


class Classes:
    """Classes and verdicts of one article's claims and gold attributions."""

    def __init__(self, article: GoldArticle, read: Article, components: Components):
        self.article = article
        self.read = read
        self.types = components.types
        self.threshold = components.rulebook.settings.threshold
        self.syntax = read.syntax
        self.judge = Judge(article)
        self.tokens = scorer().Tokens(article.text)

    def items(self, kept: list, paired: tuple[set[int], set[int]]):
        """Every gold attribution and every claim; what is not detected is told why."""
        used_gold, used = paired
        why = self.reasons()
        shapes = [shaped for _, shaped in kept]
        for index, gold in enumerate(self.article.gold):
            match = self.partner(gold, shapes) if index in used_gold else None
            reason = "" if index in used_gold else why.get(index, "no candidate")
            yield self.item("gold", gold, match, "", 1.0, reason)
        for index, (one, shaped) in enumerate(kept):
            match = self.partner(shaped, self.article.gold) if index in used else None
            reason = "" if index in used else self.extra(shaped)
            yield self.item("found", shaped, match, one.candidate.rule.id, one.score, reason)

    def partner(self, one, others: list):
        """The attribution of the other side that it pairs with: the best content, a right source first."""
        words, score = self.tokens.inside(one.content), scorer()
        source = self.tokens.inside(one.source)

        def rank(other) -> tuple:
            same = score.same_source(source, self.tokens.inside(other.source))
            return same, score.dice(words, self.tokens.inside(other.content))

        near = [other for other in others if score.dice(words, self.tokens.inside(other.content)) >= 0.5]
        return max(near, key=rank, default=None)

    def reasons(self) -> dict[int, str]:
        """Why gold attributions that candidates pair with were not found: the best candidate's fate."""
        syntax, found = self.syntax, {}
        chosen = {(one.rule.id, one.cue) for one in self.read.chosen}
        kept = {(one.candidate.rule.id, one.head) for one in self.read.attributions}
        for candidate in sorted(self.read.candidates, key=lambda one: one.score):
            shaped = grow(candidate, self.read)
            if shaped is None:
                continue
            gold = self.judge.match(pieces(shaped.content, syntax), pieces(shaped.source, syntax))
            if gold is None:
                continue
            if candidate.score < self.threshold:
                found[gold] = "below the threshold"
            elif (candidate.rule.id, candidate.cue) not in chosen:
                found[gold] = "lost its cue to another rule"
            elif (candidate.rule.id, candidate.cue) not in kept:
                found[gold] = "dropped for another claim"
            else:
                found[gold] = "nested or changed afterwards"
        return found

    def extra(self, shaped) -> str:
        """What a claim that pairs with nothing has in common with the gold."""
        cue, content = self.tokens.inside(shaped.cue), self.tokens.inside(shaped.content)
        if any(cue & other for other in self.judge.cues):
            return "at a gold cue, another content"
        if any(cue & gold for gold, _ in self.judge.gold):
            return "inside a gold content"
        return "overlaps a gold content" if any(content & gold for gold, _ in self.judge.gold) else "apart"

    def item(self, side: str, one, match, rule: str, score: float, reason: str) -> Item:
        """One attribution in words, with its class and verdict."""
        text = self.article.text

        def words(spans) -> str:
            return " … ".join(text[start:end] for start, end in spans).replace("\n", "⏎")

        right = {name: self.same(one, match, name) for name in ("source", "cue", "content")}
        same = scorer().same_source
        attributed = match is not None and same(self.tokens.inside(one.source), self.tokens.inside(match.source))
        exact = attributed and self.tokens.bare(one.content) == self.tokens.bare(match.content)
        head = self.head(one.cue)
        return Item(
            side=side,
            rule=rule,
            construction=self.construction(one, head),
            type=self.types.get(self.syntax.lemma[head], "other") if head is not None else "no cue",
            quote=self.quote(one),
            score=score,
            detected=match is not None,
            attributed=attributed,
            exact=exact,
            strict=right,
            start=min(start for start, _ in one.content),
            reason=reason,
            words=f"{words(one.source)} | {words(one.cue)} | {words(one.content)}",
        )

    def same(self, one, match, role: str) -> bool:
        """Whether a role has the same word tokens on both sides."""
        if match is None:
            return False
        return self.tokens.bare(getattr(one, role)) == self.tokens.bare(getattr(match, role))

    def head(self, spans: list) -> int | None:
        """The token of a span that no other one of it governs."""
        syntax = self.syntax
        places = [syntax.span(i, i + 1) for i in range(syntax.length)]
        inside = [i for i, (first, last) in enumerate(places) for start, end in spans if first < end and last > start]
        known = set(inside)
        return next((i for i in inside if syntax.head[i] == i or syntax.head[i] not in known), None)

    def construction(self, one, cue: int | None) -> str:
        """What kind of word the cue is, what kind of content it has, and where that stands."""
        syntax = self.syntax
        if cue is None:
            return "no cue"
        kind = "verb" if syntax.pos[cue] in VERBAL else syntax.pos[cue].lower()
        head = self.head(one.content)
        at, _ = syntax.span(cue, cue + 1)
        before = any(start < at for start, _ in one.content)
        behind = any(start > at for start, _ in one.content)
        place = "around" if before and behind else "before" if before else "behind"
        if self.quote(one) == "direct":
            return f"{kind}, quotation {place}"
        if head is None:
            return f"{kind}, nothing {place}"
        clause = "phrase"
        if syntax.pos[head] in VERBAL:
            clause = "infinitive" if any(syntax.tag[i] == "TO" for i in syntax.children[head]) else "clause"
        return f"{kind}, {clause} {place}"

    def quote(self, one) -> str:
        """Whether quotation marks hold all, part or none of a content."""
        text = self.article.text
        held = [text[start:end].strip() for start, end in one.content]
        if all(part[:1] in MARKS and part[-1:] in MARKS for part in held if part):
            return "direct"
        return "mixed" if any(mark in part for part in held for mark in ('"', "“", "”", "''")) else "indirect"
