"""Everything that the page of one person shows, put together from the register, the awards and the payments."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.urls import reverse

from rongji.accounts.types import Actor, Scope
from rongji.awards.policies import SEE_AWARDS
from rongji.awards.selectors import awards_of, grants_of
from rongji.awards.types import AwardFacts, GrantFacts
from rongji.casework.policies import SEE_CASES
from rongji.kernel.month import Month
from rongji.payments.policies import SEE_RUNS
from rongji.payments.selectors import PaymentFacts, payments_of_person, recoveries_of_person
from rongji.payments.settled import SettledMonth, settled_months
from rongji.people.policies import REVEAL_NUMBERS
from rongji.people.selectors.archive import archive_standing
from rongji.people.selectors.confirmation import confirmations_of
from rongji.people.selectors.families import family_file
from rongji.people.types import SEX_LABELS, PersonFile
from rongji.web.award_lines import (
    award_events,
    award_lines,
    award_spans,
    grant_lines,
    month_lines,
    payment_events,
    payment_lines,
    settled_chart,
)
from rongji.web.dates import Reading
from rongji.web.family_page import FamilyPage, family_page
from rongji.web.forms.about_person import about_file
from rongji.web.forms.catalogue import FILE_FORMS
from rongji.web.forms.form import Door, doors
from rongji.web.lifeline import lifeline
from rongji.web.people_words import grade_words, station_names
from rongji.web.person_page import (
    account_lines,
    archive_line,
    basic_facts,
    grade_lines,
    identity_line,
    service_lines,
    transfer_words,
)
from rongji.web.timeline import by_year, confirmation_events, events_of, kinds_of, spans_of


def file_context(actor: Actor, file: PersonFile, reading: Reading) -> dict[str, Any]:
    """The page, read by two dates."""
    stations = station_names()
    scope = Scope(path=file.scope_path, area=file.area)
    money = _money(file) if SEE_AWARDS.permits(actor, scope) else _Money()
    return {
        "id": file.id,
        "file": file,
        "reading": reading,
        "sex": SEX_LABELS[file.sex],
        "station": stations.get(file.residence.station_code, "") if file.residence else "",
        "sees_runs": SEE_RUNS.permits(actor, scope),
        "sees_cases": SEE_CASES.permits(actor, scope),
        "may_reveal": REVEAL_NUMBERS.permits(actor, scope),
        "doors": _doors(actor, file, reading),
        **_register(file, stations),
        **_archive(actor, file),
        "families": _families(actor, file),
        **_money_context(file, money),
        **_timeline(file, money),
    }


def _doors(actor: Actor, file: PersonFile, reading: Reading) -> dict[str, list[Door]]:
    """What the actor may write down here; nothing while the past is read, nor in a file merged into another."""
    if reading.is_past or file.merged_into is not None:
        return {}
    return doors(actor, FILE_FORMS, about_file(actor, file), person=file.id)


@dataclass(frozen=True, slots=True)
class _Money:
    """What a person is entitled to and has been paid, as known on the day; nothing where the actor may not see it."""

    awards: tuple[AwardFacts, ...] = ()
    grants: tuple[GrantFacts, ...] = ()
    settled: tuple[SettledMonth, ...] = ()
    payments: tuple[PaymentFacts, ...] = ()


def _money(file: PersonFile) -> _Money:
    known = Month.from_day(file.known_on)
    return _Money(
        awards_of(file.id, known_on=file.known_on),
        grants_of(file.id, known_on=file.known_on),
        settled_months(file.id, known_on=file.known_on),
        tuple(item for item in payments_of_person(file.id) if item.pay_month <= known),
    )


def _money_context(file: PersonFile, money: _Money) -> dict[str, Any]:
    months = month_lines(money.settled)
    return {
        "awards": award_lines(money.awards, file.on),
        "grants": grant_lines(money.grants),
        "months": months,
        "settled_fen": sum(item.fen for item in months),
        "last_month": months[0].month if months else None,
        "money_chart": settled_chart(money.settled),
        "payments": payment_lines(money.payments),
        "recoveries": recoveries_of_person(file.id) if money.payments else (),
    }


def _register(file: PersonFile, stations: dict[str, str]) -> dict[str, Any]:
    return {
        "identities": [identity_line(item, file.on) for item in reversed(file.identities)],
        "grade": grade_words(file.grade.cause, file.grade.grade) if file.grade else "",
        "grades": grade_lines(file),
        "services": service_lines(file),
        "facts": basic_facts(file, stations),
        "accounts": account_lines(file),
    }


def _families(actor: Actor, file: PersonFile) -> list[FamilyPage]:
    """The families that the person belongs or belonged to, with everybody in them."""
    numbers = dict.fromkeys(item.family_id for item in file.families)
    known = (family_file(actor, number, known_on=file.known_on) for number in numbers)
    return [family_page(family, on=file.on, known_on=file.known_on) for family in known]


def _archive(actor: Actor, file: PersonFile) -> dict[str, Any]:
    """What is in the file, and which of the items that it must hold are missing."""
    return {
        "archive": [archive_line(item) for item in file.archive],
        "standing": archive_standing(actor, file.id, on=file.on),
        "transfers": list(transfer_words(file)),
    }


def _timeline(file: PersonFile, money: _Money) -> dict[str, Any]:
    def account(month: Month) -> str:
        return reverse("web:why", kwargs={"person": file.id, "month": str(month)})

    paid = payment_events(money.payments, account)
    confirmed = confirmation_events(confirmations_of(file.id, known_on=file.known_on))
    events = chain(events_of(file), award_events(money.awards, money.grants), paid, confirmed)
    years = by_year(events, file.on)
    spans = chain(spans_of(file), award_spans(money.awards, file.died_on))
    line = lifeline(spans, born_on=file.born_on, until=file.on)
    return {"years": years, "kinds": kinds_of(years), "lifeline": line}
