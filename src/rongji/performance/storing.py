"""How the kernel's bureau-year goes into the tables and comes back, record by record and in order."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from rongji.kernel.bureau_year import (
    BureauYear,
    DeclaredConcept,
    Direction,
    EvidenceFacts,
    GoalFacts,
    IndicatorFacts,
    ProblemFacts,
    ProjectFacts,
    SignatoryFacts,
    TextFacts,
    UnitFacts,
)
from rongji.kernel.figure import Figure, FigureSet, SourceKind
from rongji.performance.models import (
    DeclaredConceptRow,
    EvidenceItem,
    FigureRecord,
    Goal,
    Indicator,
    Problem,
    Project,
    Signatory,
    TextBlock,
    UnitRow,
    YearFile,
)
from rongji.performance.workbook.diff import figure_identity, states_the_same

BATCH = 500
# Attribute of the bureau-year → its table and its dataclass.
TABLES: Mapping[str, tuple[Any, Any]] = {
    "units": (UnitRow, UnitFacts),
    "projects": (Project, ProjectFacts),
    "goals": (Goal, GoalFacts),
    "indicators": (Indicator, IndicatorFacts),
    "declared_concepts": (DeclaredConceptRow, DeclaredConcept),
    "texts": (TextBlock, TextFacts),
    "problems": (Problem, ProblemFacts),
    "signatories": (Signatory, SignatoryFacts),
    "evidence": (EvidenceItem, EvidenceFacts),
}


def read_facts(row: Any, kind: Any) -> Any:
    """The dataclass of one row."""
    values = {item.name: getattr(row, item.name) for item in fields(kind)}
    if kind is IndicatorFacts:
        values |= {"direction": Direction(values["direction"]), "evidence": tuple(values["evidence"])}
    return kind(**values)


def row_values(facts: Any) -> dict[str, Any]:
    """The columns of one dataclass."""
    values = {item.name: getattr(facts, item.name) for item in fields(facts)}
    if isinstance(facts, IndicatorFacts):
        values |= {"direction": facts.direction.value, "evidence": list(facts.evidence)}
    return values


def read_year(file: YearFile) -> BureauYear:
    """The stored facts of a year, one query per table."""
    records = {
        name: tuple(read_facts(row, kind) for row in table.objects.filter(year_file=file))
        for name, (table, kind) in TABLES.items()
    }
    figures = tuple(row.figure for row in FigureRecord.objects.filter(year_file=file))
    return BureauYear(
        bureau=file.organisation.code,
        name=file.name,
        year=file.year,
        scheme=file.scheme,
        profile=file.profile,
        figures=FigureSet(figures),
        **records,
    )


def write_year(file: YearFile, year: BureauYear, before: BureauYear | None) -> None:
    """Replace the stored facts by these; whatever says the same as before keeps the version of its last change."""
    file.name, file.scheme, file.profile = year.name, year.scheme, dict(year.profile)
    _write_figures(file, year)
    for name, (table, _) in TABLES.items():
        if name == "evidence":
            _write_evidence(file, year.evidence)
            continue
        known = _versions(table, file)
        old = {_code(item): item for item in getattr(before, name, ())}
        table.objects.filter(year_file=file).delete()
        rows = []
        for position, facts in enumerate(getattr(year, name), 1):
            is_same = old.get(_code(facts)) == facts
            changed_in = known.get(_code(facts), file.data_version) if is_same else file.data_version
            rows.append(table(year_file=file, position=position, changed_in=changed_in, **row_values(facts)))
        table.objects.bulk_create(rows, batch_size=BATCH)


def _code(record: Any) -> str:
    return str(getattr(record, "code", ""))


def _versions(table: Any, file: YearFile) -> dict[str, int]:
    if not any(item.name == "code" for item in table._meta.get_fields()):
        return {}
    return dict(table.objects.filter(year_file=file).values_list("code", "changed_in"))


def _write_figures(file: YearFile, year: BureauYear) -> None:
    stored = list(FigureRecord.objects.filter(year_file=file))
    old = {(str(row.key), row.statement, row.occurrence): row for row in stored}
    FigureRecord.objects.filter(year_file=file).delete()
    rows = []
    for position, (name, figure) in enumerate(figure_identity(year.figures).items(), 1):
        before = old.get(name)
        is_same = before is not None and states_the_same(before.figure, figure)
        row = FigureRecord(year_file=file, position=position, occurrence=name[2])
        row.changed_in = before.changed_in if before is not None and is_same else file.data_version
        row.take(figure)
        rows.append(row)
    FigureRecord.objects.bulk_create(rows, batch_size=BATCH)


def _write_evidence(file: YearFile, items: Iterable[EvidenceFacts]) -> None:
    """Evidence rows keep their attached files: a workbook states title and kind, and the name of a file to come."""
    stored = {row.code: row for row in EvidenceItem.objects.filter(year_file=file)}
    wanted = list(items)
    for position, facts in enumerate(wanted, 1):
        row = stored.pop(facts.code, None) or EvidenceItem(year_file=file, code=facts.code)
        if (row.title, row.kind, row.file_name) != (facts.title, facts.kind, facts.file_name):
            row.changed_in = file.data_version
        row.position, row.title, row.kind, row.file_name = position, facts.title, facts.kind, facts.file_name
        row.save()
    EvidenceItem.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()


def keep_attachments(year: BureauYear, stored: BureauYear | None) -> BureauYear:
    """The imported year with the evidence that was attached in the system since: a workbook cannot lose a file."""
    if stored is None:
        return year
    attached = {item.code: item for item in stored.evidence if item.file_digest}
    evidence = [
        replace(item, file_digest=attached[item.code].file_digest, file_name=attached[item.code].file_name)
        if item.code in attached
        else item
        for item in year.evidence
    ]
    evidence += [item for code, item in attached.items() if code not in {own.code for own in year.evidence}]
    figures = _with_attachments(year.figures, stored.figures, attached)
    before = {item.code: item for item in stored.indicators}
    indicators = tuple(_indicator_with(item, before.get(item.code), attached) for item in year.indicators)
    return replace(year, evidence=tuple(evidence), figures=FigureSet(figures), indicators=indicators)


def _with_attachments(new: Iterable[Figure], old: Iterable[Figure], attached: Mapping[str, Any]) -> tuple[Figure, ...]:
    before = figure_identity(old)
    found = []
    for name, figure in figure_identity(new).items():
        known = before[name].source.evidence if name in before else ()
        kept = _union(figure.source.evidence, known, attached)
        found.append(replace(figure, source=replace(figure.source, evidence=kept)))
    return tuple(found)


def _indicator_with(item: IndicatorFacts, before: IndicatorFacts | None, attached: Mapping[str, Any]) -> IndicatorFacts:
    return replace(item, evidence=_union(item.evidence, before.evidence if before else (), attached))


def _union(own: tuple[str, ...], known: tuple[str, ...], attached: Mapping[str, Any]) -> tuple[str, ...]:
    return (*own, *(code for code in known if code in attached and code not in own))


def stated_only(year: BureauYear) -> BureauYear:
    """The year without figures that the system derives: what may be stored."""
    kept = tuple(item for item in year.figures if item.source.kind is not SourceKind.DERIVED)
    return replace(year, figures=FigureSet(kept))
