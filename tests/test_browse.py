"""The full-screen reader: leafing, finding while typing, marking, and texts that try to take the terminal over."""

import asyncio
import sqlite3
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest

from claims_cli.choice import Choice
from claims_cli.claim import ArticleSpan, Claim, Document, Span, Voice, claim_id
from claims_cli.manifest import now
from claims_cli.query import settle
from claims_cli.rulebook import load
from claims_cli.store import opening
from claims_cli.store.identities import identify
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader
from claims_cli.store.writing import Writer

pytest.importorskip("textual")

from textual.events import Key

from claims_cli.browse.app import Browser
from claims_cli.browse.claim_list import ClaimList
from claims_cli.browse.marking import Judge

SMALL = (80, 24)
VERSIONS = dict.fromkeys(("claims", "python", "spacy", "model", "model_version", "rulebook"), "1")
SAID = [
    ("Ann Roe", "said", "the bridge is unsafe"),
    ("Ann Roe", "denied", "the tolls would rise"),
    ("John Lee", "said", "the ferry was late"),
    ("a senior official", "said", "the port would stay open"),
]
TAKEOVER = "[red]unsafe[/red] \x1b[31mbridge\x1b]0;owned\x07 \u202elawsuit\u202c [@click=app.quit]here[/]"


def written(path, said, **fields):
    """A document with a sentence a claim, and these claims."""
    lines = [f"{name} {cue} {words}." for name, cue, words in said]
    text = "\n".join(lines)
    document = Document(path, text, path.encode().hex(), articles=(ArticleSpan(1, 0, len(text)),))
    found, start = [], 0
    for number, ((name, cue, words), line) in enumerate(zip(said, lines, strict=True), 1):
        places = [(start, start + len(name))]
        places.append((places[0][1] + 1, places[0][1] + 1 + len(cue)))
        places.append((places[1][1] + 1, places[1][1] + 1 + len(words)))
        source, verb, content = (Span.of(text, (place,)) for place in places)
        claim = Claim(
            id=claim_id(document.text_sha256, content.spans), doc=path, doc_sha256=document.sha256, title=None,
            outlet=None, author=None, date=None, url="https://example.org/a", article=1, line=number, page=None,
            row=None, time=None, start=start, end=start + len(line) - 1, sentence=line, speaker=name, speakers=(name,),
            speaker_id=None,
            speaker_basis="named", speaker_confidence=1.0, pronoun=None, anonymity=None,
            speaker_kind="person", named=name[0].isupper(), speaker_role="engineer", source=source,
            cue=verb, cue_lemma=cue, content=content, addressee=None, medium=None, when=None, quote="indirect",
            type="statement", negated=False, via=(Voice("the Courier", "reported", ""),), citing=(),
            rule="clause-after", confidence=0.9,
        )  # fmt: skip
        found.append(replace(claim, **fields))
        start += len(line) + 1
    return document, found


def store(path, *documents):
    """A store of some documents."""
    rulebook = load()
    with opening.writable(path) as connection:
        writer = Writer(connection)
        writer.begin(VERSIONS, {}, now())
        for document, claims in documents:
            writer.put(document, claims)
        identify(connection, rulebook, {})
        writer.end(now(), 0, 0)
    return path


@contextmanager
def reader(path, keeps=True):
    """The reader over a store, marking as Ann."""
    with ExitStack() as stack:
        shelf = ClaimList(
            Reader(stack.enter_context(opening.readable(path))), Choice(settle(load().settings)), Further()
        )
        yield Browser(shelf, Judge(path, "Ann") if keeps else None, "Nothing here.")


@pytest.fixture
def db(tmp_path):
    return store(tmp_path / "claims.db", written("a.txt", SAID))


def screen(app):
    """What the terminal shows, a line a row."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def run(path, play, size=SMALL, keeps=True):
    """Open the reader, and play on it."""

    async def played():
        with reader(path, keeps) as app:
            async with app.run_test(size=size, notifications=True) as pilot:
                await pilot.pause()
                await play(app, pilot)

    asyncio.run(played())


def marks(path):
    connection = sqlite3.connect(path)
    found = connection.execute('SELECT verdict, note, "by" FROM marks').fetchall()
    connection.close()
    return found


def row_of(app, words):
    return next(row for row in screen(app) if words in row)


def test_speakers_claims_article_facts_and_keys_are_on_a_small_screen(db):
    async def play(app, pilot):
        rows = screen(app)
        shown = "\n".join(rows)
        assert "4   everybody" in shown
        assert "2   Ann Roe" in shown
        assert "1 ? a senior official" in shown
        assert "[Ann Roe] <said> «the bridge is unsafe»." in rows
        assert "Ann Roe (engineer, person)" in shown
        shown = " ".join(shown.split())
        assert "the Courier (reported) → Ann Roe (said)" in shown
        assert "rule clause-after, confidence 0.90" in shown
        assert "a.txt:1" in shown
        assert rows[-1] == "tab pane / filter r right w wrong s speaker n note u undo o link ? help q quit"

    run(db, play)


def test_keys_lead_through_the_claims_and_the_article_follows(db):
    async def play(app, pilot):
        await pilot.press("j", "down")
        assert "▸" in row_of(app, "John Lee: the ferry")
        assert "[John Lee] <said> «the ferry was late»." in screen(app)
        await pilot.press("k", "up", "up")
        assert "[Ann Roe] <said> «the bridge is unsafe»." in screen(app)
        await pilot.press("G")
        assert "[a senior official] <said> «the port would stay open»." in screen(app)

    run(db, play)


def test_a_speaker_is_chosen_with_keys(db):
    async def play(app, pilot):
        await pilot.press("left", "j", "j")
        shown = "\n".join(screen(app))
        assert "Claims 1 of 4" in shown
        assert "[a senior official] <said>" in shown
        await pilot.press("enter")
        assert app.focused.id == "claims"
        await pilot.press("tab", "tab", "home")
        assert "Claims 4" in "\n".join(screen(app))

    run(db, play)


def test_the_mouse_chooses(db):
    async def play(app, pilot):
        await pilot.click("#claims", offset=(5, 3))
        await pilot.pause()
        assert "[John Lee] <said> «the ferry was late»." in screen(app)
        await pilot.click("#voices", offset=(5, 2))
        await pilot.pause()
        assert "Claims 2 of 4" in "\n".join(screen(app))

    run(db, play)


@pytest.mark.parametrize(
    ("typed", "left"), [("ferr", 1), ("roe", 2), ("den", 1), ("ROE bridge", 1), ("the", 4), ("zebra", 0)]
)
def test_what_is_typed_finds_by_speaker_statement_and_cue(db, typed, left):
    async def play(app, pilot):
        await pilot.press("slash", *("space" if letter == " " else letter for letter in typed))
        await pilot.pause()
        shown = "\n".join(screen(app))
        assert f"Claims {left}" in shown
        assert ("Nothing is found" in shown) == (left == 0)
        await pilot.press("escape")
        await pilot.pause()
        assert "Claims 4" in "\n".join(screen(app))

    run(db, play)


def test_the_arrow_keys_move_in_what_is_typed(db):
    async def play(app, pilot):
        await pilot.press("slash", *"ery", "left", "left", "left", *"f", "right", "right", "backspace", "r")
        await pilot.pause()
        assert app.query_one("#filter").value == "fery"
        assert marks(db) == []

    run(db, play)


def test_letters_behind_the_slash_mark_nothing_however_fast_they_come(db):
    async def play(app, pilot):
        for letter in "/wrong":
            app.post_message(Key("slash" if letter == "/" else letter, letter))
        await pilot.pause()
        await pilot.pause()
        assert app.query_one("#filter").value == "wrong"
        assert marks(db) == []

    run(db, play)


def test_a_mark_is_shown_and_kept(db):
    async def play(app, pilot):
        await pilot.press("j", "w")
        assert marks(db) == [("wrong", None, "Ann")]
        assert "✗" in row_of(app, "the tolls would rise")
        await pilot.press("k")
        assert "✗ wrong (Ann)" in "\n".join(screen(app))
        await pilot.press("r", "k")
        assert marks(db) == [("right", None, "Ann")]
        await pilot.press("n", *"so", "q", "enter")
        await pilot.pause()
        assert marks(db) == [("right", "soq", "Ann")]
        assert "✓ right: soq (Ann)" in "\n".join(screen(app))
        await pilot.press("n", "x", "escape", "j", "u")
        assert marks(db) == [("right", None, "Ann")], "the note is undone"
        await pilot.press("j", "j", "u")
        assert marks(db) == [("wrong", None, "Ann")], "and the second thought"
        await pilot.press("u", "u")
        await pilot.pause()
        assert marks(db) == []
        assert "Ann has not marked it" in "\n".join(screen(app))
        assert "✓" not in "\n".join(screen(app))

    run(db, play)


def test_where_no_store_keeps_marks_it_says_so(db):
    async def play(app, pilot):
        await pilot.press("r")
        await pilot.pause()
        assert "Marks are kept in a store" in "\n".join(screen(app))
        await pilot.press("n")
        assert not app.query_one("#note").display

    run(db, play, keeps=False)
    assert marks(db) == []


def test_a_store_that_is_gone_is_told_and_the_reader_stays(db):
    async def play(app, pilot):
        db.unlink()
        await pilot.press("r")
        await pilot.pause()
        assert "is no store of claims" in " ".join("\n".join(screen(app)).split())
        assert not db.exists()

    run(db, play)


def test_claims_that_another_run_takes_away_are_told(db):
    async def play(app, pilot):
        with opening.writable(db) as connection:
            Writer(connection).drop(["a.txt"])
        await pilot.press("j", "r", "n", "x", "enter", "o", "x", "left", "j")
        await pilot.pause()
        assert "(no longer in the store)" in "\n".join(screen(app))
        assert marks(db) == []

    run(db, play)


def test_the_link_is_shown_until_a_key_is_pressed(db):
    async def play(app, pilot):
        await pilot.press("o")
        await pilot.pause()
        assert "https://example.org/a#:~:text=the%20bridge%20is%20unsafe" in "\n".join(screen(app))
        await pilot.press("r")
        await pilot.pause()
        assert "https://" not in "\n".join(screen(app))
        assert marks(db) == []
        await pilot.press("o")
        for _ in range(2):
            app.post_message(Key("x", "x"))
        await pilot.pause()
        await pilot.pause()
        assert "https://" not in "\n".join(screen(app))

    run(db, play)


def test_text_that_would_command_the_terminal_is_shown_as_text(tmp_path):
    said = [(TAKEOVER, "said", TAKEOVER)]
    db = store(
        tmp_path / "x.db", written(f"[b]\x1b[2J{TAKEOVER[-8:]}.txt", said, title=TAKEOVER, speaker_role=TAKEOVER)
    )

    async def play(app, pilot):
        await pilot.press("n", *"[b]", "enter")
        await pilot.pause()
        rows = screen(app)
        shown = "\n".join(rows)
        assert shown.count("[red]unsafe[/red]") >= 4
        assert "[@click=app.quit]here[/]" in shown
        assert "␛[31mbridge␛]0;owned␇" in shown
        assert "\\x1b[2J" in shown
        assert "[b] (Ann)" in shown
        assert not {letter for letter in shown if letter != "\n"} & {"\x1b", "\x07", "\u202e", "\u202c"}

    run(db, play, size=(120, 40))


def test_without_colours_nothing_is_coloured_and_all_is_told_apart(db, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    async def play(app, pilot):
        await pilot.press("j", "w")
        await pilot.pause()
        segments = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
        styles = [segment.style for segment in segments if segment.style]
        assert any(style.bold for style in styles)
        assert any(style.reverse for style in styles)
        assert not {
            (color.name) for style in styles for color in (style.color, style.bgcolor) if color and not color.is_default
        }

    run(db, play)


def test_it_follows_the_size_of_the_terminal(db):
    async def play(app, pilot):
        await pilot.press("j", "j")
        for size in ((40, 12), (200, 60), (20, 6), SMALL):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            rows = screen(app)
            assert len(rows) == size[1]
            assert all(len(row) <= size[0] for row in rows)
        assert "[John Lee] <said> «the ferry was late»." in rows
        assert "▸" in row_of(app, "John Lee: the ferry")

    run(db, play)


def test_a_long_article_is_scrolled_to_the_claim(tmp_path):
    said = [("Ann Roe", "said", f"item {number} is late " + "and so on " * 30) for number in range(200)]
    db = store(tmp_path / "long.db", written("long.txt", said))

    async def play(app, pilot):
        await pilot.press("end")
        assert any(row.startswith("[Ann Roe] <said> «item 199 is late") for row in screen(app))
        assert "▸" in row_of(app, "Ann Roe: item 199")
        await pilot.press("tab", "home")
        assert any(row.startswith("Ann Roe said item 0 is late") for row in screen(app))

    run(db, play)


def test_a_claim_without_its_text_is_shown_in_its_sentence(tmp_path):
    document, claims = written("a.txt", SAID[:1])
    db = store(tmp_path / "x.db", (replace(document, text="", articles=()), claims))

    async def play(app, pilot):
        assert "[Ann Roe] <said> «the bridge is unsafe»." in screen(app)

    run(db, play)


def test_an_empty_store_says_so_and_no_key_does_harm(tmp_path):
    async def play(app, pilot):
        assert "Nothing here." in "\n".join(screen(app))
        await pilot.press("j", "G", "r", "n", "u", "o", "enter", "left", "k")
        await pilot.pause()
        assert app.is_running

    run(store(tmp_path / "empty.db"), play)


def test_q_leaves(db):
    async def play(app, pilot):
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running
        assert app.return_code == 0

    run(db, play)


def test_an_order_and_a_limit_hold_for_the_list(db):
    with opening.readable(db) as connection:
        shelf = ClaimList(Reader(connection), Choice(settle(load().settings, sort="-speaker", limit=2)), Further())
        assert [shelf.claim(place).speaker for place in range(len(shelf))] == ["John Lee", "Ann Roe"]


def test_without_the_library_or_a_terminal_it_says_what_to_do(here, db, monkeypatch):
    assert "claims browse needs a terminal; claims list" in here("browse", db, code=2).output
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "pip install 'source-claims[browse]'" in here("browse", db, code=2).output


def test_the_question_mark_shows_what_the_keys_do(db):
    async def play(app, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        shown = "\n".join(screen(app))
        for words in ("mark the claim right or wrong", "undo the last mark", "Any key goes back", "find by speaker"):
            assert words in shown
        await pilot.press("w")
        await pilot.pause()
        assert "Any key goes back" not in "\n".join(screen(app))
        assert marks(db) == []

    run(db, play)


def test_marking_goes_on_to_the_next_claim_and_undo_comes_back(db):
    async def play(app, pilot):
        await pilot.press("r")
        first = app.place
        await pilot.press("w")
        assert app.place == first + 1
        assert sorted(verdict for verdict, _, _ in marks(db)) == ["right", "wrong"]
        await pilot.press("G", "u")
        assert app.place == first
        assert [verdict for verdict, _, _ in marks(db)] == ["right"]
        await pilot.press("u")
        assert app.place == first - 1
        assert marks(db) == []

    run(db, play)


@pytest.mark.parametrize("key", ["left", "right", "slash", "tab", "shift+tab", "n", "s", "question_mark"])
def test_a_stray_letter_outside_the_list_marks_nothing(db, key):
    async def play(app, pilot):
        await pilot.press(key)
        await pilot.press("w")
        await pilot.pause()
        assert marks(db) == []

    run(db, play)


def test_a_wide_list_names_the_articles(db):
    async def play(app, pilot):
        assert any("John Lee: the ferry" in row and " · " in row for row in screen(app))

    run(db, play, size=(140, 24))
