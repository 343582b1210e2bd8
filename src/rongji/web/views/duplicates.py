"""Files that may be of one person: the list, two of them side by side, and the merges that were made."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.accounts.types import Actor, Scope
from rongji.people.policies import MERGE_PEOPLE, SEE_PEOPLE
from rongji.people.selectors import find_duplicates, person_file
from rongji.people.selectors.merges import merges
from rongji.people.types import SEX_LABELS, PersonFile
from rongji.web.forms.form import Door
from rongji.web.forms.merging import MERGE_FORMS
from rongji.web.people_words import category_label, grade_words, station_names
from rongji.web.person_page import days

_MERGE, _UNDO = MERGE_FORMS


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison."""

    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether the two files say different things."""
        return self.first != self.second


@require_GET
@guarded(SEE_PEOPLE)
def duplicates(request: Any) -> HttpResponse:
    """Pairs, the surest first, and the merges made so far."""
    may_merge = MERGE_PEOPLE.permits_role(request.actor)
    made = [
        (item, [Door(_UNDO.button, _UNDO.address(merge=item.id), _UNDO.icon, True)] if may_merge else [])
        for item in merges(request.actor)
    ]
    return render(request, "web/people/duplicates.html", {"pairs": find_duplicates(request.actor), "merges": made})


@require_GET
@guarded(SEE_PEOPLE)
def compare(request: Any, first: int, second: int) -> HttpResponse:
    """Two files side by side, as known today."""
    actor = request.actor
    files = [person_file(actor, number, on=actor.day, known_on=actor.day) for number in (first, second)]
    columns = [_columns(file) for file in files]
    rows = [Compared(label, columns[0][label], columns[1][label]) for label in columns[0]]
    context = {"first": files[0], "second": files[1], "rows": rows}
    if all(MERGE_PEOPLE.permits(actor, _scope(file)) and file.merged_into is None for file in files):
        context |= {"keep_first": [_door(actor, first, second)], "keep_second": [_door(actor, second, first)]}
    return render(request, "web/people/compare.html", context)


def _scope(file: PersonFile) -> Scope:
    return Scope(path=file.scope_path, area=file.area)


def _door(actor: Actor, kept: int, absorbed: int) -> Door:
    return Door("保留这份，并入另一份", _MERGE.address(kept=kept, absorbed=absorbed), _MERGE.icon, False)


def _columns(file: PersonFile) -> dict[str, str]:
    """One file in words, line by line."""
    here = file.residence
    return {
        "档案号": file.number,
        "姓名": file.name,
        "性别": SEX_LABELS[file.sex],
        "出生": f"{file.born_on:%Y-%m-%d}",
        "身份证号": file.id_masked or "未登记",
        "电话": file.phone_masked or "未登记",
        "住址": " ".join(part for part in (here.village, here.address) if part) if here else "未登记",
        "服务站": station_names().get(here.station_code, "") if here else "",
        "身份": _lines(
            f"{category_label(item.category)}，{item.first_month} 至 {item.last_month or '今'}"
            for item in file.identities
        ),
        "残疾等级": _lines(f"{grade_words(item.cause, item.grade)}，{item.decided_on}" for item in file.grades),
        "服役": _lines(days(item.enlisted_on, item.discharged_on) for item in file.service),
        "领款账户": _lines(f"{item.masked} {item.bank}，{days(item.from_on, item.to_on)}" for item in file.accounts),
        "去世": f"{file.died_on:%Y-%m-%d}" if file.died_on else "",
        "建档": f"{file.registered_on:%Y-%m-%d}",
    }


def _lines(items: Any) -> str:
    return "\n".join(items)
