"""What was counted and learned (`rules/model/*.tsv`): read and written here, by nobody's hand.

Each file is a table with a tab between its columns and a line for each cue or value, so that a change is seen line by
line. Lines that begin with `#` say where it comes from.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from claims_cli.errors import RulebookError, RuleProblem
from claims_cli.names import suggest
from claims_cli.rulebook.feature_wording import FEATURES, NUMBERS
from claims_cli.rulebook.model import Precision, Rule, Rulebook, Weights
from claims_cli.rulebook.yaml_nodes import read_text

PRECISIONS = "precisions.tsv"
WEIGHTS = "weights.tsv"
READER_WEIGHTS = "weights_reader.tsv"  # where the small reader reads beside the rules
PRECISIONS_HEAD = (
    "# Counted on PolNeAR train by benchmarks/calibrate.py. Do not edit by hand.",
    "# For each rule and cue: how many candidates were right, right to the word, seen. The line without a cue has the",
    "# shares of right ones, and of those right to the word, among the rule's cues that were hardly seen.",
    "rule\tcue\tright\texact\tseen",
)
WEIGHTS_HEAD = (
    "# Weights of evidence in log odds, learned on PolNeAR train by benchmarks/calibrate.py. Do not edit by hand.",
    "# A claim's confidence is 1 / (1 + e^-sum), the sum being bias + lexicon * log odds of the cue's precision",
    "# + the weight of each value below that the candidate has + each number of the small reader's times its weight.",
    "feature\tvalue\tweight",
)
BASE = ("bias", "lexicon")
ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"))


def read_precisions(path: Path, name: str) -> dict[str, Precision]:
    """Counted precisions by rule.

    Raises:
        RulebookError: a line is no line of such a table; it carries every such line.
    """
    table = Table(path, name, len(PRECISIONS_HEAD[-1].split("\t")))
    rates: dict[str, tuple[float, float]] = {}
    cues: dict[str, dict[str, tuple[int, int, int]]] = {}
    for number, (rule, cue, right, exact, seen) in table.rows():
        try:
            if cue:
                cues.setdefault(rule, {})[cue] = int(right), int(exact), int(seen)
            else:
                rates[rule] = float(right), float(exact)
        except ValueError:
            table.problem(number, "right, exact and seen must be numbers")
    table.check()
    return {rule: Precision(*rates.get(rule, (0.0, 0.0)), cues.get(rule, {})) for rule in {**rates, **cues}}


def read_weights(path: Path, name: str) -> Weights:
    """Weights of evidence.

    Raises:
        RulebookError: a line is no line of such a table, or its feature is none; it carries every such line.
    """
    table = Table(path, name, len(WEIGHTS_HEAD[-1].split("\t")))
    base = {"bias": 0.0, "lexicon": 1.0}
    features: dict[str, dict[str, float]] = {}
    numbers: dict[str, float] = {}
    for number, (feature, value, weight) in table.rows():
        try:
            if feature in base:
                base[feature] = float(weight)
            elif feature in NUMBERS:
                numbers[feature] = float(weight)
            elif feature in FEATURES:
                features.setdefault(feature, {})[unescaped(value)] = float(weight)
            else:
                table.problem(number, f"there is no feature '{feature}'", suggest(feature, FEATURES))
        except ValueError:
            table.problem(number, f"the weight of '{feature}' must be a number")
    table.check()
    return Weights(base["bias"], base["lexicon"], features, numbers)


class Table:
    """A file of tab-separated lines, and the problems in it."""

    def __init__(self, path: Path, name: str, columns: int):
        self.name = name
        self.columns = columns
        self.lines = read_text(path, name).split("\n")
        self.problems: list[RuleProblem] = []

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(line number from 1, cells) of every line behind the headings."""
        begun = False
        for number, line in enumerate(self.lines, 1):
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if len(cells) != self.columns:
                self.problem(number, f"has {len(cells)} columns, not {self.columns}")
            elif begun:
                yield number, cells
            begun = True

    def problem(self, number: int, message: str, hint: str = "") -> None:
        """Note that a line is wrong."""
        excerpt = self.lines[number - 1]
        self.problems.append(RuleProblem(self.name, number, 1, message, excerpt, max(1, len(excerpt)), hint))

    def check(self) -> None:
        """Raises:
        RulebookError: a line is wrong.
        """
        if self.problems:
            raise RulebookError(self.problems)


def write_precisions(precisions: dict[str, Precision], path: Path) -> None:
    """Write counted precisions, the cues of a rule by how often they were seen."""
    lines = []
    for rule, precision in sorted(precisions.items()):
        lines.append(f"{rule}\t\t{precision.unseen}\t{precision.unseen_exact}\t")
        cues = sorted(precision.cues.items(), key=lambda cue: (-cue[1][2], cue[0]))
        lines += [f"{rule}\t{cue}\t{right}\t{exact}\t{seen}" for cue, (right, exact, seen) in cues]
    write(path, (*PRECISIONS_HEAD, *lines))


def write_weights(weights: Weights, path: Path) -> None:
    """Write weights of evidence."""
    lines = [f"bias\t\t{weights.bias}", f"lexicon\t\t{weights.lexicon}"]
    lines += [f"{feature}\t\t{weight}" for feature, weight in sorted(weights.numbers.items())]
    for feature, values in sorted(weights.features.items()):
        lines += [f"{feature}\t{escaped(value)}\t{weight}" for value, weight in sorted(values.items())]
    write(path, (*WEIGHTS_HEAD, *lines))


def write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def escaped(value: str) -> str:
    """A value as it stands in a table: in one line, without a tab."""
    for character, written in ESCAPES:
        value = value.replace(character, written)
    return value


def unescaped(value: str) -> str:
    """What `escaped` wrote."""
    if "\\" not in value:
        return value
    parts = value.split("\\\\")
    for character, written in ESCAPES[1:]:
        parts = [part.replace(written, character) for part in parts]
    return "\\".join(parts)


def confidence_in_words(rule: Rule, rulebook: Rulebook) -> str:
    """How often the rule was right where it was counted, otherwise what it states."""
    precision = rulebook.precisions.get(rule.id)
    counted = [counts for key, counts in precision.cues.items() if not key.endswith("*")] if precision else []
    seen = sum(count for _, _, count in counted)
    right = sum(count for count, _, _ in counted)
    return f"{right / seen:.2f} of {seen}" if seen else f"{rule.confidence:.2f} stated"
