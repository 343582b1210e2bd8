"""A case received some time ago is opened by what was asked on that day: the form follows the day that is typed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from rongji.casework.models import Case
from rongji.kernel import clock

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("legal")]
TODAY = date(2024, 6, 3)
OK, UNCHANGED, REFUSED, FOUND = 200, 204, 422, 302
HTMX = {"HX-Request": "true"}
ADDRESS = "/cases/new/sample/"


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    """Requests come on a Monday in June 2024."""
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def clerk(office):
    """A clerk of the invented county at a browser."""
    return office.browser()


@pytest.fixture
def newer(sample):
    """A version of the sample kind in force since 2024 that asks for something else."""
    text = sample.read_text(encoding="utf-8").replace("effective: 2020-01-01", "effective: 2024-01-01")
    fields = "  - {id: need, label: 急需程度, kind: choice, choices: [一般, 紧急]}\n"
    at = text.index("  - {id: amount")
    (sample.parent / "2024-01-01.yaml").write_text(text[:at] + fields + text[at:], encoding="utf-8")


def version_of(page):
    body = page.content.decode()
    return body[body.index('name="form_version" value="') :].split('"')[3]


def typed(**given):
    facts = {"case_applicant": "示例甲", "case_channel": "visit", "case_received_on": "2024-06-03", "case_people": "1",
             "case_title": "求助", "topic": "医疗", "amount": ""}  # fmt: skip
    return {**facts, **given}


def test_the_fields_follow_the_day_that_is_typed(clerk, newer):
    """What was typed stays; a day of the same version changes nothing."""
    page = clerk.get(ADDRESS)
    assert "急需程度" in page.content.decode() and 'hx-trigger="change"' in page.content.decode()
    now = version_of(page)
    changed = clerk.post(
        ADDRESS, typed(case_received_on="２０２３年５月４日", follow="1", form_version=now), headers=HTMX
    )
    body = changed.content.decode()
    assert changed.status_code == OK and "急需程度" not in body
    assert 'value="２０２３年５月４日"' in body and 'value="求助"' in body and "rj-form-refusal" not in body
    same = clerk.post(ADDRESS, typed(case_received_on="2024-02-01", follow="1", form_version=now), headers=HTMX)
    assert same.status_code == UNCHANGED
    unread = clerk.post(ADDRESS, typed(case_received_on="去年", follow="1", form_version=now), headers=HTMX)
    assert unread.status_code == UNCHANGED


def test_without_script_the_refusal_shows_the_fields_of_that_day_and_sent_again_it_is_opened(clerk, newer):
    """Nothing is opened by fields that nobody has seen."""
    now = version_of(clerk.get(ADDRESS))
    sent = typed(case_received_on="2023-05-04", need="紧急", form_version=now)
    refused = clerk.post(ADDRESS, sent)
    body = refused.content.decode()
    assert refused.status_code == REFUSED and "适用的是另一版规定" in body and "急需程度" not in body
    assert not Case.objects.exists()
    sent["form_version"] = version_of(refused)
    assert sent["form_version"] != now
    assert clerk.post(ADDRESS, sent).status_code == FOUND
    case = Case.objects.get()
    assert (case.version, case.received_on) == ("2020-01-01", date(2023, 5, 4))


def test_a_day_before_there_was_such_a_kind_is_told_beside_the_day(clerk, newer):
    """The rest of the form stays as it is."""
    now = version_of(clerk.get(ADDRESS))
    refused = clerk.post(ADDRESS, typed(case_received_on="2001-05-04", need="紧急", form_version=now))
    assert 'id="wrong-case_received_on"' in refused.content.decode() and not Case.objects.exists()
