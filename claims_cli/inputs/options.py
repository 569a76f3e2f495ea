"""What a user may choose of how inputs are read: how files are, and what a table beside them tells."""

from dataclasses import dataclass, field

from claims_cli.formats.options import FormatOptions
from claims_cli.inputs.fetching import Fetched, Fetcher
from claims_cli.inputs.layouts import Layouts, shipped_layouts
from claims_cli.inputs.sidecar import Sidecar


@dataclass(frozen=True)
class ReadOptions:
    """How inputs are read.

    Attributes:
        format: how their bytes are.
        sidecar: what the user tells of documents; None where nothing is told.
        layouts: how files that hold several articles look.
        as_it_stands: whether what stands in a text file is its text, be it HTML or a bundle: annotations count in it.
        fetcher: fetches pages; None where the user did not ask for it.
        page: from where what is read was fetched; None for files.
    """

    format: FormatOptions = field(default_factory=FormatOptions)
    sidecar: Sidecar | None = None
    layouts: Layouts = field(default_factory=shipped_layouts)
    as_it_stands: bool = False
    fetcher: Fetcher | None = None
    page: Fetched | None = None
