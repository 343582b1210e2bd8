"""Awards and grants of a person in words: which benefit, on which terms, from when until when."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rongji.awards.types import END_LABELS, GRANT_STATE_LABELS, START_LABELS, AwardFacts, GrantFacts, TermFacts
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.payments.selectors import PaymentFacts
from rongji.payments.settled import SettledMonth
from rongji.payments.types import PAYMENT_STATE_LABELS, PaymentState
from rongji.web.charts import Option
from rongji.web.lifeline import Span
from rongji.web.pay_charts import months_chart
from rongji.web.people_words import benefit_label, standard_words
from rongji.web.person_page import Line, days
from rongji.web.timeline import Event


def award_lines(awards: Iterable[AwardFacts], on: date) -> list[Line]:
    """Every set of terms of every award, what holds on the day first."""
    lines = [_line(award, term, on) for award in awards for term in reversed(award.terms)]
    return sorted(lines, key=lambda item: not item.is_current)


def _line(award: AwardFacts, term: TermFacts, on: date) -> Line:
    basis = [START_LABELS[term.start], term.decision, term.evidence, END_LABELS[term.end] if term.end else ""]
    is_current = term.basis_on <= on and (term.ended_on is None or term.ended_on > on)
    period = days(term.basis_on, term.ended_on)
    said = "，".join(part for part in basis if part)
    return Line(benefit_label(award.benefit), period, said, term.known_on, is_current, terms_words(term))


def terms_words(term: TermFacts) -> str:
    """The rate and how many units of it: 因战 5 级, 8 个计发单位."""
    units = f"{term.units} 个计发单位" if term.units > 1 else ""
    return "，".join(part for part in (standard_words(term.standard_key), units) if part)


def award_events(awards: Iterable[AwardFacts], grants: Iterable[GrantFacts]) -> Iterator[Event]:
    """Awards that begin and end, one-off grants."""
    for award in awards:
        label = benefit_label(award.benefit)
        for term in award.terms:
            yield Event(term.basis_on, "award", f"{label}：{START_LABELS[term.start]}", terms_words(term))
            if term.ended_on and term.end:
                yield Event(term.ended_on, "award", f"{label}：{END_LABELS[term.end]}", term.decision)
    for grant in grants:
        yield Event(grant.event_on, "award", benefit_label(grant.benefit), GRANT_STATE_LABELS[grant.state])


def award_spans(awards: Iterable[AwardFacts], died_on: date | None) -> Iterator[Span]:
    """The periods of the awards, for the lifeline."""
    for award in awards:
        for term in award.terms:
            last = term.ended_on or died_on
            if last is None or last >= term.basis_on:
                yield Span("待遇", benefit_label(award.benefit), term.basis_on, last, "award")


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A one-off grant as a list shows it."""

    label: str
    on: date
    due_month: str
    amount_fen: int
    state: str


def grant_lines(grants: Iterable[GrantFacts]) -> list[GrantLine]:
    """One-off grants, the latest first."""
    lines = [
        GrantLine(benefit_label(item.benefit), item.event_on, str(item.due_month), item.amount_fen,
                  GRANT_STATE_LABELS[item.state])
        for item in grants
    ]  # fmt: skip
    return sorted(lines, key=lambda item: item.on, reverse=True)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """What was settled for one month, all benefits together and one by one."""

    month: Month
    fen: int
    words: str


def month_lines(settled: Iterable[SettledMonth]) -> list[MonthLine]:
    """Settled amounts by month, the latest first."""
    lines = []
    for month, group in groupby(settled, lambda item: item.month):
        parts = list(group)
        words = "，".join(f"{benefit_label(item.benefit)} {yuan(item.fen)}" for item in parts)
        lines.append(MonthLine(month, sum(item.fen for item in parts), words))
    return lines


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment out of a run, and what became of it. tone: of the word that says so."""

    facts: PaymentFacts
    state: str
    tone: str


_PAYMENT_TONES = {
    PaymentState.PAID: "holds",
    PaymentState.PARTIAL: "defect",
    PaymentState.UNKNOWN: "defect",
    PaymentState.RETURNED: "contradiction",
}


def payment_lines(payments: Iterable[PaymentFacts]) -> list[PaymentLine]:
    """Payments with their states in words."""
    return [
        PaymentLine(item, PAYMENT_STATE_LABELS[item.state], _PAYMENT_TONES.get(item.state, "rounding"))
        for item in payments
    ]


def payment_events(payments: Iterable[PaymentFacts], address: Callable[[Month], str]) -> Iterator[Event]:
    """Each payment out of a run, opening into the account of its month."""
    for item in payments:
        said = f"{PAYMENT_STATE_LABELS[item.state]}，尾号 {item.account_tail}" if item.account_tail else "没有领款账户"
        taken = f"，抵扣 {yuan(item.deducted_fen)} 元" if item.deducted_fen else ""
        title = f"发放 {yuan(item.amount_fen)} 元"
        yield Event(item.pay_month.first_day, "payment", title, said + taken, address(item.pay_month), by_month=True)


def settled_chart(settled: Iterable[SettledMonth], most: int = 36) -> Option | None:
    """The last months as bars, one colour for each benefit; none for fewer than two months."""
    parts: dict[str, dict[Month, int]] = {}
    for item in settled:
        parts.setdefault(benefit_label(item.benefit), {})[item.month] = item.fen
    months = sorted({month for amounts in parts.values() for month in amounts})[-most:]
    return months_chart(months, parts) if len(months) > 1 else None
