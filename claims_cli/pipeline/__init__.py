"""The spaCy components in the order in which they run; `build` is the only place that chains them."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.errors import ModelMissing
from claims_cli.models import default_model, install_command
from claims_cli.pipeline.accelerate import attributes, entities
from claims_cli.pipeline.accelerate.arithmetic import quick_arithmetic, share_words
from claims_cli.pipeline.attribute import nesting, spans  # noqa: F401 (each registers its factory)
from claims_cli.pipeline.match import attachments, candidates, decisions  # noqa: F401
from claims_cli.pipeline.parse import paragraphs, quotations  # noqa: F401
from claims_cli.pipeline.parse.labels import check_labels
from claims_cli.pipeline.resolve import speakers  # noqa: F401
from claims_cli.rulebook import SHIPPED, RuleSources, load

WITH_RULES = frozenset({"claims_candidates", "claims_attachments", "claims_nesting", "claims_speakers"})
AFTER_PARSER = (
    "claims_quotations",
    "claims_candidates",
    "claims_decisions",
    "claims_attachments",
    "claims_spans",
    "claims_nesting",
    "claims_speakers",
)


def parser(model: str | None = None, plain: bool = False) -> Language:
    """The model with paragraph boundaries set before its parser, and no component of ours behind it.

    Args:
        plain: whether the model computes as spaCy has it; otherwise the same in less time.

    Raises:
        ModelMissing: no such pipeline is installed.
    """
    name = model or default_model()
    try:
        with nullcontext() if plain else quick_arithmetic():
            nlp = spacy.load(name)
    except (OSError, ImportError):
        raise ModelMissing(f"the spaCy pipeline '{name}' is not installed", f"try: {install_command(name)}") from None
    if "parser" not in nlp.pipe_names:
        raise ModelMissing(f"the spaCy pipeline '{name}' has no parser", "take one like en_core_web_md")
    nlp.add_pipe("claims_paragraphs", first=True)
    if not plain:
        quicken(nlp)
    return nlp


def quicken(nlp: Language) -> None:
    """Put components of ours, which give the same, in the place of those that take long."""
    share_words(nlp)
    if "ner" in nlp.pipe_names and entities.can_decode(nlp.get_pipe("ner")):
        decoder: Any = nlp.add_pipe("claims_entities", after="ner")
        decoder.recognizer = nlp.get_pipe("ner")
        nlp.disable_pipe("ner")
    if "attribute_ruler" in nlp.pipe_names and attributes.can_remember(nlp.get_pipe("attribute_ruler")):
        setter: Any = nlp.add_pipe("claims_attributes", after="attribute_ruler")
        setter.take(nlp.get_pipe("attribute_ruler"))
        nlp.disable_pipe("attribute_ruler")


def steps(nlp: Language, sources: RuleSources) -> list[Callable[[Doc], Doc]]:
    """Our components that come behind the parser, each to be called with a `Doc`, in order."""
    config = {"rules": sources.to_config()}
    return [nlp.create_pipe(name, config=config if name in WITH_RULES else {}) for name in AFTER_PARSER]


def build(model: str | None = None, sources: RuleSources = SHIPPED) -> Language:
    """The whole pipeline: its `Doc`s carry ``doc.user_data["attributions"]``.

    Args:
        model: name of an installed spaCy pipeline with a tagger, a parser and a lemmatizer.
        sources: where the rules come from.

    Raises:
        ModelMissing: no such pipeline is installed.
        RulebookError: the rulebook is broken, or names labels that the model does not have.
    """
    rulebook = load(sources)
    nlp = parser(model)
    check_labels(rulebook.rules, nlp)
    for name in AFTER_PARSER:
        nlp.add_pipe(name, config={"rules": sources.to_config()} if name in WITH_RULES else {})
    return nlp
