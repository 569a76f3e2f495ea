"""`claims stats`: shares by role, pronoun, section, author and pairs, outlets side by side, intervals by marks."""

import csv
import io
import json

import pytest

from claims_cli.across.roles import RoleTable
from claims_cli.rulebook import RuleSources
from claims_cli.store.stats import interval
from tests.test_terminal import at_terminal
from tests.voices_store import mark, said, store_of

COURIER = {"outlet": "Courier", "author": "Ida Berg", "date": "2024-01-02", "metadata": (("Section", "Local"),)}
HERALD = {"outlet": "Herald", "author": "Tom Ott", "date": "2024-02-03", "metadata": (("news.desk", "World"),)}

NOBODYS = said(None, "one", speaker_kind="unknown", named=False)


@pytest.fixture
def db(tmp_path):
    return store_of(
        tmp_path / "x.db",
        (
            COURIER,
            [
                said("Ann Roe", "one two three", speaker_role="a professor of law", quote="direct", pronoun="she"),
                said("John Lee", "one", speaker_role="Mayor"),
                said("two residents", "one two", named=False, speaker_kind="group"),
            ],
        ),
        (COURIER, [said("John Lee", "one"), said("John Lee and Ann Roe", "one two three four")]),
        (
            HERALD,
            [
                said("John Lee", "one"),
                said("Mia Dahl", "one two"),
                said(None, "one", speaker_kind="unknown", named=False),
            ],
        ),
        ({}, [said("A company spokesman", "one", named=False)]),
    )


def counted(claims, *arguments) -> list[dict[str, str]]:
    """The rows that `claims stats` prints."""
    done = claims("stats", *arguments, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))


def of_section(rows, section) -> dict[str, int]:
    """How many claims each group of a section has."""
    return {row["name"]: int(row["claims"]) for row in rows if row["section"] == section}


def test_roles_are_told_by_titles_and_nothing_is_guessed(claims, db):
    roles = of_section(counted(claims, db, "--by", "role"), "role")
    assert roles == {"officials": 4, "experts": 2, "citizens": 1, "business": 1, "unknown": 2}


def test_pronouns_are_those_of_the_text(claims, db):
    assert of_section(counted(claims, db, "--by", "pronoun"), "pronoun") == {"none": 8, "she": 1}


def test_outlet_author_section_and_month_come_where_documents_tell_them(claims, db):
    rows = counted(claims, db)
    assert of_section(rows, "outlet") == {"Courier": 5, "Herald": 3}
    assert of_section(rows, "author") == {"Ida Berg": 5, "Tom Ott": 3}
    assert of_section(rows, "section") == {"Local": 5, "World": 3}
    assert of_section(rows, "month") == {"2024-01": 5, "2024-02": 3}


def test_shares_of_words_stand_beside_shares_of_claims(claims, db):
    (direct,) = [row for row in counted(claims, db, "--by", "quotation") if row["name"] == "direct"]
    assert (direct["share"], direct["words_share"]) == ("0.1111", "0.1875")


def test_named_speakers_of_the_same_article_are_counted_in_pairs(claims, db):
    rows = counted(claims, db, "--by", "together")[1:]
    assert [(row["name"], row["documents"], row["claims"]) for row in rows] == [
        ("Ann Roe + John Lee", "2", "4"),
        ("John Lee + Mia Dahl", "1", "2"),
    ]


def test_outlets_stand_side_by_side_with_shares_of_their_own(claims, db):
    rows = counted(claims, db, "--compare", "outlet")
    by_name = {(row["section"], row["name"]): (row["Courier"], row["Herald"]) for row in rows}
    assert by_name["all", "claims"] == ("5", "3")
    assert by_name["naming", "named"] == ("0.8", "0.6667")
    assert by_name["role", "citizens"] == ("0.2", "0.0")
    assert by_name["speaker", "John Lee"] == ("0.6", "0.3333")
    words = counted(claims, db, "--compare", "outlet", "--of-words", "--by", "quotation")
    assert [row["Courier"] for row in words if row["name"] == "direct"] == ["0.2727"]
    assert b"1 in no column, since no outlet is told" in claims("stats", db, "--compare", "outlet").stderr


@pytest.mark.parametrize(
    ("by", "columns"),
    [
        ("author", ["Ida Berg", "Tom Ott"]),
        ("section", ["Local", "World"]),
        ("month", ["2024-01", "2024-02"]),
    ],
)
def test_authors_sections_and_months_are_compared_too(claims, db, by, columns):
    assert list(counted(claims, db, "--compare", by)[0]) == ["section", "name", *columns]


def test_a_comparison_in_json_has_every_count(claims, db):
    whole, *rows = json.loads(claims("stats", db, "--compare", "outlet", "--by", "naming", "--format", "json").stdout)
    assert whole["outlet"]["Herald"]["claims"] == 3
    assert [row["name"] for row in rows] == ["named", "nobody", "unnamed"]
    assert rows[0]["outlet"]["Courier"]["words"] == 9


def test_the_share_of_right_ones_has_an_interval_where_enough_are_marked(claims, tmp_path):
    path = store_of(
        tmp_path / "x.db",
        (COURIER, [said("Ann Roe", "one") for _ in range(12)]),
        (HERALD, [said("Mia Dahl", "one")]),
    )
    for number in range(1, 13):
        mark(path, number, "right" if number > 3 else "wrong")
    mark(path, 12, "wrong", by="Bob")  # disputed, and no verdict
    mark(path, 13, "right")
    rows = {(row["section"], row["name"]): row for row in counted(claims, path)}
    courier, herald = rows["outlet", "Courier"], rows["outlet", "Herald"]
    assert (courier["marked"], courier["right"]) == ("11", "0.7273")
    assert (courier["right_from"], courier["right_to"]) == ("0.4344", "0.9025")
    assert (herald["marked"], herald["right"]) == ("1", "")
    shown = at_terminal(str(path), "--compare", "outlet", name="stats", width=80)
    assert "73%" in shown
    assert "of 11" in shown
    assert "73% (43–90) of 11" in at_terminal(str(path), name="stats", width=80)


def test_an_interval_is_that_of_wilson():
    assert interval(8, 10) == (0.8, 0.4902, 0.9433)
    assert interval(0, 10)[1] == 0.0
    assert interval(10, 10)[2] == 1.0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--by", "colour"], "there is no grouping 'colour'"),
        (["--compare", "type"], "there is no comparison 'type'"),
        (["--compare", "outlet", "--by", "together"], "there is no grouping of a comparison 'together'"),
        (["--of-words"], "--of-words goes with --compare"),
    ],
)
def test_what_cannot_be_counted_is_told(claims, db, options, message):
    done = claims("stats", db, *options)
    assert done.returncode == 2
    assert message in done.stderr.decode()


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("options", [[], ["--compare", "outlet"]])
def test_tables_fit_the_terminal(db, width, options):
    shown = at_terminal(str(db), *options, name="stats", width=width)
    assert "Courier" in shown


def test_columns_for_which_a_terminal_has_no_room_are_told(tmp_path):
    documents = [({"outlet": f"Paper {number}"}, [said("Ann Roe", "one")]) for number in range(12)]
    shown = at_terminal(str(store_of(tmp_path / "x.db", *documents)), "--compare", "outlet", name="stats", width=80)
    assert "more columns; -o FILE.csv has all" in shown


def test_the_name_of_an_outlet_cannot_be_a_formula_or_a_control(claims, tmp_path):
    hostile = {"outlet": '=HYPERLINK("x")\x1b[2J'}
    path = store_of(tmp_path / "x.db", (hostile, [said("Ann Roe", "one")]))
    done = claims("stats", path, "--compare", "outlet", "--format", "csv").stdout.decode()
    assert "'=HYPERLINK" in done
    assert "\x1b" not in done + claims("stats", path, "--compare", "outlet").stdout.decode()


# ---------------------------------------------------------------- classes of roles


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Former Harbour minister", "officials"),
        ("a senior researcher at the Institute of Tides", "experts"),
        ("Arab and Western diplomats", "officials"),
        ("a spokeswoman for the company", "business"),
        ("police spokesman", "officials"),
        ("the president of the university", "experts"),
        ("three of the residents", "citizens"),
        ("a survivor of the fire", "victims_and_witnesses"),
        ("chief executive of Northlight", "business"),
        ("the minister’s wife", "citizens"),
        ("the leader of the teachers' union", "citizens"),
        ("chairman of the Employers' Association", "business"),
        ("head of the works council", "citizens"),
        ("the leader of the union", None),
        ("a person close to the player", None),
        ("people familiar with the talks", None),
        ("one person with knowledge of the talks", None),
        ("a person who lives nearby", "citizens"),
        ("an official familiar with the talks", "officials"),
        ("a police reporter", None),
        ("a source close to the minister", None),
        ("leader", None),
        ("of", None),
        ("", None),
    ],
)
def test_the_noun_of_a_title_tells_its_class(title, found):
    assert RoleTable.load().of_words(title) == found


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("Iran", "organization", "officials"),
        ("the U.S.", "organization", "officials"),
        ("Côte Rouge", "organization", "other"),
        ("Jordan", "person", "unknown"),
        ("Washington", "media", "other"),
        ("Ministry of Health", "organization", "officials"),
    ],
)
def test_a_state_under_its_name_alone_is_its_government(name, kind, found):
    assert RoleTable.load().of_speaker(None, name, kind, True, "{}") == found


def test_dr_counts_only_where_no_other_title_tells_more():
    table = RoleTable.load()
    assert table.of_speaker("Dr.", "Ann Roe", "person", True, '{"Dr.": 5, "the health minister": 1}') == "officials"
    assert table.of_speaker("Dr.", "Ann Roe", "person", True, '{"Dr.": 5}') == "experts"


def test_every_word_stands_in_one_class():
    from claims_cli.rulebook import load_lexicon

    words = [word for words in load_lexicon("role_classes").values() for word in words]
    assert len(words) == len(set(words))


def test_a_word_that_a_user_puts_into_a_class_leaves_its_own():
    own = RuleSources(words=(("role_classes.business", ("farmer", "beekeeper")),))
    assert RoleTable.load(own).of_words("a farmer from Redwick") == "business"
    assert RoleTable.load(own).of_words("beekeepers") == "business"
    assert RoleTable.load().of_words("a farmer from Redwick") == "citizens"


def test_a_folder_of_rules_brings_classes_of_its_own(claims, tmp_path, db):
    (tmp_path / "mine" / "lexicons").mkdir(parents=True)
    (tmp_path / "mine" / "lexicons" / "role_classes.yaml").write_text("town: [mayor]\n", encoding="utf-8")
    roles = of_section(counted(claims, db, "--by", "role", "--rules", tmp_path / "mine"), "role")
    assert roles["town"] == 4
    assert "officials" not in roles
