"""The model: any spaCy pipeline for English, with paragraph boundaries set before its parser."""

from contextlib import nullcontext
from typing import Any

import spacy
from spacy.language import Language

from claims_cli.errors import ModelMissing
from claims_cli.models import default_model, install_command
from claims_cli.pipeline.accelerate import attributes, entities, lemmas
from claims_cli.pipeline.accelerate.arithmetic import quick_arithmetic, share_words
from claims_cli.pipeline.parse import paragraphs

PARAGRAPHS = paragraphs.NAME


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
    nlp.add_pipe(PARAGRAPHS, first=True)
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
    if "lemmatizer" in nlp.pipe_names and lemmas.can_remember(nlp.get_pipe("lemmatizer")):
        reminder: Any = nlp.add_pipe("claims_lemmas", after="lemmatizer")
        reminder.lemmatizer = nlp.get_pipe("lemmatizer")
        nlp.disable_pipe("lemmatizer")
