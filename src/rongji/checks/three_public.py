"""三公经费: four items, each with its amount or stated as not incurred."""

from collections.abc import Iterator

from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.kernel.figure import FigureKey, Nil, Stage
from rongji.kernel.finding import Finding, Verdict

ITEMS = (
    "three_public.reception",
    "three_public.vehicle_running",
    "three_public.vehicle_purchase",
    "three_public.abroad",
)
_STATED_NIL = (Nil.NONE, Nil.DASH)


@check(title="三公经费四项齐全", basis="财政预决算公开要求：三公经费分项列示，购置费单列", level=Verdict.DEFECT)
def three_public_items_are_complete(situation: Situation) -> Iterator[Finding]:
    """Where 三公经费 is stated, each of the four items has an amount or is stated as not incurred."""
    for unit in situation.unit_codes:
        for stage in (Stage.INITIAL, Stage.ACTUAL, Stage.PRIOR):
            total = situation.numbered(FigureKey("three_public.total", stage, unit))
            if total is not None and total.quantity is not None and total.quantity.value != 0:
                missing = [name for name in ITEMS if not _is_stated(situation, FigureKey(name, stage, unit))]
                if missing:
                    labels = "、".join(_label(situation, name) for name in missing)
                    text = f"{total.full_label} {total.quantity}，但{labels}没有填列。"
                    yield Finding("", Verdict.DEFECT, text, (total,), remedy="逐项填写金额，没有发生的填 0 或“无”。")


def _is_stated(situation: Situation, key: FigureKey) -> bool:
    figure = situation.year.figures.get(key)
    return figure is not None and (figure.quantity is not None or figure.nil in _STATED_NIL)


def _label(situation: Situation, name: str) -> str:
    concept = situation.concept(name)
    return concept.label if concept else name
