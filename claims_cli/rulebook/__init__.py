"""The rulebook: YAML → validated rules and lexicons."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from claims_cli.errors import RulebookError, RuleProblem, UsageError
from claims_cli.garbage import uncollected
from claims_cli.names import suggest
from claims_cli.rulebook.attribution_words import AttributionClass, AttributionLexicon
from claims_cli.rulebook.calibration import UNCALIBRATED, in_force
from claims_cli.rulebook.classes import CLASSES, by_type, groups_of, read_classes, with_words
from claims_cli.rulebook.files import (
    FURNITURE,
    LEXICONS,
    MODEL,
    SETTINGS,
    existing,
    fingerprint,
    lexicon_files,
    node_files,
    reader_folder,
    rule_files,
)
from claims_cli.rulebook.furniture import FurnitureRule
from claims_cli.rulebook.learned import PRECISIONS, READER_WEIGHTS, WEIGHTS, read_precisions, read_weights
from claims_cli.rulebook.lexicons import (
    PRIORS,
    read_lexicon,
    read_priors,
    read_settings,
)
from claims_cli.rulebook.model import Precision, Rule, Rulebook, Settings, Weights
from claims_cli.rulebook.origins import SHIPPED, RuleSources, shipped_folder
from claims_cli.rulebook.speaker_model import READER_SPEAKERS, SPEAKERS, SpeakerModel, read_speaker_model
from claims_cli.rulebook.vocabulary import Vocabulary

__all__ = [
    "FURNITURE",
    "SHIPPED",
    "RuleSources",
    "Rulebook",
    "fingerprint",
    "load",
    "load_lexicon",
    "load_settings",
    "shipped_folder",
]

AnyRule = Rule | FurnitureRule


@lru_cache(maxsize=8)
def load(sources: RuleSources = SHIPPED) -> Rulebook:
    """Read and check all rules and lexicons.

    Raises:
        RulebookError: something in them is wrong; it carries every problem of every file.
        UsageError: a path that was given does not exist, or a rule that is disabled.
    """
    with uncollected():
        return Loader(sources).load()


@lru_cache(maxsize=8)
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


@lru_cache(maxsize=8)
def load_lexicon(name: str, sources: RuleSources = SHIPPED) -> dict[str, frozenset[str]]:
    """The word groups of one lexicon of a rulebook, by `lexicon.group`, without reading the rest.

    Raises:
        RulebookError: something in it is wrong.
        UsageError: a path that was given does not exist.
    """
    loader = Loader(sources)
    loader.read_lexicons(sources.folder, "rules", wanted=name)
    for path in map(existing, sources.added):
        loader.read_lexicons(path, str(path), wanted=name)
    if loader.problems:
        raise RulebookError(loader.problems)
    for group, words in sources.words:
        if group in loader.words:
            loader.words[group] |= frozenset(words)
    return loader.words


class Loader:
    """Reads the files of a rulebook one after the other; the problems of all of them gather."""

    def __init__(self, sources: RuleSources):
        self.sources = sources
        self.problems: list[RuleProblem] = []
        self.vocabulary = Vocabulary()
        self.words = self.vocabulary.words
        self.precisions: dict[str, Precision] = {}
        self.weights = self.reader_weights = Weights()
        self.settings = Settings(**dict.fromkeys(Settings.__dataclass_fields__, 0.0))
        self.speakers = SpeakerModel()
        self.classes: dict[str, AttributionClass] = {}
        self.rules: dict[str, Rule] = {}
        self.furniture: dict[str, FurnitureRule] = {}
        self.calibration = UNCALIBRATED

    def load(self) -> Rulebook:
        """The whole rulebook."""
        base = self.sources.folder
        added = [existing(path) for path in self.sources.added]
        self.read_lexicons(base, "rules")
        self.guarded(self.read_settings, base / SETTINGS)
        self.guarded(self.read_learned, base / MODEL)
        self.guarded(self.read_calibration)
        for path in added:
            self.read_lexicons(path, str(path))
        self.add_words()
        self.settle_classes()
        self.read_shared(base, added)
        for path in rule_files(base):
            self.read_file(path, f"rules/{path.relative_to(base).as_posix()}", False)
        for path in added:
            for file in rule_files(path):
                self.read_file(file, str(file), True)
        self.check_references()
        if self.problems:
            raise RulebookError(list(dict.fromkeys(self.problems)))
        self.disable()
        numbers = dict(self.sources.settings)
        return Rulebook(
            tuple(self.rules.values()),
            self.words,
            self.precisions,
            replace(self.settings, **numbers),
            self.weights,
            fingerprint(self.sources),
            tuple(self.furniture.values()),
            tuple(self.vocabulary.nodes.values()),
            AttributionLexicon.of(self.classes.values()),
            self.speakers,
            reader_folder(self.sources),
            self.reader_weights,
            self.calibration,
        )

    def guarded(self, read, *arguments) -> None:
        """Read one file; what makes it unreadable joins the other problems."""
        try:
            read(*arguments)
        except RulebookError as error:
            self.problems += error.problems

    def read_lexicons(self, folder: Path, name: str, wanted: str | None = None) -> None:
        """The lexicons of a rulebook folder, or one; a user's words join the shipped group of the same name."""
        for path in lexicon_files(folder):
            if wanted in (None, path.stem):
                self.guarded(self.read_lexicon, path, f"{name}/{LEXICONS}/{path.name}")

    def read_shared(self, base: Path, added: list[Path]) -> None:
        """What rules refer to by name beside words: the classes of cues, and the named nodes."""
        for folder, own in ((base, False), *((path, True) for path in added)):
            name = str(folder) if own else "rules"
            if (folder / LEXICONS / PRIORS).is_file():
                self.guarded(self.read_priors, folder / LEXICONS / PRIORS, f"{name}/{LEXICONS}/{PRIORS}")
            for path in node_files(folder):
                self.guarded(self.read_nodes, path, f"{name}/{path.name}", own)

    def read_priors(self, path: Path, name: str) -> None:
        source, priors = read_priors(path, name, self.words)
        self.problems += source.problems
        self.vocabulary.priors.update(priors)

    def read_nodes(self, path: Path, name: str, own: bool) -> None:
        """The named nodes of one file; a name stands for one node."""
        from claims_cli.rulebook.reading import read_nodes  # not at every start: a tenth of a second

        source, nodes = read_nodes(path, name, name if own else "shipped", self.vocabulary)
        self.problems += source.problems
        for node in nodes:
            known = self.vocabulary.nodes.setdefault(node.name, node)
            if known is not node:
                hint = f"the other stands in {known.place.path}; take another name"
                self.problems.append(
                    replace(node.place, message=f"two named nodes have the name '{node.name}'", hint=hint)
                )

    def read_lexicon(self, path: Path, name: str) -> None:
        if path.name == PRIORS:
            return  # read when all words are known
        if path.name == CLASSES:
            source, classes = read_classes(path, name, self.classes)
            self.classes.update((known.name, known) for known in classes)
            groups = groups_of(classes)
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
                remedy = suggest(group, self.words) or "claims rules lexicon shows all; a new one goes in lexicons/"
                raise UsageError(f"there is no lexicon group '{group}'", remedy)
            self.words[group] |= frozenset(words)

    def settle_classes(self) -> None:
        """Give the classes of attribution words those that users add, and rules the words of each type."""
        self.classes = {name: with_words(known, self.words) for name, known in self.classes.items()}
        self.words.update(by_type(self.classes.values()))

    def read_settings(self, path: Path) -> None:
        source, self.settings = read_settings(path, f"rules/{SETTINGS}")
        self.problems += source.problems

    def read_learned(self, folder: Path) -> None:
        """What was counted and learned for the rules of the folder, where it has that."""
        if (folder / PRECISIONS).is_file():
            self.precisions = read_precisions(folder / PRECISIONS, f"rules/{MODEL}/{PRECISIONS}")
        if (folder / WEIGHTS).is_file():
            self.weights = read_weights(folder / WEIGHTS, f"rules/{MODEL}/{WEIGHTS}")
        if (folder / READER_WEIGHTS).is_file():
            self.reader_weights = read_weights(folder / READER_WEIGHTS, f"rules/{MODEL}/{READER_WEIGHTS}")
        reads = reader_folder(self.sources) is not None and (folder / READER_SPEAKERS).is_file()
        speakers = READER_SPEAKERS if reads else SPEAKERS
        if (folder / speakers).is_file():
            source, self.speakers = read_speaker_model(folder / speakers, f"rules/{MODEL}/{speakers}")
            self.problems += source.problems

    def read_calibration(self) -> None:
        """What the user's marks say of the confidence, where they say it of this rulebook."""
        self.calibration = in_force(self.sources)

    def read_file(self, path: Path, name: str, own: bool) -> None:
        """One file of rules: of furniture where its folder is called so, otherwise of claims."""
        self.guarded(self.read_furniture if path.parent.name == FURNITURE else self.read_rules, path, name, own)

    def read_rules(self, path: Path, name: str, own: bool) -> None:
        """The rules of one file; a user's rule takes the place of a shipped one only where it says so."""
        from claims_cli.rulebook.reading import read_rules  # not at every start: a tenth of a second

        source, rules = read_rules(path, name, name if own else "shipped", self.vocabulary)
        self.problems += source.problems
        for rule in rules:
            if self.may_join(rule, own, self.rules, self.furniture):
                if own:
                    self.precisions.pop(rule.id, None)  # what was counted for the shipped rule says nothing of this one
                self.rules[rule.id] = rule

    def read_furniture(self, path: Path, name: str, own: bool) -> None:
        """The rules of furniture of one file."""
        from claims_cli.rulebook.furniture_reading import read_furniture  # not at every start: a tenth of a second

        source, rules = read_furniture(path, name, name if own else "shipped", self.vocabulary)
        self.problems += source.problems
        for rule in rules:
            if self.may_join(rule, own, self.furniture, self.rules):
                self.furniture[rule.id] = rule

    def may_join(self, rule: AnyRule, own: bool, known: Mapping[str, AnyRule], others: Mapping[str, AnyRule]) -> bool:
        """Whether the id of a rule is free, or the rule takes the place of a shipped one; otherwise a problem is noted.

        `known` are the rules of its kind, `others` those of the other kind.
        """
        before = known.get(rule.id)
        taken = before or others.get(rule.id)
        if taken is not None and not (rule.override and own and before is not None and before.origin == "shipped"):
            hint = "to take the place of the shipped one, say: override: true" if own else ""
            if taken.origin != "shipped":
                hint = f"the other stands in {taken.origin}"
            elif before is None:
                hint = "the other is a rule of another kind"
            self.problems.append(replace(rule.place, message=f"two rules have the id '{rule.id}'", hint=hint))
            return False
        if before is None and rule.override:
            message = f"rule '{rule.id}' overrides a rule that does not exist"
            self.problems.append(replace(rule.place, message=message, hint=suggest(rule.id, known)))
            return False
        return True

    def check_references(self) -> None:
        """A problem for each rule that replaces one that does not exist."""
        for rule in self.rules.values():
            for other in rule.replaces:
                if other not in self.rules:
                    message = f"rule '{rule.id}' replaces '{other}', which does not exist"
                    self.problems.append(replace(rule.place, message=message, hint=suggest(other, self.rules)))

    def disable(self) -> None:
        """Take out the rules that are disabled.

        Raises:
            UsageError: there is no such rule.
        """
        known = {**self.rules, **self.furniture}
        for rule_id in self.sources.disabled:
            if rule_id not in known:
                remedy = suggest(rule_id, known) or "claims rules list shows all"
                raise UsageError(f"there is no rule '{rule_id}' to disable", remedy)
        for rule_id in self.sources.disabled:
            self.rules.pop(rule_id, None)
            self.furniture.pop(rule_id, None)
