"""The published points sheet: everything that anybody needs to reckon points and order again, and doing so.

One row for each line of each candidate. No ID number is on it; the birth date only where a tie hangs on it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from rongji.kernel.refusal import Refusal
from rongji.law.model import Lawbook
from rongji.law.shapes.placement import PER_LABELS, TieBreak, points_text
from rongji.rules.placement.facts import SERVICE, ScoredFact, Soldier
from rongji.rules.placement.points import PointsLine, PointsSheet, points_sheet
from rongji.rules.placement.ranking import Place, Standing, rank
from rongji.rules.placement.reading import reading_for, tie_order
from rongji.rules.placement.refusals import SheetUnreadable
from rongji.rules.placement.service_years import served

HEAD = ("名次", "编号", "姓名", "退役年度", "退役季次", "安置地区划", "法规知悉日", "人员", "入伍日期", "退役日期")
TAIL = (
    "出生日期",
    "项目",
    "档次",
    "起始日期",
    "截止日期",
    "数量",
    "计分方式",
    "单分",
    "得分",
    "总分",
    "说明",
    "名次说明",
    "依据",
)
COLUMNS = (*HEAD, *TAIL)
NEEDED = tuple(name for name in COLUMNS if name not in ("姓名", "计分方式", "说明", "名次说明", "依据"))
NO_POINTS = "不计分"


@dataclass(frozen=True, slots=True)
class Published:
    """A candidate on the published sheet: the place, the facts, the sheet. region, known_on: what law was read."""

    place: Place
    name: str
    soldier: Soldier
    sheet: PointsSheet
    region: str
    known_on: date


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a sheet and its recomputation differ: whose line, what it says, what it should say."""

    number: str
    what: str
    printed: str
    found: str

    @property
    def words(self) -> str:
        """编号 7 的总分：表上 82，复算 83."""
        whose = f"编号 {self.number} 的" if self.number else ""
        return f"{whose}{self.what}：表上 {self.printed}，复算 {self.found}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a recomputation found: how many candidates and lines were reckoned again, and every difference."""

    candidates: int
    lines: int
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether everything came out as printed."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One candidate as read back from the rows of a sheet."""

    number: str
    position: str
    total: str
    soldier: Soldier
    born_on: date | None
    region: str
    known_on: date
    rows: tuple[Mapping[str, str], ...]


def published_rows(candidates: Iterable[Published]) -> Iterator[dict[str, str]]:
    """The rows of the sheet in the order of places, every cell a text."""
    for one in candidates:
        for line in one.sheet.lines:
            yield dict(zip(COLUMNS, (*_head(one), *_tail(one, line)), strict=True))


def verify(rows: Sequence[Mapping[str, str]], *, law: Lawbook | None = None) -> Verification:
    """Reckon points, totals and order again from the rows of a sheet and the law it names.

    Raises: SheetUnreadable.
    """
    candidates = [_candidate(number, own) for number, own in _grouped(rows)]
    if not candidates:
        raise SheetUnreadable(why="表里没有候选人")
    found = [difference for one in candidates for difference in _added(one)]
    standings: list[Standing] = []
    for one in candidates:
        try:
            sheet = _sheet(one, law)
        except Refusal as refusal:
            found.append(Difference(one.number, "积分", one.total, f"不能复算（{refusal}）"))
            continue
        found += _differences(one, sheet)
        time = served(one.soldier.enlisted_on, one.soldier.discharged_on)
        standings.append(Standing(one.number, sheet.total, time, one.born_on, bool(sheet.first)))
    if len(standings) == len(candidates):
        found += _order(candidates, standings, law)
    return Verification(len(candidates), len(rows), tuple(found))


def _head(one: Published) -> tuple[str, ...]:
    soldier = one.soldier
    return (
        str(one.place.position), one.place.standing.number, one.name, str(soldier.year), soldier.season, one.region,
        str(one.known_on), soldier.soldier, str(soldier.enlisted_on), str(soldier.discharged_on),
    )  # fmt: skip


def _tail(one: Published, line: PointsLine) -> tuple[str, ...]:
    fact = line.fact or ScoredFact(line.item, line.degree)
    born = one.place.standing.born_on if TieBreak.OLDER in one.place.ties else None
    return (
        str(born or ""), line.item, line.degree, str(fact.first_on or ""), str(fact.last_on or ""),
        points_text(line.quantity), PER_LABELS[line.per] if line.per else "", points_text(line.each),
        points_text(line.points), NO_POINTS if one.sheet.first else points_text(one.sheet.total), line.words,
        one.place.why, "、".join(line.references),
    )  # fmt: skip


def _grouped(rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, list[Mapping[str, str]]]]:
    """The rows of each candidate, in the order in which they come."""
    missing = [name for name in NEEDED if rows and name not in rows[0]]
    if missing:
        raise SheetUnreadable(why=f"缺少列“{'”“'.join(missing)}”")
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        found.setdefault(row["编号"].strip(), []).append(row)
    yield from found.items()


def _candidate(number: str, rows: list[Mapping[str, str]]) -> _Candidate:
    first = rows[0]
    for name in (
        "名次",
        "总分",
        "退役年度",
        "退役季次",
        "入伍日期",
        "退役日期",
        "出生日期",
        "安置地区划",
        "法规知悉日",
    ):
        if any(row[name] != first[name] for row in rows):
            raise SheetUnreadable(why=f"编号 {number} 各行的“{name}”不一致")
    soldier = Soldier(
        enlisted_on=_day(first, "入伍日期"),
        discharged_on=_day(first, "退役日期"),
        soldier=first["人员"],
        year=_whole(first, "退役年度"),
        season=first["退役季次"],
        facts=tuple(_fact(row) for row in rows if row["项目"] != SERVICE),
    )
    born = _day(first, "出生日期") if first["出生日期"].strip() else None
    return _Candidate(
        number, first["名次"], first["总分"], soldier, born, first["安置地区划"], _day(first, "法规知悉日"), tuple(rows)
    )


def _fact(row: Mapping[str, str]) -> ScoredFact:
    """A line of the sheet as the fact it rests on; of what goes by months the dates count, not the printed months."""
    first = _day(row, "起始日期") if row["起始日期"].strip() else None
    last = _day(row, "截止日期") if row["截止日期"].strip() else None
    return ScoredFact(row["项目"], row["档次"], 1 if first else _whole(row, "数量"), first, last)


def _day(row: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(row[name].strip())
    except ValueError:
        raise SheetUnreadable(why=f"编号 {row['编号']} 的“{name}”写的是“{row[name]}”，应是 2021-09-01 的样子") from None


def _whole(row: Mapping[str, str], name: str) -> int:
    try:
        return int(row[name])
    except ValueError:
        raise SheetUnreadable(why=f"编号 {row['编号']} 的“{name}”写的是“{row[name]}”，应是整数") from None


def _number(row: Mapping[str, str], name: str) -> Decimal:
    try:
        return Decimal(row[name])
    except InvalidOperation:
        raise SheetUnreadable(why=f"编号 {row['编号']} 的“{name}”写的是“{row[name]}”，应是数字") from None


def _sheet(one: _Candidate, law: Lawbook | None) -> PointsSheet:
    soldier = one.soldier
    reading = reading_for(soldier.year, soldier.season, known_on=one.known_on, region=one.region, law=law)
    return points_sheet(soldier, reading)


def _added(one: _Candidate) -> Iterator[Difference]:
    """The sheet's own sum, whatever the law says."""
    if one.total == NO_POINTS:
        return
    total = sum((_number(row, "得分") for row in one.rows), Decimal(0))
    if total != _number(one.rows[0], "总分"):
        yield Difference(one.number, "总分与各项得分之和", one.total, points_text(total))


def _differences(one: _Candidate, sheet: PointsSheet) -> Iterator[Difference]:
    """Line by line, and the total."""
    printed = sorted((row["项目"], row["档次"], row["起始日期"], _number(row, "得分")) for row in one.rows)
    found = sorted((line.item, line.degree, _first_day(line), line.points) for line in sheet.lines)
    for said, should in zip(printed, found, strict=False):
        if said != should:
            yield Difference(one.number, f"“{said[0]}·{said[1]}”的得分", points_text(said[3]), points_text(should[3]))
    if len(printed) != len(found):
        yield Difference(one.number, "行数", str(len(printed)), str(len(found)))
    total = NO_POINTS if sheet.first else points_text(sheet.total)
    if one.total != total:
        yield Difference(one.number, "总分", one.total, total)


def _first_day(line: PointsLine) -> str:
    return str(line.fact.first_on) if line.fact and line.fact.first_on else ""


def _order(
    candidates: Sequence[_Candidate], standings: Sequence[Standing], law: Lawbook | None
) -> Iterator[Difference]:
    one = candidates[0]
    reading = reading_for(one.soldier.year, one.soldier.season, known_on=one.known_on, region=one.region, law=law)
    try:
        places = rank(standings, tie_order(reading)[0])
    except Refusal as refusal:
        yield Difference("", "名次", "已排定", f"不能排定（{refusal}）")
        return
    printed = {candidate.number: candidate.position for candidate in candidates}
    for place in places:
        number = place.standing.number
        if printed[number] != str(place.position):
            yield Difference(number, "名次", printed[number], f"{place.position}（{place.why}）")
