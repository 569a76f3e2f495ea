"""Make the pictures of the README anew from the seeds: the table, the page and the reader.

python docs/pictures/make.py        needs the extra `test` and Chromium
"""

import asyncio
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text

from claims_cli.browse.app import Browser
from claims_cli.browse.claim_list import ClaimList
from claims_cli.choice import Choice
from claims_cli.query import settle
from claims_cli.rulebook import load
from claims_cli.store import opening
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
COLUMNS, LINES = 110, 34
CLAIM = "440779be421c235f"  # the one that the page is opened at
FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def claims(*arguments: str) -> None:
    """Run the command."""
    subprocess.run([sys.executable, "-m", "claims_cli", *arguments], cwd=ROOT, check=True)


def write(name: str, picture: str) -> None:
    """Write a picture, in a font that the reader has instead of one from the network."""
    lines = (line.rstrip() for line in FONT.sub("", picture).splitlines())
    (HERE / f"{name}.svg").write_text("\n".join(lines) + "\n", encoding="utf-8")


def table() -> None:
    """What a terminal shows of `claims extract`."""
    shown = bytearray()

    def keep(handle: int) -> bytes:
        data = os.read(handle, 4096)
        shown.extend(data)
        return data

    os.environ.update(COLUMNS=str(COLUMNS), TERM="xterm-256color")
    command = [sys.executable, "-m", "claims_cli", "extract", "seeds/", "--speaker", "Nasrallah", "-q"]
    os.chdir(ROOT)
    pty.spawn(command, keep)
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    console.print(Text.from_ansi(shown.decode("utf-8", "replace").replace("\r", "")))
    write("table", console.export_svg(title="claims extract seeds/ --speaker Nasrallah"))


def page(folder: Path) -> None:
    """The page in a browser."""
    path = folder / "report.html"
    claims("extract", "seeds/", "-q", "-o", str(path))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 1280, "height": 860})
        view.goto(f"{path.as_uri()}#{CLAIM}")
        view.wait_for_timeout(1000)
        view.screenshot(path=HERE / "page.png")
        browser.close()


async def reader(path: Path) -> None:
    """The full-screen reader on a store."""
    with opening.readable(path) as connection:
        shelf = ClaimList(Reader(connection), Choice(settle(load().settings)), Further())
        app = Browser(shelf, None, "")
        async with app.run_test(size=(COLUMNS, LINES)) as pilot:
            await pilot.press("j", "j", "j")
            await pilot.pause()
            write("reader", app.export_screenshot(title="claims browse claims.db"))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "claims.db"
        claims("extract", "seeds/", "-q", "--db", str(store))
        asyncio.run(reader(store))
        page(Path(folder))
    table()


if __name__ == "__main__":
    main()
