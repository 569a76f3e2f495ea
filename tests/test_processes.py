"""Work in processes of their own: what one does wrong costs nobody else anything."""

import os
import subprocess
import sys
import time

import pytest

from claims_cli.processes import Pool, Process, ProcessDied
from tests.conftest import ROOT

NEVER_ENDS = 60


@pytest.fixture
def process():
    process = Process("tests.echo", memory=1 << 30, seconds=2)
    yield process
    process.end()


def asked(process: Process, request: list[bytes]) -> list[bytes]:
    """All answers to a request."""
    return list(process.ask(*request))


def test_answers_come_back_as_they_were_given(process, capfd):
    parts = [b"", b"\n", b"12 3\n", bytes(range(256)) * 10_000]
    assert asked(process, [b"echo", *parts]) == parts
    assert asked(process, [b"echo"]) == []
    assert asked(process, [b"echo", b"again"]) == [b"again"]
    assert process.is_free()
    assert capfd.readouterr() == ("", "")


def test_answers_come_one_by_one(process):
    answers = process.ask(b"echo", b"1", b"2")
    assert next(answers) == b"1"
    assert not process.is_free()
    assert list(answers) == [b"2"]
    assert process.is_free()


def test_a_process_that_dies_is_told(process):
    with pytest.raises(ProcessDied) as death:
        asked(process, [b"die"])
    assert not death.value.is_late
    assert not process.is_free()
    with pytest.raises(ProcessDied):
        asked(process, [b"echo"])


def test_a_process_that_takes_too_long_is_ended_and_told(process):
    begin = time.monotonic()
    with pytest.raises(ProcessDied) as death:
        asked(process, [b"sleep"])
    assert death.value.is_late
    assert time.monotonic() - begin < NEVER_ENDS / 2


@pytest.mark.skipif(sys.platform != "linux", reason="memory is not bounded everywhere")
def test_the_time_is_that_of_one_answer(process):
    assert list(process.ask(b"work", *[b"done"] * 8)) == [b"done"] * 8


def test_a_process_that_takes_too_much_memory_dies(process):
    with pytest.raises(ProcessDied) as death:
        asked(process, [b"eat"])
    assert not death.value.is_late


@pytest.mark.skipif(not hasattr(os, "getsid"), reason="there are no sessions")
def test_a_process_has_a_session_of_its_own(process):
    (where,) = asked(process, [b"where"])
    number, session = where.split()
    assert number == session != str(os.getsid(0)).encode()


def test_a_task_that_kills_its_process_costs_the_others_nothing():
    pool = Pool("tests.echo", 2, asked)
    futures = [pool.submit([b"die"] if number == 3 else [b"echo", b"%d" % number]) for number in range(8)]
    assert isinstance(futures.pop(3).exception(timeout=NEVER_ENDS), ProcessDied)
    assert [future.result(timeout=NEVER_ENDS) for future in futures] == [[b"%d" % n] for n in range(8) if n != 3]
    pool.stop()


def test_a_pool_that_is_stopped_ends_what_its_processes_are_at():
    pool = Pool("tests.echo", 1, asked)
    pool.submit([b"echo", b"1"]).result(timeout=NEVER_ENDS)
    (process,) = pool.processes
    asleep = pool.submit([b"sleep"])
    while not process.is_busy:
        time.sleep(0.01)
    pool.stop()
    assert isinstance(asleep.exception(timeout=NEVER_ENDS / 2), ProcessDied)


def test_a_script_needs_no_guard_around_its_main_part(tmp_path):
    (tmp_path / "script.py").write_text(
        "print('begin')\nfrom claims_cli.processes import Process\n"
        "print(list(Process('tests.echo').ask(b'echo', b'done')))\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, timeout=NEVER_ENDS, env=environment
    )
    assert (done.stdout, done.stderr) == ("begin\n[b'done']\n", "")
