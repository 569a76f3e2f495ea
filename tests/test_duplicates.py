"""The same article twice in a run, exactly or nearly."""

import json
import random
import re
import subprocess
import sys
from collections import Counter

import pytest

from claims_cli.articles.duplicates import Duplicates, Sketch
from claims_cli.claim import ArticleSpan, Document
from claims_cli.commands.inputs import InputOptions
from claims_cli.errors import UsageError
from claims_cli.formats import plain


def sentences(seed, number=60):
    """A made-up article: its sentences, like those of no other seed."""
    chance = random.Random(seed)

    def word():
        return "".join(chance.choice("bdfglmnprst") + chance.choice("aeiou") for _ in range(2))

    return [f"The {word()} of {word()} had {word()} its {word()} {word()}, {word()} said." for _ in range(number)]


def document(path, text, *starts):
    ends = [*starts[1:], len(text)]
    places = enumerate(zip(starts or (0,), ends if starts else [len(text)], strict=True), start=1)
    return Document(path, text, "", articles=tuple(ArticleSpan(number, start, end) for number, (start, end) in places))


@pytest.fixture
def notes():
    """What is noted of texts that are read one after the other; the first is `0.txt`."""

    def run(*texts):
        seen = Duplicates()
        return [seen.marked(document(f"{number}.txt", text)).notes for number, text in enumerate(texts)]

    return run


def test_the_same_text_is_recognised_whatever_its_white_space_and_case(notes):
    text = "\n".join(sentences(1))
    assert notes(text, text.upper().replace("\n", "\r\n\r\n  ")) == [(), ("is the same as 0.txt",)]


@pytest.mark.parametrize(
    ("least", "change"),
    [
        (90, lambda lines: ["Another headline over the same report", *lines]),
        (90, lambda lines: ["The day began with rain in the whole of the country, as had been foreseen.", *lines[2:]]),
        (90, lambda lines: lines[: len(lines) * 6 // 10]),
        (80, lambda lines: [line for number, line in enumerate(lines) if number % 3]),
        (60, lambda lines: [line.replace(" its ", " a ") for line in lines]),
        (50, lambda lines: [*lines, *sentences(2, 45)]),
    ],
    ids=["new headline", "new beginning", "cut at the end", "a third left out", "edited", "more added"],
)
def test_wire_copy_is_recognised_and_how_much_of_it_is_told(notes, least, change):
    lines = sentences(1)
    ((), (note,)) = notes("\n".join(lines), "\n".join(change(lines)))
    before, share = note.split("(")
    assert before == "is nearly the same as 0.txt "
    assert least <= int(share.partition("%")[0]) < 100
    assert share.endswith("% of it stands there)")


def test_the_nearest_of_several_is_named(notes):
    lines = sentences(1)
    near, half = ["New", *lines[:55]], [*lines[:32], *sentences(3, 28)]
    assert notes("\n".join(half), "\n".join(lines), "\n".join(near))[2][0].startswith("is nearly the same as 1.txt")


def test_other_articles_are_no_duplicates(notes):
    texts = ["\n".join(sentences(seed)) for seed in range(30)]
    shared = "\n".join(sentences(99, 6))
    assert not any(notes(*(f"{text}\n{shared}" for text in texts))), "a paragraph in common is not enough"


def test_an_article_that_quotes_a_short_one_whole_is_no_duplicate_of_it(notes):
    statement = sentences(1, 6)
    assert notes("\n".join(statement), "\n".join([*sentences(2), *statement])) == [(), ()]


def test_a_short_text_is_only_the_same_where_it_is_the_same(notes):
    text = "Ann Roe said that the bridge near the port was closed on Monday after an engine failed."
    assert notes(text, text.replace("Monday", "Friday"), text.upper()) == [(), (), ("is the same as 0.txt",)]


def test_articles_of_one_document_count_one_by_one():
    seen = Duplicates(skips=True)
    first, second, third = ("\n".join(sentences(seed)) + "\n" for seed in (1, 2, 3))
    seen.marked(document("a.txt", first + second, 0, len(first)))
    found = seen.marked(document("b.txt", third + second, 0, len(third)))
    assert found.notes == ("article 2 is the same as a.txt",)
    assert [(one.article, one.path, one.of_article, one.share) for one in found.duplicates] == [(2, "a.txt", 2, 1.0)]
    assert [found.text[start:end] for start, end in found.unread] == [second]


def test_a_repeated_article_yields_its_claims_unless_it_is_skipped(extractor):
    text = "“The bridge is unsafe,” said Ann Roe.\n"
    documents = [plain.read(name, text.encode()) for name in ("a.txt", "b.txt")]
    assert [len(claims) for _, claims in extractor.extract(documents, Duplicates())] == [1, 1]
    assert [len(claims) for _, claims in extractor.extract(documents, Duplicates(skips=True))] == [1, 0]


def test_the_work_for_a_document_does_not_grow_with_those_before_it(monkeypatch):
    compared = Counter()
    shares = Sketch.shares

    def counted(sketch, other, hashes):
        compared[seed] += 1
        return shares(sketch, other, hashes)

    monkeypatch.setattr(Sketch, "shares", counted)
    seen, footer = Duplicates(), "\n".join(sentences(99, 8))
    for seed in range(400):
        seen.marked(document(f"{seed}.txt", "\n".join([*sentences(seed, 20), footer])))
    assert 0 < compared[399] <= 2 * compared[100]


SHARES = """
from tests.test_duplicates import sentences, document
from claims_cli.articles.duplicates import Duplicates
seen = Duplicates()
for path, lines in (("a", sentences(1)), ("b", sentences(1)[20:])):
    print(seen.marked(document(path, " ".join(lines))).duplicates)
"""


def test_every_process_finds_the_same():
    runs = [
        subprocess.run([sys.executable, "-c", SHARES], capture_output=True, env={"PYTHONHASHSEED": seed}, check=True)
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert b"path='a'" in runs[0].stdout


def test_a_run_tells_what_is_told_of_its_inputs(claims, tmp_path):
    english = "“The bridge is unsafe,” said Ann Roe of the council.\n"
    french = "Le maire a déclaré mardi que le pont serait fermé jusqu’à la fin de l’année.\n"
    for name, data in {
        "in/a.txt": english.encode(),
        "in/b.txt": english.encode(),
        "in/c.txt": french.encode("cp1252"),
        "in/draft.txt": english.encode(),
        "in/.ignore": b"draft.txt\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    manifest = tmp_path / "run.json"
    run = ["extract", f"{tmp_path}/in", "--format", "jsonl"]
    done = claims(*run, "--manifest", str(manifest))
    assert done.returncode == 0
    assert [json.loads(line)["doc"][-5:] for line in done.stdout.splitlines()] == ["a.txt", "b.txt"]
    *told, _, totals = (line.removeprefix(f"claims: {tmp_path}/in/") for line in done.stderr.decode().splitlines())
    assert told == [
        "c.txt: is no UTF-8; read as Windows-1252 (if letters look wrong, give its --encoding)",
        "c.txt: is in French; only English is read, no claims were looked for (--language any does)",
    ]
    assert "; 1 not in English (--language any)" in totals
    repeats = f"claims: 1 document repeats others (first: {tmp_path}/in/b.txt is the same as {tmp_path}/in/a.txt)"
    assert f"{repeats}; --duplicates skip leaves them out" in done.stderr.decode().splitlines()
    assert "not read in folders: ignored" in totals
    record = json.loads(manifest.read_text())
    assert [item["language"] for item in record["inputs"]] == ["en", "en", "fr"]
    same = {"article": 1, "path": f"{tmp_path}/in/a.txt", "of_article": 1, "share": 1.0}
    assert [item["duplicate_of"] for item in record["inputs"]] == [[], [same], []]
    assert (record["counts"]["not_english"], record["counts"]["duplicates"]) == (1, 1)


@pytest.mark.parametrize(
    ("option", "value"),
    [("duplicates", "drop"), ("language", "fr"), ("include", ["[z-a]"]), ("exclude", ["!"])],
)
def test_a_choice_that_there_is_not_is_a_wrong_use(option, value):
    with pytest.raises(UsageError, match=re.escape(value if isinstance(value, str) else value[0])):
        InputOptions(**{option: value}).settle()
