"""`claims serve`: a real process asked by a real client, its edges asked in this process, its pages in a browser."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("starlette")

import httpx
import jsonschema
from starlette.testclient import TestClient

from claims_cli.claim import FIELD_NAMES, Claim
from claims_cli.commands import serve as command
from claims_cli.config import Config
from claims_cli.errors import UsageError
from claims_cli.serving import openapi
from claims_cli.serving.operations import FILTERS, OPERATIONS, in_parameters
from claims_cli.serving.queries import Store
from claims_cli.serving.web import HEADERS, MOST_BYTES, application
from tests.conftest import ROOT

TOKEN = "a-token-of-the-tests"
BEARER = {"authorization": f"Bearer {TOKEN}"}
BRIDGE = """The <script>bridge</script>

“The bridge is unsafe,” Ann Roe told the council on Monday. The ministry denied that it had known.

An official said repairs would take a year. Ann Roe believes that the ferry is late.
"""
FERRY = "The 🚢 ferry was quiet. Eva Lund told the council that John Lee had said the ferry was late.\n"


@pytest.fixture(scope="module")
def original(tmp_path_factory, claims) -> Path:
    """A store of two articles."""
    folder = tmp_path_factory.mktemp("serve")
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "meta.csv").write_text("path,outlet,date\nbridge.txt,Courier,2024-03-01\nferry.txt,Post,2024-05-01\n")
    done = claims("extract", "bridge.txt", "ferry.txt", "--meta", "meta.csv", "--db", "claims.db", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "claims.db"


@pytest.fixture
def store(original, tmp_path) -> Path:
    """A copy of it to write to."""
    return Path(shutil.copy(original, tmp_path / "claims.db"))


def client_of(path: Path, token: str | None = TOKEN) -> TestClient:
    app = application(Store(path, Config()), ["localhost", "[::1]"], token)
    return TestClient(app, base_url="http://localhost:8765")


@pytest.fixture(scope="module")
def client(original) -> TestClient:
    return client_of(original)


@dataclass
class Running:
    """A server in a process of its own."""

    process: subprocess.Popen
    address: str
    told: str


def started(path: Path, *arguments: str, env: dict[str, str] | None = None) -> Running:
    """A server on a free port, listening."""
    line = [sys.executable, "-m", "claims_cli", "serve", str(path), "--port", "0", "--no-config", *arguments]
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    own = {**os.environ, "PYTHONPATH": paths, **(env or {})}
    process = subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=path.parent, env=own
    )
    lines = [process.stderr.readline()]
    found = re.search(r"http://\S+", lines[0])
    assert found, lines[0] + process.communicate(timeout=10)[1]
    if "--host" in arguments:
        lines.append(process.stderr.readline())
    if not {"--read-only", "--token"} & set(arguments) and not env:
        lines.append(process.stderr.readline())
    return Running(process, found[0], "".join(lines))


def ended(running: Running, number: int = signal.SIGINT) -> str:
    """What a server says as it is ended."""
    running.process.send_signal(number)
    try:
        return "".join(running.process.communicate(timeout=15))
    finally:
        running.process.kill()


@pytest.fixture(scope="module")
def running(original, tmp_path_factory):
    path = Path(shutil.copy(original, tmp_path_factory.mktemp("running") / "claims.db"))
    found = started(path)
    yield found
    ended(found)


def error_of(answer) -> str:
    """Why there was no answer, on one line."""
    told = answer.json()["error"]
    assert set(told) == {"reason", "remedy"}
    assert "Traceback" not in answer.text
    return f"{answer.status_code} {told['reason']}; {told['remedy']}"


def said(answer) -> list[str | None]:
    assert answer.status_code == 200, answer.text
    return [claim["speaker"] for claim in answer.json()["claims"]]


@pytest.mark.parametrize(
    ("query", "speakers"),
    [
        ("", ["Ann Roe", "The ministry", "An official", "Eva Lund", "John Lee"]),
        ("speaker=roe", ["Ann Roe"]),
        ("speaker=roe&speaker=Lee", ["Ann Roe", "John Lee"]),
        ("type=denial", ["The ministry"]),
        ("type=all", ["Ann Roe", "The ministry", "An official", "Ann Roe", "Eva Lund", "John Lee"]),
        ("search=ferry", ["Eva Lund", "John Lee"]),
        ("search=%22take+a+year%22", ["An official"]),
        ("doc=ferry", ["Eva Lund", "John Lee"]),
        ("doc=*.txt&limit=1", ["Ann Roe"]),
        ("after=2024-04-01", ["Eva Lund", "John Lee"]),
        ("before=2024-04-01", ["Ann Roe", "The ministry", "An official"]),
        ("outlet=courier", ["Ann Roe", "The ministry", "An official"]),
        ("min_confidence=1", []),
        ("via=Lund", ["John Lee"]),
        ("unnamed=true&doc=bridge", ["The ministry", "An official"]),
        ("quote=direct", ["Ann Roe"]),
        ("cue=deny", ["The ministry"]),
        ("sort=-document&limit=2", ["John Lee", "Eva Lund"]),
        ("limit=2&offset=1", ["The ministry", "An official"]),
        ("offset=99", []),
        ("marked=any", []),
        ("new=1&limit=1", ["Ann Roe"]),
    ],
)
def test_claims_are_filtered_as_on_the_command_line(client, query, speakers):
    assert said(client.get(f"/api/claims?{query}")) == speakers


def test_parts_follow_one_another_and_say_how_many_there_are(client):
    whole, parts, offset = client.get("/api/claims").json(), [], 0
    while offset is not None:
        answer = client.get("/api/claims", params={"limit": 2, "offset": offset}).json()
        assert answer["total"] == whole["total"] == 5
        parts += answer["claims"]
        offset = answer["next_offset"]
    assert parts == whole["claims"]
    assert whole["kept_back"] == {"by_type": {"thought": 1}, "by_confidence": 0}


def test_a_record_is_the_record_with_what_people_made_of_it(client):
    text = {"bridge.txt": BRIDGE, "ferry.txt": FERRY}
    for record in client.get("/api/claims").json()["claims"]:
        assert list(record) == [*FIELD_NAMES, "mark", "note"]
        claim = Claim.from_json({name: record[name] for name in FIELD_NAMES})
        words = text[record["doc"]]
        assert tuple(words[start:end] for start, end in claim.content.spans) == claim.content.pieces


def test_a_speaker_whom_nobody_is_called_comes_with_near_names(client):
    assert client.get("/api/claims?speaker=Anne+Row").json()["unknown_speakers"] == {"Anne Row": ["Ann Roe"]}


def test_a_claim_comes_with_its_paragraph_chain_and_why(client):
    claim = client.get("/api/claims?via=Lund").json()["claims"][0]
    shown = client.get(f"/api/claims/{claim['id'][:6]}").json()
    assert shown["claim"] == claim
    assert "".join(part["text"] for part in shown["paragraph"]) == FERRY.strip()
    assert {part["role"] for part in shown["paragraph"]} == {None, "source", "cue", "content"}
    assert shown["chain"] == "Post → Eva Lund (told) → John Lee (had said)"


def test_speakers_and_counts(client):
    answer = client.get("/api/speakers?type=all&limit=1").json()
    assert (answer["speakers"][0]["speaker"], answer["total"], answer["next_offset"]) == ("Ann Roe", 5, 1)
    assert [one["speaker"] for one in client.get("/api/speakers?speaker=lee").json()["speakers"]] == ["John Lee"]
    counts = client.get("/api/stats?limit=2").json()
    assert counts["held"] == {"documents": 2, "claims": 6}
    assert counts["sections"]["all"][0]["claims"] == 5
    assert len(counts["sections"]["speaker"]) == 2
    assert client.get("/api/stats?search=nowhere").json()["sections"] == {}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/api/claims?speker=x", "400 there is no parameter 'speker'; did you mean 'speaker'?"),
        ("/api/claims?grep=x", "400 there is no parameter 'grep'; "),
        ("/api/claims?limit=0", "400 limit '0' is no integer from 1 to 1000"),
        ("/api/claims?limit=1001", "400 limit '1001' is no integer"),
        ("/api/claims?limit=ten", "400 limit 'ten' is no integer"),
        ("/api/claims?limit=1&limit=2", "400 limit was given 2 times; give it once"),
        ("/api/claims?offset=-1", "400 offset '-1' is no integer from 0"),
        (f"/api/claims?offset={'9' * 30}", "400 offset '999"),
        (f"/api/claims?offset={'9' * 5000}", "400 offset is longer than 500 characters"),
        ("/api/claims?min_confidence=nan", "400 min_confidence 'nan' is no number from 0 to 1"),
        ("/api/claims?new=perhaps", "400 new 'perhaps' is no truth value"),
        ("/api/claims?type=denials", "400 there is no claim type 'denials'; did you mean 'denial'?"),
        ("/api/claims?sort=colour", "400 there is no sort key 'colour'"),
        ("/api/claims?marked=rigth", "400 there is no value of marked 'rigth'; did you mean 'right'?"),
        ("/api/claims?search=%28", "400 search '(' is no query; "),
        ("/api/claims?search=a%00b", "400 search"),
        ("/api/claims?after=May", "400 after 'May' is no day; write it as in after 2024-03-01"),
        ("/api/claims?speaker=", "400 speaker wants a word"),
        ("/api/claims?" + "a=1&" * 70, "400 too many parameters"),
        (f"/api/claims?search={'a' * 501}", "400 search is longer than 500 characters"),
        ("/api/claims/zzz", "404 'zzz' is no id of a claim"),
        ("/api/claims/0000000000000000", "404 no claim has the id"),
        ("/api/claims/%00", "404 "),
        ("/api/speakers?sort=speaker", "400 there is no parameter 'sort'"),
        ("/api/nonsuch", "404 not found; /docs lists what can be asked"),
        ("/../claims.db", "404 not found"),
        ("/?limit=99999999", "400 limit"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(client, address, told):
    assert error_of(client.get(address)).startswith(told)


def test_a_method_that_is_not_meant_is_refused(client):
    assert error_of(client.post("/api/claims")).startswith("405 method not allowed")
    assert error_of(client.get("/api/claims/abc/mark")).startswith("405")


@pytest.mark.parametrize("address", ["/", "/docs", "/openapi.json", "/api/claims", "/api/claims/zz", "/nonsuch"])
def test_every_answer_has_the_headers_of_safety(client, address):
    headers = client.get(address, headers={"origin": "https://evil.example"}).headers
    for name, value in HEADERS.items():
        assert headers[name] == value
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("localhost:8765", 200), ("LOCALHOST:1", 200), ("[::1]:8765", 200),
        ("evil.example", 400), ("localhost.evil.example", 400), ("evil.example:8765", 400), ("127.0.0.1.evil", 400),
        ("", 400), ("[::2]", 400), ("localhost@evil.example", 400), ("www.localhost", 400),
    ],
)  # fmt: skip
def test_a_name_that_was_turned_to_this_machine_is_refused(client, host, status):
    assert client.get("/api/stats", headers={"host": host}).status_code == status


def first_id(client) -> str:
    return client.get("/api/claims").json()["claims"][0]["id"]


def test_a_mark_is_kept_changed_and_taken_away(store):
    client = client_of(store)
    address = f"/api/claims/{first_id(client)}/mark"
    answer = client.post(address, json={"by": "Ann", "verdict": "wrong", "note": "it was\n her deputy"}, headers=BEARER)
    assert answer.status_code == 200
    assert (answer.json()["claim"]["mark"], answer.json()["claim"]["note"]) == ("wrong", "Ann: it was her deputy")
    client.post(address, json={"by": "Ben", "verdict": "right"}, headers=BEARER)
    assert client.get("/api/claims?marked=disputed").json()["total"] == 1
    named = client.post(address, json={"by": "Ben", "speaker": "David Lang"}, headers=BEARER).json()
    assert named["claim"]["speaker"] == "David Lang"
    for name in ("Ann", "Ben"):
        left = client.post(address, json={"by": name, "remove": True}, headers=BEARER).json()
    assert (left["claim"]["mark"], left["claim"]["speaker"], left["marks"]) == (None, "Ann Roe", [])


@pytest.mark.parametrize(
    ("body", "headers", "told"),
    [
        (b'{"by": "Ann", "verdict": "right"}', {}, "401 the token is missing or wrong"),
        (b'{"by": "Ann", "verdict": "right"}', {"authorization": "Bearer wrong"}, "401 "),
        (b'{"by": "Ann", "verdict": "right"}', {"authorization": f"Basic {TOKEN}"}, "401 "),
        (b'{"by": "Ann", "verdict": "right"}', {"authorization": TOKEN}, "401 "),
        (b'{"by": "Ann", "verdict": "right"}', {"authorization": "Bearer \xe9".encode("latin-1")}, "401 "),
        (b'{"by": "Ann", "verdict": "right"}', {**BEARER, "content-type": "text/plain"}, "415 the body is no JSON"),
        (b"", BEARER, "400 the body is wrong"),
        (b"[]", BEARER, "400 the body is wrong: Expected `object`"),
        (b"{", BEARER, "400 the body is wrong"),
        (b"\xff", BEARER, "400 the body is wrong"),
        (b"[" * 10_000, BEARER, "400 the body is wrong"),
        (b'{"verdict": "right"}', BEARER, "400 the body is wrong: Object missing required field `by`"),
        (b'{"by": " ", "verdict": "right"}', BEARER, "400 by is empty; say who judges"),
        (b'{"by": "Ann"}', BEARER, "400 a mark says something; give verdict, note or speaker"),
        (b'{"by": "Ann", "verdict": "rigth"}', BEARER, "400 the body is wrong: Invalid enum value 'rigth'"),
        (b'{"by": "Ann", "verdikt": "right"}', BEARER, "400 the body is wrong: Object contains unknown field"),
        (b'{"by": 7}', BEARER, "400 the body is wrong: Expected `str`, got `int` - at `$.by`"),
        (b" " * (MOST_BYTES + 1), BEARER, "413 the body is larger than 16,384 bytes"),
    ],
)
def test_a_mark_that_is_none_is_refused_and_nothing_is_written(store, body, headers, told):
    client, before = client_of(store), store.read_bytes()
    sent = {"content-type": "application/json", **headers}
    assert error_of(client.post(f"/api/claims/{first_id(client)}/mark", content=body, headers=sent)).startswith(told)
    assert store.read_bytes() == before


def test_a_mark_of_a_claim_that_is_not_there(store):
    client = client_of(store)
    answer = client.post("/api/claims/00000000/mark", json={"by": "Ann", "verdict": "right"}, headers=BEARER)
    assert error_of(answer).startswith("404 no claim has the id")


def test_read_only_nobody_marks_and_the_description_says_so(store):
    client = client_of(store, None)
    answer = client.post(f"/api/claims/{first_id(client)}/mark", json={"by": "A", "verdict": "right"}, headers=BEARER)
    assert error_of(answer).startswith("403 nothing may be written here")
    assert "/api/claims/{id}/mark" not in client.get("/openapi.json").json()["paths"]
    assert "mark</code>" not in client.get("/docs").text


def test_a_store_that_is_gone_or_damaged_is_told(store):
    client = client_of(store)
    data = store.read_bytes()
    store.unlink()
    assert error_of(client.get("/api/claims")).startswith("400 ")
    store.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    assert error_of(client.get("/api/claims")).startswith("503 ")


def test_a_fault_is_told_without_its_traceback(client, monkeypatch, capsys):
    monkeypatch.setattr(Store, "reader", lambda self: 1 / 0)
    answer = client.get("/api/claims")
    assert error_of(answer).startswith("500 a fault of this program")
    assert "division" not in answer.text
    assert capsys.readouterr().err == "claims: 'a fault of this program: ZeroDivisionError: division by zero'\n"


def resolver(description: dict):
    """Validates a value by the schema of a name in the description."""

    def validate(value, name: str) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
        jsonschema.Draft202012Validator(schema).validate(value)

    return validate


def test_what_is_answered_is_what_the_description_says(store):
    client = client_of(store)
    validate = resolver(client.get("/openapi.json").json())
    claim = first_id(client)
    body = {"by": "Ann", "verdict": "right", "note": None}
    validate(body, "Judgement")
    validate(client.post(f"/api/claims/{claim}/mark", json=body, headers=BEARER).json(), "ClaimPage")
    validate(client.get("/api/claims?type=all").json(), "Claims")
    validate(client.get(f"/api/claims/{claim}").json(), "ClaimPage")
    validate(client.get("/api/speakers").json(), "Speakers")
    validate(client.get("/api/stats").json(), "Stats")
    validate(client.get("/api/claims/zz").json(), "Error")
    with pytest.raises(jsonschema.ValidationError):
        validate({"claims": []}, "Claims")


def test_the_description_has_every_operation_and_parameter():
    described = openapi.described(writes=True)
    assert described["openapi"] == "3.1.0"
    for one in OPERATIONS:
        told = described["paths"][one.path][one.method.lower()]
        assert [each["name"] for each in told.get("parameters", [])] == [each.name for each in one.parameters]
        assert bool(told.get("security")) == (one.body is not None)
        for answer in told["responses"].values():
            for content in answer["content"].values():
                name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
                assert not name or name in described["components"]["schemas"]
    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_filter_is_an_option_of_the_list():
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    section = reference.partition("\n## claims list\n")[2].partition("\n## ")[0]
    for one in FILTERS:
        assert f"`--{one.name.replace('_', '-')}" in section, one.name


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("--search 'a' is no query", "search 'a' is no query"),
        ("--min-confidence sets it", "min_confidence sets it"),
        ("a -- b", "a -- b"),
        ("--", "--"),
        ("--after, --before", "after, before"),
    ],
)
def test_options_are_called_as_parameters_are(told, shown):
    assert in_parameters(told) == shown


def test_the_page_is_the_page_of_the_list(client, original, claims, tmp_path):
    done = claims("list", original, "-o", tmp_path / "page.html")
    assert done.returncode == 0, done.stderr
    assert client.get("/").text == (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script>bridge" not in client.get("/").text
    assert "John Lee" not in client.get("/?speaker=roe").text


def test_a_real_client_asks_a_real_process(running):
    with httpx.Client(base_url=running.address) as client:
        assert client.get("/api/claims").json()["total"] == 5
        assert client.get("/").headers["content-type"] == "text/html; charset=utf-8"
        assert client.get("/docs").status_code == client.get("/openapi.json").status_code == 200
        assert client.get("/api/stats", headers={"host": "evil.example"}).status_code == 400
        token = re.search(r"Bearer (\S+)", running.told)[1]
        answer = client.post(
            f"/api/claims/{first_id(client)}/mark", json={"by": "Ann", "verdict": "right"},
            headers={"authorization": f"Bearer {token}"},
        )  # fmt: skip
        assert answer.json()["claim"]["mark"] == "right"
        assert "server" not in answer.headers


def test_many_ask_at_once(running):
    from concurrent.futures import ThreadPoolExecutor

    with httpx.Client(base_url=running.address) as client, ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda number: client.get(f"/api/claims?limit={1 + number % 5}"), range(40)))
    assert [len(answer.json()["claims"]) for answer in found] == [1 + number % 5 for number in range(40)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly(store, number):
    found = started(store, "--read-only")
    assert httpx.get(f"{found.address}api/stats").status_code == 200
    assert ended(found, number) == ""
    assert found.process.returncode == (130 if number == signal.SIGINT else -signal.SIGTERM)


def test_only_this_machine_is_listened_to_unless_a_host_is_given(store):
    found = started(store, "--host", "0.0.0.0", "--read-only")
    try:
        assert "whoever reaches this machine can read the whole store" in found.told
    finally:
        ended(found)


def test_a_token_from_the_environment_is_not_printed(store):
    found = started(store, env={"CLAIMS_TOKEN": TOKEN})
    with httpx.Client(base_url=found.address, headers=BEARER) as client:
        answer = client.post(f"/api/claims/{first_id(client)}/mark", json={"by": "Ann", "verdict": "right"})
        assert answer.status_code == 200
    assert TOKEN not in found.told + ended(found)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsuch.db"], b"nonsuch.db is no store of claims"),
        ([], b"no store is named; name one"),
        (["STORE", "--token", "short"], b"a token has 16 letters or more"),
        (["STORE", "--token", "\u00e9" * 20], b"a token has 16 letters or more"),
        (["STORE", "--host", "no.such.host.invalid"], b"cannot listen on no.such.host.invalid port"),
        (["STORE", "--host", "192.0.2.1", "--port", "0"], b"cannot listen on 192.0.2.1 port 0"),
        (["STORE", "--port", "70000"], b"Invalid value for '--port'"),
    ],
)
def test_it_does_not_begin_with_what_is_wrong(claims, store, arguments, told):
    given = [str(store) if one == "STORE" else one for one in arguments]
    done = claims("serve", *given, env={**os.environ, "CLAIMS_DB": ""})
    assert done.returncode == 2
    assert told in done.stderr


def test_a_port_that_is_taken_is_told(claims, store):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = claims("serve", store, "--port", port)
    assert done.returncode == 2
    assert (
        f"cannot listen on 127.0.0.1 port {port}: address already in use; give another --port".encode() in done.stderr
    )


def test_without_the_library_it_says_what_to_install(claims, store, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = claims("serve", store)
    assert done.returncode == 2
    assert b"claims serve needs starlette, which is not installed; pip install 'source-claims[serve]'" in done.stderr


@pytest.mark.parametrize(
    ("host", "further", "name"),
    [
        ("127.0.0.1", [], "127.0.0.1"), ("::1", [], "[::1]"), ("192.0.2.7", [], "192.0.2.7"),
        ("0.0.0.0", [], socket.gethostname()), ("127.0.0.1", ["claims.example"], "claims.example"),
    ],
)  # fmt: skip
def test_by_which_names_it_may_be_called(host, further, name):
    found = command.hosts(host, further)
    assert name in found
    assert "localhost" in found
    assert "*" not in found


@pytest.mark.parametrize(
    ("host", "is_own"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("192.0.2.7", False), ("example.org", False)],
)  # fmt: skip
def test_what_only_this_machine_reaches(host, is_own):
    assert command.is_loopback(host) == is_own


def test_a_name_with_a_star_is_no_name(store):
    with pytest.raises(UsageError):
        command.hosts("127.0.0.1", ["*"])


@pytest.mark.parametrize("module", ["starlette", "uvicorn", "mcp", "mcp_types", "spacy"])
def test_the_command_line_imports_no_server(module):
    program = f"import sys; import claims_cli.commands.app; assert {module!r} not in sys.modules"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True).returncode == 0


@pytest.fixture
def visit(running, browser):
    """Open a page of the real server; it must ask nobody else, break no policy and report no error."""
    told, asked, opened = [], [], []

    def opens(path: str, width: int, scheme: str):
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        opened.append(page)
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(running.address.rstrip("/") + path)
        return page

    yield opens
    for page in opened:
        page.close()
    assert told == []
    assert all(address.startswith(running.address) for address in asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_have_no_violation_of_accessibility(visit, original, tmp_path, path, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(path, width, scheme)
    assert page.locator("h1").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations] == []


def test_the_docs_list_every_operation(visit):
    page = visit("/docs", 1280, "light")
    headings = page.locator("h2").all_inner_texts()
    assert headings == [f"{one.method} {one.path}" for one in OPERATIONS]
    assert "right or wrong" in page.locator("#mark").locator("xpath=..").inner_text()
    assert json.loads(visit("/openapi.json", 1280, "light").locator("pre").inner_text())["openapi"] == "3.1.0"


def test_the_examples_of_the_documentation_print_what_stands_below_them(claims, tmp_path):
    if shutil.which("curl") is None or shutil.which("python3") is None:
        pytest.skip("no curl")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    assert claims("extract", "seeds/", "--db", "claims.db", cwd=tmp_path).returncode == 0
    page = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```sh\n(curl .*?)^```\n\n```\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)
    assert len(examples) == page.count("```sh\ncurl") == 4
    found = started(tmp_path / "claims.db", env={"CLAIMS_TOKEN": TOKEN})
    env = {**os.environ, "CLAIMS_TOKEN": TOKEN}
    try:
        for line, printed in examples:
            line = line.replace("http://127.0.0.1:8765/", found.address)
            done = subprocess.run(line, shell=True, capture_output=True, text=True, env=env, timeout=60)
            assert done.stdout.strip() == printed, done.stderr
    finally:
        ended(found)


def test_the_documentation_has_every_address():
    page = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(GET|POST) (\S+)` \|", page, re.MULTILINE)
    assert set(listed) == {(one.method, one.path) for one in OPERATIONS} | {("GET", "/docs"), ("GET", "/openapi.json")}
