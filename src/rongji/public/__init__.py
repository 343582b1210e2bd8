"""The public window: what everybody may read, and the box into which everybody may put a sealed form.

It runs in a process and on a database of its own and imports nothing of the bureau's rooms but the pure ones.
"""
