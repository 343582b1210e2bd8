"""Contacts, members, ratings, hand-over, batches, and due days reckoned again."""

from datetime import timedelta

import pytest
from unit.casework.samples import BUREAU, D

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.casework import refusals, selectors, services
from rongji.casework.models import Case, CaseAct, CaseClock, CaseContact
from rongji.casework.types import CaseFilters, NewCase

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("legal")]
GOOD = {"answers": {"topic": "医疗"}}


def entries(case):
    """What the trail says of a case."""
    found = TrailEntry.objects.filter(subject_kind="case", subject_id=str(case.pk)).order_by("sequence")
    return list(found.values_list("action", flat=True))


def test_times_and_people_are_counted_apart(office):
    """One case, three times, seven people."""
    case = office.open(**GOOD, people=2)
    actor = office.actor(day="2024-03-20")
    services.add_contact(actor=actor, case_id=case.pk, on=D("2024-03-18"), channel="visit", people=4)
    services.add_contact(actor=actor, case_id=case.pk, on=D("2024-03-20"), channel="visit", note="催办")
    people = list(CaseContact.objects.filter(case=case).values_list("people", flat=True))
    assert (len(people), sum(people)) == (3, 7)


def test_every_write_is_one_entry_of_the_trail(office):
    """Opening, an act, a contact, a paper, a member, a rating."""
    case = office.open(**GOOD)
    actor, on = office.actor(), D("2024-03-15")
    services.add_contact(actor=actor, case_id=case.pk, on=on, channel="visit")
    services.add_paper(actor=actor, case_id=case.pk, kind="proof", received_on=on)
    member = services.add_member(actor=actor, case_id=case.pk, role="leader", name="分管副局长", from_on=on)
    services.end_member(actor=actor, member_id=member, to_on=on)
    office.act(case, "withdraw", "2024-03-15")
    services.rate_case(actor=actor, case_id=case.pk, satisfaction="fair", on=on)
    assert entries(case) == [
        f"casework.{name}"
        for name in ("open_case", "add_contact", "add_paper", "add_member", "end_member", "act_on_case", "rate_case")
    ]
    rated = Case.objects.get(pk=case.pk)
    assert (rated.satisfaction, rated.rated_on) == ("fair", on)


def test_a_leader_takes_a_case_once_and_leaves_it(office):
    """Who took it stays on the page."""
    case, actor, on = office.open(**GOOD), office.actor("section_head"), D("2024-03-15")
    given = {"case_id": case.pk, "role": "leader", "name": "分管副局长", "from_on": on}
    member = services.add_member(actor=actor, **given)
    with pytest.raises(refusals.MemberUnfit, match="不必重复"):
        services.add_member(actor=actor, **given)
    services.end_member(actor=actor, member_id=member, to_on=on)
    with pytest.raises(refusals.MemberUnfit, match="刷新"):
        services.end_member(actor=actor, member_id=member, to_on=on)
    shown = selectors.case_page(actor, case.pk, on=on).members
    assert [(item.role_label, item.name, str(item.to_on)) for item in shown] == [
        ("包案领导", "分管副局长", "2024-03-15")
    ]


def test_cases_change_hands_together(office):
    """All or none; each remembers who had it, and the next act may still carry an earlier day."""
    cases = [office.open(**GOOD) for _ in range(3)]
    taker = office.actor("clerk", name="newcomer")
    head = office.actor("section_head", "2024-03-20")
    moved = services.hand_over(
        actor=head, case_ids=[case.pk for case in cases], to_username=taker.username, reason="岗位调整"
    )
    assert moved == 3
    mine = selectors.inbox(head, bureau=BUREAU, on=D("2024-03-20"), filters=CaseFilters(handler=taker.username))
    assert len(mine.lines) == 3
    acts = selectors.case_page(head, cases[0].pk, on=D("2024-03-20")).acts
    assert (acts[-1].label, acts[-1].note) == ("交接", f"交给{taker.name}：岗位调整")
    assert office.act(cases[0], "accept", "2024-03-18", day="2024-03-21").step == "doing"


HANDED = [
    ({"to_username": "nobody"}, "没有账号"),
    ({"reason": " "}, "交接原因"),
    ({"case_ids": []}, "0 件"),
    ({"to_username": "yunhu-auditor"}, "没有办理"),
]


@pytest.mark.parametrize(("given", "said"), HANDED)
def test_a_hand_over_that_cannot_be_moves_nothing(office, given, said):
    """Neither to nobody nor without a reason."""
    case, head = office.open(**GOOD), office.actor("section_head")
    office.actor("auditor")
    usual = {"case_ids": [case.pk], "to_username": "yunhu-section-head", "reason": "岗位调整"}
    with pytest.raises(refusals.HandOverUnfit, match=said):
        services.hand_over(actor=head, **{**usual, **given})
    assert not CaseAct.objects.filter(act="handed_over").exists()


def test_only_open_cases_are_handed_over_and_only_by_those_who_lead(office):
    """A clerk may not give work away."""
    case = office.open(**GOOD)
    usual = {"case_ids": [case.pk], "to_username": "yunhu-clerk", "reason": "岗位调整"}
    with pytest.raises(NotAllowed):
        services.hand_over(actor=office.actor(), **usual)
    with pytest.raises(refusals.CaseUnknown):
        services.hand_over(actor=office.actor("section_head"), **{**usual, "case_ids": [10**9]})
    office.act(case, "withdraw", "2024-03-15")
    with pytest.raises(refusals.HandOverUnfit, match="已办结"):
        services.hand_over(actor=office.actor("section_head"), **usual)


def batch(count, first="2024-03-01"):
    """Cases as another system holds them."""
    return [
        NewCase(
            kind="sample", channel="visit", received_on=D(first) + timedelta(days=index % 10), title=f"事项{index}",
            applicant=f"申请人{index}", answers={"topic": "医疗", "amount": str(index)}, people=1 + index % 3,
        )
        for index in range(count)
    ]  # fmt: skip


def test_a_batch_is_what_single_cases_would_be(office):
    """The same rows, field by field, clocks and contacts included; one entry of the trail."""
    actor, many = office.actor(), batch(12)
    ids = services.open_cases(actor=actor, bureau=BUREAU, many=many)
    singles = [services.open_case(actor=actor, bureau=BUREAU, new=new) for new in many]
    for left, right in zip(ids, singles, strict=True):
        assert told(left) == told(right)
    assert list(Case.objects.order_by("serial").values_list("serial", flat=True)) == list(range(1, 25))
    assert TrailEntry.objects.filter(action="casework.open_cases").count() == 1


def told(pk):
    """Everything of a case but its numbers."""
    left_out = ("id", "case_id", "number", "serial")
    rows = [*Case.objects.filter(pk=pk).values()]
    for model in (CaseClock, CaseAct, CaseContact):
        rows += model.objects.filter(case=pk).order_by("id").values()
    return [{name: value for name, value in row.items() if name not in left_out} for row in rows]


def test_due_days_follow_a_notice_that_comes_later(office):
    """Received before Spring Festival 2020, which was prolonged on 27 January."""
    case = office.open(**GOOD, received_on=D("2020-01-22"))
    assert str(case.due_on) == "2020-02-01"  # a Saturday to be worked, by what was known
    for day, moved in (("2020-01-26", 0), ("2020-01-28", 1), ("2020-01-29", 0)):
        assert services.refresh_due_days(actor=office.actor(day=day), bureau=BUREAU) == moved
    assert str(Case.objects.get(pk=case.pk).due_on) == "2020-02-04"
    assert str(CaseClock.objects.get(case=case).due_on) == "2020-02-04"


def test_a_case_is_late_when_the_limit_had_passed_before_it_was_met(office):
    """Accepted a day after the third working day."""
    assert office.act(office.open(**GOOD), "accept", "2024-03-20").was_late is False
    assert office.act(office.open(**GOOD), "accept", "2024-03-21").was_late is True


def test_a_case_runs_from_receipt_and_not_from_entry(office):
    """Entered a week later, it is overdue at once."""
    case = office.open(**GOOD, received_on=D("2024-03-01"), day="2024-03-11")
    assert str(case.due_on) == "2024-03-06"


def test_a_running_case_keeps_its_version(office, sample):
    """A new version of the kind holds for what is received from its day on."""
    before = office.open(**GOOD)
    text = sample.read_text(encoding="utf-8")
    from rongji.law import case_kinds

    newer = text.replace("effective: 2020-01-01", "effective: 2024-04-01").replace(
        "label: 受理\n    from", "label: 收件\n    from"
    )
    (sample.parent / "2024-04-01.yaml").write_text(newer, encoding="utf-8")
    case_kinds._versions.cache_clear()
    after = office.open(**GOOD, received_on=D("2024-04-01"))
    assert (before.version, after.version) == ("2020-01-01", "2024-04-01")
    actor = office.actor(day="2024-04-01")
    labels = [selectors.case_page(actor, case.pk, on=D("2024-04-01")).possible[0].label for case in (before, after)]
    assert labels == ["受理", "收件"]


def test_telephones_follow_a_change_of_keys(office, options):
    """Encrypted under the first key again; without the old key afterwards still readable."""
    from pydantic import SecretStr

    case = office.open(**GOOD, contact="13800001234")
    old = options().data_keys
    options(data_keys=(SecretStr("k9:" + "another-long-secret-of-this-test-0001"), *old))
    administrator = office.actor("administrator")
    assert services.rekey_cases(actor=administrator) == 1
    assert ".k9." in Case.objects.get(pk=case.pk).contact_cipher
    options(data_keys=(SecretStr("k9:" + "another-long-secret-of-this-test-0001"),))
    assert selectors.case_page(office.actor(), case.pk, on=D("2024-03-15")).contact == "138****1234"


def test_a_case_of_a_merged_file_stays_with_the_person(office):
    """It is listed with the file that stands, and what it brings about goes there."""
    from datetime import date

    from rongji.people.models import Person
    from rongji.people.selectors import standing_file
    from rongji.people.services import register_person
    from rongji.people.types import NewPerson, Sex

    def person(name):
        new = NewPerson(name=name, born_on=date(1950, 1, 1), sex=Sex.MALE)
        return register_person(actor=office.actor(), bureau=BUREAU, new=new)

    kept, absorbed = person("张建国"), person("张建军")
    case = office.open(**GOOD, person_id=absorbed, applicant="")
    assert case.applicant == "张建军"
    Person.objects.filter(pk=absorbed).update(merged_into=kept)
    assert standing_file(absorbed) == kept
    found = selectors.cases_of_person(office.actor(), kept, on=D("2024-03-15"))
    assert [line.id for line in found] == [case.pk]
