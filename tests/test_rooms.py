"""Data flows one way: a module imports only from rooms above its own. And rules are data: no word lists in Python."""

import ast

import pytest
from importlinter.cli import lint_imports

from tests.conftest import ROOT

MODULES = sorted((ROOT / "claims_cli").rglob("*.py"))


def test_a_module_imports_only_from_rooms_above_its_own(capsys):
    """The contracts stand in `pyproject.toml`; `lint-imports` shows the same on its own."""
    settings = str(ROOT / "pyproject.toml")
    assert lint_imports(config_filename=settings, no_cache=True) == 0, capsys.readouterr().out


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_list_of_english_words_stands_in_python(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            words = [item.value for item in node.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
            plain = [word for word in words if word.isalpha() and word.islower()]
            own = {"statement", "description", "content"}  # claim types, keys of a rule and roles are names of ours
            assert len(plain) < 8 or own & set(plain), f"{path.name}:{node.lineno} {plain}"
