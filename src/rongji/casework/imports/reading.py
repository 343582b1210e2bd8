"""Reads a table that says of each case what is its own: which case a row means, and its answers as they were typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rongji.accounts.secrets import mask_numbers_in
from rongji.accounts.types import Actor
from rongji.casework.imports.headings import CASE, CASE_LABEL, PERSON, PERSON_LABEL, act_of, asked_in, table_words
from rongji.casework.models import Case
from rongji.casework.policies import HANDLE_CASES
from rongji.casework.refusals import ActTableUnfit
from rongji.casework.types import BatchOutcome, CaseToDo
from rongji.law.asked import Asked
from rongji.law.case_kinds import Act
from rongji.people.imports import marked
from rongji.people.imports.answer_cells import answer_of, told
from rongji.people.imports.headings import Bound, bind
from rongji.people.imports.problems import CellProblem, CellTrouble, ProblemList
from rongji.people.imports.rows import Aside, aside
from rongji.people.imports.source import Source, SourceSheet, Value, Values, open_roster
from rongji.people.imports.words import Words
from rongji.people.selectors import persons_by_file_number, persons_by_id_number

_AT_ONCE = 400
_LONGEST_SAID = 40


@dataclass(slots=True)
class _Row:
    """A row as it stands. cells: column → what it holds; columns: column → index from 0."""

    sheet: str
    row: int
    columns: Mapping[str, int]
    case: str = ""
    person: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    troubles: list[tuple[str, str]] = field(default_factory=list)

    @property
    def said(self) -> str:
        """How the row names its case; the number of a person never in full."""
        return self.case or mask_numbers_in(self.person) or f"第 {self.row} 行"


@dataclass(frozen=True)
class ActTable:
    """A table that was read: a case to do for every row, in order, those that cannot be done with their troubles."""

    kind: str
    act: str
    file: str
    cases: tuple[CaseToDo, ...]
    rows: tuple[_Row, ...]

    def problems(self, outcome: BatchOutcome) -> list[CellProblem]:
        """What stands against each row of the table once it was tried, by cell where a field is meant."""
        found: list[CellProblem] = []
        for left in outcome.left:
            row = self.rows[left.place - 1]
            said = left.problems or ((CASE if row.case else PERSON, left.why),)
            found += [_problem(row, name, sentence) for name, sentence in said]
        return found


def _problem(row: _Row, name: str, sentence: str) -> CellProblem:
    plain = sentence.rstrip("。")
    what, parts, remedy = plain.rpartition("，请")
    told = (what, f"请{remedy}") if parts else (plain, "请改正或删去这一行")
    return CellProblem(row.sheet, row.row, row.columns.get(name, -1), "", *told)


def read_act_table(
    *,
    actor: Actor,
    bureau: str,
    kind: str,
    act: str,
    source: bytes,
    file_name: str,
    seen: Mapping[int, int] | None = None,
) -> ActTable:
    """The cases of a table and what is its own in each. seen: sequence of the last act of cases that were looked at.

    Raises: NotAllowed, ActUnknown, UnreadableWorkbook, ActTableUnfit where no row of cases is found.
    """
    HANDLE_CASES.require_role(actor)
    declared, asked = act_of(kind, act), asked_in(kind, act)
    opened, problems = open_roster(source, file_name), ProblemList()
    rows = list(_rows(opened, table_words(declared, asked), asked, problems))
    if not rows:
        first = problems.kept[0] if problems.kept else None
        why = f"{first.what}，{first.remedy}" if first else "表头下面没有一行办件"
        raise ActTableUnfit(file=opened.name, why=why)
    found = _cases(actor, bureau, kind, declared, rows)
    known = seen or {}
    cases = [
        CaseToDo(
            case_id=pk, answers=row.answers, seen=known.get(pk, 0), said=row.said[:_LONGEST_SAID],
            troubles=tuple(row.troubles),
        )
        for row, pk in zip(rows, found, strict=True)
    ]  # fmt: skip
    return ActTable(kind, act, opened.name, tuple(cases), tuple(rows))


def write_marked(path: Path, source: bytes, table: ActTable, outcome: BatchOutcome) -> None:
    """Write the table as it came with every bad cell coloured and the reasons beside it. Raises: UnreadableWorkbook."""
    known = table_words(act_of(table.kind, table.act), asked_in(table.kind, table.act))
    marked.write_marked(path, source, table.problems(outcome), table.file, known)


def _rows(opened: Source, known: Words, asked: Mapping[str, Asked], problems: ProblemList) -> Iterator[_Row]:
    for sheet in opened.sheets:
        bound = None if known.is_note(sheet.title) else bind(sheet, known, problems)
        if bound is None:
            continue
        for number, values in sheet.rows():
            if number > bound.last_row and aside(values, bound, known) not in (Aside.BLANK, Aside.HEADING):
                row = _row(opened, sheet, number, values, bound, asked)
                if row.case or row.person or row.answers or row.troubles:
                    yield row


def _row(
    opened: Source, sheet: SourceSheet, number: int, values: Values, bound: Bound, asked: Mapping[str, Asked]
) -> _Row:
    row = _Row(sheet.title, number, bound.positions)
    for name, index in bound.order:
        value: Value = values[index] if index < len(values) else None
        if (number, index) in sheet.marks.broken:
            row.troubles.append((name, "公式没有结果或有错误，请改成数值。"))
        elif name == CASE:
            row.case = told(value).strip()
        elif name == PERSON:
            row.person = told(value).strip().upper()
        else:
            _take(row, opened, asked[name], value)
    return row


def _take(row: _Row, opened: Source, asked: Asked, value: Value) -> None:
    try:
        answer = answer_of(asked, value, starts_1904=opened.starts_1904, is_csv=opened.kind == "csv")
    except CellTrouble as trouble:
        row.troubles.append((asked.id, f"{trouble.what}，{trouble.remedy}。"))
        return
    if answer is not None:
        row.answers[asked.id] = answer


def _cases(actor: Actor, bureau: str, kind: str, act: Act, rows: list[_Row]) -> list[int]:
    """The case that each row means, 0 where none or several could be meant, which is noted with the row."""
    visible = Case.objects.filter(
        HANDLE_CASES.scope_filter(actor, path_field="scope_path", area_field="area"), bureau=bureau
    )
    numbers = sorted({row.case for row in rows if row.case})
    by_number: dict[str, int] = {}
    for first in range(0, len(numbers), _AT_ONCE):
        some = visible.filter(number__in=numbers[first : first + _AT_ONCE]).order_by()
        by_number |= dict(some.values_list("number", "pk"))
    said = {row.person for row in rows if row.person and not row.case}
    persons = {name: item.id for name, item in persons_by_file_number(bureau, said).items()}
    persons |= {name: item.id for name, item in persons_by_id_number(bureau, said).items()}
    ids, waiting = sorted(set(persons.values())), {}
    for first in range(0, len(ids), _AT_ONCE):
        some = visible.filter(person__in=ids[first : first + _AT_ONCE], kind=kind, step__in=act.from_steps)
        some = some.order_by("pk") if act.after_close else some.filter(is_open=True).order_by("pk")
        for pk, person, number in some.values_list("pk", "person_id", "number"):
            waiting.setdefault(person, []).append((pk, number))
    return [_case(row, by_number, persons, waiting, act) for row in rows]


def _case(
    row: _Row,
    by_number: Mapping[str, int],
    persons: Mapping[str, int],
    waiting: Mapping[int, list[tuple[int, str]]],
    act: Act,
) -> int:
    if row.case:
        if row.case not in by_number:
            row.troubles.append(
                (CASE, f"没有编号为“{row.case[:_LONGEST_SAID]}”的办件，或者不在您的权限范围内，请核对编号。")
            )
        return by_number.get(row.case, 0)
    if not row.person:
        row.troubles.append((CASE, f"没有写是哪一件，请填写“{CASE_LABEL}”或“{PERSON_LABEL}”。"))
        return 0
    found = waiting.get(persons.get(row.person, 0), [])
    if len(found) == 1:
        return found[0][0]
    if found:
        numbers = "、".join(number for _, number in found[:5])
        row.troubles.append(
            (PERSON, f"这个人有 {len(found)} 件可以办理“{act.label}”（{numbers}），请填写“{CASE_LABEL}”。")
        )
    else:
        row.troubles.append(
            (PERSON, f"这个人没有可以办理“{act.label}”的办件，请核对{PERSON_LABEL}，或填写“{CASE_LABEL}”。")
        )
    return 0
