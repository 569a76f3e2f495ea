"""Data flows one way: a module imports only from rooms above its own. And rules are data: no word lists in Python."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = [
    "errors", "programs", "models", "claim", "codec", "names", "rulebook", "config", "filters", "formats", "inputs",
    "articles", "pipeline", "extraction", "corpus", "rule_tests", "explanation", "annotation", "outputs", "api",
    "store", "manifest", "evaluation", "browse", "commands", "__main__",
]  # fmt: skip
ORDERED: dict[str, list[str]] = {}
MODULES = sorted((ROOT / "claims_cli").rglob("*.py"))


def imported(path: Path) -> list[list[str]]:
    """The modules of ours that a module imports, each as its parts below the package."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("claims_cli."):
            base = node.module.split(".")[1:]
            found += [[*base, alias.name] for alias in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_rooms_above_its_own(path):
    parts = list(path.relative_to(ROOT / "claims_cli").with_suffix("").parts)
    if parts == ["__init__"]:
        return
    for other in imported(path):
        assert ROOMS.index(other[0]) <= ROOMS.index(parts[0]), f"{parts} imports {other}"
        order = ORDERED.get(parts[0], [])
        if parts[0] == other[0] and other[1] in order and parts[1] != "__init__":
            assert order.index(other[1]) < order.index(parts[1]), f"{parts} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_list_of_english_words_stands_in_python(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            words = [item.value for item in node.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
            plain = [word for word in words if word.isalpha() and word.islower()]
            own = {"statement", "description"}  # the claim types and the keys of a rule are names of ours
            assert len(plain) < 8 or own & set(plain), f"{path.name}:{node.lineno} {plain}"
