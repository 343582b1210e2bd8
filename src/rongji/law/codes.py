"""Classification codes of a budget year: functional, economic, and how department codes map to government codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rongji.law.loader import lawbook
from rongji.law.model import Lawbook, Row
from rongji.law.refusals import UnknownCode
from rongji.law.shapes.codes import GovernmentCode, SpendingUse, ThreePublic
from rongji.law.values import find, table_named

FUNCTIONAL = "codes.functional"
ECONOMIC = "codes.economic"
_MAPPING = "codes.economic-mapping"
_LEVELS = {3: "类", 5: "款", 7: "项"}
_EVERYTHING_KNOWN = date.max


@dataclass(frozen=True, slots=True)
class Code:
    """One classification code in one year's edition; level 类, 款 or 项; parent empty for a 类."""

    code: str
    name: str
    level: str
    parent: str
    aliases: tuple[str, ...]
    use: SpendingUse
    three_public: ThreePublic
    covers: str
    row: Row

    @property
    def words(self) -> tuple[str, ...]:
        """Every name it is printed under."""
        return (self.name, *self.aliases)


def functional(
    code: str, year: int, *, region: str = "", known_on: date | None = None, law: Lawbook | None = None
) -> Code:
    """支出功能分类 of that code in the edition of a year.

    As of: the last day of the year, and everything known today unless `known_on` is given.
    Raises: UnknownCode.
    """
    return _code(FUNCTIONAL, "支出功能分类", code, year, region, known_on, law)


def economic(
    code: str, year: int, *, region: str = "", known_on: date | None = None, law: Lawbook | None = None
) -> Code:
    """部门预算支出经济分类 of that code in the edition of a year.

    As of: as for `functional`.
    Raises: UnknownCode.
    """
    return _code(ECONOMIC, "支出经济分类", code, year, region, known_on, law)


def edition(table_id: str, year: int, *, region: str = "", law: Lawbook | None = None) -> tuple[Code, ...]:
    """Every code of a list (codes.functional or codes.economic) in force in a year, in order of code."""
    return tuple(_edition(table_id, year, region, law or lawbook()))


def codes_called(
    name: str, table_id: str, year: int, *, region: str = "", law: Lawbook | None = None
) -> tuple[Code, ...]:
    """Every code printed under that name in a year; several where names repeat (309 and 310 share theirs)."""
    return tuple(item for item in edition(table_id, year, region=region, law=law) if name.strip() in item.words)


def government_code(code: str, year: int, *, kind_of_unit: str, law: Lawbook | None = None) -> GovernmentCode | None:
    """The government-budget code of a department code; None where no correspondence has been seen.

    kind_of_unit: `administrative` 行政单位 or `institution` 事业单位.
    """
    last_day = date(year, 12, 31)
    row = find(_MAPPING, on=last_day, known_on=_EVERYTHING_KNOWN, law=law, kind_of_unit=kind_of_unit, code=code)
    found: GovernmentCode | None = row.value if row else None
    return found


def _code(
    table_id: str, list_name: str, code: str, year: int, region: str, known_on: date | None, law: Lawbook | None
) -> Code:
    last_day = date(year, 12, 31)
    row = find(table_id, on=last_day, known_on=known_on or _EVERYTHING_KNOWN, region=region, law=law, code=code)
    if row is None:
        raise UnknownCode(code=code, year=year, list=list_name)
    return _from_row(row)


def _edition(table_id: str, year: int, region: str, book: Lawbook) -> Iterator[Code]:
    keys = {key for area in {"", region} for key in table_named(table_id, region=area, law=book).by_key}
    for (code,) in sorted(keys):
        row = find(table_id, on=date(year, 12, 31), known_on=_EVERYTHING_KNOWN, region=region, law=book, code=code)
        if row is not None:
            yield _from_row(row)


def _from_row(row: Row) -> Code:
    (code,) = row.keys
    return Code(
        code=code,
        name=row.value.name,
        level=_LEVELS.get(len(code), ""),
        parent=code[:-2] if len(code) > min(_LEVELS) else "",
        aliases=row.value.aliases,
        use=row.value.use,
        three_public=row.value.three_public,
        covers=row.value.covers,
        row=row,
    )
