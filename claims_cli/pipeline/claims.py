"""Attributions → `Claim` records, with the offsets of the document they were found in."""

from functools import cached_property

from spacy.tokens import Doc

from claims_cli.claim import ArticleSpan, Basis, Claim, Document, Offsets, Span, Voice, claim_id
from claims_cli.pipeline.attribute.classify import Classifier
from claims_cli.pipeline.attribute.spans import Attribution, Runs
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.resolve.article import Speaker
from claims_cli.rulebook.model import Rulebook

LISTENERS = ("person", "position", "peoples", "organization", "media", "quantity", "gathering")
UNNEGATED = ("denial", "no-comment")


class ClaimBuilder:
    """Makes the claims of one article.

    `offset` is where the parsed text begins in the document, in code points.
    """

    def __init__(self, doc: Doc, document: Document, article: ArticleSpan, offset: int, rules: Rulebook):
        self.document = document
        self.article = article
        self.offset = offset
        self.rulebook = rules
        self.syntax: Syntax = doc.user_data["syntax"]
        self.marks: QuotationIndex = doc.user_data["marks"]
        self.attributions: list[Attribution] = doc.user_data["attributions"]
        found = zip(self.attributions, doc.user_data["speakers"], strict=True)
        self.speakers = {id(one): self.own_voice(one, speaker) for one, speaker in found}
        self.kinds = Classifier(self.syntax, self.marks, rules)
        self.inner: dict[int, list[Attribution]] = {}
        for other in self.attributions:
            if other.outer is not None and other.score >= rules.settings.threshold:
                self.inner.setdefault(id(other.outer), []).append(other)
        self.ids = {id(one): self.id_of(one) for one in self.attributions}

    def claims(self) -> list[Claim]:
        """All claims of the article, in the order of the text, outer before inner."""
        made = [self.claim(one) for one in self.attributions if not self.is_furniture(one)]
        return sorted(made, key=lambda claim: (claim.start, -claim.end, claim.id))

    def is_furniture(self, one: Attribution) -> bool:
        """Whether the cue stands in a caption or in a line that is repeated."""
        at = self.syntax.start[one.head] + self.offset
        return bool(self.document.unread_in(at, at + 1))

    def pieces(self, runs: Runs) -> Offsets:
        """Token runs as code points of the document."""
        return tuple((self.syntax.start[a] + self.offset, self.syntax.end[b] + self.offset) for a, b in runs)

    def span(self, runs: Runs) -> Span | None:
        """Token runs as a span; None for none."""
        return Span.of(self.document.text, self.pieces(runs)) if runs else None

    def id_of(self, one: Attribution) -> str:
        """The claim's id."""
        return claim_id(
            self.document.text_sha256, self.pieces(one.source), self.pieces(one.cue), self.pieces(one.content)
        )

    def own_voice(self, one: Attribution, speaker: Speaker) -> Speaker:
        """The author of the document, where it tells one, for what `I` says outside quotation marks."""
        author, said_by = self.document.author, one.candidate.tokens.get("source")
        if not author or said_by is None or speaker.kind != "unknown" or self.marks.holder[said_by] is not None:
            return speaker
        several = ";" in author or self.rulebook.words("reference.joining").intersection(author.lower().split())
        is_author = self.syntax.lower[said_by] in self.rulebook.words("people.oneself") and not several
        return Speaker(author, (author,), "person", named=True) if is_author else speaker

    def claim(self, one: Attribution) -> Claim:
        """One record."""
        speaker, document = self.speakers[id(one)], self.document
        kind = self.kinds.type(one, speaker.kind)
        inner = self.inner.get(id(one), [])
        pieces = (*self.pieces(one.cue), *self.pieces(one.content))
        content = Span.of(document.text, self.pieces(one.content))
        cue = self.span(one.cue)
        place = (cue or content).spans[0][0]
        medium = self.span([speaker.medium] if speaker.medium else one.medium)
        title = self.article.title or document.title
        return Claim(
            id=self.ids[id(one)],
            doc=document.path,
            doc_sha256=document.sha256,
            title=title,
            outlet=document.outlet,
            author=document.author,
            date=document.date,
            url=document.url,
            article=self.article.number,
            line=document.line_of(place),
            page=document.page_of(place),
            row=document.row,
            start=min(start for start, _ in pieces),
            end=max(end for _, end in pieces),
            sentence=self.sentence(outermost(one)),
            speaker=speaker.text,
            speakers=speaker.each,
            speaker_id=None,
            speaker_kind=speaker.kind,
            named=speaker.named,
            speaker_role=speaker.role,
            source=self.span(one.source),
            cue=cue,
            cue_lemma=self.cue_lemma(one),
            content=content,
            addressee=self.span(self.addressee(one)),
            medium=medium or self.told_outlet(one),
            when=self.span(one.when),
            quote=self.kinds.quote(one, inner),
            type=kind,
            negated=kind not in UNNEGATED and self.kinds.is_negated(one),
            via=self.via(one, speaker),
            citing=self.citing(one),
            rule=one.candidate.rule.id,
            confidence=round(one.score, 3),
            nested=one.outer is not None,
            headline=title is not None and document.line_at(place) == " ".join(title.split()),
        )

    def cue_lemma(self, one: Attribution) -> str:
        """The lemma of the cue's head word; with the words that always go with it (`according to`)."""
        words = [self.syntax.lemma[one.head]]
        for node in one.candidate.rule.nodes:
            if node.extends == "cue" and dict(node.test.attributes).get("lower") and node.name in one.candidate.tokens:
                index = one.candidate.tokens[node.name]
                return f"{self.syntax.lower[one.head]} {self.syntax.lower[index]}"
        return words[0]

    @cached_property
    def outlets(self) -> set[str]:
        """The names of outlets in lower case."""
        return {name.lower() for name in self.rulebook.words("outlets.names")}

    def is_outlet(self, runs: Runs) -> bool:
        """Whether an addressee is an outlet, so that it is the medium."""
        text = self.text_of(runs).lower()
        bare = text.removeprefix("the ")
        return (
            text in self.outlets or bare in self.outlets or text.split()[-1] in self.rulebook.words("outlets.endings")
        )

    def text_of(self, runs: Runs) -> str:
        """The words of runs."""
        return " ".join(self.document.text[start:end] for start, end in self.pieces(runs))

    def addressee(self, one: Attribution) -> Runs:
        """To whom, unless it is an outlet, or a thing that cannot be spoken to."""
        head = one.candidate.tokens.get("addressee")
        if head is not None and self.syntax.pos[head] == "NOUN":
            words = {self.syntax.lemma[head], self.syntax.lower[head]}
            if not any(words & self.rulebook.words(f"people.{group}") for group in LISTENERS):
                return []
        return [] if one.addressee and self.is_outlet(one.addressee) else one.addressee

    def told_outlet(self, one: Attribution) -> Span | None:
        """The outlet that was told."""
        return self.span(one.addressee) if one.addressee and self.is_outlet(one.addressee) else None

    def sentence(self, one: Attribution) -> str:
        """The sentences of the cue and of all content pieces, white space collapsed."""
        starts = {self.syntax.sentence[i] for runs in (one.cue, one.content) for a, b in runs for i in range(a, b + 1)}
        found = []
        for start in sorted(starts):
            words = [i for i in range(start, self.syntax.sentence_end[start]) if self.syntax.pos[i] != "SPACE"]
            if words:  # white space at an edge may be a caption that was set aside
                found.append(" ".join(self.text_of([(words[0], words[-1])]).split()))
        return " ".join(part for part in found if part)

    def via(self, one: Attribution, speaker: Speaker) -> tuple[Voice, ...]:
        """The voices around this one, outermost first, the speaker left out."""
        voices: list[Voice] = []
        around, steps = one.outer, 0
        while around is not None and steps < 50:
            voice = self.speakers[id(around)]
            heard = {speaker.text, *(other.speaker for other in voices)}
            if (
                voice.text not in heard
                and around.score >= self.rulebook.settings.threshold
                and not self.is_furniture(around)
            ):
                cue = self.span(around.cue)
                voices.append(Voice(voice.text, cue.text if cue else None, self.ids[id(around)]))
            around, steps = around.outer, steps + 1
        return tuple(reversed(voices))

    def citing(self, one: Attribution) -> tuple[Basis, ...]:
        """What the speaker names as basis."""
        span = self.span(one.citing)
        return (Basis(" ".join(span.text.split()), span),) if span else ()


def outermost(one: Attribution) -> Attribution:
    """The attribution that stands around all others around this one."""
    steps = 0
    while one.outer is not None and steps < 50:
        one, steps = one.outer, steps + 1
    return one
