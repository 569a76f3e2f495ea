"""Where the rules of a run come from: the shipped rulebook, and what a user adds to it or takes from it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path


def shipped_folder() -> Path:
    """Where the shipped rules are: beside the package in a checkout, inside it in a wheel."""
    inside = Path(__file__).parent.parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "rules"


@dataclass(frozen=True)
class RuleSources:
    """What `load` reads.

    Attributes:
        base: a rulebook folder in place of the shipped one.
        added: files and folders of a user's own rules, in order.
        disabled: ids of rules that are left out.
        words: (lexicon group, words that join it).
        settings: thresholds in place of those of `settings.yaml`, by name.
        fast: whether the rules read alone, without the small reader.
        calibration: the file of what somebody's marks say of the confidence, where there is one.
    """

    base: str | None = None
    added: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    settings: tuple[tuple[str, float], ...] = ()
    fast: bool = False
    calibration: str | None = None

    @property
    def folder(self) -> Path:
        """The rulebook folder that is added to."""
        return Path(self.base) if self.base else shipped_folder()

    @property
    def can_be_read_again(self) -> bool:
        """Whether all of it is files and folders; a pipe (`--rules <(…)`) gives its rules once."""
        return all(Path(path).is_file() or Path(path).is_dir() for path in self.added)

    def adding(self, paths: Iterable[str]) -> "RuleSources":
        """The same with further files and folders, each once."""
        added = list(self.added)
        known = {Path(path).resolve() for path in added}
        for path in paths:
            if Path(path).resolve() not in known:
                added.append(path)
                known.add(Path(path).resolve())
        return replace(self, added=tuple(added))

    def elsewhere(self) -> "RuleSources":
        """The same with whole paths, for a process that runs in another folder."""
        calibration = str(Path(self.calibration).absolute()) if self.calibration else None
        return replace(self, added=tuple(str(Path(path).absolute()) for path in self.added), calibration=calibration)


SHIPPED = RuleSources()
