"""What a bureau's report speaks of, point by point, and where each is kept and counted (legal/inventory/points.yaml).

Registers and case kinds say themselves which points they answer; the file says what else does, and what is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rongji.kernel.figure import FigureKey, UnreadableKey
from rongji.law.case_kinds import CaseKind, case_kind_ids, case_kind_versions
from rongji.law.fields import Fields
from rongji.law.forms import form_ids
from rongji.law.locate import find_legal
from rongji.law.model import Lawbook
from rongji.law.reading import Problems, read_yaml
from rongji.law.refusals import LawNotUsable
from rongji.law.registers import Register, register, register_ids

FILE = "inventory/points.yaml"
_INDICATOR = "indicator."


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that reports speak of.

    registers, kinds: ids of the declarations that answer it. figures: keys, or a concept with an axis. formulas: ids
    of indicators. cells: `sheet.column` of the yearly workbook. excluded: why it is not kept, and what is instead.
    """

    id: str
    area: str
    label: str
    registers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    note: str = ""
    excluded: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether anything keeps it, counts it or judges it, or it is left out on purpose."""
        kept = (self.registers, self.kinds, self.figures, self.formulas, self.tables, self.cells)
        return any((*kept, self.checks, self.forms, self.pages, self.excluded))


@dataclass(frozen=True, slots=True)
class Inventory:
    """Every point in order, and the headings under which they stand."""

    areas: Mapping[str, str]
    points: tuple[Point, ...]


def inventory(root: Path | str | None = None) -> Inventory:
    """Every point with what answers it; nothing where a site keeps no such file.

    Raises: LawNotUsable.
    """
    return _inventory(str(find_legal(root)))


@lru_cache(maxsize=2)
def _inventory(folder: str) -> Inventory:
    problems = Problems()
    found = _read(Path(folder), problems)
    if problems.found:
        raise LawNotUsable(count=len(problems.found), first=str(problems.found[0]))
    return found


def check_inventory(book: Lawbook, problems: Problems) -> None:
    """Every point is answered by something that exists, and every declaration answers a point or says why not."""
    folder = Path(book.root)
    if not (folder / FILE).exists():
        return
    found = _read(folder, problems)
    forms = set(form_ids(folder))
    for point in found.points:
        for wrong in (*_wrong_figures(point, book), *_wrong_names(point, book, forms)):
            problems.add(FILE, point.id, wrong)
        if not point.is_answered:
            problems.add(FILE, point.id, "没有登记簿、办件或数据回答它，也没有写明不做的缘由")
    _check_declarations({point.id for point in found.points}, folder, problems)


def _wrong_figures(point: Point, book: Lawbook) -> list[str]:
    found = []
    for text in point.figures:
        try:
            key = FigureKey.parse(text)
        except UnreadableKey as refusal:
            found.append(str(refusal))
            continue
        if key.concept not in book.concepts:
            found.append(f"数据目录中没有“{key.concept}”")
    return found


def _wrong_names(point: Point, book: Lawbook, forms: set[str]) -> list[str]:
    tables = {name for _, name in book.tables}
    wrong = [f"没有编号为“{item}”的指标公式" for item in point.formulas if _INDICATOR + item not in tables]
    wrong += [f"没有法规数据表“{item}”" for item in point.tables if item not in tables]
    return wrong + [f"没有表式“{item}”" for item in point.forms if item not in forms]


def _check_declarations(known: set[str], folder: Path, problems: Problems) -> None:
    declared: list[Register | CaseKind] = [*_registers(folder), *_kinds(folder)]
    for item in declared:
        place = f"registers/{item.id}.yaml" if isinstance(item, Register) else f"casework/{item.id}"
        for name in item.inventory:
            if name not in known:
                problems.add(place, "", f"没有编号为“{name}”的事项")
        if not item.inventory and not item.note:
            problems.add(place, "", "没有写 inventory（回答哪些事项），也没有写 note 说明缘由")


def _read(folder: Path, problems: Problems) -> Inventory:
    path = folder / FILE
    content = read_yaml(path, FILE, problems) if path.exists() else None
    fields = Fields(content or {}, FILE, "", problems)
    areas = {item.text("id"): item.text("label") for item in fields.each("areas", required=False)}
    answers = _answers(folder)
    points: dict[str, Point] = {}
    for item in fields.each("points", required=False):
        point = _point(item, areas, answers)
        if point.id in points:
            item.wrong(f"编号“{point.id}”用了两次")
        points[point.id] = point
    return Inventory(areas, tuple(points.values()))


def _point(item: Fields, areas: Mapping[str, str], answers: Mapping[str, tuple[list[str], list[str]]]) -> Point:
    name = item.text("id")
    area = name.partition("-")[0]
    if area not in areas:
        item.wrong(f"编号“{name}”的领域“{area}”不在 areas 里")
    registers, kinds = answers.get(name, ([], []))
    found = Point(
        id=name,
        area=area,
        label=item.text("label"),
        registers=tuple(registers),
        kinds=tuple(kinds),
        figures=item.texts("figures"),
        formulas=item.texts("formulas"),
        tables=item.texts("tables"),
        cells=item.texts("cells"),
        checks=item.texts("checks"),
        forms=item.texts("forms"),
        pages=item.texts("pages"),
        note=item.text("note", required=False),
        excluded=item.text("excluded", required=False),
    )
    item.finish()
    return found


def _answers(folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Point → the registers and the case kinds that say they answer it."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for register_found in _registers(folder):
        for name in register_found.inventory:
            found.setdefault(name, ([], []))[0].append(register_found.id)
    for kind in _kinds(folder):
        for name in kind.inventory:
            found.setdefault(name, ([], []))[1].append(kind.id)
    return found


def _registers(folder: Path) -> list[Register]:
    found = []
    for name in register_ids(folder):
        try:
            found.append(register(name, folder))
        except LawNotUsable:
            continue  # told file by file by the check of the registers
    return found


def _kinds(folder: Path) -> list[CaseKind]:
    """The newest version of each national kind."""
    found = []
    for name in case_kind_ids(folder):
        try:
            versions = [item for item in case_kind_versions(name, folder) if "/" not in item.key]
        except LawNotUsable:
            continue
        found += [max(versions, key=lambda item: item.effective)] if versions else []
    return found
