"""Read → extract → choose → deliver, once: the commands, the Python API, the store and the evaluation all run so."""

from claims_cli.runs.documents import documents
from claims_cli.runs.run import Extract, Listener, Run

__all__ = ["Extract", "Listener", "Run", "documents"]
