"""Reads of objectives: versions, the one in force, and whether the year is evaluated against what was approved."""

from dataclasses import dataclass
from datetime import date

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.finding import Finding, Verdict
from rongji.performance.objectives.content import Objectives, as_content, differences, from_content, objectives_of
from rongji.performance.objectives.models import ObjectiveVersion


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version as lists show it, with what it changed against the version before."""

    version: int
    state: str
    state_label: str
    reason: str
    drafted_by: str
    decided_on: date | None
    digest: str
    changes: tuple[str, ...]


def versions(bureau: str, year: int) -> tuple[VersionFacts, ...]:
    """Every version, oldest first."""
    found, before = [], None
    for row in ObjectiveVersion.objects.filter(bureau=bureau, year=year).order_by("version"):
        changes = tuple(differences(before, row.content)) if before is not None else ()
        found.append(
            VersionFacts(
                row.version,
                row.state,
                row.get_state_display(),
                row.reason,
                row.drafted_by,
                row.decided_on,
                row.digest,
                changes,
            )
        )
        before = row.content
    return tuple(found)


def objectives_in_force(bureau: str, year: int) -> Objectives | None:
    """The approved objectives, or None."""
    row = ObjectiveVersion.objects.filter(bureau=bureau, year=year, state=ObjectiveVersion.State.APPROVED).first()
    return from_content(row.content) if row else None


def open_version(bureau: str, year: int) -> Objectives | None:
    """The draft or the proposal that waits, or None."""
    states = [ObjectiveVersion.State.DRAFT, ObjectiveVersion.State.PROPOSED]
    row = ObjectiveVersion.objects.filter(bureau=bureau, year=year, state__in=states).first()
    return from_content(row.content) if row else None


def against_approved(year: BureauYear) -> tuple[Finding, ...]:
    """Whether the year is evaluated against the targets and weights that were approved for it."""
    approved = objectives_in_force(year.bureau, year.year)
    if approved is None:
        return ()
    lines = differences(as_content(approved), as_content(objectives_of(year)))
    if not lines:
        return (Finding("approved_objectives", Verdict.HOLDS, "自评使用的目标、指标值和分值与批复的绩效目标一致。"),)
    return tuple(
        Finding(
            "approved_objectives", Verdict.DEFECT, f"与批复的绩效目标不一致：{line}。",
            remedy="改回批复的目标；确需调整的，先按程序提交绩效目标调整并获批。", subject=line,
        )
        for line in lines
    )  # fmt: skip
