"""The layout of the bureau-year workbook, read from `legal/forms/yearbook.yaml`."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from rongji.kernel.figure import Stage
from rongji.kernel.units import UNITS
from rongji.law.locate import CHECKOUT, INSTALLED

SOURCE_TITLE = "来源"
EVIDENCE_TITLE = "佐证"
WHOLE_BUREAU = "汇总"
CHECK_PREFIX = "核对"
SCRATCH_PREFIX = "备查"
GUIDE_TITLE = "填表说明"
PLACES_SEPARATOR = "；"


class SheetKind(StrEnum):
    """How a sheet is laid out."""

    PAIRS = "pairs"
    RECORDS = "records"
    MATRIX = "matrix"


ROW_TITLES = {
    "units": "机构",
    "fixed": "项目",
    "functional": "功能科目编码",
    "economic": "经济科目编码",
    "typed": "明细",
    "projects": "项目编码",
}
_ROW_SYNONYMS = {
    "units": ("机构名称", "机构编码", "单位", "单位名称"),
    "fixed": ("指标", "名称"),
    "functional": ("科目编码", "功能分类", "功能分类科目", "功能科目"),
    "economic": ("科目编码", "经济分类", "经济分类科目", "经济科目"),
    "typed": ("名称", "职务"),
    "projects": ("项目",),
}
# Records that have a slot for the place they were read from, and for evidence.
_WITH_SOURCE = {"units", "projects", "goals", "indicators", "declared_concepts", "statements", "texts", "problems"}
_WITH_EVIDENCE = {"projects", "indicators", "declared_concepts", "statements"}


def squeeze(text: str) -> str:
    """A heading without what carries no meaning: width, blanks, line breaks, colon at the end."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).rstrip(":")


def closest(text: str, known: Iterable[str]) -> str:
    """The known word most like a mistyped one; empty when none is half alike."""
    found = get_close_matches(text, list(known), 1, Fraction(1, 2))  # type: ignore[type-var]
    return found[0] if found else ""


def without_unit(text: str) -> str:
    """A squeezed heading without a unit of measure in brackets at its end."""
    found = re.fullmatch(r"(.+?)\((?:单位:?)?([^()]+)\)", text)
    return found.group(1) if found and found.group(2) in UNITS else text


@dataclass(frozen=True, slots=True)
class Column:
    """One column (or, on a pairs sheet, one field).

    concept/stage/member/axis: what the figure in it is of; type: how the cell is read.
    choices: stored word → printed word. is_figure: the figure of a `facts` row.
    """

    id: str
    title: str
    type: str = "text"
    required: bool = False
    note: str = ""
    concept: str = ""
    stage: Stage = Stage.NONE
    unit: str = ""
    member: str = ""
    axis: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_figure: bool = False

    @property
    def heading(self) -> str:
        """The title with its unit, as printed over the column."""
        return f"{self.title}（{self.unit}）" if self.unit and self.unit not in self.title else self.title


@dataclass(frozen=True, slots=True)
class Item:
    """One fixed row of a matrix."""

    id: str
    title: str
    concept: str
    stage: Stage = Stage.NONE
    unit: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet. rows: what its rows are (matrix only); into: what its records become (records only)."""

    id: str
    title: str
    kind: SheetKind
    columns: tuple[Column, ...]
    items: tuple[Item, ...] = ()
    rows: str = ""
    axis: str = ""
    into: str = ""

    @property
    def has_source(self) -> bool:
        """Whether the sheet ends with 来源."""
        return self.kind is SheetKind.MATRIX or self.into in _WITH_SOURCE

    @property
    def has_evidence(self) -> bool:
        """Whether the sheet ends with 佐证."""
        return self.kind is SheetKind.MATRIX or self.into in _WITH_EVIDENCE

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """Every column as it stands on the sheet: row heading, its own columns, 来源, 佐证."""
        first = (Column("row", ROW_TITLES[self.rows], "row", True),) if self.kind is SheetKind.MATRIX else ()
        source = (Column("source", SOURCE_TITLE, "text"),) if self.has_source else ()
        evidence = (Column("evidence", EVIDENCE_TITLE, "text"),) if self.has_evidence else ()
        return (*first, *self.columns, *source, *evidence)

    @cached_property
    def columns_by_heading(self) -> dict[str, Column]:
        """Every accepted heading, squeezed, with the column it names."""
        found = {squeeze(name): item for item in self.all_columns for name in (item.title, item.heading, item.id)}
        for name in _ROW_SYNONYMS.get(self.rows, ()):
            found.setdefault(squeeze(name), self.all_columns[0])
        return found

    def column_headed(self, heading: str) -> Column | None:
        """The column of that heading, blanks, widths, breaks and a unit in brackets tolerated."""
        text = squeeze(heading)
        return self.columns_by_heading.get(text) or self.columns_by_heading.get(without_unit(text))

    def item_named(self, text: str) -> Item | None:
        """The fixed row of that id or title."""
        wanted = squeeze(text)
        return next((item for item in self.items if wanted in (item.id, squeeze(item.title))), None)

    def column(self, identifier: str) -> Column:
        """The column of that id."""
        return next(item for item in self.all_columns if item.id == identifier)


@dataclass(frozen=True)
class Layout:
    """The whole workbook."""

    title: str
    sheets: tuple[Sheet, ...] = field(default_factory=tuple)

    def sheet(self, identifier: str) -> Sheet:
        """The sheet of that id."""
        return next(item for item in self.sheets if item.id == identifier)

    def sheet_titled(self, title: str) -> Sheet | None:
        """The sheet of that title (or id), blanks and widths tolerated."""
        wanted = squeeze(title)
        return next((item for item in self.sheets if wanted in (item.id, squeeze(item.title))), None)


def _column(raw: dict[str, Any]) -> Column:
    is_quantity = "concept" in raw or raw.get("type") == "quantity" or "member" in raw or "stage" in raw
    return Column(
        id=raw["id"],
        title=raw["title"],
        type=raw.get("type", "quantity" if is_quantity else "text"),
        required=bool(raw.get("required")),
        note=raw.get("note", ""),
        concept=raw.get("concept", ""),
        stage=Stage(raw.get("stage", "")),
        unit=raw.get("unit", ""),
        member=raw.get("member", ""),
        axis=raw.get("axis", ""),
        choices=tuple((str(key), str(label)) for key, label in raw.get("choices", {}).items()),
        is_figure=bool(raw.get("figure")),
    )


def _matrix_column(raw: dict[str, Any]) -> Column:
    return _column({"type": "quantity", **raw})


def _item(raw: dict[str, Any]) -> Item:
    return Item(raw["id"], raw["title"], raw["concept"], Stage(raw.get("stage", "")), raw.get("unit", ""))


def _sheet(raw: dict[str, Any]) -> Sheet:
    kind = SheetKind(raw["kind"])
    make = _matrix_column if kind is SheetKind.MATRIX else _column
    columns = tuple(make(item) for item in raw.get("fields", raw.get("columns", [])))
    items = tuple(_item(item) for item in raw.get("items", []))
    return Sheet(
        raw["id"], raw["title"], kind, columns, items, raw.get("rows", ""), raw.get("axis", ""), raw.get("into", "")
    )


def forms_folder() -> Path:
    """Where the form definitions are: the checkout's, else the installed copy."""
    folder = CHECKOUT / "forms"
    return folder if folder.is_dir() else INSTALLED / "forms"


@lru_cache(maxsize=4)
def load_layout(path: Path | None = None) -> Layout:
    """The layout of the workbook as the data folder describes it."""
    text = (path or forms_folder() / "yearbook.yaml").read_text(encoding="utf-8")
    raw = yaml.safe_load(text)
    return Layout(raw["title"], tuple(_sheet(item) for item in raw["sheets"]))


def required_sheets(form: str) -> tuple[str, ...]:
    """Ids of the sheets that a form needs, from its definition; empty when the form names none."""
    path = forms_folder() / f"{form}.yaml"
    if not path.is_file():
        return ()
    found = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return tuple(str(item) for item in found.get("requires", ()))


def known_forms() -> tuple[str, ...]:
    """Ids of the forms that a bureau can report in; annexes come along with them and are not chosen."""
    paths = (path for path in forms_folder().glob("*.yaml") if path.stem != "yearbook")
    return tuple(sorted(path.stem for path in paths if not _is_annex(path)))


def _is_annex(path: Path) -> bool:
    found = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return bool(found.get("annex"))
