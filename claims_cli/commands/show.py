"""`claims show`: one claim in its paragraph, with its chain of voices and why it was found."""

import sys
from typing import Annotated

import typer

from claims_cli.claim import Claim
from claims_cli.commands.extract import ending, standard_output, write
from claims_cli.commands.messages import Messages
from claims_cli.commands.options import FilterOptions, OutputOptions, RuleOptions, sharing
from claims_cli.commands.sources import Db, Opened, Sources, opened
from claims_cli.config import Config
from claims_cli.errors import EXIT_INPUT, EXIT_OK
from claims_cli.outputs import claim_page
from claims_cli.serving.queries import page_of
from claims_cli.store.marks import whole_id


@sharing("written", OutputOptions)
@sharing("ruled", RuleOptions)
def show(
    claim: Annotated[str, typer.Argument(metavar="ID", help="The claim's id, or how it begins.")],
    sources: Sources = None,
    *,
    written: OutputOptions,
    ruled: RuleOptions,
    db: Db = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Another spaCy pipeline, for texts.")] = None,
) -> None:
    """Show one claim in its paragraph, with its chain and why.

    \b
    Examples:
      claims show 5cbd7bed claims.db
      claims show 5cbd7bed claims.db --format json
    """
    messages = Messages()
    with ending(messages):
        output = written.settle(kept=True, marks=True)
        config = ruled.settle()
        with opened(sources, db, FilterOptions(), config, messages, model) as found:
            known = list(found.reader.claims_called(whole_id(found.reader.connection, claim)))
            if written.is_given and output.format != "table":
                write(output, [one for one, _ in known])
            else:
                print_page(known, found, config)
    raise typer.Exit(EXIT_INPUT if found.failed else EXIT_OK)


def print_page(known: list[tuple[Claim, str]], found: Opened, config: Config) -> None:
    """Print the page of a claim, which other documents of the same text may have too."""
    with standard_output():
        claim_page.write(page_of(known, found.reader, config), sys.stdout)
