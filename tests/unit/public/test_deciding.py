"""What becomes of a form: a case that runs from its receipt, a reasoned no, or nothing."""

import pytest
from unit.public.visitor import JPEG

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.casework.models import Case
from rongji.casework.refusals import AnswersUnfit, PersonMissing
from rongji.intake.collecting import collect
from rongji.intake.deciding import Acceptance, accept, refuse, set_aside
from rongji.intake.models import Intake, IntakePart
from rongji.intake.refusals import IntakeDecided, IntakeUnknown, ReasonNotOffered
from rongji.intake.selectors import intake_page, queue

pytestmark = pytest.mark.database
ANSWERS = {"topic": "抚恤优待", "request": "没有收到优待金"}
GIVEN = Acceptance(title="反映优待金", applicant="李示例", contact="13900001234", answers=ANSWERS)


@pytest.fixture
def number(visitor, someone):
    """A form that waits inside."""
    found = visitor.send(files=[("paper-evidence", "照片.jpg", JPEG), ("paper-other", "说明.pdf", b"%PDF-1.7 ")]).codes[
        0
    ]
    collect(actor=someone("clerk"))
    return found


def test_its_case_was_received_when_the_window_received_it(number, someone):
    """Started by receipt, not by entry five days later; the number of the form stands in the case."""
    later = someone("clerk", days=5)
    case = Case.objects.get(pk=accept(actor=later, number=number, as_written=GIVEN))
    received = Intake.objects.get().received_on
    assert (case.received_on, case.intake, case.channel) == (received, number, "online")
    assert case.clocks.get(clock="accept").started_on >= received
    assert (later.day - case.received_on).days in (5, 4)


def test_its_papers_come_along_and_what_was_sealed_is_gone(number, someone):
    case = accept(actor=someone("clerk"), number=number, as_written=GIVEN)
    papers = Case.objects.get(pk=case).papers.values_list("kind", "file_name")
    assert set(papers) == {("evidence", "照片.jpg"), ("其他材料", "说明.pdf")}
    assert IntakePart.objects.count() == 0
    assert intake_page(someone("clerk"), number).line.case_id == case


def test_nobody_decides_twice(number, someone):
    clerk = someone("clerk")
    accept(actor=clerk, number=number, as_written=GIVEN)
    for again in (
        lambda: accept(actor=clerk, number=number, as_written=GIVEN),
        lambda: refuse(actor=clerk, number=number, reason="需要本人到现场办理"),
        lambda: set_aside(actor=clerk, number=number),
    ):
        with pytest.raises(IntakeDecided, match="已转办件"):
            again()
    assert Case.objects.count() == 1


def test_what_the_kind_refuses_opens_no_case_and_leaves_the_form_waiting(number, someone):
    with pytest.raises(AnswersUnfit):
        accept(actor=someone("clerk"), number=number, as_written=Acceptance(title="事", applicant="李", contact=""))
    assert Case.objects.count() == 0
    assert queue(someone("clerk"))[1] == 1


def test_a_matter_about_a_file_needs_the_file(visitor, someone):
    from datetime import date

    from unit.people.samples import number_of

    id_number = number_of(date(1970, 1, 1), 101)
    page = visitor.send("disability_grade", given={})
    given = {name: "2020-01-01" if "date" in kind else "示例" for name, kind in _asked(page.text)}
    given |= {
        "applicant": "李示例",
        "contact": "13900001234",
        "title": "申请评定",
        "id_number": id_number,
        "consent": "yes",
    }
    sent = visitor.send("disability_grade", given=given | _chosen(page.text), files=_papers(page.text))
    assert sent.codes, sent.main
    collect(actor=someone("clerk"))
    with pytest.raises(PersonMissing):
        accept(actor=someone("clerk"), number=sent.codes[0], as_written=GIVEN)


def _asked(text):
    import re

    return [(name, kind) for name, kind in re.findall(r'name="(f-\w+)"[^>]*?(type="\w+"|rows)', text)]


def _chosen(text):
    import re

    return dict(
        re.findall(r'<select id="[^"]+" name="([^"]+)".*?<option value="">.*?<option[^>]*>([^<]+)<', text, re.S)
    )


def _papers(text):
    import re

    names = re.findall(r'type="file" id="[^"]+" name="([^"]+)"[^>]*aria-required', text)
    return [(name, "证明.jpg", JPEG) for name in names]


def test_a_reason_is_one_of_those_that_may_be_told(number, someone):
    with pytest.raises(ReasonNotOffered, match="不对外"):
        refuse(actor=someone("clerk"), number=number, reason="此人是老上访户")
    assert Intake.objects.get().state == "new"


def test_spam_is_deleted_but_its_number_is_not(number, someone):
    set_aside(actor=someone("clerk"), number=number, note="广告")
    assert IntakePart.objects.count() == 0
    assert Intake.objects.get().number == number


def test_only_whoever_handles_cases_decides(number, someone):
    for role in ("finance", "auditor", "administrator", "reviewer"):
        with pytest.raises(NotAllowed):
            refuse(actor=someone(role), number=number, reason="需要本人到现场办理")
        with pytest.raises(NotAllowed):
            intake_page(someone(role), number)


def test_a_form_that_is_not_there_is_named(inside, bureau, someone):
    with pytest.raises(IntakeUnknown, match="W20260101-AAAAA"):
        refuse(actor=someone("clerk"), number="W20260101-AAAAA", reason="需要本人到现场办理")


def test_every_step_is_on_the_trail_without_a_name(number, someone):
    accept(actor=someone("clerk"), number=number, as_written=GIVEN)
    entries = TrailEntry.objects.filter(subject_kind__in=("intake", "public_window"))
    assert [entry.action for entry in entries] == [
        "intake.make_keys", "intake.publish", "intake.collect", "intake.accepted"
    ]  # fmt: skip
    assert not any("李示例" in f"{entry.summary}{entry.detail}" for entry in entries)
