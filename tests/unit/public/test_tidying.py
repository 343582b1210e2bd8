"""What people sent is deleted when its time is over: inside and in the window, and they are still told what became."""

from datetime import date, timedelta

import pytest
from unit.public.visitor import JPEG

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.intake import tidying
from rongji.intake.collecting import collect
from rongji.intake.deciding import Acceptance, accept, refuse, set_aside
from rongji.intake.models import Intake, IntakePart
from rongji.intake.publishing import publish
from rongji.intake.retention import Kept, periods
from rongji.intake.selectors import intake_page, queue
from rongji.intake.tidying import overdue, tidy
from rongji.kernel import clock
from rongji.public.models import SealedPart, Submission

pytestmark = pytest.mark.database
GIVEN = Acceptance(
    title="反映优待金", applicant="李示例", contact="13900001234",
    answers={"topic": "抚恤优待", "request": "没有收到优待金"},
)  # fmt: skip
REASON = "需要本人到现场办理"
LONG = 400
"""Days after which every period of the national table is over."""


class Killed(BaseException):
    """What happens to a process."""


@pytest.fixture
def sent(visitor, someone):
    """A form with a picture that was fetched: its number and query code."""

    def send(title="反映优待金发放问题"):
        codes = visitor.send(files=[("paper-evidence", "照片.jpg", JPEG)], title=title).codes
        collect(actor=someone("clerk"))
        return codes

    return send


def counts(done):
    """Refused, finished, unfetched."""
    return done.refused, done.finished, done.unfetched


@pytest.mark.parametrize(
    ("today", "refused", "unfetched"),
    [
        (date(2026, 5, 21), date(2025, 11, 20), date(2025, 5, 20)),
        (date(2026, 9, 1), date(2026, 2, 28), date(2025, 8, 31)),
        (date(2028, 3, 1), date(2027, 8, 31), date(2027, 2, 28)),
    ],
)
def test_the_last_day_whose_period_is_over(today, refused, unfetched):
    """Six months and twelve, to the end of their last day, over months of any length."""
    found = {period.what: period.last for period in periods(today=today, area="990201")}
    assert found == {Kept.REFUSED: refused, Kept.FINISHED: refused, Kept.UNFETCHED: unfetched}


def test_a_refused_form_is_deleted_and_its_sender_is_told_so(sent, visitor, someone):
    number, code = sent()
    refuse(actor=someone("clerk"), number=number, reason=REASON, note="李示例电话里说不清")
    collect(actor=someone("clerk"))
    head = someone("section_head", days=LONG)
    assert counts(overdue(head)) == (1, 0, 0)
    assert counts(tidy(actor=head)) == (1, 0, 0)
    row = Intake.objects.get()
    assert (row.sender, row.note, row.tidied_on) == ("", "", head.day)
    assert IntakePart.objects.count() == 0
    page = visitor.state(number, code)
    assert f"未受理：{REASON}" in page.main and f"{head.day:%Y-%m-%d} 已删除" in page.main
    shown = intake_page(someone("clerk"), number)
    assert shown.form is None and shown.line.trouble == ""
    assert queue(someone("clerk"), state="refused")[0][0].tidied_on == head.day


def test_a_form_is_kept_to_the_last_day_of_its_period(sent, someone):
    number, _ = sent()
    refuse(actor=someone("clerk"), number=number, reason=REASON)
    decided = someone("clerk").day
    last = next(day for day in range(150, 200) if _is_over(decided, decided + timedelta(days=day + 1)))
    assert counts(tidy(actor=someone("section_head", days=last))) == (0, 0, 0)
    assert IntakePart.objects.count() == 2
    assert counts(tidy(actor=someone("section_head", days=last + 1))) == (1, 0, 0)


def _is_over(decided, today):
    return decided <= next(item.last for item in periods(today=today, area="990201") if item.what is Kept.REFUSED)


def test_what_waits_inside_is_never_deleted_however_old(sent, someone):
    """Nobody has decided about it yet: that is a delay of ours, not the end of its purpose."""
    number, _ = sent()
    assert counts(tidy(actor=someone("section_head", days=5 * LONG))) == (0, 0, 0)
    assert intake_page(someone("clerk"), number).form.applicant == "李示例"


def test_of_a_closed_case_and_of_spam_the_digest_of_the_sender_goes(sent, someone):
    """The case itself is the bureau's record and stays; an open one keeps the digest, too."""
    from rongji.casework.models import Case

    open_case, closed, spam = (sent(f"第{n}件事")[0] for n in range(3))
    clerk = someone("clerk")
    accept(actor=clerk, number=open_case, as_written=GIVEN)
    case = accept(actor=clerk, number=closed, as_written=GIVEN)
    set_aside(actor=clerk, number=spam, note="广告，自称李示例")
    Case.objects.filter(pk=case).update(is_open=False, closed_on=clerk.day, outcome="done")
    collect(actor=clerk)
    assert counts(tidy(actor=someone("director", days=LONG))) == (0, 2, 0)
    left = {row.number: bool(row.sender or row.note) for row in Intake.objects.all()}
    assert left == {open_case: True, closed: False, spam: False}
    assert Case.objects.count() == 2


def test_a_form_that_nobody_fetched_is_deleted_in_the_window_and_its_sender_is_told(visitor, someone):
    number, code = visitor.send(files=[("paper-evidence", "照片.jpg", JPEG)]).codes
    assert counts(tidy(actor=someone("section_head", days=200))) == (0, 0, 0)
    assert SealedPart.objects.count() == 2
    head = someone("section_head", days=LONG)
    assert counts(overdue(head)) == counts(tidy(actor=head)) == (0, 0, 1)
    row = Submission.objects.get()
    assert (row.is_waiting, row.size, row.content_digest, SealedPart.objects.count()) == (False, 0, "", 0)
    page = visitor.state(number, code)
    assert page.status == 200 and "没有取件" in page.main and "请重新提交" in page.main
    assert collect(actor=someone("clerk")).new == 0
    assert Intake.objects.count() == 0


def test_one_that_was_stored_inside_and_not_yet_taken_out_is_not_taken_for_unfetched(visitor, someone, monkeypatch):
    from rongji.intake import collecting

    number, code = visitor.send().codes
    store = collecting._store

    def killed(*args):
        store(*args)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(collecting, "_store", killed)
        with pytest.raises(Killed):
            collect(actor=someone("clerk"))
    assert counts(tidy(actor=someone("section_head", days=LONG))) == (0, 0, 0)
    collect(actor=someone("clerk"))
    assert "已取件" in visitor.state(number, code).main


def test_the_trail_tells_how_many_and_never_of_whom(sent, visitor, someone):
    refused, _ = sent()
    refuse(actor=someone("clerk"), number=refused, reason=REASON)
    waiting, _ = visitor.send(title="另一件事").codes
    tidy(actor=someone("section_head", days=LONG))
    entries = TrailEntry.objects.filter(action="intake.tidy").order_by("sequence")
    assert [entry.detail for entry in entries] == [{"unfetched": 1}, {"refused": 1, "finished": 0}]
    told = " ".join(f"{entry.summary}{entry.detail}{entry.subject_id}" for entry in entries)
    assert "1 件" in told and not any(word in told for word in (refused, waiting, "李示例"))


def test_a_round_with_nothing_to_delete_leaves_no_entry(sent, someone):
    assert counts(tidy(actor=someone("section_head", days=LONG))) == (0, 0, 0)
    assert not TrailEntry.objects.filter(action="intake.tidy").exists()


def test_doing_it_again_deletes_nothing_more(sent, someone):
    number, _ = sent()
    refuse(actor=someone("clerk"), number=number, reason=REASON)
    head = someone("section_head", days=LONG)
    assert [counts(tidy(actor=head)) for _ in range(2)] == [(1, 0, 0), (0, 0, 0)]


@pytest.mark.parametrize("at", ["_delete", "_record"])
def test_killed_inside_nothing_is_half_deleted(sent, someone, monkeypatch, at):
    """In the middle of deleting, or before the trail has it: all of it is still there, and the next round does it."""
    number, _ = sent()
    refuse(actor=someone("clerk"), number=number, reason=REASON)
    head, original = someone("section_head", days=LONG), getattr(tidying, at)

    def killed(*args, **fields):
        original(*args, **fields)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(tidying, at, killed)
        with pytest.raises(Killed):
            tidy(actor=head)
    assert Intake.objects.get().tidied_on is None and IntakePart.objects.count() == 2
    assert intake_page(someone("clerk"), number).form.applicant == "李示例"
    assert counts(tidy(actor=head)) == (1, 0, 0)


def test_killed_before_the_window_is_told_the_next_collection_tells_it(sent, visitor, someone, monkeypatch):
    number, code = sent()
    refuse(actor=someone("clerk"), number=number, reason=REASON)
    head = someone("section_head", days=LONG)
    with monkeypatch.context() as patch:
        patch.setattr(tidying, "tell_states", lambda: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            tidy(actor=head)
    assert IntakePart.objects.count() == 0
    collect(actor=someone("clerk"))
    assert "已删除" in visitor.state(number, code).main


def test_killed_in_the_window_the_form_is_whole_or_gone(visitor, someone, monkeypatch):
    """Its parts and its words in one transaction."""
    number, code = visitor.send().codes
    head = someone("section_head", days=LONG)
    from django.db.models import QuerySet

    original = QuerySet.delete

    def killed(rows):
        original(rows)
        if rows.model is SealedPart:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, "delete", killed)
        with pytest.raises(Killed):
            tidy(actor=head)
    assert SealedPart.objects.count() == 1 and Submission.objects.get().is_waiting
    assert "等待工作人员取件" in visitor.state(number, code).main
    assert counts(tidy(actor=head)) == (0, 0, 1)


def test_only_whoever_keeps_the_window_deletes(bureau, someone):
    for role in ("clerk", "finance", "auditor", "administrator", "reviewer"):
        with pytest.raises(NotAllowed):
            tidy(actor=someone(role))


def test_everybody_is_told_how_long_before_they_write(visitor):
    """The window reads no law: the sentences come with what is published."""
    told = visitor.get("/privacy/").main
    assert "告知未受理满 6 个月" in told and "一直没有取件满 12 个月" in told and "第四十七条" in told


def test_a_place_may_have_shorter_periods(someone, opened, visitor, monkeypatch):
    """A row of the place in the law, and both the deletion and the public sentence follow it."""
    from dataclasses import replace

    from rongji.intake import retention

    national = retention.as_of

    def of_the_place(table, **keys):
        row = national(table, **keys)
        assert keys["region"] == "990201"
        return replace(row, value=replace(row.value, amount=1))

    monkeypatch.setattr(retention, "as_of", of_the_place)
    publish(actor=someone("section_head"))
    assert "告知未受理满 1 个月" in visitor.get("/privacy/").main
    today = clock.today()
    assert all(period.last >= today - timedelta(days=32) for period in periods(today=today, area="990201"))


@pytest.mark.one_database
def test_whoever_keeps_the_window_sees_how_many_and_deletes_them_by_a_button(sent, someone):
    from django.test import Client

    from rongji.accounts.models import User

    number, _ = sent()
    refuse(actor=someone("clerk"), number=number, reason=REASON)
    Intake.objects.update(decided_at=clock.now() - timedelta(days=LONG))
    clients = {}
    for role in ("section_head", "clerk"):
        person = User.objects.get(pk=someone(role).user_id)
        person.password_changed_at = clock.now()
        person.save()
        clients[role] = Client()
        clients[role].post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
    button = "删除这 1 件的个人信息"
    assert button not in clients["clerk"].get("/intake/publication/").content.decode()
    assert clients["clerk"].post("/intake/publication/tidy/").status_code == 403
    shown = clients["section_head"].get("/intake/publication/").content.decode()
    assert button in shown and "告知未受理满 6 个月" in shown
    after = clients["section_head"].post("/intake/publication/tidy/", follow=True).content.decode()
    assert "已删除 1 件来件的个人信息" in after and "没有保存期已满的" in after
    assert "保存期满，内容和材料" in clients["clerk"].get(f"/intake/{number}/").content.decode()
    assert "保存期满，已删除" in clients["clerk"].get("/intake/?state=refused").content.decode()
