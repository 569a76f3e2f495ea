"""What the tests share: one loaded pipeline, and short ways to run it."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import HealthCheck, settings
from typer.testing import CliRunner

from claims_cli.claim import Claim
from claims_cli.commands.app import app
from claims_cli.extraction import Extractor
from claims_cli.formats import plain
from tests import command
from tests.command import ROOT
from tests.formats import write_all
from tests.newsroom import scoring

os.environ["CLAIMS_CACHE_DIR"] = tempfile.mkdtemp(prefix="claims-tests-")
# a busy machine is no fault of ours
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
atexit.register(shutil.rmtree, os.environ["CLAIMS_CACHE_DIR"], ignore_errors=True)


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The pipeline with the shipped rules."""
    return Extractor()


@pytest.fixture(scope="session")
def claims_of(extractor):
    """The claims of a text that are shown by default."""

    def run(text: str, least: float = 0.4) -> list[Claim]:
        document = plain.read("story.txt", text.encode())
        return [claim for _, piece in extractor.extract([document]) for claim in piece if claim.confidence >= least]

    return run


@pytest.fixture(scope="session")
def claims():
    """Run the command, in this process."""
    return command.run


@pytest.fixture(scope="session")
def claims_process():
    """Run the command in a process of its own."""

    def run(*arguments: str, stdin: bytes = b"", **options) -> subprocess.CompletedProcess:
        line = [sys.executable, "-m", "claims_cli", *map(str, arguments)]
        options = {"cwd": ROOT, "timeout": 300, **options}
        return subprocess.run(line, input=stdin, capture_output=True, **options)

    return run


@pytest.fixture(scope="session")
def articles(tmp_path_factory) -> list[Path]:
    """One article in every format, as files."""
    return write_all(tmp_path_factory.mktemp("formats"))


@pytest.fixture(scope="session")
def newsroom_store(claims, tmp_path_factory) -> scoring.Store:
    """The invented newsroom in a store."""
    return scoring.store_of(claims, tmp_path_factory.mktemp("newsroom"))


@pytest.fixture(scope="session")
def browser():
    """A browser, one for all tests of a process: its library runs only once in a thread. Skips where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def here(extractor, monkeypatch):
    """Run the command in this process, with the pipeline that is loaded already."""
    monkeypatch.setattr("claims_cli.extraction.Extractor", lambda *_, **__: extractor)
    monkeypatch.delenv("CLAIMS_DB", raising=False)

    def run(*arguments: object, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert result.exit_code == code, result.output
        return result

    return run
