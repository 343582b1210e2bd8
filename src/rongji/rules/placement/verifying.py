"""Reckoning a published points sheet again: points, totals, scores and order, from its rows and the law alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from rongji.kernel.refusal import Refusal
from rongji.law.model import Lawbook
from rongji.law.shapes.placement import points_text
from rongji.law.shapes.placement_order import SERVICE_PART
from rongji.rules.entitlement.one_off import Reading
from rongji.rules.placement.composition import ABSENT, OrderScore, Result
from rongji.rules.placement.facts import COMPOSED, SERVICE, ScoredFact, Soldier, Stretch
from rongji.rules.placement.points import PointsLine, PointsSheet, points_sheet
from rongji.rules.placement.published import COLUMNS, NO_POINTS, score_of, standing_of
from rongji.rules.placement.ranking import Standing, rank
from rongji.rules.placement.reading import reading_for, tie_order
from rongji.rules.placement.refusals import SheetUnreadable

NEEDED = tuple(name for name in COLUMNS if name not in ("姓名", "计分方式", "说明", "名次说明", "依据"))
_SAME = (
    "名次", "总分", "排序分", "退役年度", "退役季次", "入伍日期", "退役日期", "服役各段", "出生日期", "抽签号",
    "安置地区划", "法规知悉日",
)  # fmt: skip
"""What must be the same on every row of a candidate."""


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
    score: str
    soldier: Soldier
    results: tuple[Result, ...]
    born_on: date | None
    lot: int | None
    region: str
    known_on: date
    rows: tuple[Mapping[str, str], ...]

    @property
    def scored(self) -> tuple[Mapping[str, str], ...]:
        """The rows of the points sheet."""
        return tuple(row for row in self.rows if row["项目"] != COMPOSED)

    @property
    def composed(self) -> tuple[Mapping[str, str], ...]:
        """The rows of the parts of the score."""
        return tuple(row for row in self.rows if row["项目"] == COMPOSED)


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
            reading = _reading(one, law)
            sheet = points_sheet(one.soldier, reading)
            score = score_of(sheet, one.results, reading)
            standings.append(standing_of(one.number, one.soldier, sheet, score, one.born_on, one.lot, reading))
        except Refusal as refusal:
            found.append(Difference(one.number, "积分", one.total, f"不能复算（{refusal}）"))
            continue
        found += [*_differences(one, sheet), *_part_differences(one, score, sheet)]
    if len(standings) == len(candidates):
        found += _order(candidates, standings, law)
    return Verification(len(candidates), len(rows), tuple(found))


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
    for name in _SAME:
        if any(row[name] != first[name] for row in rows):
            raise SheetUnreadable(why=f"编号 {number} 各行的“{name}”不一致")
    soldier = Soldier(
        enlisted_on=_day(first, "入伍日期"),
        discharged_on=_day(first, "退役日期"),
        soldier=first["人员"],
        year=_whole(first, "退役年度"),
        season=first["退役季次"],
        facts=tuple(_fact(row) for row in rows if row["项目"] not in (SERVICE, COMPOSED)),
        stretches=_stretches(first),
    )
    born = _day(first, "出生日期") if first["出生日期"].strip() else None
    lot = _whole(first, "抽签号") if first["抽签号"].strip() else None
    results = tuple(_result(row) for row in rows if row["项目"] == COMPOSED and row["档次"] != SERVICE_PART)
    return _Candidate(
        number, first["名次"], first["总分"], first["排序分"], soldier, results, born, lot, first["安置地区划"],
        _day(first, "法规知悉日"), tuple(rows),
    )  # fmt: skip


def _stretches(row: Mapping[str, str]) -> tuple[Stretch, ...]:
    """The periods of somebody enlisted more than once, as the sheet writes them."""
    text = row["服役各段"].strip()
    found = []
    for part in filter(None, text.split("、")):
        first, _, last = part.partition("至")
        try:
            found.append((date.fromisoformat(first.strip()), date.fromisoformat(last.strip())))
        except ValueError:
            raise SheetUnreadable(why=f"编号 {row['编号']} 的“服役各段”写的是“{text}”，读不出起止日期") from None
    if found and (str(found[0][0]), str(found[-1][1])) != (row["入伍日期"].strip(), row["退役日期"].strip()):
        raise SheetUnreadable(why=f"编号 {row['编号']} 的“服役各段”与入伍、退役日期不一致")
    return tuple(found)


def _result(row: Mapping[str, str]) -> Result:
    is_absent = row["数量"].strip() == ABSENT
    return Result(row["档次"], None if is_absent else _number(row, "数量"))


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


def _reading(one: _Candidate, law: Lawbook | None) -> Reading:
    soldier = one.soldier
    return reading_for(soldier.year, soldier.season, known_on=one.known_on, region=one.region, law=law)


def _added(one: _Candidate) -> Iterator[Difference]:
    """The sheet's own sum, whatever the law says."""
    if one.total == NO_POINTS:
        return
    total = sum((_number(row, "得分") for row in one.scored), Decimal(0))
    if total != _number(one.rows[0], "总分"):
        yield Difference(one.number, "总分与各项得分之和", one.total, points_text(total))


def _differences(one: _Candidate, sheet: PointsSheet) -> Iterator[Difference]:
    """Line by line, and the total."""
    printed = sorted((row["项目"], row["档次"], row["起始日期"], _number(row, "得分")) for row in one.scored)
    found = sorted((line.item, line.degree, _first_day(line), line.points) for line in sheet.lines)
    for said, should in zip(printed, found, strict=False):
        if said != should:
            yield Difference(one.number, f"“{said[0]}·{said[1]}”的得分", points_text(said[3]), points_text(should[3]))
    if len(printed) != len(found):
        yield Difference(one.number, "行数", str(len(printed)), str(len(found)))
    total = NO_POINTS if sheet.first else points_text(sheet.total)
    if one.total != total:
        yield Difference(one.number, "总分", one.total, total)


def _part_differences(one: _Candidate, score: OrderScore, sheet: PointsSheet) -> Iterator[Difference]:
    """Every part of the score, and the score itself."""
    printed = {row["档次"]: (row["数量"], _number(row, "得分")) for row in one.composed}
    found = {line.part.name: (line.reached, line.points) for line in score.lines}
    for name in dict.fromkeys((*printed, *found)):
        said, should = printed.get(name), found.get(name)
        if said != should:
            yield Difference(one.number, f"“{name}”的折合分", _part_text(said), _part_text(should))
    text = NO_POINTS if sheet.first else points_text(score.score)
    if one.score != text:
        yield Difference(one.number, "排序分", one.score, text)


def _part_text(part: tuple[str, Decimal] | None) -> str:
    return "没有这一项" if part is None else f"{part[0]} 折合 {points_text(part[1])}"


def _first_day(line: PointsLine) -> str:
    return str(line.fact.first_on) if line.fact and line.fact.first_on else ""


def _order(
    candidates: Sequence[_Candidate], standings: Sequence[Standing], law: Lawbook | None
) -> Iterator[Difference]:
    try:
        places = rank(standings, tie_order(_reading(candidates[0], law))[0])
    except Refusal as refusal:
        yield Difference("", "名次", "已排定", f"不能排定（{refusal}）")
        return
    printed = {candidate.number: candidate.position for candidate in candidates}
    for place in places:
        number = place.standing.number
        if printed[number] != str(place.position):
            yield Difference(number, "名次", printed[number], f"{place.position}（{place.why}）")
