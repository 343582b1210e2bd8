"""The concept catalogue with what registers and case kinds declare: each measure of theirs is a concept, listed once.

`services.<register>.<measure>` and `casework.<kind>.<measure>` are read from the declarations when somebody asks for
them, one register or kind at a time, so that whoever judges a report never waits for them.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from rongji.kernel.figure import FigureKey, UnreadableKey
from rongji.kernel.units import unit
from rongji.law.case_kinds import CONCEPT_PREFIX as CASES
from rongji.law.case_kinds import CaseCounting, CaseMeasure, case_kind_ids, case_kind_versions
from rongji.law.model import Concept, Lawbook
from rongji.law.reading import Problems
from rongji.law.refusals import LawNotUsable, UnknownRegister
from rongji.law.registers import CONCEPT_PREFIX as REGISTERS
from rongji.law.registers import Counting, RegisterMeasure, register, register_ids
from rongji.law.shapes.formula import Definition
from rongji.law.tables import place_of

_TOLD_APART = {Counting.PERSONS, Counting.DISTINCT, CaseCounting.PERSONS}
"""What counts once however often it is met does not add up over units."""


class Catalogue(Mapping[str, Concept]):
    """Every concept by id. written: those that the catalogue itself lists; declared ones join them when asked for."""

    def __init__(self, written: Mapping[str, Concept], root: str) -> None:
        self.written = written
        self._root = root
        self._read: dict[str, Mapping[str, Concept]] = {}

    def __getitem__(self, concept_id: str) -> Concept:
        found = self.written.get(concept_id) or self._declared_by(concept_id).get(concept_id)
        if found is None:
            raise KeyError(concept_id)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter({**self.written, **self._declared})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _declared(self) -> dict[str, Concept]:
        found: dict[str, Concept] = {}
        for name in register_ids(self._root):
            found |= _of_register(name, self._root)
        for name in case_kind_ids(self._root):
            found |= _of_kind(name, self._root)
        return found

    def _declared_by(self, concept_id: str) -> Mapping[str, Concept]:
        if not is_declared(concept_id):
            return {}
        owner, _, _ = concept_id.rpartition(".")
        if owner not in self._read:
            room, _, name = owner.partition(".")
            self._read[owner] = (_of_register if f"{room}." == REGISTERS else _of_kind)(name, self._root)
        return self._read[owner]


def is_declared(concept_id: str) -> bool:
    """Whether a concept, if there is one of that id, comes from a register or a case kind."""
    return concept_id.startswith((REGISTERS, CASES)) and concept_id.count(".") > 1


def written(book: Lawbook) -> Mapping[str, Concept]:
    """The concepts that the catalogue itself lists, by which the words of documents are recognised."""
    return book.concepts.written if isinstance(book.concepts, Catalogue) else book.concepts


def check_declared(book: Lawbook, problems: Problems) -> None:
    """Every measure has a name of its own, every filled figure exists, every formula speaks of what is declared."""
    if not isinstance(book.concepts, Catalogue):
        return
    _check_labels(book.concepts, problems)
    _check_formulas(book, problems)
    for register_id in register_ids(book.root):
        _check_fills(register_id, book, problems)


def _check_labels(concepts: Catalogue, problems: Problems) -> None:
    owner = {item.label: item.id for item in concepts.written.values()}
    for item in concepts.values():
        if owner.setdefault(item.label, item.id) != item.id:
            problems.add(_file_of(item.id), item.id, f"名称“{item.label}”已归 {owner[item.label]}，请改名")


def _check_formulas(book: Lawbook, problems: Problems) -> None:
    """What is written is checked as the book is loaded; what is declared, here."""
    for table in book.tables.values():
        for row in table.rows:
            named = row.value.concepts if isinstance(row.value, Definition) else ()
            for concept_id in named:
                if is_declared(concept_id) and concept_id not in book.concepts:
                    problems.add(table.file, place_of(row.number, row.line), f"数据目录中没有“{concept_id}”")


def _check_fills(register_id: str, book: Lawbook, problems: Problems) -> None:
    try:
        measures = register(register_id, book.root).measures
    except LawNotUsable:
        return  # told file by file by whoever reads the declarations
    for measure in measures:
        if measure.fills and (wrong := _wrong_with(measure.fills, measure.unit, book)):
            problems.add(f"registers/{register_id}.yaml", measure.id, wrong)


def _wrong_with(fills: str, unit_name: str, book: Lawbook) -> str:
    try:
        key = FigureKey.parse(fills)
    except UnreadableKey as refusal:
        return str(refusal)
    found = written(book).get(key.concept)
    if found is None:
        return f"fills 所指的“{key.concept}”不在数据目录中"
    if not unit(found.unit).is_comparable_with(unit(unit_name)):
        return f"fills 所指的“{key.concept}”以{found.unit}计，与本指标的{unit_name}不可比"
    return ""


def _file_of(concept_id: str) -> str:
    folder, name, _ = concept_id.split(".", 2) if is_declared(concept_id) else ("concepts", concept_id, "")
    return {"services": f"registers/{name}.yaml", "casework": f"casework/{name}"}.get(folder, "concepts")


def _of_register(name: str, root: str) -> dict[str, Concept]:
    """None of a register that nobody declares, or whose file is crooked (the check of the legal data tells that)."""
    try:
        found = register(name, root)
    except (UnknownRegister, LawNotUsable):
        return {}
    return {found.concept(item): _concept(found.concept(item), item) for item in found.measures}


def _of_kind(name: str, root: str) -> dict[str, Concept]:
    """Of every version; the newest national one says how a measure is called."""
    try:
        versions = sorted(case_kind_versions(name, root), key=lambda item: ("/" not in item.key, item.effective))
    except LawNotUsable:
        return {}
    named = [(version.concept(item), item) for version in versions for item in version.measures]
    return {concept_id: _concept(concept_id, item) for concept_id, item in named}


def _concept(concept_id: str, measure: RegisterMeasure | CaseMeasure) -> Concept:
    return Concept(
        id=concept_id,
        label=measure.label,
        unit=measure.unit,
        definition=measure.definition,
        over_units="none" if measure.counting in _TOLD_APART else "sum",
        aliases=measure.aliases,
    )
