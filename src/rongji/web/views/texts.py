"""Narrative sections: words typed here, numbers taken from the figures, typed digits flagged as they stand."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.performance.policies import ENTER_INDICATORS, SEE_YEAR
from rongji.performance.services import set_text
from rongji.reports import tokens
from rongji.web.answers import attempt, whole_number
from rongji.web.desk import Desk, open_desk


@dataclass(frozen=True, slots=True)
class Section:
    """One narrative section: written or still missing."""

    code: str
    title: str
    body: str
    defects: int

    @property
    def is_missing(self) -> bool:
        """Whether nothing is written yet."""
        return not self.body


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure to put into a text, with the token that prints it."""

    label: str
    shown: str
    token: str


@dataclass(frozen=True, slots=True)
class PreviewPiece:
    """A piece of a text as it would be printed. kind: plain, backed, unbacked or missing."""

    kind: str
    text: str
    key: str = ""
    note: str = ""


@require_GET
@guarded(SEE_YEAR)
def texts(request: Any, bureau: str, year: int) -> HttpResponse:
    """The sections of the report, one of them open."""
    desk = open_desk(request.actor, bureau, year)
    sections = sections_of(desk)
    asked = request.GET.get("section", "")
    chosen = next((item for item in sections if item.code == asked), None)
    if chosen is None:
        chosen = Section(asked, "", "", 0) if asked else (sections[0] if sections else Section("", "", "", 0))
    context = desk.context(
        sections=sections,
        chosen=chosen,
        choices=choices_of(desk),
        lines=preview_lines(desk, chosen.body),
        may_edit=ENTER_INDICATORS.permits_role(request.actor) and desk.summary.status != "final",
    )
    return render(request, "web/year/texts.html", context)


def sections_of(desk: Desk) -> list[Section]:
    """Written sections in order, then those that the form still asks for."""
    defects = desk.report.defects if desk.report else ()
    counts: dict[str, int] = {}
    for item in defects:
        counts[item.subject] = counts.get(item.subject, 0) + 1
    written = [Section(t.code, t.title or t.code, t.body, counts.get(t.code, 0)) for t in desk.facts.texts]
    known = {item.code for item in written}
    asked = {item.subject: item.explanation for item in defects if item.subject not in known}
    return [*written, *(Section(code, _title(said) or code, "", 1) for code, said in asked.items())]


def _title(explanation: str) -> str:
    return explanation.partition("“")[2].partition("”")[0]


def choices_of(desk: Desk) -> list[Choice]:
    """Every figure that a text may name, stated ones first, each key once."""
    figures = desk.report.figures if desk.report else desk.facts.figures
    found = []
    for key in {item.key: None for item in figures}:
        figure = figures.get(key)
        if figure and figure.quantity is not None:
            found.append(Choice(figure.full_label, str(figure.quantity), f"{{{{{key}}}}}"))
    return found


def preview_lines(desk: Desk, body: str) -> list[list[PreviewPiece]]:
    """A text paragraph by paragraph as the report would print it."""
    figures = desk.report.figures if desk.report else desk.facts.figures
    lines = (line.strip() for line in body.splitlines())
    return [[_piece(piece) for piece in tokens.resolve(line, figures)] for line in lines if line]


def _piece(piece: tokens.Piece) -> PreviewPiece:
    match piece:
        case tokens.Backed(text, figure):
            return PreviewPiece("backed", text, str(figure.key), figure.full_label)
        case tokens.Unbacked(text, suggestions):
            advice = f"可改为 {suggestions[0]}" if suggestions else "请补录这项数据后引用"
            return PreviewPiece("unbacked", text, "", f"手打数字，没有数据支撑；{advice}")
        case tokens.Missing(token, reason):
            return PreviewPiece("missing", token, "", reason)
        case tokens.Plain(text):
            return PreviewPiece("plain", text)


@require_POST
@guarded(SEE_YEAR)
def preview_text(request: Any, bureau: str, year: int) -> HttpResponse:
    """The text being typed, as it would be printed."""
    desk = open_desk(request.actor, bureau, year)
    lines = preview_lines(desk, request.POST.get("body", ""))
    return render(request, "web/year/text_preview.html", {"lines": lines})


@require_POST
@guarded(ENTER_INDICATORS)
def save(request: Any, bureau: str, year: int) -> HttpResponse:
    """Keep one section."""
    code, version = request.POST.get("code", "").strip(), request.POST.get("version", "")

    def act() -> str:
        set_text(
            actor=request.actor, bureau=bureau, year=year, code=code, body=request.POST.get("body", ""),
            title=request.POST.get("title") or None,
            expected_version=whole_number(version),
        )  # fmt: skip
        return "已保存。"

    back = reverse("web:texts", kwargs={"bureau": bureau, "year": year})
    return attempt(request, act, f"{back}?{urlencode({'section': code})}")
