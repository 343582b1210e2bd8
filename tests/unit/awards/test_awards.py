"""Awards: granted, changed, ended, corrected and withdrawn, always readable as known on a day; what is refused."""

from dataclasses import replace

import pytest
from payroll_county import BUREAU, County, day, on

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NamedUserNeeded, NotAllowed
from rongji.awards.models import Award, AwardTerm, Grant
from rongji.awards.refusals import (
    AmountUnfit,
    AwardEnded,
    AwardsRefused,
    AwardUnknown,
    ChangeBeforeStart,
    FileAbsorbed,
    GrantExists,
    GrantNotPossible,
    GrantSamePerson,
    NothingChanged,
    NotYetKnown,
    Overlapping,
    PersonDied,
    PersonUnknown,
    UnitsUnfit,
)
from rongji.awards.selectors import (
    awards_of,
    claims,
    claims_of,
    fixed_of,
    grant,
    grants_due,
    grants_of,
    grants_waiting,
    term_history,
)
from rongji.awards.services import (
    approve_grant,
    change_terms,
    correct_grant,
    correct_terms,
    end_award,
    open_award,
    open_many,
    record_grant,
    withdraw_award,
    withdraw_grant,
)
from rongji.awards.types import EndKind, GrantState, NewAward, NewGrant, TermChange
from rongji.kernel.month import Month
from rongji.law.refusals import CategoryClosed, UnknownBenefit, UnknownCategory
from rongji.people.services.merging import merge_persons
from rongji.rules.entitlement.claim import End, Start
from rongji.rules.entitlement.refusals import (
    EndBeforeStart,
    EndWithoutReason,
    KeyDoesNotFit,
    NotMonthly,
    UnknownStandardKey,
)


@pytest.fixture
def county(organisation, actor, options) -> County:
    """The county."""
    return County.founded(organisation, actor)


@pytest.fixture
def person(county) -> int:
    """Somebody with a file."""
    return county.person("2023-06-01")


def pension(person: int, **facts) -> NewAward:
    """A pension of grade 7."""
    given = {"benefit": "disability_pension", "standard_key": "因公|7", "basis_on": day("2020-05-06"), **facts}
    return NewAward(person_id=person, **given)


REFUSED = [
    ({"benefit": "free_lunch"}, UnknownBenefit),
    ({"benefit": "funeral_grant", "standard_key": ""}, NotMonthly),
    ({"standard_key": "因公"}, KeyDoesNotFit),
    ({"standard_key": "因公|11"}, UnknownStandardKey),
    ({"standard_key": "因病|7"}, UnknownStandardKey),
    ({"category": "99"}, UnknownCategory),
    ({"category": "12", "basis_on": day("2022-01-01")}, CategoryClosed),
    ({"units": 0}, UnitsUnfit),
    ({"ended_on": day("2020-05-05"), "end": EndKind.GAVE_UP}, EndBeforeStart),
    ({"ended_on": day("2021-05-05")}, EndWithoutReason),
    ({"end": EndKind.GAVE_UP}, EndWithoutReason),
]


@pytest.mark.parametrize(("facts", "refusal"), REFUSED, ids=[refusal.__name__ for _, refusal in REFUSED])
def test_what_is_no_award_is_refused_in_words(county, person, facts, refusal):
    """Each with a sentence that says what to do; nothing is written."""
    with pytest.raises(refusal) as refused:
        open_award(actor=county.clerk, new=pension(person, **facts))
    assert str(refused.value).endswith(("。", "：", "）")) or "，" in str(refused.value)
    assert not Award.objects.exists()


def test_an_award_reads_as_known_on_each_day(county, person):
    """Opened, put on another grade, ended: every day shows what was known then."""
    award = open_award(actor=county.clerk_on("2023-06-02"), new=pension(person, decision="评残决定", evidence="证号"))
    change_terms(
        actor=county.clerk_on("2023-07-05"), award_id=award, changed_on=day("2023-07-01"), standard_key="因公|6"
    )
    end_award(actor=county.clerk_on("2023-09-05"), award_id=award, ended_on=day("2023-09-01"), end=EndKind.MOVED_OUT)

    def terms(known: str):
        found = awards_of(person, known_on=day(known))
        return [(term.standard_key, term.ended_on and str(term.ended_on)) for one in found for term in one.terms]

    assert terms("2023-06-01") == []
    assert terms("2023-06-02") == [("因公|7", None)]
    assert terms("2023-07-05") == [("因公|7", "2023-07-01"), ("因公|6", None)]
    assert terms("2023-09-05") == [("因公|7", "2023-07-01"), ("因公|6", "2023-09-01")]
    assert len(term_history(award)) == 4
    assert TrailEntry.objects.filter(subject_kind="person", action__startswith="awards.").count() == 3


def test_claims_come_alike_for_one_and_for_all(county, person):
    """In columns for the engine and one by one for the judge: the same facts, the death as known on the day."""
    award = open_award(actor=county.clerk, new=pension(person))
    county.died("2023-08-02", person, "2023-07-20")
    for known, died in (("2023-08-01", None), ("2023-08-02", day("2023-07-20"))):
        one = claims_of([person], known_on=day(known))[0]
        row = claims(BUREAU, known_on=day(known)).to_pylist()[0]
        assert (one.award_id, one.benefit, one.standard_key, one.area) == (
            award, "disability_pension", "因公|7", "990201",
        )  # fmt: skip
        assert (one.start, one.end, one.born_on, one.died_on) == (Start.APPROVED, End.NONE, day("1955-03-04"), died)
        assert {name: row[name] for name in ("award_id", "term_id", "basis_on", "died_on", "born_on", "units")} == {
            "award_id": award, "term_id": one.term_id, "basis_on": day("2020-05-06"), "died_on": died,
            "born_on": day("1955-03-04"), "units": 1,
        }  # fmt: skip


def test_a_birth_date_put_right_reads_as_known(county):
    """Before the correction the old one counts, after it the right one."""
    from rongji.people.services import record_attribute
    from rongji.people.types import AttributeKind

    person = county.person("2023-06-01", born="1963-08-01")
    county.award("2023-06-02", person, "rural_veteran_allowance", units=2, basis="2023-06-01")
    record_attribute(
        actor=on(county.head, day("2023-07-05")), person_id=person, kind=AttributeKind.BORN_ON, value="1963-07-01",
        from_on=day("1963-07-01"), evidence="身份证",
    )  # fmt: skip
    for known, born in (("2023-07-04", "1963-08-01"), ("2023-07-05", "1963-07-01")):
        assert claims_of([person], known_on=day(known))[0].born_on == day(born)
        assert claims(BUREAU, known_on=day(known))["born_on"].to_pylist() == [day(born)]


def test_one_benefit_runs_once_at_a_time(county, person):
    """Overlapping months are refused, months that follow one another are not."""
    award = open_award(actor=county.clerk, new=pension(person))
    with pytest.raises(Overlapping, match=str(award)):
        open_award(actor=county.clerk, new=pension(person))
    end_award(actor=county.clerk, award_id=award, ended_on=day("2023-07-03"), end=EndKind.DISQUALIFIED)
    with pytest.raises(Overlapping):
        open_award(actor=county.clerk, new=pension(person, basis_on=day("2023-06-30")))
    assert open_award(actor=county.clerk, new=pension(person, basis_on=day("2023-07-05")))


def test_nobody_gets_anything_from_after_his_death(county, person):
    """A death before a later start."""
    county.died("2023-07-02", person, "2023-07-01")
    with pytest.raises(PersonDied):
        open_award(actor=county.clerk, new=pension(person, basis_on=day("2023-07-02")))
    assert open_award(actor=county.clerk, new=pension(person))


def test_files_that_are_none_or_were_merged_get_nothing(county, person):
    """The sentence names the file that stands."""
    other = county.person("2023-06-01")
    merge_persons(actor=county.head, kept_id=person, absorbed_id=other, reason="同一人重复建档")
    with pytest.raises(FileAbsorbed, match=str(person)):
        open_award(actor=county.clerk, new=pension(other))
    with pytest.raises(PersonUnknown):
        open_award(actor=county.clerk, new=pension(4711))


def test_only_who_keeps_awards_of_the_area_may(county, person, actor, organisation):
    """Neither finance, nor a clerk of another bureau."""
    elsewhere = actor("clerk", organisation=organisation("elsewhere", area_code="430104"))
    for who in (county.finance, elsewhere):
        with pytest.raises(NotAllowed):
            open_award(actor=who, new=pension(person))


def test_changes_out_of_order_are_refused(county, person):
    """Before the start, without a difference, after the end, of an award that is none, known in the future."""
    award = open_award(actor=county.clerk, new=pension(person))
    facts = {"actor": county.clerk, "award_id": award}
    with pytest.raises(ChangeBeforeStart):
        change_terms(**facts, changed_on=day("2020-05-05"), units=2)
    with pytest.raises(NothingChanged):
        change_terms(**facts, changed_on=day("2023-07-01"), standard_key="因公|7")
    with pytest.raises(UnknownStandardKey):
        change_terms(**facts, changed_on=day("2023-07-01"), standard_key="因公|12")
    with pytest.raises(NotYetKnown):
        end_award(**facts, ended_on=day("2023-07-01"), end=EndKind.GAVE_UP, known_on=day("2023-07-11"))
    with pytest.raises(AwardUnknown):
        end_award(actor=county.clerk, award_id=4711, ended_on=day("2023-07-01"), end=EndKind.GAVE_UP)
    end_award(**facts, ended_on=day("2023-07-01"), end=EndKind.GAVE_UP)
    with pytest.raises(AwardEnded):
        change_terms(**facts, changed_on=day("2023-07-02"), units=2)
    assert AwardTerm.objects.filter(superseded_on__isnull=True).count() == 1


def test_wrong_terms_are_put_right_from_the_beginning(county, person):
    """The right ones take their place from the day it is known; withdrawn altogether, nothing is left."""
    award = open_award(actor=county.clerk_on("2023-07-01"), new=pension(person))
    term = awards_of(person, known_on=day("2023-07-01"))[0].terms[0].id
    right = correct_terms(
        actor=county.clerk_on("2023-07-05"), term_id=term, change=TermChange(standard_key="因战|7"), evidence="证"
    )
    assert claims_of([person], known_on=day("2023-07-04"))[0].standard_key == "因公|7"
    assert claims_of([person], known_on=day("2023-07-05"))[0].standard_key == "因战|7"
    with pytest.raises(AwardUnknown):
        correct_terms(actor=county.clerk, term_id=term, change=TermChange(units=2), evidence="证")
    with pytest.raises(NothingChanged):
        correct_terms(actor=county.clerk, term_id=right, change=TermChange(standard_key="因战|7"), evidence="证")
    withdraw_award(actor=county.clerk_on("2023-07-08"), award_id=award, reason="误登")
    assert claims_of([person], known_on=day("2023-07-08")) == []
    assert claims_of([person], known_on=day("2023-07-07"))


def test_only_a_section_head_fills_in_what_was_known_before(county, person):
    """A clerk writes down what is known today; the past is for the one who answers for it."""
    with pytest.raises(NotAllowed, match="补录"):
        open_award(actor=county.clerk, new=pension(person), known_on=day("2023-07-01"))
    award = open_award(actor=county.head, new=pension(person), known_on=day("2023-07-01"))
    assert claims_of([person], known_on=day("2023-07-01"))[0].award_id == award


def test_what_is_filled_in_for_the_past_does_not_run_beside_what_was_written_since(county, person):
    """An award that only became known later takes its months all the same."""
    award = open_award(actor=county.clerk_on("2023-07-05"), new=pension(person))
    with pytest.raises(Overlapping, match=str(award)):
        open_award(actor=county.head, new=pension(person), known_on=day("2023-07-01"))
    with pytest.raises(AwardsRefused, match=str(award)):
        open_many(actor=county.head, bureau=BUREAU, awards=[pension(person)], known_on=day("2023-07-01"))
    assert Award.objects.count() == 1


def test_an_end_written_down_wrongly_is_put_right(county, person):
    """Another day, or no end at all; an end before the start is refused and nothing is written."""
    award = open_award(actor=county.clerk_on("2023-07-01"), new=pension(person))
    ended = end_award(
        actor=county.clerk_on("2023-07-02"), award_id=award, ended_on=day("2023-07-01"), end=EndKind.DISQUALIFIED
    )
    facts = {"actor": county.clerk_on("2023-07-05"), "evidence": "核实"}
    with pytest.raises(EndBeforeStart):
        correct_terms(term_id=ended, change=TermChange(basis_on=day("2023-07-02")), **facts)
    assert AwardTerm.objects.get(pk=ended).superseded_on is None
    moved = correct_terms(term_id=ended, change=TermChange(ended_on=day("2023-06-30"), end=EndKind.MOVED_OUT), **facts)
    assert claims_of([person], known_on=day("2023-07-05"))[0].ended_on == day("2023-06-30")
    correct_terms(term_id=moved, change=TermChange(is_open=True), **facts)
    assert claims_of([person], known_on=day("2023-07-05"))[0].end is End.NONE


def test_many_are_granted_together_or_not_at_all(county, person):
    """Every problem is named by its place in the list."""
    other = county.person("2023-06-01")
    wanted = [pension(person), pension(person), pension(4711), pension(other, standard_key="因公|12")]
    with pytest.raises(AwardsRefused) as refused:
        open_many(actor=county.clerk, bureau=BUREAU, awards=wanted)
    said = str(refused.value)
    assert "3 条" in said and "第 2 条" in said and "第 3 条" in said and "第 4 条" in said
    assert not Award.objects.exists()
    numbers = open_many(actor=county.clerk, bureau=BUREAU, awards=[pension(person), pension(other)])
    assert [claim.award_id for claim in claims_of([person, other], known_on=county.clerk.day)] == list(numbers)
    assert TrailEntry.objects.filter(action="awards.open_many").count() == 1


# --- one-off grants -----------------------------------------------------------------------------------


def aid(person: int, **facts) -> NewGrant:
    """Hardship aid of 800 yuan."""
    given = {
        "benefit": "hardship_aid", "key": "2023-1", "event_on": day("2023-07-01"),
        "due_month": Month.parse("2023-07"), "amount_fen": 80_000, "rule": "entitlement.hardship_aid",
        "inputs": {"band": "2"}, "standards": ("standards.hardship_aid#3",), **facts,
    }  # fmt: skip
    return NewGrant(person_id=person, **given)


def test_a_grant_is_owed_once_somebody_else_approved_it(county, person):
    """Not by the one who wrote it down, not twice, not by nobody; known from the day of approval."""
    writer = replace(county.head, grants=county.clerk.grants + county.head.grants)
    number = record_grant(actor=on(writer, day("2023-07-03")), new=aid(person))
    assert [one.id for one in grants_waiting(BUREAU)] == [number]
    assert (
        fixed_of([person], known_on=day("2023-07-09")) == []
        and grants_due(BUREAU, known_on=day("2023-07-09")).num_rows == 0
    )
    with pytest.raises(GrantSamePerson):
        approve_grant(actor=writer, grant_id=number)
    with pytest.raises(NamedUserNeeded):
        approve_grant(actor=replace(county.finance, user_id=None), grant_id=number)
    approve_grant(actor=on(county.finance, day("2023-07-05")), grant_id=number)
    with pytest.raises(GrantNotPossible):
        approve_grant(actor=county.finance, grant_id=number)
    assert fixed_of([person], known_on=day("2023-07-04")) == []
    assert [(one.grant_id, one.fen) for one in fixed_of([person], known_on=day("2023-07-05"))] == [(number, 80_000)]
    assert grants_due(BUREAU, known_on=day("2023-07-05")).to_pylist()[0]["fen"] == 80_000


def test_one_event_is_granted_once_and_put_right_by_correction(county, person):
    """The correction waits for approval again; until that is decided, what was approved stays owed."""
    number = record_grant(actor=county.clerk_on("2023-07-03"), new=aid(person))
    with pytest.raises(GrantExists, match=str(number)):
        record_grant(actor=county.clerk, new=aid(person))
    with pytest.raises(AmountUnfit):
        record_grant(actor=county.clerk, new=aid(person, key="2023-2", amount_fen=0))
    approve_grant(actor=on(county.head, day("2023-07-04")), grant_id=number)
    right = correct_grant(
        actor=county.clerk_on("2023-07-06"), grant_id=number, amount_fen=60_000, inputs={"band": "1"}, evidence="核实"
    )
    assert grant(right).state is GrantState.DRAFT and grant(right).amount_fen == 60_000
    assert [one.fen for one in fixed_of([person], known_on=day("2023-07-05"))] == [80_000]
    assert [one.fen for one in fixed_of([person], known_on=day("2023-07-06"))] == [80_000]
    assert [one.id for one in grants_of(person, known_on=day("2023-07-06"))] == [number, right]
    withdraw_grant(actor=county.clerk_on("2023-07-08"), grant_id=right, reason="误登")
    assert grants_of(person, known_on=day("2023-07-08")) == () == tuple(fixed_of([person], known_on=day("2023-07-08")))
    assert [one.fen for one in fixed_of([person], known_on=day("2023-07-07"))] == [80_000]
    with pytest.raises(AwardUnknown):
        withdraw_grant(actor=county.clerk, grant_id=right, reason="误登")
    assert Grant.objects.count() == 2
