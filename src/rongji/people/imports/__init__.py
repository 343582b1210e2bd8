"""Rosters (花名册) as offices really have them: read, judged row by row, compared with the register, taken over.

Reading and judging know nothing of the database; `importing` is the service that compares and writes.
"""
