"""Takes over a roster: every row judged, held against the register, then all of it written or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.bulk import reserve_ids
from rongji.accounts.policies import guard
from rongji.accounts.selectors import OrganisationFacts, organisation
from rongji.accounts.types import Actor, Scope
from rongji.kernel.digest import digest, file_digest
from rongji.kernel.month import Month
from rongji.people.imports.against_file import against_file, claimed_twice
from rongji.people.imports.categories import categories_of
from rongji.people.imports.judging import Objection, Setting
from rongji.people.imports.matching import Match, matched, without_number
from rongji.people.imports.outcome import ChangeList, FieldChange, RosterOutcome, RowOutcome
from rongji.people.imports.problems import CellProblem, Level
from rongji.people.imports.reading import RosterReader
from rongji.people.imports.registering import register
from rongji.people.imports.rows import RosterRow
from rongji.people.imports.sealing import Spool, sealed
from rongji.people.imports.source import open_roster
from rongji.people.imports.tables import Tables
from rongji.people.imports.updating import Update
from rongji.people.models import Person, RosterImport
from rongji.people.policies import RECORD_FACTS, REGISTER_PEOPLE
from rongji.people.refusals import BadRoster
from rongji.people.selectors.accounts import living_holders
from rongji.people.services.register import last_serial, next_number

_LONGEST_EVIDENCE = 255
Report = Callable[[str, int, int], None]
NoteRow = Callable[[RosterRow, Objection], None]


class After(Protocol):
    """What a room above does with the rows of a batch, within the same transaction."""

    def take(self, outcomes: Sequence[RowOutcome], note: NoteRow) -> Sequence[FieldChange]:
        """One batch; `note` tells what is to be looked at. Returns what changed for persons known before."""

    def notes(self) -> list[str]:
        """What was done or left out knowingly, in sentences."""

    def finish(self) -> None:
        """All batches are through and everything is written."""


@dataclass
class RosterJob:
    """One roster on its way in.

    since: first month for rows that name neither approval nor start. after: what hangs on the rows in a room above.
    report: told the step, how much of it is done, and of how much.
    """

    actor: Actor
    bureau: str
    source: Path | bytes
    file_name: str = ""
    since: Month | None = None
    after: After | None = None
    report: Report = lambda step, done, total: None
    changes: ChangeList = field(default_factory=ChangeList)
    counts: dict[str, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "unchanged": 0})

    def __post_init__(self) -> None:
        """Permission first. Raises: NotAllowed, OrganisationUnknown, UnreadableWorkbook."""
        self.home: OrganisationFacts = organisation(self.bureau)
        guard(self.actor, REGISTER_PEOPLE, self.home.scope)
        data = self.source if isinstance(self.source, bytes) else self.source.read_bytes()
        self.digest = file_digest(data)
        opened = open_roster(data, self.file_name or (self.source.name if isinstance(self.source, Path) else ""))
        today = self.actor.day
        setting = Setting(today, categories_of(today, self.home.area_code), self.since)
        self.reader = RosterReader(opened, setting, on_row=self._tick)
        self._total = opened.row_count
        self._seen_new: set[str] = set()
        self._highest = 0  # serial number that the roster itself gives

    @property
    def setting(self) -> Setting:
        """What the rows are judged by."""
        return self.reader.setting

    def _tick(self) -> None:
        self.report("核对", self.reader.tally.rows, self._total)

    def preview(self) -> RosterOutcome:
        """What importing would do, with everything that is wrong; nothing is written."""
        with Spool() as spool:
            self._judge(spool)
            self._go_through(spool, is_dry=True)
        return self._outcome()

    def run(self) -> RosterOutcome:
        """Write all of it. Raises: BadRoster with every problem, before anything is written."""
        with Spool() as spool:
            self._judge(spool)
            self._refuse_errors()
            with transaction.atomic():
                trail.lock_head()
                self._go_through(spool, is_dry=False)
                self._refuse_errors()
                number = self._record()
                if self.after:
                    self.after.finish()
        return replace(self._outcome(), import_id=number)

    def _judge(self, spool: Spool) -> None:
        prefix, length = next_number(self.home, 0)[:6], len(next_number(self.home, 0))
        for row in self.reader.rows():
            if row.number.startswith(prefix) and len(row.number) == length and row.number.isdecimal():
                self._highest = max(self._highest, int(row.number[len(prefix) :]))
            spool.add(sealed(row))

    def _refuse_errors(self) -> None:
        if self.reader.problems.errors:
            outcome = self._outcome()
            raise BadRoster(file=self.reader.source.name, count=outcome.errors, outcome=outcome)

    def _go_through(self, spool: Spool, *, is_dry: bool) -> None:
        evidence = f"花名册“{self.reader.source.name}”"[:_LONGEST_EVIDENCE]
        tables = Tables(self.actor, self.actor.day, evidence, is_dry=is_dry)
        serial, done = max(last_serial(self.home), self._highest), 0
        nameless = without_number(self.home.code)
        for batch in spool.batches():
            matches = matched(self.home.code, batch, nameless)
            self._check(matches)
            serial = self._take(matches, tables, serial)
            done += len(batch)
            self.report("比对" if is_dry else "写入", done, spool.count)

    def _take(self, matches: Sequence[Match], tables: Tables, serial: int) -> int:
        """One batch into the tables; returns the last serial number used."""
        good = [match for match in matches if not _stops(match)]
        fresh = [match for match in good if match.state is None and match.sealed.key not in self._seen_new]
        ids = iter([0] * len(fresh) if tables.is_dry else reserve_ids(Person, len(fresh)))
        base, outcomes = tables.evidence, []
        for match in good:
            row = match.sealed.row
            tables.evidence = f"{base}：{row.remark}"[:_LONGEST_EVIDENCE] if row.remark else base
            if match.state is not None or match.sealed.key in self._seen_new:
                outcomes.append(self._update(match, tables))
                continue
            serial += not row.number
            pk = next(ids)
            register(tables, self.home, self.setting, match.sealed, pk, next_number(self.home, serial))
            if tables.is_dry:
                self._seen_new.add(match.sealed.key)
            outcomes.append(RowOutcome(pk, row, True, row.born_on, row.name))
        tables.evidence = base
        tables.flush()
        self._count(outcomes)
        return serial

    def _update(self, match: Match, tables: Tables) -> RowOutcome:
        row, state = match.sealed.row, match.state
        if state is None:  # a further row of somebody new, while nothing is written
            told = FieldChange(row.name, row.place, "身份", "", self.setting.categories.known[row.category].label)
            return RowOutcome(0, row, False, row.born_on, row.name, [told])
        changes = Update(tables, self.setting, match.sealed, state).changes()
        who = f"{state.person.name}（{state.person.number}）"
        return RowOutcome(state.person.id, row, False, row.born_on or state.person.born_on, who, changes)

    def _count(self, outcomes: Sequence[RowOutcome]) -> None:
        if self.after:
            further = self.after.take(outcomes, self._note)
            places = {change.place for change in further}
            self.changes.add(list(further))
        else:
            places = set()
        for item in outcomes:
            self.changes.add(item.changes)
            is_changed = bool(item.changes) or item.row.place in places
            self.counts["added" if item.is_new else "changed" if is_changed else "unchanged"] += 1

    def _check(self, matches: Sequence[Match]) -> None:
        """What only the register can object to, noted at its cell."""
        for match in matches:
            if match.state is not None and not _may(self.actor, match.state.person):
                what = "这个人的档案不在您的权限范围内"
                match.objections.append(Objection("name", what, "请由管理该站点的人员导入"))
        self._check_accounts(matches)
        for match in matches:
            match.objections += against_file(match, self.setting)
        for match in claimed_twice(matches):
            what = "前面还有一行用另一个身份证号，对应的也是同一份没有身份证号的档案"
            match.objections.append(Objection("id_number", what, "请在其中一行填写档案号；另一个人请先单独建档"))
        for match in matches:
            for item in match.objections:
                self._note(match.sealed.row, item)

    def _check_accounts(self, matches: Sequence[Match]) -> None:
        """An account that another living person is paid into; one that the person has already was settled then."""
        mine: dict[str, list[Match]] = {}
        for match in matches:
            if _is_another_account(match):
                mine.setdefault(match.sealed.account_index, []).append(match)
        for index, holder in living_holders(list(mine)):
            what = f"账号是在册人员 {holder.name}（{holder.number}）正在使用的"
            remedy = "请核对账号；确由家属或监护人代领的，在备注中写明依据"
            for match in mine[index]:
                level = Level.WARNING if match.sealed.row.remark else Level.ERROR
                match.objections.append(Objection("account_number", what, remedy, level))

    def _note(self, row: RosterRow, objection: Objection) -> None:
        bound = self.reader.bounds[row.sheet]
        index = bound.positions.get(objection.column, bound.positions.get("name", -1))
        problem = CellProblem(row.sheet, row.row, index, row.name, objection.what, objection.remedy,
                              objection.level)  # fmt: skip
        self.reader.problems.add(problem)

    def _record(self) -> int:
        """The row of the import and its entry in the trail; none when the register already said all of it."""
        if not (self.counts["added"] or self.counts["changed"]):
            return 0
        made = RosterImport.objects.create(
            bureau=self.home.code,
            file_name=self.reader.source.name[:255],
            file_digest=self.digest,
            row_count=self.reader.tally.persons,
            imported_at=self.actor.at,
            imported_by=self.actor.label[:160],
            **self.counts,
        )
        detail: dict[str, Any] = {"import": made.pk, "file": self.reader.source.name, "digest": self.digest,
                                  **self.counts, "categories": dict(self.reader.tally.categories)}  # fmt: skip
        trail.record(
            actor=self.actor,
            action="people.import_roster",
            subject_kind="bureau",
            subject_id=self.home.code,
            summary=f"导入花名册“{self.reader.source.name}”：新增 {self.counts['added']} 人，变更 "
            f"{self.counts['changed']} 人，未变 {self.counts['unchanged']} 人",
            after_digest=digest(detail),
            detail=detail,
        )
        return made.pk

    def _outcome(self) -> RosterOutcome:
        problems, tally = self.reader.problems, self.reader.tally
        return RosterOutcome(
            bureau=self.home.code,
            file=self.reader.source.name,
            rows=tally.persons,
            problems=tuple(problems.kept),
            errors=problems.errors,
            warnings=problems.warnings,
            categories=dict(tally.categories),
            changes=tuple(self.changes.kept),
            change_count=self.changes.count,
            notes=(*tally.notes(), *(self.after.notes() if self.after else ())),
            **self.counts,
        )


def _may(actor: Actor, person: Any) -> bool:
    return RECORD_FACTS.permits(actor, Scope(path=person.scope_path, area=person.area))


def _is_another_account(match: Match) -> bool:
    index, held = match.sealed.account_index, match.state.accounts if match.state else ()
    return bool(index) and not any(fact.number_index == index for fact in held)


def _stops(match: Match) -> bool:
    return any(item.level is Level.ERROR for item in match.objections)
