"""How a Python program hears of inputs that cannot be read, and of what is doubtful in those that can."""

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from claims_cli.claim import Document
from claims_cli.errors import InputError, InputWarning

OnError = Callable[[InputError], Any]


def readable(found: Iterable[Document | InputError], on_error: OnError | None) -> Iterator[Document]:
    """The documents among what was found; the errors are told."""
    for item in found:
        if isinstance(item, InputError):
            tell(item, on_error)
        else:
            yield item


class Warner:
    """Tells what a run has to say as `InputWarning`s, errors as the caller asked for them."""

    def __init__(self, on_error: OnError | None):
        self.on_error = on_error
        self.last: Document | None = None

    def failed(self, error: InputError) -> None:
        """Hand an error to the caller."""
        tell(error, self.on_error)

    def extracted(self, document: Document, claims: int) -> None:
        """Warn of what is doubtful in a document, once where it comes in pieces."""
        for note in document.notes if document is not self.last else ():
            warn(f"{document.path}: {note}")
        self.last = document


def tell(error: InputError, on_error: OnError | None) -> None:
    """Hand an error to the caller, as he asked for it."""
    if on_error is not None:
        on_error(error)
    else:
        warn(str(error))


def warn(text: str) -> None:
    """Warn at the line of the caller's that asked, however many of ours stand between."""
    frame, level = sys._getframe(), 1
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("claims_cli."):
        frame, level = frame.f_back, level + 1
    warnings.warn(text, InputWarning, stacklevel=level)


def refuse(error: InputError) -> None:
    """Raise an error.

    Raises:
        InputError: always.
    """
    raise error
