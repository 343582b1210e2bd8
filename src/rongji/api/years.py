"""A bureau's years as JSON: list, figures, one figure in full, evaluation, check. Read only."""

from typing import Any

from ninja import Router

from rongji.accounts.policies import guarded
from rongji.api.shapes import FigureOut, LineageOut, RefusalOut, YearOut
from rongji.checks import CheckReport
from rongji.kernel.figure import Figure
from rongji.performance.policies import SEE_YEAR
from rongji.performance.selectors import list_years, year_facts
from rongji.reports.policies import SEE_REPORTS
from rongji.reports.selectors import current_sources, figure_lineage
from rongji.rules.scoring.evaluate import evaluate_under_law, evaluation_day

router = Router(tags=["年度"])
REFUSED = {403: RefusalOut, 404: RefusalOut, 422: RefusalOut}


@router.get("/years", response={200: list[YearOut], **REFUSED}, summary="可见的全部年度")
@guarded(SEE_YEAR)
def years(request: Any) -> Any:
    """Every bureau-year in the caller's scope."""
    return [YearOut.from_summary(item) for item in list_years(request.actor)]


@router.get("/years/{bureau}/{year}/figures", response={200: list[FigureOut], **REFUSED}, summary="一个年度的全部数据")
@guarded(SEE_YEAR)
def figures(request: Any, bureau: str, year: int, concept: str = "") -> Any:
    """Every statement of every fact, in order; `concept` keeps those of one concept."""
    found = year_facts(request.actor, bureau, year).figures
    return [figure_out(item) for item in found if not concept or item.key.concept == concept]


@router.get("/years/{bureau}/{year}/figure", response={200: LineageOut, **REFUSED}, summary="一个数据的来龙去脉")
@guarded(SEE_REPORTS)
def figure(request: Any, bureau: str, year: int, key: str, form: str = "") -> Any:
    """Definition, rows and their sum, formula, source, evidence, act, other statements, history."""
    found = figure_lineage(actor=request.actor, bureau=bureau, year=year, key=key, form=form)
    return LineageOut.from_lineage(found)


@router.get("/years/{bureau}/{year}/evaluation", response={200: dict[str, Any], **REFUSED}, summary="自评得分")
@guarded(SEE_YEAR)
def evaluation(request: Any, bureau: str, year: int, scheme: str = "") -> Any:
    """The evaluation in the shape of docs/reference/evaluation.schema.json."""
    facts = year_facts(request.actor, bureau, year)
    day = evaluation_day(facts, request.actor.day)
    return evaluate_under_law(facts, on=day, known_on=request.actor.day, scheme_id=scheme).as_json()


@router.get("/years/{bureau}/{year}/check", response={200: dict[str, Any], **REFUSED}, summary="报送前体检")
@guarded(SEE_REPORTS)
def check(request: Any, bureau: str, year: int) -> Any:
    """Every relation that was looked at, those that hold too."""
    sources = current_sources(actor=request.actor, bureau=bureau, year=year)
    return CheckReport(bureau, sources.year.name, year, sources.findings).as_json()


def figure_out(item: Figure) -> FigureOut:
    """A figure as JSON: numbers as strings."""
    return FigureOut(
        key=str(item.key),
        label=item.full_label,
        value=str(item.quantity.value) if item.quantity else None,
        unit=item.quantity.unit_name if item.quantity else "",
        places=item.quantity.places if item.quantity else None,
        printed=item.printed,
        statement=item.statement,
        kind=item.source.kind.value,
        place=item.source.place,
        evidence=list(item.source.evidence),
    )
