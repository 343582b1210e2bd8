"""What may be shown outside, gathered from inside: guides, jobs, fairs, approved reports. No person is in any of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rongji.accounts.secrets import mask_numbers_in
from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import Actor
from rongji.casework.guide import guide_of
from rongji.kernel.china_time import day_of
from rongji.kernel.digest import digest, file_digest
from rongji.kernel.personal_numbers import cover_numbers_in
from rongji.law.asked import Asked, AskedKind
from rongji.law.case_kinds import About, CaseKind, case_kinds
from rongji.law.registers import Register, register
from rongji.public.declared import asked_as_json
from rongji.public.models import PublicationKind
from rongji.reports.published import approved_reports, frozen_figures
from rongji.reports.selectors import version_file
from rongji.rules.answers import LINKS
from rongji.services.selectors import list_records
from rongji.services.types import RecordFilters, RecordRow

Kind = PublicationKind
ONLINE = "online"  # the channel of a kind by which the window hands in
OFFERS, FAIRS, RESERVED = "job_offers", "job_fairs", "reserved"
_MOST = 500
_ARTICLE = re.compile(r"<article\b.*</article>", re.S)
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_BUTTON = re.compile(r"<button\b[^>]*>(.*?)</button>", re.S)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may be shown. by_choice: shown only when somebody decided so; else unless somebody decided not."""

    kind: PublicationKind
    key: str
    title: str
    content: dict[str, Any]
    group: str = ""
    day: date | None = None
    until: date | None = None
    by_choice: bool = False
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """By which a change is seen."""
        files = {name: file_digest(data) for name, data in self.files.items()}
        return digest([self.title, self.group, self.day, self.until, self.content, files])


def may_be_shown(actor: Actor, bureau: OrganisationFacts) -> Iterator[Item]:
    """Everything that may be shown on the actor's day, in the order of the lists."""
    yield from _guides(bureau, actor.day)
    yield from _offers(actor, bureau)
    yield from _fairs(actor, bureau)
    yield from _reports(actor, bureau)


def _guides(bureau: OrganisationFacts, on: date) -> Iterator[Item]:
    kinds = [kind for kind in case_kinds(on=on, region=bureau.area_code) if kind.is_public]
    for kind in sorted(kinds, key=lambda item: (item.area, item.label)):
        yield guide_item(kind, bureau.area_code, on)


def guide_item(kind: CaseKind, area: str, on: date) -> Item:
    """The guide of a matter with the form that the window makes of it."""
    guide = guide_of(kind, area, on, only_public=True)
    content = {
        "kind": kind.id,
        "version": kind.key,
        "label": kind.label,
        "summary": kind.guide,
        "is_online": any(channel.id == ONLINE for channel in kind.channels),
        "needs_id": kind.about is About.PERSON,
        "sections": [{"heading": item.heading, "lines": list(item.lines)} for item in guide.sections],
        "asked": [asked_as_json(item) for item in kind.fields if is_asked_outside(item)],
        "papers": [
            {"id": item.id, "label": item.label, "is_needed": item.is_needed, "note": item.note} for item in kind.papers
        ],
    }
    return Item(Kind.GUIDE, kind.id, kind.label, content, group=kind.area)


def is_asked_outside(asked: Asked) -> bool:
    """Whether the window asks for a field."""
    return asked.public and asked.kind not in LINKS


def _offers(actor: Actor, bureau: OrganisationFacts) -> Iterator[Item]:
    declared = _public_register(OFFERS)
    rows = _records(actor, bureau, declared) if declared else ()
    running = [row for row in rows if row.day <= actor.day and (row.until is None or row.until >= actor.day)]
    for row in sorted(running, key=lambda item: (not item.values.get(RESERVED), item.until or date.max, item.id)):
        group = "面向退役军人和军属的岗位" if row.values.get(RESERVED) else "其他岗位"
        yield _record_item(Kind.OFFER, declared, row, group)


def _fairs(actor: Actor, bureau: OrganisationFacts) -> Iterator[Item]:
    declared = _public_register(FAIRS)
    rows = _records(actor, bureau, declared, first=actor.day) if declared else ()
    for row in sorted(rows, key=lambda item: (item.day, item.id)):
        yield _record_item(Kind.FAIR, declared, row, "")


def _public_register(name: str) -> Register | None:
    found = register(name)
    return found if found.public else None


def _records(actor: Actor, bureau: OrganisationFacts, declared: Register, **days: date) -> tuple[RecordRow, ...]:
    filters = RecordFilters(**days)
    found = list_records(
        actor, bureau=bureau.code, register=declared.id, filters=filters, limit=_MOST, with_totals=False
    )
    return found.rows


def _record_item(kind: PublicationKind, declared: Register, row: RecordRow, group: str) -> Item:
    told = [item for item in declared.fields if is_asked_outside(item) and item.kind is not AskedKind.SECRET]
    shown = [item for item in told if row.cells.get(item.id)]
    facts = [[item.label, _told(row.cells[item.id], item)] for item in shown if item.id != declared.title]
    brief = [item for item in shown if item.id not in (declared.title, declared.day, declared.until, RESERVED)]
    line = "　".join(_told(row.cells[item.id], item) for item in brief[:3])
    until = row.until if declared.until else row.day
    content = {"facts": facts, "line": line}
    return Item(kind, str(row.id), mask_numbers_in(row.title), content, group=group, day=row.day, until=until)


def _told(text: str, asked: Asked) -> str:
    """A cell in words; whatever somebody typed into it, no number of a person goes out, while that of a desk may."""
    words = f"{text} {asked.unit}" if asked.unit and not text.endswith(asked.unit) else text
    return cover_numbers_in(words, only_identity=True) if asked.open_numbers else mask_numbers_in(words)


def _reports(actor: Actor, bureau: OrganisationFacts) -> Iterator[Item]:
    for version in approved_reports(actor=actor, bureau=bureau.code):
        files = {name: name.rpartition(".")[2] for name in version.files}
        html = next((name for name, ending in files.items() if ending == "html"), "")
        text = version_file(actor=actor, version_id=version.id, name=html).decode() if html else ""
        day = day_of(version.decided_at) if version.decided_at else ""
        content = {
            "approved": f"{version.year} 年度，{day} 批准（第 {version.number} 版）",
            "figures": frozen_figures(actor=actor, version_id=version.id),
            "html": article_of(text),
        }
        yield Item(
            Kind.REPORT, f"{version.year}-{version.form}", f"{bureau.name} {version.year} 年度{version.label}", content,
            group=str(version.year), by_choice=True,
            files={
                name: version_file(actor=actor, version_id=version.id, name=name)
                for name, ending in files.items()
                if ending == "pdf"
            },
        )  # fmt: skip


def article_of(page: str) -> str:
    """The report's own text out of its page: no style, no script; figures are words, for nothing opens outside.

    Its headings stand two levels lower, under those of the page that shows it.
    """
    found = _ARTICLE.search(page)
    text = _BUTTON.sub(r"<span>\1</span>", found[0]) if found else ""
    return _HEADING.sub(lambda tag: f"<{tag[1]}h{min(6, int(tag[2]) + 2)}", text)
