"""`claims doctor`: what is installed, where things are, and what of it is missing."""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

import typer

from claims_cli import __version__
from claims_cli.commands.inputs import cores
from claims_cli.commands.messages import calibration_in_words
from claims_cli.commands.options import RuleOptions, sharing
from claims_cli.errors import ClaimsError

Rows = Iterator[tuple[str, str]]
GIGABYTE = 1 << 30
NONE = "(none)"


@sharing("ruled", RuleOptions)
def doctor(context: typer.Context, *, ruled: RuleOptions) -> None:
    """Show versions, places, formats and what is missing.

    \b
    Examples:
      claims doctor     for a report, or when something is odd

    What is missing or broken is a line too: it ends with 0 whatever it finds.
    """
    for find in (versions, lambda: rulebook(ruled), places, reads_and_writes, machine):
        try:
            found = list(find())
        except (ClaimsError, OSError) as error:
            found = [("broken", str(error))]
        for name, value in found:
            typer.echo(f"{name:<16} {value}")


def versions() -> Rows:
    """The versions of the tool and of what it runs on."""
    from claims_cli.models import default_model, install_command, model_version

    model = default_model()
    found = model_version(model)
    yield "claims", __version__
    yield "python", platform.python_version()
    yield "spacy", version_of("spacy")
    yield "model", f"{model} {found}" + (f" (try: {install_command(model)})" if find_spec(model) is None else "")


def rulebook(ruled: RuleOptions) -> Rows:
    """The rulebook, the configuration that changes it, and the weights of the small reader."""
    from claims_cli.rulebook import fingerprint
    from claims_cli.rulebook.files import missing_libraries, reader_files

    config = ruled.settle()
    weights = reader_files(config.sources)
    lacking = missing_libraries()
    yield "claims.yaml", f"{config.path} ({config.summary()})" if config.path else NONE
    yield "rulebook", fingerprint(config.sources)
    yield "calibration", calibration_in_words(config) if config.sources.calibration else NONE
    size = sum(path.stat().st_size for path in weights)
    missing = f"{NONE}: {'not installed: ' + ', '.join(lacking) if lacking else 'the rules read alone'}"
    yield "reader", f"{weights[0].parent} ({size / 1e6:.0f} MB)" if weights else missing


def places() -> Rows:
    """Where what is kept lies."""
    from claims_cli.extraction.cache import files, folder, trouble_with

    trouble = trouble_with(folder())
    size = sum(path.stat().st_size for path in files(folder()))
    yield "cache", f"{folder()} ({size / 1e6:.0f} MB{f'; {trouble}' if trouble else ''})"
    yield "store", os.environ.get("CLAIMS_DB", f"{NONE}: CLAIMS_DB names none")


def reads_and_writes() -> Rows:
    """Which formats are read and written, and which libraries for more are not installed."""
    from claims_cli import outputs
    from claims_cli.formats.table import BY_SUFFIX

    yield "reads", " ".join(sorted(BY_SUFFIX))
    lacking = [name for name, format in outputs.FORMATS.items() if format.needs and not find_spec(format.needs)]
    yield "writes", " ".join(name for name in outputs.FORMATS if name not in lacking)
    extras = lacking + ["browse"] * (find_spec("textual") is None)
    yield "missing", ", ".join(f"{name} (pip install 'source-claims[{name}]')" for name in extras) or NONE


def machine() -> Rows:
    """What it runs on."""
    yield "system", f"{platform.system()} {platform.release()} {platform.machine()}"
    yield "cores", str(cores())
    yield "memory", memory()


def memory() -> str:
    """How much memory the machine has."""
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / GIGABYTE:.1f} GB"
    except (AttributeError, ValueError, OSError):  # not told on Windows
        return "unknown"


def version_of(name: str) -> str:
    """The installed version of a distribution, or that it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
