"""Takes over a bureau-year workbook: all of it or nothing, and says what it changed."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import MANAGE_ORGANISATIONS, guard
from rongji.accounts.refusals import OrganisationUnknown
from rongji.accounts.selectors import organisation
from rongji.accounts.services import open_organisation
from rongji.accounts.types import Actor
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.digest import file_digest
from rongji.performance.models import ImportBatch, YearFile
from rongji.performance.policies import IMPORT_YEAR
from rongji.performance.refusals import BadCells, BureauNotSetUp
from rongji.performance.services.opening import close, next_version, refuse_final, refuse_if_changed
from rongji.performance.storing import keep_attachments, read_year, write_year
from rongji.performance.types import ImportOutcome
from rongji.performance.workbook import parse, read_book
from rongji.performance.workbook.diff import Change, compare, count_changes
from rongji.performance.workbook.problems import CellProblem

LISTED_CHANGES = 2_000


@dataclass(frozen=True)
class _Upload:
    """A file read and found good."""

    name: str
    digest: str
    year: BureauYear
    problems: tuple[CellProblem, ...]


def import_year(
    *, actor: Actor, source: Path | bytes, file_name: str = "", expected_version: int | None = None
) -> ImportOutcome:
    """Take over a workbook or a year.yaml into its bureau-year; importing again updates and says what changed.

    expected_version: the data version of the preview that was confirmed (0 = the year did not exist).
    A bureau that is not set up yet is set up when the actor may do that and the area code is given.
    Evidence attached in the system stays attached, whatever the workbook says.
    Raises: NotAllowed, UnreadableWorkbook, UnreadableYear, BadCells, BureauNotSetUp, YearIsFinal, ChangedMeanwhile.
    """
    IMPORT_YEAR.require_role(actor)
    upload = _read(source, file_name)
    with transaction.atomic():
        trail.lock_head()
        _ensure_bureau(actor, upload.year)
        file = _open_file(actor, upload.year)
        refuse_if_changed(file, str(file), file.data_version, expected_version)
        before = read_year(file) if file.data_version else None
        after = keep_attachments(upload.year, before)
        changes = compare(before, after)
        if changes or before is None:
            next_version(file, actor)
            write_year(file, after, before)
        batch = _note_batch(file, actor, upload, changes)
        summary = f"导入{file}数据“{upload.name}”：{_in_words(changes)}"
        close(file, actor, "performance.import_year", summary, changes, before, after, {"file": upload.name})
    return _outcome(upload, changes, file.data_version, is_new=before is None, batch_id=batch.pk)


def preview_import(*, actor: Actor, source: Path | bytes, file_name: str = "") -> ImportOutcome:
    """What importing would do, with every problem of the file; nothing is written and bad cells are no refusal.

    Whatever else would keep the import from being carried out is refused here already.
    Raises: NotAllowed, UnreadableWorkbook, UnreadableYear, BureauNotSetUp, YearIsFinal.
    """
    IMPORT_YEAR.require_role(actor)
    book = read_book(source, file_name)
    year, problems = parse(book)
    if year is None:
        return ImportOutcome("", 0, 0, 0, problems=problems)
    upload = _Upload(book.file, "", year, problems)
    if not _is_new_bureau(actor, year):
        guard(actor, IMPORT_YEAR, organisation(year.bureau).scope)
    file = (
        YearFile.objects.select_related("organisation").filter(organisation__code=year.bureau, year=year.year).first()
    )
    if file is None:
        return _outcome(upload, compare(None, year), 0, is_new=True)
    refuse_final(file)
    before = read_year(file)
    return _outcome(upload, compare(before, keep_attachments(year, before)), file.data_version, is_new=False)


def _read(source: Path | bytes, file_name: str) -> _Upload:
    data = source if isinstance(source, bytes) else source.read_bytes()
    book = read_book(source, file_name)
    year, problems = parse(book)
    if year is None:
        count = sum(item.is_error for item in problems)
        raise BadCells(file=book.file, count=count, problems=problems)
    return _Upload(book.file, file_digest(data), year, problems)


def _ensure_bureau(actor: Actor, year: BureauYear) -> None:
    if _is_new_bureau(actor, year):
        area_code = year.profile.get("area_code", "")
        open_organisation(actor=actor, code=year.bureau, name=year.name, kind="bureau", area_code=area_code)


def _is_new_bureau(actor: Actor, year: BureauYear) -> bool:
    """Whether the import would set the bureau up first.

    Raises: BureauNotSetUp when it would have to and cannot.
    """
    try:
        organisation(year.bureau)
    except OrganisationUnknown:
        if not MANAGE_ORGANISATIONS.permits_role(actor):
            remedy = "请系统管理员先在机构维护中建立，编码与工作簿“单位编码”一致"
            raise BureauNotSetUp(bureau=year.bureau, remedy=remedy) from None
        if not year.profile.get("area_code", ""):
            remedy = "请在工作簿“基本信息”中填写行政区划代码（6 到 12 位数字）后重新导入"
            raise BureauNotSetUp(bureau=year.bureau, remedy=remedy) from None
        return True
    return False


def _open_file(actor: Actor, year: BureauYear) -> YearFile:
    owner = organisation(year.bureau)
    guard(actor, IMPORT_YEAR, owner.scope)
    start = {"name": year.name, "scheme": year.scheme, "updated_at": actor.at, "updated_by": actor.label}
    made, _ = YearFile.objects.get_or_create(organisation_id=owner.id, year=year.year, defaults=start)
    file = YearFile.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=made.pk)
    refuse_final(file)
    return file


def _note_batch(file: YearFile, actor: Actor, upload: _Upload, changes: tuple[Change, ...]) -> ImportBatch:
    counts = count_changes(changes)
    return ImportBatch.objects.create(
        year_file=file,
        file_name=upload.name,
        file_digest=upload.digest,
        imported_at=actor.at,
        imported_by=actor.label,
        data_version=file.data_version,
        figures=len(upload.year.figures),
        added=counts["added"],
        changed=counts["changed"],
        removed=counts["removed"],
        warnings=len(upload.problems),
        changes=[{"kind": item.kind.value, "key": item.key, "line": item.line} for item in changes[:LISTED_CHANGES]],
    )


def _in_words(changes: tuple[Change, ...]) -> str:
    counts = count_changes(changes)
    if not changes:
        return "与已有数据相同"
    return f"新增 {counts['added']} 项，修改 {counts['changed']} 项，删除 {counts['removed']} 项"


def _outcome(
    upload: _Upload, changes: tuple[Change, ...], version: int, *, is_new: bool, batch_id: int = 0
) -> ImportOutcome:
    year = upload.year
    return ImportOutcome(
        bureau=year.bureau,
        year=year.year,
        data_version=version,
        figures=len(year.figures),
        changes=changes,
        problems=upload.problems,
        is_new=is_new,
        batch_id=batch_id,
        counts=count_changes(changes),
    )
