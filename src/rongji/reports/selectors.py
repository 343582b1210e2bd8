"""Reads of reports: the preview of a year in a form, versions, lineage of a number, changes since approval."""

from dataclasses import replace
from datetime import date

from django.utils.timezone import localtime

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.checks import CheckReport
from rongji.kernel.bureau_year import BureauYear
from rongji.performance.objectives.selectors import against_approved
from rongji.performance.refusals import YearUnknown
from rongji.performance.selectors import figure_history, year_facts
from rongji.reports.build import Report, build_report
from rongji.reports.form import Form
from rongji.reports.form_reader import find_form, load_forms
from rongji.reports.freezing import Change, changes_between, frozen_content
from rongji.reports.gather import gather_sources
from rongji.reports.lineage import lineage_of
from rongji.reports.models import ReportVersion
from rongji.reports.narrative import with_narrative
from rongji.reports.policies import SEE_REPORTS
from rongji.reports.records import Records
from rongji.reports.refusals import NoSuchVersion, NothingApproved
from rongji.reports.sources import Sources, missing_sheets
from rongji.reports.types import Lineage, PastValue, VersionFacts
from rongji.services.selectors.work import work_entries

State = ReportVersion.State


def current_sources(*, actor: Actor, bureau: str, year: int) -> Sources:
    """What a report of this year would be made from now.

    Raises: NotAllowed, and whatever says that there is no such year.
    """
    guard(actor, SEE_REPORTS, organisation(bureau))
    facts = with_narrative(year_facts(actor=actor, bureau=bureau, year=year), work_entries(bureau, year))
    before = prior_year(actor=actor, bureau=bureau, year=year)
    sources = gather_sources(facts, on=actor.day, known_on=actor.day, prior=before)
    report = CheckReport(bureau, facts.name, year, sources.findings).with_findings(against_approved(facts))
    return replace(sources, findings=report.findings)


def prior_year(*, actor: Actor, bureau: str, year: int) -> BureauYear | None:
    """The year before, if the records hold it."""
    try:
        return year_facts(actor=actor, bureau=bureau, year=year - 1)
    except YearUnknown:
        return None


def preview(
    *, actor: Actor, bureau: str, year: int, form: str = "", dated_on: date | None = None, with_sources: bool = False
) -> tuple[Sources, Report]:
    """The report as it would be now, with everything that still stands in its way.

    Raises: NotAllowed, NoSuchForm, FormDoesNotFit.
    """
    sources = current_sources(actor=actor, bureau=bureau, year=year)
    forms = load_forms()
    chosen = find_form(form or sources.year.profile.get("form", ""), forms)
    return sources, build_report(sources, chosen, forms, dated_on=dated_on or actor.day, with_sources=with_sources)


def fitting_forms(facts: BureauYear) -> tuple[tuple[Form, tuple[str, ...]], ...]:
    """Every form with the sheets that it would still need; empty when it fits."""
    records = Records(facts)
    forms = [form for form in load_forms().values() if not form.is_annex]
    return tuple((form, missing_sheets(form, records)) for form in sorted(forms, key=lambda item: item.id))


def versions(*, actor: Actor, bureau: str, year: int, form: str = "") -> tuple[VersionFacts, ...]:
    """Every version, oldest first, each with what it changed against the one before it in the same form."""
    guard(actor, SEE_REPORTS, organisation(bureau))
    rows = ReportVersion.objects.filter(bureau=bureau, year=year).prefetch_related("files")
    before: dict[str, ReportVersion] = {}
    found = []
    for row in rows.filter(form=form) if form else rows:
        earlier = before.get(row.form)
        found.append(_facts(row, changes_between(earlier.content, row.content) if earlier else ()))
        before[row.form] = row
    return tuple(found)


def version_file(*, actor: Actor, version_id: int, name: str) -> bytes:
    """One file of a version, byte for byte.

    Raises: NotAllowed, NoSuchVersion.
    """
    row = _version(version_id)
    guard(actor, SEE_REPORTS, organisation(row.bureau))
    file = row.files.filter(name=name).first()
    if file is None:
        raise NoSuchVersion(version=f"{version_id} {name}")
    return bytes(file.content)


def changes_since_approval(*, actor: Actor, bureau: str, year: int, form: str) -> tuple[Change, ...]:
    """What is different now from the version that was approved.

    Raises: NotAllowed, NothingApproved.
    """
    guard(actor, SEE_REPORTS, organisation(bureau))
    row = ReportVersion.objects.filter(bureau=bureau, year=year, form=form, state=State.APPROVED).first()
    if row is None:
        raise NothingApproved(year=year)
    sources, report = preview(actor=actor, bureau=bureau, year=year, form=form)
    return changes_between(row.content, frozen_content(sources, report))


def figure_lineage(*, actor: Actor, bureau: str, year: int, key: str, form: str = "") -> Lineage:
    """Everything a printed number opens into: definition, rows, inputs, source, evidence, act, history, places.

    Raises: NotAllowed, NoSuchFigure, UnreadableKey.
    """
    sources, report = preview(actor=actor, bureau=bureau, year=year, form=form)
    found = lineage_of(key, sources, report.figures, report.document, tuple(past_values(bureau, year, key)))
    events = figure_history(actor, bureau, year, key)
    return replace(found, events=tuple(f"{localtime(event.at):%Y-%m-%d} {event.by}：{event.line}" for event in events))


def past_values(bureau: str, year: int, key: str) -> list[PastValue]:
    """What a figure was in each finalised version."""
    found = []
    for row in ReportVersion.objects.filter(bureau=bureau, year=year).order_by("finalised_at"):
        stated = row.content["figures"].get(key, {}).get("shown") or row.content["printed"].get(key)
        if stated:
            found.append(PastValue(row.number, row.get_state_display(), stated))
    return found


def _version(version_id: int) -> ReportVersion:
    row = ReportVersion.objects.filter(pk=version_id).first()
    if row is None:
        raise NoSuchVersion(version=version_id)
    return row


def _facts(row: ReportVersion, changes: tuple[Change, ...]) -> VersionFacts:
    return VersionFacts(
        id=row.pk,
        bureau=row.bureau,
        year=row.year,
        form=row.form,
        number=row.number,
        state=row.state,
        state_label=row.get_state_display(),
        digest=row.digest,
        finalised_by=row.finalised_by,
        finalised_at=row.finalised_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        note=row.note,
        files={file.name: file.digest for file in row.files.all()},
        changes=changes,
    )
