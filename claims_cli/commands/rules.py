"""`claims rules …`: the rulebook listed, shown, checked, tested, begun."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims_cli.commands.options import Model, RuleOptions, sharing
from claims_cli.errors import EXIT_RULES, UsageError
from claims_cli.names import suggest
from claims_cli.outputs.escapes import clean
from claims_cli.outputs.lexicon_pages import is_known, print_word
from claims_cli.outputs.listing import print_rows
from claims_cli.rulebook import FURNITURE, Rulebook, load, rule_files
from claims_cli.rulebook.feature_wording import FEATURES, NUMBERS, feature_row
from claims_cli.rulebook.furniture import FurnitureRule
from claims_cli.rulebook.learned import confidence_in_words
from claims_cli.rulebook.model import Example, Rule

if TYPE_CHECKING:
    from claims_cli.rule_tests import ExampleFailure

TEMPLATE = Path(__file__).parent.parent / "rulebook" / "template.yaml"

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Read, check, test and write the rules that find claims.

\b
Examples:
  claims rules list                  what there is
  claims rules new > my-rules.yaml   a rule to begin with
  claims rules test my-rules.yaml    whether its examples hold
""",
)
Paths = Annotated[list[str] | None, typer.Argument(metavar="[PATH...]", help="Rule files or folders of your own.")]


@app.command("list")
@sharing("ruled", RuleOptions)
def list_rules(
    context: typer.Context,
    tag: Annotated[
        str | None, typer.Option(metavar="TAG", help="Only rules with this tag, or of this construction.")
    ] = None,
    *,
    ruled: RuleOptions,
) -> None:
    """List the rules, how often each is right, and what it finds.

    \b
    Examples:
      claims rules list --tag furniture   only the rules that set lines aside
    """
    rulebook = load(ruled.settle_aloud().sources)
    shown = [rule for rule in rulebook.rules if tag is None or tag in (rule.construction, *rule.tags)]
    lines = rulebook.furniture if tag in (None, FURNITURE) else ()
    if tag is not None and not shown and not lines:
        tags = sorted({FURNITURE, *(tag for rule in rulebook.rules for tag in (rule.construction, *rule.tags))})
        raise UsageError(f"no rule has the tag '{tag}'", f"there are: {', '.join(tags) or 'none'}")
    rows = [
        (rule.id, rule.construction, confidence_in_words(rule, rulebook), rule.origin, rule.description)
        for rule in shown
    ]
    rows += [(rule.id, FURNITURE, "", rule.origin, rule.description) for rule in lines]
    print_rows(("Id", "Construction", "Right", "Origin", "Finds"), rows)


def chosen(rulebook: Rulebook, rule_id: str) -> Rule:
    """The rule of an id.

    Raises:
        UsageError: there is none.
    """
    found = next((rule for rule in rulebook.rules if rule.id == rule_id), None)
    if found is None:
        remedy = suggest(rule_id, [rule.id for rule in rulebook.rules]) or "claims rules list shows all"
        raise UsageError(f"there is no rule '{rule_id}'", remedy)
    return found


@app.command("show")
@sharing("ruled", RuleOptions)
def show(
    context: typer.Context,
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The rule to show.")],
    model: Model = None,
    *,
    ruled: RuleOptions,
) -> None:
    """Show a rule as it is written, and what its examples yield.

    \b
    Examples:
      claims rules show according-to
    """
    sources = ruled.settle_aloud().sources
    rulebook = load(sources)
    line_rule = next((rule for rule in rulebook.furniture if rule.id == rule_id), None)
    if line_rule is not None:
        typer.echo(f"{line_rule.id}: {line_rule.description}")
        typer.echo(f"from {line_rule.place.path}:{line_rule.place.line}\n\n{line_rule.written}")
        return
    rule = chosen(rulebook, rule_id)
    typer.echo(f"{rule.id}: {rule.description}")
    typer.echo(f"from {rule.place.path}:{rule.place.line}, right {confidence_in_words(rule, rulebook)}\n")
    typer.echo(rule.written)
    tester = new_tester(rulebook, model)
    typer.echo("What the examples yield:")
    for example in [*rule.match, *(Example(text) for text in rule.no_match), *rule.known_gap]:
        typer.echo(f"  {example.text}")
        found = tester.found(rule, example.text)
        for result in found:
            typer.echo("    " + "; ".join(f"{role}: {words}" for role, words in result.items()))
        if not found:
            typer.echo("    (nothing)")


def new_tester(rulebook: Rulebook, model: str | None):
    """What runs examples; loads the model and checks the labels against it.

    Raises:
        ModelMissing, RulebookError: as their names say.
    """
    from claims_cli.pipeline import parser
    from claims_cli.pipeline.parse.labels import check_labels
    from claims_cli.rule_tests import RuleTester

    nlp = parser(model)
    check_labels(rulebook.rules, nlp)
    return RuleTester(nlp, rulebook)


@app.command("check")
@sharing("ruled", RuleOptions)
def check(
    context: typer.Context,
    paths: Paths = None,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Only the rules' own structure, without the model's labels.")
    ] = False,
    model: Model = None,
    *,
    ruled: RuleOptions,
) -> None:
    """Check that rules are valid, and their labels the model's.

    \b
    Examples:
      claims rules check my-rules.yaml
    """
    rulebook = load(ruled.settle_aloud().sources.adding(paths or []))
    if not no_model:
        new_tester(rulebook, model)
    rules: list[Rule | FurnitureRule] = [*rulebook.rules, *rulebook.furniture]
    own = sum(rule.origin != "shipped" for rule in rules)
    typer.echo(f"{len(rules)} rules are valid, {own} of them your own.")


@app.command("test")
@sharing("ruled", RuleOptions)
def run_examples(
    context: typer.Context,
    paths: Paths = None,
    model: Model = None,
    *,
    ruled: RuleOptions,
) -> None:
    """Run the examples of rules: of those in the paths, or of all.

    \b
    Examples:
      claims rules test my-rules.yaml
      claims rules test                 all rules there are
    """
    sources = ruled.settle_aloud().sources
    rulebook = load(sources.adding(paths or []))
    named = [Path(path) for path in paths or []]
    files = {file.resolve() for path in named for file in rule_files(path)}
    rules = [rule for rule in rulebook.rules if not files or Path(rule.place.path).resolve() in files]
    lines = [rule for rule in rulebook.furniture if not files or Path(rule.place.path).resolve() in files]
    failures = failures_of(rules, lines, rulebook, model)
    for failure in failures:
        typer.echo(str(failure) + "\n", err=True)
    tested: list[Rule | FurnitureRule] = [*rules, *lines]
    bare = [rule.id for rule in tested if not rule.match]
    if bare:
        typer.echo(f"without a matching example: {', '.join(bare)}", err=True)
    examples = sum(len(rule.match) + len(rule.no_match) for rule in tested)
    examples += sum(len(rule.known_gap) for rule in rules)
    typer.echo(f"{len(tested)} rules, {examples} examples, {len(failures)} failed.")
    raise typer.Exit(EXIT_RULES if failures else 0)


def failures_of(
    rules: list[Rule], lines: list[FurnitureRule], rulebook: Rulebook, model: str | None
) -> list["ExampleFailure"]:
    """What is wrong with the examples of rules; the model is loaded only where there are rules of claims."""
    from claims_cli.rule_tests import furniture_failures

    found = [failure for rule in lines for failure in furniture_failures(rule)]
    if rules or not lines:
        tester = new_tester(rulebook, model)
        found = [failure for rule in rules for failure in tester.failures(rule)] + found
    return found


@app.command("new")
def new() -> None:
    """Print a rule to begin with, each line explained.

    \b
    Examples:
      claims rules new > my-rules.yaml
    """
    typer.echo(TEMPLATE.read_text(encoding="utf-8"), nl=False)


@app.command("schema")
def print_schema() -> None:
    """Print the rule language as JSON Schema, for editors.

    \b
    Examples:
      claims rules schema > rules.schema.json

    Save it beside your rules as rules.schema.json, and begin each rule file with the line

    \b
      # yaml-language-server: $schema=rules.schema.json
    """
    from claims_cli.rulebook.schema import HEADER, schema  # not at every start: a tenth of a second

    typer.echo(json.dumps(schema(), indent=2))
    typer.echo(f"The line that turns it on in a rule file:\n{HEADER}", err=True)


@app.command("docs")
@sharing("ruled", RuleOptions)
def docs(context: typer.Context, *, ruled: RuleOptions) -> None:
    """Print a Markdown page of the rule language and every rule.

    \b
    Examples:
      claims rules docs > rules.md
    """
    from claims_cli.outputs.rule_pages import page  # not at every start: a tenth of a second

    typer.echo(page(load(ruled.settle_aloud().sources)), nl=False)


@app.command("weights")
@sharing("ruled", RuleOptions)
def weights(
    context: typer.Context,
    feature: Annotated[str | None, typer.Argument(metavar="[FEATURE]", help="One kind of evidence.")] = None,
    *,
    ruled: RuleOptions,
) -> None:
    """List the weights of one kind of evidence, or the kinds.

    \b
    Examples:
      claims rules weights content_size
    """
    rulebook = load(ruled.settle_aloud().sources)
    learned = rulebook.reader_weights if rulebook.reader else rulebook.weights
    if feature is None:
        read = [
            (name, f"the small reader: {NUMBERS[name]}", f"{learned.numbers[name]:+.2f}") for name in learned.numbers
        ]
        print_rows(("Feature", "Says", "Weights"), [*(feature_row(name, learned) for name in FEATURES), *read])
        return
    if feature in learned.numbers:
        print_rows(("Weight", "Says"), [(f"{learned.numbers[feature]:+.2f}", f"the small reader: {NUMBERS[feature]}")])
        return
    if feature not in FEATURES:
        remedy = suggest(feature, FEATURES) or "claims rules weights shows all"
        raise UsageError(f"there is no kind of evidence '{feature}'", remedy)
    values = sorted(learned.features.get(feature, {}).items(), key=lambda pair: -pair[1])
    print_rows(("Weight", "Says"), [(f"{weight:+.2f}", FEATURES[feature].format(value)) for value, weight in values])


@app.command("lexicon")
@sharing("ruled", RuleOptions)
def lexicon(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A group, as in $verbs.saying; or a word, by its lemma.")
    ] = None,
    *,
    ruled: RuleOptions,
) -> None:
    """List the words of a lexicon group, or what is known of a word.

    \b
    Examples:
      claims rules lexicon attribution.argue  the verbs of a class
      claims rules lexicon counter            the class of a word, its counts
    """
    rulebook = load(ruled.settle_aloud().sources)
    if name is None:
        print_rows(("Group", "Words"), [(group, str(len(words))) for group, words in sorted(rulebook.lexicons.items())])
        return
    group = name.removeprefix("$")
    if group in rulebook.lexicons:
        for word in sorted(rulebook.lexicons[group]):
            typer.echo(clean(word))
        return
    lemma = rulebook.spellings.lemma(name.lower(), name.lower(), False)
    if not is_known(lemma, rulebook):
        remedy = suggest(group, [*rulebook.lexicons, *(word for _, word in rulebook.attribution.by_word)])
        nothing = "no lexicon group" if "." in group else "no lexicon group and no word known"
        raise UsageError(f"there is {nothing} '{name}'", remedy or "claims rules lexicon shows all groups")
    print_word(lemma, rulebook)
