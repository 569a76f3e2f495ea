"""A plugin of Datasette: a claim of a store drawn in its article, at `/-/claim/DATABASE/ID`, and links to it.

Datasette finds it where both are installed; nothing else of this program imports it. It only reads.
"""

import asyncio
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from datasette import NotFound, Response, hookimpl
from datasette.utils import tilde_decode, tilde_encode
from markupsafe import Markup

from claims_cli.config import settle
from claims_cli.errors import ClaimsError
from claims_cli.outputs.page.safe import marked_up, on_one_line, web_link
from claims_cli.serving.queries import Store
from claims_cli.store import opening
from claims_cli.store.schema import VERSION

ROUTE = r"^/-/claim/(?P<database>[^/]+)/(?P<claim>[0-9a-f]{16})$"
WITH_IDS = ("claims", "judged")  # tables whose `id` is that of a claim
READ = ("claims", "documents", "speakers", "marks")  # what the page shows something of
ELSEWHERE = "Also in"  # label of the lines that tell where the same statement stands
TEMPLATE = Path(__file__).parent / "datasette_claim.html"


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The address of a claim."""
    return [(ROUTE, claim_page)]


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """The id of a claim, in the tables of a store, as a link to its page."""
    if table not in WITH_IDS or column != "id" or store_of(datasette, database) is None:
        return None
    return Markup('<a href="{}">{}</a>').format(str(address(datasette, database, str(value))), value)


def address(datasette: Any, database: str, claim: str) -> str:
    """Where the page of a claim is."""
    return datasette.urls.path(f"/-/claim/{tilde_encode(database)}/{tilde_encode(claim)}")


def store_of(datasette: Any, database: str) -> Path | None:
    """The file of a database that is a store of claims; None where it is none."""
    held = datasette.databases.get(database)
    path = Path(held.path) if held is not None and held.path else None
    return path if path is not None and opening.is_store(path) else None


async def claim_page(request: Any, datasette: Any) -> Response:
    """The page of a claim, for those who may see the tables that it is made of.

    Raises:
        Forbidden: they may not.
        NotFound: there is no such store or claim, or the store is of another version.
    """
    database, claim = tilde_decode(request.url_vars["database"]), request.url_vars["claim"]
    path = store_of(datasette, database)
    if path is None:
        raise NotFound("There is no store of claims of this name")
    for table in READ:
        may = [("view-table", (database, table)), ("view-database", database), "view-instance"]
        await datasette.ensure_permissions(request.actor, may)
    version = (await datasette.get_database(database).execute("PRAGMA user_version")).single_value()
    if version != VERSION:  # reading it would bring it up to date, and change the file
        raise NotFound("Another version made this store: `claims list FILE` brings it up to date")
    found = await asyncio.to_thread(told, path, claim)
    template = datasette.jinja_env.from_string(TEMPLATE.read_text(encoding="utf-8"))
    context = {**found, "database": database, "address": partial(address, datasette, database)}
    return Response.html(await datasette.render_template(template, context, request=request))


def told(path: Path, id: str) -> dict[str, Any]:
    """What the template shows of a claim; no character of a document is markup, a control or turns the direction.

    Raises:
        NotFound: there is no such claim.
    """
    try:
        found = Store(path, settle((), use_file=False)).claim(id)
    except ClaimsError as error:
        raise NotFound(str(error)) from None
    claim = found["claim"]
    facts = groupby(found["told"], key=itemgetter("label"))
    return {
        "id": id,
        "heading": on_one_line(claim["title"] or claim["doc"]),
        "speaker": on_one_line(claim["speaker"]) or "nobody named",
        "parts": [(part["role"], marked_up(part["text"])) for part in found["paragraph"]],
        "facts": [(label, [parted(on_one_line(one["text"]), label) for one in own]) for label, own in facts],
        "link": web_link(claim["url"]),
    }


def parted(line: str, label: str) -> tuple[str, str]:
    """A line, and apart from it the id of the other claim that it ends with; no id where it tells of none."""
    words, bracket, id = line.removesuffix(")").rpartition(" (")
    return (words, id) if label == ELSEWHERE and bracket else (line, "")
