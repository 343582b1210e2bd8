"""A roster into the register and the awards that follow from its categories, in one transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from rongji.accounts import trail
from rongji.accounts.bulk import reserve_ids
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.awards.law import AwardLaw
from rongji.awards.models import Award, AwardTerm
from rongji.awards.policies import KEEP_AWARDS
from rongji.awards.selectors import claims_of
from rongji.awards.types import EndKind, StartKind
from rongji.kernel.digest import digest
from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.kernel.refusal import Refusal
from rongji.law.benefits import categories
from rongji.law.recognition import recognition
from rongji.law.refusals import ValueIsMissing
from rongji.people.bulk import BulkTable
from rongji.people.imports.categories import categories_of
from rongji.people.imports.importing import NoteRow, Report, RosterJob
from rongji.people.imports.judging import Objection
from rongji.people.imports.outcome import FieldChange, RosterOutcome, RowOutcome
from rongji.people.imports.problems import Level
from rongji.people.imports.rows import RosterRow
from rongji.rules.entitlement.claim import Claim, End, Start
from rongji.rules.entitlement.standards import rate

MOST_UNITS = 99
_AGAIN = "人员照常导入；补上标准或条件后，再导入一次同一份花名册即可登记"
_AWARD = ("id", "person_id", "bureau", "benefit", "category", "area", "opened_on")
_TERM = ("award_id", "standard_key", "units", "start_kind", "basis_on", "ended_on", "end_kind", "known_on", "decision",
         "evidence")  # fmt: skip


def import_roster(
    *, actor: Actor, bureau: str, source: Path | bytes, file_name: str = "", since: Month | None = None,
    report: Report | None = None,
) -> RosterOutcome:  # fmt: skip
    """Take over a roster: persons, their facts, and the periodic awards of their categories, all of it or nothing.

    since: first month for rows that name neither approval nor start; report: told step, done and total.
    Raises: NotAllowed, OrganisationUnknown, UnreadableWorkbook, BadRoster (its outcome holds every problem).
    """
    return _job(actor, bureau, source, file_name, since, report, is_dry=False).run()


def preview_roster(
    *, actor: Actor, bureau: str, source: Path | bytes, file_name: str = "", since: Month | None = None,
    report: Report | None = None,
) -> RosterOutcome:  # fmt: skip
    """What importing would do, with everything that is wrong; nothing is written.

    Raises: NotAllowed, OrganisationUnknown, UnreadableWorkbook.
    """
    return _job(actor, bureau, source, file_name, since, report, is_dry=True).preview()


def _job(
    actor: Actor, bureau: str, source: Path | bytes, file_name: str, since: Month | None, report: Report | None,
    *, is_dry: bool,
) -> RosterJob:  # fmt: skip
    guard(actor, KEEP_AWARDS, organisation(bureau).scope)
    home = organisation(bureau)
    step = AwardStep(actor, bureau, home.area_code, is_dry, since)
    job = RosterJob(actor, bureau, source, file_name, since, after=step)
    if report:
        job.report = report
    return job


@dataclass(frozen=True, slots=True)
class Wanted:
    """The award that a row speaks for."""

    benefit: str
    key: str
    units: int
    basis_on: date
    ended_on: date | None


@dataclass
class AwardStep:
    """Opens and changes the awards of each batch of rows, within the transaction of the import."""

    actor: Actor
    bureau: str
    area: str
    is_dry: bool
    since: Month | None = None
    counts: dict[str, int] = field(default_factory=lambda: {"opened": 0, "changed": 0, "ended": 0})
    awards: BulkTable = field(default_factory=lambda: BulkTable(Award, _AWARD))
    terms: BulkTable = field(default_factory=lambda: BulkTable(AwardTerm, _TERM))
    superseded: list[int] = field(default_factory=list)
    lacking: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """The law as known today."""
        self.known = self.actor.day
        self.law = AwardLaw.known(self.known)
        self.categories = categories(on=self.known, known_on=self.known, region=self.area, law=self.law.law)
        self.kinds: dict[str, str] = recognition("roster")["standard_kinds"]
        known = categories_of(self.known, self.area).known
        self.by_years = {code for code, item in known.items() if item.needs_years}
        self._ready: dict[tuple[Any, ...], tuple[str, bool]] = {}

    def take(self, outcomes: Sequence[RowOutcome], note: NoteRow) -> list[FieldChange]:
        """The awards of one batch; returns what changed for persons who had the award before."""
        changes: list[FieldChange] = []
        standing = self._standing(outcomes)
        fresh: list[tuple[RowOutcome, Wanted]] = []
        for item in outcomes:
            wanted = self._wanted(item, note)
            if wanted is None:
                continue
            old = _meant(item.row, wanted, standing.get((item.person_id, wanted.benefit), []))
            if old is None:
                fresh.append((item, wanted))
            else:
                changes += self._change(item, wanted, old)
        changes += self._open(fresh)
        self._flush()
        return changes

    def finish(self) -> None:
        """The entry in the trail."""
        if any(self.counts.values()):
            trail.record(
                actor=self.actor,
                action="awards.from_roster",
                subject_kind="awards",
                subject_id=self.bureau,
                summary=f"随花名册登记待遇 {self.counts['opened']} 条，变更 {self.counts['changed']} 条，"
                f"终止 {self.counts['ended']} 条",
                after_digest=digest(self.counts),
                detail=self.counts,
            )

    def _standing(self, outcomes: Sequence[RowOutcome]) -> dict[tuple[int, str], list[Claim]]:
        known = {item.person_id for item in outcomes if item.person_id and not item.is_new}
        claims = sorted(claims_of(known, known_on=self.known), key=lambda claim: (claim.basis_on, claim.term_id))
        found: dict[tuple[int, str], list[Claim]] = {}
        for claim in claims:
            found.setdefault((claim.person_id, claim.benefit), []).append(claim)
        return found

    # --- what a row speaks for ----------------------------------------------------------------------

    def _wanted(self, item: RowOutcome, note: NoteRow) -> Wanted | None:
        row = item.row
        category = self.categories.get(row.category)
        if category is None or not category.benefit:
            return None
        benefit = self.law.benefit(category.benefit, self.area)
        if not benefit.is_monthly:
            return None
        words = {"cause": row.cause, "grade": str(row.grade or ""), "kind": self.kinds.get(row.category, "")}
        key = [words.get(name, "") for name in benefit.keys]
        if not all(key):
            self._note(note, row, f"没有登记“{benefit.label}”：标准分档（{'、'.join(benefit.keys)}）名册里没有")
            return None
        units = self._units(row)
        wanted = Wanted(category.benefit, "|".join(key), units, self._basis(item, category.benefit, "|".join(key)),
                        row.ended_on)  # fmt: skip
        trouble, is_gap = self._trouble(item, wanted)
        if is_gap:
            self._note(note, row, f"“{benefit.label}”已登记，但还不能发放：{trouble}", "补上标准数额后即可发放")
        elif trouble:
            self._note(note, row, f"没有登记“{benefit.label}”：{trouble}")
            return None
        self._compare_start(item, wanted, note)
        return wanted

    def _note(self, note: NoteRow, row: RosterRow, what: str, remedy: str = _AGAIN) -> None:
        """Once for each thing that is missing; how many persons it is about the notes of the outcome say."""
        self.lacking[what] += 1
        if self.lacking[what] == 1:
            note(row, Objection("category", what.rstrip("。"), remedy, Level.WARNING))

    def notes(self) -> list[str]:
        """How many persons lack what."""
        return [f"{what.partition('：')[0]}：{count} 人" for what, count in self.lacking.items()]

    def _units(self, row: RosterRow) -> int:
        """Years of service where the standard is per year, a part of a year counted as a whole one; else one."""
        if not self._goes_by_years(row.category):
            return 1
        if row.service_years:
            return min(row.service_years, MOST_UNITS)
        if row.enlisted_on and row.discharged_on:
            return min(whole_years(row.enlisted_on, row.discharged_on), MOST_UNITS)
        return 1

    def _goes_by_years(self, category: str) -> bool:
        return category in self.by_years

    def _basis(self, item: RowOutcome, benefit: str, key: str) -> date:
        """The day of the approval, else the day from which the timing rule leads to the first month told."""
        row = item.row
        if row.approved_on:
            return row.approved_on
        first = row.benefit_from or self.since or Month.from_day(self.known)
        same = first.first_day
        reached = self._first(item, Wanted(benefit, key, 1, same, None))
        return same if reached is None or reached <= first else (first - 1).first_day

    def _first(self, item: RowOutcome, wanted: Wanted) -> Month | None:
        """The first month by the timing rules, without regard to age; None where they say nothing."""
        try:
            return self.law.months(self._claim(item, wanted, date.min.replace(year=1800)))[0]
        except Refusal:
            return None

    def _claim(self, item: RowOutcome, wanted: Wanted, born_on: date | None = None) -> Claim:
        ended = wanted.ended_on
        return Claim(
            person_id=item.person_id, award_id=0, term_id=0, benefit=wanted.benefit, standard_key=wanted.key,
            area=self.area, units=wanted.units, start=Start.APPROVED, basis_on=wanted.basis_on,
            born_on=born_on or item.born_on, died_on=item.row.died_on, ended_on=ended,
            end=End.DISQUALIFIED if ended else End.NONE,
        )  # fmt: skip

    def _trouble(self, item: RowOutcome, wanted: Wanted) -> tuple[str, bool]:
        """Why the award cannot be entered: no timing, or no standard in force now; asked once for all that are alike.

        The second says that there is a standard whose amount nobody has supplied yet: entered, and not yet paid.

        Standards of long ago are not asked for: months before the payroll begins are not owed by it.
        """
        ended = wanted.ended_on
        alike = (wanted.benefit, wanted.key, wanted.basis_on.year < 1950, ended)
        if alike not in self._ready:
            self._ready[alike] = self._asked(item, wanted)
        return self._ready[alike]

    def _asked(self, item: RowOutcome, wanted: Wanted) -> tuple[str, bool]:
        try:
            self.law.months(self._claim(item, wanted))
            rate(wanted.benefit, wanted.key, self.area, Month.from_day(self.known), self.known, self.law.law)
        except ValueIsMissing as gap:
            return f"自 {gap.facts['effective']} 起的标准数额还没有补录", True
        except Refusal as refusal:
            return str(refusal), False
        return "", False

    def _compare_start(self, item: RowOutcome, wanted: Wanted, note: NoteRow) -> None:
        """Where both the approval and the first month are told, the timing rule should lead from one to the other."""
        told = item.row.benefit_from
        if told is None or item.row.approved_on is None:
            return
        first = self.law.months(self._claim(item, wanted))[0]
        if first != told:
            what = f"按批准时间 {item.row.approved_on} 推算应从 {first} 起发，名册写的是 {told}"
            objection = Objection("benefit_from", what, "待遇按批准时间登记，请核对两个时间", Level.WARNING)
            note(item.row, objection)

    # --- writing --------------------------------------------------------------------------------------

    def _open(self, fresh: Sequence[tuple[RowOutcome, Wanted]]) -> list[FieldChange]:
        self.counts["opened"] += len(fresh)
        ids = iter([0] * len(fresh) if self.is_dry else reserve_ids(Award, len(fresh)))
        changes = []
        for item, wanted in fresh:
            number = next(ids)
            self.awards.add(
                number, item.person_id, self.bureau, wanted.benefit, item.row.category, self.area, self.known
            )
            self._term(number, wanted, StartKind.APPROVED, item.row)
            if not item.is_new:
                label = self.law.benefit(wanted.benefit, self.area).label
                changes.append(FieldChange(item.label, item.row.place, "待遇", "", f"{label}{_terms(wanted)}"))
        return changes

    def _term(self, award: int, wanted: Wanted, start: StartKind, row: RosterRow) -> None:
        end = EndKind.DISQUALIFIED if wanted.ended_on else ""
        self.terms.add(award, wanted.key, wanted.units, start, wanted.basis_on, wanted.ended_on, end, self.known,
                       row.decision, f"花名册{row.place}"[:255])  # fmt: skip

    def _change(self, item: RowOutcome, wanted: Wanted, old: Claim) -> list[FieldChange]:
        """Another key or number of units from the approval on, another start, or an end."""
        row = item.row
        if not row.service_years:  # the years told before are not reckoned anew from days that may be rounded
            wanted = replace(wanted, units=old.units)
        ended = _end(wanted.ended_on, old.ended_on)
        changes_terms = (wanted.key, wanted.units) != (old.standard_key, old.units)
        basis = wanted.basis_on if self._starts_otherwise(row, wanted, old) else old.basis_on
        if not changes_terms and basis == old.basis_on and ended == old.ended_on:
            return []
        self.superseded.append(old.term_id)
        label = self.law.benefit(wanted.benefit, self.area).label
        if changes_terms and wanted.basis_on > old.basis_on and row.approved_on:
            before = Wanted(old.benefit, old.standard_key, old.units, old.basis_on, wanted.basis_on)
            self.terms.add(old.award_id, before.key, before.units, StartKind(old.start), before.basis_on,
                           before.ended_on, EndKind.CHANGED, self.known, "", f"花名册{row.place}"[:255])  # fmt: skip
            self._term(old.award_id, wanted, StartKind.CHANGED, row)
        else:
            after = Wanted(old.benefit, wanted.key, wanted.units, basis, ended)
            self._term(old.award_id, after, StartKind(old.start), row)
        self.counts["ended" if ended != old.ended_on else "changed"] += 1
        was = Wanted(old.benefit, old.standard_key, old.units, old.basis_on, old.ended_on)
        now = Wanted(old.benefit, wanted.key, wanted.units, wanted.basis_on if changes_terms else basis, ended)
        return [FieldChange(item.label, row.place, f"待遇“{label}”", _terms(was), _terms(now))]

    def _starts_otherwise(self, row: RosterRow, wanted: Wanted, old: Claim) -> bool:
        """Whether the row names another start; a day told to the month only does not blur the day that is known."""
        if row.approved_on is None:
            return False
        same_month = Month.from_day(wanted.basis_on) == Month.from_day(old.basis_on)
        return wanted.basis_on != old.basis_on and not (same_month and "approved_on" in row.by_month)

    def _flush(self) -> None:
        if self.is_dry:
            self.awards.rows.clear()
            self.terms.rows.clear()
        else:
            AwardTerm.objects.filter(pk__in=self.superseded).update(superseded_on=self.known)
            self.awards.flush()
            self.terms.flush()
        self.superseded.clear()


def _meant(row: RosterRow, wanted: Wanted, claims: Sequence[Claim]) -> Claim | None:
    """The claim that a row speaks of: the last one that it shares days with; None where it tells another run."""
    if not claims or not (row.approved_on or row.benefit_from):
        return claims[-1] if claims else None
    for old in reversed(claims):
        begins_in = old.ended_on is None or wanted.basis_on <= old.ended_on
        if begins_in and (wanted.ended_on is None or old.basis_on <= wanted.ended_on):
            return old
    return None


def _end(told: date | None, known: date | None) -> date | None:
    """The day of the end; one that is told within the month that is known says nothing new."""
    if told is None or (known is not None and Month.from_day(told) == Month.from_day(known)):
        return known
    return told


def whole_years(first: date, last: date) -> int:
    """Years between two days, a part of a year counted as a whole one, at least one."""
    months = Month.from_day(last).index - Month.from_day(first).index + (last.day > first.day)
    return max(1, -(-months // MONTHS_A_YEAR))


def _terms(wanted: Wanted) -> str:
    key = f"（{wanted.key.replace('|', '、')}）" if wanted.key else ""
    units = f"×{wanted.units}" if wanted.units > 1 else ""
    end = f"，至 {wanted.ended_on}" if wanted.ended_on else ""
    return f"{key}{units} {wanted.basis_on} 起{end}".strip()
