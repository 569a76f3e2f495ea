"""Find who said what, citing whom, in text files."""

__version__ = "0.1.0"
