"""What a run reads, and what an engine makes of it: claims, grants and what was settled, with the law as known.

Read in one go before anything is written, so that a long reckoning holds no lock.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Q

from rongji.awards.selectors import claims, columns, grants_due
from rongji.kernel.digest import digest
from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook
from rongji.payments.models import Payroll, RunLine
from rongji.payments.types import SETTLED_STATES
from rongji.rules import entitlement
from rongji.rules.entitlement.as_known import as_known
from rongji.rules.entitlement.law_tables import LawTables, RateKind, law_tables
from rongji.rules.entitlement.standards import rate

if TYPE_CHECKING:
    import pyarrow as pa

_SEPARATOR = "\x1f"
_SETTLED = ("person_id", "award_id", "grant_id", "benefit", "for_month", "due_fen")


@dataclass(frozen=True)
class Reckoning:
    """Everything one reckoning reads. Tables carry words; `kinds` turns benefit, key and area into a rate's number."""

    bureau: str
    area: str
    first_month: Month
    pay_month: Month
    known_on: date
    claims: "pa.Table"
    grants: "pa.Table"
    settled: "pa.Table"
    law: Lawbook

    @cached_property
    def tables(self) -> LawTables:
        """The law of this reckoning in small tables."""
        return law_tables(self.kinds.values(), self.first_month, self.pay_month, self.known_on, self.law)

    @cached_property
    def kinds(self) -> Mapping[str, RateKind]:
        """Each kind of claim by its words joined together."""
        return {word: RateKind(*word.split(_SEPARATOR)) for word in self.kind_words.unique().to_pylist()}

    @cached_property
    def kind_words(self) -> "pa.ChunkedArray":
        """The joined words of every claim, in the order of the claims."""
        import pyarrow as pa
        import pyarrow.compute as pc

        parts = [self.claims[name].cast(pa.string()) for name in ("benefit", "standard_key", "area")]
        return pc.binary_join_element_wise(*parts, _SEPARATOR)

    @cached_property
    def benefits(self) -> Mapping[str, int]:
        """The number of each benefit."""
        return as_known(self.known_on, self.law).order

    @cached_property
    def benefit_names(self) -> Mapping[int, str]:
        """Each benefit by its number."""
        return {number: name for name, number in self.benefits.items()}

    @cached_property
    def dead(self) -> frozenset[int]:
        """Persons of whom a death is known."""
        import pyarrow.compute as pc

        return frozenset(pc.filter(self.claims["person_id"], pc.is_valid(self.claims["died_on"])).to_pylist())

    @cached_property
    def settled_in_pay_month(self) -> Mapping[int, int]:
        """What earlier runs settled of periodic benefits for the pay month itself, by person."""
        import pyarrow.compute as pc

        is_this = pc.equal(self.settled["for_month"], self.pay_month.index)
        rows = self.settled.filter(pc.and_(is_this, pc.is_valid(self.settled["award_id"])))
        found = rows.group_by("person_id").aggregate([("fen", "sum")])
        return dict(zip(found["person_id"].to_pylist(), found["fen_sum"].to_pylist(), strict=True))

    @property
    def law_digest(self) -> str:
        """Digest of the law this reckoning rests on."""
        known = self.tables
        missing = [(row.rate_id, row.month, row.refusal.code) for row in known.missing]
        parts = (known.kinds, known.rates, known.timings, known.exclusions)
        return digest([str(self.known_on), missing, *([astuple(row) for row in part] for part in parts)])

    @property
    def input_digest(self) -> str:
        """Digest of claims, grants and what was settled, whatever the order they were read in."""
        found = hashlib.sha256()
        for table, order in ((self.claims, "term_id"), (self.grants, "grant_id")):
            _take_in(found, table.sort_by(order))
        _take_in(found, self.settled.sort_by([(name, "ascending") for name in ("award_id", "grant_id", "for_month")]))
        return found.hexdigest()

    def standard(self, rate_id: int, month: int) -> "StandardNote":
        """What a line keeps of the standard of its month."""
        return self._notes(rate_id, month)

    @cached_property
    def _notes(self) -> Any:
        kinds = {row.rate_id: row.kind for row in self.tables.kinds}

        @cache
        def note(rate_id: int, month: int) -> StandardNote:
            kind = kinds[rate_id]
            found = rate(kind.benefit, kind.standard_key, kind.area, Month(month), self.known_on, self.law)
            if found is None:
                return StandardNote(kind.standard_key, "", 0, 1)
            rows = "；".join(f"{row.region + '/' if row.region else ''}{row.table}#{row.number}" for row in found.rows)
            return StandardNote(kind.standard_key, rows, found.amount_fen, found.divisor)

        return note


@dataclass(frozen=True, slots=True)
class StandardNote:
    """A standard as a line keeps it: key, rows of law, amount and how many months it is for."""

    key: str
    rows: str
    amount_fen: int
    divisor: int


NO_STANDARD = StandardNote("", "", 0, 1)


def read(
    payroll: Payroll,
    *,
    pay_month: Month,
    known_on: date,
    first_month: Month | None = None,
    before_run: int | None = None,
    at: datetime | None = None,
) -> Reckoning:
    """Read what a run of this payroll rests on.

    first_month: the payroll's own unless a run that was computed before is looked at. before_run, at: as it stood when
    that run was computed: only earlier runs, and payments not yet cancelled by then.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            _see_one_moment()
        return Reckoning(
            bureau=payroll.bureau,
            area=payroll.area,
            first_month=first_month or Month.from_number(payroll.first_month),
            pay_month=pay_month,
            known_on=known_on,
            claims=claims(payroll.bureau, known_on=known_on),
            grants=with_indexes(grants_due(payroll.bureau, known_on=known_on), "due_month"),
            settled=with_indexes(settled(payroll, upto=pay_month, before_run=before_run, at=at), "for_month"),
            law=lawbook(),
        )


def settled(payroll: Payroll, *, upto: Month, before_run: int | None = None, at: datetime | None = None) -> "pa.Table":
    """What earlier runs settled: lines of approved runs whose payment is not cancelled; months as stored.

    upto: last month that counts; what is due later is not looked at, so that it is not taken for overpaid either.
    """
    standing = Q(payment__isnull=True) | Q(payment__cancelled_at__isnull=True)
    if at is not None:
        standing |= Q(payment__cancelled_at__gt=at)
    rows = RunLine.objects.filter(
        standing, run__payroll=payroll, run__state__in=SETTLED_STATES, for_month__lte=upto.number
    )
    if before_run is not None:
        rows = rows.filter(run_id__lt=before_run)
    import pyarrow as pa

    word = {"benefit": pa.dictionary(pa.int32(), pa.string())}
    found = columns(rows.order_by().values_list(*_SETTLED), list(_SETTLED), word)
    return found.rename_columns([*_SETTLED[:-1], "fen"])


def with_indexes(table: "pa.Table", column: str) -> "pa.Table":
    """Stored months (202410) as indexes."""
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = table[column].cast(pa.int64())
    years = pc.divide(numbers, 100)
    months = pc.subtract(numbers, pc.multiply(years, 100))
    index = pc.subtract(pc.add(pc.multiply(years, MONTHS_A_YEAR), months), 1)
    return table.set_column(table.schema.get_field_index(column), column, index)


@cache
def rules_version() -> str:
    """Digest of the rules of entitlement as they are written, so that a run names what computed it."""
    found = hashlib.sha256()
    for path in sorted(Path(entitlement.__file__).parent.glob("*.py")):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _see_one_moment() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _take_in(found: Any, table: "pa.Table") -> None:
    for name in table.column_names:
        found.update(name.encode())
        for value in _plain_bytes(table[name]):
            found.update(value)


def _plain_bytes(column: "pa.ChunkedArray") -> Iterator[bytes]:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    if pa.types.is_string(column.type):
        yield _SEPARATOR.join(pc.fill_null(column, "").to_pylist()).encode()
        return
    whole = column.cast(pa.int32()).cast(pa.int64()) if pa.types.is_date32(column.type) else column.cast(pa.int64())
    for chunk in pc.fill_null(whole, 0).chunks:
        yield chunk.to_numpy().tobytes()
