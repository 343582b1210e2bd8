"""The list of bureau-years, and where a person lands after signing in."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded, public
from rongji.accounts.refusals import SignInNeeded
from rongji.performance.policies import IMPORT_YEAR, SEE_YEAR
from rongji.performance.selectors import list_years
from rongji.performance.types import YearSummary
from rongji.web.desk import Desk, open_desk, short_name
from rongji.web.menu import menu_for

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class YearLine:
    """One bureau-year of the list, with what a reader wants to know of it first."""

    summary: YearSummary
    desk: Desk

    @property
    def name(self) -> str:
        """The bureau in short."""
        return short_name(self.summary.name)

    @property
    def score(self) -> str:
        """The total, unless nothing has been scored yet."""
        found = self.desk.sources.evaluation
        return str(found.total) if found and self.desk.is_scored else ""

    @property
    def address(self) -> str:
        """Its dashboard."""
        return reverse("web:dashboard", kwargs={"bureau": self.summary.bureau, "year": self.summary.year})


@require_GET
@public(reason="只按本人的角色转到第一个能看的页面，未登录的转去登录")
def home(request: Any) -> HttpResponse:
    """The first page of the actor's own menu."""
    if request.actor is None:
        raise SignInNeeded
    first = next((item.address for group in menu_for(request.actor, None) for item in group.items), None)
    return redirect(first or reverse("account_change_password"))


@require_GET
@guarded(SEE_YEAR)
def years(request: Any) -> HttpResponse:
    """Every bureau-year in sight; what takes long to compute is asked for row by row once the list stands."""
    page = Paginator(list_years(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    may_import = IMPORT_YEAR.permits_role(request.actor)
    return render(request, "web/years.html", {"page": page, "may_import": may_import})


@require_GET
@guarded(SEE_YEAR)
def year_line(request: Any, bureau: str, year: int) -> HttpResponse:
    """One row of the list in full: score, execution, contradictions, readiness."""
    desk = open_desk(request.actor, bureau, year)
    return render(request, "web/year_line.html", {"line": YearLine(desk.summary, desk)})
