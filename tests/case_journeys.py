"""The journeys of every case kind, and what tests look at when one has been walked."""

from datetime import date

from case_walk import RECEIVED, Journey, Walk

from rongji.casework.models import Case

LADDER = ("village_review", "town_review", "publish", "notice_over", "approve")
AIDED = ("town_review", "publish", "notice_over", "approve")
SERVED = {"enlisted_on": "1975-03-01", "discharged_on": "1980-01-10"}
BACK_PAYMENT = {"average_wage": "7000", "confirmed_months": "24", "state_bears_personal": "否"}
GRANTED = ("record_grant", "approve_grant")


def disabled(walk: Walk, person: int) -> None:
    """Graded 因公 seven years ago and drawing the pension of grade 8."""
    from rongji.awards.services import open_award
    from rongji.awards.types import NewAward

    new = NewAward(person_id=person, benefit="disability_pension", basis_on=date(2018, 5, 6), standard_key="因公|8")
    open_award(actor=walk.actor_of("clerk", RECEIVED), new=new)


def filed(walk: Walk, person: int) -> None:
    """With a pension and a paper in the file."""
    from rongji.people.services import NewArchiveItem, add_archive_item

    disabled(walk, person)
    add_archive_item(actor=walk.actor_of("clerk", RECEIVED), person_id=person, new=NewArchiveItem(kind="退出现役证明"))


def deceased(walk: Walk, person: int) -> dict[str, str]:
    """A father on the register who drew a disability pension."""
    father = walk.person(born="1935-01-01")
    disabled(walk, father)
    return {"deceased": f"#{father}"}


def phoned(walk: Walk, person: int) -> None:
    """With a telephone number on file."""
    from rongji.people.services import record_attribute
    from rongji.people.types import AttributeKind

    record_attribute(
        actor=walk.actor_of("clerk", RECEIVED), person_id=person, kind=AttributeKind.PHONE, value="13800000000"
    )


JOURNEYS = (
    Journey("petition", ("accept", "take_up", "progress", "pause", "resume", "close"), "办结"),
    Journey("petition", ("ask_papers", "papers_in", "accept", "close"), "办结", name="补正后办结"),
    Journey("petition", ("transfer",), "转送"),
    Journey("petition", ("refuse_acceptance",), "不予受理"),
    Journey("petition", ("accept", "withdraw"), "撤回"),
    Journey("petition_simple", ("accept", "answer"), "答复"),
    Journey("petition_simple", ("accept", "to_ordinary"), "转普通程序"),
    Journey("hotline", ("sign", "progress", "answer"), "答复"),
    Journey("hotline", ("return_order",), "退回"),
    Journey(
        "war_participant", LADDER, "认定", ("record_participation", "open_identity", "open_award"), SERVED
    ),
    Journey(
        "war_participant", LADDER, "认定", ("record_participation", "open_identity", "open_award"),
        {**SERVED, "participation": "参试"}, name="参试",
    ),
    Journey(
        "war_participant", (*LADDER[:-1], ("approve", {"allowance": "否"})), "认定",
        ("record_participation", "open_identity"), SERVED, name="只认定不发补助",
    ),
    Journey("war_participant", (*LADDER[:3], "objection", "refuse"), "不予认定", (), SERVED),
    Journey(
        "rural_veteran", (*LADDER[:2], ("publish", {"service_years": "5"}), *LADDER[3:]), "认定",
        ("open_identity", "open_award"), SERVED,
    ),
    Journey(
        "ill_veteran", (*LADDER[:2], "send_to_exam", "exam_back", *LADDER[2:]), "认定",
        ("open_identity", "open_award"), SERVED,
    ),
    Journey("survivor_pension", LADDER, "认定", ("open_identity", "open_award"), {"died_on": "2023-05-01"}),
    Journey(
        "disability_grade",
        ("accept", "send_to_experts", "experts_back", "report_to_city", "city_passed", ("decide", {"grade": "7"})),
        "评定", ("record_grade", "open_identity", "open_award"), {"injured_on": "2022-05-01"}, born="1990-03-04",
    ),
    Journey(
        "disability_grade",
        ("accept", "report_to_city", "city_passed", ("decide", {"grade": "6", "decided_cause": "因公"})),
        "评定", ("record_grade", "change_award"), {"change": "调整", "last_graded_on": "2022-05-01"}, name="调整",
        prepared=disabled,
    ),
    Journey("disability_grade", ("accept", "refuse"), "不予评定", (), {"injured_on": "2022-05-01"}),
    Journey("veteran_card", ("first_review", "filed", "made", "delivered", "collect"), "领取"),
    Journey("veteran_card", ("first_review", "refuse"), "不予发放"),
    Journey(
        "hardship_aid", (*AIDED, "paid"), "援助", GRANTED, {"loss": "12000", "happened_on": "2024-01-10"}
    ),
    Journey(
        "hardship_aid", (*AIDED[:3], "refuse"), "不予援助", ("record_grant", "withdraw_grant"),
        {"loss": "12000", "happened_on": "2024-01-10"},
    ),
    Journey(
        "emergency_aid", (*AIDED, ("received_reply", {"granted": "30000"}), "grant"), "救助", GRANTED,
        {"loss": "90000", "happened_on": "2024-01-10"},
    ),
    Journey(
        "emergency_aid",
        (*AIDED, ("received_reply", {"granted": "30000", "pay_by": "上级直接发放"}), "grant"), "救助", (),
        {"loss": "90000", "happened_on": "2024-01-10"}, name="上级直接发放",
    ),
    Journey(
        "death_lump_sum", ("accept", "review", "approve", "paid"), "发放", GRANTED,
        {"died_on": "2024-01-10", "nature": "病故", "monthly_pay": "9000", "lieutenant_pay": "7500", "shared": "否"},
    ),
    Journey(
        "death_lump_sum", ("accept", "review", "approve", "paid"), "发放", ("record_grant", *GRANTED),
        {"died_on": "2024-01-10", "nature": "烈士", "monthly_pay": "9000", "lieutenant_pay": "7500", "shared": "否"},
        name="烈士",
    ),
    Journey(
        "funeral_grant", ("accept", "review", "approve", "paid"), "发放", ("record_death", *GRANTED),
        {"died_on": "2024-02-10", "deceased_kind": "残疾军人"}, prepared=deceased,
    ),
    Journey(
        "medical_settlement", ("accept", "review", "approve", "paid"), "补助", GRANTED,
        {"group": "7至10级残疾军人", "bill_number": "YY-1", "bill": "20000", "in_catalogue": "18000",
         "basic_paid": "10000", "serious_paid": "2000"},
    ),
    Journey(
        "premium_support", ("accept", "review", "approve", "paid"), "资助", GRANTED,
        {"group": "烈属", "premium": "380", "insured_year": "2024"},
    ),
    Journey(
        "insurance_back_payment",
        ("accept", ("review", BACK_PAYMENT), "approve", "paid", "settle"),
        "补缴", GRANTED, {"first_month": "2010-01", "last_month": "2011-12"},
    ),
    Journey(
        "placement_intake", ("accept", "review", "approve"), "接收", ("record_service", "open_identity"),
        {"enlisted_on": "2012-09-01", "discharged_on": "2024-02-20"}, born="1994-01-01",
    ),
    Journey(
        "discharge_grant", ("accept", "review", "send_back", "review", "approve", "paid"), "发放",
        ("record_grant", "withdraw_grant", *GRANTED),
        {"soldier": "义务兵", "enlisted_on": "2022-03-01", "discharged_on": "2024-03-01"}, born="2003-01-01",
    ),
    Journey(
        "discharge_grant", ("accept", "review", "approve", "paid"), "发放", GRANTED,
        {"ground": "自谋职业", "agreed": "60000", "enlisted_on": "2002-03-01", "discharged_on": "2010-03-01"},
        name="自谋职业", born="1984-01-01",
    ),
    Journey(
        "merit_award", ("accept", "delivered", "review", "approve", "paid"), "发放", GRANTED,
        {"grade": "三等功", "awarded_on": "2024-02-01"},
    ),
    Journey("spouse_placement", ("accept", "review", "approve", "reported"), "安置", ("record_employment",)),
    Journey("spouse_employment", ("accept", "review", "approve", "result"), "扶持", ("record_employment",)),
    Journey("civilian_registration", ("accept", "review", "approve", "registered_there"), "落户"),
    Journey(
        "retired_officer_placement", ("accept", "review", "approve"), "接收", ("open_identity",),
        {"enlisted_on": "1978-03-01", "retired_on": "2023-12-01"}, born="1960-01-01",
    ),
    Journey("start_up_loan", ("accept", "review", "approve", "lent"), "放款"),
    Journey("start_up_loan", ("accept", "review", "approve", "bank_refused"), "银行未放款"),
    Journey("degree_support", ("accept", "review", "approve", "paid"), "资助"),
    Journey("housing_support", ("accept", "review", "approve", "provided"), "保障"),
    Journey("martyr_recognition", ("accept", "review", "approve", "city_passed", "recognised"), "评定"),
    Journey("martyr_recognition", ("accept", "review", "approve", "city_passed", "upper_refused"), "不予评定"),
    Journey("tomb_relocation", ("accept", "survey", "review", "approve", "rite", "certify"), "安葬"),
    Journey(
        "transfer_in", ("accept", "review", "approve"), "转入", ("record_move_in", "open_identity", "open_award"),
        {"came_from": "外县区", "from_area": "990202", "moved_on": "2024-02-01", "benefit": "残疾抚恤金",
         "cause": "因公", "grade": "8"},
    ),
    Journey(
        "transfer_out", ("accept", "review", "approve", "send_archive", "receipt"), "转出",
        ("end_awards", "record_move_out", "hand_over_archive", "record_receipt"), {"to_area": "990202"}, prepared=filed,
    ),
    Journey(
        "correct_information", ("accept", "review", "approve"), "更正", ("correct_information",),
        {"item": "健康状况", "right": "良好"},
    ),
    Journey(
        "correct_information", ("accept", "review", "approve"), "更正", ("correct_information",),
        {"item": "联系电话", "right_phone": "139 0000 4321"}, prepared=phoned, name="电话",
    ),
    Journey(
        "delete_information", ("accept", "review", "approve"), "删除", ("delete_information",), {"item": "联系电话"},
        prepared=phoned,
    ),
    Journey("delete_information", ("accept", "refuse"), "不予删除", (), {"item": "待遇和发放记录"}),
    Journey("policy_gap", ("accept", "review", "approve", "done"), "落实"),
)  # fmt: skip


def journey_of(label: str) -> Journey:
    """A journey by its label."""
    return next(item for item in JOURNEYS if item.label == label)


def walked(walk: Walk, journey: Journey) -> tuple[Case, int]:
    """A journey from receipt to its end; the case and the person."""
    person = walk.person(born=journey.born)
    more = journey.prepared(walk, person) if journey.prepared else None
    case = walk.with_papers(walk.opened(journey.kind, person, **{**journey.answers, **(more or {})}))
    return walk.through(case, journey.acts), person


def later(walk: Walk, journey: Journey, person: int, day: date, **answers: str) -> Case:
    """The same person's next case of a journey."""
    case = walk.with_papers(walk.opened(journey.kind, person, on=day, **{**journey.answers, **answers}))
    return walk.through(case, journey.acts)


def grants(person: int) -> list[tuple[str, int, int, str]]:
    """Benefit, fen, month due and state of the grants that stand."""
    from rongji.awards.models import Grant

    rows = Grant.objects.filter(person=person, superseded_on__isnull=True).order_by("id")
    return [(row.benefit, row.amount_fen, row.due_month, row.state) for row in rows]


def identities(person: int) -> list[tuple[str, int]]:
    """Category and first month of the identities of a person."""
    from rongji.people.models import Identity

    return list(Identity.objects.filter(person=person).values_list("category", "first_month"))
