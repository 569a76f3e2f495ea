"""The turns of an article as claims without a cue, and the voices that stand in them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from claims_cli.claim import ArticleSpan, Document, Span, Turn, claim_id
from claims_cli.pipeline.article import Speaker

RULE = "turn"  # of the claims that turns are
CLOSING = "”\"'’) "


@dataclass(frozen=True)
class Turns:
    """The turns of one article, in order."""

    turns: Sequence[Turn]

    @classmethod
    def of(cls, document: Document, article: ArticleSpan) -> "Turns":
        """Those of an article of a document."""
        first = bisect_left(document.turns, article.start, key=lambda turn: turn.begins)
        last = bisect_left(document.turns, article.end, key=lambda turn: turn.begins)
        return cls(document.turns[first:last])

    def __len__(self) -> int:
        return len(self.turns)

    def at(self, offset: int) -> Turn | None:
        """The turn in which a code point of the document stands, or None."""
        place = bisect_right(self.turns, offset, key=lambda turn: turn.start) - 1
        return self.turns[place] if place >= 0 and offset < self.turns[place].end else None

    def beginning_in(self, start: int, end: int) -> Sequence[Turn]:
        """Those whose words begin in a stretch of the document."""
        first, last = (bisect_left(self.turns, edge, key=lambda turn: turn.start) for edge in (start, end))
        return self.turns[first:last]

    @cached_property
    def voices(self) -> dict[str | None, Speaker]:
        """Who speaks, by name."""
        return {turn.speaker: voice_of(turn) for turn in self.turns}

    def other_voice(self, turn: Turn) -> Speaker | None:
        """Who speaks beside the speaker of a turn, where that is one."""
        others = [voice for name, voice in self.voices.items() if name != turn.speaker]
        return others[0] if len(others) == 1 else None


def voice_of(turn: Turn) -> Speaker:
    """The speaker of a turn."""
    if turn.speaker is None:
        return Speaker(None, basis="none")
    is_below = turn.label is not None and turn.label[0] >= turn.end
    return Speaker(
        turn.speaker, (turn.speaker,), turn.kind, turn.named, turn.role, basis="signature" if is_below else "turn"
    )


def turn_id(document: Document, turn: Turn) -> str:
    """The id of a turn's claim."""
    return claim_id(document.text_sha256, (turn.label,) if turn.label else (), (), turn.body)


def turn_fields(document: Document, turn: Turn, voice: Speaker) -> dict[str, Any]:
    """What the claim of a turn tells of the turn and its voice: it has no cue, its label is the source."""
    content = Span.of(document.text, turn.body)
    return {
        "id": turn_id(document, turn),
        "start": turn.start,
        "end": turn.end,
        "sentence": " ".join(" ".join(content.pieces).split()),
        "speaker": voice.text,
        "speakers": voice.each,
        "speaker_id": None,
        "speaker_basis": voice.basis,
        "speaker_confidence": round(voice.confidence, 3),
        "speaker_kind": voice.kind,
        "named": voice.named,
        "speaker_role": voice.role,
        "source": Span.of(document.text, (turn.label,)) if turn.label else None,
        "cue": None,
        "cue_lemma": None,
        "content": content,
        "anonymity": None,
        "addressee": None,
        "medium": None,
        "when": None,
        "quote": "direct",
        "type": "question" if content.text.rstrip(CLOSING).endswith("?") else "statement",
        "negated": False,
        "via": (),
        "citing": (),
        "rule": RULE,
    }
