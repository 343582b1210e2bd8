"""核对报告 on the web: who may, what is refused in words, what the trail keeps, and that no file stays behind."""

import json
import tempfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rongji.kernel import clock
from rongji.reports import auditing
from rongji.reports.auditing import NothingAccepted, ResultOutdated, audit_upload, write_opinion

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = (
    "青山县某局 2024 年度部门整体支出绩效自评报告\n\n一、预算执行情况\n\n"
    "2024 年支出合计 1073.50 万元，其中基本支出 400.25 万元，项目支出 663.25 万元。\n"
)


@pytest.fixture
def signed_in(user):
    """`signed_in("reviewer")`: a browser of that person."""

    def sign(role):
        person = user(role)
        person.password_changed_at = clock.now()
        person.save()
        client = Client()
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return sign


def document(text=REPORT, name="自评报告.txt"):
    """A document as a browser sends it."""
    return SimpleUploadedFile(name, text.encode())


def uploaded(actor, text=REPORT, name="自评报告.txt"):
    """The result of bringing a document."""
    data = text.encode()
    return audit_upload(actor=actor, name=name, file=BytesIO(data), size=len(data))


@pytest.mark.parametrize(
    ("role", "status"), [("reviewer", 200), ("clerk", 200), ("auditor", 200), ("administrator", 403)]
)
def test_whoever_works_here_may_audit_and_the_administrator_may_not(signed_in, role, status):
    """The administrator sees no business data, whose ever it is."""
    assert signed_in(role).get("/audit/").status_code == status


def test_nobody_audits_without_signing_in():
    """The page sends to the sign-in."""
    answer = Client().post("/audit/", {"documents": document()})
    assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]


def test_a_document_is_shown_with_its_contradiction(signed_in):
    """The whole page to a form, only the part to the script of the page."""
    client = signed_in("reviewer")
    whole = client.post("/audit/", {"documents": document()}).content.decode()
    part = client.post("/audit/", {"documents": document()}, headers={"X-Rongji-Part": "1"}).content.decode()
    assert "<html" in whole and "<html" not in part
    for shown in (whole, part):
        assert "1063.50 万元，相差 10 万元" in shown and "data-seal" in shown
        assert " style=" not in shown.partition('<div id="audit-results">')[2]


def test_files_beyond_the_most_at_once_are_named(signed_in, monkeypatch):
    """Nothing is left out in silence."""
    monkeypatch.setattr("rongji.web.views.audit.MAX_FILES", 1)
    two = [document(), document(name="<b>另一份.txt")]
    page = signed_in("reviewer").post("/audit/", {"documents": two}).content.decode()
    assert "另外 1 个没有核对，请再传一次：" in page and "&lt;b&gt;另一份.txt" in page
    assert "<b>另一份" not in page


def test_the_trail_knows_who_audited_what_and_the_file_is_gone(actor, tmp_path, monkeypatch):
    """Name, digest, counts; nothing of the document is kept."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    from rongji.accounts.models import TrailEntry

    uploaded(actor("reviewer"))
    entry = TrailEntry.objects.order_by("-sequence").first()
    assert (entry.action, entry.subject_kind) == ("audit.upload", "audit")
    assert "自评报告.txt" in entry.summary and "矛盾 1" in entry.summary
    assert "1073" not in json.dumps(entry.detail)
    assert list(tmp_path.iterdir()) == []


def test_without_a_file_or_with_one_too_large_it_says_what_to_do(signed_in, monkeypatch):
    """Before anything is read."""
    client = signed_in("reviewer")
    assert "还没有选择文件" in client.post("/audit/").content.decode()
    monkeypatch.setattr(auditing, "MAX_MEGABYTES", 0)
    answer = client.post("/audit/", {"documents": document()})
    assert answer.status_code == 413 and "拆成几个文件" in answer.content.decode()


def test_a_file_that_cannot_be_read_is_a_result(signed_in):
    """Its sentence stands where the document would."""
    shown = signed_in("reviewer").post("/audit/", {"documents": document("%PDF-1.7 nothing", "坏.pdf")})
    assert shown.status_code == 200 and "无法读取" in shown.content.decode()


@pytest.mark.parametrize(
    "name", ['"><script>alert(1)</script>.txt', "../../etc/passwd", "长" * 300 + ".txt", "\u202etxt.exe"]
)
def test_a_hostile_name_is_only_a_name(actor, name):
    """No markup, no way out of the folder, no name too long for the disk."""
    found = uploaded(actor("reviewer"), name=name)
    assert "<script>" not in found.section and "/" not in found.name and "\u202e" not in found.section
    assert found.entry["error"] is None


def test_too_many_at_once_are_asked_to_come_again(signed_in, monkeypatch):
    """The site goes on answering."""
    monkeypatch.setattr(auditing, "_PATIENCE", 0)
    taken = [auditing._AT_ONCE.acquire(blocking=False) for _ in range(2)]
    try:
        answer = signed_in("reviewer").post("/audit/", {"documents": document()})
    finally:
        for _ in filter(None, taken):
            auditing._AT_ONCE.release()
    assert answer.status_code == 503 and "等一会儿" in answer.content.decode()


def test_an_opinion_is_made_of_what_was_accepted(actor):
    """From the sealed result alone; the trail names the claims."""
    from rongji.accounts.models import TrailEntry

    reviewer = actor("reviewer")
    found = uploaded(reviewer)
    claim = next(item["id"] for item in found.entry["claims"] if item["verdict"] == "contradiction")
    made = write_opinion(actor=reviewer, seals=[found.seal], accepted=[{claim: "请核实"}], reviewer="青山县财政局")
    assert made.startswith(b"PK")
    entry = TrailEntry.objects.order_by("-sequence").first()
    assert entry.action == "audit.opinion" and entry.detail["files"][0]["claims"] == [claim]


def test_an_opinion_needs_something_accepted(actor):
    """Nothing, or claims that are none."""
    reviewer = actor("reviewer")
    found = uploaded(reviewer)
    for accepted in ({}, {"c999": ""}):
        with pytest.raises(NothingAccepted):
            write_opinion(actor=reviewer, seals=[found.seal], accepted=[accepted], reviewer="")
    with pytest.raises(NothingAccepted):
        write_opinion(actor=reviewer, seals=[], accepted=[], reviewer="")


def test_a_result_that_was_altered_or_is_somebody_elses_is_refused(actor):
    """The seal is bound to content and person."""
    reviewer, other = actor("reviewer"), actor("clerk")
    found = uploaded(reviewer)
    for who, seal in ((reviewer, found.seal[:-2] + "xx"), (reviewer, "none"), (other, found.seal)):
        with pytest.raises(ResultOutdated):
            write_opinion(actor=who, seals=[seal], accepted=[{"c1": ""}], reviewer="")


@pytest.mark.parametrize("accepted", ["", "[]", "{", "null", '{"c1": {"a": 1}}', '"c1"'])
def test_a_form_that_makes_no_sense_is_a_refusal(signed_in, accepted):
    """Never a crash."""
    client = signed_in("reviewer")
    answer = client.post("/audit/opinion/", {"seal": "x", "accepted": accepted})
    assert answer.status_code in (410, 422)
