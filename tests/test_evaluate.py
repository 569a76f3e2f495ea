"""Claims measured on annotations: their formats, the figures, what is listed, and annotations that are broken."""

import csv
import io
import json
import random
import re
import shutil
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.polnear import FOLDER, scorer
from claims_cli.choice import Choice
from claims_cli.errors import AnnotationError, InputError
from claims_cli.evaluation import gold
from claims_cli.evaluation.attributions import Attribution
from claims_cli.evaluation.brat import sheets as brat_sheets
from claims_cli.evaluation.delimited import sheets as row_sheets
from claims_cli.evaluation.json_lines import sheets as line_sheets
from claims_cli.evaluation.measuring import Evaluation
from claims_cli.evaluation.pairing import outermost
from claims_cli.evaluation.scoring import Scores
from claims_cli.evaluation.words import Words
from claims_cli.formats import plain
from claims_cli.query import settle
from claims_cli.rulebook import load
from tests.command import ROOT, shell
from tests.test_rule_docs import TUTORIAL
from tests.test_terminal import ESCAPE, at_terminal

STORY = """“The bridge is unsafe,” said Ann Roe. John Lee said that the ferry was late.

He thinks it will sink. “It leaks,” said Eva Lund, “and it always did.”
"""
ANNOTATED = [
    ("Ann Roe", "said", ["“The bridge is unsafe,”"]),
    ("John Lee", "said", ["that the ferry was late"]),
    ("Eva Lund", "said", ["“It leaks,”", "“and it always did.”"]),
]
CUES = [STORY.index("said"), STORY.index("said that"), STORY.index("said Eva")]
RIGHT = {"right": 3, "found": 4, "annotated": 3}


def place(words: str, at: int | None = None) -> tuple[int, int]:
    start = STORY.index(words) if at is None else at
    return start, start + len(words)


def places() -> list[dict]:
    """The annotated claims as pieces."""
    return [
        {"source": [place(source)], "cue": [place(cue, at)], "content": [place(piece) for piece in content]}
        for (source, cue, content), at in zip(ANNOTATED, CUES, strict=True)
    ]


def mark(number: int, role: str, pieces) -> str:
    offsets = ";".join(f"{start} {end}" for start, end in pieces)
    return f"T{number}\t{role} {offsets}\t" + " ".join(STORY[start:end] for start, end in pieces)


def brat(by_events: bool) -> str:
    lines = []
    for number, one in enumerate(places()):
        first = number * 4 + 1
        lines += [mark(first + place, role.capitalize(), one[role]) for place, role in enumerate(one)]
        source, cue, content = (f"T{first + place}" for place in range(3))
        if by_events:
            lines.append(mark(first + 3, "Attribution", one["cue"]))
            lines.append(f"E{number}\tAttribution:T{first + 3} Content:{content} Cue:{cue} Source:{source}")
        else:
            lines.append(f"R{2 * number}\tsource Arg1:{cue} Arg2:{source}\t")
            lines.append(f"R{2 * number + 1}\tcontent Arg1:{content} Arg2:{cue}")
    return "\n".join([*lines, "A1\tNegated T1", "#1\tAnnotatorNotes T1\tsure?", ""])


def records(shape: str) -> list[dict]:
    def span(pieces):
        return {"text": " … ".join(STORY[a:b] for a, b in pieces), "spans": pieces} if shape == "object" else pieces

    return [{"doc": "story.txt", **{role: span(pieces) for role, pieces in one.items()}} for one in places()]


def json_lines(shape: str) -> str:
    return "".join(json.dumps(record) + "\n" for record in records(shape))


def table(delimiter: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["doc", "content", *(f"{role}_spans" for role in places()[0])])
    for record in records("object"):
        offsets = [";".join(f"{a}-{b}" for a, b in record[role]["spans"]) for role in places()[0]]
        writer.writerow(["story.txt", record["content"]["text"], *offsets])
    return stream.getvalue()


FORMATS = {
    "events": {"story.txt": STORY, "story.ann": brat(by_events=True)},
    "relations": {"story.txt": STORY, "story.ann": brat(by_events=False)},
    "several annotators": {
        "text/story.txt": STORY, "attributions/story_0a1b.ann": brat(by_events=True), "attributions/story_ffff.ann": "",
    },
    "JSON Lines": {"in/story.txt": STORY, "gold.jsonl": json_lines("object")},
    "JSON Lines, bare spans": {"story.txt": STORY, "in/gold.ndjson": json_lines("bare")},
    "CSV": {"story.txt": STORY, "gold.csv": table(",")},
    "CSV of a spreadsheet": {"story.txt": STORY, "gold.csv": "\ufeff" + table(";")},
    "TSV": {"story.txt": STORY, "gold.tsv": table("\t")},
}  # fmt: skip


@pytest.fixture
def write(tmp_path):
    """Write files into a folder, whose path is the result."""

    def writes(files: dict[str, str | bytes]):
        for name, content in files.items():
            path = tmp_path / "gold" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / "gold"

    return writes


@pytest.fixture
def evaluated(extractor):
    """Evaluate on a folder within this process."""

    def run(folder, nested=False, **options) -> Evaluation:
        choice = Choice(settle(load().settings, **{"types": "all", **options}))
        evaluation = Evaluation(gold.find(str(folder)), choice, nested)
        evaluation.run(extractor.extract)
        return evaluation

    return run


def counts(figure) -> dict[str, int]:
    return {"right": figure.right, "found": figure.found, "annotated": figure.gold}


@pytest.mark.parametrize("name", list(FORMATS))
def test_each_format_gives_the_same_figures(evaluated, write, name):
    evaluation = evaluated(write(FORMATS[name]))
    report = evaluation.report
    assert report.failed == []
    for figure in ("detection", "attribution", "exact"):
        assert counts(report.scores.figures[figure]) == RIGHT
    assert [counts(figure) for figure in report.scores.strict.values()] == [RIGHT] * 3
    assert report.missed == []
    assert [one.content.text for one in report.extra] == ["it will sink"]
    assert len(evaluation.gold.doubled) == (name == "several annotators")


def test_a_text_is_evaluated_as_it_stands_for_annotations_count_in_it(evaluated, write):
    before = "<p>Ann &amp; Roe.</p>\n<p>&ldquo;Tolls&rdquo;</p>\n\n"
    moved = [
        {role: [[start + len(before), end + len(before)] for start, end in pieces] for role, pieces in one.items()}
        for one in places()
    ]
    lines = "".join(json.dumps({"doc": "story.txt", **one}) + "\n" for one in moved)
    report = evaluated(write({"story.txt": before + STORY, "gold.jsonl": lines})).report
    assert report.failed == []
    assert counts(report.scores.figures["exact"])["right"] == RIGHT["right"]


def test_figures_come_first_then_what_was_missed_or_is_extra_by_file_and_line(claims, write):
    annotated = json_lines("bare") + json.dumps({"doc": "story.txt", "content": [place("thinks")]}) + "\n"
    folder = write({"story.txt": STORY, "gold.jsonl": annotated})
    done = claims("evaluate", str(folder))
    assert done.returncode == 0
    shown = done.stdout.decode().splitlines()
    assert [line.split("\t") for line in shown[:3]] == [
        ["Figure", "Precision", "Recall", "F1", "Right", "Found", "Annotated"],
        ["detection", "0.750", "0.750", "0.750", "3", "4", "4"],
        ["attribution", "0.750", "0.750", "0.750", "3", "4", "4"],
    ]
    listed = shown[shown.index("") + 1 :]
    assert listed[0] == f"{folder}/story.txt:3: missed – | – | thinks"
    assert re.fullmatch(rf"{folder}/story.txt:3: extra He \| thinks \| it will sink \(\S+, 0\.\d\d\)", listed[1])
    assert len(listed) == 2
    assert done.stderr.decode() == "4 annotated claims compared with 4 found, in 1 text.\n"
    assert "\n\n" not in claims("evaluate", str(folder), "--no-list", "--quiet").stdout.decode()


def test_differences_are_listed_with_both_sides(claims, write):
    record = {
        "doc": "story.txt", "source": [place("Ann")], "content": [place("The bridge is unsafe,")], "type": "denial",
        "speaker": "ann ROE", "negated": False, "addressee": [place("John Lee")],
    }  # fmt: skip
    folder = write({"story.txt": STORY, "gold.jsonl": json.dumps(record)})
    listed = claims("evaluate", str(folder), "--differences").stdout.decode().splitlines()
    differing = [re.sub(r" \(.*\)$", "", line.rpartition("story.txt:1: ")[2]) for line in listed if "differs" in line]
    assert differing == [
        "source differs, annotated: Ann; found: Ann Roe",
        "type differs, annotated: denial; found: statement",
        "addressee differs, annotated: John Lee; found: –",
    ]
    assert [line for line in listed if line.startswith(("speaker", "type", "negated", "addressee", "when"))] == [
        "speaker\t1.000\t1\t1", "type\t0.000\t0\t1", "negated\t1.000\t1\t1", "addressee\t0.000\t0\t1",
    ]  # fmt: skip


SEED = "004_17a6059d906b2d12.txt"


@pytest.mark.parametrize(
    ("name", "options", "nested"),
    [
        ("claims.jsonl", ["--type", "all"], []),
        ("claims.csv", ["--type", "all"], ["--nested"]),
        ("claims.tsv", ["--type", "said", "--strict"], []),
    ],
)
def test_what_is_extracted_is_perfect_gold(claims, tmp_path, name, options, nested):
    shutil.copy(ROOT / "seeds" / SEED, tmp_path)
    (tmp_path / "bom.txt").write_bytes(STORY.replace("\n", "\r\n").encode("utf-8-sig"))
    whole = [] if name.endswith("jsonl") else ["--columns", "all"]
    assert claims("extract", str(tmp_path), *options, *whole, "-o", str(tmp_path / name)).returncode == 0
    done = claims("evaluate", str(tmp_path), *options, *nested, "--format", "json", "--differences")
    found = json.loads(done.stdout)
    shares = [one[part] for one in found["figures"].values() for part in ("precision", "recall", "f1")]
    shares += [one["f1"] for one in found["strict"].values()] + [one["share"] for one in found["fields"].values()]
    assert set(shares) == {1.0}
    assert len(found["strict"]) == 3
    assert {"speaker", "speaker_kind", "named", "type", "quote", "negated", "medium"} <= set(found["fields"])
    assert ("via" in found["fields"]) == bool(nested)
    assert found["missed"] == found["extra"] == found["differences"] == found["errors"] == []
    assert (found["counts"]["found_nested"] > 0) == (not nested)
    assert found["counts"]["annotated"] > (12 if "--strict" in options else 15)
    assert done.returncode == 0


DICE = random.Random(7)
WORDS = ["that", "“Mayor’s", "bridge”,", "fell", "said", "–", "U.S.", "Roe,", "\n\n", "…"]


def random_attributions(text: str, number: int) -> list[Attribution]:
    """Attributions of a few pieces, many of which overlap, lie in each other, or have no source."""

    def pieces(most: int, longest: int):
        found, start = [], DICE.randrange(len(text) - 50)
        for _ in range(DICE.randint(0, most)):
            end = min(len(text), start + DICE.randint(1, longest))
            if start < end:
                found.append((start, end))
            start = end + DICE.randint(0, 20)
        return tuple(found)

    made = [Attribution(pieces(1, 15), pieces(1, 8), pieces(3, 80)) for _ in range(number)]
    return [one for one in made if one.content]


@pytest.mark.skipif(not (FOLDER / "score.py").exists(), reason="PolNeAR's scorer is not here")
def test_figures_are_those_of_polnears_scorer():
    theirs, ours = scorer().Score(), Scores()

    def shapes(attributions):
        return [scorer().Attribution(list(one.content), list(one.source), list(one.cue)) for one in attributions]

    for _ in range(40):
        text = " ".join(DICE.choices(WORDS, k=300))
        marked, found = random_attributions(text, 30), random_attributions(text, 30)
        found += [Attribution(one.source, (), one.content) for one in DICE.sample(marked, 8)]
        found += [Attribution((), one.cue, ((one.content[0][0] + 3, one.content[0][1] + 9),)) for one in marked[:5]]
        kept = outermost(found)
        assert shapes(kept) == scorer().outermost(shapes(found))
        theirs.add(text, shapes(marked), shapes(kept))
        ours.add(Words(text), marked, kept)
    for name, precision, recall, f1 in theirs.rows():
        figure = ours.figures[name]
        assert (figure.precision, figure.recall, figure.f1) == (precision, recall, f1)
        assert 0.02 < f1 < 0.98


def test_strict_spans_are_the_same_to_the_character_but_for_white_space():
    text = "Ann Roe  said\r\nthat it\nfell."
    words = Words(text)
    assert words.strict(((0, 9),)) == words.strict(((0, 3), (4, 7))) == ((0, 7),)
    assert words.strict(((0, 3), (9, 13))) == ((0, 3), (9, 13))
    assert words.strict(((7, 9),)) == ()
    scores = Scores()
    scores.add(words, [attribution((0, 7), (9, 13), (15, 27))], [attribution((0, 8), (9, 12), (15, 28))])
    assert [counts(scores.strict[role])["right"] for role in ("source", "cue", "content")] == [1, 0, 0]
    assert scores.figures["exact"].right == 1


def attribution(source, cue, content, **stated) -> Attribution:
    return Attribution((source,), (cue,), (content,), stated)


def test_a_claim_inside_anothers_statement_is_compared_only_where_asked(evaluated, write):
    text = "Eva Lund said that Max Berg denied that the gate was open.\n"
    inner = {"doc": "a.txt", "source": [[19, 27]], "cue": [[28, 34]], "content": [[35, 57]]}
    outer = {"doc": "a.txt", "source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 57]]}
    folder = write({"a.txt": text, "gold.jsonl": f"{json.dumps(inner)}\n{json.dumps(outer)}\n"})
    report = evaluated(folder).report
    assert counts(report.scores.figures["exact"]) == {"right": 1, "found": 1, "annotated": 1}
    assert report.nested == {"annotated": 1, "found": 1}
    report = evaluated(folder, nested=True).report
    assert counts(report.scores.figures["exact"]) == {"right": 2, "found": 2, "annotated": 2}
    (folder / "gold.jsonl").write_text(json.dumps(outer), encoding="utf-8")
    assert evaluated(folder).report.extra == []
    assert [one.cue.text for one in evaluated(folder, nested=True).report.extra] == ["denied"]


def test_types_are_those_asked_for_on_both_sides(evaluated, write):
    thought = {"doc": "story.txt", "content": [place("it will sink")], "type": "thought"}
    folder = write({"story.txt": STORY, "gold.jsonl": json_lines("bare") + json.dumps(thought)})
    assert counts(evaluated(folder).report.scores.figures["detection"]) == {"right": 4, "found": 4, "annotated": 4}
    report = evaluated(folder, types="said").report
    assert counts(report.scores.figures["detection"]) == {"right": 3, "found": 3, "annotated": 3}
    assert report.other_types == 1
    assert evaluated(folder, min_confidence=1.0).report.scores.figures["detection"].found == 0


def test_fields_that_nobody_states_are_not_compared(evaluated, write):
    rows = "doc,content_spans,speaker,via,named\nstory.txt,0-23,,,\nstory.txt,53-76,JOHN LEE,[],TRUE\n"
    report = evaluated(write({"story.txt": STORY, "gold.csv": rows})).report
    compared = {name: (one.right, one.compared) for name, one in report.scores.fields.items() if one.compared}
    assert compared == {"speaker": (1, 2), "named": (1, 1)}


def test_voices_may_be_names_or_objects(evaluated, write):
    text = "Eva Lund said that Max Berg denied that the gate was open.\n"
    for via in (["eva lund"], [{"speaker": "Eva Lund"}]):
        record = {"doc": "a.txt", "content": [[35, 57]], "via": via}
        report = evaluated(write({"a.txt": text, "gold.jsonl": json.dumps(record)}), nested=True).report
        assert report.scores.fields["via"].share == 1.0


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_offsets_are_into_the_text_without_its_byte_order_mark(evaluated, write, line_end):
    text = STORY.replace("\n", line_end)
    start = text.index("it will")
    records = [{"doc": "a.txt", "content": {"text": "it will sink", "spans": [[start, start + 12]]}}]
    lines = [f"T1\tContent {start} {start + 12}\tit will sink", f"T2\tCue {start - 7} {start - 1}\tthinks"]
    lines.append("R1\tsaid Arg1:T2 Arg2:T1")
    files = {"a.txt": text.encode("utf-8-sig"), "b.txt": text.encode("utf-16")}
    files |= {"gold.jsonl": json.dumps(records[0]), "b.ann": "\r\n".join(lines).encode("utf-8-sig")}
    report = evaluated(write(files)).report
    assert report.failed == []
    assert counts(report.scores.figures["exact"])["annotated"] == 2
    assert [one.content.text for one in report.missed] == []


def test_marks_of_brat_may_stand_in_any_order_and_role_names_have_numbers(evaluated, write):
    pieces = [place("“It leaks,”"), place("“and it always did.”")]
    lines = [
        "E1\tsaid:T9 Content2:T3 source:T1 content:T2 ",
        mark(9, "Said", [place("said", CUES[2])]),
        mark(1, "SOURCE", [place("Eva Lund")]),
        mark(3, "Content", pieces[1:]),
        mark(2, "Content", pieces[:1]),
    ]
    report = evaluated(write({"story.txt": STORY, "story.ann": "\n".join(lines)})).report
    assert report.failed == []
    assert [report.scores.strict[role].right for role in ("source", "cue", "content")] == [1, 1, 1]


def test_a_source_linked_to_a_content_alone_is_an_attribution(evaluated, write):
    lines = [mark(1, "Source", [place("Ann Roe")]), mark(2, "Content", [place("“The bridge is unsafe,”")])]
    folder = write({"story.txt": STORY, "story.ann": "\n".join([*lines, "R1\tby Arg1:T1 Arg2:T2", ""])})
    report = evaluated(folder).report
    assert (report.scores.figures["exact"].right, report.scores.figures["exact"].gold) == (1, 1)
    (folder / "story.ann").write_text("\n".join(lines), encoding="utf-8")
    report = evaluated(folder).report
    assert report.aside == {"marks that no event or relation links": 2}
    assert len(report.texts) == 1


def test_words_of_a_mark_may_go_on_over_lines(evaluated, write):
    start, end = place("late.\n\nHe thinks")
    good = f"T1\tContent {start} {end}\tlate.\n\nHe thinks\nT2\tCue 0 1\t“\nE1\tsays:T2 Content:T1\n"
    report = evaluated(write({"story.txt": STORY, "story.ann": good})).report
    assert (report.failed, report.scores.figures["detection"].gold) == ([], 1)
    report = evaluated(write({"story.ann": good.replace("\nT2", "\nit\nT2")})).report
    assert [str(error).partition(": ")[2][:37] for error in report.failed] == ["is no line of brat's standoff format;"]


E1 = "E1\tsaid:T1 Content:T1\n"
BROKEN = {
    "beyond the text": ("story.ann", f"T1\tContent 0 999\tx\n{E1}", 1, "T1 ends at 999, but * has 150 characters; "),
    "other words": (
        "story.ann", f"\nT1\tContent 1 4\tridge\n{E1}", 2,
        "T1 is 'ridge', but at 1-4 of * stands 'The'; these words stand at 6-11; offsets count characters from 0",
    ),
    "nothing": ("story.ann", f"T1\tContent 4 4\t\n{E1}", 1, "T1 goes from 4 to 4; the end must be greater"),
    "no standoff": ("story.ann", "T1 Content 0 4 The\n", 1, "is no line of brat's standoff format; write T1<tab>"),
    "no such mark": ("story.ann", E1, 1, "E1 names T1, which is no mark of this file; add T1, or take it out"),
    "huge number": ("story.ann", f"T1\tContent 0 {'9' * 5000}\tx\n", 1, "is no line of brat's standoff format"),
    "no JSON": ("gold.jsonl", '\n{"doc": story.txt}\n', 2, "is no JSON: Expecting value at character 9; write one"),
    "deep JSON": ("gold.jsonl", "[" * 100_000, 1, "is no JSON that can be read: too deep"),
    "no object": ("gold.jsonl", "[1]", 1, "is no JSON object; write one object a line"),
    "no doc": ("gold.jsonl", '{"content": [[0, 4]]}', 1, "does not name its text; give the text's path"),
    "no content": ("gold.jsonl", '{"doc": "story.txt", "content": null}', 1, "has no content; give the offsets"),
    "flat spans": ("gold.jsonl", '{"doc": "story.txt", "content": [0, 4]}', 1, "content is no span; write {"),
    "true for a number": ("gold.jsonl", '{"doc": "story.txt", "content": [[true, 4]]}', 1, "content is no span; "),
    "negative": ("gold.jsonl", '{"doc": "story.txt", "content": [[-3, 4]]}', 1, "content goes from -3 to 4; "),
    "JSON, other words": (
        "gold.jsonl", '{"doc": "story.txt", "content": {"text": "\\u001b[31mred", "spans": [[1, 4]]}}', 1,
        "content is '[31mred', but at 1-4 of * stands 'The'; offsets count characters from 0",
    ),
    "no such type": ("gold.jsonl", '{"doc": "story.txt", "content": [[0, 4]], "type": "lie"}', 1, "type wants one of "),
    "a number": ("gold.jsonl", '{"doc": "story.txt", "content": [[0, 4]], "speaker": 1}', 1, "speaker wants a name"),
    "no list": ("gold.jsonl", '{"doc": "story.txt", "content": [[0, 4]], "via": "x"}', 1, "via wants a list of names"),
    "no column": ("gold.csv", "a,b\n1,2\n", 1, "has no columns doc and content_spans; name the columns doc, source_"),
    "a date": ("gold.csv", "doc,content_spans\nstory.txt,1-2;4-Mar\n", 2, "content_spans is '1-2;4-Mar' (has a spread"),
    "no offsets": ("gold.csv", "doc,content,content_spans\nstory.txt,The,\n", 2, "content_spans is empty though there"),
    "too few cells": ("gold.csv", 'doc,content_spans\n"story.txt"\n', 2, "is a row of 1 cells under 2 columns; check"),
    "open quotation": ("gold.csv", 'doc,content_spans\n\nstory.txt,"0-4\n\n', 3, "is no row: unexpected end of data; "),
    "CSV, other words": ("gold.csv", "doc,content_spans,content\nstory.txt,1-4,=A1\n", 2, "content is '=A1', but at"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_annotation_is_told_with_file_line_and_remedy_and_the_rest_is_compared(evaluated, write, name):
    file, content, line, message = BROKEN[name]
    good = {"good.txt": STORY, "good.ann": brat(by_events=True)}
    folder = write({**good, "story.txt": STORY, file: content})
    report = evaluated(folder).report
    assert [type(error) for error in report.failed] == [AnnotationError]
    told = str(report.failed[0])
    assert told.replace(f"{folder}/story.txt", "*").startswith(f"{folder}/{file}:{line}: {message}")
    assert "; " in told, "no remedy"
    assert not set("\x1b\n") & set(told)
    assert counts(report.scores.figures["detection"])["right"] == 3
    assert report.scores.figures["detection"].gold == 3


def test_annotations_and_texts_that_have_no_other_half(claims, write):
    folder = write(
        {
            "good.txt": STORY, "good.ann": brat(by_events=True), "alone.ann": "", "alone.bak": "", "bare.txt": STORY,
            "a/same.txt": STORY, "b/same.txt": STORY, "empty.txt": "", "empty.ann": "", "binary.ann": bytes(range(256)),
            "gold.jsonl": '{"doc": "none.txt", "content": [[0, 1]]}\n{"doc": "none.txt"}\n{"doc": "same.txt"}\n',
        }
    )  # fmt: skip
    done = claims("evaluate", str(folder), "--no-list")
    assert done.returncode == 1
    assert [line.split("; ")[0] for line in done.stderr.decode().splitlines()] == [
        f"claims: {folder}/alone.ann: there is no alone.txt that it could annotate",
        f"claims: {folder}/binary.ann: is binary data and no text",
        f"claims: {folder}/gold.jsonl:1: there is no text 'none.txt', which 2 lines name",
        f"claims: {folder}/gold.jsonl:3: 'same.txt' may be a/same.txt, b/same.txt",
        f"claims: {folder}/empty.txt: is empty",
        "3 annotated claims compared with 4 found, in 1 text",
    ]
    last = done.stderr.decode().splitlines()[-1]
    assert "5 faults told above, what they concern left out; 3 texts without annotations left out" in last
    assert last.endswith("not read: .bak (1).")
    assert "detection\t0.750\t1.000" in done.stdout.decode()


@pytest.mark.parametrize(
    ("files", "code", "message"),
    [
        ({"a.txt": STORY}, 1, "{}: no text in this folder is annotated; put texts (.txt) and annotations (.ann, "),
        ({"a.txt": STORY, "b.jsonl": ""}, 1, "{}: no text in this folder is annotated; put texts"),
        ({"b.jpg": ""}, 1, "{}: there is no text in this folder; put texts"),
        ({}, 1, "{}: no such file or folder; check the path"),
    ],
)
def test_a_folder_without_annotations(claims, write, tmp_path, files, code, message):
    folder = write(files)
    done = claims("evaluate", str(folder), "-o", str(tmp_path / "figures.json"))
    assert (done.returncode, done.stdout) == (code, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("claims: " + message.format(folder))
    assert not (tmp_path / "figures.json").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--strict", "--min-confidence", "0.5"], "--strict and --min-confidence both set the threshold"),
        (["--type", "statment"], "did you mean 'statement'?"),
        (["--format", "csv"], "there is no format 'csv'; there are: table, json"),
        (["-o", "figures.csv"], "no format has the suffix of figures.csv; use .txt or .json, or give --format"),
        (["-o", "/no/such/figures.json"], "/no/such/figures.json cannot be written: No such file or directory"),
        (["story.txt"], "unexpected extra argument"),
    ],
)
def test_wrong_usage(claims, write, options, message):
    done = claims("evaluate", str(write(FORMATS["events"])), *options)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_half_a_character_in_an_annotation_does_not_stop_the_report(claims, write):
    lines = [
        '{"doc": "\\ud800", "content": [[0, 1]]}',
        '{"doc": "story.txt", "content": {"text": "\\ud800", "spans": [[0, 1]]}}',
    ]
    folder = write({**FORMATS["events"], "other.txt": STORY, "gold.jsonl": "\n".join(lines).replace("story", "other")})
    done = claims("evaluate", str(folder), "--format", "json")
    assert done.returncode == 1
    assert [error["path"].rpartition("/")[2] for error in json.loads(done.stdout)["errors"]] == [
        "gold.jsonl:1",
        "gold.jsonl:2",
    ]


PIECES = [
    *"\t\n ;:,05#'[]{}\0", '"', "T1", "T2", "E1", "R1", "12", "Source", "Content", "Cue", "Arg1:T1", "Arg2:T2", "0-3",
    '"doc":"a.txt"', '"content":', '"spans":', "[[0,3]]", "null", "a.txt", "\r\n",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=60)))
def test_no_annotation_file_is_too_odd_to_read(content):
    document = plain.read("a.txt", "Ann Roe said\r\nthat “it” fell. ü😀".encode())
    heading = "doc,content_spans,source_spans,speaker,via,named\n"
    for sheets, text in (
        (brat_sheets, content),
        (line_sheets, content),
        (row_sheets, content),
        (row_sheets, heading + content),
    ):
        found, errors = sheets("file", "a.ann", text)
        for sheet in found:
            reading = sheet.of(document)
            errors += reading.errors
            Scores().add(Words(document.text), reading.attributions, outermost(reading.attributions))
        assert all(error.remedy and error.line for error in errors)


def test_a_file_is_no_folder(claims, write):
    done = claims("evaluate", str(write(FORMATS["events"]) / "story.txt"))
    assert done.returncode == 2
    assert "is no folder; give the folder that holds the texts and annotations" in done.stderr.decode()


def test_of_many_faults_in_a_file_the_first_are_told_and_the_rest_counted(claims, write):
    folder = write({"story.txt": STORY, "gold.jsonl": "x\n" * 500 + json_lines("bare")})
    lines = claims("evaluate", str(folder)).stderr.decode().splitlines()
    assert len(lines) == 22
    assert lines[20] == f"claims: {folder}/gold.jsonl: 480 more faults in this file (--errors json tells all)"
    lines = claims("evaluate", str(folder), "--errors", "json").stderr.decode().splitlines()
    assert len(lines) == 500
    assert json.loads(lines[0]) == {
        "path": f"{folder}/gold.jsonl:1",
        "stage": "compare",
        "reason": "is no JSON: Expecting value at character 1",
        "remedy": "write one object a line, as claims extract --format jsonl does",
    }


def test_json_is_one_whole_document_that_is_the_same_every_time(claims, write, tmp_path):
    folder = write(FORMATS["events"] | {"story.ann": brat(by_events=True).split("T5")[0], "x.jsonl": "{}"})
    target = tmp_path / "figures.json"
    assert claims("evaluate", str(folder), "-o", str(target), "--differences").returncode == 1
    done = claims("evaluate", str(folder), "--format", "json", "--differences")
    assert target.read_bytes() == done.stdout
    found = json.loads(done.stdout)
    assert list(found) == [
        "evaluation", "versions", "compared", "counts", "figures", "strict", "fields", "texts", "missed", "extra",
        "differences", "errors",
    ]  # fmt: skip
    assert set(found["versions"]) == {"claims", "python", "spacy", "model", "model_version", "rulebook"}
    assert found["figures"]["detection"] == {
        "precision": 0.25, "recall": 1.0, "f1": 0.4, "right": 1, "found": 4, "annotated": 1,
    }  # fmt: skip
    assert [one["content"]["text"] for one in found["extra"]] == [
        "that the ferry was late", "it will sink", "“It leaks,” … “and it always did.”",
    ]  # fmt: skip
    for one in found["extra"]:
        assert one["content"]["text"] == " … ".join(STORY[a:b] for a, b in one["content"]["spans"])
        assert one["line"] == STORY.count("\n", 0, one["start"]) + 1
        assert one["rule"]
        assert 0 < one["confidence"] <= 1
    assert found["errors"][0]["path"] == f"{folder}/x.jsonl:1"
    assert "extra" not in json.loads(claims("evaluate", str(folder), "--format", "json", "--no-list").stdout)


def test_rules_of_ones_own_are_measured(claims, write, tmp_path):
    text = "Rumour has it that the bridge fell.\n"
    folder = write({"a.txt": text, "gold.jsonl": '{"doc": "a.txt", "source": [[0, 6]], "content": [[14, 34]]}'})
    rule = re.search(r"^```yaml\n(- id: has-it-that.*?)^```", TUTORIAL, re.MULTILINE | re.DOTALL)[1]
    (tmp_path / "my-rules.yaml").write_text(rule, encoding="utf-8")
    assert "exact\t0.000" in claims("evaluate", str(folder), "--fast").stdout.decode()
    mine = claims("evaluate", str(folder), "--rules", str(tmp_path / "my-rules.yaml")).stdout.decode()
    assert "exact\t1.000\t1.000\t1.000" in mine
    (tmp_path / "my-rules.yaml").write_text(rule.replace("child_of", "childof"), encoding="utf-8")
    assert claims("evaluate", str(folder), "--rules", str(tmp_path / "my-rules.yaml")).returncode == 3


def test_a_text_that_fails_on_the_way_is_left_out_whole(write):
    folder = write(
        {f"{name}.{suffix}": STORY if suffix == "txt" else "" for name in "abc" for suffix in ("txt", "ann")}
    )

    def extract(documents):
        for document in documents:
            yield document, []
            yield (document, []) if "b.txt" not in document.path else InputError(document.path, "is odd")

    evaluation = Evaluation(gold.find(str(folder)), Choice(settle(load().settings, types="all")))
    report = evaluation.run(extract)
    assert [text.path.rpartition("/")[2] for text in report.texts] == ["a.txt", "c.txt"]
    assert [error.reason for error in report.failed] == ["is odd"]


def test_no_control_character_of_a_text_or_an_annotation_reaches_the_terminal(write):
    text = "Ann \x1b[31mRoe said that the bridge\u202e fell. It \x07leaks.\n"
    record = {"doc": "red\x1b]0;owned\x07.txt", "content": [[39, 46]], "speaker": "\x1b[5m\ud800", "type": "\x1b[2J"}
    folder = write({"red\x1b]0;owned\x07.txt": text, "gold.jsonl": json.dumps(record)})
    fine = json.dumps({**record, "type": "thought", "content": [[4, 46]], "when": [[4, 46]]})
    (folder / "gold.jsonl").write_text(json.dumps(record) + "\n" + fine, encoding="utf-8")
    for options in ([], ["--format", "json"]):
        shown = at_terminal(str(folder), "--differences", *options, name="evaluate", TERM="dumb")
        assert "bridge" in shown
        assert not set("\x1b\x9b\x07\u202e") & set(shown)


def test_a_terminal_gets_tables_whose_colours_and_progress_can_be_left_out(write):
    folder = str(write(FORMATS["events"]))
    shown = at_terminal(folder, name="evaluate")
    assert "1 read," in shown
    assert "detection" in ESCAPE.sub("", shown)
    assert "3: extra He | thinks | it will sink (" in ESCAPE.sub("", shown)
    bare = at_terminal(folder, "--quiet", name="evaluate", NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", bare)
    assert "1 read," not in bare


def test_help_leads_with_examples_and_imports_no_spacy(claims):
    shown = claims("evaluate", "--help").stdout.decode()
    assert shown.index("claims evaluate gold/") < shown.index("Options")
    program = "import sys; sys.argv = ['claims', 'evaluate', '--help']\nfrom claims_cli.commands.app import app\n"
    program += "try:\n    app()\nexcept SystemExit:\n    pass\n"
    program += "from claims_cli.evaluation import gold, report\nassert 'spacy' not in sys.modules, 'spacy was imported'"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT).returncode == 0


def test_a_reader_that_has_seen_enough_ends_the_run_quietly(write):
    folder = write(FORMATS["events"])
    command = f"{sys.executable} -m claims_cli evaluate '{folder}' | true; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, timeout=120)
    assert result.stdout.splitlines()[-1] == b"0"
    assert b"Traceback" not in result.stderr


PAGE = (ROOT / "docs" / "evaluate.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_documentation_shows_what_is_printed(write):
    """Rules and confidences aside, which change with the rulebook."""
    block = dict(BLOCKS)
    folder = write({"bridge.txt": block["text"], "bridge.ann": block["ann"]}).parent
    outputs = [text for kind, text in BLOCKS if not kind]
    commands = [text for kind, text in BLOCKS if kind == "sh" and "evaluate" in text]
    assert len(outputs) == len(commands) == 2
    for command, output in zip(commands, outputs, strict=True):
        told = shell(command, folder)
        assert re.sub(r"\(\S+, .*\)", "", told.stdout.decode()) == re.sub(r"\(\S+, .*\)", "", output)


@pytest.mark.parametrize(("kind", "name"), [("json", "gold.jsonl"), ("csv", "gold.csv")])
def test_the_documented_formats_are_read(evaluated, write, kind, name):
    block = dict(BLOCKS)
    report = evaluated(write({"bridge.txt": block["text"], name: block[kind]})).report
    assert report.failed == []
    assert (report.scores.figures["exact"].right, report.scores.figures["exact"].gold) == (1, 1)
    assert report.scores.fields["type"].share == 1.0


def test_the_page_names_every_figure_and_field():
    scores = Scores()
    names = [*scores.figures, *(f"strict {role}" for role in scores.strict), *scores.fields]
    assert [name for name in names if f"`{name}`" not in PAGE] == []
