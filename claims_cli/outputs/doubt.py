"""How a speaker is known, and how sure that is, in words."""

from claims_cli.claim import Claim

IN_WORDS = {
    "named": "the source names the speaker",
    "short-name": "a short form of a name that stands in the text in full",
    "description": "a description that takes up who was named or described before",
    "pronoun": "a pronoun that takes up who was named or described",
    "carried": "the source of another clause, which goes on here",
    "quotation": "a quotation without a verb of saying, by where it stands",
    "turn": "the label over the words",
    "signature": "the signature or name beside the words",
    "author": "the writer of the text",
    "words": "only these words stand in the text",
    "none": "nobody is named in the text",
}


def how_known(claim: Claim) -> str:
    """Why the words of a source stand for a speaker, and how likely that is right."""
    told = claim.speaker_reason or IN_WORDS[claim.speaker_basis]
    return f"{told} (speaker confidence {claim.speaker_confidence:.2f})"


def briefly(claim: Claim) -> str:
    """The same in a few words for a table: the basis, the source's own words where others stand for them, how sure."""
    if not claim.is_inferred:
        return f"{claim.speaker_basis} {claim.speaker_confidence:.2f}"
    words = " ".join(claim.source.text.split()) if claim.source else ""
    told = f" ← {words}" if words and not words.startswith(claim.speaker or words) else ""
    return f"{claim.speaker_basis} {claim.speaker_confidence:.2f}{told}"
