"""Writes what a run found: recoveries, payments and lines, in bounded batches, all in the caller's transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple

from rongji.accounts import bulk
from rongji.kernel.month import Month
from rongji.payments.models import Payment, PaymentRun, Recovery, RecoveryEntry, RunLine
from rongji.payments.reckoning import NO_STANDARD, Reckoning
from rongji.payments.settling import NEW_RECOVERY, DueLine, Settlement, Standing, settle
from rongji.payments.types import PaymentState, RecoveryEntryKind, RecoveryState
from rongji.people.selectors import Payee, briefs, payees
from rongji.people.types import PersonBrief

PERSONS_AT_ONCE = 5_000
_PAYMENT = (
    "id", "run_id", "person_id", "sequence", "payee", "account_cipher", "account_index", "account_tail", "bank",
    "deducted_fen", "amount_fen", "paid_fen", "state", "reason",
)  # fmt: skip
_LINE = (
    "run_id", "payment_id", "person_id", "award_id", "grant_id", "term_id", "benefit", "for_month", "owed_fen",
    "settled_fen", "due_fen", "cause", "standard_key", "units", "standard", "amount_fen", "divisor",
)  # fmt: skip


@dataclass
class Totals:
    """What a run comes to. without_account: persons with a payment and no account to pay it into."""

    lines: int = 0
    persons: int = 0
    payments: int = 0
    due_fen: int = 0
    pay_fen: int = 0
    deducted_fen: int = 0
    recovery_fen: int = 0
    without_account: int = 0
    by_cause: Counter[str] = field(default_factory=Counter)


class _Person(NamedTuple):
    """One person of a run: what is due and what becomes of it."""

    person_id: int
    lines: list[DueLine]
    settlement: Settlement


@dataclass
class RunWriter:
    """Writes the content of one run. share: legal share of a payment that may be taken off."""

    run: PaymentRun
    reckoning: Reckoning
    share: Decimal
    on: date
    progress: Callable[[str, int], None]
    totals: Totals = field(default_factory=Totals)

    def write(self, lines: Iterable[DueLine], recoveries: Mapping[int, Sequence[Standing]]) -> Totals:
        """Write everything; the lines come in the order of persons. recoveries: standing ones by person."""
        source = self._settled(lines, recoveries)
        while some := list(islice(source, PERSONS_AT_ONCE)):
            self._write_batch(some)
            self.progress("write", self.totals.persons)
        return self.totals

    def _settled(self, lines: Iterable[DueLine], recoveries: Mapping[int, Sequence[Standing]]) -> Iterator[_Person]:
        for person_id, group in groupby(lines, key=attrgetter("person_id")):
            own = list(group)
            is_overpaid = any(line.due_fen < 0 for line in own)
            is_dead = person_id in self.reckoning.dead
            found = settle(
                own,
                is_dead=is_dead,
                recoveries=recoveries.get(person_id, ()),
                share=self.share,
                month_fen=self._month_fen(person_id, own) if is_overpaid else 0,
            )
            yield _Person(person_id, own, found)

    def _month_fen(self, person_id: int, lines: Iterable[DueLine]) -> int:
        """What the pay month is worth to a person in periodic benefits: settled before and due now."""
        month = self.reckoning.pay_month.index
        now = sum(line.due_fen for line in lines if line.for_month == month and line.grant_id is None)
        return self.reckoning.settled_in_pay_month.get(person_id, 0) + now

    def _write_batch(self, people: Sequence[_Person]) -> None:
        paid = [person for person in people if person.settlement.paid]
        ids = bulk.reserve_ids(Payment, len(paid))
        bulk.insert(Payment, _PAYMENT, self._payment_rows(paid, ids))
        numbers = {person.person_id: number for person, number in zip(paid, ids, strict=True)}
        self._write_recoveries(people, numbers)
        bulk.insert(RunLine, _LINE, self._line_rows(people, numbers))
        self.totals.persons += len(people)

    def _payment_rows(self, people: Sequence[_Person], ids: Sequence[int]) -> Iterator[tuple]:
        wanted = [person.person_id for person in people]
        accounts = payees(wanted, on=self.on, known_on=self.reckoning.known_on)
        names = briefs(set(wanted) - set(accounts)) if len(accounts) < len(wanted) else {}
        for person, number in zip(people, ids, strict=True):
            self.totals.payments += 1
            self.totals.pay_fen += person.settlement.amount_fen
            self.totals.deducted_fen += person.settlement.deducted_fen
            account = accounts.get(person.person_id)
            self.totals.without_account += account is None
            yield (
                number, self.run.pk, person.person_id, self.totals.payments,
                *_account_cells(account, names.get(person.person_id)), person.settlement.deducted_fen,
                person.settlement.amount_fen, 0, PaymentState.PLANNED.value, "",
            )  # fmt: skip

    def _line_rows(self, people: Iterable[_Person], numbers: Mapping[int, int]) -> Iterator[tuple]:
        for person in people:
            paid = set(person.settlement.paid)
            for place, line in enumerate(person.lines):
                self.totals.lines += 1
                self.totals.due_fen += line.due_fen
                self.totals.by_cause[line.cause] += 1
                yield self._line_row(line, numbers[line.person_id] if place in paid else None)

    def _line_row(self, line: DueLine, payment_id: int | None) -> tuple:
        note = NO_STANDARD if line.rate_id is None else self.reckoning.standard(line.rate_id, line.for_month)
        return (
            self.run.pk, payment_id, line.person_id, line.award_id, line.grant_id, line.term_id,
            self.reckoning.benefit_names[line.benefit_id], Month(line.for_month).number, line.owed_fen,
            line.settled_fen, line.due_fen, line.cause, note.key, line.units, note.rows, note.amount_fen, note.divisor,
        )  # fmt: skip

    def _write_recoveries(self, people: Iterable[_Person], payments: Mapping[int, int]) -> None:
        """New recoveries and this run's deductions; few people have any, so they go the ordinary way."""
        touched = [person for person in people if person.settlement.recovery_fen or person.settlement.deductions]
        new = [self._recovery(person) for person in touched if person.settlement.recovery_fen]
        Recovery.objects.bulk_create(new)
        numbers = {row.person_id: row.pk for row in new}
        self.totals.recovery_fen += sum(row.amount_fen for row in new)
        RecoveryEntry.objects.bulk_create(
            RecoveryEntry(
                recovery_id=numbers[person.person_id] if number == NEW_RECOVERY else number,
                kind=RecoveryEntryKind.DEDUCTED,
                amount_fen=fen,
                recorded_on=self.on,
                run=self.run,
                payment_id=payments[person.person_id],
            )
            for person in touched
            for number, fen in person.settlement.deductions
        )

    def _recovery(self, person: _Person) -> Recovery:
        is_dead = person.person_id in self.reckoning.dead
        months = sorted({line.for_month for line in person.lines if line.due_fen < 0})
        span = Month(months[0]).label + (f"至{Month(months[-1]).label}" if len(months) > 1 else "")
        why = "去世后多发，由家属退回" if is_dead else "多发"
        return Recovery(
            person_id=person.person_id,
            run=self.run,
            reason=f"{span}{why}",
            amount_fen=person.settlement.recovery_fen,
            monthly_fen=person.settlement.monthly_fen,
            state=RecoveryState.OPEN,
        )


def _account_cells(account: Payee | None, brief: PersonBrief | None) -> tuple[str, str, str, str, str]:
    """Payee, cipher, index, tail and bank; without an account only the name stands."""
    if account is None:
        return (brief.name if brief else "", "", "", "", "")
    return account.holder, account.number_cipher, account.number_index, account.tail, account.bank
