"""The station network: a map or a tree of three levels, each station, how the network grew, its table as a file."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import OrganisationFacts, organisation
from rongji.documents.writers import MEDIA_TYPES
from rongji.documents.writers import render as write_document
from rongji.kernel.fen import yuan
from rongji.law.registers import register
from rongji.people.policies import SEE_PEOPLE
from rongji.services.network.facts import TIERS, Network, StationFacts
from rongji.services.network.map_file import map_shapes, map_source
from rongji.services.network.selectors import (
    CHECKS,
    GRADINGS,
    PROFILES,
    STAFF,
    SUBSIDIES,
    network,
    records_of_station,
)
from rongji.services.network.table import station_table
from rongji.services.policies import EXPORT_RECORDS, KEEP_RECORDS, SEE_RECORDS
from rongji.web.answers import download, whole_number
from rongji.web.errors import PageUnknown
from rongji.web.forms.form import Subject, doors
from rongji.web.forms.network import NETWORK_FORMS
from rongji.web.network_desk import check_lines, lines_of, opened, peers_of, spots_of, summary_of, year_line_of
from rongji.web.network_map.as_tree import tree_of
from rongji.web.network_map.on_map import map_of
from rongji.web.network_map.spots import Picture
from rongji.web.network_map.tones import COLOURED_LABELS, Coloured, legend
from rongji.web.record_desk import bureau_of, bureaus_around, chosen_among

_YEARS_BACK = 5
TABLE_KINDS = {"xlsx": "Excel 表（.xlsx）", "docx": "Word 表（.docx）", "pdf": "PDF"}


@require_GET
@guarded(SEE_RECORDS)
def stations(request: Any) -> HttpResponse:
    """Map or tree, the years, and the list of a bureau's stations."""
    bureaus = bureaus_around(request.actor, SEE_RECORDS)
    bureau = chosen_among(bureaus, request.GET.get("bureau", ""))
    on = _day(request)
    found = network(request.actor, bureau.code, on=on)
    coloured = Coloured(request.GET.get("by")) if request.GET.get("by") in set(Coloured) else Coloured.GRADE
    town = found.by_code.get(request.GET.get("town", ""))
    picture, is_map = _picture(found, coloured, request, town)
    lines = lines_of(request.actor, found)
    context = {
        "bureaus": bureaus,
        "bureau": bureau,
        "network": found,
        "year": on.year,
        "years": [request.actor.day.year - back for back in range(_YEARS_BACK)],
        "tiers": [(tier, sum(item.tier == tier for item in found.stations)) for tier in TIERS],
        "picture": picture,
        "picture_words": _picture_words(bureau, is_map=is_map),
        "is_map": is_map,
        "may_map": is_map or map_of(spots_of(found, coloured), map_shapes(bureau.code)) is not None,
        "source": map_source(bureau.code),
        "coloured": coloured,
        "colours": COLOURED_LABELS.items(),
        "legend": legend(found, coloured),
        "town": town,
        "history": [year_line_of(item) for item in found.years],
        "lines": opened(lines, found, request.GET.get("open", "")),
        "opened": request.GET.get("open", ""),
        "summary": summary_of(found, lines),
        "doors": doors(request.actor, NETWORK_FORMS, Subject("", bureau.scope, "", bureau), bureau=bureau.code),
        "table_kinds": TABLE_KINDS.items(),
        "may_export": EXPORT_RECORDS.permits_role(request.actor),
        "may_keep": KEEP_RECORDS.permits_role(request.actor),
    }
    return render(request, "web/network/stations.html", context)


def _day(request: Any) -> date:
    """Today, or the end of an earlier year."""
    today: date = request.actor.day
    year = whole_number(request.GET.get("year", ""))
    return date(year, 12, 31) if year and today.year - _YEARS_BACK < year < today.year else today


def _picture(found: Network, coloured: Coloured, request: Any, town: StationFacts | None) -> tuple[Picture, bool]:
    """The map where there is anything to place on it and nobody asks for the tree."""
    spots = spots_of(found, coloured)
    focus = frozenset({town.code, *(item.code for item in found.below(town.code))}) if town else frozenset[str]()
    shown = None if request.GET.get("view") == "tree" else map_of(spots, map_shapes(found.bureau), focus=focus)
    return (shown, True) if shown else (tree_of([spot for spot in spots if not focus or spot.code in focus]), False)


def _picture_words(bureau: OrganisationFacts, *, is_map: bool) -> str:
    return f"{bureau.name}的服务站{'分布图' if is_map else '结构图'}，方向键在站点之间移动，回车打开"


@require_GET
@guarded(SEE_RECORDS)
def station(request: Any, code: str) -> HttpResponse:
    """One station: what it is, what it has, who works there, what it carries, how it was graded."""
    facts = organisation(code)
    SEE_RECORDS.check(request.actor, facts.scope)
    if facts.kind != "station":
        raise PageUnknown
    bureau = _bureau_over(facts)
    on = request.actor.day
    found = network(request.actor, bureau.code, on=on)
    item = found.by_code.get(code)
    records = records_of_station(request.actor, bureau.code, facts)
    lines = {line.facts.code: line for line in lines_of(request.actor, found)}
    context = {
        "bureau": bureau,
        "facts": facts,
        "item": item,
        "line": lines.get(code),
        "over": lines.get(facts.parent_code),
        "below": [lines[one.code] for one in found.below(code)],
        "peers": peers_of(list(lines.values()), item),
        "checks": check_lines(records[CHECKS], on),
        "gradings": records[GRADINGS],
        "staff": [(one, one.is_in_force(on)) for one in records[STAFF]],
        "paid": [(one, yuan(int(one.said("paid") or 0))) for one in records[SUBSIDIES]],
        "profile": records[PROFILES][0] if records[PROFILES] else None,
        "registers": {name: register(name) for name in (PROFILES, CHECKS, GRADINGS, STAFF, SUBSIDIES)},
        "may_keep": KEEP_RECORDS.permits(request.actor, facts.scope),
        "sees_people": SEE_PEOPLE.permits(request.actor, facts.scope),
        "today": on,
    }
    return render(request, "web/network/station.html", context)


def _bureau_over(facts: OrganisationFacts) -> OrganisationFacts:
    """The bureau under which a station hangs."""
    over = facts
    while over.parent_code and over.kind != "bureau":
        over = organisation(over.parent_code)
    return over


@require_GET
@guarded(EXPORT_RECORDS)
def table(request: Any, bureau: str, kind: str) -> HttpResponse:
    """The station table in the form that upper levels ask for."""
    if kind not in TABLE_KINDS:
        raise PageUnknown
    facts = bureau_of(request.actor, bureau, EXPORT_RECORDS)
    document = station_table(network(request.actor, bureau, on=_day(request)), facts.name)
    return download(write_document(document, kind), f"{facts.name}-服务站基本情况表.{kind}", MEDIA_TYPES[kind])
