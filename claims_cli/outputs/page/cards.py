"""A claim as the script of the page takes it: what the list and the card show of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from claims_cli.claim import Claim, Span
from claims_cli.outputs.doubt import how_known
from claims_cli.outputs.links import clock, link
from claims_cli.outputs.page.charts import Names
from claims_cli.outputs.page.safe import on_one_line, web_link

SPANS = ("source", "cue", "content", "anonymity", "addressee", "medium", "when")
PLAIN = ("speaker_kind", "quote", "type", "rule", "confidence", "line", "page", "row")
TEXTS = ("speaker", "speaker_role", "outlet", "date")


def card(
    claim: Claim, names: Names, place: str, numbers: Mapping[tuple[str, str], int], alike: Sequence[int] = ()
) -> dict[str, Any]:
    """The fields that have something to say.

    Args:
        names: what speakers are called across documents.
        place: the document as the page calls it.
        numbers: the number on the page of each claim, by its document and id.
        alike: the numbers on the page of the claims that are the same statement.
    """
    found: dict[str, Any] = {name: getattr(claim, name) for name in PLAIN}
    found["time"] = None if claim.time is None else clock(claim.time)
    found |= {name: on_one_line(getattr(claim, name)) for name in TEXTS}
    found |= {name: words(getattr(claim, name)) for name in SPANS}
    found["known_as"] = [name for name in known_as(claim, names) if name not in found["speaker"]]
    found["via"] = [
        {"speaker": on_one_line(one.speaker), "cue": on_one_line(one.cue), "n": numbers.get((claim.doc, one.claim))}
        for one in claim.via
    ]
    found |= {"same": list(alike), "same_elsewhere": max(0, len(claim.same_as) - len(alike)) or None}
    found["citing"] = [on_one_line(basis.speaker) for basis in claim.citing]
    found |= {
        "doc": place,
        "url": web_link(link(claim)),
        "unnamed": not claim.named,
        "inferred": claim.speaker_basis if claim.is_inferred else None,
        "known": on_one_line(how_known(claim)),
        "negated": claim.negated,
        "headline": claim.headline,
    }
    return {name: value for name, value in found.items() if value not in (None, "", []) and value is not False}


def known_as(claim: Claim, names: Names) -> list[str]:
    """What the speakers of a claim are called across documents."""
    return list(dict.fromkeys(names.of(one, claim.doc) for one in claim.speakers or (claim.speaker,) if one))


def words(span: Span | None) -> str:
    """The words of a span on one line."""
    return on_one_line(span.text) if span else ""
