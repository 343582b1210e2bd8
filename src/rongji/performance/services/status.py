"""The steps of a year: being drawn up, submitted, final, and back."""

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.refusals import ReasonNeeded
from rongji.accounts.types import Actor
from rongji.performance.models import YearFile, YearStatus
from rongji.performance.policies import FINISH_YEAR, SUBMIT_YEAR
from rongji.performance.refusals import StatusStepNotPossible
from rongji.performance.selectors import year_file
from rongji.performance.services.opening import refuse_if_changed

_STEPS = {
    (YearStatus.DRAFT, YearStatus.SUBMITTED): SUBMIT_YEAR,
    (YearStatus.SUBMITTED, YearStatus.DRAFT): FINISH_YEAR,
    (YearStatus.SUBMITTED, YearStatus.FINAL): FINISH_YEAR,
    (YearStatus.FINAL, YearStatus.DRAFT): FINISH_YEAR,
}
_BACKWARD = {YearStatus.DRAFT}


def change_status(
    *, actor: Actor, bureau: str, year: int, status: str, reason: str = "", expected_version: int | None = None
) -> str:
    """Take the year one step on or back (`draft`, `submitted`, `final`); going back needs a reason.

    Two different people finish a year: the room that prints the report holds that, before it calls this.
    Raises: NotAllowed, YearUnknown, StatusStepNotPossible, ReasonNeeded, ChangedMeanwhile.
    """
    wanted = YearStatus(status)
    SUBMIT_YEAR.require_role(actor)
    with transaction.atomic():
        trail.lock_head()
        found = year_file(bureau, year)
        file = YearFile.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=found.pk)
        policy = _STEPS.get((YearStatus(file.status), wanted))
        if policy is None:
            raise StatusStepNotPossible(year_file=str(file), state=file.get_status_display(), wanted=wanted.label)
        guard(actor, policy, file)
        if wanted in _BACKWARD and not reason.strip():
            raise ReasonNeeded(step="退回编制")
        refuse_if_changed(file, str(file), file.data_version, expected_version)
        before, file.status = file.status, wanted
        file.save(update_fields=["status"])
        trail.record(
            actor=actor,
            action="performance.change_status",
            subject_kind="year",
            subject_id=f"{bureau}/{year}",
            summary=f"{file}由“{YearStatus(before).label}”改为“{wanted.label}”",
            detail={"from": before, "to": wanted.value, "reason": reason, "version": file.data_version},
        )
    return wanted.value
