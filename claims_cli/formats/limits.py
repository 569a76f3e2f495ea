"""How much of one input is read at most, and how a message says so."""

CHUNK = 1 << 20  # bytes that are read at once
LARGEST = 200_000_000  # bytes of an input, unpacked


def megabytes(size: int) -> str:
    """A number of bytes for a message."""
    return f"{size // 1_000_000:,} MB"
