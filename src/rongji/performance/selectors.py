"""Reads of bureau-years for the rooms above; each checks the right to see the year."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Count

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey
from rongji.performance.measures import derived_figures
from rongji.performance.models import EvidenceItem, FigureChange, FigureRecord, ImportBatch, Indicator, YearFile
from rongji.performance.policies import SEE_YEAR
from rongji.performance.refusals import FigureUnknown, RecordUnknown, YearUnknown
from rongji.performance.storing import read_year
from rongji.performance.types import FigureEvent, StoredFile, YearSummary


def year_file(bureau: str, year: int) -> YearFile:
    """The file of a bureau-year, its organisation with it; inside the room only.

    Raises: YearUnknown.
    """
    found = YearFile.objects.select_related("organisation").filter(organisation__code=bureau, year=year).first()
    if found is None:
        raise YearUnknown(bureau=bureau, year=year)
    return found


def year_facts(actor: Actor, bureau: str, year: int, *, with_derived: bool = True) -> BureauYear:
    """Everything that a bureau states for a year, in order, and what records of the system derive beside it.

    A derived figure is a further statement after the stated ones; where nothing is stated, it leads.
    Raises: YearUnknown, NotAllowed.
    """
    file = _visible(actor, bureau, year)
    facts = read_year(file)
    return with_derived_figures(facts) if with_derived else facts


def with_derived_figures(facts: BureauYear) -> BureauYear:
    """The year with the derived figures of every measure after its stated ones, called as those are called."""
    derived = derived_figures(facts.bureau, facts.year, facts.units)
    named = (replace(item, label=_label_beside(facts, item)) for item in derived)
    return replace(facts, figures=facts.figures.with_figures(named))


def _label_beside(facts: BureauYear, derived: Figure) -> str:
    """The label of the stated figure of the same fact; without one its own, with the unit in front."""
    stated, unit = facts.figures.get(derived.key), facts.unit_named(derived.key.unit)
    return stated.label if stated else f"{unit.name if unit else ''}{derived.label}"


def year_summary(actor: Actor, bureau: str, year: int) -> YearSummary:
    """The year's status and version.

    Raises: YearUnknown, NotAllowed.
    """
    file = _visible(actor, bureau, year)
    figures, indicators = file.figures.count(), Indicator.objects.filter(year_file=file).count()
    return _summary(file, figures, indicators)


def list_years(actor: Actor) -> tuple[YearSummary, ...]:
    """Every bureau-year that the actor may see, by bureau and year.

    Raises: NotAllowed.
    """
    SEE_YEAR.require_role(actor)
    scope = SEE_YEAR.scope_filter(actor, path_field="organisation__path", area_field="organisation__area_code")
    rows = YearFile.objects.select_related("organisation").filter(scope)
    counted = rows.annotate(
        figure_count=Count("figures", distinct=True), indicator_count=Count("indicator_set", distinct=True)
    )
    return tuple(_summary(row, row.figure_count, row.indicator_count) for row in counted)


def figure_statements(actor: Actor, bureau: str, year: int, key: str) -> tuple[Figure, ...]:
    """Every statement of one fact, stated ones first, with its rows where it is derived.

    Raises: YearUnknown, NotAllowed, UnreadableKey, FigureUnknown.
    """
    wanted = FigureKey.parse(key)
    found = year_facts(actor, bureau, year).figures.statements(wanted)
    if not found:
        raise FigureUnknown(year_file=str(year_file(bureau, year)), key=key)
    return found


def figure_version(actor: Actor, bureau: str, year: int, key: str) -> int:
    """In which data version the leading statement of a fact last changed; 0 when it has none yet.

    Raises: YearUnknown, NotAllowed, UnreadableKey.
    """
    wanted = FigureKey.parse(key)
    rows = FigureRecord.objects.filter(
        year_file=_visible(actor, bureau, year),
        concept=wanted.concept,
        stage=wanted.stage.value,
        unit_code=wanted.unit,
        member=wanted.member,
    )
    return rows.values_list("changed_in", flat=True).first() or 0


def figure_history(actor: Actor, bureau: str, year: int, key: str) -> tuple[FigureEvent, ...]:
    """How one fact came to say what it says, oldest first.

    Raises: YearUnknown, NotAllowed.
    """
    rows = FigureChange.objects.filter(year_file=_visible(actor, bureau, year), key=key)
    return tuple(FigureEvent(row.data_version, row.at, row.by, row.kind, row.line) for row in rows)


def imports_of(actor: Actor, bureau: str, year: int) -> tuple[ImportBatch, ...]:
    """The imports of a year, newest first.

    Raises: YearUnknown, NotAllowed.
    """
    return tuple(ImportBatch.objects.filter(year_file=_visible(actor, bureau, year)).order_by("-id"))


def evidence_files(actor: Actor, bureau: str, year: int) -> dict[str, StoredFile]:
    """Evidence code → its attached file, for those that have one.

    Raises: YearUnknown, NotAllowed.
    """
    rows = EvidenceItem.objects.filter(year_file=_visible(actor, bureau, year)).exclude(file_digest="")
    return {row.code: StoredFile(row.file_digest, row.file_name, row.file_size) for row in rows}


def evidence_file(actor: Actor, bureau: str, year: int, code: str) -> StoredFile:
    """The attached file of one piece of evidence.

    Raises: YearUnknown, NotAllowed, RecordUnknown.
    """
    found = evidence_files(actor, bureau, year).get(code)
    if found is None:
        raise RecordUnknown(year_file=str(year_file(bureau, year)), key=code, kind="佐证文件")
    return found


def figures_without_evidence(facts: BureauYear) -> Iterable[Figure]:
    """Declared figures that no piece of evidence stands behind."""
    return (item for item in facts.figures if item.source.kind.value == "declared" and not item.source.evidence)


def _visible(actor: Actor, bureau: str, year: int) -> YearFile:
    file = year_file(bureau, year)
    guard(actor, SEE_YEAR, file)
    return file


def _summary(file: YearFile, figures: int, indicators: int) -> YearSummary:
    return YearSummary(
        bureau=file.organisation.code,
        name=file.name,
        year=file.year,
        scheme=file.scheme,
        status=file.status,
        status_label=file.get_status_display(),
        data_version=file.data_version,
        updated_at=file.updated_at,
        updated_by=file.updated_by,
        figures=figures,
        indicators=indicators,
    )
