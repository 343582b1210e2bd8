"""Many cases at once on pages: ticked in the inbox, one form for all, a table for what differs, the batch."""

import re
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from pypdf import PdfReader

from rongji.casework.models import Case, CaseAct, CaseBatch
from rongji.kernel import clock

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TODAY = date(2024, 6, 3)
FOUND, OK, REFUSED, SHUT, CLOSED = 302, 200, 422, 409, 403


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    """Requests come on a Monday in June 2024."""
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def office(user, organisation):
    """Who works in the bureau of the invented county."""
    from unit.casework.samples import Office

    return Office(user, organisation("yunhu", area_code="990201", name="云湖县退役军人事务局"))


@pytest.fixture
def clerk(office):
    """A clerk at a browser."""
    return office.browser()


@pytest.fixture
def petitions(office):
    """Three petitions that wait to be accepted."""
    answers = {"topic": "抚恤优待", "request": "请求核实优待金"}
    return [
        office.open("petition", received_on=TODAY, title=f"事项{number}", applicant=f"示例{number}", answers=answers)
        for number in range(1, 4)
    ]


def hidden(page, form_with="rj-form"):
    """The hidden fields of the form of the act, as a browser sends them on."""
    body = page.content.decode()
    form = body[body.index(f'class="{form_with}"') :]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")])
    return {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}


def form_of(client, cases, act):
    """The form of an act for ticked cases, chosen by its label on the page of those ticked."""
    page = client.post("/cases/many/?bureau=yunhu", {"case": [case.pk for case in cases]})
    body = page.content.decode()
    assert page.status_code == OK, body
    place = body.index(f">{act}　")
    form = body[body.rindex("<form", 0, place) : place]
    sent = dict(re.findall(r'name="(bureau|cases|act)" value="([^"]*)"', form))
    return client.post("/cases/many/?bureau=yunhu", sent)


def typed(page, **given):
    return {**hidden(page), "act_on": "2024-06-03", "act_note": "", "go": "do", **given}


def test_ticked_cases_are_done_with_one_form_and_the_batch_tells_them(clerk, petitions):
    """From the inbox to the page of the batch; its letters come as one file."""
    inbox = clerk.get("/cases/?bureau=yunhu").content.decode()
    assert inbox.count("data-tick ") == len(petitions) and "办理所选" in inbox
    page = form_of(clerk, petitions, "受理")
    assert "受理　3 件" in page.content.decode()
    done = clerk.post("/cases/many/?bureau=yunhu", typed(page, act_on="２０２４年６月３日"))
    batch = CaseBatch.objects.get()
    assert (done.status_code, done["Location"]) == (FOUND, f"/cases/batches/{batch.pk}/")
    shown = clerk.get(done["Location"]).content.decode()
    assert batch.number in shown and all(case.number in shown for case in petitions)
    assert CaseAct.objects.filter(batch=batch).count() == 3
    history = clerk.get(f"/cases/{petitions[0].pk}/").content.decode()
    assert f'href="/cases/batches/{batch.pk}/"' in history
    letters = clerk.get(f"/cases/batches/{batch.pk}/letters/")
    assert len(PdfReader(BytesIO(letters.content)).pages) == 3


def test_a_case_that_cannot_be_done_is_named_and_the_others_may_be_done_without_it(clerk, office, petitions):
    """Somebody else was at it after the form was opened; nothing typed is lost."""
    page = form_of(clerk, petitions, "受理")
    office.act(petitions[1], "accept", "2024-06-03", by="section_head")
    refused = clerk.post("/cases/many/?bureau=yunhu", typed(page, act_note="一并受理"))
    body = refused.content.decode()
    assert refused.status_code == SHUT and not CaseBatch.objects.exists()
    assert petitions[1].number in body and "在您打开之后已有变动" in body and "一并受理" in body
    assert "只办能办的 2 件" in body
    done = clerk.post("/cases/many/?bureau=yunhu", typed(refused, act_note="一并受理", go="possible"))
    assert done.status_code == FOUND
    shown = clerk.get(done["Location"]).content.decode()
    assert "没有办的 1 件" in shown and petitions[1].number in shown


def test_a_field_that_is_wrong_is_told_beside_it(clerk, petitions):
    """And the cases that were chosen are still chosen."""
    page = form_of(clerk, petitions, "受理")
    refused = clerk.post("/cases/many/?bureau=yunhu", typed(page, act_on="昨天"))
    body = refused.content.decode()
    assert refused.status_code == REFUSED and 'id="wrong-act_on"' in body and "受理　3 件" in body
    assert hidden(refused)["cases"] == hidden(page)["cases"]


def test_nothing_ticked_says_so_and_the_bare_address_leads_to_the_inbox(clerk):
    """Nobody is shown an empty form."""
    page = clerk.post("/cases/many/?bureau=yunhu", {})
    assert "还没有勾选办件" in page.content.decode()
    assert clerk.get("/cases/many/")["Location"] == "/cases/"


def test_all_cases_of_a_narrowed_list_can_be_chosen(clerk, office, petitions):
    """Those of the kind and step only."""
    office.act(petitions[0], "accept", "2024-06-03")
    page = clerk.post("/cases/many/?bureau=yunhu&whose=all&kind=petition&step=accepted", {"all": "1"})
    other = clerk.post(f"/cases/many/?bureau=yunhu&whose=all&kind=petition&step={petitions[1].step}", {"all": "1"})
    assert petitions[1].number in other.content.decode() and petitions[0].number not in other.content.decode()
    assert petitions[1].number not in page.content.decode()


def test_what_differs_comes_in_a_table_that_is_checked_first(clerk, petitions):
    """The table of the chosen cases, filled in; a bad row is shown, marked, put right, and done."""
    page = form_of(clerk, petitions, "办理进展")
    book = load_workbook(BytesIO(clerk.post("/cases/many/table/?bureau=yunhu", hidden(page)).content))
    sheet = book.active
    column = [cell.value for cell in sheet[1]].index("做了什么、有何结果") + 1
    for row in range(2, 5):
        sheet.cell(row, column).value = f"第 {row} 次走访"
    sheet.cell(3, 1).value = "信访2024-99999"
    checked = clerk.post("/cases/many/?bureau=yunhu", typed(page, go="try", table=_file(book)))
    body = checked.content.decode()
    assert checked.status_code == OK, re.findall(r'role="alert"[^>]*>(.*?)</', body)
    assert "没有编号为“信访2024-99999”的办件" in body and not CaseBatch.objects.exists()
    marked = clerk.post("/cases/many/marked/?bureau=yunhu", typed(checked))
    assert "没有编号为" in str([cell.value for cell in load_workbook(BytesIO(marked.content)).worksheets[0][3]])
    sheet.cell(3, 1).value = petitions[1].number
    done = clerk.post("/cases/many/?bureau=yunhu", typed(checked, table=_file(book)))
    assert done.status_code == FOUND, done.content.decode()
    told = [row.values["work"] for row in CaseAct.objects.filter(batch__isnull=False).order_by("id")]
    assert told == ["第 2 次走访", "第 3 次走访", "第 4 次走访"]
    assert CaseBatch.objects.get().source == "进展.xlsx"


def test_letters_of_ticked_cases_are_one_file(clerk, office, petitions):
    """Of each the last of its title, in the order of the list."""
    for case in petitions:
        office.act(case, "accept", "2024-06-03")
    body = clerk.post("/cases/many/?bureau=yunhu", {"case": [case.pk for case in petitions[::-1]]}).content.decode()
    ids = re.search(r'name="letters" value="([\d ]+)"', body)[1]
    title = re.search(r'name="title" value="([^"]+)"', body)[1]
    file = clerk.post("/cases/many/letters/", {"letters": ids, "title": title})
    texts = [page.extract_text() for page in PdfReader(BytesIO(file.content)).pages]
    assert [f"示例{number}" in text.replace(" ", "") for number, text in zip((3, 2, 1), texts, strict=True)] == [
        True
    ] * 3
    assert clerk.post("/cases/many/letters/", {"letters": "x"}).status_code == REFUSED


def _file(book):
    buffer = BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("进展.xlsx", buffer.getvalue())


def test_whoever_may_only_look_has_nothing_to_tick(office, petitions):
    """An auditor's inbox is without boxes, and the address is shut."""
    client = office.browser("auditor")
    body = client.get("/cases/?bureau=yunhu&whose=all").content.decode()
    assert petitions[0].number in body and "data-tick" not in body and "办理所选" not in body
    assert client.post("/cases/many/", {"case": petitions[0].pk}).status_code == CLOSED
    assert Case.objects.get(pk=petitions[0].pk).step == petitions[0].step


def test_a_form_that_is_sent_twice_opens_one_case(clerk):
    """The second is led to the first; a matter that is told differently is another one."""
    typed = {"case_applicant": "示例甲", "case_channel": "visit", "case_received_on": "2024-06-03", "case_people": "1",
             "case_title": "反映优待金", "topic": "抚恤优待", "request": "请求核实"}  # fmt: skip
    first, second = (clerk.post("/cases/new/petition/", typed) for _ in range(2))
    assert (first.status_code, second.status_code) == (FOUND, SHUT)
    assert Case.objects.get().number in second.content.decode() and 'id="wrong-case_title"' in second.content.decode()
    assert clerk.post("/cases/new/petition/", {**typed, "case_title": "反映优待金和住房"}).status_code == FOUND
