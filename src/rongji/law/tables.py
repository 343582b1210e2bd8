"""Reads the dated tables of a folder, national and local, and holds every row to the rules of dated data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rongji.kernel.units import UNITS
from rongji.law.fields import Fields, fields_of
from rongji.law.model import Act, DatedTable, Row, Trust
from rongji.law.reading import Problems, read_yaml
from rongji.law.shapes import KINDS, PLAIN

UNDATED = (
    "acts",
    "concepts",
    "identities",
    "forms",
    "recognition",
    "bank_profiles",
    "casework",
    "registers",
    "narrative",
    "inventory",
)
NOWHERE = "99"
"""How the codes of regions begin that no place has: those of examples and tests."""
Tables = dict[tuple[str, str], DatedTable]


def place_of(number: int, line: int) -> str:
    """Where a row stands, for a person with the file open."""
    return f"第 {number} 条（第 {line} 行）"


def read_tables(folder: Path, acts: Mapping[str, Act], problems: Problems, *, production: bool) -> Tables:
    """All tables by (region, id); an id given twice in one region is a problem."""
    found: Tables = {}
    for path, file, region in _files(folder):
        table = _Table(file, region, acts, problems).read(path)
        if table is None:
            continue
        if (region, table.id) in found:
            problems.add(file, "", f"编号“{table.id}”已在 {found[region, table.id].file} 用过，请换一个")
        found[region, table.id] = table
    _check_bases(found, problems)
    _check_local(found, problems)
    if production:
        _refuse_gaps(found, problems)
    return found


def _files(folder: Path) -> Iterator[tuple[Path, str, str]]:
    for path in sorted(folder.rglob("*.yaml")):
        parts = path.relative_to(folder).parts
        if not set(parts[:-1]) & set(UNDATED):
            yield path, "/".join(parts), parts[1] if parts[0] == "regions" else ""


def _check_bases(found: Tables, problems: Problems) -> None:
    for table in found.values():
        base = found.get(("", table.based_on)) if table.based_on else None
        if table.based_on and base is None:
            problems.add(table.file, "", f"based_on 指向的“{table.based_on}”不存在")
        elif base and (base.kind, base.keys) != (table.kind, table.keys):
            problems.add(table.file, "", f"与 based_on“{base.id}”的 kind、keys 应相同")
        if table.id in _bases(found, table):
            problems.add(table.file, "", "based_on 绕回了自己，请删去一处")


def _check_local(found: Tables, problems: Problems) -> None:
    """A local table stands in for the national one of its id, so it has the same kind and keys."""
    for (region, table_id), table in found.items():
        national = found.get(("", table_id)) if region else None
        if national and (national.kind, national.keys) != (table.kind, table.keys):
            problems.add(table.file, "", f"与全国的 {national.file} 的 kind、keys 应相同")


def _refuse_gaps(found: Tables, problems: Problems) -> None:
    """Gaps that nothing fills: no row of the same key, national or local, has a value from that day on or later.

    What a made-up county says fills nothing.
    """
    for table in found.values():
        same = [other for (_, table_id), other in found.items() if table_id == table.id]
        others = [row for other in same if not other.region.startswith(NOWHERE) for row in other.rows]
        for row in table.rows:
            if row.trust is Trust.GAP and not any(_fills(other, row) for other in others):
                place = place_of(row.number, row.line)
                problems.add(table.file, place, "正式运行不接受缺失（gap）的值，请补录后再用")


def _fills(other: Row, gap: Row) -> bool:
    is_same = other.keys == gap.keys and other.effective >= gap.effective
    return is_same and other.value is not None and other.trust is not Trust.GAP


def _bases(found: Tables, table: DatedTable) -> list[str]:
    """The ids that a table is based on, nearest first; stops where they repeat."""
    ids: list[str] = []
    while table.based_on and table.based_on not in ids and ("", table.based_on) in found:
        ids.append(table.based_on)
        table = found["", table.based_on]
    return ids


@dataclass(slots=True)
class _Table:
    """One file under reading."""

    file: str
    region: str
    acts: Mapping[str, Act]
    problems: Problems
    id: str = ""
    kind: str = ""
    keys: tuple[str, ...] = ()

    def read(self, path: Path) -> DatedTable | None:
        """The table, or None when the file holds no mapping at all."""
        content = read_yaml(path, self.file, self.problems)
        if content is None:
            return None
        head = Fields(content, self.file, "", self.problems)
        self.id, self.kind, self.keys = head.text("id"), head.text("kind"), head.texts("keys", required=True)
        self._check_head(head)
        table = DatedTable(
            id=self.id,
            label=head.text("label"),
            kind=self.kind,
            unit=head.text("unit"),
            keys=self.keys,
            rows=self._rows(head),
            file=self.file,
            valid_until_checked=head.day("valid_until_checked"),
            region=self.region,
            based_on=head.text("based_on", required=False),
            note=head.text("note", required=False),
        )
        head.finish()
        return table

    def _check_head(self, head: Fields) -> None:
        if self.kind and self.kind not in KINDS and self.kind != PLAIN:
            head.wrong(f"kind“{self.kind}”不在规定的词内（{'、'.join((*KINDS, PLAIN))}）")
        unit = head.content.get("unit")
        if isinstance(unit, str) and unit not in UNITS:
            head.wrong(f"计量单位“{unit}”不在单位表内")

    def _rows(self, head: Fields) -> tuple[Row, ...]:
        items = head.raw("rows")
        if not isinstance(items, list) or not items:
            head.wrong("“rows”应为列表，至少一条")
            return ()
        rows = [self._row(item, number) for number, item in enumerate(items, 1)]
        self._check_order(rows)
        return tuple(rows)

    def _row(self, item: Any, number: int) -> Row:
        line = getattr(item, "line", 0)
        cells = fields_of(item, self.file, place_of(number, line), self.problems)
        keys = tuple(cells.text(name) for name in self.keys)
        row = Row(
            table=self.id,
            number=number,
            line=line,
            keys=keys,
            effective=cells.day("effective") or date.min,
            known=cells.day("known") or date.min,
            until=cells.day("until", required=False),
            act=cells.text("act"),
            trust=cells.choice("trust", Trust),
            note=cells.text("note", required=False),
            value=self._value(cells, keys),
            plain=cells.content.get("value"),
            region=self.region,
        )
        cells.finish()
        self._check_row(cells, row)
        return row

    def _value(self, cells: Fields, keys: tuple[str, ...]) -> Any:
        plain = cells.raw("value")
        read = KINDS.get(self.kind)
        if plain is None or read is None:
            return plain
        return read(fields_of(plain, cells.file, cells.place, self.problems), keys)

    def _check_row(self, cells: Fields, row: Row) -> None:
        act = self.acts.get(row.act)
        if row.act and act is None:
            cells.wrong(f"文件“{row.act}”没有登记，请先在 acts 目录登记")
        if act and act.published and date.min < row.known < act.published:
            cells.wrong(f"known {row.known} 早于该文件公布日 {act.published}")
        if row.until and row.until < row.effective:
            cells.wrong(f"until {row.until} 早于 effective {row.effective}")

    def _check_order(self, rows: list[Row]) -> None:
        """Within one key rows stand in order of (effective, known), and no pair of dates twice."""
        last: dict[tuple[str, ...], Row] = {}
        for row in rows:
            before = last.get(row.keys)
            last[row.keys] = row
            if before is None:
                continue
            dates, earlier = (row.effective, row.known), (before.effective, before.known)
            place = place_of(row.number, row.line)
            if dates == earlier:
                self.problems.add(self.file, place, f"与第 {before.number} 条重复（键和两个日期都相同）")
            elif dates < earlier:
                self.problems.add(self.file, place, f"次序不对：按 effective、known 应排在第 {before.number} 条之前")
