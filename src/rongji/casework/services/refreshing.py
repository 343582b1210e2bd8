"""Due days reckoned again when a notice of holidays has been published or corrected since."""

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.casework.law import CaseLaw
from rongji.casework.models import Case, CaseClock
from rongji.casework.policies import IMPORT_CASES
from rongji.casework.services.clocks import Clocks
from rongji.kernel.digest import digest
from rongji.law.case_kinds import case_kind_version
from rongji.law.shapes.deadline import DayCount

_KEPT = ("due_on", "due_clock", "amber_on", "is_paused")


def refresh_due_days(*, actor: Actor, bureau: str) -> int:
    """Reckon every running clock in working days again, by the notices known today; returns how many cases moved.

    Raises: NotAllowed.
    """
    place = organisation(bureau)
    guard(actor, IMPORT_CASES, place.scope)
    moved: list[Case] = []
    with transaction.atomic():
        trail.lock_head()
        rows = Case.objects.select_for_update(of=("self",)).filter(bureau=bureau, is_open=True)
        counted = CaseClock.objects.filter(count=DayCount.WORKING_DAYS, stopped_on__isnull=True)
        laws: dict[str, CaseLaw] = {}
        for case in rows.filter(pk__in=counted.values("case")).order_by("pk"):
            law = laws.setdefault(case.area, CaseLaw(actor.day, case.area))
            before = [getattr(case, name) for name in _KEPT]
            clocks = Clocks.of(case, case_kind_version(case.kind, case.version), law)
            clocks.settle()
            clocks.save()
            if [getattr(case, name) for name in _KEPT] != before:
                case.save(update_fields=list(_KEPT))
                moved.append(case)
        if moved:
            facts = {"bureau": bureau, "cases": [case.pk for case in moved]}
            trail.record(
                actor=actor, action="casework.refresh_due_days", subject_kind="cases", subject_id=bureau,
                summary=f"按最新放假安排重算 {len(moved)} 件的到期日", after_digest=digest(facts), detail=facts,
                parts={case.part for case in moved},
            )  # fmt: skip
    return len(moved)
