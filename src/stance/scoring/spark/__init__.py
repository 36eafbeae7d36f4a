"""Scoring on Spark: an engine, the files that it reads, and what runs in its workers."""
