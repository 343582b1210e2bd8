"""The demo's county: 11 647 files, 5 284 recipients and two years of payments, lived through month by month.

Nothing is typed that a service could do: people are registered, die, move, turn sixty and are graded through the
same services as a clerk's, and every month is computed, approved by others, sent to a bank, answered and posted.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rongji.accounts import services as accounts
from rongji.accounts.selectors import actor_named
from rongji.accounts.types import Actor, Origin, OriginKind
from rongji.awards import services as awards
from rongji.awards.selectors import awards_of
from rongji.awards.types import EndKind, NewAward, NewGrant
from rongji.budget import services as budget
from rongji.cli import demo_bank
from rongji.cli.demo_cases import Casework
from rongji.cli.demo_matters import Matters
from rongji.cli.demo_placement import place
from rongji.cli.demo_records import Registers
from rongji.kernel.china_time import CHINA
from rongji.kernel.month import Month
from rongji.law.values import find
from rongji.payments import services as payments
from rongji.payments.bank.batches import batch_file, batch_named, make_batch, retry_failed
from rongji.payments.bank.returns import import_return
from rongji.payments.posting import post_run
from rongji.payments.selectors import payments_of_run, recoveries
from rongji.payments.types import PaymentState
from rongji.people import services as people
from rongji.people.services import NewArchiveItem
from rongji.people.synthetic import SyntheticPerson, card_number, county, stations
from rongji.people.types import (
    LifeEventKind,
    NewAccount,
    NewGrade,
    NewIdentity,
    NewMerit,
    NewPerson,
    NewResidence,
    NewService,
)
from rongji.rules.entitlement.discharge_grant import Discharge, discharge_grant
from rongji.rules.entitlement.funeral_grant import RecipientDeath, funeral_grant
from rongji.rules.entitlement.merit_award import Merit, MeritYear, merit_award
from rongji.rules.entitlement.one_off import OneOff

BUREAU, AREA = "yunhu", "990201"
OPENED_ON = date(2022, 12, 20)
LEGACY_ON = date(2023, 1, 3)
REGRADED_FROM = Month.of(2023, 7)  # a year after everybody was graded
FIRST, LAST = Month.of(2023, 1), Month.of(2024, 12)
BANK_PROFILE = "delimited-gbk"
ARCHIVE, EVERYBODY = "entitlement.archive_items", "*"
BANK_NAME = "云湖县农村商业银行（示例）"
BENEFITS = {
    "11": "disability_pension", "21": "survivor_pension", "22": "survivor_pension", "23": "survivor_pension",
    "33": "red_army_allowance", "41": "demobilised_allowance", "42": "ill_veteran_allowance",
    "51": "war_participant_allowance", "61": "nuclear_participant_allowance", "81": "rural_veteran_allowance",
    "B1": "martyr_child_allowance",
}  # fmt: skip
KINDS = {"21": "烈属", "22": "因公牺牲", "23": "病故", "33": "失散红军", "41": "其他"}
LATE_REPORT_IN = 6  # one death in six is told only months later
RETURN_ONE_IN = 600


@dataclass(slots=True)
class Resident:
    """One person of the county as the simulation follows them. asked: an application of theirs was taken in."""

    id: int
    made: SyntheticPerson
    award: int | None = None
    grade: int = 0
    alive: bool = True
    here: bool = True
    asked: bool = False


@dataclass
class County:
    """The county under simulation. say: told what is going on; examples: folder of its budgets and other postings."""

    say: Callable[[str], None]
    examples: Path
    random: Random = field(default_factory=lambda: Random(990201))
    residents: list[Resident] = field(default_factory=list)
    late: dict[Month, list[tuple[Resident, date]]] = field(default_factory=dict)
    cards: int = 0

    def __post_init__(self) -> None:
        self.cases = Casework(bureau=BUREAU, area=AREA, at=_at, random=Random(12345))
        self.matters = Matters(self.residents, Random(54321))

    def live(self, operator: Actor) -> None:
        """Open the county and live through its months."""
        self._open(operator)
        for year in range(FIRST.year, LAST.year + 1):
            self._budget(operator, year)
        for matter in self.matters.legacy(LEGACY_ON):
            self.cases.expect(matter)
        for month in FIRST.until(LAST):
            self.say(f"云湖县 {month.label} ……")
            self._happen(month)
            self._work(month)
            self._pay(month)
            if month.month == 11:
                self._confirm(month)
        self._register()
        self._until_today(operator.day)

    def _open(self, operator: Actor) -> None:
        for code, name, parent in stations(AREA):
            accounts.open_organisation(
                actor=operator, code=code, name=name, kind="station", area_code=AREA, parent_code=parent or BUREAU
            )
        clerk = _at("clerk", OPENED_ON)
        everybody = list(county(area=AREA))
        numbers = people.register_many(actor=clerk, bureau=BUREAU, people=map(_new_person, everybody))
        self.residents.extend(
            Resident(number, made, grade=made.grade) for number, made in zip(numbers, everybody, strict=True)
        )
        paid = [resident for resident in self.residents if resident.made.category]
        opened = awards.open_many(actor=clerk, bureau=BUREAU, awards=[_new_award(item) for item in paid])
        for resident, award in zip(paid, opened, strict=True):
            resident.award = award
        self._families(clerk)
        papers = [paper for item in paid for paper in _papers(item)]
        people.add_archive_items(actor=clerk, bureau=BUREAU, items=papers)
        payments.open_payroll(
            actor=_at("finance", OPENED_ON), bureau=BUREAU, first_month=FIRST, bank_profile=BANK_PROFILE
        )

    def _until_today(self, today: date) -> None:
        """What was still in hand at the end of the last year comes to its end; some new matters are in hand today."""
        self.cases.until(today - timedelta(days=60))
        for matter in self.matters.fresh(today):
            self.cases.expect(matter)
        self.cases.until(today)

    def _register(self) -> None:
        """The registers of the last year, as they stand at its end."""
        here = [item for item in self.residents if item.alive and item.here]
        place(bureau=BUREAU, at=_at, stations=[code for code, _, _ in stations(AREA)], random=Random(18))
        tables = self.examples / "records"
        Registers(bureau=BUREAU, area=AREA, at=_at, tables=tables, residents=here, random=Random(2024)).fill(self.say)

    def _families(self, clerk: Actor) -> None:
        """Families of martyrs: the recipient, and a neighbour of the same village as son or daughter."""
        kin = {item.made.station_code: item for item in self.residents if not item.made.category}
        for resident in self.residents:
            child = kin.pop(resident.made.station_code, None) if resident.made.category == "21" else None
            if child is not None and child.made.born_on.year > resident.made.born_on.year + 18:
                family = people.open_family(actor=clerk, bureau=BUREAU, number=f"L{resident.id:05d}")
                for member, role in ((resident, "户主"), (child, "子女")):
                    people.add_family_member(
                        actor=clerk, family_id=family, person_id=member.id, role=role, from_on=OPENED_ON
                    )

    def _budget(self, operator: Actor, year: int) -> None:
        where = {"actor": operator, "bureau": BUREAU, "year": year}
        budget.import_budget_lines(path=self.examples / f"budget_lines_{year}.csv", **where)
        budget.import_postings(path=self.examples / f"basic_postings_{year}.csv", **where)

    def _happen(self, month: Month) -> None:
        """What becomes of people in one month, as it becomes known."""
        self._deaths(month)
        self._sixtieth_birthdays(month)
        self._recognitions(month)
        if month.month % 2:
            self._move(month)
        if month.month % 2 and month >= REGRADED_FROM:
            self._regrade(month)
        self._repay(month)
        if month.month == 1:
            self._merits(month)
        if month.month == 3:
            self._discharges(month)

    def _work(self, month: Month) -> None:
        """What comes in within the month, and everything that is done in it about all that came."""
        for matter in self.matters.of(month.first_day, is_busy=month.year == LAST.year):
            self.cases.expect(matter)
        self.cases.until((month + 1).first_day - timedelta(days=1))

    def _deaths(self, month: Month) -> None:
        for resident, died_on in self.late.pop(month, []):
            self._bury(resident, died_on, _day(month, 4))
        for resident in self._old(13):
            died_on = month.first_day + timedelta(days=self.random.randrange(3))
            resident.alive = False
            if self.random.randrange(LATE_REPORT_IN) == 0 and month + 3 <= LAST:
                self.late.setdefault(month + self.random.randint(2, 3), []).append((resident, died_on))
            else:
                self._bury(resident, died_on, _day(month, 6))

    def _bury(self, resident: Resident, died_on: date, told_on: date) -> None:
        people.record_death(
            actor=_at("clerk", told_on), person_id=resident.id, died_on=died_on, evidence="居民死亡医学证明"
        )
        deceased = {"11": "残疾军人", "21": "三属", "22": "三属", "23": "三属"}.get(resident.made.category)
        if deceased and resident.made.cause in ("", "因病"):
            self._funeral(resident, deceased, died_on, told_on)

    def _funeral(self, resident: Resident, deceased: str, died_on: date, told_on: date) -> None:
        death = RecipientDeath(died_on, deceased, _standard_key(resident.made), AREA)
        found = funeral_grant(death, known_on=told_on)
        self._give(resident, "funeral_grant", f"death:{died_on}", died_on, told_on, found, asdict(death))

    def _merits(self, month: Month) -> None:
        """Orders of merit of the year before, delivered in January."""
        soldiers = [item for item in self.residents if item.made.discharged_on and item.made.born_on.year > 1996]
        for resident in self.random.sample(soldiers, 20):
            day = month.first_day - timedelta(days=20)
            grade = "三等功" if self.random.randrange(4) == 0 else "四有优秀个人"
            people.record_merit(
                actor=_at("clerk", _day(month, 6)), person_id=resident.id,
                new=NewMerit(grade=grade, awarded_on=day, evidence="立功受奖通报"),
            )  # fmt: skip
            found = merit_award(MeritYear((Merit(grade, day),), AREA), known_on=_day(month, 6))
            inputs = {"grade": grade, "awarded_on": str(day)}
            self._give(resident, "merit_award", f"merit:{day}", day, _day(month, 6), found, inputs)

    def _discharges(self, month: Month) -> None:
        """Conscripts who came home in the autumn and found work by themselves."""
        home = [item for item in self.residents if item.made.discharged_on and item.made.discharged_on.year >= 2020]
        for resident in self.random.sample(home, min(40, len(home))):
            made = resident.made
            assert made.enlisted_on is not None
            came = Discharge(date(month.year - 3, 9, 1), date(month.year - 1, 9, 1), "义务兵", AREA)
            found = discharge_grant(came, known_on=_day(month, 6))
            key = f"discharge:{came.discharged_on}"
            self._give(resident, "discharge_grant", key, came.discharged_on, _day(month, 6), found, asdict(came))

    def _give(
        self, resident: Resident, benefit: str, key: str, event_on: date, day: date, found: OneOff, inputs: dict
    ) -> None:
        """A one-off grant as its rule computed it, recorded by one and approved by another."""
        grant = awards.record_grant(
            actor=_at("clerk", day),
            new=NewGrant(
                person_id=resident.id, benefit=benefit, key=key, event_on=event_on, due_month=Month.from_day(day),
                amount_fen=found.fen, rule=f"entitlement.{benefit}", standards=found.standards,
                inputs={name: str(value) for name, value in inputs.items()},
            ),
        )  # fmt: skip
        awards.approve_grant(actor=_at("section", day), grant_id=grant)

    def _sixtieth_birthdays(self, month: Month) -> None:
        for resident in self.residents:
            born = Month.from_day(resident.made.born_on)
            is_here = resident.alive and resident.here and not resident.asked
            if not resident.made.category and born + 60 * 12 == month and is_here:
                resident.asked = True
                self.cases.expect(self.matters.rural(resident, _day(month, 2), partial(self._awarded, resident)))

    def _recognitions(self, month: Month) -> None:
        """Illness from service and disability, found by chance among those who get nothing and ask for nothing yet."""
        ready = [item for item in self.residents if item.award is None and item.alive and item.here and not item.asked]
        ready = [item for item in ready if item.made.discharged_on and item.made.discharged_on < month.first_day]
        found = self.random.sample(ready, 6)
        for resident in found:
            resident.asked = True
        for resident in found[:5]:
            self.cases.expect(self.matters.illness(resident, _day(month, 3), partial(self._awarded, resident)))
        graded = partial(self._graded, found[5], self.random.randint(7, 10))
        self.cases.expect(self.matters.disability(found[5], _day(month, 3), graded.args[1], graded))

    def _regrade(self, month: Month) -> None:
        """One disability in two months is found to have grown worse by a grade, each at most once."""
        able = [item for item in self.residents if item.made.category == "11" and item.made.cause == "因公"]
        able = [item for item in able if item.alive and item.here and 4 <= item.grade <= 10 and not item.asked]
        resident = self.random.choice(able)
        resident.asked = True
        graded = partial(self._graded, resident, resident.grade - 1)
        self.cases.expect(self.matters.disability(resident, _day(month, 5), resident.grade - 1, graded))

    def _awarded(self, resident: Resident, day: date) -> None:
        """What a decided case opened for somebody."""
        resident.award = awards_of(resident.id, known_on=day)[-1].id

    def _graded(self, resident: Resident, grade: int, day: date) -> None:
        resident.grade = grade
        self._awarded(resident, day)

    def _repay(self, month: Month) -> None:
        """Families pay back after two months what came after a death; one in seven keeps the bureau waiting."""
        finance = _at("finance", _day(month, 8))
        for item in recoveries(finance, BUREAU):
            if item.pay_month + 2 == month and item.id % 7:
                payments.record_repayment(
                    actor=finance, recovery_id=item.id, amount_fen=item.left_fen, repaid_on=finance.day,
                    evidence=f"缴款书{month.number}{item.id:04d}号",
                )  # fmt: skip

    def _move(self, month: Month) -> None:
        """One recipient moves away: paid here to December, by the new county from January."""
        resident = self.random.choice([item for item in self.residents if item.award and item.alive and item.here])
        resident.here = False
        clerk, moved = _at("clerk", _day(month, 6)), _day(month, 3)
        people.record_move(
            actor=clerk, person_id=resident.id, kind=LifeEventKind.MOVED_OUT, happened_on=moved, other_area="990202",
            evidence="抚恤关系转移介绍信",
        )  # fmt: skip
        if resident.award is not None:
            awards.end_award(actor=clerk, award_id=resident.award, ended_on=moved, end=EndKind.MOVED_OUT)

    def _old(self, count: int) -> list[Resident]:
        """Recipients drawn by chance, the old ones more often."""
        living = [item for item in self.residents if item.award and item.alive and item.here]
        weights = [max(1, 1990 - item.made.born_on.year) ** 3 for item in living]
        return _distinct(self.random.choices(living, weights, k=count))

    def _pay(self, month: Month) -> None:
        """One month's run from computing to posting."""
        day = _day(month, 10)
        run = payments.compute_run(actor=_at("clerk", day), bureau=BUREAU, pay_month=month)
        payments.propose_run(actor=_at("clerk", day), run_id=run)
        for name in ("section", "director", "finance"):
            if payments.approve_run(actor=_at(name, day), run_id=run, note="与上月对比无异常"):
                break
        with TemporaryDirectory() as folder:
            self._send(run, month, Path(folder))
        post_run(actor=_at("finance", _day(month, 25)), run_id=run)

    def _send(self, run: int, month: Month, folder: Path) -> None:
        finance = _at("finance", _day(month, 12))
        batch = make_batch(actor=finance, run_id=run)
        sent = batch_file(batch_named(batch.number))
        refused = demo_bank.accounts_to_refuse(sent, one_in=RETURN_ONE_IN)
        _take(folder, batch.number, demo_bank.answer(sent, refused_accounts=refused), _at("finance", _day(month, 14)))
        if refused:
            self._mend(run, month, folder)

    def _mend(self, run: int, month: Month, folder: Path) -> None:
        """New cards for those whose payment came back, and a second batch."""
        for payment in payments_of_run(_at("finance", _day(month, 16)), run, state=PaymentState.RETURNED):
            self.cards += 1
            account = NewAccount(
                number=card_number(f"629998{self.cards:012d}"), holder=payment.payee, bank=BANK_NAME,
            )  # fmt: skip
            people.record_bank_account(actor=_at("clerk", _day(month, 16)), person_id=payment.person_id, new=account)
        again = retry_failed(actor=_at("finance", _day(month, 17)), run_id=run)
        sent = batch_file(batch_named(again.number))
        _take(folder, again.number, demo_bank.answer(sent, refused_accounts=()), _at("finance", _day(month, 19)))

    def _confirm(self, month: Month) -> None:
        """The yearly confirmation of everybody who is paid."""
        clerk = _at("clerk", _day(month, 20))
        round_id = people.open_confirmation_round(actor=clerk, bureau=BUREAU, year=month.year)
        waiting = people.persons_to_confirm(actor=clerk, round_id=round_id)
        people.confirm_unchanged(actor=clerk, round_id=round_id, person_ids=waiting, method="上门或视频核对")
        people.close_confirmation_round(actor=clerk, round_id=round_id)


def _distinct(found: list[Resident]) -> list[Resident]:
    return list({item.id: item for item in found}.values())


def _take(folder: Path, number: str, content: bytes, finance: Actor) -> None:
    path = folder / f"{number}.txt"
    path.write_bytes(content)
    import_return(actor=finance, batch_number=number, path=path)


def _at(username: str, day: date) -> Actor:
    """A demo account acting on a day of the past."""
    instant = datetime(day.year, day.month, day.day, 10, tzinfo=CHINA)
    return actor_named(username=username, origin=Origin(OriginKind.CLI, "rongji demo"), at=instant)


def _day(month: Month, day: int) -> date:
    return month.first_day + timedelta(days=day - 1)


def _standard_key(made: SyntheticPerson) -> str:
    return f"{made.cause}|{made.grade}" if made.category == "11" else KINDS.get(made.category, "")


def _new_award(resident: Resident) -> NewAward:
    made = resident.made
    units = made.service_years if made.category == "81" else 1
    return NewAward(
        resident.id, BENEFITS[made.category], date(2022, 6, 1), standard_key=_standard_key(made), units=units,
        category=made.category, decision="历年审批表",
    )  # fmt: skip


def _new_person(made: SyntheticPerson) -> NewPerson:
    since = Month.of(2022, 7)
    service = made.enlisted_on and NewService(enlisted_on=made.enlisted_on, discharged_on=made.discharged_on)
    return NewPerson(
        name=made.name,
        registration="农村" if made.enlisted_on else "",
        id_number=made.id_number,
        number=made.number,
        phone=made.phone,
        residence=NewResidence(village=made.village, station_code=made.station_code),
        identities=tuple(_identities(made, since)),
        grades=tuple(_grades(made)),
        service=(service,) if service else (),
        account=NewAccount(number=made.account, holder=made.name, bank=BANK_NAME),
    )


def _identities(made: SyntheticPerson, since: Month) -> Iterator[NewIdentity]:
    if made.category:
        yield NewIdentity(category=made.category, first_month=since, decision="历年审批表")


def _grades(made: SyntheticPerson) -> Iterator[NewGrade]:
    if made.grade:
        yield NewGrade(cause=made.cause, grade=made.grade, decided_on=date(2022, 6, 1), decision="历年审批表")


def _papers(resident: Resident) -> Iterator[tuple[int, NewArchiveItem]]:
    """What the law wants in the file; every fortieth person lacks the last paper."""
    wanted = [kind for category in (EVERYBODY, resident.made.category) for kind in _required(category)]
    lacking = 1 if resident.id % 40 == 0 else 0
    for kind in wanted[: len(wanted) - lacking]:
        yield resident.id, NewArchiveItem(kind=kind, pages=1 + len(kind) % 4, location=f"{resident.made.town + 1}柜")


@cache
def _required(category: str) -> tuple[str, ...]:
    row = find(ARCHIVE, on=OPENED_ON, known_on=OPENED_ON, category=category)
    return (*row.value.required, *row.value.any_of[:1]) if row else ()
