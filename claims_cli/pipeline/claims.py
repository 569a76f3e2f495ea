"""Attributions → `Claim` records, with the offsets of the document they were found in."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import Any

from claims_cli.claim import ArticleSpan, Basis, Block, Claim, Document, Offsets, Span, Turn, Voice, claim_id
from claims_cli.pipeline.article import Article, Attribution, Speaker, TokenSpan, TokenSpans, tokens_of
from claims_cli.pipeline.attribute.anonymity import Anonymity
from claims_cli.pipeline.attribute.classify import TypeLexicon, is_negated, quote_of, type_of
from claims_cli.pipeline.turns import RULE, Turns, turn_fields, turn_id, voice_of
from claims_cli.rulebook import speaker_model as model
from claims_cli.rulebook.calibration import Calibration
from claims_cli.rulebook.model import Rulebook
from claims_cli.rulebook.speaker_model import SpeakerModel

LISTENERS = ("person", "position", "peoples", "organization", "media", "quantity", "gathering")
MOST_COURTEOUS = 2  # words
UNNEGATED = ("denial", "no-comment")
TURN_WAYS = {"turn": model.OWN_TURN, "signature": model.OWN_TURN, "none": model.NO_SOURCE}


@dataclass(frozen=True)
class ClaimLexicon:
    """What making claims asks of the rulebook.

    Attributes:
        listeners: nouns for those who can be spoken to; oneself: `I` and the like; joining: words that join names.
        outlets: names of outlets in lower case; outlet_endings: the last words of others.
        threshold: the confidence from which a voice counts.
        self_words: `I`, `we` and the like; listener_words: `you`; turn: the confidence of a turn.
        vocatives: how somebody is addressed in whose presence another one speaks (`Mr Speaker, ...`).
        speakers: how sure ways of knowing a speaker are; anonymity: by what words a source stays unnamed.
        calibration: what the user's own marks say of all of these.
    """

    types: TypeLexicon
    listeners: frozenset[str]
    oneself: frozenset[str]
    joining: frozenset[str]
    outlets: frozenset[str]
    outlet_endings: frozenset[str]
    threshold: float
    self_words: frozenset[str]
    listener_words: frozenset[str]
    vocatives: frozenset[str]
    turn: float
    speakers: SpeakerModel
    anonymity: Anonymity
    calibration: Calibration

    @classmethod
    def of(cls, rulebook: Rulebook) -> "ClaimLexicon":
        """The words of a rulebook."""
        words = rulebook.words
        return cls(
            types=TypeLexicon.of(rulebook),
            listeners=frozenset().union(*(words(f"people.{group}") for group in LISTENERS)),
            oneself=words("people.oneself"),
            joining=words("reference.joining"),
            outlets=frozenset(name.lower() for name in words("outlets.names")),
            outlet_endings=words("outlets.endings"),
            threshold=rulebook.settings.threshold,
            self_words=words("people.self"),
            listener_words=words("people.spoken_to"),
            vocatives=words("turns.vocatives"),
            turn=rulebook.settings.turn,
            speakers=rulebook.speakers,
            anonymity=Anonymity.of(rulebook),
            calibration=rulebook.calibration,
        )


@dataclass(frozen=True)
class ArticlePlace:
    """Where an article stands.

    Attributes:
        document: the document; span: which of its articles.
        offset: the code point of the document where the text begins that was read.
    """

    document: Document
    span: ArticleSpan
    offset: int


def claims_of(article: Article, place: ArticlePlace, lexicon: ClaimLexicon) -> list[Claim]:
    """All claims of an article, in the order of the text, outer before inner."""
    return ClaimBuilder(article, place, lexicon).claims()


class ClaimBuilder:
    """Makes the claims of one article; attributions are known by their place in it."""

    def __init__(self, article: Article, place: ArticlePlace, lexicon: ClaimLexicon):
        self.article = article
        self.place = place
        self.document = place.document
        self.lexicon = lexicon
        self.title = place.span.title or self.document.title
        self.turns = Turns.of(self.document, place.span)
        self.posts = self.document.blocks_in(place.span.start, place.span.end, "post")

    def claims(self) -> list[Claim]:
        """All of them, but those whose cue stands in furniture, or says that a source is not named."""
        places = range(len(self.article.attributions))
        made = [self.claim(place) for place in places if self.is_claim(self.article.attributions[place])]
        made += self.turn_claims()
        return sorted(made, key=lambda claim: (claim.start, -claim.end, claim.id))

    def is_claim(self, attribution: Attribution) -> bool:
        """Whether an attribution is no furniture, and none of the words by which a source stays unnamed."""
        if attribution.head in self.saying_unnamed or self.is_furniture(attribution):
            return False
        return not self.is_courtesy(attribution) and not self.is_addressed(attribution)

    def is_courtesy(self, attribution: Attribution) -> bool:
        """Whether nothing but a listener is what somebody would have said (`I thank | you`), or nobody does."""
        words = [self.article.syntax.lower[token] for start, end in attribution.content for token in range(start, end)]
        is_short = len(words) <= MOST_COURTEOUS or not attribution.source
        return is_short and words[0] in self.lexicon.listener_words

    def is_addressed(self, attribution: Attribution) -> bool:
        """Whether the source is only addressed, in a turn: a title without an article, a comma behind it."""
        if not attribution.source or self.turn_of(attribution) is None:
            return False
        first, lower = attribution.source[0][0], self.article.syntax.lower
        words = list(takewhile(self.lexicon.vocatives.__contains__, (word.rstrip(".") for word in lower[first:])))
        end = first + len(words)
        return bool(words) and end < self.article.syntax.length and lower[end] == ","

    def is_furniture(self, attribution: Attribution) -> bool:
        """Whether the cue stands in a caption or in a line that is repeated."""
        at = self.start_of(attribution.head)
        return bool(self.document.unread_in(at, at + 1))

    def turn_of(self, attribution: Attribution) -> Turn | None:
        """The turn in which a cue stands."""
        return self.turns.at(self.start_of(attribution.head)) if self.turns else None

    def start_of(self, token: int) -> int:
        """The code point of the document where a token begins."""
        ((start, _),) = self.offsets(((token, token + 1),))
        return start

    def offsets(self, spans: TokenSpans) -> Offsets:
        """Token spans as code points of the document."""
        offset, found = self.place.offset, (self.article.syntax.span(*span) for span in spans)
        return tuple((start + offset, end + offset) for start, end in found)

    def span(self, spans: TokenSpans) -> Span | None:
        """Token spans as a span; None for none."""
        return Span.of(self.document.text, self.offsets(spans)) if spans else None

    def confidence(self, attribution: Attribution) -> float:
        """How likely an attribution is a claim, by what the user's marks say of such ones too."""
        return self.lexicon.calibration.of_claim(attribution.score, attribution.candidate.rule.id)

    def is_shown(self, attribution: Attribution) -> bool:
        """Whether an attribution is sure enough to count as a voice."""
        return self.confidence(attribution) >= self.lexicon.threshold

    @cached_property
    def ids(self) -> list[str]:
        """The id of each attribution's claim."""
        text = self.document.text_sha256
        return [
            claim_id(
                text, *(self.offsets(spans) for spans in (attribution.source, attribution.cue, attribution.content))
            )
            for attribution in self.article.attributions
        ]

    @cached_property
    def inner(self) -> dict[int, list[Attribution]]:
        """By the place of an attribution those that stand in its content and are shown by default."""
        nested: dict[int, list[Attribution]] = {}
        for attribution in self.article.attributions:
            if attribution.outer is not None and self.is_shown(attribution):
                nested.setdefault(attribution.outer, []).append(attribution)
        return nested

    @cached_property
    def speakers(self) -> list[Speaker]:
        """Who speaks in each attribution."""
        found = zip(self.article.attributions, self.article.speakers, strict=True)
        return [self.own_voice(attribution, speaker) for attribution, speaker in found]

    def own_voice(self, attribution: Attribution, speaker: Speaker) -> Speaker:
        """The author of the document, where it tells one, for what `I` says outside quotation marks."""
        source = attribution.candidate.tokens.get("source")
        post = self.post_at(self.start_of(attribution.head)) if self.posts else None
        author = (post and post.author) or self.document.author
        turn = self.turn_of(attribution)
        if turn is not None:
            return self.voice_in(turn, source) or speaker
        if not author or source is None or speaker.kind != "unknown":
            return speaker
        if self.article.quotations.holder[source] is not None:
            return speaker
        several = ";" in author or self.lexicon.joining.intersection(author.lower().split())
        is_author = self.article.syntax.lower[source] in self.lexicon.oneself and not several
        if not is_author:
            return speaker
        sure = self.lexicon.speakers.confidence(model.BYLINE)
        return Speaker(
            author, (author,), "person", named=True, basis="author", confidence=sure, reasons=(model.BYLINE,)
        )

    def voice_in(self, turn: Turn, source: int | None) -> Speaker | None:
        """Who a source inside a turn is, outside quotation marks: `I` its speaker, `you` the only other one."""
        if source is None or self.article.quotations.holder[source] is not None:
            return None
        word = self.article.syntax.lower[source]
        if word in self.lexicon.self_words:
            return self.taken_up(source, voice_of(turn))
        other = self.turns.other_voice(turn) if word in self.lexicon.listener_words else None
        return self.taken_up(source, other) if other is not None else None

    def taken_up(self, source: int, voice: Speaker) -> Speaker:
        """The speaker of a turn, as `I` or `you` there takes him up."""
        sure = self.lexicon.speakers.confidence(model.FIRST_PERSON)
        words = self.span(((source, source + 1),))
        told = f"{words.text if words else None} → {voice.text}: {model.OWN_TURN}"
        return replace(voice, basis="pronoun", confidence=sure, reasons=(told,)) if voice.text else voice

    def turn_claims(self) -> Iterator[Claim]:
        """The claims that the turns are that begin in the parsed text, those that are not read left out."""
        if self.turns and self.article.syntax.length:
            ((start, end),) = self.offsets(((0, self.article.syntax.length),))
            for turn in self.turns.beginning_in(start, end):
                if not self.document.unread_in(turn.start, turn.start + 1):
                    yield Claim(
                        **self.told_by_document(turn.start),
                        **turn_fields(self.document, turn, self.turn_voice(turn)),
                        pronoun=self.pronoun_of(voice_of(turn)),
                        confidence=round(self.lexicon.calibration.of_claim(self.lexicon.turn, RULE), 3),
                    )

    def turn_voice(self, turn: Turn) -> Speaker:
        """The speaker of a turn, with how sure that is."""
        voice = voice_of(turn)
        sure = self.lexicon.speakers.confidence(TURN_WAYS[voice.basis])
        return replace(voice, confidence=self.lexicon.calibration.of_speaker(sure, voice.basis))

    def pronoun_of(self, speaker: Speaker) -> str | None:
        """The pronoun with which the article takes a speaker up."""
        return self.article.pronouns.get(speaker.text) if speaker.text else None

    @cached_property
    def anonymity(self) -> dict[int, TokenSpan]:
        """By the place of an attribution the words that say that its source is not named."""
        return self.lexicon.anonymity.by_place(self.article)

    @cached_property
    def saying_unnamed(self) -> set[int]:
        """The tokens of all words that say that a source is not named."""
        return tokens_of(self.anonymity.values())

    def post_at(self, at: int) -> Block | None:
        """The post, in a live blog, in which a code point stands."""
        place = bisect_right(self.posts, at, key=lambda post: post.start) - 1
        return self.posts[place] if place >= 0 and at < self.posts[place].end else None

    def told_by_document(self, at: int) -> dict[str, Any]:
        """What a claim whose cue, or whose content, begins at a code point tells of its document."""
        document = self.document
        post = self.post_at(at)
        return {
            "doc": document.path,
            "doc_sha256": document.sha256,
            "title": self.title,
            "outlet": document.outlet,
            "author": (post and post.author) or document.author,
            "date": (post and post.date) or document.date,
            "url": document.url,
            "article": self.place.span.number,
            "line": document.line_of(at),
            "page": document.page_of(at),
            "row": document.row,
            "time": document.time_of(at),
        }

    def claim(self, place: int) -> Claim:
        """One record."""
        attribution, speaker, document = self.article.attributions[place], self.speakers[place], self.document
        types = self.lexicon.types
        kind = type_of(attribution, self.article, types, speaker.kind)
        offsets = (*self.offsets(attribution.cue), *self.offsets(attribution.content))
        content = Span.of(document.text, self.offsets(attribution.content))
        cue = self.span(attribution.cue)
        at = (cue or content).spans[0][0]
        medium = self.span((speaker.medium,) if speaker.medium else attribution.medium)
        title, sentence = self.title, self.sentence(self.outermost(attribution))
        return Claim(
            **self.told_by_document(at),
            id=self.ids[place],
            start=min(start for start, _ in offsets),
            end=max(end for _, end in offsets),
            sentence=sentence,
            speaker=speaker.text,
            speakers=speaker.each,
            speaker_id=None,
            speaker_basis=speaker.basis,
            speaker_confidence=round(self.lexicon.calibration.of_speaker(speaker.confidence, speaker.basis), 3),
            speaker_kind=speaker.kind,
            named=speaker.named,
            speaker_role=speaker.role,
            source=self.span(attribution.source),
            cue=cue,
            cue_lemma=self.cue_lemma(attribution),
            content=content,
            pronoun=self.pronoun_of(speaker),
            anonymity=self.span((self.anonymity[place],)) if place in self.anonymity else None,
            addressee=self.span(self.addressee(attribution)),
            medium=medium or self.told_outlet(attribution),
            when=self.span(attribution.when),
            quote=quote_of(attribution, self.article, types, self.inner.get(place, [])),
            type=kind,
            negated=kind not in UNNEGATED and is_negated(attribution, self.article, types),
            via=self.via(place, speaker),
            citing=self.citing(attribution),
            rule=attribution.candidate.rule.id,
            confidence=round(self.confidence(attribution), 3),
            nested=attribution.outer is not None or self.turn_of(attribution) is not None,
            speaker_reason="; ".join(speaker.reasons) or None,
            headline=title is not None and self.is_headline(at, sentence, " ".join(title.split())),
        )

    def is_headline(self, at: int, sentence: str, title: str) -> bool:
        """Whether a sentence whose words stand at a code point of the document is its title, maybe in several lines."""
        line = self.document.line_at(at)
        return line == title or (line in title and sentence in title)

    def outermost(self, attribution: Attribution) -> Attribution:
        """The attribution that stands around all others around this one."""
        return [attribution, *self.article.around(attribution)][-1]

    def cue_lemma(self, attribution: Attribution) -> str | None:
        """The lemma of the cue's head word; with the word that always goes with it (`according to`)."""
        if not attribution.cue:
            return None
        syntax, candidate = self.article.syntax, attribution.candidate
        for node in candidate.rule.nodes:
            if node.extends == "cue" and dict(node.test.attributes).get("lower") and node.name in candidate.tokens:
                return f"{syntax.lower[attribution.head]} {syntax.lower[candidate.tokens[node.name]]}"
        return syntax.lemma[attribution.head]

    def text_of(self, spans: TokenSpans) -> str:
        """The words of spans."""
        return " ".join(self.document.text[start:end] for start, end in self.offsets(spans))

    def is_outlet(self, spans: TokenSpans) -> bool:
        """Whether an addressee is an outlet, so that it is the medium."""
        text = self.text_of(spans).lower()
        names = self.lexicon.outlets
        return text in names or text.removeprefix("the ") in names or text.split()[-1] in self.lexicon.outlet_endings

    def addressee(self, attribution: Attribution) -> TokenSpans:
        """To whom, unless it is an outlet, or a thing that cannot be spoken to."""
        syntax, head = self.article.syntax, attribution.candidate.tokens.get("addressee")
        if head is not None and syntax.pos[head] == "NOUN":
            if self.lexicon.listeners.isdisjoint((syntax.lemma[head], syntax.lower[head])):
                return ()
        return () if attribution.addressee and self.is_outlet(attribution.addressee) else attribution.addressee

    def told_outlet(self, attribution: Attribution) -> Span | None:
        """The outlet that was told."""
        addressee = attribution.addressee
        return self.span(addressee) if addressee and self.is_outlet(addressee) else None

    def sentence(self, attribution: Attribution) -> str:
        """The sentences of the cue and of all content pieces, white space collapsed."""
        syntax = self.article.syntax
        spans = (*attribution.cue, *attribution.content)
        starts = {syntax.sentence[index] for start, end in spans for index in range(start, end)}
        sentences = []
        for start in sorted(starts):
            words = [index for index in range(start, syntax.sentence_end[start]) if syntax.pos[index] != "SPACE"]
            if words:  # white space at an edge may be a caption that was set aside
                sentences.append(" ".join(self.text_of(((words[0], words[-1] + 1),)).split()))
        return " ".join(filter(None, sentences))

    def via(self, place: int, speaker: Speaker) -> tuple[Voice, ...]:
        """The voices around this one, outermost first, the speaker left out."""
        voices: list[Voice] = []
        attribution, relay = self.article.attributions[place], self.article.relays.get(place)
        if relay is not None and relay.text not in (None, speaker.text):
            cue = self.span(attribution.cue)
            voices.append(Voice(relay.text, cue.text if cue else None, self.ids[place]))
        outer = attribution.outer
        while outer is not None:
            around, voice = self.article.attributions[outer], self.speakers[outer]
            if (
                self.is_shown(around)
                and not self.is_furniture(around)
                and voice.text is not None
                and voice.text not in {speaker.text, *(other.speaker for other in voices)}
            ):
                cue = self.span(around.cue)
                voices.append(Voice(voice.text, cue.text if cue else None, self.ids[outer]))
            outer = around.outer
        turn = self.turn_of(attribution)
        if turn is not None and turn.speaker not in {speaker.text, *(voice.speaker for voice in voices)}:
            voices.append(Voice(turn.speaker, None, turn_id(self.document, turn)))
        return tuple(reversed(voices))

    def citing(self, attribution: Attribution) -> tuple[Basis, ...]:
        """What the speaker names as basis."""
        span = self.span(attribution.citing)
        return (Basis(" ".join(span.text.split()), span),) if span else ()
