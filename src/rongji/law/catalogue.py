"""What `rongji law` shows: every table, act, concept and form, one of them in full, and everything wrong."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rongji.kernel.refusal import Refusal
from rongji.law.bank_profiles import check_bank_profiles
from rongji.law.case_kinds import case_kind_ids, case_kind_versions, check_case_kinds
from rongji.law.case_law import check_case_law
from rongji.law.declared import check_declared
from rongji.law.declared_words import kind_in_words, register_in_words
from rongji.law.entitlement_checks import check_entitlement
from rongji.law.forms import check_forms, form, form_ids
from rongji.law.formulas import formulas
from rongji.law.inventory import check_inventory
from rongji.law.loader import inspect, lawbook
from rongji.law.model import Act, Concept, DatedTable, Lawbook, LawProblem, Row, Trust
from rongji.law.narrative import check_narrative
from rongji.law.reading import Problems
from rongji.law.refusals import UnknownTable
from rongji.law.registers import Register, check_registers, register, register_ids, registers
from rongji.law.schemes import scheme, schemes
from rongji.law.shapes.formula import Definition
from rongji.law.stale import stale_tables
from rongji.law.values import in_force
from rongji.law.wording import formula_in_words, in_words, plain

_SHORT = ("", "scoring.", "indicator.", "codes.", "deadlines.", "calendar.", "standards.", "entitlement.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a dated table, an act, a concept or a form."""

    group: str
    id: str
    label: str
    region: str
    rows: int
    trust: Trust | None
    checked: date | None
    file: str

    def as_json(self) -> dict[str, Any]:
        """The line as plain data."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row as shown: its keys, both dates, act, trust word, value in words, and whether it is in force."""

    number: int
    keys: str
    effective: date
    known: date
    until: date | None
    act: str
    trust: Trust
    value: str
    note: str
    in_force: bool
    region: str
    table: str
    plain: Any


@dataclass(frozen=True)
class Description:
    """Everything about one entry: a head in pairs, then its rows."""

    id: str
    label: str
    head: tuple[tuple[str, str], ...]
    rows: tuple[RowLine, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as plain data, values in the shape of the file."""
        rows = [{**plain(row), "trust_label": row.trust.label} for row in self.rows]
        return {"id": self.id, "label": self.label, "head": dict(self.head), "rows": rows}


def list_tables(group: str = "", *, law: Lawbook | None = None) -> tuple[Entry, ...]:
    """Every dated table, or the entries of one group: scoring, codes …, acts, concepts, forms, registers, casework."""
    book = law or lawbook()
    if group == "acts":
        return tuple(_act_entry(act) for act in book.acts.values())
    if group == "concepts":
        return tuple(_concept_entry(item) for item in book.concepts.values())
    if group == "forms":
        return tuple(_form_entry(form_id, book) for form_id in form_ids(book.root))
    if group == "registers":
        return tuple(_register_entry(item) for item in registers(book.root))
    if group == "casework":
        return tuple(_kind_entry(name, book) for name in case_kind_ids(book.root))
    tables = sorted(book.tables.values(), key=lambda table: (table.folder, table.id, table.region))
    return tuple(_table_entry(table) for table in tables if not group or group in (table.folder, table.id))


def describe(entry_id: str, *, on: date, known_on: date, law: Lawbook | None = None) -> Description:
    """One table (short ids understood: national-2020, staff-control), act, concept, form, register or kind, in full.

    As of: rows in force on `on` among those known on `known_on` are marked.
    Raises: UnknownTable.
    """
    book = law or lawbook()
    tables = [table for prefix in _SHORT for (_, name), table in book.tables.items() if name == prefix + entry_id]
    if tables:
        return _table(tables, on, known_on, book)
    if entry_id in book.acts:
        return _act(book.acts[entry_id], book)
    if entry_id in book.concepts:
        return _concept(book.concepts[entry_id], book)
    if entry_id in form_ids(book.root):
        return _form(entry_id, book)
    if entry_id in register_ids(book.root):
        found = register(entry_id, book.root)
        return Description(entry_id, found.label, register_in_words(found))
    if entry_id in case_kind_ids(book.root):
        versions = case_kind_versions(entry_id, book.root)
        return Description(entry_id, versions[-1].label, kind_in_words(versions, book))
    raise UnknownTable(id=entry_id)


def check_all(*, production: bool = False, root: Path | str | None = None) -> tuple[LawProblem, ...]:
    """Everything wrong with the legal data, forms and the parts of every scheme included.

    Raises: LegalFolderMissing.
    """
    book = inspect(root, production=production)
    problems = Problems(list(book.problems))
    check_forms(Path(book.root), book.acts, problems)
    check_narrative(Path(book.root), book.concepts, problems)
    check_bank_profiles(Path(book.root), problems)
    check_registers(Path(book.root), problems)
    kinds_before = len(problems.found)
    check_case_kinds(Path(book.root), problems)
    if len(problems.found) == kinds_before and not book.problems:
        check_case_law(book, problems)
    if not book.problems:
        check_declared(book, problems)
        check_inventory(book, problems)
        _check_schemes(book, problems)
        _check_names(book, problems)
        check_entitlement(book, problems)
    return tuple(problems.found)


def stale(on: date, *, law: Lawbook | None = None) -> tuple[Entry, ...]:
    """Tables last checked before that day, longest unchecked first."""
    return tuple(_table_entry(table) for table in stale_tables(on, law=law))


def _check_schemes(book: Lawbook, problems: Problems) -> None:
    """Every scheme can be put together on the day its frame begins to be known and on the last day of all."""
    for table in schemes(law=book):
        frames = [row for row in table.rows if row.keys == ("frame",)]
        for day in (max(frames[0].effective, frames[0].known), date.max):
            try:
                scheme(table.id, on=day, known_on=day, law=book)
            except Refusal as refusal:
                problems.add(table.file, "", str(refusal))


def _check_names(book: Lawbook, problems: Problems) -> None:
    """No two formulas answer to the same name."""
    owner: dict[str, str] = {}
    for item in formulas(on=date.max, known_on=date.max, law=book):
        for word in item.words:
            if owner.setdefault(word, item.id) != item.id:
                problems.add(f"indicators（{item.id}）", "", f"名称“{word}”已归 {owner[word]}，请改名")


def _table_entry(table: DatedTable) -> Entry:
    return Entry(
        table.folder,
        table.id,
        table.label,
        table.region,
        len(table.rows),
        table.weakest,
        table.valid_until_checked,
        table.file,
    )


def _act_entry(act: Act) -> Entry:
    return Entry("acts", act.id, act.citation, "", 0, act.trust, None, f"acts/{act.id}.yaml")


def _concept_entry(item: Concept) -> Entry:
    return Entry("concepts", item.id, item.label, "", 0, None, None, "concepts")


def _form_entry(form_id: str, book: Lawbook) -> Entry:
    content = form(form_id, book.root)
    act = book.acts.get(str(content.get("act")))
    label = str(content.get("label") or content.get("title") or "")
    return Entry("forms", form_id, label, "", 0, act.trust if act else None, None, f"forms/{form_id}.yaml")


def _register_entry(item: Register) -> Entry:
    return Entry("registers", item.id, item.label, "", len(item.measures), None, None, f"registers/{item.id}.yaml")


def _kind_entry(kind_id: str, book: Lawbook) -> Entry:
    versions = case_kind_versions(kind_id, book.root)
    weakest = max((item.trust for item in versions), key=lambda trust: trust.rank)
    return Entry("casework", kind_id, versions[-1].label, "", len(versions), weakest, None, f"casework/{kind_id}")


def _table(tables: list[DatedTable], on: date, known_on: date, book: Lawbook) -> Description:
    first = tables[0]
    checked = first.valid_until_checked
    head = [
        ("编号", first.id),
        ("名称", first.label),
        ("文件", "、".join(table.file for table in tables)),
        ("计量单位", first.unit),
        ("键", "、".join(first.keys) or "无"),
        ("沿用", first.based_on or "无"),
        ("核对到", checked.isoformat() if checked else "从未核对"),
    ]
    head += [("说明", first.note)] if first.note else []
    own = [_row(row, table, on, known_on, book) for table in tables for row in table.rows]
    return Description(first.id, first.label, tuple(head), (*own, *_inherited(first, on, known_on, book)))


def _inherited(table: DatedTable, on: date, known_on: date, book: Lawbook) -> tuple[RowLine, ...]:
    """The rows that the table takes over from what it is based on, nearest first."""
    found: list[RowLine] = []
    taken = set(table.by_key)
    while base := book.tables.get(("", table.based_on)):
        found += [_row(row, base, on, known_on, book) for row in base.rows if row.keys not in taken]
        taken |= set(base.by_key)
        table = base
    return tuple(found)


def _row(row: Row, table: DatedTable, on: date, known_on: date, book: Lawbook) -> RowLine:
    leading = in_force(table, row.keys, on=on, known_on=known_on)
    value = formula_in_words(row.value, book) if isinstance(row.value, Definition) else in_words(row.value)
    value = "（缺失）" if row.value is None and row.trust is Trust.GAP else value
    return RowLine(
        number=row.number,
        keys="、".join(row.keys),
        effective=row.effective,
        known=row.known,
        until=row.until,
        act=book.acts[row.act].citation if row.act in book.acts else row.act,
        trust=row.trust,
        value=value,
        note=row.note,
        in_force=leading == row,
        region=row.region,
        table=table.id,
        plain=row.plain,
    )


def _act(act: Act, book: Lawbook) -> Description:
    citing = sorted({table.id for table in book.tables.values() for row in table.rows if row.act == act.id})
    days = [("公布", act.published), ("施行", act.effective), ("失效", act.repealed)]
    head = [("编号", act.id), ("名称", act.title), ("文号", act.number or "未见"), ("种类", act.kind.label)]
    head += [("制定机关", act.issuer)]
    head += [(name, day.isoformat() if day else "未见") for name, day in days if day or name != "失效"]
    head += [("可信度", act.trust.label), ("网址", act.url or "无"), ("说明", act.note or "无")]
    head += [("引用它的表", "、".join(citing) or "无")]
    return Description(act.id, act.title, tuple(head))


def _concept(item: Concept, book: Lawbook) -> Description:
    used = [
        table.id
        for table in book.tables.values()
        if any(isinstance(row.value, Definition) and item.id in row.value.concepts for row in table.rows)
    ]
    bound = [identity.label for identity in book.identities if item.id in _concepts_of(identity.total, *identity.parts)]
    head = (
        ("编号", item.id),
        ("名称", item.label),
        ("计量单位", item.unit),
        ("含义", item.definition),
        ("别名", "、".join(item.aliases) or "无"),
        ("用于公式", "、".join(sorted(set(used))) or "无"),
        ("勾稽关系", "；".join(bound) or "无"),
    )
    return Description(item.id, item.label, head)


def _concepts_of(*terms: str) -> set[str]:
    return {term.removeprefix("-").partition(":")[0].partition("#")[0] for term in terms}


def _form(form_id: str, book: Lawbook) -> Description:
    entry = _form_entry(form_id, book)
    act = book.acts.get(str(form(form_id, book.root).get("act")))
    head = (("编号", form_id), ("名称", entry.label), ("文件", entry.file), ("依据", act.citation if act else "未登记"))
    return Description(form_id, entry.label, head)
