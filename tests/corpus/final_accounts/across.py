"""Which cells of the nine tables print the same amount, or one made of others: the relations between the tables."""

from corpus.final_accounts import accounts as kinds
from corpus.final_accounts import catalogue
from corpus.final_accounts.tables import Print

SAME = (
    ("totals.income", "income.all.total"),
    ("totals.spending", "expenditure.all.total"),
    ("totals.fund-public", "fiscal-totals.in-public"),
    ("totals.fund-fund", "fiscal-totals.in-fund"),
    ("totals.fund-capital", "fiscal-totals.in-capital"),
    ("fiscal-totals.income", "income.all.fiscal"),
    *((f"totals.{name}", f"income.all.{name}") for name in kinds.SOURCES),
    ("fiscal-totals.spending.public", "public-budget.all.spent"),
    ("fiscal-totals.spending.fund", "fund.all.spent"),
    ("fiscal-totals.spending.capital", "state-capital.all.spent"),
    ("fiscal-totals.closing.public", "public-budget.all.closing"),
    ("fiscal-totals.closing.fund", "fund.all.closing"),
    ("fiscal-totals.closing.capital", "state-capital.all.closing"),
    ("fiscal-totals.open-public", "public-budget.all.opening"),
    ("fiscal-totals.open-fund", "fund.all.opening"),
    ("fiscal-totals.open-capital", "state-capital.all.opening"),
    ("fiscal-totals.in-public", "public-budget.all.income"),
    ("fiscal-totals.in-fund", "fund.all.income"),
    ("fiscal-totals.in-capital", "state-capital.all.income"),
    ("public-budget.all.basic", "basic.all"),
)


def relate_tables(page: Print) -> None:
    """Say what holds between tables."""
    for one, other in SAME:
        page.relate("across", one, other)
    page.relate("across", "public-budget.all.basic", "basic.personnel", "basic.operating")
    for code in catalogue.CLASSES:
        page.relate("across", f"totals.{code}", f"expenditure.{code}.total")
        page.relate("across", f"fiscal-totals.{code}.public", f"public-budget.{code}.spent")
        page.relate("across", f"fiscal-totals.{code}.fund", f"fund.{code}.spent")
        page.relate("across", f"fiscal-totals.{code}.capital", f"state-capital.{code}.spent")
