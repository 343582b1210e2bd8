"""What cases bring about beyond themselves: identities, benefits from their lawful month, amounts that are paid."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from case_journeys import AIDED, LADDER, SERVED, grants, identities, journey_of, later, walked
from case_walk import RECEIVED, Walk

from rongji.casework.models import Case, CaseLetter
from rongji.casework.refusals import DaysOutOfOrder
from rongji.kernel.refusal import Refusal

pytestmark = pytest.mark.database


def first_months(person: int, known: date) -> dict[str, str]:
    """From which month each benefit of a person is owed, by the timing rules."""
    from rongji.awards.law import AwardLaw
    from rongji.awards.selectors import claims_of

    law = AwardLaw.known(known)
    return {claim.benefit: str(law.months(claim)[0]) for claim in claims_of({person}, known_on=known)}


KNOWN = date(2024, 12, 31)


@pytest.mark.parametrize(
    ("label", "born", "benefit", "month"),
    [
        ("war_participant-认定", "1955-03-04", "war_participant_allowance", "2024-04"),
        ("war_participant-参试", "1955-03-04", "nuclear_participant_allowance", "2024-04"),
        ("ill_veteran-认定", "1955-03-04", "ill_veteran_allowance", "2024-04"),
        ("survivor_pension-认定", "1955-03-04", "survivor_pension", "2024-04"),
        ("rural_veteran-认定", "1955-03-04", "rural_veteran_allowance", "2024-03"),
        ("rural_veteran-认定", "1964-08-09", "rural_veteran_allowance", "2024-08"),
        ("disability_grade-评定", "1990-03-04", "disability_pension", "2024-04"),
        ("transfer_in-转入", "1955-03-04", "disability_pension", "2025-01"),
    ],
)
def test_a_benefit_is_owed_from_its_lawful_month(walk, label, born, benefit, month):
    """Decided in March 2024: the month after; at sixty; from January after a move. Never from the application."""
    journey = journey_of(label)
    later_born = {"enlisted_on": "1984-03-01", "discharged_on": "1988-01-10"} if born > "1960" else {}
    answers = {**journey.answers, **(later_born if "enlisted_on" in journey.answers else {})}
    _, person = walked(walk, replace(journey, born=born, answers=answers))
    assert first_months(person, KNOWN)[benefit] == month


@pytest.mark.parametrize(
    ("label", "category"),
    [
        ("war_participant-认定", "51"), ("war_participant-参试", "61"), ("rural_veteran-认定", "81"),
        ("ill_veteran-认定", "42"), ("survivor_pension-认定", "21"), ("disability_grade-评定", "11"),
        ("placement_intake-接收", "C9"), ("transfer_in-转入", "11"),
    ],
)  # fmt: skip
def test_a_recognition_opens_the_identity(walk, label, category):
    """From the month of the decision, with the number of the decision and the case as evidence."""
    from rongji.people.models import Identity

    case, person = walked(walk, journey_of(label))
    assert identities(person) == [(category, 202403)]
    row = Identity.objects.get(person=person)
    assert (row.decision, row.evidence) == (case.decision, f"办件 {case.number}")


@pytest.mark.parametrize(
    ("label", "act", "field", "day", "said"),
    [
        ("disability_grade-评定", "decide", "decided_on", "2023-12-29", "“批准日期”（2023-12-29）早于“收到日期”"),
        ("disability_grade-评定", "decide", "decided_on", "2034-05-06", "“办理日期”.*早于“批准日期”（2034-05-06）"),
        ("ill_veteran-认定", "approve", "filed_on", "1999-01-01", "“上级备案日期”（1999-01-01）早于“收到日期”"),
        ("ill_veteran-认定", "approve", "filed_on", "2034-05-06", "“办理日期”.*早于“上级备案日期”（2034-05-06）"),
    ],
)
def test_no_decision_is_older_than_the_application_nor_younger_than_its_entry(walk, label, act, field, day, said):
    """A mistyped year would pay a pension for decades back: refused, and nothing is opened."""
    from rongji.awards.models import Award

    journey = journey_of(label)
    person = walk.person(born=journey.born)
    steps = dict.fromkeys(item if isinstance(item, str) else item[0] for item in journey.acts)
    given = {name: answers for item in journey.acts if not isinstance(item, str) for name, answers in [item]}
    more = journey.prepared(walk, person) if journey.prepared else None
    case = walk.with_papers(walk.opened(journey.kind, person, **{**journey.answers, **(more or {})}))
    before = tuple(steps)[: tuple(steps).index(act)]
    case = walk.through(case, [(name, given.get(name, {})) for name in before])
    with pytest.raises(DaysOutOfOrder, match=said):
        walk.act(case, act, **{**given.get(act, {}), field: day})
    assert not Award.objects.filter(person=person).exists()


def test_an_adjusted_grade_changes_the_pension_from_the_next_month(walk):
    """Grade 8 until March, grade 6 from April; both grades stand in the file."""
    from rongji.awards.selectors import awards_of

    _, person = walked(walk, journey_of("disability_grade-调整"))
    terms = awards_of(person, known_on=KNOWN)[0].terms
    assert [(term.standard_key, str(term.basis_on)) for term in terms] == [
        ("因公|8", "2018-05-06"), ("因公|6", "2024-03-08")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "owed"),
    [
        ("hardship_aid-援助", [("hardship_aid", 240_000)]),  # 12000 at 20 %
        ("emergency_aid-救助", [("hardship_aid", 3_000_000)]),
        ("emergency_aid-上级直接发放", []),
        ("hardship_aid-不予援助", []),
        # 2 × 51821 (urban income of 2023) + 40 × 9000
        ("death_lump_sum-发放", [("death_lump_sum", 46_364_200)]),
        ("death_lump_sum-烈士", [("death_lump_sum", 139_642_000), ("martyr_praise", 155_463_000)]),
        ("medical_settlement-补助", [("medical_subsidy", 360_000)]),  # 60 % of 6000
        ("premium_support-资助", [("premium_support", 38_000)]),
        ("insurance_back_payment-补缴", [("insurance_back_payment", 1_612_800)]),  # 24 × 4200 × 16 %
        ("discharge_grant-自谋职业", [("discharge_grant", 6_000_000)]),
        ("merit_award-发放", [("merit_award", 200_000)]),
    ],
)
def test_an_approved_amount_is_owed(walk, label, owed):
    """What the rule reckons, due in the month in which it was reckoned; of a refused application nothing."""
    _, person = walked(walk, journey_of(label))
    assert grants(person) == [(benefit, fen, 202403, "approved") for benefit, fen in owed]


def test_aid_of_a_year_stops_at_the_limit_of_the_household(walk):
    """2400, then 30 % of 40000 of which 5600 are left; a third time there is nothing to be had, and nothing is kept."""
    journey = journey_of("hardship_aid-援助")
    _, person = walked(walk, journey)
    later(walk, journey, person, date(2024, 5, 6), loss="40000", happened_on="2024-04-02")
    assert [fen for _, fen, _, _ in grants(person)] == [240_000, 560_000]
    again = {**journey.answers, "happened_on": "2024-06-03"}
    case = walk.with_papers(walk.opened("hardship_aid", person, on=date(2024, 7, 1), **again))
    case = walk.through(case, AIDED[:2])
    with pytest.raises(Refusal, match="应发 0 元"):
        walk.act(case, "notice_over")
    assert (Case.objects.get(pk=case.pk).step, len(grants(person))) == ("notice", 2)
    walk.act(case, "refuse")
    later(walk, journey, person, date(2025, 1, 6), happened_on="2024-12-10", loss="5000")
    assert grants(person)[-1][1] == 100_000


def test_the_cap_of_the_medical_subsidy_counts_the_year(walk):
    """60 % of 20000 and again: 12000, then 3000 up to 15000 a year; in the next year it begins anew."""
    journey = journey_of("medical_settlement-补助")
    bill = {"bill": "40000", "in_catalogue": "30000", "basic_paid": "10000", "serious_paid": "0"}
    person = walk.person()
    for number, day in enumerate((date(2024, 3, 4), date(2024, 6, 3), date(2025, 1, 6)), 1):
        later(walk, journey, person, day, **bill, bill_number=f"YY-{number}", settled_on=str(day))
    assert [fen for _, fen, _, _ in grants(person)] == [1_200_000, 300_000, 1_200_000]


def test_a_back_payment_keeps_its_shares_and_no_month_is_paid_twice(walk):
    """Months, the unit's and the person's part are kept with the grant; an overlapping gap is refused."""
    from rongji.awards.models import Grant

    journey = journey_of("insurance_back_payment-补缴")
    _, person = walked(walk, journey)
    inputs = Grant.objects.get(person=person).inputs
    assert (inputs["months"], inputs["unit_fen"], inputs["personal_fen"]) == (24, 1_612_800, 806_400)
    case = walk.opened(
        "insurance_back_payment", person, on=date(2024, 5, 6), first_month="2011-12", last_month="2012-03"
    )
    case = walk.act(walk.with_papers(case), "accept")
    with pytest.raises(Refusal, match="2011-12 至 2011-12 已经补缴"):
        walk.act(case, "review", average_wage="7000", confirmed_months="4")


def test_the_file_of_the_deceased_may_have_been_merged_since(walk):
    """The application names the file that was absorbed: pension and death are those of the kept one."""
    from rongji.people.models import Person
    from rongji.people.services import merge_persons

    journey, person = journey_of("funeral_grant-发放"), walk.person()
    given = {**journey.answers, **journey.prepared(walk, person)}
    drew = Person.objects.exclude(pk=person).get()
    again = walk.person(born=str(drew.born_on))
    Person.objects.filter(pk=again).update(name=drew.name)
    case = walk.with_papers(walk.opened("funeral_grant", person, **{**given, "deceased": f"#{again}"}))
    merge_persons(
        actor=walk.actor_of("section_head", RECEIVED), kept_id=drew.pk, absorbed_id=again, reason="同一人两份档案"
    )
    walk.through(case, journey.acts)
    assert grants(person)[0][0] == "funeral_grant"
    assert Person.objects.get(pk=drew.pk).died_on is not None


def test_a_lump_sum_is_divided_by_the_agreement(walk):
    """Two survivors, each by a case of their own; neither one of them nor all together get more than the whole."""
    journey = journey_of("death_lump_sum-发放")
    first, second = walk.person(), walk.person()
    shares = {"shared": "是", "deceased_name": "示例烈属亲人"}
    later(walk, journey, first, RECEIVED, **shares, share="163642")
    later(walk, journey, second, RECEIVED, **shares, share="300000")
    assert (grants(first)[0][1], grants(second)[0][1]) == (16_364_200, 30_000_000)
    for share, said in (("463643", "超过全额"), ("1", "其他遗属已核算 463,642.00 元，加上本次 1.00 元超过全额")):
        third = walk.opened("death_lump_sum", walk.person(), **{**journey.answers, **shares, "share": share})
        case = walk.act(walk.with_papers(third), "accept")
        with pytest.raises(Refusal, match=said):
            walk.act(case, "review")


def test_a_transfer_out_ends_the_pension_in_december_and_sends_the_file(walk):
    """The year of the move is paid here to its end; the file goes and its receipt comes back."""
    from rongji.awards.law import AwardLaw
    from rongji.awards.selectors import claims_of
    from rongji.people.models import ArchiveTransfer, LifeEvent

    _, person = walked(walk, journey_of("transfer_out-转出"))
    claim = claims_of({person}, known_on=KNOWN)[0]
    assert str(AwardLaw.known(KNOWN).months(claim)[1]) == "2024-12"
    assert LifeEvent.objects.get(person=person).kind == "moved_out"
    assert ArchiveTransfer.objects.get(person=person).receipt_on is not None


def test_requests_about_information_are_carried_out(walk):
    """What was wrong is right, what is no longer needed is out of use; the file says by which case."""
    from rongji.people.models import Attribute, Person

    case, person = walked(walk, journey_of("correct_information-更正"))
    row = Attribute.objects.get(person=person, kind="health", superseded_on__isnull=True)
    assert (row.value, row.evidence) == ("良好", f"办件 {case.number}")
    _, other = walked(walk, journey_of("delete_information-删除"))
    assert (Person.objects.get(pk=other).phone_cipher, Person.objects.get(pk=other).phone_index) == ("", "")


def test_review_and_re_review_follow_the_petition(walk):
    """Asked for once, within thirty days of the reply and of the review; a hearing stands the clock still."""
    petition, _ = walked(walk, journey_of("petition-办结"))
    walk.act(petition, "ask_review", review_grounds="不服处理意见。")
    review = walk.with_papers(Case.objects.get(kind="petition_review"))
    assert (review.parent_id, str(review.due_on)) == (petition.pk, str(review.received_on + timedelta(days=30)))
    with pytest.raises(Refusal, match=f"已有办件 {review.number}（在办）"):
        walk.act(petition, "ask_review", review_grounds="再次不服。")
    review = walk.through(review, ("hold_hearing", "hearing_over", "decide"))
    with pytest.raises(Refusal, match=f"已有办件 {review.number}（复查办结）"):
        walk.act(petition, "ask_review", review_grounds="再次不服。")
    assert Case.objects.filter(kind="petition_review").count() == 1
    walk.act(review, "ask_re_review", review_grounds="不服复查意见。")
    last = walk.with_papers(Case.objects.get(kind="petition_re_review"))
    assert walk.act(last, "decide").outcome == "复核办结"


def test_a_review_asked_for_too_late_is_refused(walk):
    """Thirty-one days after the reply the petition is closed for good, and nothing has been written."""
    petition, _ = walked(walk, journey_of("petition-办结"))
    before = petition.acts.count()
    with pytest.raises(Refusal, match="申请期限"):
        walk.act(petition, "ask_review", on=petition.closed_on + timedelta(days=31))
    assert (Case.objects.count(), petition.acts.count()) == (1, before)
    walk.act(petition, "ask_review", on=petition.closed_on + timedelta(days=30))


def test_a_petition_is_extended_once_by_the_director(walk):
    """Sixty days and thirty more, told in a letter."""
    case = walk.through(walk.opened("petition", walk.person()), ("accept",))
    assert str(case.due_on) == "2024-05-04"
    case = walk.act(case, "extend", by="director")
    assert str(case.due_on) == "2024-06-03"
    assert "2024年6月3日" in CaseLetter.objects.get(case=case, letter="extended").paragraphs[1]


def test_a_complaint_has_another_limit_than_a_question(walk):
    """By what was asked: three working days for a question (a rule of this county), thirteen for a complaint."""
    question = walk.through(walk.opened("hotline", nature="咨询"), ("sign",))
    complaint = walk.through(walk.opened("hotline", nature="投诉"), ("sign",))
    assert (str(question.due_on), str(complaint.due_on)) == ("2024-03-07", "2024-03-21")


def test_emergency_aid_may_be_refused_above(walk):
    """The county reported, the province said no."""
    journey = journey_of("emergency_aid-救助")
    case = walk.with_papers(walk.opened("emergency_aid", walk.person(), **journey.answers))
    assert walk.through(case, (*AIDED, "upper_refused")).outcome == "不予救助"


def test_what_a_case_granted_is_paid_by_the_next_run(organisation, actor):
    """Aid and a benefit decided in March: the aid is paid with March, the benefit with April, to the fen."""
    from payroll_county import County, lines
    from payroll_county import on as on_day

    county = County.founded(organisation, actor, first_month="2024-03")
    staff = {"clerk": county.clerk, "section_head": county.head, "finance": county.finance, "director": county.director}
    walk = Walk(lambda role, day: on_day(staff[role], day))
    person = county.person("2024-03-01", born="1955-03-04")
    aid = walk.with_papers(walk.opened("hardship_aid", person, **journey_of("hardship_aid-援助").answers))
    walk.through(aid, journey_of("hardship_aid-援助").acts[:-1])
    war = walk.with_papers(walk.opened("war_participant", person, **SERVED))
    walk.through(war, LADDER)
    march = county.paid("2024-03-28", "2024-03")
    assert [(month, fen) for _, month, fen, _ in lines(march)] == [(202403, 240_000)]
    april = county.paid("2024-04-10", "2024-04")
    assert [month for _, month, _, _ in lines(april)] == [202404]


def test_a_back_payment_is_claimed_from_three_levels(organisation, actor):
    """16128 yuan decided: the run that pays them takes 40 % from the province's money and 60 % from the county's."""
    from payroll_county import County
    from payroll_county import on as on_day

    from rongji.payments.models import RunBudget

    county = County.founded(organisation, actor, first_month="2024-03")
    county.budget(2024, purses=(("2080999", "30399"),))
    staff = {"clerk": county.clerk, "section_head": county.head, "finance": county.finance}
    walk = Walk(lambda role, day: on_day(staff[role], day))
    person = county.person("2024-03-01", born="1965-03-04")
    journey = journey_of("insurance_back_payment-补缴")
    case = walk.with_papers(walk.opened("insurance_back_payment", person, **journey.answers))
    walk.through(case, journey.acts[:3])
    run = county.paid("2024-03-28", "2024-03")
    taken = RunBudget.objects.filter(run=run).values_list("level", "amount_fen")
    assert sorted(taken) == [("county", 967_680), ("province", 645_120)]


def test_what_an_act_asks_again_stands_under_its_own_words(walk):
    """缴费日期 of the application and 支付日期 of the payment share an id: neither takes the other's name."""
    from rongji.casework.selectors import case_page

    case, _ = walked(walk, journey_of("premium_support-资助"))
    page = case_page(walk.actor_of("clerk", KNOWN), case.pk, on=KNOWN)
    asked = [label for label, _ in page.answers]
    assert "缴费日期" in asked and "支付日期" not in asked
    assert "支付日期" in [label for label, _ in page.acts[-1].answers]
