"""What the site takes from the top of the repository: the README as its first page, and the pages beside it."""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[2]
TAKEN = {"README.md": "index.md", **{name: name for name in ("CONTRIBUTING.md", "MODEL_CARD.md", "CHANGELOG.md")}}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie beside the folder of the documentation."""
    for name, place in TAKEN.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, place, content=at_top(text)))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Let links out of the folder lead to the pages that were taken into it."""
    return re.sub(r"\]\(\.\./(\w+\.md)\)", lambda match: f"]({TAKEN.get(match[1], match[1])})", markdown)


def at_top(text: str) -> str:
    """The text of a page from the top of the repository, its links as seen from within the folder."""
    return text.replace("](docs/", "](").replace("(README.md)", "(index.md)")
