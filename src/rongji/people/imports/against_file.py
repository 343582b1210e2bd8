"""Whether what a row tells fits what the person's file says already: a death, an ended identity, a closed category."""

from collections.abc import Iterator, Sequence
from datetime import date

from rongji.kernel.month import Month
from rongji.people.imports.judging import Objection, Setting
from rongji.people.imports.matching import Fact, Match
from rongji.people.imports.problems import Level
from rongji.people.imports.registering import first_month
from rongji.people.imports.rows import RosterRow


def against_file(match: Match, setting: Setting) -> Iterator[Objection]:
    """Everything in a row that its file speaks against; a row for somebody new only meets the categories."""
    row = match.sealed.row
    held = [fact for fact in match.state.identities if fact.category == row.category] if match.state else []
    yield from _closed(row, held, setting)
    if match.state is None:
        return
    yield from _died(row, match.state.person.died_on)
    yield from _died_before(row, match)
    yield from _ended(row, held)
    yield from _older_grade(row, match.state.grades)


def claimed_twice(matches: Sequence[Match]) -> Iterator[Match]:
    """Rows that a file without an ID number was found for after a row with another number had claimed it."""
    claimed: dict[int, str] = {}
    for match in matches:
        index, state = match.sealed.id_index, match.state
        if not index or state is None or state.person.id_index:
            continue
        if claimed.setdefault(state.person.id, index) != index:
            yield match


def _closed(row: RosterRow, held: Sequence[Fact], setting: Setting) -> Iterator[Objection]:
    """Nobody is taken into a closed category any more; who has been in it stays, also with a later grade."""
    category = setting.categories.known.get(row.category)
    if category is None or category.closed_since is None:
        return
    first = first_month(row, setting)
    tells_start = bool(row.approved_on or row.benefit_from) and not category.needs_grade
    if first.first_day < category.closed_since or (held and not tells_start):
        return
    what = f"“{category.label}”自 {category.closed_since} 起不再新认定，这一行从 {first} 起"
    yield Objection("category", what, "请核对批准时间；确为其后认定的，请改为现行类别")


def _died(row: RosterRow, died_on: date | None) -> Iterator[Objection]:
    if died_on is None or row.died_on:
        return
    for column, day, word in (
        ("approved_on", row.approved_on, "批准时间"),
        ("benefit_from", row.benefit_from.first_day if row.benefit_from else None, "起始时间"),
    ):
        if day and day > died_on:
            what = f"在册已登记 {died_on} 去世，{word} {day} 在其后"
            yield Objection(column, what, "请核对；死亡登记有误的，请先撤销")
            return
    if not row.ended_on:
        what = f"在册已登记 {died_on} 去世，名册没有写死亡时间"
        yield Objection("name", what, "请核对这个人是否还应在名册里；死亡登记有误的，请先撤销", Level.WARNING)


def _died_before(row: RosterRow, match: Match) -> Iterator[Objection]:
    """A death before something that the file says began only after it."""
    if row.died_on is None or match.state is None:
        return
    begun = [(Month.from_number(fact.first_month).first_day, "身份") for fact in match.state.identities]
    begun += [(fact.decided_on, "残疾等级评定") for fact in match.state.grades]
    for day, word in begun:
        if day > row.died_on:
            what = f"死亡时间 {row.died_on} 早于在册的{word}（{day}）"
            yield Objection("died_on", what, "请核对死亡时间；在册的登记有误的，请先更正")
            return


def _ended(row: RosterRow, held: Sequence[Fact]) -> Iterator[Objection]:
    if not held or held[-1].last_month is None or row.ended_on or row.approved_on or row.died_on:
        return
    last = Month.from_number(held[-1].last_month)
    if row.benefit_from is None or row.benefit_from <= last:
        what = f"在册这类身份已于 {last} 终止，名册没有写新的批准时间，没有恢复"
        yield Objection("category", what, "重新认定的，请填写新的批准时间；否则请从名册里删去", Level.WARNING)


def _older_grade(row: RosterRow, grades: Sequence[Fact]) -> Iterator[Objection]:
    if not (row.grade and row.cause and row.approved_on and grades):
        return
    last = grades[-1]
    if (row.cause, row.grade) != (last.cause, last.grade) and row.approved_on < last.decided_on:
        what = f"批准时间 {row.approved_on} 早于在册的最近一次评定（{last.decided_on}，{last.cause} {last.grade} 级）"
        remedy = "照此导入会以名册的等级代替；名册是旧的，请先改成现在的等级和批准时间"
        yield Objection("disability_grade", what, remedy, Level.WARNING)
