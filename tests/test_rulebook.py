"""A broken rule says where, what, and what would be right, and all errors come in one run."""

import shutil

import pytest

from claims_cli.errors import RulebookError
from claims_cli.pipeline.article import Candidate
from claims_cli.pipeline.match.choice import choose
from claims_cli.pipeline.match.features import FeatureReader
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.rulebook import RuleSources, fingerprint, load, load_lexicon, load_settings, shipped_folder
from claims_cli.rulebook.feature_wording import FEATURES, in_words
from claims_cli.rulebook.learned import (
    PRECISIONS,
    PRECISIONS_HEAD,
    READER_WEIGHTS,
    WEIGHTS,
    WEIGHTS_HEAD,
    read_weights,
    write_precisions,
    write_weights,
)
from claims_cli.rulebook.model import Weights

GOOD = """- id: told-that
  description: X told Y that Z
  pattern:
    cue: {lemma: tell, pos: VERB}
    source: {child_of: cue, dep: nsubj}
    content: {child_of: cue, dep: ccomp, extent: clause}
"""


@pytest.fixture
def problems_of(tmp_path):
    """The message that a rulebook with one rule file of this text gives."""

    def run(text: str) -> str:
        folder = tmp_path / "rules"
        (folder / "lexicons").mkdir(parents=True)
        shutil.copy(shipped_folder() / "settings.yaml", folder)
        (folder / "own.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(RulebookError) as caught:
            load(RuleSources(base=str(folder)))
        return str(caught.value)

    return run


def test_a_misspelt_key_is_shown_with_the_nearest_right_one(problems_of):
    message = problems_of(GOOD.replace("source: {child_of", "source: {childof"))
    assert "rules/own.yaml:5:14: rule 'told-that', role 'source': unknown key 'childof'" in message
    assert "  5 |     source: {childof: cue, dep: nsubj}\n    |              ^^^^^^^" in message
    assert "did you mean 'child_of'?" in message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("lemma: tell", "lemma: $verbs.nosuch", "there is no lexicon group '$verbs.nosuch'"),
        ("extent: clause", "extent: clauses", "extent cannot be 'clauses'"),
        ("child_of: cue, dep: nsubj", "child_of: speaker, dep: nsubj", "there is no role 'speaker'"),
        ("child_of: cue, dep: nsubj", "dep: nsubj", "role 'source' hangs nowhere"),
        ("lemma: tell,", "lemma: on,", "YAML reads bare on as yes or no"),
        ("lemma: tell,", "lemma: [],", "allows nothing"),
        ("    content:", "    contents:", "unknown key 'contents'"),
        ("  description: X told Y that Z\n", "", "needs a description"),
        ("dep: nsubj}", "dep: nsubj, dep: dobj}", "the key 'dep' stands here a second time"),
        ("  pattern:", "  replaces: [nobody]\n  pattern:", "replaces 'nobody', which does not exist"),
    ],
)
def test_what_is_not_known_is_an_error(problems_of, old, new, message):
    assert message in problems_of(GOOD.replace(old, new))


def test_an_example_must_hold_the_words_that_it_yields(problems_of):
    examples = "  examples:\n    match:\n      - {text: He told me it fell., yields: {source: She}}\n"
    assert "'She' (source) does not stand in the example" in problems_of(GOOD + examples)


def test_all_problems_come_in_one_run(problems_of):
    message = problems_of(GOOD.replace("dep: nsubj", "depp: nsubj").replace("extent: clause", "extent: all"))
    assert "unknown key 'depp'" in message
    assert "extent cannot be 'all'" in message


def test_no_yaml_is_told_with_its_line(problems_of):
    assert "rules/own.yaml:3:1: no valid YAML" in problems_of("- id: a\n  pattern: {cue: [\n")


def test_two_rules_with_one_id_are_an_error(problems_of):
    assert "two rules have the id 'told-that'" in problems_of(GOOD + GOOD)


@pytest.fixture
def own_rules(tmp_path):
    """A folder of a user's own: a rule, a rule of furniture and further names of columns."""
    for name, text in {
        "own.yaml": GOOD,
        "furniture/own.yaml": "- id: own-button\n  description: a button\n  line: {equals: [Teilen]}\n",
        "lexicons/columns.yaml": "text: [corpo]\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_parts_of_a_rulebook_are_what_they_are_in_the_whole(own_rules):
    words, settings = (("columns.title", ("kop",)), ("verbs.telling", ("yell",))), (("min_precision", 0.2),)
    for sources in (
        RuleSources(),
        RuleSources(added=(str(own_rules),)),
        RuleSources(added=(str(own_rules / "own.yaml"),)),
        RuleSources(disabled=("button",), words=words, settings=settings),
    ):
        whole = load(sources)
        columns = {group: words for group, words in whole.lexicons.items() if group.startswith("columns.")}
        assert fingerprint(sources) == whole.fingerprint
        assert load_lexicon("columns", sources) == columns
        assert load_settings(sources) == whole.settings


def test_a_fingerprint_changes_with_every_file(own_rules):
    sources = RuleSources(added=(str(own_rules),))
    seen = {fingerprint(), fingerprint(sources)}
    for path in sorted(own_rules.rglob("*.yaml")):
        path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
        seen.add(fingerprint(sources))
    assert len(seen) == 5


def test_a_precision_is_shrunk_to_the_rate_of_rare_cues():
    precision = load().precisions["clause-after"]
    assert precision.of("say")[0] > 0.9
    assert precision.of("no such verb")[0] == pytest.approx(precision.unseen, abs=0.2)


def test_explain_says_each_weight_in_words():
    rulebook = load()
    reader = FeatureReader(rulebook)
    assert rulebook.weights.features.keys() <= FEATURES.keys()
    for feature, values in rulebook.weights.features.items():
        for value, weight in values.items():
            said = in_words(feature, value, weight)
            assert value in said
            assert said.startswith("for it (+" if weight > 0 else "against it (-")
            assert feature not in said.replace(value, "") or "_" not in feature
    assert reader.known is not None


def test_no_weight_rests_on_who_somebody_is():
    rulebook = load()
    values = {value for values in rulebook.weights.features.values() for value in values}
    keys = {key for precision in rulebook.precisions.values() for key in precision.cues}
    assert "a name" in values
    assert any("a-name" in key for key in keys)
    words = values | {word for key in keys for word in key.replace("/", " ").split()}
    assert not words & {"clinton", "obama", "sanders", "rubio", "mccain"}
    assert "trump" not in values  # as a key it is the verb, which the tagger now and then takes the name for


@pytest.fixture
def rulebook_with(tmp_path):
    """The shipped rulebook with a folder of a user's own files beside it, by name."""

    def run(**files: str):
        folder = tmp_path / "own"
        (folder / "lexicons").mkdir(parents=True)
        for name, text in files.items():
            (folder / f"{name.replace('_', '/')}.yaml").write_text(text, encoding="utf-8")
        return load(RuleSources(added=(str(folder),)))

    return run


def rule_of(rulebook, rule_id: str):
    return next(rule for rule in rulebook.rules if rule.id == rule_id)


def test_a_named_node_is_what_it_says_with_what_the_rule_adds(rulebook_with):
    nodes = "mine: {description: who, child_of: cue, dep: nsubj, optional: true}\n"
    used = GOOD.replace("{child_of: cue, dep: nsubj}", "{use: mine, pos: PRON, optional: false}")
    written = GOOD.replace("dep: nsubj}", "dep: nsubj, pos: PRON}")
    rulebook = rulebook_with(nodes=nodes, rules=used + written.replace("told-that", "written"))
    assert rule_of(rulebook, "told-that").nodes == rule_of(rulebook, "written").nodes
    assert rulebook.nodes[-1].description == "who"


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ("subject: {description: a, child_of: cue}\n", "own/nodes.yaml:1:1: two named nodes have the name 'subject'"),
        ("mine: {child_of: cue}\n", "own/nodes.yaml:1:7: node 'mine': needs a description"),
        ("mine: {description: a, childof: cue}\n", "node 'mine': unknown key 'childof'"),
    ],
)
def test_a_broken_named_node_is_told(rulebook_with, nodes, message):
    with pytest.raises(RulebookError) as caught:
        rulebook_with(nodes=nodes)
    assert message in str(caught.value)


def test_a_class_of_cues_has_a_rate_of_its_own(rulebook_with):
    priors = "verbs.telling: {right: 0.7, weighed: false}\n"
    rulebook = rulebook_with(
        lexicons_priors=priors, rules=GOOD.replace("  pattern:", "  priors: $verbs.telling\n  pattern:")
    )
    prior = rule_of(rulebook, "told-that").prior("tell")
    assert (prior.right, prior.exact, prior.weighed) == (0.7, 0.35, False)
    assert rule_of(rulebook, "told-that").prior("say") is None
    precision = rulebook.precisions["clause-after"]
    assert precision.of("no such verb", prior=prior) == pytest.approx((0.7, 0.35))


@pytest.mark.parametrize(
    ("priors", "message"),
    [
        ("verbs.teling: {right: 0.7}\n", "there is no lexicon group 'verbs.teling'"),
        ("verbs.telling: {rigt: 0.7}\n", "class 'verbs.telling': unknown key 'rigt'"),
        ("verbs.telling: {exact: 0.7}\n", "class 'verbs.telling': needs a rate (right)"),
    ],
)
def test_a_broken_class_of_cues_is_told(rulebook_with, priors, message):
    with pytest.raises(RulebookError) as caught:
        rulebook_with(lexicons_priors=priors)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("classes", "message"),
    [
        ("argue: {verbs: [aver, aver]}\n", "own/lexicons/attribution.yaml:1:16: class 'argue': 'aver' stands twice"),
        ("argue: {verb: [aver]}\n", "class 'argue': unknown key 'verb'"),
        ("mine: {verbs: [zzz]}\n", "class 'mine': a new class needs a type and a description"),
        ("mine: {description: a, type: stated, verbs: [zzz]}\n", "type cannot be 'stated'"),
        ("mine: {description: a, type: statement, frames: [noun], verbs: [zzz]}\n", "frames cannot be 'noun'"),
    ],
)
def test_a_broken_class_of_attribution_words_is_told(rulebook_with, classes, message):
    with pytest.raises(RulebookError) as caught:
        rulebook_with(lexicons_attribution=classes)
    assert message in str(caught.value)


def test_words_join_a_class_of_attribution_words_and_new_classes_stand_beside_them(rulebook_with):
    rulebook = rulebook_with(
        lexicons_attribution="argue: {verbs: [zzz]}\n"
        "mine: {description: They do, type: denial, frames: clause, right: 0.9, verbs: [yyy]}\n"
    )
    argue, mine = rulebook.attribution.at("VERB", "zzz"), rulebook.attribution.at("VERB", "yyy")
    assert argue is rulebook.attribution.at("VERB", "contend")
    assert (mine.type, mine.frames) == ("denial", {"clause"})
    assert {"zzz", "claim"} <= rulebook.words("attribution.argue")
    rule = rule_of(rulebook, "clause-after")
    assert rulebook.prior(rule, "yyy").right == pytest.approx(0.9)
    assert rulebook.prior(rule_of(rulebook, "verb-object"), "yyy") is None
    assert rulebook.prior(rule, "no such verb") is None


def test_old_names_of_settings_are_told_the_new_ones(tmp_path):
    (tmp_path / "settings.yaml").write_text("floor: 0.2\n", encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        load(RuleSources(base=str(tmp_path)))
    assert "rules/settings.yaml:1:1: 'floor' is called 'min_precision'" in str(caught.value)


def test_a_higher_priority_takes_the_cue_but_from_no_quotation(rulebook_with):
    special = GOOD.replace("told-that", "special").replace("  pattern:", "  priority: 1\n  pattern:")
    rulebook = rulebook_with(rules=GOOD + special)
    plain, special, quoting = (rule_of(rulebook, name) for name in ("told-that", "special", "quote-before"))
    quotation = Quotation(0, 9, 0, 2, True, 0)

    def winner(*rivals) -> str:
        candidates = [Candidate(rule, {"cue": 3}, quoted, "tell", worth, worth) for rule, quoted, worth in rivals]
        ((candidate,), _) = choose(candidates)
        return candidate.rule.id

    assert winner((plain, None, 0.9), (special, None, 0.3)) == "special"
    assert winner((quoting, quotation, 0.9), (special, None, 0.3)) == "quote-before"
    assert winner((plain, None, 0.2), (special, None, 0.3)) == "special"


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        ("weights", "content_wrod\tsay\t0.2", "there is no feature 'content_wrod'\n  3 | content_wrod"),
        ("weights", "content_word\tsay\tmuch", "the weight of 'content_word' must be a number"),
        ("weights", "content_word\t0.2", "has 2 columns, not 3"),
        ("precisions", "clause-after\tsay\t9\tx\t10", "right, exact and seen must be numbers"),
    ],
)
def test_what_was_learned_is_read_strictly(tmp_path, name, line, message):
    shutil.copy(shipped_folder() / "settings.yaml", tmp_path)
    (tmp_path / "model").mkdir()
    heading = (WEIGHTS_HEAD if name == "weights" else PRECISIONS_HEAD)[-1]
    (tmp_path / "model" / f"{name}.tsv").write_text(f"# head\n{heading}\n{line}\n", encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        load(RuleSources(base=str(tmp_path)))
    assert f"rules/model/{name}.tsv:3:1: " in str(caught.value)
    assert message in str(caught.value)


def test_what_was_learned_is_read_as_it_was_written(tmp_path):
    rulebook = load()
    write_precisions(rulebook.precisions, tmp_path / PRECISIONS)
    write_weights(rulebook.weights, tmp_path / WEIGHTS)
    write_weights(rulebook.reader_weights, tmp_path / READER_WEIGHTS)
    for name in (PRECISIONS, WEIGHTS, READER_WEIGHTS):
        shipped = (shipped_folder() / "model" / name).read_text(encoding="utf-8")
        assert (tmp_path / name).read_text(encoding="utf-8") == shipped
    odd = Weights(0.1, 1.0, {"content_word": {"\\n": 0.1, "\n\t": 0.2, " ": 0.3}})
    write_weights(odd, tmp_path / WEIGHTS)
    assert read_weights(tmp_path / WEIGHTS, "weights") == odd


def test_a_word_that_stands_twice_in_a_group_is_told(rulebook_with):
    with pytest.raises(RulebookError) as caught:
        rulebook_with(lexicons_mine="colours: [red, blue, red]\n")
    assert "own/lexicons/mine.yaml:1:22: group 'colours': 'red' stands here a second time" in str(caught.value)


def test_an_unknown_group_of_words_is_an_error_at_once():
    with pytest.raises(RulebookError, match=r"the lexicon has no group 'selff'") as caught:
        load().words("people.selff")
    assert "did you mean 'people.self'?" in str(caught.value)
    assert load().words_of("titles", "no such title") == frozenset()
