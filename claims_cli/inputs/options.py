"""What a user may choose of how inputs are read: how files are, and what a table beside them tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from claims_cli.formats.encodings import named
from claims_cli.formats.options import FormatOptions, columns_of, page_words_of
from claims_cli.inputs.fetching import Fetched, Fetcher
from claims_cli.inputs.layouts import Layouts, layouts_of, shipped_layouts
from claims_cli.inputs.sidecar import Sidecar
from claims_cli.rulebook import SHIPPED, RuleSources, load_lexicon

LEXICONS = ("columns", "bundles", "pages")


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

    @classmethod
    def settled(
        cls,
        lexicons: Mapping[str, frozenset[str]],
        *,
        text_column: str | None = None,
        whole_page: bool = False,
        encoding: str | None = None,
        meta: Path | None = None,
        fetch: bool = False,
    ) -> "ReadOptions":
        """How inputs are read by the words of lexicons, and by what a user chose.

        Args:
            lexicons: those of `LEXICONS` at the least, as `lexicons_of` gives them.
            encoding: by any of its names; meta: the table that tells of documents; fetch: whether addresses are read.

        Raises:
            UsageError: the table cannot be read, or there is no such encoding.
        """
        columns = columns_of(lexicons)
        codec = named(encoding) if encoding is not None else None
        return cls(
            FormatOptions(columns, text_column, whole_page, codec, page_words_of(lexicons)),
            Sidecar.load(meta, columns) if meta is not None else None,
            layouts_of(lexicons),
            fetcher=Fetcher() if fetch else None,
        )


def lexicons_of(sources: RuleSources = SHIPPED) -> dict[str, frozenset[str]]:
    """The lexicons by which inputs are read, without the rest of a rulebook.

    Raises:
        RulebookError: something in them is wrong.
    """
    return {group: words for name in LEXICONS for group, words in load_lexicon(name, sources).items()}
