"""Notes on a file of many documents, which its documents carry: what is left out is known with the last."""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace

from claims_cli.claim import Document
from claims_cli.errors import InputError

MOST_NUMBERS = 5


def with_last_note(
    items: Iterable[Document | InputError], told: Callable[[], Sequence[str]]
) -> Generator[Document | InputError, None, int]:
    """The items in order, the last document with what is told then; gives back how many there were.

    Raises:
        InputError: as `items` does; what came before is given all the same.
    """
    held: list[Document | InputError] = []
    count = 0
    try:
        for item in items:
            if isinstance(item, Document):
                yield from held
                held = []
            held.append(item)
            count += 1
    except InputError:
        yield from held
        raise
    if held and isinstance(held[0], Document) and (notes := told()):
        held[0] = replace(held[0], notes=(*held[0].notes, *notes))
    yield from held
    return count


def counted(numbers: Sequence[int]) -> str:
    """How many, and the first of them: `7 (1, 2, 3, 4, 5, …)`."""
    more = ", …" if len(numbers) > MOST_NUMBERS else ""
    return f"{len(numbers)} ({', '.join(map(str, numbers[:MOST_NUMBERS]))}{more})"
