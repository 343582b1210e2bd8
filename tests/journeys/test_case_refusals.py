"""What cases of the kinds that ship refuse, with nothing half written."""

from datetime import date, timedelta

import pytest
from case_journeys import JOURNEYS, LADDER, SERVED, grants, identities, journey_of, walked
from case_walk import RECEIVED, Walk

from rongji.casework.models import Case, CaseLetter
from rongji.kernel.refusal import Refusal

pytestmark = pytest.mark.database


BAD_OPENINGS = (
    ("disability_grade", {"injured_on": "2020-05-01"}, "申请期限"),
    ("disability_grade", {"change": "调整", "last_graded_on": "2023-09-01"}, "以后才能申请"),
    ("disability_grade", {"change": "调整"}, "请填写“上一次评定日期”"),
    ("disability_grade", {}, "请填写“负伤或者确诊日期”"),
    ("emergency_aid", {"happened_on": "2023-03-01"}, "申请期限"),
    ("transfer_in", {"came_from": "部队", "left_army_on": "2023-12-01", "moved_on": "2024-01-01"}, "申请期限"),
    ("hardship_aid", {"happened_on": "2024-03-05"}, "早于"),
    ("war_participant", {"enlisted_on": "1980-01-10", "discharged_on": "1975-03-01"}, "早于"),
    ("rural_veteran", {**SERVED, "discharge_residence": "乡村"}, "不在可选范围"),
    ("hardship_aid", {"loss": "约一万元"}, "准确|金额"),
    ("veteran_card", {"card_type": ""}, "优待证种类"),
    ("insurance_back_payment", {"first_month": "2012-01", "last_month": "2011-12"}, "早于"),
)


@pytest.mark.parametrize(("kind", "answers", "said"), BAD_OPENINGS)
def test_an_unfit_application_is_refused(walk, kind, answers, said):
    """Too late, too early, days in the wrong order, a word that is not offered, a number that is none."""
    person = walk.person()
    with pytest.raises(Refusal, match=said):
        walk.opened(kind, person, **answers)
    assert not Case.objects.exists()


@pytest.mark.parametrize("kind", sorted({item.kind for item in JOURNEYS}))
def test_no_kind_is_accepted_without_its_papers(walk, kind):
    """The first act that takes a case on asks for every needed paper, where there is one."""
    journey = next(item for item in JOURNEYS if item.kind == kind)
    person = walk.person(born=journey.born)
    more = journey.prepared(walk, person) if journey.prepared else None
    case = walk.opened(kind, person, **{**journey.answers, **(more or {})})
    if not any(paper.is_needed for paper in walk.law(case).papers):
        return
    with pytest.raises(Refusal, match="还缺材料"):
        walk.through(case, journey.acts[:1])
    assert Case.objects.get(pk=case.pk).step == walk.law(case).first_step.id


@pytest.mark.parametrize("kind", ["hardship_aid", "medical_settlement", "death_lump_sum", "war_participant"])
def test_money_and_status_take_two_pairs_of_eyes(walk, kind):
    """Whoever reckoned or reported cannot approve, and nothing is owed until somebody else has."""
    journey = next(item for item in JOURNEYS if item.kind == kind)
    person = walk.person()
    acts = journey.acts[: journey.acts.index("approve") - 1]
    case = walk.through(walk.with_papers(walk.opened(kind, person, **journey.answers)), acts)
    case = walk.act(case, "review" if "review" in journey.acts else "notice_over", by="section_head")
    with pytest.raises(Refusal, match="另一人"):
        walk.act(case, "approve", by="section_head")
    assert not identities(person)
    assert all(state == "draft" for *_, state in grants(person))


def test_acts_come_in_their_order(walk):
    """Nothing is approved before it was looked at, and nobody decides before the notice has hung its days."""
    case = walk.with_papers(walk.opened("war_participant", walk.person(), **SERVED))
    with pytest.raises(Refusal, match="现在可办理"):
        walk.act(case, "approve")
    case = walk.through(case, LADDER[:3])
    with pytest.raises(Refusal, match="公示"):
        walk.act(case, "notice_over", on=case.acts.order_by("-sequence").first().on + timedelta(days=6))


def test_the_dead_are_not_recognised(walk):
    """A refusal from below refuses the act: no step, no letter, no identity, no award."""
    from rongji.people.services import record_death

    person = walk.person()
    case = walk.with_papers(walk.opened("war_participant", person, **SERVED))
    case = walk.through(case, LADDER[:4])
    record_death(
        actor=walk.actor_of("section_head", date(2024, 3, 20)), person_id=person, died_on=date(2024, 2, 20),
        evidence="死亡证明",
    )  # fmt: skip
    letters = CaseLetter.objects.filter(case=case).count()
    with pytest.raises(Refusal):
        walk.act(case, "approve", on=date(2024, 3, 21))
    case = Case.objects.get(pk=case.pk)
    assert (case.step, CaseLetter.objects.filter(case=case).count()) == ("deciding", letters)
    assert not identities(person)


def test_the_same_thing_is_not_applied_for_twice(walk):
    """While one runs, and after it was granted."""
    person = walk.person()
    walk.opened("war_participant", person, **SERVED)
    with pytest.raises(Refusal, match="不能重复办理"):
        walk.opened("war_participant", person, **SERVED)
    card, holder = walked(walk, journey_of("veteran_card-领取"))
    with pytest.raises(Refusal, match=card.number):
        walk.opened("veteran_card", holder, on=date(2024, 6, 3), purpose="首次申领")
    walk.opened("veteran_card", holder, on=date(2024, 6, 3), purpose="补领")
    helped, needy = walked(walk, journey_of("hardship_aid-援助"))
    with pytest.raises(Refusal, match=helped.number):
        walk.opened("hardship_aid", needy, on=date(2024, 6, 3), **journey_of("hardship_aid-援助").answers)


def test_an_identity_that_stands_is_not_opened_again(walk):
    """Recognised elsewhere in the meantime: the decision is refused with the identity that stands."""
    from rongji.kernel.month import Month
    from rongji.people.services import record_identity
    from rongji.people.types import NewIdentity

    person = walk.person()
    case = walk.with_papers(walk.opened("war_participant", person, **SERVED))
    case = walk.through(case, LADDER[:4])
    record_identity(
        actor=walk.actor_of("clerk", date(2024, 3, 20)), person_id=person,
        new=NewIdentity(category="51", first_month=Month.parse("2024-02")),
    )  # fmt: skip
    with pytest.raises(Refusal, match="51"):
        walk.act(case, "approve", on=date(2024, 3, 21))


def test_somebody_of_another_bureau_is_not_taken(walk, organisation, user):
    """Neither as the person of a case nor as the one who handles it."""
    from unit.casework.samples import Office

    other = organisation("qinglan", area_code="990202", name="青岚县退役军人事务局")
    strangers = Office(user, other)
    strangers.users = {}
    there = Walk(lambda role, day: strangers.actor(role, str(day), name=f"qinglan-{role}"), "qinglan")
    there.actor_of("clerk", RECEIVED)
    foreign = there.person()
    with pytest.raises(Refusal):
        walk.opened("war_participant", foreign, **SERVED)
    case = walk.with_papers(walk.opened("war_participant", walk.person(), **SERVED))
    with pytest.raises(Refusal):
        there.act(case, "village_review")


def test_what_the_law_keeps_is_not_deleted(walk):
    """Identity, benefits and the file stay, and so does the account into which a benefit is paid; the law is named."""
    for item, said in (("身份认定", "个人信息保护法"), ("待遇和发放记录", "财政支出"), ("个人档案", "归档")):
        case = walk.with_papers(walk.opened("delete_information", walk.person(), item=item))
        case = walk.through(case, ("accept", "review"))
        with pytest.raises(Refusal, match=said):
            walk.act(case, "approve")


def test_a_grant_that_is_gone_cannot_be_approved(walk):
    """Withdrawn on the page of awards in the meantime: the case has to reckon again."""
    from rongji.awards.models import Grant
    from rongji.awards.services import withdraw_grant

    journey = journey_of("medical_settlement-补助")
    person = walk.person()
    case = walk.with_papers(walk.opened("medical_settlement", person, **journey.answers))
    case = walk.through(case, ("accept", "review"))
    grant = Grant.objects.get(person=person)
    withdraw_grant(actor=walk.actor_of("clerk", date(2024, 3, 6)), grant_id=grant.pk, reason="结算单有误")
    with pytest.raises(Refusal, match="重新核算"):
        walk.act(case, "approve")
    case = walk.through(case, ("send_back", "review", "approve"))
    assert grants(person)[0][3] == "approved"


def test_the_rule_of_the_county_must_be_on_record(walk):
    """A cause for which the county has no standard is refused by the rule, and no step is taken."""
    person = walk.person()
    case = walk.with_papers(walk.opened("medical_settlement", person, group="1至6级残疾军人", bill_number="YY-9",
                                        bill="100", in_catalogue="100"))  # fmt: skip
    case = walk.act(case, "accept")
    with pytest.raises(Refusal):
        walk.act(case, "review")
    assert Case.objects.get(pk=case.pk).step == "reviewing"
