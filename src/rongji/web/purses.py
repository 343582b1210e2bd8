"""A purse of money in words: what it was spent on and by whom, with its codes spelled out."""

from rongji.budget.types import FUND_LABELS, KIND_LABELS, Codes
from rongji.kernel.bureau_year import BureauYear
from rongji.performance.workbook.vocabulary import vocabulary_for


def purse_words(facts: BureauYear, codes: Codes) -> tuple[str, str]:
    """The heading of a purse (project or kind, unit), and its classification in small print."""
    words = vocabulary_for(facts.year)
    project = next((item.name for item in facts.projects if item.code == codes.project), codes.project)
    unit = facts.unit_named(codes.unit)
    heading = [project or KIND_LABELS.get(codes.kind, codes.kind), unit.name if unit else codes.unit]
    functional = words.code_name("functional", codes.functional) or ""
    economic = words.code_name("economic", codes.economic) or ""
    detail = [
        f"{codes.functional} {functional}".strip(),
        f"{codes.economic} {economic}".strip(),
        FUND_LABELS.get(codes.fund, codes.fund),
    ]
    return " · ".join(part for part in heading if part), " · ".join(part for part in detail if part)
