"""A small county that registers people, grants benefits and pays month by month, each act on its own day.

Everybody is invented; account numbers only pass the check digit.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

BUREAU, AREA = "yunhu", "990201"
PURSES = (
    ("2080801", "30304"), ("2080802", "30304"), ("2080802", "30305"), ("2080803", "30305"), ("2080806", "30305"),
    ("2080899", "30305"), ("2080899", "30306"), ("2080801", "30305"), ("2080805", "30305"),
)  # fmt: skip


def day(text: str) -> date:
    """2023-10-12 as a day."""
    return date.fromisoformat(text)


def account_number(serial: int) -> str:
    """A number of nineteen places whose last is the right check digit."""
    body = f"6217{serial:014d}"
    digits = [int(place) * (2 if index % 2 == 0 else 1) for index, place in enumerate(reversed(body))]
    total = sum(digit - 9 if digit > 9 else digit for digit in digits)
    return body + str(-total % 10)


@dataclass
class County:
    """The county and those who work there; every act names its day."""

    clerk: Any
    head: Any
    finance: Any
    director: Any
    engine: str = "scalar"
    serials: Any = field(default_factory=lambda: count(1))

    @classmethod
    def founded(
        cls, organisation: Callable, actor: Callable, *, first_month: str = "2023-07", **fields: Any
    ) -> "County":
        """The county with its payroll and a budget that is large enough."""
        from rongji.kernel.month import Month
        from rongji.payments.services import open_payroll

        bureau = organisation(BUREAU, area_code=AREA, name="云湖县退役军人事务局")
        made = cls(
            *(actor(role, organisation=bureau) for role in ("clerk", "section_head", "finance", "director")), **fields
        )
        first = Month.parse(first_month)
        for role in ("clerk", "head", "finance", "director"):
            setattr(made, role, on(getattr(made, role), first.first_day.replace(day=10)))
        open_payroll(
            actor=on(made.finance, first.first_day), bureau=BUREAU, first_month=first, bank_profile="delimited-gbk"
        )
        for year in range(first.year, first.year + 3):
            made.budget(year)
        return made

    def clerk_on(self, known: str) -> Any:
        """The clerk on a day."""
        return on(self.clerk, day(known))

    def budget(self, year: int, fen: int = 10**10, purses: tuple = PURSES, level: str = "", **fields: Any) -> None:
        """Budget lines of a year, one for each pair of codes."""
        from rongji.budget.models import BudgetLine

        BudgetLine.objects.bulk_create(
            BudgetLine(
                bureau=BUREAU, year=year, number=f"{year}-{functional}-{economic}{level}", unit_code=BUREAU,
                kind="project", fund="fiscal", functional=functional, economic=economic, project="",
                initial_fen=fen, level=level, **fields,
            )
            for functional, economic in purses
        )  # fmt: skip

    def person(self, known: str, *, born: str = "1955-03-04", account: bool = True, **facts: Any) -> int:
        """A person, registered on a day."""
        from rongji.people.services import register_person
        from rongji.people.types import NewAccount, NewPerson, Sex

        serial = next(self.serials)
        name = "示例" + "甲乙丙丁戊己庚辛壬癸"[serial % 10] + "一二三四五六七八九十"[serial // 10 % 10]
        into = NewAccount(number=account_number(serial), holder=name, from_on=day("2020-01-01")) if account else None
        new = NewPerson(name=name, born_on=day(born), sex=Sex.MALE, account=into, **facts)
        return register_person(actor=on(self.head, day(known)), bureau=BUREAU, new=new)

    def award(self, known: str, person: int, benefit: str, key: str = "", *, basis: str = "", **facts: Any) -> int:
        """A benefit granted on a day."""
        from rongji.awards.services import open_award
        from rongji.awards.types import NewAward

        new = NewAward(person_id=person, benefit=benefit, standard_key=key, basis_on=day(basis or known), **facts)
        return open_award(actor=on(self.clerk, day(known)), new=new)

    def pensioner(self, known: str, key: str = "因公|7", *, basis: str = "2010-05-06", **facts: Any) -> tuple[int, int]:
        """A person with a disability pension granted long ago; person and award."""
        person = self.person(known, **facts)
        return person, self.award(known, person, "disability_pension", key, basis=basis)

    def died(self, known: str, person: int, on_day: str) -> None:
        """A death that becomes known."""
        from rongji.people.services import record_death

        record_death(actor=on(self.head, day(known)), person_id=person, died_on=day(on_day), evidence="死亡证明")

    def computed(self, known: str, month: str, **options: Any) -> int:
        """A run computed on a day."""
        from rongji.kernel.month import Month
        from rongji.payments.services import compute_run

        facts = {"engine": self.engine, **options}
        return compute_run(actor=on(self.clerk, day(known)), bureau=BUREAU, pay_month=Month.parse(month), **facts)

    def approved(self, known: str, run: int) -> None:
        """A run proposed and approved on a day, by as many as it takes."""
        from rongji.payments.services import approve_run, propose_run

        propose_run(actor=on(self.clerk, day(known)), run_id=run)
        for who in (self.head, self.finance, self.director):
            if approve_run(actor=on(who, day(known)), run_id=run):
                break

    def paid(self, known: str, month: str, **options: Any) -> Any:
        """A run computed and approved on one day; returns it."""
        from rongji.payments.models import PaymentRun

        run = self.computed(known, month, **options)
        self.approved(known, run)
        return PaymentRun.objects.get(pk=run)

    def cancelled(self, known: str, payment: Any) -> None:
        """A payment that came back and is given up."""
        from rongji.payments.models import Payment
        from rongji.payments.recovering import undo_payments

        at = on(self.finance, day(known)).at
        Payment.objects.filter(pk=payment.pk).update(state="cancelled", cancelled_at=at)
        undo_payments(payment.run, Payment.objects.filter(pk=payment.pk), day(known))

    def months_paid(self, first: str, last: str, *, on_the: int = 10) -> None:
        """Regular runs of some months, each computed and approved on one day of its month."""
        from rongji.kernel.month import Month

        for month in Month.parse(first).until(Month.parse(last)):
            self.paid(f"{month}-{on_the:02d}", str(month))


def on(actor: Any, a_day: date) -> Any:
    """The actor on the morning of a day."""
    return replace(actor, at=datetime(a_day.year, a_day.month, a_day.day, 2, 0, tzinfo=UTC))


def lines(run: Any) -> list[tuple[int, str, int, str]]:
    """The lines of a run: award (or grant), month, fen and cause, in order of month."""
    from rongji.payments.models import RunLine

    rows = RunLine.objects.filter(run=run).order_by("person_id", "for_month", "award_id", "grant_id")
    return [(row.award_id or row.grant_id, row.for_month, row.due_fen, str(row.cause)) for row in rows]


def payment_of(run: Any, person: int) -> Any:
    """A person's payment in a run."""
    from rongji.payments.models import Payment

    return Payment.objects.filter(run=run, person_id=person).first()
