"""Reports as the public may see them: approved versions, with the figures that they print."""

from dataclasses import dataclass
from datetime import datetime

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.reports.models import ReportVersion
from rongji.reports.policies import SEE_REPORTS
from rongji.reports.refusals import NoSuchVersion


@dataclass(frozen=True, slots=True)
class ApprovedReport:
    """A version in force. label: what its form is called."""

    id: int
    year: int
    form: str
    label: str
    number: int
    decided_at: datetime | None
    files: tuple[str, ...]


def approved_reports(*, actor: Actor, bureau: str) -> tuple[ApprovedReport, ...]:
    """Every version in force, newest year first. Raises: NotAllowed, OrganisationUnknown."""
    guard(actor, SEE_REPORTS, organisation(bureau))
    rows = ReportVersion.objects.filter(bureau=bureau, state=ReportVersion.State.APPROVED).prefetch_related("files")
    return tuple(
        ApprovedReport(
            row.pk, row.year, row.form, row.content["form"]["label"], row.number, row.decided_at,
            tuple(file.name for file in row.files.all()),
        )
        for row in rows.order_by("-year", "form")
    )  # fmt: skip


def frozen_figures(*, actor: Actor, version_id: int) -> list[list[str]]:
    """Label and words of every figure that a version prints, each once, as it was frozen.

    Raises: NotAllowed, NoSuchVersion.
    """
    row = ReportVersion.objects.filter(pk=version_id).first()
    if row is None:
        raise NoSuchVersion(version=version_id)
    guard(actor, SEE_REPORTS, organisation(row.bureau))
    labels = {key: item["label"] for key, item in row.content["figures"].items()}
    printed = row.content["printed"]
    return [[labels[key], shown] for key, shown in printed.items() if key in labels]
