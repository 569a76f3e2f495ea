"""Statements that recur across documents: found again, put side by side, never merged."""

import csv
import json
import sqlite3

import pytest

import claims_cli

SAID = "We will never pay 12 million dollars to the contractors who built this bridge"


@pytest.fixture
def quotes(claims, tmp_path):
    """What `claims quotes` finds in articles, given as outlet, date and text each; options behind them."""

    def run(*articles: tuple[str, str, str], options: tuple[str, ...] = ()) -> list[dict]:
        done = claims("quotes", written(tmp_path, *articles), "--format", "jsonl", "-q", *options)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.decode().splitlines()]

    return run


def written(folder, *articles: tuple[str, str, str]):
    """A table of articles."""
    path = folder / "articles.csv"
    with open(path, "w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["outlet", "date", "text"])
        table.writerows(articles)
    return path


def said(words: str, speaker: str = "Mayor Ann Roe") -> str:
    return f"“{words},” said {speaker}.\n"


def versions(found: list[dict]) -> dict[str, dict]:
    """The versions of the one statement that was found, by outlet."""
    (one,) = found
    return {version["outlet"]: version for version in one["versions"]}


def test_the_same_words_in_two_papers_are_one_statement_and_the_older_is_the_first(quotes):
    (one,) = quotes(("Globe", "2024-03-02", said(SAID)), ("Courier", "2024-03-01", said(SAID)))
    assert (one["outlets"], one["first_date"], one["speakers"]) == (["Courier", "Globe"], "2024-03-01", ["Ann Roe"])
    assert [(version["kind"], version["first"]) for version in one["versions"]] == [
        ("verbatim", True),
        ("verbatim", False),
    ]


def test_each_version_stays_as_it_is_written(quotes):
    other = SAID.replace("12", "21")
    found = versions(quotes(("Globe", "2024-03-02", said(other)), ("Courier", "2024-03-01", said(SAID))))
    assert found["Courier"]["content"] == f"“{SAID},”"
    assert found["Globe"]["content"] == f"“{other},”"
    assert len({version["id"] for version in found.values()}) == 2


@pytest.mark.parametrize(
    ("words", "kind", "alters"),
    [
        (SAID, "verbatim", []),
        (SAID.replace("12", "twelve"), "verbatim", []),
        ("We’ll never pay 12 million dollars to the contractors who built this bridge", "verbatim", []),
        ("We will never pay 12 million dollars", "cut", []),
        (f"{SAID} across the river Sava", "fuller", []),
        (SAID.replace("contractors", "companies"), "edited", []),
        (SAID.replace("who built", "of"), "edited", []),
        (SAID.replace("to the contractors ", ""), "edited", []),
        (SAID.replace("to the contractors", "…"), "cut", []),
        ("We will pay 12 million dollars to the contractors who built this bridge", "altered", ["negation"]),
        (SAID.replace("12", "21"), "altered", ["number"]),
        (SAID.replace("never ", ""), "altered", ["negation"]),
        (SAID.replace("will", "may"), "altered", ["modal"]),
    ],
)
def test_what_was_changed_is_told_by_kind(quotes, words, kind, alters):
    found = versions(quotes(("Courier", "2024-03-01", said(SAID)), ("Globe", "2024-03-02", said(words))))
    assert (found["Globe"]["kind"], found["Globe"]["alters"]) == (kind, alters)


def test_the_words_that_were_changed_are_told(quotes):
    words = "We will never ever pay 21 million dollars to the contractors"
    found = versions(quotes(("Courier", "2024-03-01", said(SAID)), ("Globe", "2024-03-02", said(words))))
    assert found["Globe"]["added"] == ["ever"]
    assert found["Globe"]["cut"] == ["who built this bridge"]
    assert found["Globe"]["altered"] == [{"before": "12", "now": "21"}]


@pytest.mark.parametrize(
    ("first", "later", "kind", "alters"),
    [
        ("We will open the ferry and we will not raise the fare of it", "We will open the ferry", "cut", []),
        ("We will sell the old ferry which no captain wanted", "We will sell the old ferry", "cut", []),
        ("The ferry carried forty-one passengers home", "The ferry carried 41 passengers home", "verbatim", []),
        ("The ferry sails on 3 May from the harbour", "The ferry sails on May 3 from the harbour", "verbatim", []),
        ("The ferry sails at any hour of night", "The ferry sails at this hour of night", "altered", ["number"]),
        ("There is no reason to stop the ferry", "There is little reason to stop the ferry", "edited", []),
    ],
)
def test_what_turns_a_statement_round_and_what_does_not(quotes, first, later, kind, alters):
    found = versions(quotes(("A", "2024-03-01", said(first)), ("B", "2024-03-02", said(later))))
    assert (found["B"]["kind"], found["B"]["alters"]) == (kind, alters)


def test_what_is_said_otherwise_months_later_is_another_statement(quotes):
    first = "We expect the sales of ferries to grow by 4 percent"
    later = "We now expect the sales of old ferries to grow by 2 percent"
    near = quotes(("A", "2024-03-01", said(first)), ("B", "2024-03-09", said(later)))
    assert versions(near)["B"]["alters"] == ["number"]
    assert quotes(("A", "2024-03-01", said(first)), ("B", "2024-06-09", said(later))) == []


def test_a_quotation_in_which_one_number_is_another_is_known_again_months_later(quotes):
    other = SAID.replace("12", "21")
    found = versions(quotes(("A", "2024-03-01", said(SAID)), ("B", "2024-09-01", said(other))))
    assert found["B"]["alters"] == ["number"]


def test_a_name_in_other_letters_is_the_same_and_another_name_is_not(quotes):
    words = "The rockets that Hizbullah fired at the northern border will not change our policy"
    spelled, other = words.replace("Hizbullah", "Hezbollah"), words.replace("Hizbullah", "Hamas")
    articles = [("A", "2024-03-01", said(words)), ("B", "2024-03-02", said(spelled)), ("C", "2024-03-03", said(other))]
    found = versions(quotes(*articles))
    assert (found["B"]["kind"], found["B"]["altered"]) == ("verbatim", [{"before": "Hizbullah", "now": "Hezbollah"}])
    assert (found["C"]["kind"], found["C"]["alters"]) == ("altered", ["name"])


def test_british_and_american_spelling_are_the_same_words(quotes):
    british = "The labour centre will organise a programme of honour for the neighbours"
    american = "The labor center will organize a program of honor for the neighbors"
    found = versions(quotes(("A", "2024-03-01", said(british)), ("B", "2024-03-02", said(american))))
    assert found["B"]["kind"] == "verbatim"


def test_reported_words_are_no_alteration(quotes):
    text = "Mayor Ann Roe said they would never pay 12 million dollars to the contractors who built this bridge.\n"
    found = versions(quotes(("Courier", "2024-03-01", said(SAID)), ("Globe", "2024-03-02", text)))
    assert (found["Globe"]["kind"], found["Globe"]["alters"]) == ("edited", [])


def test_a_quotation_in_another_mouth_is_shown_and_not_set_right(quotes):
    found = quotes(("Courier", "2024-03-01", said(SAID)), ("Globe", "2024-03-02", said(SAID, "John Lee")))
    assert found[0]["speakers"] == ["Ann Roe", "John Lee"]
    assert versions(found)["Globe"]["speaker"] == "John Lee"
    assert versions(found)["Globe"]["alters"] == ["speaker"]


def test_who_is_not_named_is_not_given_the_name_that_another_paper_has(quotes):
    found = quotes(("Courier", "2024-03-01", said(SAID)), ("Globe", "2024-03-02", said(SAID, "a senior official")))
    assert found[0]["unnamed"] == 1
    globe = versions(found)["Globe"]
    assert (globe["speaker"], globe["named"], globe["kind"]) == ("a senior official", False, "verbatim")


@pytest.mark.parametrize("words", ["We have no comment on this", "It is too early to say", "We did what we had to do"])
def test_a_formula_brings_nobody_together(quotes, words):
    assert quotes(("A", "2024-03-01", said(words)), ("B", "2024-03-02", said(words, "John Lee"))) == []


def test_what_two_people_report_of_one_thing_is_not_one_statement(quotes):
    one = "Mayor Ann Roe said that three people were killed in the attack.\n"
    other = "John Lee said that three people were killed in the attack.\n"
    assert quotes(("A", "2024-03-01", one), ("B", "2024-03-02", other)) == []


def test_what_one_paper_says_twice_does_not_recur(quotes):
    assert quotes(("A", "2024-03-01", said(SAID) + "\nThe council met.\n\n" + said(SAID))) == []


def test_what_is_not_dated_comes_last_and_is_not_the_first(quotes):
    (one,) = quotes(("A", "", said(SAID)), ("B", "2024-03-02", said(SAID)))
    assert [version["outlet"] for version in one["versions"]] == ["B", "A"]
    assert [version["first"] for version in one["versions"]] == [True, False]
    assert one["undated"] == 1


def test_without_any_date_none_is_called_the_first(quotes, claims, tmp_path):
    (one,) = quotes(("A", "", said(SAID)), ("B", "", said(SAID)))
    assert one["first_date"] is None
    assert not any(version["first"] for version in one["versions"])


FILLER = " ".join(
    f"The council of district {number} met in hall {number} and voted on the budget." for number in range(9)
)


@pytest.mark.parametrize(
    ("head", "foot", "told"),
    [
        ("BERLIN (AP) — The bridge is closed. ", "", "AP"),
        (
            "",
            "\n\nThe Associated Press contributed to this report.\n",
            "The Associated Press contributed to this report",
        ),
        ("", "", None),
    ],
)
def test_wire_copy_is_told(quotes, head, foot, told):
    text = f"{head}{said(SAID)}\n{FILLER}\n{foot}"
    found = versions(quotes(("A", "2024-03-01", text), ("B", "2024-03-02", said(SAID))))
    assert found["A"]["wire"] == told


def test_an_article_that_is_nearly_another_is_told(quotes):
    one = f"{said(SAID)}\n{FILLER}\n"
    found = versions(quotes(("A", "2024-03-01", one), ("B", "2024-03-02", one + "\nThe mayor left.\n")))
    assert found["B"]["copy_of"].endswith("articles.csv#2")
    assert found["A"]["copy_of"] is None


def test_options_choose_statements_and_all_their_versions_are_shown(quotes):
    ferry = "The ferry across the harbour was built for thirty passengers and carried ninety"
    articles = [
        ("A", "2024-03-01", said(SAID)), ("B", "2024-03-02", said(SAID.replace("12", "21"))),
        ("A", "2024-03-01", said(ferry, "Tom Hale")), ("C", "2024-03-02", said(ferry, "Tom Hale")),
        ("D", "2024-03-03", said(ferry, "Tom Hale")),
    ]  # fmt: skip
    assert [one["speakers"] for one in quotes(*articles)] == [["Tom Hale"], ["Ann Roe"]]
    assert [one["speakers"] for one in quotes(*articles, options=("--altered",))] == [["Ann Roe"]]
    assert [one["speakers"] for one in quotes(*articles, options=("--min-outlets", "3"))] == [["Tom Hale"]]
    (one,) = quotes(*articles, options=("--outlet", "B"))
    assert one["outlets"] == ["A", "B"]
    assert [one["speakers"] for one in quotes(*articles, options=("--search", "ferry"))] == [["Tom Hale"]]


@pytest.fixture
def store(claims, tmp_path):
    """A store in which one statement stands in two papers, and another in one."""
    path = tmp_path / "claims.db"
    articles = written(
        tmp_path, ("Courier", "2024-03-01", said(SAID)), ("Globe", "2024-03-02", said(SAID.replace("12", "21"))),
        ("Globe", "2024-03-03", said("The old ferry is late again", "Tom Hale")),
    )  # fmt: skip
    assert claims("extract", articles, "--db", path).returncode == 0
    return path


def test_python_programs_get_the_same_statements(store):
    (one,) = claims_cli.quotes(store, altered=True)
    assert [(version.claim.outlet, version.difference.kind) for version in one.versions] == [
        ("Courier", "verbatim"),
        ("Globe", "altered"),
    ]
    assert one.versions[1].difference.altered == (("12", "21"),)
    assert claims_cli.quotes(store, min_outlets=3) == []
    with pytest.raises(claims_cli.ClaimsError):
        claims_cli.quotes(store.with_name("none.db"))


def listed(claims, *arguments) -> list[dict]:
    return [json.loads(line) for line in claims("list", *arguments, "--format", "jsonl").stdout.decode().splitlines()]


def test_a_store_keeps_beside_each_claim_which_others_are_the_same(claims, store):
    courier, globe, ferry = listed(claims, store)
    assert (courier["same_as"], globe["same_as"], ferry["same_as"]) == ([globe["id"]], [courier["id"]], [])


def test_what_is_the_same_is_found_out_again_when_claims_change(claims, store, tmp_path):
    articles = written(tmp_path, ("Courier", "2024-03-01", said(SAID)))
    claims("extract", articles, "--db", store, "--prune")
    assert [one["same_as"] for one in listed(claims, store)] == [[]]
    assert b"0 statements" in claims("quotes", store).stderr


def test_a_store_in_which_nothing_is_kept_is_asked_all_the_same(claims, store):
    with sqlite3.connect(store) as connection:
        connection.execute("DELETE FROM state WHERE name = 'statements'")
        connection.execute("DELETE FROM statements")
    assert b"1 statement in 2 versions" in claims("quotes", store).stderr


def test_a_plain_run_leaves_the_column_empty(claims, tmp_path):
    articles = written(tmp_path, ("A", "2024-03-01", said(SAID)), ("B", "2024-03-02", said(SAID)))
    done = claims("extract", articles, "--format", "jsonl")
    assert [json.loads(line)["same_as"] for line in done.stdout.decode().splitlines()] == [[], []]


def test_an_export_is_a_row_each_version(claims, store, tmp_path):
    claims("quotes", store, "-o", tmp_path / "quotes.csv")
    with open(tmp_path / "quotes.csv", encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["statement"], row["outlet"], row["kind"], row["altered"]) for row in rows] == [
        ("1", "Courier", "verbatim", ""),
        ("1", "Globe", "altered", "12 → 21"),
    ]


def test_the_page_leads_from_a_card_to_the_other(claims, store, tmp_path):
    claims("list", store, "-o", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    data = json.loads(page.partition('type="application/json" id="data">')[2].partition("</script>")[0])
    assert [claim.get("same") for claim in data["claims"]] == [[1], [0], None]
    claims("list", store, "--outlet", "Globe", "-o", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    data = json.loads(page.partition('type="application/json" id="data">')[2].partition("</script>")[0])
    assert [claim.get("same_elsewhere") for claim in data["claims"]] == [1, None]


def test_a_claim_that_is_shown_tells_where_it_stands_too(claims, store):
    courier = listed(claims, store)[0]["id"]
    shown = claims("show", courier, "--db", store).stdout.decode()
    assert "Also in    Globe, 2024-03-02: “We will never pay 21 million" in shown


def test_text_that_would_command_the_terminal_is_shown_as_text(claims, tmp_path):
    words = SAID.replace("bridge", "bridge\x1b[31m")
    done = claims(
        "quotes", written(tmp_path, ("A\x1b[2J", "2024-03-01", said(words)), ("B", "2024-03-02", said(words)))
    )
    assert done.stdout
    assert b"\x1b" not in done.stdout
