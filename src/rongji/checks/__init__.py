"""Consistency of figures and texts: one file per family, pure. Findings are data; nothing is changed or stopped.

`check_year` runs every check over one bureau-year. `relations` is the arithmetic core and takes figures from
anywhere; `target_quality.assess_target` judges one indicator's target while it is being drafted.
"""

# Importing a family registers its checks; the order here is the order of the report.
from rongji.checks import (  # noqa: F401, I001
    identities,
    consolidation,
    breakdowns,
    same_fact,
    money_units,
    headcount,
    declared,
    balances,
    weights,
    scores,
    execution,
    three_public,
    precision,
    indicator_quality,
    reasons,
    evidence,
    problems,
    dates,
    texts,
)
from rongji.checks.registry import Check, registered
from rongji.checks.report import CheckReport, check_year
from rongji.checks.target_quality import assess_target

__all__ = ["Check", "CheckReport", "assess_target", "check_year", "registered"]
