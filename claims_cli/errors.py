"""Every error a user can meet, each with its exit code and its remedy."""

from dataclasses import dataclass

EXIT_OK = 0
EXIT_INPUT = 1
EXIT_USAGE = 2
EXIT_RULES = 3
EXIT_FAULT = 70
EXIT_INTERRUPTED = 130

EXIT_CODES = {
    EXIT_OK: "done, also when nothing was found",
    EXIT_INPUT: "some input failed and the rest is done",
    EXIT_USAGE: "wrong usage, or an output that cannot be written",
    EXIT_RULES: "a rule is broken",
    EXIT_FAULT: "a fault of this program",
    EXIT_INTERRUPTED: "interrupted",
}
MOST_SHOWN = 100
STAGES = ("find", "read", "decode", "extract", "compare", "write")


class ClaimsError(Exception):
    """An error that is told in one line, with the next step, and never as a traceback.

    Attributes:
        reason: what is wrong, in plain words.
        remedy: what the user can do about it.
        exit_code: what the process ends with when nothing catches it.
    """

    exit_code = EXIT_USAGE

    def __init__(self, reason: str, remedy: str = ""):
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.reason}; {self.remedy}" if self.remedy else self.reason


class UsageError(ClaimsError):
    """The command line asks for something that cannot be."""


class ModelMissing(ClaimsError):
    """The spaCy pipeline that was asked for is not installed."""


class InputError(ClaimsError):
    """One input cannot be read; the run goes on without it.

    Attributes:
        path: the input as the user gave it.
        stage: how far it came, one of `STAGES`.
    """

    exit_code = EXIT_INPUT

    def __init__(self, path: str, reason: str, remedy: str = "", stage: str = "read"):
        super().__init__(reason, remedy)
        self.path = path
        self.stage = stage

    def __str__(self) -> str:
        return f"{self.path}: {super().__str__()}"

    def to_json(self) -> dict[str, str]:
        return {"path": self.path, "stage": self.stage, "reason": self.reason, "remedy": self.remedy}


class InputWarning(UserWarning):
    """That an input of a Python program cannot be read, or is read in a doubtful way; the rest goes on."""


class AnnotationError(InputError):
    """One annotation that cannot be compared with what is found; the others of its file can.

    Attributes:
        file: the annotation file, as it is shown.
        line: 1-based, in that file.
    """

    def __init__(self, file: str, line: int, reason: str, remedy: str = ""):
        super().__init__(f"{file}:{line}", reason, remedy, "compare")
        self.file = file
        self.line = line


class OutputError(ClaimsError):
    """The output cannot be written; what stood in its place before is as it was."""


@dataclass(frozen=True)
class RuleProblem:
    """One thing wrong in a rule file, at a line and column (both 1-based)."""

    path: str
    line: int
    column: int
    message: str
    excerpt: str = ""
    width: int = 1
    hint: str = ""

    def __str__(self) -> str:
        lines = [f"{self.path}:{self.line}:{self.column}: {self.message}"]
        if self.excerpt:
            gutter = f"  {self.line} | "
            lines.append(gutter + self.excerpt.expandtabs(1))
            lines.append(" " * (len(gutter) - 2) + "| " + " " * (self.column - 1) + "^" * max(1, self.width))
        if self.hint:
            lines.append(f"  {self.hint}")
        return "\n".join(lines)


class RulebookError(ClaimsError):
    """One or more rule files are broken; all their problems together."""

    exit_code = EXIT_RULES

    def __init__(self, problems: list[RuleProblem]):
        shown = [str(problem) for problem in problems[:MOST_SHOWN]]
        if len(problems) > MOST_SHOWN:
            shown.append(f"and {len(problems) - MOST_SHOWN} more")
        super().__init__("\n".join(shown))
        self.problems = problems
