"""Samples of what was found and of what was not, the verdicts of coders, and what follows for a whole corpus."""
