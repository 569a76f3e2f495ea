"""Find who said what, citing whom, in documents: web pages, PDFs, Word files, tables, plain text.

From Python::

    import claims_cli

    for claim in claims_cli.extract("seeds/"):
        print(claim.speaker, claim.content.text)

Importing this is instant: spaCy and the model are loaded by the first call that needs them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claims_cli.api import (
        Claims,
        compare,
        disputes,
        extract,
        extract_text,
        line,
        network,
        quotes,
        read,
        to_dataframe,
    )
    from claims_cli.claim import Basis, Claim, Document, Span, Voice
    from claims_cli.errors import ClaimsError, InputError, InputWarning

__version__ = "0.1.0"

__all__ = [
    "Basis",
    "Claim",
    "Claims",
    "ClaimsError",
    "Document",
    "InputError",
    "InputWarning",
    "Span",
    "Voice",
    "compare",
    "disputes",
    "extract",
    "extract_text",
    "line",
    "network",
    "quotes",
    "read",
    "to_dataframe",
]

HOMES = {
    "claim": ("Basis", "Claim", "Document", "Span", "Voice"),
    "errors": ("ClaimsError", "InputError", "InputWarning"),
    "api": (
        "Claims",
        "compare",
        "disputes",
        "extract",
        "extract_text",
        "line",
        "network",
        "quotes",
        "read",
        "to_dataframe",
    ),
}


def __getattr__(name: str) -> Any:
    """A public name, whose module is imported when it is first asked for."""
    for module, names in HOMES.items():
        if name in names:
            found = getattr(import_module(f"claims_cli.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module 'claims_cli' has no attribute '{name}'")


def __dir__() -> list[str]:
    """The public names, for completion."""
    return sorted({*globals(), *__all__})
