"""Audit: any document → quantities → what it states → checks → claims. Pure: no database, no framework."""
