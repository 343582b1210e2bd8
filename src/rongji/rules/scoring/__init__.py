"""Scoring of a self-evaluation: one file per method; `evaluate` puts the table together and explains every score."""
