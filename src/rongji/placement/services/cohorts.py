"""Cohorts, the units that take people in, their quotas and posts."""

from django.db import transaction
from django.db.models import Max

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.placement.gathering import reading_of
from rongji.placement.models import Cohort, Post, Quota, ReceivingUnit
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.placement.refusals import (
    CohortExists,
    EvidenceMissing,
    PlacesUnfit,
    PostTaken,
    PostUnknown,
    UnitTwice,
    UnitUnknown,
)
from rongji.placement.types import UNIT_LABELS, CohortState, NewPost, UnitKind
from rongji.placement.writing import on_cohort, record

MOST_PLACES = 500
_OPEN = (CohortState.PREPARING, CohortState.PUBLISHED)


def open_cohort(*, actor: Actor, bureau: str, year: int, season: str, title: str = "") -> int:
    """Begin a cohort: everybody discharged in one season whom the bureau receives; returns its number.

    Raises: NotAllowed, OrganisationUnknown, UnknownSeason, NoValueInForce, CohortExists.
    """
    place = organisation(bureau)
    guard(actor, KEEP_PLACEMENT, place.scope)
    cohort = Cohort(
        bureau=bureau, scope_path=place.path, area=place.area_code, year=year, season=season,
        title=title.strip()[:80] or f"{year}年{season}退役士兵安置",
    )  # fmt: skip
    reading_of(cohort, actor.day)
    with transaction.atomic():
        trail.lock_head()
        other = Cohort.objects.filter(bureau=bureau, year=year, season=season).first()
        if other is not None:
            raise CohortExists(season=f"{year}年{season}", cohort=other.pk)
        cohort.save()
        record(actor, "open_cohort", cohort, "建立安置批次", {"year": year, "season": season})
    return cohort.pk


def add_unit(*, actor: Actor, bureau: str, name: str, kind: UnitKind) -> int:
    """Put a unit on the bureau's list of receiving units; returns its number.

    Raises: NotAllowed, OrganisationUnknown, EvidenceMissing, UnitTwice.
    """
    guard(actor, KEEP_PLACEMENT, organisation(bureau).scope)
    wanted = name.strip()[:120]
    if not wanted:
        raise EvidenceMissing(what="接收单位名称")
    with transaction.atomic():
        trail.lock_head()
        if ReceivingUnit.objects.filter(bureau=bureau, name=wanted).exists():
            raise UnitTwice(name=wanted)
        row = ReceivingUnit.objects.create(bureau=bureau, name=wanted, kind=kind)
        trail.record(
            actor=actor, action="placement.add_unit", subject_kind="bureau", subject_id=bureau,
            summary=f"登记接收单位 {wanted}（{UNIT_LABELS[kind]}）", detail={"unit": row.pk, "kind": kind},
        )  # fmt: skip
    return row.pk


def set_quota(*, actor: Actor, cohort_id: int, unit_id: int, places: int) -> int:
    """Plan how many people of a cohort a unit takes in; the plan may change until the session. Returns its number.

    Raises: NotAllowed, CohortUnknown, CohortStep, UnitUnknown, PlacesUnfit.
    """
    refuse_places("计划人数", places, 0)
    with on_cohort(actor=actor, cohort_id=cohort_id, policy=KEEP_PLACEMENT, states=_OPEN, step="改安置计划") as cohort:
        unit = unit_of(cohort, unit_id)
        row, _ = Quota.objects.update_or_create(cohort=cohort, unit=unit, defaults={"places": places})
        record(actor, "set_quota", cohort, f"{unit.name}计划接收 {places} 人", {"unit": unit.pk, "places": places})
    return row.pk


def add_post(*, actor: Actor, cohort_id: int, new: NewPost) -> int:
    """Offer a post; it gets the next number. Returns that number.

    Raises: NotAllowed, CohortUnknown, CohortStep, UnitUnknown, EvidenceMissing, PlacesUnfit.
    """
    refuse_places("岗位人数", new.places, 1)
    if not new.title.strip():
        raise EvidenceMissing(what="岗位名称")
    with on_cohort(actor=actor, cohort_id=cohort_id, policy=KEEP_PLACEMENT, states=_OPEN, step="增加岗位") as cohort:
        unit = unit_of(cohort, new.unit_id)
        number = (Post.objects.filter(cohort=cohort).aggregate(last=Max("number"))["last"] or 0) + 1
        Post.objects.create(
            cohort=cohort, unit=unit, number=number, title=new.title.strip()[:80], places=new.places,
            town=new.town.strip()[:80], requirements=new.requirements.strip()[:255],
        )  # fmt: skip
        said = f"增加 {number} 号岗位：{unit.name} {new.title.strip()} {new.places} 人"
        record(actor, "add_post", cohort, said, {"post": number, "unit": unit.pk, "places": new.places})
    return number


def drop_post(*, actor: Actor, cohort_id: int, number: int, reason: str) -> None:
    """Take a post off the list that nobody has chosen; its number is not given again while later ones stand.

    Raises: NotAllowed, CohortUnknown, CohortStep, PostUnknown, PostTaken, EvidenceMissing.
    """
    if not reason.strip():
        raise EvidenceMissing(what="取消岗位的原因")
    with on_cohort(actor=actor, cohort_id=cohort_id, policy=KEEP_PLACEMENT, states=_OPEN, step="取消岗位") as cohort:
        post = post_numbered(cohort, number)
        if post.taken:
            raise PostTaken(number=number, post=post.title)
        post.delete()
        record(actor, "drop_post", cohort, f"取消 {number} 号岗位：{reason.strip()}", {"post": number})


def unit_of(cohort: Cohort, unit_id: int) -> ReceivingUnit:
    """A unit of the cohort's bureau. Raises: UnitUnknown."""
    found = ReceivingUnit.objects.filter(pk=unit_id, bureau=cohort.bureau).first()
    if found is None:
        raise UnitUnknown(unit=unit_id)
    return found


def post_numbered(cohort: Cohort, number: int) -> Post:
    """The post of that number. Raises: PostUnknown."""
    found = Post.objects.filter(cohort=cohort, number=number).select_related("unit").first()
    if found is None:
        raise PostUnknown(number=number)
    return found


def refuse_places(what: str, places: int, least: int) -> None:
    """Refuse a number of places that is none. Raises: PlacesUnfit."""
    if not least <= places <= MOST_PLACES:
        raise PlacesUnfit(what=what, places=places, least=least, most=MOST_PLACES)
