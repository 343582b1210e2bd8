"""Attaches evidence files to figures and indicators."""

import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from rongji.accounts.types import Actor
from rongji.documents.stored_files import store_file
from rongji.kernel.figure import FigureKey
from rongji.performance.models import EvidenceItem, FigureRecord, Indicator, YearFile
from rongji.performance.policies import ATTACH_EVIDENCE
from rongji.performance.refusals import FigureUnknown, RecordUnknown, ValueRefused
from rongji.performance.services.entering import Entered, checked_code
from rongji.performance.services.opening import close, next_version, open_for_writing
from rongji.performance.storing import read_year
from rongji.performance.workbook.diff import compare

_NUMBERED = re.compile(r"E([0-9]+)")


def attach_evidence(
    *,
    actor: Actor,
    bureau: str,
    year: int,
    code: str,
    title: str = "",
    kind: str = "",
    file_name: str = "",
    data: bytes = b"",
    figures: Iterable[str] = (),
    indicators: Iterable[str] = (),
) -> Entered:
    """Register a piece of evidence, keep its file, and attach it to figures (keys) and indicators (codes).

    Without a code it is a new piece under the next free one (E01, E02 …), so that nobody who started from an
    older page replaces another's file. Without data only the links are made; with data the file of that code is
    replaced, and the trail keeps the digest of the former one. Every statement of a figure gets the evidence.
    Raises: NotAllowed, YearUnknown, YearIsFinal, FileRefused, FigureUnknown, RecordUnknown, ValueRefused.
    """
    ATTACH_EVIDENCE.require_role(actor)
    keys = [FigureKey.parse(key) for key in figures]
    with transaction.atomic():
        file = open_for_writing(actor, ATTACH_EVIDENCE, bureau, year)
        before = read_year(file)
        version = next_version(file, actor)
        item = _item(file, code or _next_code(file), title, kind, named_after=Path(file_name).stem)
        former = item.file_digest
        if data or file_name:
            name = Path(file_name).name
            item.file_digest = store_file(settings.RONGJI.evidence, name, data)
            item.file_name, item.file_size = name, len(data)
        item.changed_in = version
        item.save()
        for key in keys:
            _attach_to_figure(file, key, item.code, version)
        for indicator in indicators:
            _attach_to_indicator(file, indicator, item.code, version)
        after = read_year(file)
        changes = compare(before, after)
        summary = f"为{file}登记佐证“{item.code} {item.title}”"
        detail = {"file": item.file_name, "digest": item.file_digest, "former_digest": former}
        close(file, actor, "performance.attach_evidence", summary, changes, before, after, detail)
    return Entered(file.data_version, changes)


def _item(file: YearFile, code: str, title: str, kind: str, *, named_after: str) -> EvidenceItem:
    """The registered piece, or a new one called by its title, else after its file; a registered title stays."""
    found = EvidenceItem.objects.filter(year_file=file, code=code).first()
    if found is None:
        found = EvidenceItem(year_file=file, code=checked_code(code, "佐证编码"), position=_next_position(file))
        title = title.strip() or named_after
        if not title:
            raise ValueRefused(subject=f"佐证 {code}", what="没有填材料名称", remedy="请填写材料名称")
    found.title = title.strip() or found.title
    found.kind = kind.strip() or found.kind
    return found


def _next_code(file: YearFile) -> str:
    """One above the highest number in use."""
    codes = EvidenceItem.objects.filter(year_file=file).values_list("code", flat=True)
    used = [int(found.group(1)) for code in codes if (found := _NUMBERED.fullmatch(code))]
    return f"E{max(used, default=0) + 1:02d}"


def _next_position(file: YearFile) -> int:
    return (EvidenceItem.objects.filter(year_file=file).aggregate(last=Max("position"))["last"] or 0) + 1


def _attach_to_figure(file: YearFile, key: FigureKey, code: str, version: int) -> None:
    rows = list(
        FigureRecord.objects.filter(
            year_file=file, concept=key.concept, stage=key.stage.value, unit_code=key.unit, member=key.member
        )
    )
    if not rows:
        raise FigureUnknown(year_file=str(file), key=str(key))
    for row in rows:
        if code not in row.evidence:
            row.evidence = [*row.evidence, code]
            row.changed_in = version
            row.save(update_fields=["evidence", "changed_in"])


def _attach_to_indicator(file: YearFile, indicator: str, code: str, version: int) -> None:
    row = Indicator.objects.filter(year_file=file, code=indicator).first()
    if row is None:
        raise RecordUnknown(year_file=str(file), key=indicator, kind="指标")
    if code not in row.evidence:
        row.evidence = [*row.evidence, code]
        row.changed_in = version
        row.save(update_fields=["evidence", "changed_in"])
