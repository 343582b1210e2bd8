"""Fetching forms and sending back states: nothing lost, nothing twice, whatever breaks in between."""

from datetime import UTC, datetime, timedelta

import pytest
from unit.public.visitor import JPEG, PETITION

from rongji.intake import collecting
from rongji.intake.collecting import WAITING, collect
from rongji.intake.deciding import Acceptance, accept, refuse
from rongji.intake.models import Intake, IntakePart
from rongji.intake.selectors import intake_file, intake_page, queue
from rongji.kernel import clock
from rongji.public.models import SealedPart, Submission

pytestmark = pytest.mark.database


@pytest.fixture
def clerk(someone):
    return someone("clerk")


def given(number, clerk, **over):
    """A form as its sender wrote it."""
    form = intake_page(clerk, number).form
    facts = {"title": form.title, "applicant": form.applicant, "contact": form.contact, "answers": form.answers}
    return Acceptance(**{**facts, **over})


def test_a_form_is_fetched_whole_and_leaves_nothing_sealed_outside(visitor, clerk):
    number, code = visitor.send(files=[("paper-evidence", "照片.jpg", JPEG)]).codes
    assert collect(actor=clerk).new == 1
    page = intake_page(clerk, number)
    assert (page.form.applicant, page.form.contact) == ("李示例", "139****1234")
    assert page.form.answers == {"topic": "抚恤优待", "request": PETITION["f-request"]}
    assert [(file.name, file.paper, file.trouble) for file in page.form.files] == [("照片.jpg", "evidence", "")]
    assert intake_file(clerk, number, 1) == ("照片.jpg", JPEG)
    assert SealedPart.objects.count() == 0
    assert WAITING in visitor.state(number, code).main


def test_it_lies_sealed_inside_too(visitor, clerk):
    visitor.send()
    collect(actor=clerk)
    assert "李示例".encode() not in bytes(IntakePart.objects.get().sealed)


def test_fetching_twice_brings_it_once(visitor, clerk):
    visitor.send()
    assert [collect(actor=clerk).new for _ in range(3)] == [1, 0, 0]
    assert Intake.objects.count() == 1


class Killed(BaseException):
    """What happens to a process."""


@pytest.mark.parametrize("after", ["_store", "open_form"])
def test_killed_while_fetching_it_is_met_again_and_not_doubled(visitor, clerk, monkeypatch, after):
    """After it was stored inside and before it was taken out there; and in the middle of storing it."""
    number, _ = visitor.send().codes
    original = getattr(collecting, after)

    def killed(*args, **fields):
        original(*args, **fields)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(collecting, after, killed)
        with pytest.raises(Killed):
            collect(actor=clerk)
    assert Submission.objects.get().is_waiting is True
    collect(actor=clerk)
    assert [row.number for row in Intake.objects.all()] == [number]
    assert intake_page(clerk, number).form.applicant == "李示例"
    assert Submission.objects.get().is_waiting is False


def test_killed_while_opening_the_case_there_is_one_case_in_the_end(visitor, clerk, monkeypatch):
    """The case, its papers and our note of it stand or fall together."""
    from rongji.casework.models import Case
    from rongji.intake import deciding

    number, _ = visitor.send(files=[("paper-evidence", "照片.jpg", JPEG)]).codes
    collect(actor=clerk)
    with monkeypatch.context() as patch:
        patch.setattr(deciding, "_decide", lambda *_, **__: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            accept(actor=clerk, number=number, as_written=given(number, clerk))
    assert Case.objects.count() == 0
    accept(actor=clerk, number=number, as_written=given(number, clerk))
    assert [case.intake for case in Case.objects.all()] == [number]


def test_a_window_that_is_away_is_told_and_nothing_inside_changes(visitor, clerk, window_home):
    from django.db import connections

    from rongji.intake.refusals import WindowUnreachable

    visitor.send()
    connections["public"].close()
    entry = connections["public"].settings_dict
    real, entry["NAME"] = entry["NAME"], str(window_home / "no" / "such" / "place.sqlite3")
    try:
        with pytest.raises(WindowUnreachable, match="局内数据没有变动"):
            collect(actor=clerk)
    finally:
        connections["public"].close()
        entry["NAME"] = real
    assert Intake.objects.count() == 0
    assert collect(actor=clerk).new == 1


def test_a_clock_ahead_of_ours_does_not_date_a_form_into_the_future(visitor, someone):
    """Received on the day of fetching, and it is said."""
    number, _ = visitor.send().codes
    early = someone("clerk", at=clock.now() - timedelta(days=3))
    collect(actor=early)
    page = intake_page(early, number)
    assert page.received_on == early.day
    assert "窗口的时钟比局内快" in page.clock_note


def test_a_clock_that_stopped_before_there_was_any_law_shuts_nobodys_queue(visitor, clerk):
    """Fetched like any other, received on the day of fetching, and it is said."""
    number, _ = visitor.send().codes
    Submission.objects.update(received_at=datetime(1970, 1, 1, tzinfo=UTC))
    assert (collect(actor=clerk).new, queue(clerk)[1]) == (1, 1)
    page = intake_page(clerk, number)
    assert page.received_on == clerk.day
    assert "窗口的时钟是 1970-01-01" in page.clock_note
    assert accept(actor=clerk, number=number, as_written=given(number, clerk))


def test_a_window_that_was_taken_over_cannot_send_what_it_likes(visitor, clerk):
    """Numbers, kinds and sizes that no window of ours writes stay outside; a form sealed wrongly does not open."""
    visitor.send()
    row = Submission.objects.get()
    same = {
        name: getattr(row, name) for name in ("code_hash", "content_digest", "kind", "label", "received_at", "size")
    }
    odd = ({"number": "../../x"}, {"number": "W2026"}, {"kind": "no-such-kind"}, {"size": 10**12})
    for place, over in enumerate(odd):
        Submission.objects.create(**{**same, "number": f"W20260101-AAAA{place}", "token_hash": str(place), **over})
    done = collect(actor=clerk)
    assert (done.new, done.unfit) == (1, 4)


def test_a_part_that_was_swapped_outside_is_noticed(visitor, clerk):
    """It is fetched, cannot be opened, says why, and can only be refused."""
    first, second = visitor.send().codes[0], visitor.send(title="另一件事").codes[0]
    parts = {part.submission.number: part for part in SealedPart.objects.select_related("submission")}
    parts[first].sealed = bytes(parts[second].sealed)
    parts[first].save()
    collect(actor=clerk)
    page = intake_page(clerk, first)
    assert page.form is None and "密文与密钥不符" in page.line.trouble
    assert intake_page(clerk, second).form.title == "另一件事"
    refuse(actor=clerk, number=first, reason="内容看不清楚是什么事，请写明后重新提交或到现场说明")


def test_old_forms_open_after_the_key_was_changed(visitor, clerk, someone):
    from rongji.intake.keys import make_keys

    first, _ = visitor.send().codes
    make_keys(actor=someone("administrator"))
    second, _ = visitor.send().codes
    collect(actor=clerk)
    assert {intake_page(clerk, number).form.applicant for number in (first, second)} == {"李示例"}


def test_the_pages_fetch_by_themselves_every_so_often(visitor, clerk):
    """Beside the web pages, as the system itself."""
    from rongji.accounts.models import TrailEntry
    from rongji.accounts.types import system_actor
    from rongji.cli.serve import CollectingThread

    number, _ = visitor.send().codes
    CollectingThread(60).act(system_actor(at=clock.now(), place="rongji serve"))
    assert intake_page(clerk, number).form.applicant == "李示例"
    assert TrailEntry.objects.get(action="intake.collect").actor_label == "系统"


def test_two_forms_of_one_sender_are_hinted(visitor, clerk):
    first, second = visitor.send().codes[0], visitor.send(contact="139-0000-1234", title="又一件事").codes[0]
    other = visitor.send(applicant="王示例").codes[0]
    collect(actor=clerk)
    lines, count = queue(clerk)
    assert count == 3
    assert {line.number: line.alike for line in lines} == {first: 1, second: 1, other: 0}
    assert [line.number for line in intake_page(clerk, first).alike] == [second]
    assert all(line.contact == "139****1234" or line.number == second for line in lines)


def test_the_state_follows_the_case_to_its_end(visitor, clerk, someone):
    """Each time in the words that the step has for the public; the last one stays."""
    from rongji.casework.services import act_on_case
    from rongji.casework.types import NewAct
    from rongji.law.case_kinds import case_kind_version

    number, code = visitor.send().codes
    collect(actor=clerk)
    case = accept(actor=clerk, number=number, as_written=given(number, clerk))
    collect(actor=clerk)
    assert "已登记，正在审查是否受理" in visitor.state(number, code).main
    later = someone("section_head", days=1)
    act_on_case(actor=later, case_id=case, new=NewAct(act="accept", on=later.day))
    collect(actor=later)
    page = visitor.state(number, code)
    assert "已受理，正在办理" in page.main and f"{later.day.day} 日" in page.main
    act_on_case(actor=later, case_id=case, new=NewAct(act="withdraw", on=later.day, answers=_needed("withdraw")))
    collect(actor=later)
    from rongji.casework.models import Case

    row = Case.objects.get()
    assert case_kind_version(row.kind, row.version).steps_by_id[row.step].public in visitor.state(number, code).main
    assert Intake.objects.get().is_settled is True


def _needed(act):
    """Answers to whatever the act needs."""
    from rongji.law.asked import AskedKind
    from rongji.law.case_kinds import case_kind

    fields = case_kind("petition", on=clock.today(), region="990201").acts_by_id[act].fields
    plain = {AskedKind.DAY: clock.today().isoformat(), AskedKind.COUNT: "1", AskedKind.FLAG: "是"}
    return {
        item.id: plain.get(item.kind, item.choices[0] if item.choices else "示例") for item in fields if item.is_needed
    }


def test_a_refused_form_tells_its_reason_and_never_the_note(visitor, clerk):
    number, code = visitor.send().codes
    collect(actor=clerk)
    refuse(actor=clerk, number=number, reason="需要本人到现场办理", note="李示例电话里说不清")
    collect(actor=clerk)
    page = visitor.state(number, code)
    assert "未受理：需要本人到现场办理" in page.main
    assert "说不清" not in page.text


def test_with_the_inside_switched_off_the_window_keeps_taking_forms(visitor):
    """It needs nobody inside; what waits is fetched when somebody is back."""
    number, code = visitor.send().codes
    assert "等待工作人员取件" in visitor.state(number, code).main
    assert Intake.objects.count() == 0
