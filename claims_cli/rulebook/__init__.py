"""The rulebook: YAML → validated rules and lexicons."""

import hashlib
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from claims_cli.errors import RulebookError, RuleProblem, UsageError
from claims_cli.rulebook.lexicons import (
    PRECISIONS,
    WEIGHTS,
    read_lexicon,
    read_precisions,
    read_settings,
    read_weights,
)
from claims_cli.rulebook.model import Precision, Rule, Rulebook, Settings, Weights
from claims_cli.rulebook.reading import read_rules
from claims_cli.rulebook.sources import SHIPPED, RuleSources, shipped_folder

__all__ = ["SHIPPED", "RuleSources", "Rulebook", "load", "load_settings", "shipped_folder"]

SETTINGS = "settings.yaml"


@lru_cache(maxsize=8)
def load(sources: RuleSources = SHIPPED) -> Rulebook:
    """Read and check all rules and lexicons.

    Raises:
        RulebookError: something in them is wrong; it carries every problem of every file.
        UsageError: a path that was given does not exist, or a rule that is disabled.
    """
    return Loader(sources).load()


def load_settings(sources: RuleSources = SHIPPED) -> Settings:
    """The numbers of a rulebook, without reading its rules.

    Raises:
        RulebookError: something in them is wrong.
    """
    loader = Loader(sources)
    loader.guarded(loader.read_settings, sources.folder / SETTINGS)
    if loader.problems:
        raise RulebookError(loader.problems)
    return replace(loader.settings, **dict(sources.settings))


class Loader:
    """Reads the files of a rulebook one after the other; the problems of all of them gather."""

    def __init__(self, sources: RuleSources):
        self.sources = sources
        self.problems: list[RuleProblem] = []
        self.words: dict[str, frozenset[str]] = {}
        self.precisions: dict[str, Precision] = {}
        self.weights = Weights()
        self.settings = Settings(0, 0, 0, 0, 0)
        self.rules: dict[str, Rule] = {}
        self.digest = hashlib.sha256()

    def load(self) -> Rulebook:
        """The whole rulebook."""
        base = self.sources.folder
        added = [existing(path) for path in self.sources.added]
        self.read_lexicons(base, "rules", own=False)
        self.guarded(self.read_settings, base / SETTINGS)
        for path in added:
            self.read_lexicons(path, str(path), own=True)
        self.add_words()
        for path in rule_files(base):
            self.guarded(self.read_rules, path, f"rules/{path.name}", False)
        for path in added:
            for file in rule_files(path) if path.is_dir() else [path]:
                self.guarded(self.read_rules, file, str(file), True)
        self.check_references()
        if self.problems:
            raise RulebookError(list(dict.fromkeys(self.problems)))
        self.disable()
        numbers = dict(self.sources.settings)
        changes = (self.sources.disabled, self.sources.words, self.sources.settings)
        self.digest.update(repr(changes).encode() if any(changes) else b"")
        return Rulebook(
            tuple(self.rules.values()),
            self.words,
            self.precisions,
            replace(self.settings, **numbers),
            self.weights,
            self.digest.hexdigest()[:12],
        )

    def guarded(self, read, path: Path, *arguments) -> None:
        """Read one file; what makes it unreadable joins the other problems."""
        try:
            read(path, *arguments)
            self.digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        except RulebookError as error:
            self.problems += error.problems

    def read_lexicons(self, folder: Path, name: str, own: bool) -> None:
        """The lexicons of a rulebook folder; a user's words join the shipped group of the same name."""
        for path in sorted((folder / "lexicons").glob("*.yaml")):
            self.guarded(self.read_lexicon, path, f"{name}/lexicons/{path.name}", own)

    def read_lexicon(self, path: Path, name: str, own: bool) -> None:
        if path.name == PRECISIONS and not own:
            source, self.precisions = read_precisions(path, name)
        elif path.name == WEIGHTS and not own:
            source, self.weights = read_weights(path, name)
        else:
            source, groups = read_lexicon(path, name)
            for group, words in groups.items():
                self.words[group] = self.words.get(group, frozenset()) | words
        self.problems += source.problems

    def add_words(self) -> None:
        """The words that a user's configuration adds to lexicon groups.

        Raises:
            UsageError: there is no such group.
        """
        for group, words in self.sources.words:
            if group not in self.words:
                remedy = nearest(group, self.words) or "claims rules lexicon shows all; a new one goes in lexicons/"
                raise UsageError(f"there is no lexicon group '{group}'", remedy)
            self.words[group] |= frozenset(words)

    def read_settings(self, path: Path) -> None:
        source, self.settings = read_settings(path, f"rules/{SETTINGS}")
        self.problems += source.problems

    def read_rules(self, path: Path, name: str, own: bool) -> None:
        """The rules of one file; a user's rule takes the place of a shipped one only where it says so."""
        source, rules = read_rules(path, name, name if own else "shipped", self.words)
        self.problems += source.problems
        for rule in rules:
            before = self.rules.get(rule.id)
            if before is not None and not (rule.override and own and before.origin == "shipped"):
                hint = "to take the place of the shipped one, say: override: true" if own else ""
                if before.origin != "shipped":
                    hint = f"the other stands in {before.origin}"
                self.problems.append(replace(rule.place, message=f"two rules have the id '{rule.id}'", hint=hint))
                continue
            if before is None and rule.override:
                message = f"rule '{rule.id}' overrides a rule that does not exist"
                self.problems.append(replace(rule.place, message=message, hint=nearest(rule.id, self.rules)))
                continue
            if own:
                self.precisions.pop(rule.id, None)  # what was counted for the shipped rule says nothing of this one
            self.rules[rule.id] = rule

    def check_references(self) -> None:
        """A problem for each rule that replaces one that does not exist."""
        for rule in self.rules.values():
            for other in rule.replaces:
                if other not in self.rules:
                    message = f"rule '{rule.id}' replaces '{other}', which does not exist"
                    self.problems.append(replace(rule.place, message=message, hint=nearest(other, self.rules)))

    def disable(self) -> None:
        """Take out the rules that are disabled.

        Raises:
            UsageError: there is no such rule.
        """
        for rule_id in self.sources.disabled:
            if rule_id not in self.rules:
                remedy = nearest(rule_id, self.rules) or "claims rules list shows all"
                raise UsageError(f"there is no rule '{rule_id}' to disable", remedy)
        for rule_id in self.sources.disabled:
            self.rules.pop(rule_id, None)


def existing(path: str) -> Path:
    """A file or folder of rules that was named.

    Raises:
        UsageError: it does not exist.
    """
    found = Path(path)
    if not found.exists():
        raise UsageError(f"there are no rules at {path}", "check the path")
    return found


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a rulebook folder."""
    return [path for path in sorted(folder.glob("*.yaml")) if path.name != SETTINGS]


def nearest(name: str, names) -> str:
    """`did you mean …?`, or nothing."""
    near = get_close_matches(name, list(names), 1, 0.6)
    return f"did you mean '{near[0]}'?" if near else ""
