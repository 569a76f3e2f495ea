"""Bytes → `Document`, and the walk over the inputs of a run."""
