"""What payments say to a merge of two files: not while an open run still settles both of them on their own."""

from rongji.kernel.refusal import Refusal
from rongji.payments.models import PaymentRun, RunLine
from rongji.payments.runs import OPEN_STATES
from rongji.people.services.merging import register_merge_guard


class MergeDuringRun(Refusal):
    """Two files that an open run pays one by one."""

    code = "merge-during-run"
    sentence = "这两份档案都在未批准的发放批次 {run} 里，合并会影响应发金额：请先审批或作废该批次，再合并。"
    status = 409


def refuse_during_run(kept_id: int, absorbed_id: int) -> None:
    """Raises: MergeDuringRun."""
    for run in PaymentRun.objects.filter(state__in=OPEN_STATES):
        persons = RunLine.objects.filter(run=run, person_id__in=(kept_id, absorbed_id)).values("person_id").distinct()
        if persons.count() > 1:
            raise MergeDuringRun(run=run.pk)


def register() -> None:
    """Have merges ask."""
    register_merge_guard(refuse_during_run)
