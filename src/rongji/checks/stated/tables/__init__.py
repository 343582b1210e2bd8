"""Arithmetic inside one table: totals over their parts, columns and rows that are computed from others."""
