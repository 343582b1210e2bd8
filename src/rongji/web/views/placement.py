"""Placement in pages: cohorts, one cohort with its people, posts, order and what follows, and one person."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import organisation
from rongji.documents.writers import MEDIA_TYPES
from rongji.documents.writers import render as render_document
from rongji.law.loader import lawbook
from rongji.law.model import Trust
from rongji.placement import selectors, services, sheets
from rongji.placement.board import session_of_cohort
from rongji.placement.notice import notice
from rongji.placement.policies import KEEP_PLACEMENT, SEE_PLACEMENT
from rongji.placement.refusals import NotReady
from rongji.placement.sheet_book import workbook
from rongji.placement.types import (
    CATEGORY_LABELS,
    COHORT_LABELS,
    STATE_LABELS,
    CandidateState,
    Category,
    CohortFacts,
    CohortState,
    QuotaFacts,
)
from rongji.rules.placement.facts import stretches_text
from rongji.web.answers import download
from rongji.web.bureaus import bureaus_for, chosen_bureau
from rongji.web.forms.form import Subject, doors
from rongji.web.forms.placement import BUREAU_FORMS, COHORT_FORMS, CohortAbout
from rongji.web.forms.placement_candidate import CANDIDATE_FORMS

PER_PAGE = 100
PER_NOTICE = 1000
"""People on one printed part of a long notice."""
MOST_PROBLEMS = 20
MOST_OVERDUE = 8
OF_REGISTER = "人员档案"
TABS = (("people", "安置对象"), ("posts", "岗位和计划"), ("order", "积分和公示"), ("after", "安置之后"))
_TONES = {
    CandidateState.WAITING: "question",
    CandidateState.PLACED: "holds",
    CandidateState.SETTLED: "holds",
    CandidateState.GAVE_UP: "defect",
    CandidateState.ELSEWHERE: "defect",
}
_COHORT_TONES = {
    CohortState.PREPARING: "question",
    CohortState.PUBLISHED: "question",
    CohortState.CHOOSING: "defect",
    CohortState.FINISHED: "holds",
}


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A cohort as the list shows it."""

    facts: CohortFacts

    @property
    def state(self) -> str:
        """Where it stands."""
        return COHORT_LABELS[self.facts.state]

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return _COHORT_TONES[self.facts.state]

    @property
    def received(self) -> int:
        """Everybody on the list."""
        return sum(self.facts.counts.values())

    @property
    def placed(self) -> int:
        """Those with a unit, and those whose reception is closed."""
        return self.facts.counts.get(CandidateState.PLACED, 0) + self.facts.counts.get(CandidateState.SETTLED, 0)


@require_GET
@guarded(SEE_PLACEMENT)
def cohorts(request: Any) -> HttpResponse:
    """The cohorts of a bureau, the latest first, and who waits beyond the time limit."""
    bureaus = bureaus_for(request.actor, SEE_PLACEMENT)
    bureau = chosen_bureau(request, bureaus)
    late = selectors.overdue_list(request.actor, bureau.code)
    context = {
        "bureaus": bureaus,
        "bureau": bureau.code,
        "rows": [CohortRow(item) for item in selectors.cohorts(request.actor, bureau.code)],
        "overdue": late[:MOST_OVERDUE],
        "overdue_count": len(late),
        "doors": doors(request.actor, BUREAU_FORMS, Subject("", bureau.scope, "", bureau.code), bureau=bureau.code),
    }
    return render(request, "web/placement/cohorts.html", context)


@require_GET
@guarded(SEE_PLACEMENT)
def cohort(request: Any, cohort: int) -> HttpResponse:
    """One cohort, by tabs: people, posts and plan, points and order, what follows."""
    found = selectors.cohort(request.actor, cohort)
    tab = request.GET.get("tab", "")
    tab = tab if tab in dict(TABS) else "people"
    about = CohortAbout(found, ())
    context = {
        "cohort": CohortRow(found),
        "tabs": TABS,
        "tab": tab,
        "doors": doors(request.actor, COHORT_FORMS, Subject("", found.scope, "", about), cohort=cohort),
        "session": session_of_cohort(cohort),
        "may_keep": KEEP_PLACEMENT.permits(request.actor, found.scope),
        **_TAB_CONTEXTS[tab](request, found),
    }
    return render(request, f"web/placement/{tab}.html", context)


@require_GET
@guarded(SEE_PLACEMENT)
def candidate(request: Any, candidate: int) -> HttpResponse:
    """One person: the points item by item, the grounds, the waiting time, and what follows the choice."""
    page = selectors.candidate_page(request.actor, candidate)
    sheet = page.candidate.sheet
    trusts = [Trust(line["trust"]) for line in sheet.lines if line["trust"]] if sheet else []
    acts = lawbook().acts
    context = {
        "page": page,
        "category": CATEGORY_LABELS[page.candidate.category],
        "state": STATE_LABELS[page.candidate.state],
        "tone": _TONES[page.candidate.state],
        "is_scored": page.candidate.category is Category.ASSIGNED,
        "lines": [(line, _citations(line, acts)) for line in sheet.lines] if sheet else [],
        "facts": _facts(page),
        "trust": max(trusts, key=lambda trust: trust.rank) if trusts else None,
        "doors": doors(
            request.actor, CANDIDATE_FORMS, Subject("", page.cohort.scope, "", page), candidate=candidate
        ),
    }  # fmt: skip
    return render(request, "web/placement/candidate.html", context)


@require_POST
@guarded(KEEP_PLACEMENT)
def compute(request: Any, cohort: int) -> HttpResponse:
    """Reckon the points of a cohort; who cannot be scored is named with the reason."""
    found = services.compute_points(actor=request.actor, cohort_id=cohort)
    messages.success(request, f"核算了 {found.sheets} 人的积分。")
    if found.problems:
        listed = "\n".join(f"{problem.number} 号：{problem.sentence}" for problem in found.problems[:MOST_PROBLEMS])
        rest = len(found.problems) - MOST_PROBLEMS
        more = f"\n其余 {rest} 人的原因写在各人的页面上。" if rest > 0 else ""
        messages.error(request, f"{len(found.problems)} 人不能评分：\n{listed}{more}")
    if found.waiting:
        messages.info(request, f"{found.waiting} 人还不能合成排序分，多数是缺考试成绩；原因写在各人的页面上。")
    return redirect(f"{reverse('web:cohort', kwargs={'cohort': cohort})}?tab=order")


@require_GET
@guarded(SEE_PLACEMENT)
def sheet(request: Any, cohort: int, ending: str) -> HttpResponse:
    """The published sheet as a file: docx and pdf to hang up, xlsx and csv to reckon again."""
    first, last = _places(request)
    facts, rows = selectors.published_sheet(request.actor, cohort, first=first, last=last)
    if not rows:
        raise NotReady(step="下载积分表", why="积分还没有公示")
    part = "" if last is None else f"第 {first} 至 {last} 名"
    name = f"{facts.title}积分公示{part.replace(' ', '')}.{ending}"
    if ending == "csv":
        return download(sheets.sheet_csv(rows), name, "text/csv; charset=utf-8")
    if ending == "xlsx":
        return download(workbook(facts, rows), name, MEDIA_TYPES[ending])
    made = notice(facts, rows, bureau_name=organisation(facts.bureau).name, part=part)
    return download(render_document(made, ending, font_dir=settings.RONGJI.font_dir), name, MEDIA_TYPES.get(ending, ""))


def _places(request: Any) -> tuple[int, int | None]:
    """The places of one part of a printed notice, from the address; the whole where none are given."""
    given = [request.GET.get(name, "") for name in ("first", "last")]
    if not all(text.isdecimal() and len(text) < 8 for text in given):
        return 1, None
    return int(given[0]), int(given[1])


def _facts(page: selectors.CandidatePage) -> list[tuple[str, str, str]]:
    """What the points rest on: what it is, how much or from when to when, and where it comes from."""
    if page.soldier is None:
        return []
    entered = {(fact.item, fact.degree, fact.first_on): fact.evidence for fact in page.facts}
    rows = [("服役", stretches_text(page.soldier.periods), OF_REGISTER)]
    for fact in page.soldier.facts:
        amount = f"{fact.first_on} 至 {fact.last_on}" if fact.last_on else f"{fact.count}"
        rows.append((fact.name, amount, entered.get((fact.item, fact.degree, fact.first_on), OF_REGISTER)))
    return rows


def _people(request: Any, found: CohortFacts) -> dict[str, Any]:
    category = request.GET.get("category", "")
    category = category if category in list(Category) else ""
    listed = selectors.candidate_list(request.actor, found.id, category=category)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(item, _TONES[item.state], _is_late(item, request.actor.day)) for item in page.object_list]
    return {"rows": rows, "page": page, "category": category, "categories": CATEGORY_LABELS.items()}


def _is_late(item: Any, today: Any) -> bool:
    return item.state is CandidateState.WAITING and item.due_on is not None and item.due_on < today


def _posts(request: Any, found: CohortFacts) -> dict[str, Any]:
    planned = selectors.quotas(request.actor, found.id)
    return {
        "posts": selectors.posts(request.actor, found.id),
        "quotas": planned,
        "totals": _totals(planned),
        "share": selectors.state_share(request.actor, found.id),
    }


def _totals(planned: tuple[QuotaFacts, ...]) -> dict[str, int]:
    return {
        "places": sum(item.places for item in planned),
        "offered": sum(item.offered for item in planned),
        "filled": sum(item.filled for item in planned),
    }


def _order(request: Any, found: CohortFacts) -> dict[str, Any]:
    """Those who choose by points: in their order once it is published, before that by number."""
    listed = selectors.candidate_list(request.actor, found.id, category=Category.ASSIGNED, by_position=True)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    counts = selectors.scored_counts(request.actor, found.id)
    return {"rows": page.object_list, "page": page, "counts": counts, "sheet_parts": _sheet_parts(found, counts.people)}


def _sheet_parts(found: CohortFacts, people: int) -> list[tuple[int, int]]:
    """Places from and to of each part in which a long notice is printed; none for one that is printed whole."""
    if not found.digest or people <= PER_NOTICE:
        return []
    return [(first, min(first + PER_NOTICE - 1, people)) for first in range(1, people + 1, PER_NOTICE)]


def _after(request: Any, found: CohortFacts) -> dict[str, Any]:
    page = Paginator(selectors.placing_list(request.actor, found.id), PER_PAGE).get_page(request.GET.get("page"))
    answers = selectors.satisfaction_counts(request.actor, found.id)
    return {
        "rows": page.object_list,
        "page": page,
        "asked": sum(answers.values()),
        "satisfied": answers.get("satisfied", 0),
        "today": request.actor.day,
    }


_TAB_CONTEXTS = {"people": _people, "posts": _posts, "order": _order, "after": _after}


def _citations(line: Any, acts: Any) -> list[str]:
    return [acts[act].citation for act in line["acts"].split("、") if act in acts]
