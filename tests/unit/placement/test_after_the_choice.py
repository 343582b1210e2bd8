"""After the choice: letter, start within a month, contract of three years, file and receipt, waiting time, measures."""

from datetime import date

import pytest
from measured_rooms import unnamed_rooms
from unit.placement.samples import BUREAU, HELD, OPENED

from rongji.accounts.kept import forget_kept
from rongji.awards.selectors import awards_of
from rongji.awards.services import end_award
from rongji.awards.types import EndKind
from rongji.people.services import add_archive_item
from rongji.people.services.archive import NewArchiveItem
from rongji.performance.measures import derived_figures as all_derived
from rongji.placement import selectors, services
from rongji.placement.measures import derived_figures, rows_behind
from rongji.placement.models import Candidate, Placing
from rongji.placement.refusals import ContractTooShort, DayUnfit, EvidenceMissing, StateUnfit, UnitUnknown
from rongji.placement.types import CandidateState, Category, Satisfaction, UnitKind

pytestmark = pytest.mark.database

LATER = date(2022, 9, 1)


def letter(bureau, candidate, on=date(2022, 6, 1)):
    """The letter of introduction."""
    return services.issue_letter(actor=bureau.on(LATER), candidate_id=candidate, number="介字〔2022〕1号", letter_on=on)


def started(bureau, candidate, on, until=date(2025, 6, 30)):
    """The start of work with a contract from the same day."""
    return services.record_start(
        actor=bureau.on(LATER), candidate_id=candidate, started_on=on, contract_from=on, contract_to=until
    )


def test_the_unit_has_a_month_from_the_letter(bureau):
    """The last day is in time; a day later the unit owes pay for the delay."""
    _, candidate = bureau.placed()
    assert letter(bureau, candidate) == date(2022, 7, 1)
    assert started(bureau, candidate, date(2022, 7, 1)) is False
    assert Candidate.objects.get().ended_on == date(2022, 7, 1)
    assert number(bureau, 2022, "placement.started_late") == "0"


def test_a_late_start_is_marked(bureau):
    """The day after the last one."""
    _, candidate = bureau.placed()
    letter(bureau, candidate)
    assert started(bureau, candidate, date(2022, 7, 2), date(2025, 7, 1)) is True
    assert Placing.objects.get().late_pay


def test_a_contract_lasts_three_years_to_the_day(bureau):
    """One day less is refused with the day that it must reach."""
    _, candidate = bureau.placed()
    letter(bureau, candidate)
    with pytest.raises(ContractTooShort, match="3 年（至少到 2025-06-19）"):
        started(bureau, candidate, date(2022, 6, 20), date(2025, 6, 18))
    started(bureau, candidate, date(2022, 6, 20), date(2025, 6, 19))


def test_one_step_after_the_other(bureau):
    """No start before the letter, no letter before the choice, no receipt before the file."""
    cohort, candidate = bureau.placed()
    with pytest.raises(StateUnfit, match="请先开介绍信"):
        started(bureau, candidate, date(2022, 7, 1))
    with pytest.raises(EvidenceMissing, match="介绍信编号"):
        services.issue_letter(actor=bureau.on(LATER), candidate_id=candidate, number="", letter_on=HELD)
    with pytest.raises(DayUnfit, match="不早于确定日期 2022-05-26"):
        letter(bureau, candidate, date(2022, 5, 25))
    with pytest.raises(StateUnfit, match="请先移交档案"):
        services.record_file_receipt(actor=bureau.on(LATER), candidate_id=candidate, receipt_on=LATER, receipt="回执")
    officer = bureau.candidate(cohort, category=Category.OFFICER, soldier="", day=LATER)
    with pytest.raises(StateUnfit, match="请先确定接收单位"):
        letter(bureau, officer)


def test_the_waiting_allowance_runs_from_discharge_to_the_start_of_work(bureau):
    """Granted once, ended by the start; the months of the year are counted from it."""
    _, candidate = bureau.placed()
    allowance, insurance = services.open_waiting(
        actor=bureau.on(date(2022, 12, 5)), candidate_id=candidate, base_fen=520_000
    )
    assert insurance is not None
    with pytest.raises(StateUnfit, match="登记一次"):
        services.open_waiting(actor=bureau.on(date(2022, 12, 5)), candidate_id=candidate)
    services.issue_letter(
        actor=bureau.on(date(2022, 12, 6)), candidate_id=candidate, number="介字1号", letter_on=date(2022, 6, 10)
    )
    services.record_start(
        actor=bureau.on(date(2022, 12, 6)), candidate_id=candidate, started_on=date(2022, 7, 4),
        contract_from=date(2022, 7, 4), contract_to=date(2025, 7, 3),
    )  # fmt: skip
    person = Candidate.objects.get().person_id
    terms = {item.id: item.terms[-1] for item in awards_of(person, known_on=date(2022, 12, 31))}
    assert {(key, term.ended_on, str(term.end)) for key, term in terms.items()} == {
        (allowance, date(2022, 7, 4), "placed"), (insurance, date(2022, 7, 4), "placed"),
    }  # fmt: skip
    assert number(bureau, 2022, "placement.waiting_months") == "7"  # January to July; the first is in January


def test_the_file_goes_to_the_unit_and_its_receipt_comes_back(bureau):
    """The hand-over stands in the register of people; both are counted."""
    _, candidate = bureau.placed()
    person = Candidate.objects.get(pk=candidate).person_id
    paper = NewArchiveItem(kind="退役士兵档案", title="退役士兵档案")
    add_archive_item(actor=bureau.on(LATER), person_id=person, new=paper)
    services.hand_over_file(
        actor=bureau.on(LATER), candidate_id=candidate, sent_on=date(2022, 7, 5), from_body="云湖县退役军人事务局"
    )
    with pytest.raises(StateUnfit, match="已经移交"):
        services.hand_over_file(actor=bureau.on(LATER), candidate_id=candidate, sent_on=LATER, from_body="本局")
    services.record_file_receipt(
        actor=bureau.on(LATER), candidate_id=candidate, receipt_on=date(2022, 7, 8), receipt="水务回执 7 号"
    )
    assert number(bureau, 2022, "placement.files_handed_over") == "1"
    assert number(bureau, 2022, "placement.file_receipts") == "1"
    row = selectors.candidate_page(bureau.on(LATER), candidate).placing
    assert (row.file_sent_on, row.receipt) == (date(2022, 7, 5), "水务回执 7 号")


def test_officers_and_spouses_are_placed_by_decision(bureau):
    """Soldiers who choose by points are not; nobody is placed in a unit that is not on the list."""
    cohort = bureau.cohort()
    officer = bureau.candidate(cohort, category=Category.OFFICER, soldier="")
    soldier = bureau.candidate(cohort)
    unit = bureau.unit(kind=UnitKind.ORGAN)
    decided = {"actor": bureau.on(OPENED), "decided_on": date(2022, 2, 1)}
    with pytest.raises(StateUnfit, match="选岗会上选"):
        services.place_directly(candidate_id=soldier, unit_id=unit, **decided)
    with pytest.raises(UnitUnknown):
        services.place_directly(candidate_id=officer, unit_id=999, **decided)
    services.place_directly(candidate_id=officer, unit_id=unit, **decided)
    assert selectors.candidate_page(bureau.on(OPENED), officer).candidate.unit == "云湖县水务局"
    with pytest.raises(StateUnfit):
        services.place_directly(candidate_id=officer, unit_id=unit, **decided)


def test_who_gets_no_post_is_settled_or_gives_up(bureau):
    """自主就业 and retired are settled; somebody to be placed may give up, and the allowance ends with that."""
    cohort = bureau.cohort()
    own_way = bureau.candidate(cohort, category=Category.SELF_EMPLOYED, soldier="")
    soldier = bureau.candidate(cohort)
    closing = {"actor": bureau.on(date(2022, 12, 6)), "on": date(2022, 12, 6)}
    services.settle_candidate(candidate_id=own_way, note="一次性补助已发", **closing)
    with pytest.raises(StateUnfit, match="由单位接收的"):
        services.settle_candidate(candidate_id=soldier, note="办结", **closing)
    services.open_waiting(actor=bureau.on(date(2022, 12, 5)), candidate_id=soldier)
    services.give_up(candidate_id=soldier, note="本人书面放弃", **closing)
    person = Candidate.objects.get(pk=soldier).person_id
    assert [str(item.terms[-1].end) for item in awards_of(person, known_on=date(2022, 12, 31))] == ["gave_up"]
    assert set(Candidate.objects.values_list("state", flat=True)) == {CandidateState.SETTLED, CandidateState.GAVE_UP}


def test_the_year_counts_who_was_received_placed_and_satisfied_with_its_base(bureau):
    """By category, by kind of unit, plan and filled, asked and satisfied; every number opens into persons."""
    cohort, candidate = bureau.placed()
    bureau.candidate(cohort, category=Category.SELF_EMPLOYED, soldier="", day=LATER)
    bureau.candidate(cohort, category=Category.OFFICER, soldier="", from_area="990301", day=LATER)
    services.record_satisfaction(
        actor=bureau.on(LATER), candidate_id=candidate, satisfaction=Satisfaction.SATISFIED, asked_on=date(2022, 8, 1)
    )
    found = {name: number(bureau, 2022, name) for name in NUMBERS}
    assert found == NUMBERS
    figure = next(item for item in derived_figures(BUREAU, 2022) if item.key.concept == "placement.received")
    persons = [row for group in figure.rows for row in rows_behind(BUREAU, 2022, group.identifier, lambda scope: True)]
    assert len(persons) == 3
    assert {row.table for row in rows_behind(BUREAU, 2022, figure.rows[0].identifier, lambda scope: False)} != {
        row.table for row in persons
    }


NUMBERS = {
    "placement.received": "3",
    "placement.received#category:assigned": "1",
    "placement.received#category:officer": "1",
    "placement.from_elsewhere": "1",
    "placement.placed": "1",
    "placement.placed#unit_kind:institution": "1",
    "placement.chosen": "1",
    "placement.sessions": "1",
    "placement.waiting": "1",
    "placement.quota": "4",
    "placement.quota_filled": "1",
    "placement.quota_filled#unit_kind:institution": "1",
    "placement.asked": "1",
    "placement.satisfied": "1",
}


def number(bureau, year, name):
    """A number of the year, as it is printed."""
    concept, _, member = name.partition("#")
    figures = {(item.key.concept, item.key.member): item.printed for item in derived_figures(BUREAU, year)}
    return figures[concept, member]


def test_a_satisfied_share_of_nobody_satisfied_has_a_zero(bureau):
    """Asked and dissatisfied: the numerator is told as zero, so that the rate is zero and not missing."""
    _, candidate = bureau.placed()
    services.record_satisfaction(
        actor=bureau.on(LATER), candidate_id=candidate, satisfaction=Satisfaction.DISSATISFIED, asked_on=LATER
    )
    assert number(bureau, 2022, "placement.satisfied") == "0"
    assert number(bureau, 2022, "placement.asked") == "1"


def test_who_waits_longer_than_six_months_is_on_the_list(bureau):
    """Six months from the reception; on the last day nobody is late yet."""
    cohort = bureau.cohort()
    bureau.candidate(cohort)
    bureau.candidate(cohort, category=Category.SELF_EMPLOYED, soldier="")
    assert selectors.overdue(bureau.on(date(2022, 7, 10)), BUREAU) == ()
    late = selectors.overdue(bureau.on(date(2022, 7, 11)), BUREAU)
    assert [(item.number, item.due_on) for item in late] == [(1, date(2022, 7, 10))]


def test_somebody_is_settled_between_the_report_and_today(bureau):
    """Neither before they came nor on a day that has not come: the year of the figure hangs on it."""
    own_way = bureau.candidate(bureau.cohort(), category=Category.SELF_EMPLOYED, soldier="")
    for day in (date(2022, 1, 9), date(2022, 9, 2)):
        with pytest.raises(DayUnfit, match=r"办结日期 .* 应不早于报到日期 2022-01-10"):
            services.settle_candidate(actor=bureau.on(LATER), candidate_id=own_way, on=day, note="一次性补助已发")
    services.settle_candidate(actor=bureau.on(LATER), candidate_id=own_way, on=LATER, note="一次性补助已发")


def test_an_allowance_that_was_ended_already_does_not_stand_in_the_way_of_work(bureau):
    """Ended on the page of the benefit before: the start of work is recorded, the end stays as it was."""
    _, candidate = bureau.placed()
    allowance, _ = services.open_waiting(actor=bureau.on(date(2022, 12, 5)), candidate_id=candidate)
    ended = {"award_id": allowance, "ended_on": date(2022, 6, 20), "end": EndKind.PLACED}
    end_award(actor=bureau.on(date(2022, 12, 5)), **ended)
    on = bureau.on(date(2022, 12, 6))
    services.issue_letter(actor=on, candidate_id=candidate, number="介字1号", letter_on=date(2022, 6, 10))
    services.record_start(
        actor=on, candidate_id=candidate, started_on=date(2022, 7, 4), contract_from=date(2022, 7, 4),
        contract_to=date(2025, 7, 3),
    )  # fmt: skip
    person = Candidate.objects.get().person_id
    assert [item.terms[-1].ended_on for item in awards_of(person, known_on=date(2022, 12, 31))] == [date(2022, 6, 20)]


def test_kept_months_of_waiting_follow_the_allowance_wherever_it_was_ended(bureau):
    """The figure of the year is read from the awards: what is written there makes the kept one old."""
    _, candidate = bureau.placed()
    allowance, _ = services.open_waiting(actor=bureau.on(date(2022, 12, 5)), candidate_id=candidate)
    forget_kept()
    assert unnamed_rooms(BUREAU, 2022) == {}
    assert _kept_months() == "12"
    end_award(actor=bureau.on(date(2022, 12, 6)), award_id=allowance, ended_on=date(2022, 7, 4), end=EndKind.PLACED)
    assert _kept_months() == "7"


def _kept_months() -> str:
    """The months of waiting as a report gets them."""
    found = {item.key.concept: item for item in all_derived(BUREAU, 2022)}
    return found["placement.waiting_months"].quantity.shown()
