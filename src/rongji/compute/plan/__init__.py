"""The rules of entitlement as set expressions: written once, run by every engine.

They say what `rules/entitlement` says of one person, for all persons at once; tests hold the two equal to the fen.
"""
