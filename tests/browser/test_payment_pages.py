"""A month's money in the browser: computed by one, approved by another, sent, answered, booked; refusals in words."""

import re

import pytest
from payroll_county import County

pytestmark = [pytest.mark.browser, pytest.mark.journey]
PENSION = "2,698.33"  # 因公七级 from August 2023, a twelfth of the year
KNOWN, MONTH = "2023-11-05", "2023-10"


@pytest.fixture
def county(organisation, actor):
    """Three pensioners and a veteran, to be paid from October 2023 on; a budget for the year of the approval."""
    from rongji.kernel import clock

    made = County.founded(organisation, actor, first_month=MONTH)
    made.budget(clock.now().year)
    for _ in range(3):
        made.pensioner("2023-07-01")
    made.award("2023-07-01", made.person("2023-07-01"), "ill_veteran_allowance", basis="2015-06-01")
    return made


@pytest.fixture
def bureau(county):
    """The county's bureau, for those who work there."""
    from rongji.accounts.models import Organisation

    return Organisation.objects.get(code="yunhu")


def compute(desk):
    """Compute October as known in November; the answer is its review."""
    desk.open("/payments/")
    desk.page.fill("#pay_month", MONTH)
    desk.page.fill("#known_on", KNOWN)
    desk.page.get_by_role("button", name="核算").click()
    desk.page.get_by_text("已核算 2023年10月").wait_for(timeout=60_000)


def test_from_the_computed_month_to_the_books(desk_of, bureau, tmp_path):
    """Clerk, head of section and finance, one after the other; nobody leaves the browser."""
    clerk, head, finance = (desk_of(role, organisation=bureau) for role in ("clerk", "section_head", "finance"))
    compute(clerk)
    review(clerk)
    propose(clerk)
    approve(head)
    send_and_take_the_answer(finance, clerk.page.url, tmp_path)
    assert clerk.complaints == head.complaints == finance.complaints == []


def review(desk):
    """The sums hold, the budget bears it, and a cause opens into lines, a line into the account of its amount."""
    words = desk.words
    assert "4人" in re.sub(r"\s", "", words) and "平" in words and "够" in words
    desk.page.get_by_role("link", name="按月").click()
    row = desk.page.locator(".rj-lines tr", has_text=PENSION).first
    row.wait_for()
    here = desk.page.url
    row.locator("a[data-main]").click()
    desk.page.get_by_role("heading", name="2023年10月，为什么是这个数").wait_for()
    assert "÷ 12" in desk.words and PENSION in desk.words and "以前没有核发" in desk.words
    desk.open(here.removeprefix(desk.address))


def propose(desk):
    """Proposed by its maker, who is not offered the approval."""
    desk.page.get_by_role("button", name="提请审批").click()
    desk.page.get_by_text("需要另外 1 人批准").wait_for()
    assert desk.page.get_by_role("button", name="批准").count() == 0


def approve(desk):
    """It waits in the inbox of the head of section, who says yes."""
    desk.open("/payments/approvals/")
    assert "2023年10月发放" in desk.words and "预算够" in desk.words
    desk.page.get_by_label("意见").fill("与名册核对无误")
    desk.page.get_by_role("button", name="批准").click()
    desk.page.get_by_text("已批准，可以送银行").wait_for()
    assert "与名册核对无误" in desk.words


def send_and_take_the_answer(desk, address, folder):
    """A file for the bank, an answer in which one payment came back, the rest booked; the same again is nothing."""
    from bank_round import replies_to, reply_file

    from rongji.law.bank_profiles import Outcome
    from rongji.payments.models import BankBatch

    desk.open(f"{address.removeprefix(desk.address)}bank/")
    desk.page.get_by_role("button", name="生成送盘文件").click()
    desk.page.get_by_text("送盘文件 DF").first.wait_for()
    with desk.page.expect_download() as taken:
        desk.page.get_by_role("button", name="取出送盘文件").click()
    assert len(taken.value.path().read_bytes().decode("gbk").splitlines()) == 6  # head, four payments, totals
    number = BankBatch.objects.get().number
    answer = reply_file(folder / "回盘.txt", number, replies_to(number, s2=Outcome.RETURNED))
    upload(desk, answer, "发放成功 3 笔")
    assert "退回" in desk.page.locator(".rj-refusal-card").first.inner_text()
    desk.page.get_by_role("button", name="到账的入账").click()
    desk.page.get_by_text("已入账").first.wait_for()
    upload(desk, answer, "这份文件以前导入过")


def upload(desk, path, said):
    """Choose the bank's file and have it taken over."""
    desk.page.set_input_files("#return", path)
    desk.page.get_by_role("button", name="导入并逐笔对账").click()
    desk.page.get_by_text(said).first.wait_for()


def test_whoever_computed_a_run_may_not_approve_it(desk_of, bureau):
    """No button for the maker; and who sends the form all the same is told whose turn it is."""
    finance = desk_of("finance", organisation=bureau)
    compute(finance)
    run = finance.page.url
    finance.page.get_by_role("button", name="提请审批").click()
    finance.page.get_by_text("需要另外 1 人批准").wait_for()
    assert finance.page.get_by_role("button", name="批准").count() == 0
    finance.open("/payments/approvals/")
    assert "没有等您审批的发放批次" in finance.words
    token = finance.page.locator("body").get_attribute("hx-headers").split('"')[3]
    answer = finance.page.request.post(
        f"{run}approve/",
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": run},
    )
    assert "须由其他人审批" in answer.text()


def test_a_second_open_run_is_refused_in_words(desk_of, bureau):
    """While one run is not settled, the next is not computed, and the page says which one waits."""
    clerk = desk_of("clerk", organisation=bureau)
    compute(clerk)
    clerk.open("/payments/")
    clerk.page.fill("#pay_month", "2023-11")
    clerk.page.fill("#known_on", KNOWN)
    clerk.page.get_by_role("button", name="核算").click()
    clerk.page.locator(".alert-danger").wait_for()
    assert "请先审批或作废它" in clerk.words


def test_a_discarded_run_says_so_and_can_be_computed_again(desk_of, bureau):
    """Given up with a reason; its heading stays, its content does not."""
    clerk = desk_of("clerk", organisation=bureau)
    compute(clerk)
    clerk.page.locator(".rj-give-up summary").click()
    clerk.page.get_by_label("作废的理由").fill("名册有误")
    clerk.page.get_by_role("button", name="作废，重新核算").click()
    clerk.page.get_by_text("已作废，可以重新核算").wait_for()
    compute(clerk)
    assert "第 2 次" in clerk.page.locator("h1").inner_text()
    assert clerk.complaints == []


def test_what_if_draws_both_courses_of_a_year(desk_of, bureau, county):
    """Five per cent on everything from August: the tiles, the chart and the table say how much more."""
    county.paid("2023-11-05", MONTH)
    desk = desk_of("finance", organisation=bureau)
    desk.open("/payments/what-if/")
    for field, text in (("#year", "2024"), ("#since", "2024-08"), ("#all", "5"), ("#known_on", "2024-01-10")):
        desk.page.fill(field, text)
    desk.page.get_by_role("button", name="测算").click()
    desk.page.locator("[data-chart=months-chart] canvas").wait_for(timeout=60_000)
    assert "全部待遇 +5%" in desk.words and "残疾抚恤金" in desk.words
    assert desk.complaints == []
    desk.page.fill("#all", "五")
    desk.page.get_by_role("button", name="测算").click()
    desk.page.locator(".alert-danger").wait_for()
    assert "不是百分数" in desk.words
