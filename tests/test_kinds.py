"""Kinds of sentences in many wordings: who says what in them, and what nobody says.

A file of `tests/kinds/` is a kind, a list of texts, or of pages (what stands in their `article`). Of each is told what
must be listed (`said`: by whom, the content, its type and who tells it (`via`) where they matter; `|` between answers
that are as good, `*` for anybody), what must not (`not_said`), who says nothing (`not_by`), that there is `nothing`, or
all `turns` in order, each with its speaker; a `gap` says why that does not come out yet. They are judged by what a
plain `claims extract` lists.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import zip_longest

import pytest
import yaml

from claims_cli import api
from claims_cli.claim import JOINER, Claim, Document
from claims_cli.formats import html, plain
from claims_cli.formats.options import FormatOptions
from tests.conftest import ROOT

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>News from the island</title></head><body>'
    "<article><h1>News from the island</h1>{}</article></body></html>"
)
FOLDER = ROOT / "tests" / "kinds"
KINDS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
PLACES = [(kind, number) for kind, entries in KINDS.items() for number in range(len(entries))]
LIKE = 0.84  # from where on two contents count as the same, of 1
MARKS = str.maketrans({"’": "'", "‘": "'", **dict.fromkeys('“”"«»')})
ASIDE = " .,;:'"
BEFORE_CONTENTS = re.compile("^(?:that|whether) ")
BEFORE_NAMES = re.compile(r"^(?:the|a|an|captain|governor|mayor|ms\.?|mr\.?) ")


@pytest.mark.parametrize(("kind", "number"), PLACES, ids=[f"{kind}-{number:02}" for kind, number in PLACES])
def test_what_is_said_is_listed_and_nothing_else(kind: str, number: int) -> None:
    entry, claims = KINDS[kind][number], claims_of(kind)[number]
    wrong = list(faults(entry, claims))
    if "gap" in entry:
        assert wrong, f"a gap that is closed, take it out: {entry['gap']}"
        return
    assert not wrong, "\n".join(
        [entry.get("page") or entry["text"], *wrong, *(f"listed: {shown(claim)}" for claim in claims)]
    )


@cache
def claims_of(kind: str) -> dict[int, list[Claim]]:
    """The claims listed of each text of a kind, all read in one run."""
    documents = [document(str(number), entry) for number, entry in enumerate(KINDS[kind])]
    found = defaultdict(list)
    for claim in api.extract(documents, duplicates="keep"):
        found[int(claim.doc)].append(claim)
    return found


def document(name: str, entry: dict) -> Document:
    """The text or the page of an entry, as it is read."""
    if "page" in entry:
        return html.read(name, PAGE.format(entry["page"]).encode(), FormatOptions())
    return plain.read(name, f"{entry['text']}\n".encode())


def faults(entry: dict, claims: list[Claim]) -> Iterator[str]:
    """What is wrong with the claims of a text, in words."""
    if entry.get("nothing") and claims:
        yield "something is listed, and nobody says anything"
    if "turns" in entry:
        yield from other_turns([next(iter(turn.items())) for turn in entry["turns"]], claims)
    for said in entry.get("said", []):
        yield from missed(said, claims)
    for said in entry.get("not_said", []):
        if any(is_by(said["by"], claim) and is_content(said["content"], claim) for claim in claims):
            yield f"{said['by']} is said to say: {said['content']}"
    for name in entry.get("not_by", []):
        if any(folded(speaker(claim)) == folded(name) for claim in claims):
            yield f"{name} is said to say something"


def other_turns(told: list[tuple[str, str]], claims: list[Claim]) -> Iterator[str]:
    """Where the turns listed, in order, are not those that are told, to the letter: (speaker, words)."""
    found = [(speaker(claim), claim.content.text) for claim in claims if claim.rule == "turn"]
    for wanted, listed in zip_longest(told, found, fillvalue=("nobody", "")):
        if [plain_words(part) for part in wanted] != [plain_words(part) for part in listed]:
            yield f"not {': '.join(listed)} but {': '.join(wanted)}"


def plain_words(text: str) -> str:
    """Words without case, and without marks between pieces."""
    return " ".join(text.replace(JOINER, " ").split()).casefold()


def missed(said: dict, claims: list[Claim]) -> Iterator[str]:
    """What is wrong with the claims of which one must be `said`."""
    found = [claim for claim in claims if is_content(said["content"], claim)]
    by = [claim for claim in found if is_by(said["by"], claim)]
    if not found:
        yield f"not listed: {said['by']}: {said['content']}"
    elif not by:
        yield f"not {speaker(found[0])} but {said['by']} says: {said['content']}"
    elif said.get("type") and all(claim.type != said["type"] for claim in by):
        yield f"no {by[0].type} but a {said['type']}: {said['content']}"
    elif said.get("via") and not any(is_told_by(said["via"], claim) for claim in by):
        yield f"not told by {said['via']}: {said['content']}"


def is_content(contents: str, claim: Claim) -> bool:
    """Whether a claim's content is nearly one of those."""
    return any(likeness(content, claim.content.text) >= LIKE for content in contents.split("|"))


def is_by(names: str, claim: Claim) -> bool:
    """Whether a claim's speaker is one of those."""
    return names == "*" or any(bare(name) == bare(speaker(claim)) for name in names.split("|"))


def is_told_by(names: str, claim: Claim) -> bool:
    """Whether the outermost voice around a claim is one of those."""
    return bool(claim.via) and any(bare(name) == bare(claim.via[0].speaker or "") for name in names.split("|"))


def speaker(claim: Claim) -> str:
    """Who says it, or the words that name the source where nobody is named."""
    return claim.speaker or (claim.source.text if claim.source else "")


def likeness(first: str, second: str) -> float:
    """How much of two contents is the same words in the same order, of 1."""
    words = [re.findall(r"\w+", folded(content)) for content in (first, second)]
    return SequenceMatcher(None, *words, autojunk=False).ratio()


def bare(name: str) -> str:
    """A name without case, article and title."""
    return BEFORE_NAMES.sub("", folded(name))


def folded(text: str) -> str:
    """Words without case, quotation marks, a conjunction before them and punctuation around them."""
    seen = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    unmarked = seen.translate(MARKS)
    words = " ".join(unmarked.split()).strip(ASIDE).casefold()
    return BEFORE_CONTENTS.sub("", words).strip(ASIDE)


def shown(claim: Claim) -> str:
    """A claim in a line."""
    return f"{speaker(claim) or 'nobody'}: {claim.content.text} ({claim.type}, {claim.rule} {claim.confidence:.2f})"
