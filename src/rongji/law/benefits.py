"""Benefits and categories of people: what the tables under legal/entitlement say of each."""

from datetime import date

from rongji.law.loader import lawbook
from rongji.law.model import Lawbook
from rongji.law.refusals import CategoryClosed, UnknownBenefit, UnknownCategory
from rongji.law.shapes.benefit import Benefit, Category
from rongji.law.values import find

BENEFITS = "entitlement.benefits"
CATEGORIES = "entitlement.categories"


def benefit_ids(*, law: Lawbook | None = None) -> dict[str, int]:
    """Every benefit and its number: its place in the national table, which also settles ties between equals.

    Benefits that only localities have come after the national ones, by name.
    """
    book = law or lawbook()
    national = [key for (key,) in book.tables["", BENEFITS].by_key]
    everywhere = {key for (_, name), table in book.tables.items() if name == BENEFITS for (key,) in table.by_key}
    names = [*national, *sorted(everywhere - set(national))]
    return {name: number for number, name in enumerate(names)}


def benefit(benefit_id: str, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None) -> Benefit:
    """One kind of benefit, local codes of posting included.

    Raises: UnknownBenefit.
    """
    row = find(BENEFITS, on=on, known_on=known_on, region=region, law=law, benefit=benefit_id)
    if row is None:
        raise UnknownBenefit(id=benefit_id)
    found: Benefit = row.value
    return found


def category(code: str, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None) -> Category:
    """One category of people.

    Raises: UnknownCategory.
    """
    row = find(CATEGORIES, on=on, known_on=known_on, region=region, law=law, category=code)
    if row is None:
        raise UnknownCategory(id=code)
    found: Category = row.value
    return found


def category_for_entry(
    code: str, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None
) -> Category:
    """A category into which somebody is taken from a day on; a day before the table begins stands as its first.

    Raises: UnknownCategory, CategoryClosed.
    """
    rows = (law or lawbook()).tables["", CATEGORIES].by_key.get((code,), ())
    begins = min((row.effective for row in rows), default=on)
    found = category(code, on=max(on, begins), known_on=known_on, region=region, law=law)
    if not found.open:
        raise CategoryClosed(id=code, label=found.label, rule=found.rule or "历史类别")
    return found


def categories(*, on: date, known_on: date, region: str = "", law: Lawbook | None = None) -> dict[str, Category]:
    """Every category in force, by code."""
    table = (law or lawbook()).tables["", CATEGORIES]
    found = {
        keys[0]: find(CATEGORIES, on=on, known_on=known_on, region=region, law=law, category=keys[0])
        for keys in table.by_key
    }
    return {code: row.value for code, row in found.items() if row}
