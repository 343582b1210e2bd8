"""Cases in the browser: a petition by keyboard from receipt to rating, refusals beside their field, two at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rongji.casework.models import Case
from rongji.kernel import clock
from rongji.law.case_kinds import case_kind
from rongji.web.forms import opening_cases

pytestmark = [pytest.mark.browser, pytest.mark.journey]


@pytest.fixture
def bureau(organisation):
    """The bureau of the invented county."""
    return organisation("yunhu", area_code="990201", name="云湖县退役军人事务局")


@pytest.fixture
def clerk(bureau, desk_of):
    """A clerk at a window."""
    return desk_of("clerk", organisation=bureau)


@pytest.fixture
def head(bureau, desk_of):
    """The head of the section at another."""
    return desk_of("section_head", organisation=bureau)


@pytest.fixture
def person(bureau, actor):
    """Somebody on the register."""
    from rongji.people.models import Person
    from rongji.people.services import register_person
    from rongji.people.types import NewPerson, Sex

    new = NewPerson(name="示例甲一", born_on=clock.today().replace(year=1955), sex=Sex.MALE)
    made = register_person(actor=actor("section_head", organisation=bureau), bureau="yunhu", new=new)
    return Person.objects.get(pk=made)


def opened(desk, *, title="反映优待金未发", days=0, person=""):
    """The form of a petition, filled in by keyboard and sent."""
    desk.open("/cases/new/petition/")
    if person:
        pick(desk, person)
    else:
        desk.page.fill("#field-case_applicant", "示例乙某")
    desk.page.select_option("#field-case_channel", "visit")
    desk.page.fill("#field-case_received_on", str(clock.today() - timedelta(days=days)))
    desk.page.fill("#field-case_title", title)
    desk.page.select_option("#field-topic", "抚恤优待")
    desk.page.fill("#field-request", "请求核实并补发。")
    desk.page.locator("main form.rj-form button[type=submit]").press("Enter")
    desk.page.get_by_text("已登记信访事项").wait_for()
    return Case.objects.order_by("-pk").first()


def pick(desk, name):
    """Type a name, go down into the list, take the first."""
    desk.page.locator("#field-case_person:focus").wait_for()
    desk.page.keyboard.type(name)
    desk.page.locator("[data-picked]").first.wait_for()
    desk.page.keyboard.press("ArrowDown")
    desk.page.locator("[data-picked]:focus").wait_for()
    desk.page.keyboard.press("Enter")
    desk.page.locator("#field-case_person:focus").wait_for()


def acted(desk, label, fields=(), ticks=()):
    """An act by its button: the window opens, fields are filled in, Enter on the button sends it."""
    desk.door(label, within=".rj-case-acts")
    desk.page.locator("#form-dialog[open] form").wait_for()
    for name, text in fields:
        field = desk.page.locator(f"#field-{name}")
        field.select_option(text) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(text)
    for name in ticks:
        desk.page.locator(f"#field-{name}").check()
    desk.page.locator("#form-dialog button[type=submit]").press("Enter")
    desk.page.get_by_text(f"已办理“{label}”").wait_for()


def test_a_petition_from_receipt_to_rating(clerk, head, person):
    """Opened, accepted with a letter, paused and resumed, closed by another, rated: step by step on one page."""
    case = opened(clerk, person="示例甲一")
    assert case.person_id == person.pk
    clerk.open("/cases/")
    assert clerk.shut_out() == []
    clerk.page.keyboard.press("j")
    clerk.page.keyboard.press("Enter")
    clerk.page.get_by_role("heading", name="反映优待金未发").wait_for()
    acted(clerk, "受理")
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename.startswith("信访事项受理告知书")
    head.open(f"/cases/{case.pk}/")
    acted(head, "中止办理", [("pause_reason", "等待上级答复")])
    assert "期限中止" in head.words
    acted(head, "恢复办理")
    clerk.open(f"/cases/{case.pk}/")
    acted(clerk, "办理进展", [("work", "已核实，符合条件")])
    head.open(f"/cases/{case.pk}/")
    assert head.shut_out() == []
    answers = [("facts", "属实"), ("opinion", "补发"), ("result", "支持"), ("solved", "是")]
    acted(head, "办结答复", answers, ["paper-close_evidence"])
    head.door("登记评价")
    head.page.locator("#field-satisfaction").select_option("satisfied")
    head.page.locator("#form-dialog button[type=submit]").press("Enter")
    head.page.get_by_text("申请人评价：满意").wait_for()
    assert clerk.complaints == [] and head.complaints == []


def test_a_refusal_stands_beside_its_field_and_the_rest_stays(clerk):
    """The field gets the focus; what was typed elsewhere is still there; corrected, it goes through."""
    case = opened(clerk)
    clerk.door("申请人撤回")
    clerk.page.locator("#form-dialog[open] form").wait_for()
    clerk.page.fill("#field-withdrawal", "自行解决")
    clerk.page.fill("#field-act_on", "下个月")
    clerk.page.keyboard.press("Enter")
    wrong = clerk.page.locator("#wrong-act_on")
    wrong.wait_for()
    assert "不是日期" in wrong.inner_text()
    clerk.page.locator("#field-act_on:focus").wait_for()
    assert clerk.shut_out() == []
    assert clerk.page.locator("#field-withdrawal").input_value() == "自行解决"
    assert Case.objects.get(pk=case.pk).is_open
    clerk.complaints.clear()  # the browser itself notes every answer above 400
    clerk.page.fill("#field-act_on", str(clock.today()))
    clerk.page.keyboard.press("Enter")
    clerk.page.get_by_text("已办理“申请人撤回”").wait_for()
    assert Case.objects.get(pk=case.pk).outcome == "撤回" and clerk.complaints == []


def test_two_clerks_at_once(clerk, bureau, desk_of):
    """The second is told what the first did, and keeps what was typed."""
    other = desk_of("clerk", organisation=bureau)
    case = opened(clerk)
    other.open(f"/cases/{case.pk}/")
    other.door("办理进展")
    other.page.locator("#field-work").fill("我也去了现场")
    acted(clerk, "办理进展", [("work", "已电话了解")])
    other.page.locator("#form-dialog button[type=submit]").press("Enter")
    other.page.get_by_text("在您打开之后已有变动").wait_for()
    assert other.page.locator("#field-work").input_value() == "我也去了现场"
    assert case.acts.count() == 2


def test_cases_change_hands(clerk, head, bureau, user):
    """All of one handler are listed, ticked and given with a reason."""
    for number in range(3):
        opened(clerk, title=f"事项{number}", days=number)
    taker = user("clerk", organisation=bureau)
    handler = Case.objects.first().handler
    head.open("/cases/hand-over/")
    head.page.select_option("#handler", handler.username)
    head.page.locator("[data-tick-all]").check()
    assert head.page.locator("[data-ticked]").inner_text() == "3"
    assert head.shut_out() == []
    head.page.select_option("#to", taker.username)
    head.page.fill("#reason", "岗位调整")
    head.page.keyboard.press("Enter")
    head.page.get_by_text("已交接 3 件").wait_for()
    assert Case.objects.filter(handler=taker).count() == 3 and head.complaints == []


def test_the_inbox_on_a_phone_fits_its_width(clerk, bureau, desk_of):
    """Nothing has to be pushed sideways, and nobody is shut out."""
    case = opened(clerk, days=20)
    phone = desk_of("clerk", organisation=bureau, size={"width": 390, "height": 844})
    for address in ("/cases/?whose=all", f"/cases/{case.pk}/", "/cases/new/petition/", "/cases/kinds/petition/"):
        phone.open(address)
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390, address
        assert phone.shut_out() == [], address
    for address in ("/cases/overdue/", "/cases/legacy/", "/cases/kinds/"):
        phone.open(address)
        assert phone.shut_out() == [], address


def test_a_telephone_of_a_case_is_typed_into_its_own_field_and_shown_for_a_reason(clerk, person):
    """Refused beside its field, masked on the page, shown where it stood; the trail keeps the reason."""
    from rongji.accounts.models import TrailEntry

    desk = clerk
    desk.open("/cases/new/correct_information/")
    pick(desk, "示例甲一")
    desk.page.select_option("#field-case_channel", "counter")
    desk.page.fill("#field-case_title", "更正联系电话")
    desk.page.select_option("#field-item", "联系电话")
    send = desk.page.locator("main form.rj-form button[type=submit]")
    send.press("Enter")
    desk.page.get_by_text("请填写“正确的联系电话”").wait_for()
    desk.page.fill("#field-right_phone", "139 0000 4321")
    send.press("Enter")
    desk.page.get_by_text("已登记个人信息更正").wait_for()
    numbers = desk.page.get_by_label("号码", exact=True)
    assert "139****4321" in numbers.inner_text() and "13900004321" not in desk.words
    desk.page.locator("#shown-right_phone-1 summary").click()
    why = desk.page.locator("#why-right_phone-1")
    why.fill("打电话核实更正")
    why.press("Enter")
    desk.page.get_by_text("13900004321").wait_for()
    assert desk.shut_out() == []
    assert TrailEntry.objects.filter(action="casework.reveal_number", summary__contains="打电话核实更正").count() == 1


def test_many_cases_are_ticked_by_keyboard_and_done_with_one_form(clerk, bureau, desk_of):
    """Walked through with j, ticked with x; on a phone the same pages fit its width."""
    for number in range(3):
        opened(clerk, title=f"事项{number}", days=number)
    clerk.open("/cases/?whose=all&kind=petition")
    for _ in range(2):
        clerk.page.keyboard.press("j")
        clerk.page.keyboard.press("x")
    assert clerk.page.locator("[data-ticked]").inner_text() == "2"
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("button", name="办理所选").click()
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("button", name="受理").first.click()
    with clerk.page.expect_navigation():
        clerk.page.locator("#field-act_on").press("Enter")
    clerk.page.get_by_text("已办理“受理”2 件").wait_for()
    assert Case.objects.filter(step="registered").count() == 1 and clerk.complaints == []
    phone = desk_of("clerk", organisation=bureau, size={"width": 390, "height": 844})
    phone.open("/cases/?whose=all&kind=petition")
    phone.page.locator("[data-tick]").first.check()
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="办理所选").click()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    with phone.page.expect_navigation():
        phone.page.locator(".rj-many-acts button").first.click()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_form_follows_the_day_of_receipt(clerk, monkeypatch):
    """A day on which less was asked takes fields away; what was typed stays."""

    def as_it_was(kind, *, on, region):
        found = case_kind(kind, on=on, region=region)
        return replace(found, fields=found.fields[:1]) if on.year < 2024 else found

    monkeypatch.setattr(opening_cases, "case_kind", as_it_was)
    clerk.open("/cases/new/petition/")
    clerk.page.locator("#field-request").wait_for()
    clerk.page.fill("#field-case_title", "反映优待金")
    clerk.page.fill("#field-case_received_on", "２０２３年５月６日")
    clerk.page.keyboard.press("Tab")
    clerk.page.locator("#field-request").wait_for(state="detached")
    assert clerk.page.locator("#field-case_title").input_value() == "反映优待金"
    assert clerk.page.locator("#field-case_received_on").input_value() == "２０２３年５月６日"
    assert clerk.complaints == []
