"""How far cases are, in the words that applicants are told: no name, no content, no reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from rongji.casework.models import Case, CaseAct
from rongji.law.case_kinds import case_kind_version
from rongji.people.selectors.portions import portions

HANDLING, CLOSED = "正在办理", "已办结"


@dataclass(frozen=True, slots=True)
class PublicState:
    """The public words of a case's step, and since when."""

    words: str
    on: date
    is_closed: bool


def public_states(case_ids: Iterable[int]) -> dict[int, PublicState]:
    """The state of each of those cases. Nobody in particular asks: it tells nothing about anybody."""
    found: dict[int, PublicState] = {}
    for chunk in portions(case_ids):
        last = dict(CaseAct.objects.filter(case_id__in=chunk).order_by().values_list("case_id").annotate(Max("on")))
        for case in Case.objects.filter(pk__in=chunk).only("kind", "version", "step", "is_open", "received_on"):
            step = case_kind_version(case.kind, case.version).steps_by_id[case.step]
            words = step.public or (HANDLING if case.is_open else CLOSED)
            found[case.pk] = PublicState(words, last.get(case.pk, case.received_on), not case.is_open)
    return found
