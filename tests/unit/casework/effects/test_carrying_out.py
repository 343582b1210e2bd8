"""Effects one by one: what a kind of a bureau's own may call, and what each refuses before it calls a room below."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from case_walk import AREA, RECEIVED, Walk

from rongji.casework.effects import EffectContext, EffectDone, carry_out
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.law.case_kinds import Effect, case_kind
from rongji.people.types import NewAccount, NewIdentity

pytestmark = pytest.mark.database
DECIDED = date(2024, 3, 11)


@pytest.fixture
def walk(organisation: Callable[..., Any], user: Callable[..., Any]) -> Walk:
    """The office of the invented county."""
    from unit.casework.samples import Office

    office = Office(user, organisation("yunhu", area_code=AREA, name="云湖县退役军人事务局"))
    return Walk(lambda role, day: office.actor(role, str(day)))


def done(walk: Walk, do: str, person: int | None, given: dict[str, str], **values: Any) -> EffectDone | None:
    """An effect as an act of 11 March 2024 brings it about."""
    context = EffectContext(
        actor=walk.actor_of("section_head", DECIDED), case_id=0, number="样例2024-00001",
        kind=case_kind("delete_information", on=RECEIVED), bureau="yunhu", area=AREA, station_code="", title="样例",
        applicant="示例", person_id=person, received_on=RECEIVED, acted_on=DECIDED, decision="云退〔2024〕8号",
        values=values,
    )  # fmt: skip
    return carry_out(Effect(do, given, {}), context)


def test_an_identity_is_ended_with_the_month_of_the_decision(walk):
    """The open one, with the number of the decision; a second time there is none."""
    from rongji.people.models import Identity

    person = walk.person(identities=(NewIdentity(category="81", first_month=Month.parse("2020-01")),))
    given = {"category": "=81", "reason": "field:why"}
    assert done(walk, "end_identity", person, given, why="享受职工养老保险").subject_kind == "identity"
    row = Identity.objects.get(person=person, superseded_on__isnull=True)
    assert (row.last_month, row.end_reason, row.decision) == (202403, "享受职工养老保险", "云退〔2024〕8号")
    with pytest.raises(Refusal):
        done(walk, "end_identity", person, given, why="重复")


def test_a_merit_is_recorded(walk):
    """With the case as evidence."""
    from rongji.people.models import Merit

    person = walk.person()
    done(walk, "record_merit", person, {"grade": "=三等功", "awarded_on": "field:day"}, day="1976-05-01")
    row = Merit.objects.get(person=person)
    assert (row.grade, str(row.awarded_on), row.evidence) == ("三等功", "1976-05-01", "办件 样例2024-00001")


def test_a_death_known_so_stands_and_another_day_is_refused(walk):
    """Recorded once; of nobody on the register, nothing."""
    from rongji.people.models import Person

    father = walk.person(born="1930-01-01")
    given = {"person": "field:who", "died_on": "field:day"}
    done(walk, "record_death", None, given, who=father, day="2024-02-01")
    assert str(Person.objects.get(pk=father).died_on) == "2024-02-01"
    assert "此前已登记" in done(walk, "record_death", None, given, who=father, day="2024-02-01").words
    with pytest.raises(Refusal):
        done(walk, "record_death", None, given, who=father, day="2024-02-02")
    assert done(walk, "record_death", None, given, who=None, day="2024-02-01") is None


def test_an_account_goes_only_when_nothing_is_paid_into_it(walk):
    """While a benefit runs it stays, with the law; without one it is ended."""
    from payroll_county import account_number

    from rongji.awards.services import end_award, open_award
    from rongji.awards.types import EndKind, NewAward
    from rongji.people.models import BankAccount

    person = walk.person(account=NewAccount(number=account_number(7), holder="示例甲一", from_on=date(2020, 1, 1)))
    clerk = walk.actor_of("clerk", RECEIVED)
    award = open_award(
        actor=clerk, new=NewAward(person_id=person, benefit="ill_veteran_allowance", basis_on=date(2020, 1, 1))
    )
    with pytest.raises(Refusal, match="领款账户"):
        done(walk, "delete_information", person, {"item": "=领款账户"})
    end_award(actor=clerk, award_id=award, ended_on=RECEIVED, end=EndKind.GAVE_UP)
    done(walk, "delete_information", person, {"item": "=领款账户"})
    assert BankAccount.objects.get(person=person, superseded_on__isnull=True).to_on == DECIDED


DISABILITY = {"benefit": "=disability_pension", "cause": "=因公", "grade": "field:grade"}
REFUSED = (
    ("open_identity", {"category": "=51"}, False, "没有对应的人员档案"),
    ("open_award", DISABILITY, True, "没有填写"),
    ("change_award", {**DISABILITY, "grade": "=6"}, True, "没有正在享受"),
    ("approve_grant", {}, True, "重新核算"),
    ("record_receipt", {"receipt_on": "case:acted_on"}, True, "还没有移交"),
    ("correct_information", {"item": "=出生日期", "value": "=一九五二年"}, True, "样子"),
    ("delete_information", {"item": "=健康状况"}, True, "没有这项信息"),
    ("delete_information", {"item": "=个人档案"}, True, "个人信息保护法"),
    ("hand_over_archive", {"to_body": "=示例单位"}, True, "在档材料"),
    ("give_a_medal", {}, True, "approve_grant"),
)


@pytest.mark.parametrize(("do", "given", "has_person", "said"), REFUSED)
def test_what_cannot_be_is_refused_with_what_to_do(walk, do, given, has_person, said):
    """In Chinese, and naming what is missing."""
    person = walk.person() if has_person else None
    with pytest.raises(Refusal, match=said):
        done(walk, do, person, given)


def test_months_of_a_back_payment_must_be_those_confirmed(walk):
    """A gap with paid months in it is two gaps."""
    given = {
        "rule": "=insurance_back_payment", "insurance": "=养老", "first_month": "field:first",
        "last_month": "field:last", "settled_on": "case:acted_on", "average_wage": "field:wage",
        "confirmed_months": "field:months",
    }  # fmt: skip
    with pytest.raises(Refusal, match="共 24 个月"):
        done(walk, "record_grant", walk.person(), given, first=201001, last=201112, wage=700_000, months=20)


def test_withdrawing_where_nothing_was_reckoned_does_nothing(walk):
    """A refusal before the amount was reckoned."""
    assert done(walk, "withdraw_grant", walk.person(), {}) is None
