"""Checks on what a document states: one family per file, each check a decorated generator over the whole document.

`model` is what a document states, `phrase` how a number stands in its sentence, `words` by which words a check knows
what it looks at. `grammar` reads running text, `tables` a table; the rooms of families stand on these and never on
each other.
"""

# Importing a family registers its checks; the order here is the order of the audit.
# ruff: noqa: F401, I001
import rongji.checks.stated.self_evaluation.execution_points
import rongji.checks.stated.self_evaluation.grades
import rongji.checks.stated.tables.header_formulas
import rongji.checks.stated.self_evaluation.points
import rongji.checks.stated.self_evaluation.form_scores
import rongji.checks.stated.tables.rates
import rongji.checks.stated.tables.mined
import rongji.checks.stated.tables.sums
import rongji.checks.stated.final_accounts.across_tables
import rongji.checks.stated.final_accounts.text
import rongji.checks.stated.final_accounts.counts
import rongji.checks.stated.final_accounts.statements
import rongji.checks.stated.facts.statements
import rongji.checks.stated.facts.limits
import rongji.checks.stated.facts.carry_over
import rongji.checks.stated.facts.own_rates
import rongji.checks.stated.facts.units
import rongji.checks.stated.self_evaluation.indicator_rows
import rongji.checks.stated.self_evaluation.targets
import rongji.checks.stated.prose.sums
import rongji.checks.stated.prose.paragraphs
import rongji.checks.stated.prose.partitions
import rongji.checks.stated.prose.shares
import rongji.checks.stated.prose.rates
import rongji.checks.stated.prose.deeds
import rongji.checks.stated.prose.changes
import rongji.checks.stated.prose.rows
import rongji.checks.stated.prose.mixes
import rongji.checks.stated.prose.years
import rongji.checks.stated.prose.rests
import rongji.checks.stated.prose.each
import rongji.checks.stated.prose.budgets
import rongji.checks.stated.prose.points
import rongji.checks.stated.prose.lists
import rongji.checks.stated.prose.people
import rongji.checks.stated.prose.dates
import rongji.checks.stated.prose.wording
import rongji.checks.stated.prose.leftovers
