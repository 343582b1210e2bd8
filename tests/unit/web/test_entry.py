"""Entry on the pages: evidence of several people side by side, sections of text, the trail in words."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rongji.kernel import clock
from rongji.web.trail_words import KIND_LABELS, kind_label, origin_in_words

ROOT = Path(__file__).resolve().parents[3]
YEAR = "/years/yuelu/2021/"


@pytest.fixture
def clients(options, organisation, actor, user):
    """Two people with the same page open, and a data directory of their own."""
    options()
    from rongji.performance.services import import_year

    organisation("yuelu", area_code="430104", name="长沙市岳麓区退役军人事务局")
    import_year(actor=actor("performance_officer"), source=ROOT / "examples/yuelu-2021/year.yaml")

    def signed_in(role):
        person = user(role)
        person.password_changed_at = clock.now()
        person.save()
        client = Client()
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return signed_in("performance_officer"), signed_in("clerk")


def attach(client, code, title, content):
    """A new piece of evidence for one indicator, as its form sends it."""
    file = SimpleUploadedFile(f"{title}.txt", content)
    answer = client.post(f"{YEAR}indicators/{code}/evidence/", {"known": "", "title": title, "file": file})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


@pytest.mark.django_db
def test_new_evidence_never_replaces_what_somebody_else_brought(clients):
    """Both started from a page without evidence; each piece gets a code of its own and keeps its file."""
    officer, clerk = clients
    attach(officer, "I01", "发放名册", b"one")
    row = attach(clerk, "I02", "抚恤审批表", b"two")
    assert "抚恤审批表" in row and "E01 发放名册" in row
    assert b"".join(officer.get(f"{YEAR}evidence/E01/")) == b"one"
    assert b"".join(officer.get(f"{YEAR}evidence/E02/")) == b"two"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["a b", "x" * 60, "", "节/一"])
def test_a_section_of_text_has_a_proper_code(clients, code):
    """A code that a workbook would not take is not taken here either."""
    officer, _ = clients
    page = officer.post(f"{YEAR}texts/save/", {"code": code, "body": "正文"}, follow=True).content.decode()
    assert "段落编码" in page and "已保存" not in page


@pytest.mark.django_db
def test_findings_about_one_figure_are_headed_by_its_name(clients):
    """Not by its key."""
    page = clients[0].get(f"{YEAR}checks/?figure=funds.total:adjusted").content.decode()
    assert "只看与“资金来源合计全年预算数”有关的问题" in page


def test_every_kind_of_trail_entry_has_a_word():
    """Whatever the services write into the trail can be read by an auditor."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/rongji").rglob("*.py"))
    kinds = set(re.findall(r'subject_kind="(\w+)"', source)) | set(re.findall(r'Subject\("([a-z_]+)"', source))
    kinds |= set(re.findall(r'_record\(actor, "[\w.]+", "(\w+)"', source))
    assert {"year", "sign_in", "user"} <= kinds <= set(KIND_LABELS)
    assert kind_label("year") == "年度数据"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("web 127.0.0.1", "网页 127.0.0.1"),
        ("cli root@host serve", "命令行 root@host serve"),
        ("system", "系统"),
    ],
)
def test_the_door_of_an_act_is_named(stored, shown):
    """The address or command stays behind it."""
    assert origin_in_words(stored) == shown
