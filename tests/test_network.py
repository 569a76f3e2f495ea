"""`claims network`: who speaks to, of and through whom, in files that other programs read, and on a page."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from claims_cli.across.mentions import Names
from claims_cli.across.network import Edge, Network, Node
from claims_cli.across.network_layout import APART, laid_out
from claims_cli.claim import Voice
from tests.test_terminal import at_terminal
from tests.voices_store import said, store_of

networkx = pytest.importorskip("networkx")
JANUARY, MARCH = ({"outlet": "Courier", "date": date} for date in ("2024-01-02", "2024-03-04"))
HOSTILE = "<b>&\"'\x1b[2J\x00\u202e\ufffe]]>"


@pytest.fixture
def db(tmp_path):
    return store_of(
        tmp_path / "x.db",
        (
            JANUARY,
            [
                said("Ann Roe", "the bridge will close", addressee="Mayor John Lee", speaker_role="engineer"),
                said("John Lee", "Ann Roe’s figures were wrong", via=(Voice("Mia Dahl", "said", "0" * 15 + "3"),)),
                said("Mia Dahl", "it was late"),
                said("a clerk", "Lee was late", addressee="him", named=False),
            ],
        ),
        (
            MARCH,
            [
                said("Ann Roe", "no", addressee="John Lee"),
                said("Ann Roe", "the clerk knew", addressee="the council"),
                said("John Lee", "ann roe is no name, and Ann, Roe neither"),
            ],
        ),
    )


def edges(claims, *arguments) -> dict[tuple[str, str, str], dict[str, str]]:
    """The edges that `claims network` lists, by their ends and the relation."""
    done = claims("network", *arguments, "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig")))
    return {(row["source_name"], row["relation"], row["target_name"]): row for row in rows}


def test_relations_have_weights_and_days(claims, db):
    found = edges(claims, db)
    told = found["Ann Roe", "addressee", "John Lee"]
    assert (told["weight"], told["documents"], told["first"], told["last"]) == ("2", "2", "2024-01-02", "2024-03-04")
    assert found["Mia Dahl", "via", "John Lee"]["weight"] == "1"
    assert found["Courier", "outlet", "Ann Roe"]["weight"] == "3"
    assert found["John Lee", "about", "Ann Roe"]["weight"] == "1"
    assert ("Ann Roe", "addressee", "the council") in found
    assert not [key for key in found if key[2] == "him" or (key[0], key[1]) == ("a clerk", "about")]


def test_relations_are_chosen_and_light_ones_left_out(claims, db):
    assert {key[1] for key in edges(claims, db, "--relations", "via,about")} == {"via", "about"}
    assert list(edges(claims, db, "--least", "2", "--relations", "addressee")) == [("Ann Roe", "addressee", "John Lee")]
    assert len(edges(claims, db, "--limit", "2")) == 2
    assert b"lighter ones left out" in claims("network", db, "--limit", "2").stderr
    assert set(edges(claims, db, "--relations", "addressee", "--before", "2024-02-01")) == {
        ("Ann Roe", "addressee", "John Lee")
    }


def test_a_name_that_two_have_is_nobodys(claims, tmp_path):
    both = [said("Ann Roe", "one"), said("Mary Roe", "two"), said("Ben Ott", "Ann Roe knew", addressee="Roe")]
    found = edges(claims, store_of(tmp_path / "x.db", ({}, both)))
    assert ("Ben Ott", "about", "Ann Roe") in found
    assert found["Ben Ott", "addressee", "Roe"]["target"] == "words:roe"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what Ann Roe said", ["ann"]),
        ("ANN ROE’S plan, and Ann Roe’s", ["ann"]),
        ("Ann (Roe)", []),
        ("They saw Ann. Roe was late", []),
        ("J. Ott and Ann Maria Roe", ["ott", "maria"]),
        ("ann roe", []),
        ("Ann Roeder", []),
        ("Al-Sinwar Hadi", ["hadi"]),
    ],
)
def test_whole_names_are_found_in_words(text, found):
    names = {"ann roe": "ann", "ann maria roe": "maria", "j ott": "ott", "al sinwar hadi": "hadi"}
    people: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for words in map(tuple, map(str.split, sorted(names, key=len, reverse=True))):
        people.setdefault(words[:2], []).append(words)
    assert Names(names, people, frozenset()).within(text) == found


def test_gexf_and_graphml_are_read_back(claims, db, tmp_path):
    for suffix, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        path = tmp_path / f"net.{suffix}"
        assert claims("network", db, "-o", path).returncode == 0
        made = networkx.MultiDiGraph(read(path))
        assert made.is_directed()
        named = {told["label"]: (node, told) for node, told in made.nodes(data=True)}
        assert (named["Ann Roe"][1]["kind"], named["Ann Roe"][1]["role"]) == ("person", "engineer")
        assert (named["Ann Roe"][1]["claims"], named["Ann Roe"][1]["named"]) == (3, True)
        assert named["Courier"][1]["kind"] == "outlet"
        told = made.get_edge_data(named["Ann Roe"][0], named["John Lee"][0])
        (edge,) = [one for one in told.values() if one["relation"] == "addressee"]
        assert (edge["weight"], edge["first"], edge["last"]) == (2, "2024-01-02", "2024-03-04")


def test_edges_of_gexf_live_from_their_first_to_their_last_day(claims, db, tmp_path):
    claims("network", db, "-o", tmp_path / "net.gexf")
    space = "{http://www.gexf.net/1.2draft}"
    graph = ElementTree.parse(tmp_path / "net.gexf").getroot().find(f"{space}graph")
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("name")) == ("dynamic", "date", None)
    lives = {(edge.get("start"), edge.get("end")) for edge in graph.iter(f"{space}edge")}
    assert lives == {("2024-01-02", "2024-03-04"), ("2024-01-02",) * 2, ("2024-03-04",) * 2}


@pytest.mark.parametrize("suffix", ["gexf", "graphml", "html", "csv", "md", "json", "jsonl", "tsv"])
def test_hostile_names_do_no_harm(claims, tmp_path, suffix):
    hostile = [said(f"Ann {HOSTILE}", "one", addressee=f"Lee {HOSTILE}", speaker_role=HOSTILE)]
    db = store_of(tmp_path / "x.db", ({"outlet": HOSTILE, "date": "no day"}, hostile))
    path = tmp_path / f"net.{suffix}"
    done = claims("network", db, "-o", path)
    assert done.returncode == 0, done.stderr
    text = path.read_text(encoding="utf-8")
    assert not {"\x1b", "\x00"} & set(text)
    if suffix in ("gexf", "graphml"):
        assert "Ann <b>" in " ".join(
            told["label"] for _, told in getattr(networkx, f"read_{suffix}")(path).nodes(data=True)
        )
    if suffix == "html":
        assert "<b>" not in text
        assert "\u202e" not in text


def test_the_page_draws_the_network_and_lists_it(claims, db, tmp_path):
    path = tmp_path / "net.html"
    claims("network", db, "-o", path)
    text = path.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert text.count("<circle") == 5
    assert text.count('<rect class="outlet"') == 1
    assert "Ann Roe tells John Lee: 2" in text
    assert text.count("<tr>") == 1 + len(edges(claims, db))
    claims("network", db, "-o", tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == text


def test_names_on_the_page_do_not_cover_each_other(claims, tmp_path):
    crowd = [said(f"Speaker N{number}", "one", addressee="John Lee") for number in range(30)]

    nodes = {name: Node(name, name, "person", True) for name in ("Lee", *(one.speaker for one in crowd))}
    places, height = laid_out(Network(nodes, [Edge(one.speaker, "Lee", "addressee", 1) for one in crowd]))
    points = list(places.values())
    close = [
        (one, other)
        for place, one in enumerate(points)
        for other in points[:place]
        if abs(one[0] - other[0]) < APART[0] - 1 and abs(one[1] - other[1]) < APART[1] - 2
    ]
    assert not close
    assert all(0 <= x <= 960 and 0 <= y <= height for x, y in points)


def test_the_page_is_accessible(claims, db, tmp_path, browser):
    from axe_playwright_python.sync_playwright import Axe

    claims("network", db, "-o", tmp_path / "net.html")
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto((tmp_path / "net.html").as_uri())
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.close()


def test_a_store_without_relations_is_no_fault(claims, tmp_path):
    db = store_of(tmp_path / "x.db", ({}, [said("Ann Roe", "one")]))
    for suffix in ("gexf", "graphml", "html", "csv", "json"):
        assert claims("network", db, "-o", tmp_path / f"net.{suffix}").returncode == 0
    assert "No claim that is shown tells of a relation." in (tmp_path / "net.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "net.json").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--relations", "married"], "there is no relation 'married'"),
        (["--format", "xlsx"], "there is no format for networks 'xlsx'"),
        (["-o", "net.doc"], "no format has the suffix"),
    ],
)
def test_what_cannot_be_made_is_told(claims, db, options, message):
    done = claims("network", db, *options)
    assert done.returncode == 2
    assert message in done.stderr.decode()


def test_a_missing_library_is_told(claims, db, monkeypatch):
    monkeypatch.setattr("claims_cli.commands.sources.importlib.util.find_spec", lambda name: None)
    done = claims("network", db, "--format", "gexf")
    assert done.returncode == 2
    assert "claims network needs networkx, which is not installed; pip install 'source-claims[network]'" in str(
        done.stderr
    )


def test_what_the_sheet_of_people_tells_stands_at_the_nodes(claims, db, tmp_path):
    (tmp_path / "people.csv").write_text("name,party\nAnn Roe,Labour\n", encoding="utf-8")
    claims("network", db, "--people", tmp_path / "people.csv", "-o", tmp_path / "net.graphml")
    told = dict(networkx.read_graphml(tmp_path / "net.graphml").nodes(data=True))
    assert {one["people.party"] for one in told.values() if one["label"] == "Ann Roe"} == {"Labour"}


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_the_terminal(db, width):
    assert "passes on" in at_terminal(str(db), name="network", width=width)


def test_python_gets_the_network_of_a_store_as_the_command_does(claims, db):
    import claims_cli

    graph = claims_cli.network(db, relations=["addressee"])
    names = graph.nodes(data="label")
    told = {(names[one], names[other]): weight for one, other, weight in graph.edges(data="weight")}
    assert told["Ann Roe", "John Lee"] == 2
    assert {(one, other) for one, _, other in edges(claims, db, "--relations", "addressee")} == set(told)
    assert len(claims_cli.network(db, types="denial")) == 0
