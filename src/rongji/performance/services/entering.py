"""Entry on screen: one figure, one indicator row, one text; with the same eyes as the workbook's reader."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Max

from rongji.accounts.types import Actor
from rongji.documents.readers.workbook.raw import CellKind, RawCell
from rongji.kernel.bureau_year import BureauYear, IndicatorFacts
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind
from rongji.kernel.units import unit
from rongji.performance.models import FigureRecord, Indicator, TextBlock, YearFile
from rongji.performance.policies import ENTER_FIGURES, ENTER_INDICATORS
from rongji.performance.refusals import FieldNotEditable, RecordUnknown, ValueRefused
from rongji.performance.services.opening import close, next_version, open_for_writing, refuse_if_changed
from rongji.performance.storing import read_facts, read_year, row_values
from rongji.performance.workbook.diff import Change, compare
from rongji.performance.workbook.entry import EntryRefused, check_key, entered_indicator, entered_number, label_of
from rongji.performance.workbook.problems import CellTrouble
from rongji.performance.workbook.words import read_code

# What a clerk fills in during the year; the rest of a row is set with the objectives.
RESULTS = ("actual", "reason", "tier", "share", "stated_score", "evidence")
TERMS = (
    "name",
    "direction",
    "target",
    "target_upper",
    "unit_name",
    "weight",
    "formula",
    "project",
    "parent",
    "money",
    "level1",
    "level2",
)


@dataclass(frozen=True, slots=True)
class Entered:
    """What an entry did: the new data version, and the changes in words."""

    data_version: int
    changes: tuple[Change, ...]


def set_figure(
    *,
    actor: Actor,
    bureau: str,
    year: int,
    key: str,
    text: str,
    unit_name: str = "",
    note: str = "",
    vague: str = "",
    evidence: tuple[str, ...] = (),
    statement: str = "form",
    expected_version: int | None = None,
) -> Entered:
    """State one figure on screen; it counts as declared and wants a piece of evidence. A blank text takes it back.

    unit_name: empty for the usual unit of the concept.
    Raises: NotAllowed, YearUnknown, YearIsFinal, UnreadableKey, ValueRefused, ChangedMeanwhile.
    """
    ENTER_FIGURES.require_role(actor)
    wanted = FigureKey.parse(key)
    with transaction.atomic():
        file = open_for_writing(actor, ENTER_FIGURES, bureau, year)
        before = read_year(file)
        row = _figure_row(file, wanted, statement)
        label = row.label if row else label_of(before, wanted)
        refuse_if_changed(file, label, row.changed_in if row else 0, expected_version)
        figure = _entered_figure(before, wanted, label, text, unit_name, row)
        if figure:
            source = Source(SourceKind.DECLARED, note=note, evidence=_known_evidence(before, label, evidence))
            figure = replace(figure, source=source, statement=statement, vague=vague)
        version = next_version(file, actor)
        _store_figure(file, row, figure, version)
        return _closed(file, actor, "performance.set_figure", f"填写{file}“{label}”", before)


def _figure_row(file: YearFile, key: FigureKey, statement: str) -> FigureRecord | None:
    return FigureRecord.objects.filter(
        year_file=file,
        concept=key.concept,
        stage=key.stage.value,
        unit_code=key.unit,
        member=key.member,
        statement=statement,
    ).first()


def _entered_figure(
    facts: BureauYear, key: FigureKey, label: str, text: str, unit_name: str, row: FigureRecord | None
) -> Figure | None:
    try:
        usual = check_key(facts, key)
        chosen = unit_name or (row.unit_name if row else "") or usual
        if not unit(chosen).is_comparable_with(unit(usual)):
            raise EntryRefused(f"应以“{usual}”计，不能用“{chosen}”", "请核对计量单位")
        stated = entered_number(text, chosen, key)
    except EntryRefused as trouble:
        raise ValueRefused(subject=label, what=trouble.what, remedy=trouble.remedy) from None
    if stated is None:
        return None
    source = Source(SourceKind.DECLARED)
    return Figure(key, label, source, quantity=stated.quantity, printed=stated.printed, nil=stated.nil)


def _known_evidence(facts: BureauYear, label: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    known = {item.code for item in facts.evidence}
    for code in codes:
        if code not in known:
            raise ValueRefused(subject=label, what=f"佐证“{code}”没有登记", remedy="请先上传或登记佐证材料")
    return codes


def _store_figure(file: YearFile, row: FigureRecord | None, figure: Figure | None, version: int) -> None:
    if figure is None:
        if row:
            row.delete()
        return
    if row is None:
        last = FigureRecord.objects.filter(year_file=file).aggregate(last=Max("position"))["last"] or 0
        row = FigureRecord(year_file=file, position=last + 1)
    row.take(figure)
    row.changed_in = version
    row.save()


def set_indicator(
    *,
    actor: Actor,
    bureau: str,
    year: int,
    code: str,
    values: Mapping[str, str],
    expected_version: int | None = None,
) -> Entered:
    """Change cells of one indicator row; texts as they would be typed into the workbook.

    Results (actual, reason, tier, share, stated_score, evidence) may be entered by whoever fills indicators in;
    the terms of the row (target, weight, unit …) take the right to enter figures.
    Raises: NotAllowed, YearUnknown, YearIsFinal, RecordUnknown, FieldNotEditable, ValueRefused, ChangedMeanwhile.
    """
    unknown = [name for name in values if name not in (*RESULTS, *TERMS)]
    if unknown:
        raise FieldNotEditable(field=unknown[0], known="、".join((*RESULTS, *TERMS)))
    policy = ENTER_FIGURES if set(values) & set(TERMS) else ENTER_INDICATORS
    policy.require_role(actor)
    with transaction.atomic():
        file = open_for_writing(actor, policy, bureau, year)
        before = read_year(file)
        row = Indicator.objects.filter(year_file=file, code=code).first()
        if row is None:
            raise RecordUnknown(year_file=str(file), key=code, kind="指标")
        refuse_if_changed(file, row.name, row.changed_in, expected_version)
        facts: IndicatorFacts = read_facts(row, IndicatorFacts)
        try:
            entered = entered_indicator(before, facts, values)
        except EntryRefused as trouble:
            raise ValueRefused(subject=row.name, what=trouble.what, remedy=trouble.remedy) from None
        version = next_version(file, actor)
        Indicator.objects.filter(pk=row.pk).update(
            changed_in=version, **row_values(replace(entered, place=facts.place))
        )
        return _closed(file, actor, "performance.set_indicator", f"填写{file}指标“{row.name}”", before)


def set_text(
    *,
    actor: Actor,
    bureau: str,
    year: int,
    code: str,
    body: str,
    title: str | None = None,
    expected_version: int | None = None,
) -> Entered:
    """Write one narrative section; a blank body takes it out.

    Raises: NotAllowed, YearUnknown, YearIsFinal, ChangedMeanwhile, ValueRefused.
    """
    ENTER_INDICATORS.require_role(actor)
    with transaction.atomic():
        file = open_for_writing(actor, ENTER_INDICATORS, bureau, year)
        before = read_year(file)
        row = TextBlock.objects.filter(year_file=file, code=code).first()
        refuse_if_changed(
            file, (row.title or row.code) if row else code, row.changed_in if row else 0, expected_version
        )
        version = next_version(file, actor)
        if body.strip():
            last = TextBlock.objects.filter(year_file=file).aggregate(last=Max("position"))["last"] or 0
            row = row or TextBlock(year_file=file, code=checked_code(code, "段落编码"), position=last + 1)
            row.title = row.title if title is None else title
            row.body, row.changed_in = body.replace("\r\n", "\n").strip(), version
            row.save()
        elif row:
            row.delete()
        return _closed(file, actor, "performance.set_text", f"编辑{file}文字段落“{code}”", before)


def checked_code(text: str, subject: str) -> str:
    """The code of a new record, as a workbook may write it.

    Raises: ValueRefused.
    """
    try:
        found = read_code(RawCell("", CellKind.TEXT, text.strip()))
    except CellTrouble as trouble:
        raise ValueRefused(subject=subject, what=trouble.what, remedy=trouble.remedy) from None
    if not found:
        raise ValueRefused(subject=subject, what="没有填", remedy="请填写编码，如 E01")
    return found


def _closed(file: YearFile, actor: Actor, action: str, summary: str, before: BureauYear) -> Entered:
    after = read_year(file)
    changes = compare(before, after)
    close(file, actor, action, summary, changes, before, after)
    return Entered(file.data_version, changes)
