"""Counts over cases: lights of the inbox, and the ledger of old matters."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case as When
from django.db.models import CharField, Count, Q, Value
from django.db.models import When as If

from rongji.accounts.types import Actor
from rongji.casework.models import Case
from rongji.casework.refusals import FilterUnfit
from rongji.casework.selectors.lists import conditions, light_q, visible
from rongji.casework.types import CaseFilters, CaseState, Light
from rongji.law.case_kinds import case_kind_version


@dataclass(frozen=True, slots=True)
class LegacyRow:
    """Old matters (历史遗留) of one kind over a period: opening + taken up − closed = remaining."""

    kind: str
    label: str
    opening: int
    taken_up: int
    closed: int
    remaining: int


@dataclass(frozen=True, slots=True)
class LegacyLedger:
    """The ledger of old matters over a period, by kind and in all. Counts 件."""

    first: date
    last: date
    rows: tuple[LegacyRow, ...]
    total: LegacyRow


def light_counts(actor: Actor, *, bureau: str, on: date, filters: CaseFilters | None = None) -> dict[Light, int]:
    """How many open cases have each light. Raises: NotAllowed, FilterUnfit."""
    wanted = replace(filters or CaseFilters(), light=None, state=CaseState.OPEN)
    lights = [If(light_q(light, on), then=Value(str(light))) for light in Light]
    rows = visible(actor, bureau).filter(conditions(wanted, bureau, on)).order_by()
    told = rows.annotate(light=When(*lights, output_field=CharField())).values_list("light").annotate(Count("id"))
    found = {Light(light): count for light, count in told}
    return {light: found.get(light, 0) for light in Light}


def legacy_ledger(actor: Actor, *, bureau: str, first: date, last: date) -> LegacyLedger:
    """Old matters of a bureau: open on the eve of the period, taken up and closed in it, open at its end.

    Raises: NotAllowed, FilterUnfit.
    """
    if first > last:
        raise FilterUnfit(why=f"起始日期 {first} 晚于截止日期 {last}，请核对")
    rows = visible(actor, bureau).filter(legacy_since__isnull=False, received_on__lte=last).order_by()
    in_period, before = Q(received_on__gte=first), Q(received_on__lt=first)
    closed = Q(closed_on__gte=first, closed_on__lte=last)
    counted = rows.values("kind").annotate(
        opening=Count("id", filter=before & (Q(closed_on__isnull=True) | Q(closed_on__gte=first))),
        taken_up=Count("id", filter=in_period),
        closed=Count("id", filter=closed),
        remaining=Count("id", filter=Q(closed_on__isnull=True) | Q(closed_on__gt=last)),
    )
    labels = _labels(bureau, {row["kind"] for row in counted})
    found = tuple(LegacyRow(label=labels[row["kind"]], **row) for row in sorted(counted, key=lambda row: row["kind"]))
    shown = tuple(row for row in found if row.opening or row.taken_up)
    return LegacyLedger(first, last, shown, _total(shown))


def _total(rows: tuple[LegacyRow, ...]) -> LegacyRow:
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in ("opening", "taken_up", "closed", "remaining"):
            sums[name] += getattr(row, name)
    return LegacyRow("", "合计", sums["opening"], sums["taken_up"], sums["closed"], sums["remaining"])


def _labels(bureau: str, kinds: set[str]) -> dict[str, str]:
    found = {}
    for kind in kinds:
        version = Case.objects.filter(bureau=bureau, kind=kind).order_by("-received_on").values_list("version").first()
        found[kind] = case_kind_version(kind, version[0]).label if version else kind
    return found
