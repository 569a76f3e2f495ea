"""Claims are the same by whatever way they come: quick or plain, from this process, workers, or the cache."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG

from claims_cli.claim import Document
from claims_cli.errors import InputError, ModelMissing
from claims_cli.extraction import Extractor
from claims_cli.extraction.lru_file import LruFile
from claims_cli.formats import plain
from claims_cli.pipeline import parser
from claims_cli.processes import ProcessDied
from tests.conftest import ROOT

POLNEAR = Path(os.environ.get("POLNEAR", ROOT.parent / "shared" / "polnear")) / "dev" / "text"
ODD = [
    "",
    "New York",
    "\n\n  Ann Roe\n\nof the United Nations \n in New\nYork",
    "We're gonna say it ain't so, y'all; let's see. C'mon, there's got ta be a way. It's the U.S. \t Senate.",
    "On Monday, May 3, 2021 at 5 p.m. Ann Roe and John Lee of Acme Corp. and Reuters paid $5 million (20 percent)",
]
WORDS = [
    "Ann",
    "Roe",
    "said",
    "that",
    "New",
    "York",
    "the",
    "Senate",
    "on",
    "Monday",
    ".",
    ",",
    "“",
    "”",
    "\n",
    "\n\n",
    " ",
    "5",
]


def analysed(nlp, text):
    doc = nlp(text)
    told = {name: doc.to_array(name).tolist() for name in (TAG, POS, MORPH, LEMMA, DEP, HEAD, SENT_START)}
    return told, doc.to_array(ENT_TYPE).tolist(), doc.to_array(ENT_IOB).tolist()


@pytest.fixture(scope="module")
def both():
    """The model as spaCy has it, and made quick."""
    return parser(plain=True), parser()


def test_the_quick_model_says_what_the_model_says(both):
    plainly, quickly = both
    texts = ODD + [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    for text in texts:
        assert analysed(quickly, text) == analysed(plainly, text)
    docs = quickly.pipe(texts)
    assert [doc.to_array(ENT_TYPE).tolist() for doc in docs] == [analysed(plainly, text)[1] for text in texts]
    assert {"claims_entities", "claims_attributes"} <= set(quickly.pipe_names)
    assert not {"claims_entities", "claims_attributes"} & set(plainly.pipe_names)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_the_quick_model_says_what_the_model_says_of_any_words(both, words):
    plainly, quickly = both
    text = " ".join(words)
    assert analysed(quickly, text) == analysed(plainly, text)


def test_entities_that_stand_in_a_text_already_stay(both):
    for nlp in both:
        nlp.add_pipe("entity_ruler", before="tagger").add_patterns([{"label": "ORG", "pattern": "bridge"}])
    text = "The bridge of Ann Roe was closed on Monday."
    found = [[(entity.text, entity.label_) for entity in nlp(text).ents] for nlp in both]
    for nlp in both:
        nlp.remove_pipe("entity_ruler")
    assert ("bridge", "ORG") in found[0]
    assert found[0] == found[1]


@pytest.mark.skipif(not POLNEAR.is_dir(), reason="the corpus is not here")
def test_articles_have_the_same_claims_by_the_quick_and_the_plain_way(extractor):
    paths = sorted(POLNEAR.iterdir())[::8]
    documents = [plain.read(path.name, path.read_bytes()) for path in paths]
    found = [[claims for _, claims in one.extract(documents)] for one in (extractor, Extractor(plain=True))]
    assert found[0] == found[1]
    assert sum(map(len, found[0])) > 200


def sentences(number: int, of: int = 8) -> str:
    """A text that no other is like."""
    names = [f"Ann R{'aeiou'[number % 5]}e{letter}" for letter in "bdfgklmn"]
    return "\n\n".join(
        f"“Bridge {number * of + place} is unsafe,” said {names[place % 8]}, the mayor. He told the council on Monday "
        f"that road {place} would be closed, and a spokesman denied that {number} people had been hurt."
        for place in range(of)
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Sixty texts, one of them long enough for several pieces, and what cannot be read."""
    path = tmp_path_factory.mktemp("texts")
    for number in range(60):
        (path / f"{number:02}.txt").write_text(sentences(number), encoding="utf-8")
    (path / "30-long.txt").write_text(sentences(99, 520), encoding="utf-8")
    (path / "31-empty.txt").write_text("", encoding="utf-8")
    return path


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "claims_cli", *map(str, arguments)]


def run(*arguments: object, **options) -> subprocess.CompletedProcess:
    return subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, timeout=300, **options)


@pytest.fixture(scope="module")
def alone(folder):
    """What one process prints of the folder."""
    return run("extract", folder, "--jobs", 1, "--no-cache", "--format", "jsonl")


def test_any_number_of_processes_prints_the_same(folder, alone):
    assert alone.stdout.count(b"\n") > 1000
    several = run("extract", folder, "--jobs", 3, "--no-cache", "--format", "jsonl")
    assert several.stdout == alone.stdout
    assert several.stderr == alone.stderr
    assert (several.returncode, alone.returncode) == (1, 1)


def children(process: subprocess.Popen) -> list[int]:
    """The workers of a run that have begun to work: those that have loaded numpy."""
    found = []
    for thread in Path(f"/proc/{process.pid}/task").iterdir():
        with suppress(OSError):  # threads that read ahead come and go
            for child in (thread / "children").read_text().split():
                if "numpy" in Path(f"/proc/{child}/maps").read_text():
                    found.append(int(child))
    return found


def waited_for(process: subprocess.Popen, number: int) -> list[int]:
    """So many workers, as soon as there are."""
    while process.poll() is None:
        found = children(process)
        if len(found) >= number:
            return found
        time.sleep(0.02)
    raise AssertionError("the run ended before its workers began")


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="processes are not told of here")
def test_a_worker_that_is_killed_costs_nothing(folder, alone, tmp_path):
    with (tmp_path / "out").open("wb") as out, (tmp_path / "errors").open("wb") as errors:
        process = subprocess.Popen(
            command("extract", folder, "--jobs", 2, "--no-cache", "--format", "jsonl"),
            cwd=ROOT,
            stdout=out,
            stderr=errors,
        )
        for number in (1, 2):
            os.kill(waited_for(process, 1)[-1], signal.SIGKILL)
            time.sleep(0.5 * number)
        process.wait(timeout=300)
    assert (tmp_path / "out").read_bytes() == alone.stdout
    assert (tmp_path / "errors").read_bytes() == alone.stderr


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="processes are not told of here")
def test_an_interrupt_ends_all_processes_at_once_and_the_next_run_goes_on(folder, alone, tmp_path):
    environment = {**os.environ, "CLAIMS_CACHE_DIR": str(tmp_path / "kept")}
    wanted = command("extract", folder, "--jobs", 2, "--format", "jsonl")
    process = subprocess.Popen(wanted, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    process.stdout.readline()
    workers = waited_for(process, 2)
    begin = time.perf_counter()
    process.send_signal(signal.SIGINT)
    process.stdout.read()
    assert process.wait(timeout=30) == 130
    assert time.perf_counter() - begin < 3  # it takes less than one; a machine under test is busy
    assert b"the same command goes on from there" in process.stderr.read()
    assert not any(Path(f"/proc/{worker}/exe").exists() for worker in workers)
    kept = LruFile(tmp_path / "kept" / "results.sqlite3").entries()
    assert 0 < kept < 60
    assert run("extract", folder, "--format", "jsonl", env=environment).stdout == alone.stdout


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="processes are not told of here")
def test_workers_end_with_the_run_that_is_killed(folder):
    process = subprocess.Popen(
        command("extract", folder, "--jobs", 2, "--no-cache"),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    workers = waited_for(process, 2)
    process.kill()
    process.wait()
    until = time.monotonic() + 60
    while any(Path(f"/proc/{worker}/exe").exists() for worker in workers):
        assert time.monotonic() < until
        time.sleep(0.1)


class Deadly:
    """Workers that die of a word."""

    def __init__(self, number: int):
        self.asked: list[list[str]] = []

    def submit(self, function: str, documents: list[Document], setup) -> Future:
        from claims_cli.extraction import analysis

        future: Future = Future()
        if any("poison" in document.text for document in documents):
            future.set_exception(ProcessDied())
        else:
            future.set_result(getattr(analysis, function)(documents, setup))
        return future

    def stop(self) -> None:
        pass


def test_a_document_that_kills_its_process_twice_is_told_and_costs_no_other(monkeypatch):
    monkeypatch.setattr("claims_cli.extraction.stream.Workers", Deadly)
    monkeypatch.setattr("claims_cli.extraction.batches.BATCH", 1500)
    texts = [sentences(number, 4) + (" poison" if number == 2 else "") for number in range(6)]
    documents = [plain.read(f"{number}.txt", text.encode()) for number, text in enumerate(texts)]
    found = list(Extractor(jobs=2).extract(documents))
    assert [isinstance(one, InputError) for one in found] == [False, False, True, False, False, False]
    assert found[2].path == "2.txt"
    assert "killed the process" in found[2].reason
    assert [claims for _, claims in found[3:]] == [claims for _, claims in Extractor().extract(documents[3:])]


def test_a_model_that_is_not_there_is_told_by_any_number_of_processes(folder):
    documents = [plain.read(path.name, path.read_bytes()) for path in sorted(folder.glob("[0-2]*.txt"))]
    with pytest.raises(ModelMissing):
        list(Extractor("en_no_such_model", jobs=2).extract(documents))


def test_articles_that_come_again_are_left_out_of_what_workers_find(folder, tmp_path):
    for number in (1, 2, 3):
        (tmp_path / f"{number}.txt").write_bytes((folder / f"0{number % 2}.txt").read_bytes())
    done = run("extract", tmp_path, "--duplicates", "skip", "--format", "jsonl", "--jobs", 2)
    assert {Path(json.loads(line)["doc"]).name for line in done.stdout.splitlines()} == {"1.txt", "2.txt"}
