"""A clerk writes down what became known, in the browser: found by name, recorded by a form, seen in the next month."""

import pytest
from payroll_county import County

pytestmark = [pytest.mark.browser, pytest.mark.journey]


@pytest.fixture
def county(organisation, actor):
    """Two pensioners, paid for October 2023."""
    made = County.founded(organisation, actor, first_month="2023-10")
    made.people = [made.pensioner("2023-07-01")[0] for _ in range(2)]
    made.paid("2023-11-05", "2023-10")
    return made


@pytest.fixture
def clerk(county, desk_of):
    """A clerk of the county's bureau at a window."""
    from rongji.accounts.models import Organisation

    return desk_of("clerk", organisation=Organisation.objects.get(code="yunhu"))


def test_a_death_found_recorded_and_seen_in_the_next_review(county, clerk):
    """Search by name, the form by keyboard, a refusal that keeps what was typed; the next month says who stopped."""
    from rongji.people.models import Person

    name = Person.objects.get(pk=county.people[0]).name
    find(clerk, name)
    record_death(clerk)
    clerk.open("/payments/")
    clerk.page.fill("#pay_month", "2023-11")
    clerk.page.get_by_role("button", name="核算").click()
    clerk.page.get_by_text("已核算 2023年11月").wait_for(timeout=60_000)
    stopped = clerk.page.locator(".card", has=clerk.page.get_by_role("heading", name="上月有、本月没有"))
    assert name in stopped.inner_text() and "残疾抚恤金" in stopped.inner_text()
    assert clerk.complaints == []


def find(desk, name):
    """Type the name, go down into the list, open the person."""
    desk.open("/people/")
    desk.page.locator("[data-search]").press_sequentially(name)
    desk.page.locator("#found a[data-main]", has_text=name).wait_for()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("heading", name=name).wait_for()


def record_death(desk):
    """Without evidence it is refused and the day stays; with it the page says so."""
    desk.door("登记死亡")
    day, evidence = desk.page.locator("#field-died_on"), desk.page.locator("#field-evidence")
    day.wait_for()
    desk.page.locator("#field-died_on:focus").wait_for()
    desk.page.keyboard.type("2023年10月20日")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_text("请填写“依据”").wait_for()
    assert desk.shut_out() == []
    assert day.input_value() == "2023年10月20日"
    desk.page.locator("#field-evidence:focus").wait_for()
    desk.complaints.clear()  # the browser itself notes every answer above 400
    evidence.fill("死亡证明 2023-118")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_text("2023-10-20 去世", exact=False).first.wait_for()


def test_a_form_closes_by_escape_and_gives_the_focus_back(county, clerk):
    """Nothing is written, and the keyboard stands where it stood."""
    clerk.open(f"/people/{county.people[1]}/")
    clerk.door("登记迁移")
    clerk.page.locator("#form-dialog[open] form").wait_for()
    clerk.page.keyboard.press("Escape")
    clerk.page.locator("#form-dialog[open]").wait_for(state="detached")
    clerk.page.locator(":focus", has_text="登记迁移").wait_for()
    assert clerk.complaints == []
