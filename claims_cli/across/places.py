"""What a statement says and where it stands, in words."""

from claims_cli.claim import Claim


def place_of(claim: Claim) -> str:
    """The document, and where in it, as its format tells: the page, the second, the line."""
    parts = [("page", claim.page), ("second", claim.time), ("line", claim.line)]
    told = next((f", {name} {number}" for name, number in parts if number is not None), "")
    return f"{claim.doc}{told}"


def in_words(claim: Claim) -> str:
    """What is said; where it is more than said, the words of the cue before it (`denied: taking bribes`)."""
    cue = claim.cue.text if claim.cue is not None and claim.type != "statement" else ""
    return f"{cue}: {claim.content.text}" if cue else claim.content.text
