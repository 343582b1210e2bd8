"""合计: totals of tables against the rows and columns they stand over, level by level."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.model import Parts, Row, RowKind, StatedDocument, StatedTable
from rongji.checks.stated.tables.groups import Group, Line, Term, column_groups, label_of, row_groups
from rongji.checks.stated.tables.ways import ways
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind

_STRONG = 2  # 至少两项不为零，合计才说明问题
_NEAR = Fraction(9, 10)  # 其中各项之和接近总数的九成以上，才问是否漏列
_GROSS = Fraction(1, 4)
_ORPHANS = "表中有的科目编码没有上级科目，编码可能有误，不能断定。"
_PRINTED_BY_SYSTEMS = ("final-accounts",)  # 决算系统导出的表，空白就是没有发生


@document_check(title="表中合计等于各行之和")
def rows_add_up(document: StatedDocument) -> Iterator[Finding]:
    """A total row is the sum of the rows it stands over, in every column of amounts (合计、小计、类款项、其中).

    A blank cell counts as nothing where the rest closes. A list under 其中 may leave something out: it must only stay
    within its whole, unless the same list closes in another column or names everything by its nature.
    """
    for table in document.tables:
        if table.certain:
            yield from _findings(table, row_groups(table))


@document_check(title="表中合计栏等于各栏之和")
def columns_add_up(document: StatedDocument) -> Iterator[Finding]:
    """A total column is the sum of the columns it stands over, in every row (收入合计、支出合计、三公经费合计)."""
    for table in document.tables:
        if table.certain:
            yield from _findings(table, column_groups(table))


def _findings(table: StatedTable, groups: Iterable[Group]) -> Iterator[Finding]:
    """The lines of every group, each judged with what the others of its group show."""
    orphans = _has_orphans(table)
    for group in groups:
        for part in map(_with_others, _separate(group)):
            judged = [(line, _closest(part, line)) for line in part.lines]
            witness = Witness(part, judged)
            for line, finding in judged:
                found = _judged(part, line, finding, witness)
                if found and orphans and found.verdict is Verdict.CONTRADICTION and _goes_by_codes(part):
                    found = asked(found, _ORPHANS, "核对科目编码及上下级，再核对合计。")
                if found is not None:
                    yield replace(found, subject=_subject(table, part))


def _has_orphans(table: StatedTable) -> bool:
    """Whether a row of a level of codes has no upper one, while others of its level have (写错的编码)."""
    codes = {item.code for item in table.rows if item.code}
    by_level: dict[int, set[bool]] = {}
    for code in codes:
        has_upper = any(code[:length] in codes for length in range(1, len(code)))
        by_level.setdefault(len(code), set()).add(has_upper)
    return any(len(found) > 1 for found in by_level.values())


def _goes_by_codes(group: Group) -> bool:
    return any(isinstance(item, Row) and item.code for item in group.members)


class Witness:
    """What the lines of a group show together: whether its list is complete, and what a blank cell means in it."""

    def __init__(self, group: Group, judged: Sequence[tuple[Line, Finding]]) -> None:
        closed = [line for line, finding in judged if finding.agrees]
        strong = [line for line in closed if line.weight >= _STRONG]
        missed = [finding for _, finding in judged if not finding.agrees]
        self.completes = len(strong) >= max(1, len(missed))
        self.nothing = {member.index for line in strong for member in line.blank}
        self.doubts_structure = not closed and len(missed) >= _STRONG and all(_is_gross(item) for item in missed)
        self.doubts_link = _always_over(group, judged)
        self.is_complete = group.is_complete or (group.parts is Parts.UNKNOWN and self.completes)


def _always_over(group: Group, judged: Sequence[tuple[Line, Finding]]) -> bool:
    """Whether a list that need not be complete is above its whole in every line, or far above it in its only one."""
    if group.is_complete or not judged:
        return False
    over = [finding for _, finding in judged if (finding.difference or 0) < 0 and not finding.agrees]
    if len(judged) > 1:
        return len(over) == len(judged)
    return bool(over) and len(group.members) == 1 and _is_twice(over[0])


def _is_twice(finding: Finding) -> bool:
    stated, computed = finding.stated, finding.computed
    return bool(stated and computed and abs(computed.value) >= 2 * abs(stated.value))


def _closest(group: Group, line: Line) -> Finding:
    """The sum as the table lists it, or in another way of reading its levels in which it closes."""
    first = _sum(line.total, line.terms)
    if first.agrees or group.parts is Parts.SOME:
        return first
    others = (_sum(line.total, terms) for terms in ways(line.terms, line.total))
    return next((item for item in others if item.agrees), first)


def _judged(group: Group, line: Line, finding: Finding, witness: Witness) -> Finding | None:
    if finding.agrees and group.parts is not Parts.SOME:
        return finding
    if not _are_comparable(line):
        return None
    if group.parts is Parts.SOME or not witness.is_complete:
        partly = _partly_listed(line, finding)
        if partly and partly.verdict is Verdict.CONTRADICTION and witness.doubts_link:
            note = "所在的从属关系也可能与所读不同。"
            return asked(partly, note, "核对它是哪一项的其中数。") if len(group.lines) == 1 else None
        return partly
    if finding.verdict is not Verdict.CONTRADICTION:
        return finding
    printed = group.table.form in _PRINTED_BY_SYSTEMS
    open_cells = [item for item in line.blank if item.index not in witness.nothing and not printed]
    if open_cells and (finding.difference or 0) > 0:
        return _could_be_blank(finding, [label_of(item) for item in open_cells])
    if witness.doubts_structure:
        return asked(finding, "各栏都对不上，也可能是表的层次与所读不同。", "核对合计包括哪些行，改正出错的数。")
    return finding


def _partly_listed(line: Line, finding: Finding) -> Finding | None:
    """A list that need not be complete: within its whole; far over is a contradiction, just below is asked about."""
    parts = [item.figure for item in line.terms]
    if any(item.member.sign < 0 or (item.figure.quantity and item.figure.quantity.value < 0) for item in line.terms):
        return None
    within = relations.parts_within(line.total, parts)
    if within.verdict is Verdict.CONTRADICTION and len(parts) > 1 and _may_overlap(line):
        return asked(within, "各项可能有交叉，不能断定。", "核对各项是否重复计算。")
    if within.agrees and len(parts) > 1 and _is_near(finding):
        return asked(finding, "各项可能没有列全，不能断定。", "列全的改正出错的数，未列全的注明“其他”。")
    return within


def _may_overlap(line: Line) -> bool:
    """Persons and things may be counted under several heads (党员、女性…); each alone stays within the whole."""
    quantity = line.total.quantity
    if quantity is None or quantity.unit.kind is not UnitKind.COUNT:
        return False
    alone = (relations.parts_within(line.total, [item.figure]) for item in line.terms)
    return all(item.agrees for item in alone)


def _could_be_blank(finding: Finding, names: Sequence[str]) -> Finding:
    named = "、".join(dict.fromkeys(names[:3])) + (f"等 {len(names)} 项" if len(names) > 3 else "")
    return asked(finding, f"{named}没有填数，差额可能在此，不能断定。", f"补填{named}（没有的填 0），或改正出错的数。")


def _separate(group: Group) -> Iterator[Group]:
    """A whole with several lists under it, each begun by its own 其中, is as many groups."""
    starts = [i for i, item in enumerate(group.members) if isinstance(item, Row) and _begins_list(item)]
    if len(starts) < _STRONG or group.parts is Parts.ALL or _close_together(group):
        yield group
        return
    bounds = [0 if number == 0 else start for number, start in enumerate(starts)]
    for begin, end in zip(bounds, [*bounds[1:], len(group.members)], strict=True):
        members = group.members[begin:end]
        own = {item.index for item in members}
        lines = tuple(_only(line, own) for line in group.lines)
        yield replace(group, members=members, lines=tuple(line for line in lines if line.terms))


def _close_together(group: Group) -> bool:
    return all(_closest(group, line).agrees for line in group.lines)


def _with_others(group: Group) -> Group:
    """The group with 其他, which stands right after it, as a part, where more lines close with it than without."""
    lines = [line for line in group.lines if line.beside]
    without = sum(1 for line in lines if _sum(line.total, line.terms).agrees)
    within = sum(1 for line in lines if _sum(line.total, (*line.terms, *line.beside)).agrees)
    if within <= without:
        return group
    return replace(group, lines=tuple(replace(line, terms=(*line.terms, *line.beside)) for line in group.lines))


def _begins_list(row: Row) -> bool:
    return "其中" in row.number or row.label.startswith("其中")


def _only(line: Line, own: set[int]) -> Line:
    terms = tuple(item for item in line.terms if item.member.index in own)
    return replace(line, terms=terms, blank=tuple(item for item in line.blank if item.index in own))


def _sum(total: Figure, terms: Sequence[Term]) -> Finding:
    return relations.sum_of_parts(total, [item.signed for item in terms])


def _are_comparable(line: Line) -> bool:
    """件 and 人次 are never added: where they do not happen to close, nothing is said."""
    unit = line.total.quantity.unit if line.total.quantity else None
    return unit is not None and all(
        item.figure.quantity and unit.is_comparable_with(item.figure.quantity.unit) for item in line.terms
    )


def _is_near(finding: Finding) -> bool:
    stated, computed = finding.stated, finding.computed
    return bool(
        stated
        and computed
        and stated.value > 0
        and computed.value >= stated.value * _NEAR.numerator / _NEAR.denominator
    )


def _is_gross(finding: Finding) -> bool:
    stated, gap = finding.stated, finding.difference
    return bool(stated and gap is not None and abs(Fraction(gap)) > _GROSS * abs(Fraction(stated.value)))


def _subject(table: StatedTable, group: Group) -> str:
    name = table.caption or (table.heading[-1] if table.heading else "")
    whole = label_of(group.whole) if group.whole.__class__ is not Row or group.whole.kind is not RowKind.NOTE else ""
    return f"{name} {whole}".strip()
