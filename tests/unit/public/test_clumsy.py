"""People write as people write: full-width digits, blanks, a wrong file, the back button, a video by mistake."""

from datetime import date, timedelta

import pytest
from unit.people.samples import number_of
from unit.public.visitor import JPEG, PETITION, Visitor

from rongji.intake.collecting import collect
from rongji.intake.models import Intake
from rongji.intake.opening import open_form
from rongji.kernel import clock
from rongji.public.models import Submission

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("１３９　００００－１２３４", "13900001234"),
        ("+86 139 0000 1234", "13900001234"),
        ("139-0000-1234\r\n", "13900001234"),
        ("（0730）1234567", "07301234567"),
    ],
)
def test_a_telephone_is_read_however_it_is_written(visitor, someone, typed, read):
    number, _ = visitor.send(contact=typed).codes
    collect(actor=someone("clerk"))
    assert open_form(Intake.objects.get(number=number)).contact == read


@pytest.mark.parametrize("typed", ["1390000123", "13900001", "139000012345", "139****1234"])
def test_a_mobile_with_a_digit_too_few_or_too_many_is_noticed(visitor, typed):
    page = visitor.send(contact=typed)
    assert page.status == 422 and 'id="contact-wrong"' in page.text
    assert typed in page.text


def test_an_identity_number_in_full_width_with_blanks_is_read(visitor, someone):
    plain = number_of(date(1970, 1, 1), 101)
    wide = "".join(chr(ord(digit) + 0xFEE0) if digit.isdigit() else digit.lower() for digit in plain)
    number, _ = visitor.send(id_number=f" {wide[:6]} {wide[6:14]}　{wide[14:]} ").codes
    collect(actor=someone("clerk"))
    assert open_form(Intake.objects.get(number=number)).id_number == plain


def test_every_unfit_file_is_told_at_its_field_and_that_files_must_be_chosen_again(visitor):
    unfit = [("paper-other", "程序.exe", b"MZ"), ("paper-other", "照片.jpg", b"<html>")]
    page = visitor.send(files=[*unfit, ("paper-evidence", "好的.jpg", JPEG)])
    assert page.status == 422
    told = page.text[page.text.index('id="paper-other-wrong"') :].partition("</p>")[0]
    assert "程序.exe" in told and "照片.jpg" in told and "好的.jpg" not in page.main
    assert "刚才选的附件没有留下，请重新选择" in page.main
    assert "刚才选的附件" not in visitor.send(contact="").main


def test_going_back_and_sending_again_gives_the_same_receipt(visitor, window_address):
    """A form opened anew, with the same in it, also from another address; the files count as what is in it."""
    first = visitor.send(files=[("paper-evidence", "照片.jpg", JPEG)])
    again = visitor.send(files=[("paper-evidence", "照片.jpg", JPEG)])
    elsewhere = Visitor(window_address).send(files=[("paper-evidence", "照片.jpg", JPEG)])
    assert first.codes == again.codes == elsewhere.codes
    assert "只算一件" in again.main and Submission.objects.count() == 1
    assert visitor.state(*first.codes).status == 200


def test_something_else_is_something_else(visitor):
    """Another word, another file, or the same a day later."""
    numbers = {visitor.send().codes[0], visitor.send(title="另一件事").codes[0]}
    numbers.add(visitor.send(files=[("paper-evidence", "照片.jpg", JPEG)]).codes[0])
    Submission.objects.update(received_at=clock.now() - timedelta(days=2))
    numbers.add(visitor.send().codes[0])
    assert len(numbers) == Submission.objects.count() == 4


def test_the_stored_digests_do_not_lead_to_the_query_code(visitor):
    """Not even with the window's key: whoever takes the tables cannot ask in anybody's name."""
    from rongji.config.public_options import DEMO_SECRET
    from rongji.public.numbers import code_of

    _, code = visitor.send().codes
    row = Submission.objects.get()
    assert code not in {code_of(text, DEMO_SECRET) for text in (row.content_digest, row.token_hash, row.code_hash)}


@pytest.mark.parametrize(("number", "code"), [("", ""), ("W20260105-7K4Q2", "  "), (" ", "7K4Q-7K4Q-7K4Q")])
def test_a_question_without_number_or_code_is_told_what_is_missing_and_not_counted(visitor, number, code):
    known = visitor.send().codes
    for _ in range(15):
        page = visitor.state(number, code)
    assert page.status == 422 and "编号和查询码都填上" in page.main
    assert visitor.state(*known).status == 200


@pytest.mark.parametrize("megabytes", [5, 40])
def test_a_video_by_mistake_is_answered_in_words(visitor, window_home, megabytes):
    """The whole of it is read and thrown away: a browser that is hung up on shows its own page of failure."""
    page = visitor.send(files=[("paper-other", "视频.pdf", b"%PDF-1.7 " + b"x" * (megabytes * 1024 * 1024))])
    assert page.status == 413
    assert "附件合计不能超过 2 MB" in page.main and "按“后退”回到刚才的表" in page.main
    assert Submission.objects.count() == 0
    assert not any(b"x" * 5000 in path.read_bytes() for path in window_home.rglob("*") if path.is_file())


def test_a_form_opened_too_long_ago_has_nothing_to_mend(visitor):
    page = visitor.send(token="made-up", files=[("paper-evidence", "照片.jpg", JPEG)])
    assert "请先改好" not in page.main and "您填的内容还在" in page.main
    assert page.main.count("重新选择") == 1
    assert "请先改好下面几处" in visitor.send(title="").main


def test_a_form_without_its_cookie_is_told_the_way_back(visitor, window_address):
    page = visitor.get("/apply/petition/")
    given = {**PETITION, "token": page.hidden("token"), "csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken")}
    told = Visitor(window_address).send_again("petition", given)
    assert told.status == 403 and "按“后退”回到刚才的表" in told.main
