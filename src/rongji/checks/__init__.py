"""Consistency of figures and texts: one file per family, pure. Findings are data; nothing is changed or stopped."""
