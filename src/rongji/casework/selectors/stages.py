"""How long cases waited in each step."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from rongji.casework.models import Case, CaseAct
from rongji.casework.selectors.facts import StageLength
from rongji.casework.selectors.lines import kind_of, step_label


def stages_of(rows: Sequence[Case], on: date) -> dict[int, tuple[StageLength, ...]]:
    """The steps of each case in order, the one in which it waits up to a day; a closed one up to its close."""
    acts: dict[int, list[tuple[str, date]]] = defaultdict(list)
    found = CaseAct.objects.filter(case__in=[row.pk for row in rows]).order_by("case", "sequence")
    for case, step, day in found.values_list("case", "to_step", "on"):
        acts[case].append((step, day))
    return {row.pk: tuple(_stages(row, acts[row.pk], on)) for row in rows}


def _stages(row: Case, acts: Sequence[tuple[str, date]], on: date) -> Iterable[StageLength]:
    kind = kind_of(row)
    entered = [item for index, item in enumerate(acts) if index == 0 or acts[index - 1][0] != item[0]]
    for (step, first), (_, then) in zip(entered, [*entered[1:], ("", max(on, entered[-1][1]))], strict=True):
        is_present = (step, first) == entered[-1]
        if is_present and not row.is_open:
            continue
        yield StageLength(step, step_label(kind, step), first, (then - first).days, is_present)
