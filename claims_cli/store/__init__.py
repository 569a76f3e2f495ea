"""Claims kept in an SQLite file and found again: written by `writing`, read by `reading`."""
