"""What is taken over from a report and what is not: figures under the keys of the workbook, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rongji.audit.marks import words_of
from rongji.kernel.figure import Figure, FigureKey, Nil, Source, SourceKind, Stage
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UNITS, UnitKind, unit

_PERSONS = ("人", "名", "位", "个")
_SEPARATOR = "；"


@dataclass(frozen=True, slots=True)
class Left:
    """A number of the report that was not taken over, and why."""

    label: str
    printed: str
    place: str
    why: str


NO_UNIT = "没有注明计量单位"
VAGUE = "是约数"
OTHER_UNIT = "计量单位与工作簿不同"


@dataclass
class Taken:
    """The figures so far: the first printing of a fact fills the tables, later ones are kept as restated."""

    file: str
    figures: list[Figure] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)
    _statements: set[tuple[FigureKey, str]] = field(default_factory=set)
    _leading: set[FigureKey] = field(default_factory=set)

    def take(self, figure: Figure, key: FigureKey, unit_name: str) -> bool:
        """Take a printed number over under a key of the workbook; False with the reason kept when that is not sure."""
        if id(figure) in self._used:
            return False
        quantity, why = _in_unit(figure, unit_name)
        if quantity is None:
            self.leave(figure, why)
            return False
        self._used.add(id(figure))
        shown = replace(
            figure, key=key, quantity=quantity, printed=quantity.shown(), nil=None, source=self._source(figure)
        )
        self.figures.append(replace(shown, statement=self._statement(key, self.place_of(figure)), inputs=()))
        return True

    def take_nil(self, key: FigureKey, nil: Nil, text: str, place: str) -> None:
        """A cell that says in its own way that there is no number."""
        if key not in self._leading:
            self._leading.add(key)
            source = Source(SourceKind.IMPORTED, note=self._noted(place))
            self.figures.append(Figure(key, "", source, None, text, nil))

    def leave(self, figure: Figure, why: str) -> None:
        """Remember a number that is not taken over."""
        if id(figure) not in self._used and why:
            self._used.add(id(figure))
            self.left.append(Left(figure.full_label, figure.printed, self.place_of(figure), why))

    def is_used(self, figure: Figure) -> bool:
        """Whether the number has been dealt with."""
        return id(figure) in self._used

    def has(self, key: FigureKey) -> bool:
        """Whether the fact is stated already."""
        return key in self._leading

    def place_of(self, figure: Figure) -> str:
        """Where the number stands in the report, in words."""
        return words_of(figure.source.at) if figure.source.at else ""

    def _noted(self, place: str) -> str:
        return f"{self.file} {place}".strip().replace(_SEPARATOR, "，")

    def _source(self, figure: Figure) -> Source:
        return Source(SourceKind.IMPORTED, note=self._noted(self.place_of(figure)))

    def _statement(self, key: FigureKey, place: str) -> str:
        """`form` for the first printing; later ones by their place, told apart when they share it."""
        if key not in self._leading:
            self._leading.add(key)
            return "form"
        name = next(name for name in _numbered(place or "另一处") if (key, name) not in self._statements)
        self._statements.add((key, name))
        return name


def _numbered(place: str) -> Iterator[str]:
    yield place
    number = 1
    while True:
        number += 1
        yield f"{place}（{number}）"


def _in_unit(figure: Figure, unit_name: str) -> tuple[Quantity | None, str]:
    """The number in the unit of the workbook, else why it cannot be had in it."""
    quantity = figure.quantity
    if quantity is None:
        return None, ""
    if figure.vague:
        return None, VAGUE
    if quantity.unit_name == unit_name:
        return quantity, ""
    if quantity.unit_name in ("", "个") and unit_name == "人" and figure.statement == "table":
        return Quantity(quantity.value, unit_name, quantity.places), ""
    if quantity.unit_name in _PERSONS and unit_name == "人":
        return Quantity(quantity.value, unit_name, quantity.places), ""
    if quantity.unit_name == "" or quantity.unit_name not in UNITS:
        return None, NO_UNIT
    known = unit(quantity.unit_name)
    if known.kind is UnitKind.MONEY and unit(unit_name).kind is UnitKind.MONEY:
        return quantity.to(unit_name), ""
    return None, OTHER_UNIT


def stage_for(stages: frozenset[Stage], said: Stage, *, is_money: bool) -> Stage | None:
    """The basis under which the workbook keeps a fact; None when the report leaves open which of several it is."""
    if said in stages:
        return said
    if said is Stage.NONE and len(stages) == 1 and not is_money:
        return next(iter(stages))
    return Stage.NONE if Stage.NONE in stages and said is Stage.ACTUAL else None
