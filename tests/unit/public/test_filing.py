"""Sending a form through the window: receipt, once only, whole or not at all; what is hostile is told so politely."""

import shutil
from datetime import timedelta

import pytest
from unit.public.visitor import JPEG, PETITION, Visitor
from unit.public.window import serving

pytestmark = pytest.mark.database


def kept():
    """How many forms are in the box, and how many sealed parts."""
    from rongji.public.models import SealedPart, Submission

    return Submission.objects.count(), SealedPart.objects.count()


def test_a_form_is_answered_with_number_and_query_code(visitor):
    page = visitor.send(files=[("paper-evidence", "照片.jpg", JPEG)])
    assert page.status == 200
    number, code = page.codes
    assert number.startswith("W2") and len(code) == 14
    assert "查询码只显示这一次" in page.main
    assert kept() == (1, 2)


def test_nothing_of_a_person_lies_readable_in_the_window(visitor, window_home):
    """Neither in the tables nor in the file, nor in the log beside it."""
    visitor.send(files=[("paper-evidence", "李示例的病历.jpg", JPEG)])
    written = b"".join(path.read_bytes() for path in window_home.rglob("*") if path.is_file())
    for word in ("李示例", "13900001234", "优待金发放问题", "病历"):
        assert word.encode() not in written
    assert JPEG not in written


def test_the_query_code_is_stored_nowhere(visitor, window_home):
    code = visitor.send().codes[1]
    written = b"".join(path.read_bytes() for path in window_home.rglob("*") if path.is_file())
    assert code.encode() not in written and code.replace("-", "").encode() not in written


def test_the_same_form_sent_twice_is_one_form_with_one_receipt(visitor):
    """An answer that was lost on the way is not lost for good."""
    page = visitor.get("/apply/petition/")
    given = {**PETITION, "token": page.hidden("token"), "csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken")}
    first, second = visitor.send_again("petition", given), visitor.send_again("petition", given)
    assert first.codes == second.codes
    assert "此前已经提交过，只算一件" in second.main
    assert kept() == (1, 1)


def test_a_sent_form_with_something_else_in_it_is_not_taken_for_the_first(visitor):
    page = visitor.get("/apply/petition/")
    given = {**PETITION, "token": page.hidden("token"), "csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken")}
    number = visitor.send_again("petition", given).codes[0]
    changed = visitor.send_again("petition", {**given, "f-request": "另一件事"})
    assert changed.status == 409
    assert number in changed.main and "重新打开表单" in changed.main
    assert kept()[0] == 1


def test_what_is_missing_is_told_at_its_field_and_nothing_typed_is_lost(visitor):
    page = visitor.send(given={"f-request": "写了一大段话", "contact": "电话"})
    assert page.status == 422
    for name in ("applicant", "contact", "title", "f-topic", "consent"):
        assert f'href="#{name}"' in page.text and f'id="{name}-wrong"' in page.text
    assert "写了一大段话" in page.text
    assert "应为 11 位手机号" in page.main
    assert kept() == (0, 0)


def test_a_matter_about_a_file_needs_a_valid_id_number(visitor):
    page = visitor.send("veteran_card", given={"applicant": "李示例", "id_number": "430104197001011234"})
    assert page.status == 422
    assert "“身份证号”有误：最后一位校验码不符" in page.main


def test_a_form_without_the_cookie_is_not_taken(visitor, window_address):
    stranger = Visitor(window_address)
    page = visitor.get("/apply/petition/")
    given = {**PETITION, "token": page.hidden("token"), "csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken")}
    answer = stranger.send_again("petition", given)
    assert answer.status == 403
    assert "请允许本站使用 Cookie" in answer.main


@pytest.mark.parametrize("token", ["", "made-up", "abc:1:def", "x" * 5000])
def test_a_token_that_is_none_of_ours_asks_for_a_second_look(visitor, token):
    """And keeps what was typed, and takes it then."""
    page = visitor.send(token=token)
    assert page.status == 422 and "打开的时间太久" in page.main
    again = {**PETITION, "token": page.hidden("token"), "csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken")}
    assert visitor.send_again("petition", again).codes


def test_the_field_that_nobody_sees_catches_machines_but_loses_nothing(visitor):
    page = visitor.send(homepage="http://spam.example")
    assert page.status == 422 and "不应填写的栏目" in page.main
    assert PETITION["f-request"] in page.text
    assert kept() == (0, 0)


HOSTILE = [
    ("script", "<script>alert(1)</script><img src=x onerror=alert(2)>"),
    ("template", "{{ settings.SECRET_KEY }}{% load static %}"),
    ("nul and control", "前\x00后\x1b[2J\x07"),
    ("turning", "\u202e转过来的字\u2066"),
    ("half a character", "断\ud800了"),
    ("sql", "'; DROP TABLE public_submission; --"),
    ("path", "../../../../etc/passwd"),
]


@pytest.mark.parametrize("text", [row[1] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_text_is_text(visitor, text):
    """It is kept as text; shown again it is escaped."""
    page = visitor.send(**{"f-request": text, "title": "一件事"})
    assert page.status == 200 and page.codes
    shown = visitor.send(given={"f-request": text})
    assert shown.status == 422
    assert "<script>alert" not in shown.text and "onerror=alert(2)>" not in shown.text
    assert not set(shown.text) & {"\x00", "\u202e", "\u2066"}


FILES = [
    ("program", "照片.jpg", b"MZ\x90\x00" + b"x" * 200, "内容不是 jpg 文件"),
    ("kind", "病毒.exe", b"MZ\x90\x00", "只接收照片"),
    ("page", "网页.html", b"<script>", "只接收照片"),
    ("empty", "空.pdf", b"", "文件是空的"),
    ("large", "大.pdf", b"%PDF-" + b"x" * (1024 * 1024 + 10), "超过 1 MB"),
    ("path", "../../../etc/cron.d/x", b"* * * * *", "只接收照片"),
]


@pytest.mark.parametrize(("name", "data", "why"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_file_that_is_not_what_it_should_be_is_named(visitor, name, data, why):
    page = visitor.send(files=[("paper-evidence", name, data)])
    assert page.status == 422
    assert why in page.main and 'href="#paper-evidence"' in page.text
    assert ".." not in page.main
    assert kept() == (0, 0)


def test_too_many_files_are_counted(visitor):
    page = visitor.send(files=[("paper-evidence", f"{n}.jpg", JPEG) for n in range(7)])
    assert page.status == 422 and "附件最多 5 个" in page.main


def test_a_thousand_fields_are_no_form(visitor):
    page = visitor.send(**{f"field{n}": "x" for n in range(1000)})
    assert page.status == 400
    assert "无法识别" in page.main and "Traceback" not in page.text


def test_more_than_any_form_is_refused_before_it_is_read(visitor):
    page = visitor.send(files=[("paper-evidence", f"{n}.pdf", b"%PDF-" + b"x" * 1_700_000) for n in range(2)])
    assert page.status == 413
    assert "不能超过 2 MB" in page.main


def test_a_long_text_is_told_its_length(visitor):
    page = visitor.send(**{"f-request": "字" * 9000})
    assert page.status == 422 and "最多 4000 个字" in page.main


def test_only_so_many_forms_an_hour_come_from_one_address(visitor, window_address):
    answers = [visitor.send().status for _ in range(8)]
    assert answers == [200] * 6 + [429] * 2
    assert Visitor(window_address).send().status == 200


def test_a_full_queue_sends_people_to_the_counter(window_home, opened, tmp_path):
    """Before they fill in anything, and at the end if it fills up meanwhile."""
    home = tmp_path / "full"
    shutil.copytree(window_home, home)
    with serving(home, QUEUE_FORMS="1") as address:
        early, late = Visitor(address), Visitor(address)
        page = early.get("/apply/petition/")
        assert late.send(title="另一件事").status == 200
        given = {**PETITION, "token": page.hidden("token"), "csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken")}
        answer = early.send_again("petition", given)
        assert answer.status == 503 and "暂时收不下" in answer.main
        assert Visitor(address).get("/apply/petition/").status == 503


def test_on_a_full_disk_nothing_is_half_kept(window_home, opened, tmp_path):
    """The sentence says so, what was typed is still there, and with room again the same form goes through."""
    import sqlite3

    home = tmp_path / "small"
    with sqlite3.connect(window_home / "window.sqlite3") as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(window_home, home)
    picture = JPEG + bytes(range(256)) * 3000  # 768 kB
    size = (home / "window.sqlite3").stat().st_size
    with serving(home, most_bytes_per_file=size + 300_000) as address:
        page = Visitor(address).send(files=[("paper-evidence", "照片.jpg", picture)])
        assert page.status == 503, page.main
        assert "没有留下任何部分" in page.main
        assert PETITION["f-request"] in page.text
        assert Visitor(address).get("/guides/").status == 200
    with sqlite3.connect(home / "window.sqlite3") as left:
        assert left.execute("SELECT count(*) FROM public_submission").fetchone() == (0,)
        assert left.execute("SELECT count(*) FROM public_sealedpart").fetchone() == (0,)
    with serving(home) as address:
        assert Visitor(address).send(files=[("paper-evidence", "照片.jpg", picture)]).codes


def test_without_its_database_the_window_says_so_and_nothing_else(window_home, opened, tmp_path):
    home = tmp_path / "lost"
    shutil.copytree(window_home, home)
    with serving(home) as address:
        visitor = Visitor(address)
        assert visitor.get("/").status == 200
        for path in home.glob("window.sqlite3*"):
            path.write_bytes(b"not a database any more, but long enough to be read as one" * 50)
        page = visitor.get("/guides/")
        assert page.status == 503
        assert "暂时出了故障" in page.main and "sqlite" not in page.text.lower() and "Traceback" not in page.text


def test_a_clock_that_was_set_back_keeps_nobody_out(settings):
    """Too quick is told once; the form shown again goes through whatever the clock says."""
    from rongji.public import tokens
    from rongji.public.refusals import FormTooQuick

    with pytest.raises(FormTooQuick):
        tokens.refuse_unfit(tokens.new_token(), least_seconds=3)
    tokens.refuse_unfit(tokens.new_token(seen=True), least_seconds=3)
    tokens.refuse_unfit(tokens.new_token(), least_seconds=0)


def test_counts_are_forgotten_after_two_hours(inside, settings):
    """And no address is among them."""
    from rongji.config.public_options import PublicOptions
    from rongji.kernel import clock
    from rongji.public.limits import Counted, count, refuse_flood
    from rongji.public.models import Tally
    from rongji.public.refusals import TooMany

    settings.RONGJI_PUBLIC = PublicOptions()
    at = clock.now().replace(minute=0)
    for _ in range(3):
        count(Counted.LOOKUP, "203.0.113.9", at=at)
    with pytest.raises(TooMany):
        refuse_flood(Counted.LOOKUP, "203.0.113.9", 3, at=at)
    refuse_flood(Counted.LOOKUP, "203.0.113.10", 3, at=at)
    refuse_flood(Counted.LOOKUP, "203.0.113.9", 3, at=at + timedelta(hours=2))
    count(Counted.LOOKUP, "203.0.113.9", at=at + timedelta(hours=4))
    assert [row.count for row in Tally.objects.all()] == [1]
    assert "203.0" not in str(Tally.objects.values_list("who", flat=True).get())
