"""Opens the year's file for a write: alone, allowed, not final, and not changed behind the writer's back."""

from collections.abc import Iterable, Mapping
from typing import Any

from rongji.accounts import trail
from rongji.accounts.policies import Policy, guard
from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.performance.models import FigureChange, YearFile
from rongji.performance.refusals import ChangedMeanwhile, YearIsFinal
from rongji.performance.selectors import year_file
from rongji.performance.workbook.diff import Change

LISTED = 200


def open_for_writing(actor: Actor, policy: Policy, bureau: str, year: int) -> YearFile:
    """The file, locked until the transaction ends.

    Raises: YearUnknown, NotAllowed, YearIsFinal.
    """
    trail.lock_head()
    file = year_file(bureau, year)
    guard(actor, policy, file)
    locked = YearFile.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=file.pk)
    refuse_final(locked)
    return locked


def refuse_final(file: YearFile) -> None:
    """Nothing in a final year may change.

    Raises: YearIsFinal.
    """
    if file.is_final:
        raise YearIsFinal(year_file=str(file))


def refuse_if_changed(file: YearFile, subject: str, changed_in: int, expected_version: int | None) -> None:
    """Refuse when the row changed after the version the writer looked at.

    Raises: ChangedMeanwhile.
    """
    if expected_version is not None and changed_in > expected_version:
        raise ChangedMeanwhile(subject=subject, by=file.updated_by, version=file.data_version)


def next_version(file: YearFile, actor: Actor) -> int:
    """Count one more change of the file; it is saved by `close`."""
    file.data_version += 1
    file.updated_at, file.updated_by = actor.at, actor.label
    return file.data_version


def close(
    file: YearFile,
    actor: Actor,
    action: str,
    summary: str,
    changes: Iterable[Change],
    before: Any = None,
    after: Any = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Save the file, note what happened to each figure, and write the audit entry."""
    file.save()
    listed = list(changes)
    FigureChange.objects.bulk_create(
        FigureChange(
            year_file=file,
            key=item.key,
            data_version=file.data_version,
            at=actor.at,
            by=actor.label,
            kind=item.kind.value,
            line=item.line,
        )
        for item in listed
        if item.subject == "figures"
    )
    trail.record(
        actor=actor,
        action=action,
        subject_kind="year",
        subject_id=f"{file.organisation.code}/{file.year}",
        summary=summary,
        before_digest=digest(before) if before is not None else "",
        after_digest=digest(after) if after is not None else "",
        detail={"version": file.data_version, "changes": [item.line for item in listed[:LISTED]], **(detail or {})},
    )
