"""Very long lists (words, figures, letters by line) are set aside and cost little; prose beside them is read."""

import subprocess
import sys

import pytest

from claims_cli.articles.arranger import Arranger
from claims_cli.articles.languages import Linguist
from claims_cli.claim import Document
from claims_cli.formats import plain
from claims_cli.rulebook import load
from tests.conftest import ROOT

LINES = 1_200
SAID = "The mayor of the old town said on Monday that the bridge would be closed until spring."
MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "claims_cli", "extract", "--no-cache", "-j", "1", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""
KILOBYTES, SECONDS = 600_000, 60
LISTS = {
    "one letter": "a\n" * LINES,
    "two letters": "a b\n" * LINES,
    "letters as words": "a b c d e\n" * LINES,
    "one word": "lorem\nipsum\n" * (LINES // 2),
    "two words": "Ann Roe\nJim Lee\n" * (LINES // 2),
    "quotation marks": '"\n' * LINES,
    "figures": "12\n3,400\n7.5 %\n" * (LINES // 3),
    "numbers of a list": "1.\n2.\n" * (LINES // 2),
    "rows of figures": "Greyhill 12 14 19 3\n" * LINES,
    "indented": "   lorem  \n" * LINES,
    "empty lines between": "lorem\n\n\n" * LINES,
    "ends of Windows": "lorem\r\n" * LINES,
    "ends of old Macs": "lorem\r" * LINES,
    "accented": "élan naïf\n" * LINES,
}
PROSE = {
    "verse of three words": "I said no\nshe said yes\n" * (LINES // 2),
    "a short sentence a line": "I agree.\n" * LINES,
    "a sentence among words": ("lorem\n" * 900 + "Ann Roe said no.\n") * 2,
    "a short list": "lorem\n" * 900,
    "long lines": ("lorem" * 20 + "\n") * LINES,
    "words without spaces": "市长说桥不安全\n" * LINES,
    "quoted short answers": "“Not now!”\n" * LINES,
}


@pytest.fixture(scope="module")
def arranged():
    rulebook = load()
    arranger, linguist = Arranger(rulebook), Linguist(rulebook)
    return lambda text: linguist.recognise(arranger.arrange(plain.read("list.txt", text.encode())))


@pytest.mark.parametrize("name", list(LISTS))
def test_a_very_long_list_is_set_aside_and_told(arranged, name):
    text = f"{SAID}\n\n{LISTS[name]}\n{SAID.replace('mayor', 'baker')}\n"
    document = arranged(text)
    kept = document.blanked(0, len(text))
    assert kept.split() == [*SAID.split(), *SAID.replace("mayor", "baker").split()]
    assert len(kept) == len(text)
    assert document.text == text
    assert any("are a list without sentences and set aside" in note for note in document.notes)
    assert document.language == "en"


@pytest.mark.parametrize("name", list(PROSE))
def test_short_lines_that_may_be_prose_are_no_list(arranged, name):
    assert not any("list" in note for note in arranged(f"{SAID}\n\n{PROSE[name]}\n{SAID}\n").notes)


def test_claims_around_a_list_are_those_without_it(claims_of):
    told = "The baker denied on Tuesday that he had seen it."
    with_list = claims_of(f"{SAID}\n\n{LISTS['one word']}\n{told}\n")
    without = claims_of(f"{SAID}\n\n{told}\n")
    shown = [[(claim.speaker, claim.content.text) for claim in found] for found in (with_list, without)]
    assert shown[0] == shown[1]
    assert {claim.line for claim in with_list} == {1, LINES + 4}


def test_a_list_that_the_layout_set_aside_in_part_keeps_its_offsets_in_order():
    text = "lorem\n" * LINES
    document = Arranger(load()).arrange(Document(path="a", text=text, furniture=((12, 17), (30, 35))))
    assert document.furniture == ((0, len(text) - 1),)


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as POSIX tells it")
@pytest.mark.parametrize("line", ["a\n", '"\n', "lorem ipsum\n"])
def test_megabytes_of_short_lines_take_seconds_and_little_memory(tmp_path, line):
    path = tmp_path / "list.txt"
    path.write_text(line * (3_000_000 // len(line)) + f"\n{SAID}\n", encoding="utf-8")
    command = [sys.executable, "-c", MEASURED, str(path), "--format", "csv", "-q"]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=SECONDS, text=True)
    assert done.returncode == 0
    assert "the bridge would be closed" in done.stdout
    assert int(done.stdout.split()[-1]) < KILOBYTES
