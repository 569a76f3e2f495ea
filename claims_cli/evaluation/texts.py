"""The texts of a folder of annotations, found by the names that annotations give them."""

from collections import defaultdict
from pathlib import PurePosixPath

from claims_cli.formats.table import BY_SUFFIX
from claims_cli.inputs.sources import Input

KINDS = tuple(suffix for suffix, format in BY_SUFFIX.items() if not format.is_many)


class Texts:
    """The text files of a folder.

    Attributes:
        inputs: the files by their paths in the folder, `/` between the parts, in order.
    """

    def __init__(self, inputs: dict[str, Input]):
        self.inputs = inputs
        self.bare: dict[str, str] = {}
        self.named: dict[str, list[str]] = defaultdict(list)
        for path in sorted(inputs, key=lambda path: (KINDS.index(PurePosixPath(path).suffix.lower()), path)):
            without = str(PurePosixPath(path).with_suffix(""))
            self.bare.setdefault(without, path)
            for name in (PurePosixPath(path).name, PurePosixPath(without).name):
                self.named[name].append(path)

    def without_suffix(self, path: str) -> str | None:
        """The text that has this path but for its suffix; a `.txt` before others."""
        return self.bare.get(path)

    def called(self, name: str) -> list[str]:
        """The texts that a name may mean: the one whose path in the folder it is or ends with, or all of that name."""
        parts = [part for part in name.split("/") if part not in ("", ".")]
        for first in range(len(parts)):
            path = "/".join(parts[first:])
            if path in self.inputs:
                return [path]
        return self.named.get(parts[-1], []) if parts else []
