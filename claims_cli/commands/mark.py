"""`claims mark`: what a person made of a claim, kept beside it."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from claims_cli.commands.extract import ending
from claims_cli.commands.messages import Messages
from claims_cli.commands.sources import Db, store_named
from claims_cli.errors import UsageError
from claims_cli.manifest import now
from claims_cli.names import meaning
from claims_cli.outputs.escapes import clean
from claims_cli.store import marks_file, opening
from claims_cli.store.marks import VERDICTS, Mark, give, take_away, whole_id
from claims_cli.store.reading import Reader
from claims_cli.store.writing import transaction, whole_letters

REMEDY = f"say {' or '.join(VERDICTS)}, speaker NAME, or --note WORDS: claims mark 5cbd7bed wrong 'it was his deputy'"
FROM_REMEDY = "claims mark --from claims-marks.jsonl claims.db"
SPEAKER = "speaker"


def mark(
    claim: Annotated[
        str | None, typer.Argument(metavar="ID", help="The claim's id, or how it begins; with --from the store.")
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="right|wrong|speaker NAME|NOTE...",
            help="A verdict, with a note if you like, or who said it; last the store, as in claims list.",
        ),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="WORDS", help="A note, with or without a verdict.")
    ] = None,
    db: Db = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who judges; by default your login name.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take your mark away again.")] = False,
    file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Take over the marks that were saved from a page.")
    ] = None,
) -> None:
    """Judge a claim: right, wrong, who said it, or a note.

    \b
    Examples:
      claims mark 5cbd7bed right claims.db
      claims mark 5cbd7bed wrong "it was his deputy" claims.db
      claims mark 5cbd7bed speaker "David Lang" claims.db
      claims mark 5cbd7bed --note "ask the ministry" --by Ann --db claims.db
      claims mark --from claims-marks.jsonl claims.db

    A mark stays through later runs as long as the claim's words stand in the text. A new verdict or note of yours takes
    the place of the last one; those of others stay. A speaker whom you name stands in place of the one that was found,
    in every list and export, until you --remove it. Of a page, Save marks writes the file that --from takes over: all
    its marks, or none where a line is damaged or the store lacks a claim.
    """
    with ending(Messages()):
        name = (by or getpass.getuser()).strip()
        if file is not None:
            take_over(file, whole_letters(name) or "", claim, words, db, remove or note is not None)
            return
        if claim is None:
            raise UsageError("no claim is named", REMEDY)
        words, db = apart(words or [], db)
        given = read_mark(words, note, name, remove, claim)
        path = store_named(db)
        opening.refuse_missing(path)
        with opening.writable(path, alone=False) as connection:
            number = whole_id(connection, claim)
            with transaction(connection):
                if given is None:
                    told = "mark taken away" if take_away(connection, number, name) else f"{name} has not marked it"
                else:
                    give(connection, number, given)
                    told = given.in_words
            shown, _ = next(Reader(connection).claims_called(number))
        typer.echo(f"{number} {clean(shown.speaker) or '(nobody named)'}: {clean(shown.content.text)}", err=True)
        typer.echo(f"{clean(told)} ({clean(name)})", err=True)


def take_over(file: Path, by: str, store: str | None, words: list[str] | None, db: Path | None, more: bool) -> None:
    """Give the claims of a store the marks of a file.

    Args:
        more: whether a mark was given beside them.

    Raises:
        InputError, OutputError, UsageError: nothing was applied.
    """
    if words or more or (store and db):
        raise UsageError("--from takes a file and a store, and nothing else", FROM_REMEDY)
    path = store_named(Path(store) if store else db)
    found = marks_file.read(file, by)
    opening.refuse_missing(path)
    with opening.writable(path, alone=False) as connection:
        marks_file.apply(connection, file, found)
    count = f"{len(found):,} mark{'' if len(found) == 1 else 's'}"
    typer.echo(f"{count} of {clean(str(file))} taken over into {clean(str(path))} ({clean(by)})", err=True)


def apart(words: list[str], db: Path | None) -> tuple[list[str], Path | None]:
    """The words of a mark, and the store, which may be the last of them."""
    if db is None and words and opening.is_like_store(words[-1]):
        return words[:-1], Path(words[-1])
    return words, db


def read_mark(words: list[str], note: str | None, by: str, remove: bool, claim: str) -> Mark | None:
    """The mark that some words are; None to take one away.

    Raises:
        UsageError: nothing is said, something and its removal, or what is no verdict.
    """
    if remove and not words and note is None:
        return None
    if remove:
        raise UsageError("--remove takes a mark away, and words make one", REMEDY)
    verdict, rest = (words[0].strip().lower(), words[1:]) if words else ("", [])
    if verdict and verdict not in (*VERDICTS, SPEAKER):
        raise UsageError(f"there is no verdict '{words[0]}'", what_was_meant(words, claim))
    said = " ".join(" ".join(rest).split())
    if verdict == SPEAKER and not said:
        raise UsageError("speaker wants a name", 'claims mark 5cbd7bed speaker "David Lang"')
    noted = " ".join(part for part in ("" if verdict == SPEAKER else said, (note or "").strip()) if part)
    if not (verdict or noted):
        raise UsageError("a mark says something", REMEDY)
    return Mark(
        verdict if verdict in VERDICTS else None,
        whole_letters(noted) or None,
        whole_letters(by) or "",
        now(),
        whole_letters(said) if verdict == SPEAKER else None,
    )


def what_was_meant(words: list[str], claim: str) -> str:
    """What somebody may have meant who gave a claim words that begin with no verdict."""
    known = (*VERDICTS, SPEAKER)
    if claim.lower() in known:
        return f"the claim goes first: claims mark {words[0]} {claim}"
    near = meaning("verdict", words[0], known) if len(words[0].split()) == 1 else ""
    told = f"there are: {', '.join(known[:-1])}, and {SPEAKER} NAME"
    return " ".join(filter(None, [near, f"{told}; a note: claims mark {claim} --note '{' '.join(words)}'"]))
