"""The numbers of the registers as figures of the catalogue, each with its groups of records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from rongji.accounts.columns import SCALE
from rongji.accounts.kept import kept_parts, rows_in
from rongji.accounts.selectors import organisations_of_kind
from rongji.accounts.trail import room_stamps
from rongji.kernel.figure import Figure, FigureKey, LaterRows, RowRef, Source, SourceKind, Stage
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind, unit
from rongji.law.asked import AskedKind
from rongji.law.concepts import concept
from rongji.law.loader import lawbook
from rongji.law.registers import Counting, Register, RegisterMeasure, When, register
from rongji.services.measures.reckoning import Counted, Number, numbers_of, stamps_of

TABLE = "services"
STATEMENT = "业务登记"
NO_STATION = "未分站点"
ONLY_ONCE = "在几处都有的，合计只计一次"
_MONEY_PLACES, _YUAN_PLACES = 6, 2
_HOW_WHEN = {When.DURING: "日期在当年", When.IN_FORCE: "年末仍有效", When.TO_DATE: "截至年末累计",
             When.ENDED: "在当年截止"}  # fmt: skip
_HOW_COUNTING = {
    Counting.RECORDS: "逐条计数",
    Counting.SUM: "“{of}”相加",
    Counting.PERSONS: "不同的人员计数",
    Counting.DISTINCT: "不同的“{of}”计数",
}


def derived_figures(bureau: str, year: int) -> Iterator[Figure]:
    """Every figure that the registers yield for a bureau's year.

    Of a register that keeps something of the year, it is a number that none of it is such: 0. Of an empty one, and of
    what nobody had to fill in, nothing is stated. The figures of a register are kept until something is written in it.
    """
    places, stamps = room_stamps(bureau), stamps_of(bureau, year)
    around = tuple(places.of(place) for place in ("accounts", "people/merges"))
    written = {name: (f"{register(name).digest} {of_years}", *around) for name, of_years in stamps.items()}

    def make(missing: Sequence[str]) -> dict[str, tuple[Figure, ...]]:
        return dict(_of_registers(bureau, year, {name: stamps[name] for name in missing}))

    for figures in kept_parts(("services", bureau, year), written, make, rows_in).values():
        yield from figures


def _of_registers(
    bureau: str, year: int, stamps: Mapping[str, Mapping[int, int]]
) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    names = {item.code: item.name for item in organisations_of_kind("station")}
    for name, found in groupby(numbers_of(bureau, year, stamps), key=lambda item: item.register.id):
        of_register = list(found)
        keeps_any = any(number.total for item in of_register for number in item.numbers.values())
        yield (
            name,
            tuple(
                figure
                for counted in of_register
                for figure in _figures(counted, names, states_none=keeps_any and not _may_be_blank(counted))
            ),
        )


def _figures(counted: Counted, names: Mapping[str, str], *, states_none: bool) -> Iterator[Figure]:
    """Those of one measure, with its members, and the figure of the catalogue that it fills."""
    whole = {"": Number()} if states_none else {}
    for member, number in sorted({**whole, **counted.numbers}.items(), key=itemgetter(0)):
        if number.total or (states_none and not member):
            figure = _figure(counted, member, number, names)
            yield figure
            if counted.measure.fills and not member:
                yield _filled(figure, counted.measure)


def _may_be_blank(counted: Counted) -> bool:
    """Whether nothing may only mean that nobody filled in the field that is summed or told apart."""
    register, measure = counted.register, counted.measure
    field = register.person if measure.counting is Counting.PERSONS else measure.of
    return bool(field) and not register.by_id[field].is_needed


def _figure(counted: Counted, member: str, number: Number, names: Mapping[str, str]) -> Figure:
    register, measure = counted.register, counted.measure
    concept_id = register.concept(measure)
    quantity = quantity_of(register, measure, number.total)
    return Figure(
        FigureKey(concept_id, Stage.NONE, "", member),
        f"{measure.label}（{_word(register, member, names)}）" if member else measure.label,
        Source(SourceKind.DERIVED, note=f"登记簿“{register.label}”"),
        quantity,
        quantity.shown(),
        statement=STATEMENT,
        how=how_counted(register, measure),
        rows=LaterRows(
            len(number.buckets) + bool(number.over), lambda: _rows(counted, f"{concept_id}#{member}", number, names)
        ),
    )


def _filled(figure: Figure, measure: RegisterMeasure) -> Figure:
    """The same number as the figure of the catalogue that it states, too."""
    key = FigureKey.parse(measure.fills)
    named = concept(lawbook(), key.concept)
    quantity = figure.quantity
    if quantity is not None and unit(named.unit).kind is UnitKind.MONEY and quantity.unit_name != named.unit:
        quantity = quantity.to(named.unit, _MONEY_PLACES)
    shown = quantity.shown() if quantity else figure.printed
    return replace(figure, key=key, label=named.label, quantity=quantity, printed=shown)


def _rows(counted: Counted, name: str, number: Number, names: Mapping[str, str]) -> Iterator[RowRef]:
    """One row for each group; what stands in several groups and counts once is taken off in a row of its own."""
    register, measure = counted.register, counted.measure
    order = number.buckets.items()
    listed = sorted(order, key=lambda row: (-row[1], row[0])) if register.station else sorted(order)
    for bucket, amount in listed:
        label = bucket_label(register, bucket, names)
        yield RowRef(TABLE, f"{name}|{bucket}", label, quantity_of(register, measure, amount))
    if number.over:
        yield RowRef(TABLE, name, ONLY_ONCE, quantity_of(register, measure, number.over))


def bucket_label(register: Register, bucket: str, names: Mapping[str, str]) -> str:
    """A group of records in words: a station, 2024年3月, 2024年."""
    if register.station:
        return names.get(bucket, bucket) or NO_STATION
    year, _, month = bucket.partition("-")
    return f"{year}年{int(month)}月" if month else f"{year}年"


def quantity_of(register: Register, measure: RegisterMeasure, amount: int) -> Quantity:
    """A whole number of the counting in the unit of its measure."""
    asked = register.by_id.get(measure.of) if measure.counting is Counting.SUM else None
    if asked is not None and asked.kind is AskedKind.MONEY:
        return Quantity.from_fen(amount, measure.unit, _YUAN_PLACES if measure.unit == "元" else _MONEY_PLACES)
    if asked is not None and asked.kind is AskedKind.DECIMAL:
        value = (Decimal(amount) / SCALE).normalize()
        places = max(-int(value.as_tuple().exponent), 0)
        return Quantity(value.quantize(Decimal(1).scaleb(-places)), measure.unit, places)
    return Quantity(Decimal(amount), measure.unit, 0)


def how_counted(register: Register, measure: RegisterMeasure) -> str:
    """The rule of a measure in words."""
    of = register.by_id[measure.of].label if measure.of else ""
    told = f"{measure.definition}。登记簿“{register.label}”中{_HOW_WHEN[measure.when]}的登记"
    where = "；".join(f"“{register.by_id[name].label}”为{'、'.join(words)}" for name, words in measure.where.items())
    such = f"（{where}）" if where else ""
    return f"{told}{such}，{_HOW_COUNTING[measure.counting].format(of=of)}"


def _word(register: Register, member: str, names: Mapping[str, str]) -> str:
    axis, _, word = member.partition(":")
    return names.get(word, word) if axis == register.station else word
