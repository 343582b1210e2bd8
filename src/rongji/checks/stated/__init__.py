"""Checks on what a document states: one family per file, each check a decorated generator over the whole document."""

# Importing a family registers its checks; the order here is the order of the audit.
from rongji.checks.stated import (  # noqa: F401, I001
    execution_points,
    grades,
    header_formulas,
    points,
    rates,
    sums,
    final_accounts,
    final_accounts_text,
    final_accounts_wording,
    final_accounts_statements,
    statements,
    limits,
    carry_over,
    own_rates,
    units,
    prose_sums,
    prose_paragraphs,
    prose_rates,
    prose_changes,
    lists,
    dates,
    wording,
    leftovers,
)
