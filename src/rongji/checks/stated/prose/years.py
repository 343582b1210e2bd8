"""跨段的年度比较（正文）: changes against a year whose number stands elsewhere in the text.

`2023 年受理 480 件，比 2022 年上升 20%` and, paragraphs away, `2022 年受理 400 件`. Numbers meet by their name and
year; a name that stands for several numbers of a year is left alone, and nothing is called wrong on a name alone.
"""

import re
from collections.abc import Iterator, Sequence

from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.basis import basis_of, without_basis
from rongji.checks.stated.grammar.neighbours import before_in_sentence, is_value, series_of
from rongji.checks.stated.grammar.outline import Item, Outline, items_of
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.phrase import Against, Role
from rongji.checks.stated.prose.changes import bare_name, is_on_other_scope, subject_of
from rongji.checks.stated.prose.growth import difference, growth
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind

_AGAINST = re.compile(r"(?:比|较|与|同|和)(?P<year>(?:19|20)\d\d)年")
_LAST = re.compile(r"同比|上年|去年|上一年")
_LEAST_NAME = 4
_BY_NAME = "上年数写在别处，只按名称对应，口径可能不同。"
_REMEDY = "核对两年的数字和口径。"


class _Years:
    """Values of running text by name and year."""

    def __init__(self, document: StatedDocument) -> None:
        self.year = document.year
        self._known: dict[tuple[str, int], list[Item]] = {}
        for _, item in items_of(document):
            year, name = self.year_of(item), _name(item)
            if is_value(item) and item.is_exact and year and name:
                self._known.setdefault((name, year), []).append(item)

    def year_of(self, item: Item) -> int | None:
        """The year that a number is of."""
        return item.phrase.year or self.year

    def stated(self, name: str, year: int, like: Item | None = None) -> Item | None:
        """The one number of that name and year, counted like another."""
        found = self._known.get((name, year), [])
        if like:
            found = [item for item in found if item.quantity.unit.is_comparable_with(like.quantity.unit)]
        return found[0] if found and len({item.quantity.base for item in found}) == 1 else None


@document_check(title="正文：与别处所写年份的数比较", level=Verdict.QUESTION)
def prose_years_agree(document: StatedDocument) -> Iterator[Finding]:
    """Growth and changes against a year hold with the number of that name and year, wherever it stands."""
    years: _Years | None = None
    for outline, item in items_of(document):
        row = series_of(outline, item) if item.role in (Role.CHANGE, Role.GROWTH) else ()
        if row and row[0] is item:
            years = years or _Years(document)
            yield from _compared(outline, row, years)


def _compared(outline: Outline, row: Sequence[Item], years: _Years) -> Iterator[Finding]:
    here = [item for item in before_in_sentence(outline, row[0]) if item.kind in (UnitKind.COUNT, UnitKind.MONEY)]
    if any(item.role is Role.BEFORE for item in here):
        return
    values = [item for item in here if is_value(item) and item.is_exact]
    now = values[: len(row)][::-1] if len(values) >= len(row) else []
    subject = bare_name(subject_of(row[0].lead))
    if subject:
        now = [item for item in values if _name(item) == subject][:1] if len(row) == 1 else []
        found = years.stated(subject, years.year) if years.year and len(row) == 1 and not now else None
        now = [found] if found else now
    if len(now) == len(row) and (len(row) > 1 or subject or len(values) == 1):
        for change, value in zip(row, now, strict=True):
            yield from _held(row[0], change, value, years)


def _held(leading: Item, change: Item, now: Item, years: _Years) -> Iterator[Finding]:
    year = _base_year(leading, now, years)
    before = years.stated(_name(now), year, now) if year else None
    if before is None or before is now or not before.quantity.value or is_on_other_scope(change, now):
        return
    if change.kind is not UnitKind.RATIO and change.kind is not now.kind:
        return
    settled = growth if change.kind is UnitKind.RATIO else difference
    finding = settled(change, now, before, without_basis(now.figure.label))
    named = len(_name(now)) >= _LEAST_NAME and basis_of(now) == basis_of(before)
    if finding.agrees:
        yield finding
    elif named and finding.verdict is Verdict.CONTRADICTION:
        yield asked(finding, _BY_NAME, _REMEDY)


def _base_year(leading: Item, now: Item, years: _Years) -> int | None:
    """The year that a change is against."""
    named = _AGAINST.search(leading.lead)
    if named:
        return int(named["year"])
    year = years.year_of(now)
    prior = leading.phrase.against is Against.PRIOR or _LAST.search(leading.lead)
    return year - 1 if year and prior else None


def _name(item: Item) -> str:
    return bare_name(without_basis(item.phrase.label))
