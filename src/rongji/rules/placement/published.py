"""The published points sheet: everything that anybody needs to reckon points and order again.

One row for each line of each candidate, and for each part of the score. No ID number is on it; a birth date or lot only
where a tie hangs on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rongji.law.shapes.placement import PER_LABELS, TieBreak, points_text
from rongji.rules.entitlement.one_off import Reading
from rongji.rules.placement.composition import OrderScore, PartLine, Result, order_score
from rongji.rules.placement.facts import COMPOSED, ScoredFact, Soldier, stretches_text
from rongji.rules.placement.points import PointsLine, PointsSheet
from rongji.rules.placement.ranking import Place, Standing
from rongji.rules.placement.service_years import service_time

HEAD = (
    "名次", "编号", "姓名", "退役年度", "退役季次", "安置地区划", "法规知悉日", "人员", "入伍日期", "退役日期",
)  # fmt: skip
TAIL = (
    "服役各段",
    "出生日期",
    "抽签号",
    "项目",
    "档次",
    "起始日期",
    "截止日期",
    "数量",
    "计分方式",
    "单分",
    "得分",
    "总分",
    "排序分",
    "说明",
    "名次说明",
    "依据",
)
COLUMNS = (*HEAD, *TAIL)
NO_POINTS = "不计分"


@dataclass(frozen=True, slots=True)
class Published:
    """A candidate on the published sheet: the place, the facts, the sheet, the score that it was ranked by.

    region, known_on: what law was read.
    """

    place: Place
    name: str
    soldier: Soldier
    sheet: PointsSheet
    score: OrderScore
    region: str
    known_on: date


def published_rows(candidates: Iterable[Published]) -> Iterator[dict[str, str]]:
    """The rows of the sheet in the order of places, every cell a text."""
    for one in candidates:
        cells = [*(_line_cells(line) for line in one.sheet.lines), *(_part_cells(part) for part in one.score.lines)]
        for own in cells:
            yield dict(zip(COLUMNS, (*_head(one), *_tail(one, own)), strict=True))


def score_of(sheet: PointsSheet, results: Iterable[Result], reading: Reading) -> OrderScore:
    """What somebody with this sheet is ranked by; an honour goes before all scores and has none.

    Raises: as `order_score`.
    """
    return OrderScore(sheet.total) if sheet.first else order_score(sheet.total, results, reading)


def standing_of(
    number: str, soldier: Soldier, sheet: PointsSheet, score: OrderScore, born_on: date | None, lot: int | None,
    reading: Reading,
) -> Standing:  # fmt: skip
    """A candidate as the ranking sees them. Raises: as `service_time`."""
    return Standing(
        number, score.score, service_time(soldier, reading)[0], born_on, bool(sheet.first), sheet.total,
        score.examined, lot,
    )  # fmt: skip


def _head(one: Published) -> tuple[str, ...]:
    soldier = one.soldier
    return (
        str(one.place.position), one.place.standing.number, one.name, str(soldier.year), soldier.season, one.region,
        str(one.known_on), soldier.soldier, str(soldier.enlisted_on), str(soldier.discharged_on),
    )  # fmt: skip


_Own = tuple[tuple[str, ...], str, str]
"""What differs from line to line: 项目 to 得分, the words, the law."""


def _line_cells(line: PointsLine) -> _Own:
    fact = line.fact or ScoredFact(line.item, line.degree)
    cells = (
        line.item, line.degree, str(fact.first_on or ""), str(fact.last_on or ""), points_text(line.quantity),
        PER_LABELS[line.per] if line.per else "", points_text(line.each), points_text(line.points),
    )  # fmt: skip
    return cells, line.words, "、".join(line.references)


def _part_cells(line: PartLine) -> _Own:
    said = f"占{points_text(line.part.share)}%，满分{points_text(line.part.full)}"
    return (
        (COMPOSED, line.part.name, "", "", line.reached, said, "", points_text(line.points)),
        line.words,
        line.reference,
    )


def _tail(one: Published, own: _Own) -> tuple[str, ...]:
    """Service, birth and lot as far as the order needs them, then the line, totals and reasons."""
    cells, words, law = own
    standing, ties = one.place.standing, one.place.ties
    total, score = (NO_POINTS,) * 2 if one.sheet.first else (points_text(one.sheet.total), points_text(one.score.score))
    return (
        stretches_text(one.soldier.stretches), str(standing.born_on or "") if TieBreak.OLDER in ties else "",
        str(standing.lot or "") if TieBreak.LOT in ties else "", *cells, total, score, words, one.place.why, law,
    )  # fmt: skip
