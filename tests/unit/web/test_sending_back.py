"""The inbox of approvals: a run is sent back with a note, its maker reads why, and nobody sends it back twice."""

import pytest
from django.test import Client
from payroll_county import County

from rongji.kernel import clock
from rongji.payments.models import PaymentRun
from rongji.payments.services import propose_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(organisation, actor):
    """The number of a run that waits."""
    county = County.founded(organisation, actor)
    county.pensioner("2023-06-01")
    number = county.computed("2023-07-10", "2023-07")
    propose_run(actor=county.clerk_on("2023-07-10"), run_id=number)
    return number


@pytest.fixture
def client_of(user):
    """A signed-in client of a role."""

    def make(role):
        person = user(role)
        person.password_changed_at = clock.now()
        person.save()
        client = Client()
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return make


def test_an_approver_sends_back_and_the_maker_reads_why(run, client_of):
    """The note stands on the run's page until it is proposed again."""
    head, clerk = client_of("section_head"), client_of("clerk")
    address = f"/payments/{run}/send-back/"
    assert address in head.get("/payments/approvals/").content.decode()
    assert address not in clerk.get(f"/payments/{run}/").content.decode()
    answer = head.post(address, {"note": "示例甲的账户要核对"}, follow=True)
    assert "已退回经办人" in answer.content.decode() and PaymentRun.objects.get(pk=run).state == "computed"
    page = clerk.get(f"/payments/{run}/").content.decode()
    assert "审批人退回了本批次" in page and "示例甲的账户要核对" in page
    assert address not in head.get("/payments/approvals/").content.decode()
    clerk.post(f"/payments/{run}/propose/")
    assert "审批人退回了本批次" not in clerk.get(f"/payments/{run}/").content.decode()


def test_without_a_note_or_a_second_time_it_is_refused_in_words(run, client_of):
    """The sentence stands on the run's page, and nothing changes."""
    head = client_of("section_head")
    address = f"/payments/{run}/send-back/"
    assert "必须写明理由" in head.post(address, {"note": " "}, follow=True).content.decode()
    assert PaymentRun.objects.get(pk=run).state == "proposed"
    head.post(address, {"note": "金额有误"})
    assert "只有提请审批的批次可以退回" in head.post(address, {"note": "再退"}, follow=True).content.decode()
