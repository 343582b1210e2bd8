"""The Figure: a number that knows what it is of, how precisely it was stated and where it comes from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import overload

from rongji.kernel.place import Place
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.kernel.units import UnitKind


class Stage(StrEnum):
    """At which point of the budget year, or on which basis, a figure is stated."""

    NONE = ""
    INITIAL = "initial"  # 年初预算数
    ADJUSTMENT = "adjustment"  # 年中调整数
    ADJUSTED = "adjusted"  # 全年预算数 (调整后)
    ACTUAL = "actual"  # 全年执行数, 决算数
    PRIOR = "prior"  # 上年决算数
    TARGET = "target"  # 年度指标值
    RATE = "rate"  # 所填执行率, 占比, 增长率


STAGE_LABELS: Mapping[Stage, str] = {
    Stage.NONE: "",
    Stage.INITIAL: "年初预算数",
    Stage.ADJUSTMENT: "调整数",
    Stage.ADJUSTED: "全年预算数",
    Stage.ACTUAL: "全年执行数",
    Stage.PRIOR: "上年决算数",
    Stage.TARGET: "年度指标值",
    Stage.RATE: "比率",
}


class Nil(StrEnum):
    """The four different things that a cell without a number can mean."""

    BLANK = "blank"  # 空白: nothing was written
    DASH = "dash"  # －: does not apply
    NONE = "none"  # 无: stated that there is none
    WORD = "word"  # a word stands where a number belongs (达标, 完成)


class SourceKind(StrEnum):
    """How a figure came to be."""

    DERIVED = "derived"  # a measure over records, with the rows behind it
    IMPORTED = "imported"  # another system's export, with file, sheet, cell
    DECLARED = "declared"  # a person typed it; wants a piece of evidence


@dataclass(frozen=True, slots=True, order=True)
class FigureKey:
    """The address of a fact: what (concept), on which basis (stage), of whom (unit), of which member.

    unit: code of an organisational unit, empty for the whole bureau (汇总).
    member: `axis:code` inside a breakdown, e.g. `functional:2080801`, `project:P03`, `source:fiscal`.
    Text form: `concept:stage@unit#member`, empty parts left out.
    """

    concept: str
    stage: Stage = Stage.NONE
    unit: str = ""
    member: str = ""

    @classmethod
    def parse(cls, text: str) -> "FigureKey":
        """Read the text form back.

        Raises: UnreadableKey when the stage or shape is unknown.
        """
        head, _, member = text.strip().partition("#")
        head, _, unit_code = head.partition("@")
        concept, _, stage = head.partition(":")
        if not concept or stage not in STAGE_LABELS:
            raise UnreadableKey(text=text)
        return cls(concept, Stage(stage), unit_code, member)

    def __str__(self) -> str:
        stage = f":{self.stage.value}" if self.stage else ""
        unit_code = f"@{self.unit}" if self.unit else ""
        member = f"#{self.member}" if self.member else ""
        return f"{self.concept}{stage}{unit_code}{member}"


class UnreadableKey(Refusal):
    """A figure key that cannot be read."""

    code = "unreadable-key"
    sentence = "数据编号“{text}”无法识别，应写成 概念:口径@机构#明细 的形式。"


@dataclass(frozen=True, slots=True)
class RowRef:
    """One record behind a derived figure: which table, which row, what it says, how much it adds."""

    table: str
    identifier: str
    label: str
    quantity: Quantity | None = None


class LaterRows(Sequence[RowRef]):
    """Rows that are made when somebody looks at them: of the thousands of figures of a year few are opened."""

    __slots__ = ("_count", "_make")

    def __init__(self, count: int, make: Callable[[], Iterable[RowRef]]) -> None:
        """count: how many `make` will yield."""
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[RowRef]:
        return iter(self._make())

    @overload
    def __getitem__(self, place: int) -> RowRef: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[RowRef]: ...
    def __getitem__(self, place: int | slice) -> RowRef | Sequence[RowRef]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from.

    place: human-readable place (工作表“收入” B4; 原文第 46 行; 凭证 2021-0034).
    evidence: codes of the evidence items attached to the figure.
    at: the exact place in a document that was read, None for what no document states.
    """

    kind: SourceKind
    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    at: Place | None = None

    @property
    def place(self) -> str:
        """The place in words, most exact part last."""
        parts = [self.file, f"工作表“{self.sheet}”" if self.sheet else "", self.cell, self.line, self.note]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Figure:
    """One statement of one fact.

    statement: which printing of the fact this is (form, text, cover …): the same key may be stated
    in several places, and then all statements must agree.
    printed: the text exactly as stated; quantity is None when `nil` says why there is no number.
    vague: the approximating word that stood with it (约, 余, 近, 多, 以上), empty when exact.
    how: the rule in words when derived; inputs: the figures it was computed from; rows: its records.
    """

    key: FigureKey
    label: str
    source: Source
    quantity: Quantity | None = None
    printed: str = ""
    nil: Nil | None = None
    vague: str = ""
    statement: str = "form"
    how: str = ""
    act: str = ""
    trust: str = ""
    inputs: tuple["Figure", ...] = ()
    rows: Sequence[RowRef] = ()

    @property
    def full_label(self) -> str:
        """Label with its basis, as a clerk would say it: 支出合计全年执行数, but plainly 实有人数."""
        plain = self.key.stage is Stage.RATE or (self.key.stage is Stage.ACTUAL and not self.is_money)
        stage = "" if plain else STAGE_LABELS[self.key.stage]
        return f"{self.label}{stage}" if stage and stage not in self.label else self.label

    @property
    def is_money(self) -> bool:
        """Whether the figure states an amount of money."""
        return self.quantity is not None and self.quantity.unit.kind is UnitKind.MONEY

    @property
    def rests_on_records(self) -> bool:
        """Whether it is derived down to records of the system, and so needs no other evidence."""
        if self.source.kind is not SourceKind.DERIVED:
            return False
        return bool(self.rows) or (bool(self.inputs) and all(item.rests_on_records for item in self.inputs))

    def explain(self, depth: int = 0) -> Iterator[str]:
        """The tree of this figure in lines: value, how, source, then its inputs indented."""
        shown = str(self.quantity) if self.quantity else (self.printed or "（空白）")
        parts = [f"{self.full_label} = {shown}"]
        if self.how:
            parts.append(self.how)
        if self.act:
            parts.append(f"依据 {self.act}")
        if self.source.place:
            parts.append(self.source.place)
        yield "  " * depth + "；".join(parts)
        for item in self.inputs:
            yield from item.explain(depth + 1)


@dataclass(frozen=True)
class FigureSet:
    """All statements of all facts of one bureau-year, looked up by key."""

    figures: tuple[Figure, ...] = ()

    @cached_property
    def _by_key(self) -> dict[FigureKey, list[Figure]]:
        index: dict[FigureKey, list[Figure]] = {}
        for figure in self.figures:
            index.setdefault(figure.key, []).append(figure)
        return index

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    def __contains__(self, key: FigureKey) -> bool:
        return key in self._by_key

    def keys(self) -> Iterable[FigureKey]:
        """Every key, in order of first statement."""
        return self._by_key.keys()

    def get(self, key: FigureKey) -> Figure | None:
        """The leading statement of a fact (the first given), or None."""
        found = self._by_key.get(key)
        return found[0] if found else None

    def quantity(self, key: FigureKey) -> Quantity | None:
        """The quantity of the leading statement, or None when absent or nil."""
        figure = self.get(key)
        return figure.quantity if figure else None

    def statements(self, key: FigureKey) -> tuple[Figure, ...]:
        """Every printing of one fact, leading one first."""
        return tuple(self._by_key.get(key, ()))

    def of_concept(self, concept: str) -> tuple[Figure, ...]:
        """Leading statements of every key of one concept."""
        return tuple(found[0] for key, found in self._by_key.items() if key.concept == concept)

    def members(self, concept: str, stage: Stage, unit: str, axis: str) -> tuple[Figure, ...]:
        """Leading statements of the breakdown of one concept along one axis."""
        prefix = f"{axis}:"
        return tuple(
            found[0]
            for key, found in self._by_key.items()
            if key.concept == concept and key.stage is stage and key.unit == unit and key.member.startswith(prefix)
        )

    def units(self, concept: str, stage: Stage) -> tuple[Figure, ...]:
        """Leading statements of one concept over the single units (the consolidated row left out)."""
        return tuple(
            found[0]
            for key, found in self._by_key.items()
            if key.concept == concept and key.stage is stage and key.unit and not key.member
        )

    def with_figures(self, more: Iterable[Figure]) -> "FigureSet":
        """A new set with further statements after the present ones."""
        return FigureSet((*self.figures, *more))

    def replacing(self, figure: Figure, quantity: Quantity) -> "FigureSet":
        """A new set in which exactly this statement carries another quantity (for what-if and tests)."""
        changed = replace(figure, quantity=quantity, printed=quantity.shown())
        return FigureSet(tuple(changed if item is figure else item for item in self.figures))
