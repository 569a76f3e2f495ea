"""What is asked across documents: the same words in many papers, one speaker over time, who disputes whom."""

DAYS = 30  # that may lie between two documents whose statements are compared
