"""Score schemes put together as of a day, and the grade of a score."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rongji.kernel.bureau_year import Direction
from rongji.law.loader import lawbook
from rongji.law.model import DatedTable, Lawbook, Row, Trust
from rongji.law.refusals import NoValueInForce, ScoreOutOfRange, UnknownScheme
from rongji.law.shapes.bands import GradeBand
from rongji.law.shapes.scheme import (
    Aggregation,
    DirectionRule,
    ExecutionRule,
    Frame,
    Gates,
    OverTarget,
    Rounding,
    SchemePart,
    ScoreBlock,
    TextLimits,
    Tier,
)
from rongji.law.values import as_of, find

GRADE_BANDS = "scoring.grade-bands"
_PREFIX = "scoring."
_DIRECTIONS = {
    Direction.AT_LEAST: SchemePart.AT_LEAST,
    Direction.AT_MOST: SchemePart.AT_MOST,
    Direction.EXACT: SchemePart.EXACT,
    Direction.RANGE: SchemePart.RANGE,
}
_OPTIONAL = (SchemePart.EXECUTION, SchemePart.TEXTS)


@dataclass(frozen=True)
class ScoreScheme:
    """A whole score scheme as of one day.

    execution: None when the frame scores execution through ordinary indicators. texts: None when no lengths are set.
    rows: the dated row behind each part, with its act and trust word.
    """

    id: str
    label: str
    on: date
    known_on: date
    frame: Frame
    execution: ExecutionRule | None
    directions: Mapping[Direction, DirectionRule]
    tiers: tuple[Tier, ...]
    over_target: OverTarget
    aggregation: Aggregation
    rounding: Rounding
    gates: Gates
    texts: TextLimits | None
    rows: Mapping[SchemePart, Row]

    @property
    def total(self) -> Decimal:
        """What the weights close at."""
        return self.frame.total

    @property
    def blocks(self) -> tuple[ScoreBlock, ...]:
        """The level-1 blocks in order."""
        return self.frame.blocks

    @property
    def weakest(self) -> Trust:
        """The weakest trust word among its parts."""
        return max((row.trust for row in self.rows.values()), key=lambda trust: trust.rank)

    def block_named(self, level1: str) -> ScoreBlock | None:
        """The block that a printed level-1 heading belongs to; None when the scheme has no such block."""
        wanted = _plain_heading(level1)
        for block in self.blocks:
            if wanted in {_plain_heading(word) for word in (block.label, *block.aliases)}:
                return block
        return None

    def source(self, part: SchemePart) -> Row:
        """The row a part comes from, to print its act and trust."""
        return self.rows[part]

    def direction_source(self, direction: Direction) -> Row:
        """The row that says how one direction is scored."""
        part = _DIRECTIONS.get(direction, SchemePart.QUALITATIVE)
        return self.rows[part]


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of a score, the band it fell into and the row the band comes from."""

    grade: str
    score: Decimal
    band: GradeBand
    row: Row


def schemes(*, law: Lawbook | None = None) -> tuple[DatedTable, ...]:
    """The score schemes that can be chosen, as tables, in order of id (shared rules are no scheme)."""
    tables = (law or lawbook()).national("scoring")
    return tuple(table for table in tables if table.kind == "scheme" and (SchemePart.FRAME.value,) in table.by_key)


def scheme_ids(*, law: Lawbook | None = None) -> tuple[str, ...]:
    """Short ids as typed after --scheme: national-2020, hubei-2020 …"""
    return tuple(table.id.removeprefix(_PREFIX) for table in schemes(law=law))


def scheme(scheme_id: str, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None) -> ScoreScheme:
    """The scheme as of the day of the evaluation (not of the budget year) and what was known on another.

    Raises: UnknownScheme, NoValueInForce when a needed part is not in force.
    """
    book = law or lawbook()
    table = book.tables.get(("", _PREFIX + scheme_id.removeprefix(_PREFIX)))
    if table is None or table not in schemes(law=book):
        raise UnknownScheme(id=scheme_id, known="、".join(scheme_ids(law=book)))
    rows = _parts(table, on, known_on, region, book)
    frame, execution, texts = (rows.get(part) for part in (SchemePart.FRAME, SchemePart.EXECUTION, SchemePart.TEXTS))
    assert frame is not None  # required part: as_of has refused before
    scores_execution = any(block.id == execution.value.block for block in frame.value.blocks) if execution else False
    return ScoreScheme(
        id=table.id.removeprefix(_PREFIX),
        label=table.label,
        on=on,
        known_on=known_on,
        frame=frame.value,
        execution=execution.value if execution and scores_execution else None,
        directions={direction: rows[part].value for direction, part in _DIRECTIONS.items()},
        tiers=rows[SchemePart.QUALITATIVE].value,
        over_target=rows[SchemePart.OVER_TARGET].value,
        aggregation=rows[SchemePart.AGGREGATION].value,
        rounding=rows[SchemePart.ROUNDING].value,
        gates=rows[SchemePart.GATES].value,
        texts=texts.value if texts else None,
        rows=rows,
    )


def _parts(table: DatedTable, on: date, known_on: date, region: str, book: Lawbook) -> dict[SchemePart, Row]:
    found: dict[SchemePart, Row] = {}
    for part in SchemePart:
        row = find(table.id, on=on, known_on=known_on, region=region, law=book, part=part.value)
        if row is not None:
            found[part] = row
        elif part not in _OPTIONAL:
            raise NoValueInForce(label=table.label, keys=f"（{part.value}）", on=on, known_on=known_on)
    return found


def grade(
    score: Decimal, *, on: date, known_on: date, form: str = "continuous", region: str = "", law: Lawbook | None = None
) -> Grade:
    """The grade of a score. form: `continuous`, or `integer` for whole scores.

    Raises: ScoreOutOfRange, NoValueInForce.
    """
    row = as_of(GRADE_BANDS, on=on, known_on=known_on, region=region, law=law, form=form)
    bands: tuple[GradeBand, ...] = row.value
    for band in bands:
        if band.holds(score):
            return Grade(band.grade, score, band, row)
    raise ScoreOutOfRange(score=score, lower=bands[-1].lower, upper=bands[0].upper)


def grade_word(word: str, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None) -> str:
    """The grade that a printed word means (优秀 → 优); empty when it is none.

    Raises: NoValueInForce.
    """
    row = as_of(GRADE_BANDS, on=on, known_on=known_on, region=region, law=law, form="continuous")
    bands: tuple[GradeBand, ...] = row.value
    return next((band.grade for band in bands if word.strip() in band.words), "")


def _plain_heading(text: str) -> str:
    """A printed heading without spaces, bracketed hints and points: 产出指标（50分） → 产出."""
    head = "".join(text.split()).partition("（")[0].partition("(")[0]
    return head.removesuffix("指标")
