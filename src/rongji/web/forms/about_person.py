"""Whom a form on the page of a person is about, and the choices that come out of the file and the tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rongji.accounts.selectors import organisations_below
from rongji.accounts.types import Actor, Scope
from rongji.awards.policies import SEE_AWARDS
from rongji.awards.selectors import awards_of
from rongji.awards.types import AwardFacts
from rongji.people.categories import known_categories
from rongji.people.selectors import person_file
from rongji.people.types import LIFE_EVENT_LABELS, PersonFile
from rongji.web.award_lines import terms_words
from rongji.web.forms.fields import Choice
from rongji.web.forms.form import Subject
from rongji.web.people_words import benefit_label, category_label, grade_words
from rongji.web.person_page import PARTICIPATION_LABELS

ROUTE = "people/<int:person>/record"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The file as known today, and the awards whose terms stand."""

    file: PersonFile
    awards: tuple[AwardFacts, ...] = ()

    @property
    def open_awards(self) -> tuple[AwardFacts, ...]:
        """Those whose last terms have not ended."""
        return tuple(award for award in self.awards if award.terms[-1].ended_on is None)


def about_person(actor: Actor, *, person: int) -> Subject:
    """A person with file and awards. Raises: PersonUnknown, NotAllowed."""
    return about_file(actor, person_file(actor, person, on=actor.day, known_on=actor.day))


def about_file(actor: Actor, file: PersonFile) -> Subject:
    """The same of a file that was read as of today."""
    scope = Scope(path=file.scope_path, area=file.area)
    seen = awards_of(file.id, known_on=actor.day) if SEE_AWARDS.permits(actor, scope) else ()
    facts = PersonFacts(file, tuple(award for award in seen if award.terms))
    heading = f"{file.name}，档案 {file.number}"
    return Subject(heading, scope, reverse("web:person", kwargs={"person": file.id}), facts)


def is_living(facts: Any) -> bool:
    """Whether no death is recorded."""
    return facts.file.died_on is None


def is_dead(facts: Any) -> bool:
    """Whether a death is recorded."""
    return facts.file.died_on is not None


def category_choices(actor: Actor) -> tuple[Choice, ...]:
    """The categories that still take somebody in."""
    known = known_categories(actor.day)
    return tuple(Choice(item.code, f"{item.code} {item.label}", item.group) for item in known if item.is_open)


def station_choices(bureau: str) -> tuple[Choice, ...]:
    """The stations of a bureau."""
    below = organisations_below(bureau)
    return tuple(Choice(item.code, item.name) for item in below if item.kind == "station")


def open_identities(facts: PersonFacts) -> tuple[Choice, ...]:
    """The categories that have not ended."""
    return tuple(
        Choice(item.category, f"{category_label(item.category)}（{item.first_month} 起）")
        for item in facts.file.identities
        if item.last_month is None
    )


def identity_choices(facts: PersonFacts) -> tuple[Choice, ...]:
    """Every identity that stands, by its number."""
    return tuple(
        Choice(
            str(item.dating.id), f"{category_label(item.category)}（{item.first_month} 至 {item.last_month or '今'}）"
        )
        for item in facts.file.identities
    )


def award_choices(awards: tuple[AwardFacts, ...]) -> tuple[Choice, ...]:
    """Awards by number, with their present terms."""
    return tuple(Choice(str(award.id), award_words(award)) for award in awards)


def award_words(award: AwardFacts) -> str:
    """An award as a choice names it: 残疾抚恤金（因公 7 级，2010-05-06 起）."""
    last = award.terms[-1]
    said = "，".join(part for part in (terms_words(last), f"{last.basis_on} 起") if part)
    return f"{benefit_label(award.benefit)}（{said}）"


def fact_choices(facts: PersonFacts) -> tuple[Choice, ...]:
    """Every fact that can be taken back: kind and number."""
    return tuple(_facts(facts.file))


def _facts(file: PersonFile) -> Iterator[Choice]:
    for one in file.identities:
        yield Choice(f"identity:{one.dating.id}", f"{category_label(one.category)}，{one.first_month} 起", "身份")
    for two in file.grades:
        yield Choice(f"grade:{two.dating.id}", f"{grade_words(two.cause, two.grade)}，{two.decided_on}", "残疾等级")
    for three in file.service:
        yield Choice(f"service:{three.dating.id}", f"{three.enlisted_on} 入伍", "服役经历")
    for four in file.merits:
        yield Choice(f"merit:{four.dating.id}", f"{four.grade}，{four.awarded_on}", "立功受奖")
    for five in file.participations:
        words = f"{PARTICIPATION_LABELS.get(five.kind, five.kind)} {five.campaign}".strip()
        yield Choice(f"participation:{five.dating.id}", words, "参战参试经历")
    for six in file.residences:
        yield Choice(f"residence:{six.dating.id}", f"{six.village or six.area_code}，{six.from_on} 起", "住址")
    for seven in file.accounts:
        yield Choice(f"account:{seven.id}", f"{seven.masked}，{seven.from_on} 起", "领款账户")
    for eight in file.life_events:
        words = f"{LIFE_EVENT_LABELS[eight.kind]}，{eight.happened_on}"
        if eight.kind != "died":  # a death is taken back by a form of its own
            yield Choice(f"life_event:{eight.dating.id}", words, "迁移")
