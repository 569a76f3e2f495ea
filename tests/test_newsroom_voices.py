"""What `claims stats` counts in the invented newsroom, held against what was counted by hand.

`pytest -rP tests/test_newsroom_voices.py` prints the figures. What a count misses since no claim or no name was found
is told apart from what is counted wrongly: the first is a matter of extraction, and held lower.
"""

import json
from collections import Counter

import pytest

from tests import newsroom

LEAST = 0.95
LEAST_EXTRACTED = 0.9
VOICES = newsroom.answers().voices
CLASSES = {name.casefold(): group for group, names in VOICES.roles.items() for name in names}
OUTLETS = {article.id: article.outlet for article in newsroom.articles()}


@pytest.fixture(scope="module")
def db(claims, tmp_path_factory):
    folder = tmp_path_factory.mktemp("newsroom")
    newsroom.write(folder)
    done = claims("extract", folder, "--db", folder / "all.db", "-q", timeout=600)
    assert done.returncode == 0, done.stderr
    return folder / "all.db"


@pytest.fixture(scope="module")
def counted(claims, db):
    """The counts of `claims stats --compare outlet`, by section, name and outlet."""
    options = ("--by", "speaker,role", "--compare", "outlet", "--limit", "1000", "--format", "json", "-q")
    rows = json.loads(claims("stats", db, *options).stdout)
    return {(row["section"], row["name"]): row["outlet"] for row in rows}


@pytest.fixture(scope="module")
def listed(claims, db):
    """The claims that are counted."""
    return [json.loads(line) for line in claims("list", db, "--format", "jsonl", "-q").stdout.splitlines()]


def alike(found: Counter, told: Counter) -> float:
    """How much of two counts is the same, of the larger of each."""
    return (found & told).total() / (found | told).total()


def say(what: str, share: float) -> float:
    print(f"{what}: {share:.3f}")
    return share


def test_statements_and_articles_of_the_six_are_as_they_were_counted(counted):
    statements = Counter({voice.speaker: voice.statements for voice in VOICES.speakers})
    articles = Counter((voice.speaker, OUTLETS[name]) for voice in VOICES.speakers for name in voice.articles)
    rows = {voice.speaker: counted.get(("speaker", voice.speaker), {}) for voice in VOICES.speakers}
    claims = Counter({name: sum(one["claims"] for one in row.values()) for name, row in rows.items()})
    documents = Counter({(name, outlet): one["documents"] for name, row in rows.items() for outlet, one in row.items()})
    assert say("statements of a speaker", alike(claims, statements)) >= LEAST_EXTRACTED
    assert say("articles of a speaker and an outlet", alike(documents, articles)) >= LEAST_EXTRACTED
    assert (claims - statements, documents - articles) == (Counter(), Counter())  # nobody is heard more than he was


def test_counts_of_a_speaker_and_an_outlet_are_those_of_the_claims(counted, listed):
    told = Counter((name, claim["outlet"]) for claim in listed for name in claim["speakers"] if claim["named"])
    names = {name for name, _ in told}
    found = Counter({
        (name, outlet): one["claims"]
        for (section, name), row in counted.items() if section == "speaker" and name in names
        for outlet, one in row.items()
    })  # fmt: skip
    assert say("claims of a speaker and an outlet", alike(found, told)) >= LEAST


def test_who_has_no_name_is_counted_as_unnamed(listed):
    unnamed = [(claim["url"].rpartition("/")[2], claim["source"]["text"]) for claim in listed
               if not claim["named"] and claim["source"]]  # fmt: skip
    found = [one for one in VOICES.unnamed if any(one.article == id and one.source in text for id, text in unnamed)]
    assert say("unnamed voices", len(found) / len(VOICES.unnamed)) >= LEAST


def test_classes_of_roles_are_those_that_people_see(counted, listed):
    told: Counter = Counter()
    for claim in listed:
        for name in claim["speakers"] or [claim["speaker"] or "it"]:
            told[CLASSES.get(name.casefold(), "in no answer"), claim["outlet"]] += 1
    found = Counter({
        (name, outlet): one["claims"]
        for (section, name), row in counted.items() if section == "role"
        for outlet, one in row.items()
    })  # fmt: skip
    for group in VOICES.roles:
        both = [Counter({key: n for key, n in one.items() if key[0] == group}) for one in (found, told)]
        say(f"{group} ({both[1].total()})", alike(*both))
    assert say("classes of roles, by outlet", (found & told).total() / told.total()) >= LEAST
