"""Personal numbers in cases: sealed, masked at every door, shown for a reason, readable by effects, re-keyed."""

import json

import pytest
from case_walk import RECEIVED, Walk
from pydantic import SecretStr
from unit.casework.samples import D
from whole_database import lies_open

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.casework import selectors, services
from rongji.casework.models import Case, CaseAct, CaseContact, CaseLetter
from rongji.casework.refusals import AnswersUnfit, CaseNotAlone
from rongji.people.refusals import NothingToReveal, ReasonMissing
from rongji.rules.answers import AnswerMasked, AnswerNumberUnfit

pytestmark = [pytest.mark.database, pytest.mark.django_db]
OLD, NEW, IDENTITY, CARD = "13800001234", "13900004321", "110101195206150021", "6222020000000000000"
KIND = """
id: sample_number
label: 号码样例
area: 测试
unit: 件
act: yunhu-example
effective: 2020-01-01
known: 2020-01-01
trust: derived
about: anybody
open_roles: [clerk]
channels: [{id: visit, label: 来访}]
fields:
  - {id: phone, label: 新电话, kind: secret, number: phone}
  - {id: words, label: 情况, kind: long, needed: false}
exclusive:
  - {by: [field:phone]}
steps:
  - {id: new, label: 办理中}
  - {id: done, label: 已办结, final: true}
acts:
  - id: note
    label: 记录
    from: [new]
    roles: [clerk, section_head]
    fields:
      - {id: phone, label: 新电话, kind: secret, number: phone}
      - {id: card, label: 领款账号, kind: secret, number: account, needed: false}
    letter: told
  - {id: close, label: 办结, from: [new], to: done, roles: [clerk], outcome: 办结}
  - {id: again, label: 再办, from: [done], roles: [clerk], after_close: true, opens: sample_number}
letters:
  - id: told
    title: 告知书
    number: "{short}告〔{year}〕{serial}号"
    paragraphs: ["{applicant}：新电话 {phone}，账号 {card}。", "{note}"]
"""


@pytest.fixture(autouse=True)
def kind(legal):
    """A kind that asks for a telephone and an account."""
    from rongji.law import case_kinds

    place = legal / "casework" / "sample_number" / "2020-01-01.yaml"
    place.parent.mkdir(exist_ok=True)
    place.write_text(KIND, encoding="utf-8")
    case_kinds._versions.cache_clear()


@pytest.fixture
def case(office):
    """One case with a number in everything that is asked."""
    return office.open(
        "sample_number", title=f"改电话{OLD}", applicant=f"张三{OLD}", contact="138-0000-1234",
        answers={"phone": "139 0000 4321", "words": f"旧号{OLD}，身份证{IDENTITY}"},
        external_number="20240315103000017",
    )  # fmt: skip


@pytest.fixture
def walk(office):
    """The same office, walking cases of the shipped kinds."""
    return Walk(lambda role, day: office.actor(role, str(day)))


def test_whatever_is_typed_no_table_holds_the_number(office, case):
    """Application, act, note, decision, letter, contact, paper, member, hand-over, trail."""
    note = f"本人电话 {OLD[:3]} {OLD[3:7]} {OLD[7:]}"
    told = {"phone": OLD, "card": CARD}
    office.act(case, "note", "2024-03-16", answers=told, note=note, decision=f"同意{IDENTITY}")
    actor, day = office.actor(day="2024-03-16"), D("2024-03-16")
    services.add_contact(actor=actor, case_id=case.pk, on=day, channel="visit", note=f"从{NEW}打来")
    services.add_paper(
        actor=actor, case_id=case.pk, kind=f"证明{OLD}", title=f"{OLD}的证明", received_on=day,
        file_name=f"{OLD}.pdf", data=b"%PDF-1.4 sample",
    )  # fmt: skip
    services.add_member(actor=actor, case_id=case.pk, role="leader", name=f"李四 {NEW}", from_on=day)
    head = office.actor("section_head", "2024-03-16")
    services.hand_over(actor=head, case_ids=[case.pk], to_username=head.username, reason=f"问{OLD}")
    assert lies_open(OLD, NEW, IDENTITY, CARD, "138-0000-1234", "139 0000 4321", "138 0000 1234") == []
    assert Case.objects.get(pk=case.pk).external_number == "20240315103000017"


def test_pages_letters_and_answers_show_the_masked_form(office, case):
    office.act(case, "note", "2024-03-16", answers={"phone": OLD}, note="见面")
    page = selectors.case_page(office.actor(), case.pk, on=D("2024-03-16"))
    assert page.values["phone"] == "138****1234" and dict(page.answers)["新电话"] == "139****4321"
    assert (page.line.title, page.line.applicant) == ("改电话138****1234", "张三138****1234")
    assert [(item.key, item.masked) for item in page.numbers] == [
        ("contact-0", "138****1234"), ("phone-1", "139****4321"), ("phone-2", "138****1234"),
    ]  # fmt: skip
    assert CaseLetter.objects.get().paragraphs[0] == "张三138****1234：新电话 138****1234，账号 （未填写）。"


def test_a_number_is_shown_in_full_for_a_reason_that_the_trail_keeps(office, case):
    """Of the application or of an act; the trail tells who and why, never the number."""
    office.act(case, "note", "2024-03-16", answers={"phone": OLD})

    def shown(name, sequence=1, reason="打电话告知结果", by="clerk"):
        actor = office.actor(by)
        return services.reveal_number(actor=actor, case_id=case.pk, name=name, sequence=sequence, reason=reason)

    assert [shown("contact", 0), shown("phone"), shown("phone", 2)] == [OLD, NEW, OLD]
    entries = TrailEntry.objects.filter(action="casework.reveal_number").order_by("sequence")
    assert [entry.detail["sequence"] for entry in entries] == [0, 1, 2]
    assert all("打电话告知结果" in entry.summary for entry in entries)
    with pytest.raises(ReasonMissing, match="查看完整的新电话必须写明理由"):
        shown("phone", reason="看")
    for name, sequence in (("words", 1), ("phone", 9), ("card", 2), ("nothing", 1)):
        with pytest.raises(NothingToReveal, match="没有登记"):
            shown(name, sequence)
    for role in ("director", "auditor", "reviewer"):
        with pytest.raises(NotAllowed):
            shown("phone", by=role)
    assert entries.count() == 3


WRONG = [
    ({"phone": "13800"}, "“新电话”有误：应为 11 位手机号"),
    ({"phone": "138****1234"}, "遮盖过的号码"),
    ({}, "请填写“新电话”"),
]


@pytest.mark.parametrize(("answers", "said"), WRONG)
def test_a_wrong_number_is_refused(office, answers, said):
    with pytest.raises(AnswersUnfit) as refused:
        office.open("sample_number", answers=answers)
    assert said in refused.value.facts["problems"]["phone"]


def test_a_wrong_telephone_of_the_applicant_is_refused(office):
    with pytest.raises(AnswerNumberUnfit, match="“联系电话”有误"):
        office.open("sample_number", answers={"phone": NEW}, contact="微信同号")
    with pytest.raises(AnswerMasked):
        office.open("sample_number", answers={"phone": NEW}, contact="138****1234")


def test_a_second_case_of_the_same_number_is_seen_without_reading_it(office, case):
    """By the index: however it was typed."""
    with pytest.raises(CaseNotAlone, match=case.number):
        office.open("sample_number", answers={"phone": "+86 139-0000-4321"})
    assert office.open("sample_number", answers={"phone": OLD}).pk


def test_an_act_that_leaves_the_number_masked_leaves_it_as_it_is(office, case):
    """As the form of the act offers it."""
    after = office.act(case, "note", "2024-03-16", answers={"phone": "139****4321"})
    assert after.values["phone"] == case.values["phone"]
    with pytest.raises(AnswersUnfit, match="遮盖"):
        office.act(case, "note", "2024-03-16", answers={"phone": "137****4321"})


def test_what_is_opened_from_a_case_takes_the_sealed_number_along(office, case):
    """A follow-up is about the same number, and nobody types it again."""
    office.act(office.act(case, "close", "2024-03-16"), "again", "2024-03-17")
    follow_up = Case.objects.get(parent=case)
    assert follow_up.values["phone"] == case.values["phone"]
    actor = office.actor(day="2024-03-17")
    assert services.reveal_number(actor=actor, case_id=follow_up.pk, name="phone", reason="打电话告知结果") == NEW


def test_numbers_follow_a_change_of_keys(office, case, options):
    """Telephone of the applicant, answers of the case and of every act; afterwards the old keys may go."""
    office.act(case, "note", "2024-03-16", answers={"phone": OLD})
    first = options().data_keys
    fresh = SecretStr("k9:" + "another-long-secret-of-this-test-0001")
    index = SecretStr("another-index-key-of-this-test-0001")
    options(data_keys=(fresh, *first), index_key=index)
    administrator = office.actor("administrator")
    looked_at = [services.rekey_cases(actor=administrator) for _ in range(2)]
    assert looked_at == [4, 4]  # the contact, the case and two acts
    options(data_keys=(fresh,), index_key=index)
    shown = services.reveal_number(actor=office.actor(), case_id=case.pk, name="phone", reason="打电话告知结果")
    assert shown == NEW
    with pytest.raises(CaseNotAlone):  # the present index finds it
        office.open("sample_number", answers={"phone": OLD})


def test_a_plain_answer_of_before_crashes_no_page(office, case):
    """It is masked like any other, and sealed by the next act."""
    Case.objects.filter(pk=case.pk).update(values={"phone": NEW, "words": "旧"})
    CaseAct.objects.filter(case=case).update(values={"phone": NEW})
    page = selectors.case_page(office.actor(), case.pk, on=D("2024-03-15"))
    assert page.values["phone"] == dict(page.answers)["新电话"] == page.numbers[1].masked == "139****4321"
    after = office.act(case, "note", "2024-03-16", answers={"phone": "139****4321"})
    assert "cipher" in after.values["phone"] and NEW not in json.dumps(after.values)


def test_notes_of_visits_and_calls_keep_the_hot_line(office, case):
    """12345 is nobody's number."""
    note = f"{OLD}，12345转来"
    services.add_contact(actor=office.actor(), case_id=case.pk, on=D("2024-03-15"), channel="visit", note=note)
    assert CaseContact.objects.get(case=case, note__gt="").note == "138****1234，12345转来"


def test_the_telephone_of_a_person_is_corrected_by_a_case_that_never_tells_it(walk):
    """The effect opens the sealed number within the act; the file holds it as it holds any other."""
    from rongji.people import services as people
    from rongji.people.types import SecretKind

    person = walk.person(phone=OLD)
    case = walk.opened("correct_information", person, item="联系电话", right_phone="+86 139 0000 4321")
    walk.through(walk.with_papers(case), ("accept", "review", "approve"))
    assert lies_open(OLD, NEW) == []
    clerk = walk.actor_of("clerk", RECEIVED)
    assert people.reveal(actor=clerk, person_id=person, what=SecretKind.PHONE, reason="打电话核实更正") == NEW


def test_a_telephone_is_not_corrected_in_plain_words(walk):
    """Where the telephone is meant, it has its own field, and the other one stays empty."""
    with pytest.raises(AnswersUnfit) as refused:
        walk.opened("correct_information", walk.person(), item="联系电话", right=NEW, right_phone=NEW)
    assert "只在“要更正的信息”为" in refused.value.facts["problems"]["right"]
