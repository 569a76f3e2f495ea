"""Runs that are cut into shards, done anywhere, and collected: a plan, its shards, their results in order."""
