"""Case kinds (legal/casework/<kind>/<effective day>.yaml): how one matter is handled, from receipt to the end.

A kind is a folder, a version is a file named by the day from which it applies; a local one lies under
legal/regions/<code>/casework/<kind>/. A running case keeps the version with which it began. Time limits themselves are
dated law (deadlines.casework); a clock names the one it runs on.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from rongji.law.case_parts import (
    CONCEPT_PREFIX,
    About,
    Act,
    CaseCounting,
    CaseKind,
    CaseMeasure,
    CaseMoment,
    Channel,
    Clock,
    Effect,
    Exclusive,
    Follows,
    Letter,
    Limit,
    Paper,
    Step,
)
from rongji.law.case_reading import read_case_kind
from rongji.law.locate import find_legal
from rongji.law.reading import Problems
from rongji.law.refusals import LawNotUsable, UnknownCaseKind

__all__ = [
    "CONCEPT_PREFIX",
    "About",
    "Act",
    "CaseCounting",
    "CaseKind",
    "CaseMeasure",
    "CaseMoment",
    "Channel",
    "Clock",
    "Effect",
    "Exclusive",
    "Follows",
    "Letter",
    "Limit",
    "Paper",
    "Step",
    "case_kind",
    "case_kind_ids",
    "case_kind_version",
    "case_kind_versions",
    "case_kinds",
    "check_case_kinds",
]
FOLDER = "casework"


def case_kind_ids(root: Path | str | None = None) -> tuple[str, ...]:
    """Every kind by id, in order; local ones included."""
    return tuple(sorted({path.parent.name for _, path in _paths(find_legal(root))}))


def case_kind(kind: str, *, on: date, region: str = "", root: Path | str | None = None) -> CaseKind:
    """The version in force on a day: of the region or of the nearest region above it that has one, else the national.

    Raises: UnknownCaseKind, LawNotUsable.
    """
    versions = _versions(kind, str(find_legal(root)))
    for place in (*(region[:end] for end in (12, 9, 6) if len(region) >= end), *_above(region), ""):
        fit = [item for item in versions if item.key.rpartition("/")[0] == place and item.effective <= on]
        if fit:
            return max(fit, key=lambda item: item.effective)
    raise UnknownCaseKind(id=kind, on=on)


def case_kind_version(kind: str, key: str, root: Path | str | None = None) -> CaseKind:
    """The version that a case began with. Raises: UnknownCaseKind, LawNotUsable."""
    for item in _versions(kind, str(find_legal(root))):
        if item.key == key:
            return item
    raise UnknownCaseKind(id=f"{kind} {key}", on="")


def case_kind_versions(kind: str, root: Path | str | None = None) -> tuple[CaseKind, ...]:
    """Every version of a kind, local ones included; none when there is no such kind. Raises: LawNotUsable."""
    return _versions(kind, str(find_legal(root)))


def case_kinds(*, on: date, region: str = "", root: Path | str | None = None) -> tuple[CaseKind, ...]:
    """Every kind that may be opened on a day in a region."""
    found = []
    for kind in case_kind_ids(root):
        try:
            found.append(case_kind(kind, on=on, region=region, root=root))
        except UnknownCaseKind:
            continue
    return tuple(found)


def check_case_kinds(folder: Path, problems: Problems) -> None:
    """Everything wrong with the case kinds of a folder of legal data."""
    for region, path in _paths(folder):
        read_case_kind(region, path, folder, problems)


def _above(region: str) -> tuple[str, ...]:
    return (f"{region[:4]}00", f"{region[:2]}0000") if len(region) >= 6 else ()


@lru_cache(maxsize=128)
def _versions(kind: str, folder: str) -> tuple[CaseKind, ...]:
    problems = Problems()
    mine = [(region, path) for region, path in _paths(Path(folder)) if path.parent.name == kind]
    found = [read_case_kind(region, path, Path(folder), problems) for region, path in mine]
    if problems.found:
        raise LawNotUsable(count=len(problems.found), first=str(problems.found[0]))
    return tuple(item for item in found if item is not None)


def _paths(folder: Path) -> Iterator[tuple[str, Path]]:
    """Region and file of every version."""
    for path in sorted((folder / FOLDER).glob("*/*.yaml")):
        yield "", path
    for path in sorted((folder / "regions").glob(f"*/{FOLDER}/*/*.yaml")):
        yield path.parents[2].name, path
