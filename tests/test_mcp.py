"""`claims mcp`, asked by the library's own client over the streams of a real process."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mcp")

from anyio.from_thread import start_blocking_portal
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from claims_cli.claim import FIELD_NAMES, Claim
from claims_cli.errors import InputError, UsageError
from claims_cli.serving.texts import MOST_LETTERS, Roots
from tests.conftest import ROOT

BRIDGE = """The bridge

“The bridge is unsafe,” Ann Roe told the council on Monday. The ministry denied that it had known.

An official said repairs would take a year. Ann Roe believes that the ferry is late.
"""
FERRY = "The 🚢 ferry was quiet. Eva Lund told the council that John Lee had said the ferry was late.\n"


def environment() -> dict[str, str]:
    """What a process of the server needs to find this checkout."""
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return {"PYTHONPATH": paths, "CLAIMS_CACHE_DIR": os.environ["CLAIMS_CACHE_DIR"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, claims) -> Path:
    """Two articles and a store of them; beside the folder a file that is none of the server's."""
    base = tmp_path_factory.mktemp("mcp")
    root = base / "articles"
    (root / "more").mkdir(parents=True)
    (root / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (root / "more" / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (base / "secret.txt").write_text("The minister said that this is a secret.\n", encoding="utf-8")
    (root / "link.txt").symlink_to(base / "secret.txt")
    (root / "up").symlink_to(base)
    (root / "round.txt").symlink_to(root / "round.txt")
    done = claims("extract", "bridge.txt", "more/ferry.txt", "--db", "claims.db", cwd=root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def portal():
    with start_blocking_portal() as running:
        yield running


def client_of(portal, folder: Path, *arguments: str):
    line = ["-m", "claims_cli", "mcp", *arguments]
    process = StdioServerParameters(command=sys.executable, args=line, env=environment(), cwd=folder)
    return portal.wrap_async_context_manager(Client(stdio_client(process)))


@pytest.fixture(scope="module")
def client(portal, folder):
    with client_of(portal, folder, "claims.db", "--fast", "--no-config") as running:
        yield running


@pytest.fixture
def ask(portal, client):
    def asked(tool: str, **arguments):
        answer = portal.call(client.call_tool, tool, arguments)
        assert not answer.is_error, answer.content[0].text
        assert json.loads(answer.content[0].text) == answer.structured_content
        return answer.structured_content

    return asked


@pytest.fixture
def refused(portal, client):
    def asked(tool: str, **arguments) -> str:
        answer = portal.call(client.call_tool, tool, arguments)
        assert answer.is_error
        text = answer.content[0].text
        assert "Traceback" not in text
        assert "pydantic" not in text
        return text

    return asked


def said(answer) -> list[tuple[str | None, str]]:
    return [(claim["speaker"], claim["content"]["text"]) for claim in answer["claims"]]


def test_the_server_says_what_a_claim_is(client):
    told = client.instructions
    for words in ("one attributed statement", "`unknown`", "Show it", "code points", "claims.db"):
        assert words in told
    assert client.server_info.name == "claims"


def test_every_tool_is_described_and_only_reads(portal, client):
    tools = {tool.name: tool for tool in portal.call(client.list_tools).tools}
    assert set(tools) == {"extract_text", "extract_files", "explain", "search", "show", "speakers"}
    for tool in tools.values():
        assert tool.description
        assert tool.annotations.read_only_hint
        assert tool.output_schema["type"] == "object"
    assert tools["search"].input_schema["properties"]["limit"]["maximum"] == 500


def test_a_text_yields_whole_records_with_exact_offsets(ask):
    text = "It was 😀 outside. “The bridge is unsafe,” said Ann Roe. The council denied it."
    answer = ask("extract_text", text=text)
    assert said(answer) == [("Ann Roe", "“The bridge is unsafe,”"), ("The council", "it")]
    assert (answer["total"], answer["next_offset"]) == (2, None)
    for record in answer["claims"]:
        assert list(record) == list(FIELD_NAMES)
        claim = Claim.from_json(record)
        for span in (claim.source, claim.cue, claim.content):
            assert tuple(text[start:end] for start, end in span.spans) == span.pieces


@pytest.mark.parametrize(
    ("options", "speakers"),
    [
        ({}, ["Ann Roe", "The ministry", "An official"]),
        ({"types": "denial"}, ["The ministry"]),
        ({"types": "all"}, ["Ann Roe", "The ministry", "An official", "Ann Roe"]),
        ({"types": "held"}, ["Ann Roe"]),
        ({"min_confidence": 1.0}, []),
        ({"limit": 1}, ["Ann Roe"]),
        ({"limit": 1, "offset": 1}, ["The ministry"]),
        ({"offset": 9}, []),
        ({"fast": True}, ["Ann Roe", "The ministry", "An official"]),
    ],
)
def test_a_text_is_asked_in_parts_and_by_type(ask, options, speakers):
    assert [claim["speaker"] for claim in ask("extract_text", text=BRIDGE, **options)["claims"]] == speakers


@pytest.mark.parametrize(
    ("paths", "documents"),
    [
        (["bridge.txt"], {"bridge.txt"}),
        (["more"], {"more/ferry.txt"}),
        (["more/*.txt"], {"more/ferry.txt"}),
        (["more/../bridge.txt"], {"more/../bridge.txt"}),
        (["bridge.txt", "more/ferry.txt"], {"bridge.txt", "more/ferry.txt"}),
        (["./bridge.txt"], {"bridge.txt"}),
    ],
)
def test_files_below_the_folder_are_read(ask, paths, documents):
    answer = ask("extract_files", paths=paths)
    assert {claim["doc"] for claim in answer["claims"]} == documents
    assert answer["failed"] == []


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt", "more/../../secret.txt", "link.txt", "up/secret.txt", "/etc/passwd", "/", "..", "round.txt",
        "up/*.txt", "*/secret.txt",
        "../*.txt", "nul\0l.txt", "~/x.txt/../../..",
    ],
)  # fmt: skip
def test_what_leads_out_of_the_folder_is_refused_whatever_is_there(ask, path):
    answer = ask("extract_files", paths=[path])
    assert answer["claims"] == []
    (error,) = answer["failed"]
    assert error["reason"] == "is not below a folder that this server reads"
    assert "--root" in error["remedy"]


def test_a_folder_is_read_but_for_the_links_out_of_it(ask):
    answer = ask("extract_files", paths=["."])
    assert {claim["doc"] for claim in answer["claims"]} == {"bridge.txt", "more/ferry.txt"}
    assert "secret" not in json.dumps(answer["claims"])
    assert {Path(error["path"]).name for error in answer["failed"]} == {"link.txt", "round.txt"}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nonsuch.txt", "no such file or folder"),
        ("-", "is standard input, which is not read here"),
        ("https://example.org/", "is an address, and nothing is fetched"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_rest(ask, path, reason):
    answer = ask("extract_files", paths=[path, "bridge.txt"])
    assert len(answer["claims"]) == 3
    assert reason in answer["failed"][0]["reason"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 5),
        ({"query": "ferry"}, 2),
        ({"query": "repair* OR ferry"}, 3),
        ({"speaker": "roe"}, 1),
        ({"type": "denial"}, 1),
        ({"type": "all"}, 6),
        ({"doc": "ferry"}, 2),
        ({"doc": "more/*"}, 2),
        ({"speaker": "Roe", "doc": "bridge"}, 1),
        ({"min_confidence": 1}, 0),
        ({"after": "2020-01-01"}, 0),
    ],
)
def test_a_store_is_searched(ask, asked, found):
    answer = ask("search", **asked)
    assert answer["total"] == len(answer["claims"]) == found


def test_a_search_goes_on_where_it_ended(ask):
    whole, parts, offset = said(ask("search")), [], 0
    while offset is not None:
        answer = ask("search", limit=2, offset=offset)
        parts += said(answer)
        offset = answer["next_offset"]
    assert parts == whole


def test_a_speaker_whom_nobody_is_called_comes_with_near_names(ask):
    assert ask("search", speaker="Anne Row")["unknown_speakers"] == {"Anne Row": ["Ann Roe"]}


def test_a_claim_is_shown_in_its_paragraph_with_chain_and_why(ask):
    claim = next(one for one in ask("search")["claims"] if one["via"])
    shown = ask("show", id=claim["id"][:8])
    assert {name: shown["claim"][name] for name in FIELD_NAMES} == {name: claim[name] for name in FIELD_NAMES}
    assert "".join(part["text"] for part in shown["paragraph"]) == FERRY.strip()
    assert "Eva Lund" in shown["chain"]
    assert shown["why"]["rule"] == claim["rule"]


def test_speakers_of_a_store_are_listed(ask):
    answer = ask("speakers", limit=1, type="all")
    assert (answer["speakers"][0]["speaker"], answer["speakers"][0]["claims"]) == ("Ann Roe", 2)
    assert answer["next_offset"] == 1


def test_a_text_is_explained(ask):
    (first, second) = ask("explain", text="Ann Roe said that the bridge was unsafe. It rained.")["sentences"]
    assert first["found"][0]["speaker"].startswith("Ann Roe")
    assert (second["start"], second["found"], second["text"]) == (41, [], "It rained.")


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("extract_text", {"text": " "}, "the text is empty; give some sentences"),
        ("extract_text", {"text": "a" * (MOST_LETTERS + 1)}, "at most 200,000 are taken; give it in parts"),
        ("extract_text", {}, "text: Field required; the tool's input schema tells what it takes"),
        ("extract_text", {"text": 7}, "text: Input should be a valid string"),
        ("extract_text", {"text": "a", "types": "denials"}, "there is no claim type 'denials'; did you mean 'denial'"),
        ("extract_text", {"text": "a", "limit": 0}, "limit: Input should be greater than or equal to 1"),
        ("extract_text", {"text": "a", "offset": -1}, "offset: "),
        ("extract_text", {"text": "a", "txt": 1}, "there is no argument 'txt'; did you mean 'text'?"),
        ("extract_files", {"paths": []}, "0 paths were given; give from 1 to 100"),
        ("extract_files", {"paths": ["a"] * 101}, "101 paths were given"),
        ("search", {"query": "("}, "search '(' is no query; words"),
        ("search", {"after": "May"}, "after 'May' is no day; write it as in after 2024-03-01"),
        ("search", {"speaker": " "}, "speaker wants a word"),
        ("search", {"query": "a" * 501}, "query: String should have at most 500 characters"),
        ("show", {"id": "xyz"}, "'xyz' is no id of a claim"),
        ("show", {"id": "0000000000000000"}, "no claim has the id"),
        ("explain", {"text": "a" * 20_001}, "at most 20,000 are taken"),
        ("forget", {}, "there is no tool 'forget'; there are: extract_text"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(refused, tool, arguments, told):
    assert told in refused(tool, **arguments)


def test_without_a_store_only_texts_are_asked(portal, folder):
    with client_of(portal, folder, "--root", "more", "--fast") as client:
        tools = {tool.name for tool in portal.call(client.list_tools).tools}
        assert tools == {"extract_text", "extract_files", "explain"}
        answer = portal.call(client.call_tool, "extract_files", {"paths": ["ferry.txt", "../bridge.txt"]})
        assert {claim["doc"] for claim in answer.structured_content["claims"]} == {"more/ferry.txt"}
        assert len(answer.structured_content["failed"]) == 1


def started(folder: Path, *arguments: str) -> subprocess.Popen:
    line = [sys.executable, "-m", "claims_cli", "mcp", *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(line, cwd=folder, env={**os.environ, **environment()}, **pipes)


def test_nothing_but_the_protocol_leaves_on_standard_output(folder):
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"},
        },
    }  # fmt: skip
    text = {"name": "extract_text", "arguments": {"text": "Ann Roe said that the bridge was unsafe.", "fast": True}}
    asked = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": text}
    lines = [json.dumps(hello), "no JSON", '{"jsonrpc": "2.0"}', "\x00\xff", "[" * 5000, json.dumps(asked)]
    process = started(folder)
    process.stdin.write("".join(f"{line}\n" for line in lines).encode("latin-1"))
    process.stdin.flush()
    answers = []
    while not answers or answers[-1].get("id") != 2:
        answers.append(json.loads(process.stdout.readline()))
    rest, told = process.communicate(timeout=30)
    assert all(answer["jsonrpc"] == "2.0" for answer in answers)
    assert answers[-1]["result"]["structuredContent"]["claims"][0]["speaker"] == "Ann Roe"
    assert (rest, process.returncode) == (b"", 0)
    assert b"Traceback" not in told


def test_an_interrupt_ends_it_without_a_traceback(folder):
    process = started(folder)
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }  # fmt: skip
    process.stdin.write(json.dumps(hello).encode() + b"\n")
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    finally:
        process.kill()
    assert process.returncode == 130
    assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsuch.db"], b"nonsuch.db is no store of claims"),
        (["bridge.txt"], b"bridge.txt is no store of claims"),
        (["--root", "bridge.txt"], b"--root bridge.txt is no folder; name a folder"),
        (["--root", "nonsuch"], b"--root nonsuch is no folder"),
    ],
)
def test_it_does_not_begin_with_what_is_none(claims, folder, arguments, told):
    done = claims("mcp", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr


def test_without_the_library_it_says_what_to_install(claims, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = claims("mcp")
    assert done.returncode == 2
    assert b"claims mcp needs mcp, which is not installed; pip install 'source-claims[mcp]'" in done.stderr


def test_several_folders_are_read_and_the_first_is_where_paths_begin(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("x")
    roots = Roots.of([tmp_path / "one", tmp_path / "two"])
    found = list(roots.files(["a.txt", str(tmp_path / "two" / "a.txt"), str(tmp_path)]))
    assert found[:2] == [tmp_path / "one" / "a.txt", tmp_path / "two" / "a.txt"]
    assert isinstance(found[2], InputError)
    with pytest.raises(UsageError):
        Roots.of([tmp_path / "three"])


@pytest.fixture(scope="module")
def seeded(tmp_path_factory, claims) -> Path:
    """The folder of the documentation: the seeds, a store of them, and a command `claims` that is found first."""
    folder = tmp_path_factory.mktemp("documented")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    assert claims("extract", "seeds/", "--db", "claims.db", cwd=folder).returncode == 0
    variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment().items())
    command = folder / "claims"
    command.write_text(f'#!/bin/sh\n{variables} exec {shlex.quote(sys.executable)} -m claims_cli "$@"\n')
    command.chmod(0o755)
    return folder


def documented(language: str) -> list[str]:
    page = (ROOT / "docs" / "agents.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def test_the_configuration_of_the_documentation_starts_a_server(portal, seeded):
    (text,) = documented("json")
    server = json.loads(text.replace("/home/ann", str(seeded)))["mcpServers"]["claims"]
    process = StdioServerParameters(command=str(seeded / server["command"]), args=server["args"], cwd=seeded)
    page = (ROOT / "docs" / "agents.md").read_text(encoding="utf-8")
    with portal.wrap_async_context_manager(Client(stdio_client(process))) as client:
        for tool in portal.call(client.list_tools).tools:
            (row,) = re.findall(rf"^\| `{tool.name}` \|.*\| (.*) \|$", page, re.MULTILINE)
            assert row.replace("`", "").split(", ") == list(tool.input_schema["properties"])


def test_the_client_of_the_documentation_runs(seeded):
    (program,) = documented("python")
    paths = os.pathsep.join([str(seeded), os.environ["PATH"]])
    env = {**os.environ, **environment(), "PATH": paths}
    done = subprocess.run([sys.executable, "-c", program], cwd=seeded, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["0", "Ann Roe | The bridge is unsafe | Reuters"]
