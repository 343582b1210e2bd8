"""Money that went out through the bank, booked without a file: one batch of postings per call, the same one once."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Sum

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.budget.models import Posting, PostingBatch
from rongji.budget.policies import KEEP_BUDGET
from rongji.budget.types import Codes, PostingRow
from rongji.kernel.fen import yuan

BATCH = 1000


def post_payments(
    *, actor: Actor, bureau: str, year: int, source: str, content_digest: str, rows: Sequence[PostingRow]
) -> int:
    """Book payments as one batch and return its number; a digest that is booked already changes nothing.

    source: what the batch is called beside those that were imported from files. Raises: NotAllowed.
    """
    guard(actor, KEEP_BUDGET, organisation(bureau).scope)
    with transaction.atomic():
        trail.lock_head()
        earlier = PostingBatch.objects.filter(bureau=bureau, year=year, file_digest=content_digest).first()
        if earlier:
            return earlier.pk
        batch = PostingBatch.objects.create(
            bureau=bureau,
            year=year,
            file_name=source[:255],
            file_digest=content_digest,
            row_count=len(rows),
            imported_at=actor.at,
            imported_by=actor.label[:150],
        )
        made = [_posting(batch, number, row) for number, row in enumerate(rows, start=1)]
        Posting.objects.bulk_create(made, batch_size=BATCH)
        trail.record(
            actor=actor,
            action="budget.post_payments",
            subject_kind="budget",
            subject_id=f"{bureau}/{year}",
            summary=f"{source}入账 {len(rows)} 行，{yuan(sum(row.amount_fen for row in rows))} 元",
            after_digest=content_digest,
        )
    return batch.pk


def times_booked(bureau: str, year: int, source: str) -> int:
    """How many batches of that name are booked."""
    return PostingBatch.objects.filter(bureau=bureau, year=year, file_name=source[:255]).count()


def booked_under(bureau: str, year: int, sources: Iterable[str]) -> dict[tuple[str, str], int]:
    """What the ledger shows for the batches of those names, in fen by name and functional code."""
    rows = Posting.objects.filter(bureau=bureau, year=year, batch__file_name__in=[name[:255] for name in sources])
    summed = rows.order_by().values_list("batch__file_name", "functional").annotate(fen=Sum("amount_fen"))
    return {(name, functional): fen for name, functional, fen in summed}


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


def _code_values(codes: Codes) -> dict[str, str]:
    return {
        "unit_code": codes.unit,
        "kind": codes.kind,
        "fund": codes.fund,
        "functional": codes.functional,
        "economic": codes.economic,
        "project": codes.project,
    }
