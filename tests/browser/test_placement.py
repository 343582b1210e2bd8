"""A choosing session in two windows: the recorder works by keyboard, the big screen of the hall follows by itself."""

import pytest
from unit.placement.samples import Placements

pytestmark = [pytest.mark.browser, pytest.mark.journey]


@pytest.fixture
def hall(organisation, actor):
    """Three soldiers with different points, three posts, the session opened; the session's number with its bureau."""
    bureau = Placements.founded(organisation, actor)
    session, _, _ = bureau.session()
    return session


@pytest.fixture
def windows(hall, desk_of):
    """The recorder's page, the big screen in a second window, and the window of another clerk."""
    from rongji.accounts.models import Organisation

    bureau = Organisation.objects.get(code="yunhu")
    recorder, other = (desk_of("clerk", organisation=bureau) for _ in range(2))
    screen = desk_of("director", organisation=bureau, size={"width": 1920, "height": 1080})
    recorder.open(f"/placement/sessions/{hall}/")
    other.open(f"/placement/sessions/{hall}/")
    screen.open(f"/placement/sessions/{hall}/screen/")
    return recorder, other, screen


def pick(desk, number):
    """A post by its number: Enter, and Enter again to confirm."""
    desk.page.locator("#post-number:focus").wait_for()
    desk.page.keyboard.type(str(number))
    desk.page.keyboard.press("Enter")
    desk.page.locator("[data-choosing-ask] [type=submit]:focus").wait_for()
    desk.page.keyboard.press("Enter")


def shows(screen, position):
    """The big screen calls the candidate of that place."""
    screen.page.locator(".hall-rank b", has_text=str(position)).wait_for(timeout=10_000)


def names():
    """The candidates in their order."""
    from rongji.placement.models import Turn

    return [turn.candidate.person.name for turn in Turn.objects.order_by("position")]


def test_three_people_choose_by_keyboard_and_the_hall_sees_it(hall, windows):
    """A taken post is refused in words; a choice is undone by another clerk with a reason; both screens follow."""
    recorder, other, screen = windows
    first, second, third = names()
    assert screen.page.locator(".hall-name").inner_text() == first
    assert recorder.shut_out() == screen.shut_out() == []
    pick(recorder, 2)
    recorder.page.locator(".rj-called", has_text=second).wait_for()
    screen.page.locator(".hall-name", has_text=second).wait_for(timeout=10_000)
    assert "2 号" in screen.page.locator(".hall-log li.is-new").inner_text()
    assert screen.page.locator(".hall-posts li").count() == 2

    recorder.page.locator("#post-number:focus").wait_for()
    recorder.page.keyboard.type("2")
    recorder.page.keyboard.press("Enter")
    recorder.page.get_by_text("2 号岗位（云湖县水务局 办公室文员）已被选完，请改选其他岗位").wait_for()
    recorder.complaints.clear()  # the browser itself notes every answer above 400

    pick(recorder, 1)
    recorder.page.locator(".rj-called", has_text=third).wait_for()
    screen.page.locator(".hall-name", has_text=third).wait_for(timeout=10_000)

    other.page.locator(".rj-called", has_text=third).wait_for(timeout=10_000)
    undo(other, "听错号码，选的是 3 号")
    screen.page.locator(".hall-name", has_text=second).wait_for(timeout=10_000)
    assert "撤销" in screen.page.locator(".hall-log li.is-new").inner_text()
    assert "听错号码" in screen.page.locator(".hall-log").inner_text()

    recorder.page.locator(".rj-called", has_text=second).wait_for(timeout=10_000)
    pick(recorder, 3)
    pick_last(recorder, third)
    screen.page.locator(".hall-name", has_text="全部选完").wait_for(timeout=10_000)
    finish(recorder)
    screen.page.locator(".hall-name", has_text="已经结束").wait_for(timeout=10_000)
    assert [recorder.complaints, other.complaints, screen.complaints] == [[], [], []]


def pick_last(desk, name):
    """The last one takes post 1."""
    desk.page.locator(".rj-called", has_text=name).wait_for()
    pick(desk, 1)
    desk.page.locator(".rj-called", has_text="全部轮到").wait_for()


def undo(desk, reason):
    """The last line of the record, with a reason."""
    desk.door("撤销最后一条")
    field = desk.page.locator("#field-reason")
    field.wait_for()
    field.fill(reason)
    desk.page.get_by_role("button", name="撤销最后一条").click()
    desk.page.get_by_text("已撤销第 2 条记录").wait_for()


def finish(desk):
    """Close the session; the page of what follows lists three people."""
    desk.door("结束选岗会")
    desk.page.get_by_role("button", name="结束选岗会").click()
    desk.page.get_by_text("选岗会结束，3 人选定岗位").wait_for()
    assert desk.page.locator("tbody tr[data-row]").count() == 3
    assert desk.shut_out() == []


def test_the_points_of_one_person_are_explained_and_the_sheet_is_offered(hall, desk_of):
    """From the list to the order to one person: every line says how it came about and on what it rests."""
    from rongji.accounts.models import Organisation

    desk = desk_of("section_head", organisation=Organisation.objects.get(code="yunhu"))
    desk.open("/placement/")
    assert desk.shut_out() == []
    desk.page.get_by_role("link", name="2021年秋冬季退役士兵安置").click()
    desk.page.get_by_role("link", name="积分和公示").click()
    assert desk.page.get_by_role("link", name="Excel（可复算）").count() == 1
    assert desk.shut_out() == []
    desk.page.locator("tbody a[data-main]").first.click()
    desk.page.get_by_text("12年 × 3 分 = 36 分").wait_for()
    assert "3次 × 10 分 = 30 分" in desk.words
    assert "军士服役满 12 年" in desk.words
    assert desk.shut_out() == []
    assert desk.complaints == []
