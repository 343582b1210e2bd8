"""The pages inside: what waits, one form, what goes out; for those who may, and only with a window."""

import pytest
from unit.public.visitor import JPEG

pytestmark = pytest.mark.database


@pytest.fixture
def desk(someone):
    """A signed-in client of a role: `desk("clerk")`."""
    from django.test import Client

    from rongji.accounts.models import User
    from rongji.kernel import clock

    def sit(role):
        person = User.objects.get(pk=someone(role).user_id)
        person.password_changed_at = clock.now()
        person.save()
        client = Client()
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return sit


@pytest.fixture
def number(visitor, desk):
    """A form with a picture, fetched by the button on the page."""
    found = visitor.send(files=[("paper-evidence", "照片.jpg", JPEG)]).codes[0]
    answer = desk("clerk").post("/intake/collect/", follow=True)
    assert "取回新来件 1 件" in answer.content.decode()
    return found


def test_the_queue_shows_who_and_what_with_the_telephone_masked(number, desk):
    text = desk("clerk").get("/intake/").content.decode()
    assert number in text and "李示例" in text and "139****1234" in text and "13900001234" not in text


def test_a_form_is_shown_and_its_file_is_saved_not_opened(number, desk):
    """What a stranger sent is never shown by the browser under our address."""
    clerk = desk("clerk")
    text = clerk.get(f"/intake/{number}/").content.decode()
    assert "139****1234" in text and "13900001234" not in text and "能证明所述情况的材料" in text
    file = clerk.get(f"/intake/{number}/files/1/")
    assert b"".join(file) == JPEG
    assert file["Content-Type"] == "application/octet-stream"
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"


def test_a_number_of_a_form_is_shown_in_full_for_a_reason_that_the_trail_keeps(number, desk):
    """By those who may see numbers; without a reason nobody."""
    from rongji.accounts.models import TrailEntry

    address, asked = f"/intake/{number}/reveal/", {"field": "contact", "reason": "打电话核实来件"}
    clerk = desk("clerk")
    assert clerk.post(address, {**asked, "reason": "看"}).status_code == 422
    assert "13900001234" in clerk.post(address, asked).content.decode()
    entry = TrailEntry.objects.get(action="intake.reveal_number")
    assert entry.subject_id == number and "打电话核实来件" in entry.summary and "13900001234" not in entry.summary
    assert desk("director").post(address, asked).status_code == 403
    assert "没有登记" in clerk.post(address, {**asked, "field": "request"}).content.decode()


def test_what_a_stranger_wrote_is_escaped_inside_too(visitor, desk):
    number = visitor.send(**{"f-request": "<script>alert(1)</script>", "title": "<b>事</b>"}).codes[0]
    clerk = desk("clerk")
    clerk.post("/intake/collect/")
    for path in ("/intake/", f"/intake/{number}/", f"/intake/{number}/accept/"):
        text = clerk.get(path).content.decode()
        assert "<script>alert(1)" not in text and "<b>事" not in text


def test_accepting_starts_from_what_was_written_and_leads_to_the_case(number, desk):
    from rongji.accounts.secrets import Purpose, decrypt
    from rongji.casework.models import Case

    clerk = desk("clerk")
    form = clerk.get(f"/intake/{number}/accept/").content.decode()
    assert "13900001234" not in form and "李示例" in form and "今年的义务兵家庭优待金还没有收到" in form
    given = {
        "case_applicant": "李示例", "case_contact": "139****1234", "case_title": "反映优待金", "topic": "抚恤优待",
        "request": "没有收到优待金", "level": "一般",
    }  # fmt: skip
    answer = clerk.post(f"/intake/{number}/accept/", given, follow=True)
    assert answer.redirect_chain[0][0].startswith("/cases/")
    case = Case.objects.get(intake=number)
    assert (
        decrypt(case.contact_cipher, Purpose.PHONE) == "13900001234"
    )  # left masked, taken over as its sender wrote it
    text = clerk.get(f"/intake/{number}/").content.decode()
    assert "内容已转入办件" in text and "今年的义务兵家庭优待金还没有收到" not in text


def test_a_refused_acceptance_keeps_what_was_typed(number, desk):
    answer = desk("clerk").post(f"/intake/{number}/accept/", {"case_title": "改过的标题", "topic": "抚恤优待"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "改过的标题" in text and "请填写“申请人姓名”" in text


def test_refusing_takes_one_of_the_reasons(number, desk):
    clerk = desk("clerk")
    assert clerk.post(f"/intake/{number}/refuse/", {"told": "老上访户"}).status_code == 422
    assert clerk.post(f"/intake/{number}/refuse/", {"told": "需要本人到现场办理"}).status_code == 302
    assert "需要本人到现场办理" in clerk.get("/intake/?state=refused").content.decode()


@pytest.mark.parametrize("role", ["auditor", "finance", "reviewer", "administrator"])
def test_others_see_no_form(number, desk, role):
    for path in ("/intake/", f"/intake/{number}/", f"/intake/{number}/files/1/"):
        assert desk(role).get(path).status_code == 403


def test_a_preview_shows_just_what_goes_out(opened, desk):
    text = desk("section_head").get("/intake/publication/guide/petition/").content.decode()
    assert "送到网上窗口的就是下面这些" in text and "反映的情况和请求" in text
    assert "五人以上提出共同请求" not in text.partition("网上表单")[2]


def test_without_a_window_neither_menu_nor_page_speak_of_it(opened, desk, options):
    clerk = desk("clerk")
    assert "网上来件" in clerk.get("/years/").content.decode()
    options(public_window=False)
    assert "网上来件" not in clerk.get("/years/").content.decode()
    answer = clerk.get("/intake/")
    assert answer.status_code == 404 and "没有开通网上窗口" in answer.content.decode()


def test_a_window_that_is_away_is_a_sentence_on_the_page(number, desk, window_home):
    from django.db import connections

    connections["public"].close()
    entry = connections["public"].settings_dict
    real, entry["NAME"] = entry["NAME"], str(window_home / "gone" / "x.sqlite3")
    try:
        head = desk("section_head")
        assert "连不上网上窗口的数据库" in head.post("/intake/collect/", follow=True).content.decode()
        assert head.get("/intake/publication/").status_code == 503
        assert head.get("/intake/").status_code == 200
    finally:
        connections["public"].close()
        entry["NAME"] = real
