"""The labels that rules name, checked against those that the loaded model gives.

spaCy's matchers take a misspelt label in silence and never match it.
"""

from collections.abc import Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.parts_of_speech import IDS

from claims_cli.errors import RulebookError
from claims_cli.names import suggest
from claims_cli.rulebook.model import Rule


def labels_of(nlp: Language) -> dict[str, frozenset[str]]:
    """The labels of a model by attribute; nothing for an attribute that no component of its tells of."""
    found = {"pos": frozenset(name for name in IDS if name)}
    for attribute, component, always in (("tag", "tagger", "_SP"), ("dep", "parser", "ROOT"), ("ent_type", "ner", "")):
        if component in nlp.component_names:
            found[attribute] = frozenset([*nlp.get_pipe(component).labels, always])
    if "ent_type" in found:
        found["known_as"] = found["ent_type"]
    return found


def check_labels(rules: Iterable[Rule], nlp: Language) -> None:
    """Check every label that the rules name.

    Raises:
        RulebookError: the model does not have one.
    """
    known = labels_of(nlp)
    problems = []
    for label in (label for rule in rules for label in rule.labels):
        allowed = known.get(label.attribute)
        if allowed is not None and label.value not in allowed:
            near = suggest(label.value, sorted(allowed))
            hint = f"{near}  " if near else ""
            names = ", ".join(sorted(filter(None, allowed)))
            problems.append(replace(label.problem, hint=f"{hint}{nlp.meta['name']} has: {names}"))
    if problems:
        raise RulebookError(problems)
