"""Checks on what a document states: one family per file, each check a decorated generator over the whole document."""
