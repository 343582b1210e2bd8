"""When no page can answer: every such answer is in Chinese, says what to do, and keeps nothing in the browser."""

from pathlib import Path

import pytest
from django.test import Client

from rongji.kernel import clock
from rongji.web.views import checks

ROOT = Path(__file__).resolve().parents[3]
YEAR = "/years/wangcheng/2021/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(organisation, actor, user):
    """A performance officer who is signed in, and a year to look at."""
    from rongji.performance.services import import_year

    made = organisation("wangcheng", area_code="430112", name="长沙市望城区退役军人事务局")
    import_year(actor=actor("finance", organisation=made), source=ROOT / "examples/wangcheng-2021/year.yaml")
    person = user("performance_officer")
    person.password_changed_at = clock.now()
    person.save()
    client = Client(raise_request_exception=False)
    client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
    client.handler.enforce_csrf_checks = True
    return client


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/no-such-page/", 404, "没有这个页面"),
        ("/static/no-such-file.css", 404, "没有这个页面"),
        (f"{YEAR}evidence/a/b/", 404, "没有这个页面"),
        (f"{YEAR}versions/finalise/", 405, "只用来提交表单"),
    ],
)
def test_an_address_that_shows_nothing_says_so(officer, path, status, words):
    """In words, on a page with the menu."""
    answer = officer.get(path)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page and "年度列表" in page


def test_a_stranger_is_told_as_well(client):
    """Without a sign-in there is no menu, but the words are the same."""
    assert "没有这个页面" in client.get("/no-such-page/").content.decode()


def test_a_form_without_its_token_is_refused_in_words(officer):
    """A page left open for too long, or a form from elsewhere."""
    answer = officer.post(f"{YEAR}versions/finalise/", {"form": "wangcheng-2021"})
    assert answer.status_code == 403
    assert "刷新后重做一次" in answer.content.decode()


def test_a_body_that_is_too_large_is_refused_in_words(user, settings):
    """More text than any form of ours holds."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = Client()
    client.force_login(user("performance_officer"))
    answer = client.post(f"{YEAR}texts/preview/", {"body": "字" * 200})
    assert answer.status_code == 400
    assert "太大" in answer.content.decode()


def test_a_program_gets_the_same_as_json(client):
    """One shape for every refusal of the API."""
    answer = client.get("/api/no-such-address")
    assert (answer.status_code, answer.json()["code"]) == (404, "page-unknown")


def test_a_bug_shows_a_page_that_needs_nothing(officer, monkeypatch):
    """No traceback, no English; it says that nothing was changed and whom to tell."""

    def broken(*_, **__):
        raise RuntimeError("a bug")

    monkeypatch.setattr(checks, "open_desk", broken)
    answer = officer.get(f"{YEAR}checks/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "系统出错" in page and "系统管理员" in page and "RuntimeError" not in page


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"http://testserver{YEAR}versions/?form=x", f"{YEAR}versions/%3Fform%3Dx"),
        ("http://elsewhere.example/trap/", "/"),
        ("", "/"),
    ],
)
def test_a_form_sent_after_the_sign_in_ran_out_leads_back_to_its_page(client, referer, back):
    """Not to the address of the form, which shows nothing; and never to another site."""
    answer = client.post(f"{YEAR}versions/finalise/", headers={"Referer": referer})
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={back}"


def test_pages_of_a_signed_in_person_are_not_kept_by_the_browser(officer):
    """After signing out, Back shows nothing; what holds no data may be kept."""
    assert officer.get(YEAR)["Cache-Control"] == "private, no-store"
    assert "max-age" in officer.get("/paper.css")["Cache-Control"]
