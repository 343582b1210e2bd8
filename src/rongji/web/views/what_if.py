"""What if: a year's benefits under other standards and ages, beside the year as the law stands. Nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.kernel.month import Month
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.payments.forecast import Forecast, Scenario, what_if
from rongji.payments.policies import SEE_RUNS
from rongji.payments.selectors import has_payroll
from rongji.payments.settled import benefits_settled
from rongji.web.answers import whole_number
from rongji.web.bureaus import bureaus_for, chosen_bureau
from rongji.web.dates import reading_of
from rongji.web.pay_charts import forecast_chart
from rongji.web.people_words import benefit_label
from rongji.web.run_page import Tile

EVERY = "*"
_HUNDRED = 100


class NotAPercentage(Refusal):
    """A share that is no number."""

    code = "not-a-percentage"
    sentence = "“{text}”不是百分数，请只写数字，如 5 或 3.5。"


@dataclass(frozen=True, slots=True)
class RaiseField:
    """One benefit of the form, with what was typed for it."""

    benefit: str
    label: str
    text: str


@require_GET
@guarded(SEE_RUNS)
def forecast(request: Any) -> HttpResponse:
    """The form, and with it filled in, both courses of the year."""
    bureaus = [item for item in bureaus_for(request.actor, SEE_RUNS) if has_payroll(item.code)]
    context: dict[str, Any] = {"bureaus": bureaus, "sent": request.GET}
    if bureaus:
        bureau = chosen_bureau(request, bureaus)
        context |= _form(request, bureau.code)
    if bureaus and request.GET.get("go"):
        context |= _reckoned(request, bureau.code)
    return render(request, "web/payments/what_if.html", context, status=422 if context.get("refusal") else 200)


def _form(request: Any, bureau: str) -> dict[str, Any]:
    fields = [
        RaiseField(name, benefit_label(name), request.GET.get(f"raise-{name}", "").strip())
        for name in benefits_settled(bureau)
    ]
    year = whole_number(request.GET.get("year", "")) or request.actor.day.year + 1
    return {
        "bureau": bureau,
        "fields": fields,
        "year": year,
        "known_on": reading_of(request).known_on,
        "has_own": any(field.text for field in fields),
    }


def _reckoned(request: Any, bureau: str) -> dict[str, Any]:
    form = _form(request, bureau)
    try:
        scenario = _scenario(request, form["fields"])
        found = what_if(
            actor=request.actor, bureau=bureau, year=form["year"], scenario=scenario, known_on=form["known_on"]
        )
    except Refusal as refusal:
        return {"refusal": refusal}
    return {"forecast": found, "tiles": list(_tiles(found)), "chart": forecast_chart(
        [item.label for item in found.months], [item.base_fen for item in found.months],
        [item.changed_fen for item in found.months],
    )}  # fmt: skip


def _scenario(request: Any, fields: list[RaiseField]) -> Scenario:
    """What the form supposes. Raises: NotAPercentage, NotAMonth."""
    raises = {field.benefit: _percent(field.text) for field in fields if field.text}
    if every := request.GET.get("all", "").strip():
        raises[EVERY] = _percent(every)
    since = request.GET.get("since", "").strip()
    return Scenario(
        raises=raises,
        raised_from=Month.parse(since) if since else None,
        leaving_percent=_percent(request.GET.get("leaving", "").strip() or "0"),
        with_sixty=bool(request.GET.get("sixty")),
    )


def _percent(text: str) -> Decimal:
    try:
        found = Decimal(text.rstrip("%％ "))
    except InvalidOperation:
        raise NotAPercentage(text=text[:20]) from None
    if not found.is_finite():
        raise NotAPercentage(text=text[:20])
    return found


def _tiles(found: Forecast) -> Iterator[Tile]:
    more = found.changed_fen - found.base_fen
    share = Decimal(more) * _HUNDRED / found.base_fen if found.base_fen else Decimal(0)
    yield Tile("按现行标准", _wan(found.base_fen), "万元", f"{found.year} 年，按 {found.known_on} 所知")
    yield Tile("按假设", _wan(found.changed_fen), "万元", "、".join(_supposed(found)) or "没有改变标准")
    sign = "+" if more >= 0 else "−"
    yield Tile(
        "增减", f"{sign}{_wan(abs(more))}", "万元", f"{sign}{abs(share):.2f}%", "waiting" if more > 0 else "good"
    )


def _supposed(found: Forecast) -> Iterator[str]:
    for benefit, percent in found.scenario.raises.items():
        yield f"{'全部待遇' if benefit == EVERY else benefit_label(benefit)} {percent:+f}%"
    if found.turning_sixty:
        yield f"新满 60 岁 {found.turning_sixty} 人"


def _wan(fen: int) -> str:
    return Quantity.from_fen(fen, "万元", 2).shown(grouping=True)
