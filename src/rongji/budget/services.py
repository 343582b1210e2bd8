"""Writes of the budget: import of lines and postings, adjustments decided by two persons, opening balances.

Every write is one transaction with one audit entry; an import takes all rows or none.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from rongji.accounts import approvals, trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor, Scope
from rongji.budget import tables
from rongji.budget.models import Adjustment, AdjustmentLine, BudgetLine, OpeningBalance, Posting, PostingBatch
from rongji.budget.policies import DECIDE_ADJUSTMENT, KEEP_BUDGET, PROPOSE_ADJUSTMENT
from rongji.budget.refusals import (
    AdjustmentSettled,
    AlreadyImported,
    BudgetBelowZero,
    LineInUse,
    OpeningIsDerived,
    RowsRefused,
    UnknownLine,
)
from rongji.budget.selectors import line_balance_fen
from rongji.budget.types import AdjustmentRow, Codes, LineRow, PostingRow, RowProblem
from rongji.kernel.digest import digest, file_digest
from rongji.kernel.quantity import Quantity

BATCH = 1000
LISTED_PROBLEMS = 30


@dataclass(frozen=True, slots=True)
class ImportCount:
    """What an import did."""

    added: int
    changed: int
    unchanged: int


def _code_values(codes: Codes) -> dict[str, str]:
    values = asdict(codes)
    values["unit_code"] = values.pop("unit")
    return values


def _refuse_problems(file: str, problems: Sequence[RowProblem]) -> None:
    if problems:
        listing = "\n".join(str(problem) for problem in problems[:LISTED_PROBLEMS])
        raise RowsRefused(file=file, count=len(problems), listing=listing)


def import_budget_lines(*, actor: Actor, bureau: str, year: int, path: Path) -> ImportCount:
    """Take over the year's initial budget; importing again updates lines that no adjustment rests on.

    Raises: NotAllowed, UnreadableTable, RowsRefused, LineInUse.
    """
    guard(actor, KEEP_BUDGET, organisation(bureau).scope)
    rows, problems = tables.read_lines(path)
    problems += _repeated(rows, lambda row: row.number)
    _refuse_problems(path.name, problems)
    with transaction.atomic():
        trail.lock_head()
        count = _store_lines(bureau, year, rows)
        trail.record(
            actor=actor,
            action="budget.import_lines",
            subject_kind="budget",
            subject_id=f"{bureau}/{year}",
            summary=f"导入 {year} 年预算指标：新增 {count.added} 条，变更 {count.changed} 条",
            after_digest=digest([asdict(row) for row in rows]),
            detail={"file": path.name},
        )
    return count


def _repeated(rows: Sequence[LineRow], key: Callable[[LineRow], str]) -> list[RowProblem]:
    seen: dict[str, int] = {}
    problems = []
    for index, row in enumerate(rows, start=2):
        first = seen.setdefault(key(row), index)
        if first != index:
            problems.append(RowProblem(index, "指标编号", key(row), f"与第{first}行重复，每条指标只能出现一次"))
    return problems


def _store_lines(bureau: str, year: int, rows: Sequence[LineRow]) -> ImportCount:
    known = {
        line.number: line
        for line in BudgetLine.objects.filter(bureau=bureau, year=year).prefetch_related("adjustments")
    }
    added, changed = [], 0
    for row in rows:
        values = {**_code_values(row.codes), "initial_fen": row.initial_fen, "level": row.level}
        line = known.get(row.number)
        if line is None:
            added.append(BudgetLine(bureau=bureau, year=year, number=row.number, **values))
        elif any(getattr(line, name) != value for name, value in values.items()):
            if line.adjustments.all():
                raise LineInUse(number=row.number)
            BudgetLine.objects.filter(pk=line.pk).update(**values)
            changed += 1
    BudgetLine.objects.bulk_create(added, batch_size=BATCH)
    return ImportCount(len(added), changed, len(rows) - len(added) - changed)


def import_postings(*, actor: Actor, bureau: str, year: int, path: Path) -> ImportCount:
    """Take over an export of the finance system as one batch.

    Raises: NotAllowed, UnreadableTable, RowsRefused, AlreadyImported.
    """
    guard(actor, KEEP_BUDGET, organisation(bureau).scope)
    content = file_digest(path.read_bytes())
    _refuse_imported(bureau, year, path, content)
    rows, problems = tables.read_postings(path, year)
    _refuse_problems(path.name, problems)
    with transaction.atomic():
        trail.lock_head()
        _refuse_imported(bureau, year, path, content)
        batch = PostingBatch.objects.create(
            bureau=bureau,
            year=year,
            file_name=path.name,
            file_digest=content,
            row_count=len(rows),
            imported_at=actor.at,
            imported_by=actor.label[:150],
        )
        Posting.objects.bulk_create([_posting(batch, number, row) for number, row in rows], batch_size=BATCH)
        trail.record(
            actor=actor,
            action="budget.import_postings",
            subject_kind="budget",
            subject_id=f"{bureau}/{year}",
            summary=f"导入 {year} 年账务凭证 {len(rows)} 行",
            after_digest=content,
            detail={"file": path.name},
        )
    return ImportCount(len(rows), 0, 0)


def _refuse_imported(bureau: str, year: int, path: Path, content: str) -> None:
    earlier = PostingBatch.objects.filter(bureau=bureau, year=year, file_digest=content).first()
    if earlier:
        raise AlreadyImported(file=path.name, batch=earlier.pk)


def _posting(batch: PostingBatch, number: int, row: PostingRow) -> Posting:
    return Posting(
        batch=batch,
        bureau=batch.bureau,
        year=batch.year,
        row_number=number,
        voucher=row.voucher,
        posted_on=row.posted_on,
        direction=row.direction,
        amount_fen=row.amount_fen,
        summary=row.summary[:255],
        **_code_values(row.codes),
    )


def propose_adjustment(
    *, actor: Actor, bureau: str, year: int, document_number: str, reason: str, rows: Sequence[AdjustmentRow]
) -> int:
    """Propose a change of budget lines; it counts only once another person has approved it.

    Raises: NotAllowed, UnknownLine, BudgetBelowZero, AdjustmentSettled (the document was used before).
    """
    scope = organisation(bureau).scope
    guard(actor, PROPOSE_ADJUSTMENT, scope)
    with transaction.atomic():
        trail.lock_head()
        if Adjustment.objects.filter(bureau=bureau, year=year, document_number=document_number).exists():
            raise AdjustmentSettled(document=document_number, state="登记")
        adjustment = Adjustment.objects.create(bureau=bureau, year=year, document_number=document_number, reason=reason)
        lines = {line.number: line for line in BudgetLine.objects.filter(bureau=bureau, year=year)}
        for row in rows:
            if row.line not in lines:
                raise UnknownLine(number=row.line)
            AdjustmentLine.objects.create(adjustment=adjustment, line=lines[row.line], amount_fen=row.amount_fen)
        _refuse_overdrawn(adjustment)
        adjustment.approval_id = approvals.propose(
            actor=actor, policy=PROPOSE_ADJUSTMENT, subject=_subject(adjustment, scope), action="预算调整", note=reason
        )
        adjustment.save(update_fields=["approval_id"])
    return adjustment.pk


def decide_adjustment(*, actor: Actor, adjustment_id: int, approve: bool, note: str = "") -> int | None:
    """Approve an adjustment, which makes the next version of the budget, or send it back.

    Returns the new version's number, None when sent back.
    Raises: NotAllowed, SamePerson, ChangedSinceProposed, AdjustmentSettled, BudgetBelowZero.
    """
    with transaction.atomic():
        trail.lock_head()
        adjustment = Adjustment.objects.select_for_update().get(pk=adjustment_id)
        if adjustment.state != Adjustment.State.PROPOSED:
            raise AdjustmentSettled(document=adjustment.document_number, state=adjustment.get_state_display())
        scope = organisation(adjustment.bureau).scope
        approvals.perform(
            actor=actor,
            policy=DECIDE_ADJUSTMENT,
            approval_id=adjustment.approval_id or 0,
            step="approve" if approve else "reject",
            subject=_subject(adjustment, scope),
            note=note,
        )
        adjustment.state = Adjustment.State.APPROVED if approve else Adjustment.State.REJECTED
        if approve:
            _refuse_overdrawn(adjustment)
            adjustment.version = _next_version(adjustment)
            adjustment.decided_on = actor.day
        adjustment.save()
    return adjustment.version


def _next_version(adjustment: Adjustment) -> int:
    last = Adjustment.objects.filter(bureau=adjustment.bureau, year=adjustment.year).aggregate(top=Max("version"))
    return (last["top"] or 0) + 1


def _refuse_overdrawn(adjustment: Adjustment) -> None:
    for item in adjustment.lines.select_related("line"):
        left = line_balance_fen(item.line) + item.amount_fen
        if left < 0:
            shown = str(Quantity.from_fen(left, "元", 2))
            raise BudgetBelowZero(document=adjustment.document_number, number=item.line.number, left=shown)


def _subject(adjustment: Adjustment, scope: Scope) -> approvals.Subject:
    lines = [(item.line.number, item.amount_fen) for item in adjustment.lines.select_related("line")]
    content = digest({"document": adjustment.document_number, "reason": adjustment.reason, "lines": lines})
    return approvals.Subject(
        "budget_adjustment", str(adjustment.pk), f"预算调整 {adjustment.document_number}", scope, content
    )


def declare_opening_balance(
    *, actor: Actor, bureau: str, year: int, unit_code: str, amount_fen: int, evidence: str, project: str = ""
) -> None:
    """State the carry-over of the first year on record; later years derive theirs.

    Raises: NotAllowed, OpeningIsDerived.
    """
    guard(actor, KEEP_BUDGET, organisation(bureau).scope)
    with transaction.atomic():
        trail.lock_head()
        if Posting.objects.filter(bureau=bureau, year=year - 1).exists():
            raise OpeningIsDerived(year=year, before=year - 1)
        OpeningBalance.objects.update_or_create(
            bureau=bureau,
            year=year,
            unit_code=unit_code,
            project=project,
            defaults={"amount_fen": amount_fen, "evidence": evidence},
        )
        trail.record(
            actor=actor,
            action="budget.declare_opening_balance",
            subject_kind="budget",
            subject_id=f"{bureau}/{year}",
            summary=f"登记 {year} 年期初结转 {Quantity.from_fen(amount_fen, '元', 2)}（{unit_code}）",
            after_digest=digest([unit_code, project, amount_fen, evidence]),
        )
