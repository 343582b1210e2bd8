"""A table of results, lots and confirmations on its way in: its dry run, and taking it over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from rongji.accounts.types import Actor
from rongji.kernel.digest import file_digest
from rongji.kernel.refusal import Refusal
from rongji.law.shapes.placement import points_text
from rongji.people.imports import marked
from rongji.people.imports.cells import plain_text
from rongji.people.imports.headings import Bound, bind
from rongji.people.imports.problems import CellProblem, ProblemList
from rongji.people.imports.rows import Aside, aside
from rongji.people.imports.source import Marks, Source, SourceSheet, Values, open_roster
from rongji.people.imports.words import Words
from rongji.placement.models import Candidate, Cohort, ExamResult
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.placement.refusals import ResultsRefused
from rongji.placement.results_table import CONFIRMED, LOT, NAME, NUMBER, REMARK, YES, Standing, kept_cohort, table_words
from rongji.placement.services.examining import mark_stale, refuse_lot
from rongji.placement.types import CohortState
from rongji.placement.writing import AT_ONCE, on_cohort, record, refuse_state, update_many
from rongji.rules.placement.composition import ABSENT, check_marks

MOST_CHANGES = 300
_STEP = "导入成绩"
_SKIPPED = frozenset({Aside.BLANK, Aside.TOTAL, Aside.HEADING, Aside.NUMBERING})


@dataclass
class ResultsOutcome:
    """What taking over a table did, or would do. changes: the first of them, as lines."""

    file: str
    rows: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: ProblemList = field(default_factory=ProblemList)
    changes: list[str] = field(default_factory=list)
    change_count: int = 0

    @property
    def errors(self) -> int:
        """How much must be put right."""
        return self.problems.errors

    @property
    def is_empty(self) -> bool:
        """Whether everything stands as the table says."""
        return not self.changed


def preview_results(
    *, actor: Actor, cohort_id: int, source: bytes | Sequence[Mapping[str, Any]], file_name: str = "成绩表.xlsx"
) -> ResultsOutcome:
    """What taking over a table would do, with everything that is wrong; nothing is written.

    source: a file, or rows as heading → cell.
    Raises: CohortUnknown, NotAllowed, CohortStep, UnreadableWorkbook and those of the law.
    """
    cohort = kept_cohort(actor, cohort_id)
    refuse_state(cohort, (CohortState.PREPARING,), _STEP)
    return _Job(cohort, actor, _opened(source, file_name)).judge()


def import_results(
    *, actor: Actor, cohort_id: int, source: bytes | Sequence[Mapping[str, Any]], file_name: str = "成绩表.xlsx"
) -> ResultsOutcome:
    """Take over a table, all of it or nothing; the same table a second time changes nothing.

    Raises: as preview_results, and ResultsRefused with the outcome.
    """
    opened = _opened(source, file_name)
    with on_cohort(
        actor=actor, cohort_id=cohort_id, policy=KEEP_PLACEMENT, states=(CohortState.PREPARING,), step=_STEP
    ) as cohort:
        job = _Job(cohort, actor, opened)
        outcome = job.judge()
        if outcome.errors:
            raise ResultsRefused(file=outcome.file, count=outcome.errors, outcome=outcome)
        if not outcome.is_empty:
            job.write()
            digest = file_digest(source) if isinstance(source, bytes) else ""
            facts = {"file": outcome.file, "digest": digest, "rows": outcome.rows, "changed": outcome.changed}
            said = f"导入“{outcome.file}”：{outcome.rows} 人，变更 {outcome.changed} 人"
            record(actor, "import_results", cohort, said, facts)
    return outcome


def marked_results(actor: Actor, cohort_id: int, source: bytes, file_name: str, path: Any) -> None:
    """Write the user's own table with every bad cell marked.

    Raises: as preview_results.
    """
    outcome = preview_results(actor=actor, cohort_id=cohort_id, source=source, file_name=file_name)
    known = table_words(Standing(kept_cohort(actor, cohort_id), actor).parts)
    marked.write_marked(path, source, outcome.problems.kept, outcome.file, known)


@dataclass
class _Job:
    """One table on its way in."""

    cohort: Cohort
    actor: Actor
    source: Source

    def __post_init__(self) -> None:
        self.standing = Standing(self.cohort, self.actor)
        self.outcome = ResultsOutcome(self.source.name)
        self.taken: dict[str, dict[str, str]] = {}

    def judge(self) -> ResultsOutcome:
        """Every row read and held against what stands."""
        known, is_read = table_words(self.standing.parts), False
        for sheet in self.source.sheets:
            bound = None if known.is_note(sheet.title) else bind(sheet, known, self.outcome.problems)
            if bound is not None:
                is_read = True
                self._sheet(sheet, bound, known)
        if is_read and not self.outcome.rows:
            self._problem("", 0, -1, "", "表头下面没有一行成绩", "请下载成绩表，填写后再导入")
        return self.outcome

    def write(self) -> None:
        """Everything that the table tells otherwise."""
        people = {number: self.standing.by_number[number] for number in self.taken}
        self._write_results(people)
        self._write_lots(people)
        self._write_confirmations(people)

    def _sheet(self, sheet: SourceSheet, bound: Bound, known: Words) -> None:
        for number, values in sheet.rows():
            if number > bound.last_row and aside(values, bound, known) not in _SKIPPED:
                self._row(sheet, number, values, bound)

    def _row(self, sheet: SourceSheet, number: int, values: Values, bound: Bound) -> None:
        cells = {
            name: plain_text(values[index]).strip() for name, index in bound.positions.items() if index < len(values)
        }
        self.outcome.rows += 1
        before = self.outcome.errors
        for name, what, remedy in self._wrong(cells):
            self._problem(sheet.title, number, bound.positions.get(name, -1), cells.get(name, ""), what, remedy)
        if self.outcome.errors == before:
            self._compare(cells)

    def _wrong(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
        """Cell, what is wrong with it, and what to do."""
        candidate = self.standing.by_number.get(cells.get(NUMBER, ""))
        if candidate is None:
            yield NUMBER, "名单上没有这个编号的待安置退役士兵", "请按本批次名单上的编号填写"
            return
        if cells[NUMBER] in self.taken:
            yield NUMBER, "这个编号在表里出现两次", "请只留一行"
        name = self.standing.names[candidate.pk]
        if cells.get(NAME) and cells[NAME] != name:
            yield NAME, f"{candidate.number} 号是{name}", "请核对编号和姓名"
        yield from self._wrong_marks(cells)
        yield from _wrong_lot(cells.get(LOT, ""))
        yield from self._wrong_confirmation(candidate, cells.get(CONFIRMED, ""))

    def _wrong_marks(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
        for name, part in self.standing.parts.items():
            text = cells.get(name, "")
            if not text or text == ABSENT:
                continue
            try:
                check_marks(part, Decimal(text))
            except InvalidOperation:
                yield name, f"“{text}”不是成绩", f"请填 0 到 {points_text(part.full)} 的数，没有参加的填“{ABSENT}”"
            except Refusal as refusal:
                yield name, str(refusal).rstrip("。"), "请核对成绩单"

    def _wrong_confirmation(self, candidate: Candidate, text: str) -> Iterator[tuple[str, str, str]]:
        if text not in ("", YES):
            yield CONFIRMED, f"“{text}”不是确认", f"本人已经确认的填“{YES}”，没有的留空"
        elif text and candidate.pk not in self.standing.sheets:
            yield CONFIRMED, "还没有积分表，不能确认", "请先核算积分，给本人看过再确认"

    def _compare(self, cells: dict[str, str]) -> None:
        """Keep what the row tells otherwise; an empty cell leaves what stands."""
        number = cells[NUMBER]
        now = self.standing.told(self.standing.by_number[number])
        told = {name: _same_form(text) for name, text in cells.items() if text and name not in (NUMBER, NAME)}
        changed = {name: text for name, text in told.items() if text != now.get(name, "")}
        self.taken[number] = changed
        if not changed:
            self.outcome.unchanged += 1
            return
        self.outcome.changed += 1
        for name, text in changed.items():
            self.outcome.change_count += 1
            if len(self.outcome.changes) < MOST_CHANGES:
                self.outcome.changes.append(f"{number} 号 {now[NAME]}　{name}：{now.get(name) or '（空）'} → {text}")

    def _write_results(self, people: Mapping[str, Candidate]) -> None:
        fresh, again = [], []
        for number, part, text in self._cells(self.standing.parts):
            marks = None if text == ABSENT else Decimal(text)
            evidence = f"导入“{self.source.name}”"[:120]
            row = self.standing.results.get((people[number].pk, part))
            (again if row else fresh).append(row or ExamResult(candidate=people[number], part=part))
            target = (again if row else fresh)[-1]
            target.marks, target.evidence, target.recorded_on = marks, evidence, self.actor.day
        ExamResult.objects.bulk_create(fresh, batch_size=AT_ONCE)
        update_many(again, ("marks", "evidence", "recorded_on"))
        mark_stale(dict.fromkeys(row.candidate_id for row in (*fresh, *again)))

    def _write_lots(self, people: Mapping[str, Candidate]) -> None:
        changed = []
        for number, _, text in self._cells((LOT,)):
            people[number].lot = int(text)
            changed.append(people[number])
        update_many(changed, ("lot",))

    def _write_confirmations(self, people: Mapping[str, Candidate]) -> None:
        changed = {}
        for number, name, text in self._cells((CONFIRMED, REMARK)):
            sheet = self.standing.sheets.get(people[number].pk)
            if sheet is None:
                continue
            if name == CONFIRMED:
                sheet.confirmed_on = self.actor.day
            else:
                sheet.confirmed_note = text[:255]
            changed[sheet.pk] = sheet
        update_many(list(changed.values()), ("confirmed_on", "confirmed_note"))

    def _cells(self, names: Sequence[str] | Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Number, column and new text of every change in some columns."""
        for number, changed in self.taken.items():
            for name in names:
                if name in changed:
                    yield number, name, changed[name]

    def _problem(self, sheet: str, row: int, column: int, found: str, what: str, remedy: str) -> None:
        self.outcome.problems.add(CellProblem(sheet, row, column, found, what, remedy))


def _wrong_lot(text: str) -> Iterator[tuple[str, str, str]]:
    try:
        if text:
            refuse_lot(int(text) if text.isdecimal() and len(text) < 9 else 0)
    except Refusal:
        yield LOT, f"“{text}”不是抽签号", "请填抽到的号，从 1 起的整数"


def _same_form(text: str) -> str:
    """82.50 as 82.5; words as they are."""
    try:
        return points_text(Decimal(text))
    except InvalidOperation:
        return text


def _opened(source: bytes | Sequence[Mapping[str, Any]], file_name: str) -> Source:
    if isinstance(source, bytes):
        return open_roster(source, file_name)
    names = tuple(dict.fromkeys(name for row in source for name in row))
    lines = (names, *(tuple(str(row.get(name, "")) for name in names) for row in source))
    sheet = SourceSheet("", Marks(), (), len(lines), len(names), None, lines)
    return Source(file_name, "rows", (sheet,))
