"""Pages of lines and disputes: in the style of the page of claims, safe as that one is, and without a script."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from claims_cli.across.places import in_words, place_of
from claims_cli.across.statements import Statement
from claims_cli.outputs import html
from claims_cli.outputs.links import link

HERE = Path(__file__).parent / "page"
NO_SCRIPT = ""


def write_sheet(name: str, values: Mapping[str, Any], stream: TextIO) -> None:
    """Write the page of a template of this folder."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    sources = (html.HERE / "page.css", HERE / "sheet.css")
    style = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    given = {"style": Markup(style), "policy": html.policy(style, NO_SCRIPT), **values}
    for part in environment.get_template(name).generate(given):
        stream.write(part)


def side(one: Statement) -> dict[str, Any]:
    """A statement as a template is given it."""
    from claims_cli.outputs.page.safe import on_one_line, web_link

    claim = one.claim
    told = [on_one_line(text) for text in (claim.outlet, claim.title, place_of(claim)) if text]
    return {
        "id": f"c{claim.id}",
        "date": one.day or "no date",
        "speaker": on_one_line(one.name or claim.speaker),
        "cue": on_one_line(claim.cue.text if claim.cue else ""),
        "text": on_one_line(in_words(claim)),
        "content": on_one_line(claim.content.text),
        "told": told,
        "link": web_link(link(claim)),
    }
