"""Placement in pages: who may open what, what a form refuses, and a session without any script."""

import pytest
from unit.placement.samples import Placements

pytestmark = pytest.mark.database


@pytest.fixture
def bureau(organisation, actor):
    """The bureau with its people."""
    return Placements.founded(organisation, actor)


@pytest.fixture
def signed_in(bureau, user):
    """`signed_in("clerk")`: the window of somebody of the bureau, or of another organisation."""
    from django.test import Client

    from rongji.accounts.models import Organisation
    from rongji.kernel import clock

    def sit(role, organisation=None):
        person = user(role, organisation=organisation or Organisation.objects.get(code="yunhu"))
        person.password_changed_at = clock.now()
        person.save()
        own = Client()
        own.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return own

    return sit


def words(response):
    """The page as text."""
    return response.content.decode()


def test_a_cohort_is_opened_received_scored_and_published_by_forms(bureau, signed_in):
    """The way of a head of section through the pages; a refusal stands on the form, with what was typed."""
    person = bureau.person(name="示例甲壬")
    head = signed_in("section_head")
    opened = head.post("/placement/bureaus/yunhu/open/", {"year": "2021", "season": "秋冬季", "title": ""}, follow=True)
    assert "2021年秋冬季退役士兵安置" in words(opened)
    cohort = opened.request["PATH_INFO"].strip("/").split("/")[-1]
    received = {
        "person": "示例甲壬", "category": "assigned", "soldier": "军士", "approved_on": "2021-12-01",
        "reported_on": "2022-03-10", "report_by": "", "late_reason": "", "from_area": "", "officer": "",
        "former_job": "", "note": "",
    }  # fmt: skip
    refused = head.post(f"/placement/{cohort}/candidates/add/", received)
    assert refused.status_code == 422
    assert "逾期超过 30 日" in words(refused) and "2022-03-10" in words(refused)
    done = head.post(f"/placement/{cohort}/candidates/add/", received | {"late_reason": "住院"}, follow=True)
    assert "已接收 示例甲壬" in words(done)
    candidate = done.request["PATH_INFO"].strip("/").split("/")[-1]
    scored = head.post(f"/placement/{cohort}/compute/", follow=True)
    assert "核算了 1 人的积分" in words(scored)
    head.post(f"/placement/candidates/{candidate}/confirm-points/", {"note": ""})
    head.post(f"/placement/{cohort}/publish/", {"notice_until": "2099-12-31"})
    page = words(head.get(f"/placement/{cohort}/?tab=order"))
    assert "总分 36，最高" in page and "Excel（可复算）" in page
    for ending, starts in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        assert head.get(f"/placement/{cohort}/sheet.{ending}").content.startswith(starts)
    assert head.get(f"/placement/{cohort}/sheet.exe").status_code == 422
    assert f"/people/{person}/" in words(head.get(f"/placement/candidates/{candidate}/"))


def test_every_tab_of_a_cohort_and_both_screens_open(bureau, signed_in):
    """For a director, who sees and does not record: no form is offered, the recorder's page is refused."""
    session, cohort, _ = bureau.session()
    director = signed_in("director")
    for tab in ("people", "posts", "order", "after", "nonsense"):
        page = director.get(f"/placement/{cohort}/?tab={tab}")
        assert page.status_code == 200 and "data-form-door" not in words(page)
    assert director.get(f"/placement/sessions/{session}/screen/").status_code == 200
    assert director.get(f"/placement/sessions/{session}/screen/0/").status_code == 204
    assert director.get(f"/placement/sessions/{session}/screen/7/").status_code == 200
    assert director.get(f"/placement/sessions/{session}/").status_code == 403
    assert director.get("/placement/999/").status_code == 404


def test_a_session_can_be_recorded_where_no_script_runs(bureau, signed_in):
    """Number, confirmation, next person: plain forms that lead from page to page, refusals on the page."""
    session, _, turns = bureau.session()
    clerk = signed_in("clerk")
    at = f"/placement/sessions/{session}"
    asked = clerk.post(f"{at}/ask/", {"turn": turns[0], "post": "2"})
    assert "云湖县水务局 办公室文员" in words(asked)
    done = clerk.post(f"{at}/choose/", {"turn": turns[0], "post": "2"}, follow=True)
    assert "办公室文员" in words(done) and done.redirect_chain
    taken = clerk.post(f"{at}/ask/", {"turn": turns[1], "post": "2"})
    assert (taken.status_code, "已被选完" in words(taken)) == (409, True)
    assert clerk.post(f"{at}/ask/", {"turn": turns[1], "post": "二"}).status_code == 404
    late = clerk.post(f"{at}/choose/", {"turn": turns[0], "post": "1"})
    assert (late.status_code, "不用再登记；现在轮到第 2 名" in words(late)) == (409, True)
    passed = clerk.post(f"{at}/skip/", {"turn": turns[1], "skip": "absent"}, follow=True)
    assert "未到场" in words(passed)


def test_a_bureau_sees_only_its_own_cohorts(bureau, signed_in, organisation):
    """Somebody of another county is refused the page, the screen and the sheet."""
    session, cohort, _ = bureau.session()
    stranger = signed_in("section_head", organisation("other", area_code="990301"))
    for address in (
        f"/placement/{cohort}/",
        f"/placement/{cohort}/sheet.csv",
        f"/placement/sessions/{session}/screen/",
    ):
        assert stranger.get(address).status_code == 403


def test_results_come_by_a_table_that_is_looked_at_before_it_is_taken_over(bureau, signed_in):
    """Template, problems with a marked copy, then a table that is clean: written only when it is confirmed."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from rongji.placement.models import ExamResult

    cohort, (one, _) = bureau.examined()
    clerk, at = signed_in("clerk"), f"/placement/{cohort}/results/"
    assert clerk.get(f"{at}table.xlsx").content.startswith(b"PK")

    def sent(text):
        table = SimpleUploadedFile("成绩.csv", f"编号,笔试\n{text}".encode())
        return clerk.post(at, {"table": table})

    bad = sent("1,120\n2,80\n")
    assert "1 处必须改正" in words(bad) and "0 到 100 之间" in words(bad)
    marked = next(part for part in words(bad).split('"') if part.endswith("/marked/"))
    assert clerk.get(marked).content.startswith(b"PK")
    good = sent("1,88\n2,缺考\n")
    assert "可以导入：变更 2 人" in words(good) and not ExamResult.objects.exists()
    upload = words(good).split('name="upload" value="')[1].split('"')[0]
    done = clerk.post(f"{at}confirm/", {"upload": upload}, follow=True)
    assert "变更 2 人，0 人没有变化" in words(done) and ExamResult.objects.count() == 2
    refused = clerk.post(f"/placement/candidates/{one}/exam-result/", {"part": "笔试", "marks": "八", "evidence": "补"})
    assert (refused.status_code, "不是成绩" in words(refused)) == (422, True)
    clerk.post(f"/placement/candidates/{one}/exam-result/", {"part": "笔试", "marks": "90", "evidence": "补考成绩单"})
    clerk.post(f"/placement/{cohort}/compute/")
    page = words(clerk.get(f"/placement/candidates/{one}/"))
    assert "90 ÷ 满分 100 × 40 = 36 分" in page and "补考成绩单" in page
    assert signed_in("director").get(at).status_code == 403


def test_a_proxy_and_a_post_taken_back_are_recorded_on_the_page(bureau, signed_in):
    """Both stand in the record of the recorder's page; the post is shown as taken back."""
    session, _, turns = bureau.session()
    clerk, at = signed_in("clerk"), f"/placement/sessions/{session}"
    half = clerk.post(f"{at}/choose/", {"turn": turns[0], "post": "1", "proxy": "示例代"})
    assert (half.status_code, "委托书原件" in words(half)) == (422, True)
    clerk.post(f"{at}/choose/", {"turn": turns[0], "post": "1", "proxy": "示例代", "authority": "委托书 1 号"})
    taken = {"number": "2", "places": "1", "document": "水函 3 号", "reason": "编制冻结"}
    done = clerk.post(f"{at}/withdraw-post/", taken, follow=True)
    assert "少于待选的 2 人" in words(done)
    page = words(clerk.get(f"{at}/"))
    assert "示例代 代选，委托书 1 号" in page and "已撤回" in page and "撤回岗位 2 号" in page
    asked = clerk.post(f"{at}/ask/", {"turn": turns[1], "post": "2"})
    assert (asked.status_code, "已由接收单位撤回" in words(asked)) == (409, True)
