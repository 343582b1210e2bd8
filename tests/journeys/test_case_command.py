"""A clerk's and a section head's week with `rongji case`: look, open, act, hand over, account for it."""

import json

import pytest

pytestmark = pytest.mark.journey


@pytest.fixture
def run(capsys, settings, organisation, user, monkeypatch):
    """Run a command in this process as somebody; returns its exit code and what it printed."""
    from rongji.cli.main import app

    bureau = organisation("yunhu", area_code="990201", name="云湖县退役军人事务局")
    for role in ("clerk", "section_head"):
        user(role, organisation=bureau, username=role.replace("_", "-"))

    def call(*arguments: str, by: str = "clerk") -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            app(["--as", by, *arguments])
        printed = capsys.readouterr()
        return left.value.code or 0, printed.out + printed.err

    return call


def opened(run, **given):
    """A petition by visit; its number."""
    usual = {
        "--channel": "visit", "--title": "反映住房困难", "--applicant": "张三", "--people": "3", "--on": "2024-03-01",
    }  # fmt: skip
    words = [word for pair in {**usual, **given}.items() for word in pair]
    code, said = run(
        "case", "open", "yunhu", "petition", *words, "--set", "topic=住房", "--set", "request=请求帮助修缮"
    )
    assert code == 0, said
    return said.split("已登记 ")[1].split("，")[0]


def test_a_petition_from_the_counter_to_the_page(run):
    """Kinds, opening, a second visit, acceptance; the page tells the clocks in words."""
    code, said = run("case", "kinds", "yunhu")
    assert (code, "信访事项" in said) == (0, True)
    assert "visit 来访" in run("case", "kinds", "yunhu", "petition")[1]
    number = opened(run)
    assert run("case", "contact", "yunhu", number, "--channel", "visit", "--people", "2")[1] == (
        "已登记，共 2 批次、5 人次。\n"
    )
    code, said = run("case", "act", "yunhu", number, "受理", "--on", "2024-03-10")
    assert (code, "已办理“受理”" in said, "2024-05-09 到期" in said) == (0, True, True)
    shown = run("case", "show", "yunhu", number)[1]
    assert "自 2024-03-10 的次日起 60 日" in shown
    assert "文书" in shown
    facts = json.loads(run("case", "show", "yunhu", number, "--json")[1])
    assert (facts["line"]["number"], facts["version"], facts["clocks"][1]["due_on"]) == (
        number, "2022-05-01", "2024-05-09"
    )  # fmt: skip


def test_lists_tell_what_is_late_and_who_has_it(run):
    """Inbox, overdue with stages, hand-over, and the ledger of old matters."""
    number = opened(run, **{"--legacy-since": "2009-05-01"})
    said = run("case", "inbox", "yunhu", "--light", "red")[1]
    assert number in said
    assert "已超期 1 件" in said
    said = run("case", "overdue", "yunhu")[1]
    assert "待受理" in said
    assert "局长" in said
    code, said = run("case", "hand-over", "yunhu", "--handler", "clerk", "--to", "section-head", "--reason", "休假",
                     by="section-head")  # fmt: skip
    assert (code, said) == (0, "已交接 1 件给 section-head。\n")
    assert json.loads(run("case", "inbox", "yunhu", "--handler", "clerk", "--json")[1])["lines"] == []
    ledger = json.loads(run("case", "ledger", "yunhu", "2024", "--json")[1])
    assert (ledger["total"]["taken_up"], ledger["total"]["remaining"]) == (1, 1)
    assert run("case", "refresh", "yunhu")[1] == "已重算，没有变动。\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("open", "yunhu", "nothing", "--channel", "visit", "--title", "甲", "--applicant", "乙"), 3, "nothing"),
        (("show", "yunhu", "信访2024-99999"), 3, "没有编号"),
        (("inbox", "yunhu", "--page", "x"), 3, "第一页"),
        (("open", "yunhu", "petition", "--channel", "visit", "--title", "甲", "--set", "x"), 2, "字段=内容"),
        (("hand-over", "yunhu", "--to", "x", "--reason", "休假"), 3, "0 件"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(run, words, code, said):
    """Exit code and sentence."""
    found, printed = run("case", *words, by="section-head")
    assert (found, said in printed) == (code, True), printed


def test_many_cases_are_done_at_once_and_their_letters_printed_together(run, tmp_path):
    """All at a step; a second time each is told; a table says what differs; a trial keeps nothing."""
    from openpyxl import Workbook
    from pypdf import PdfReader

    numbers = [opened(run, **{"--applicant": name}) for name in ("张三", "李四")]
    many = ("case", "act-many", "yunhu", "petition")
    code, said = run(*many, "受理", "--step", "registered", "--on", "2024-03-10", "--try")
    assert code == 0 and "可以办理“受理”2 件" in said
    code, said = run(*many, "受理", "--step", "registered", "--on", "2024-03-10")
    assert code == 0 and "已办理“受理”2 件" in said
    batch = said.split(" ")[0].strip()
    code, said = run(*many, "受理", "--case", numbers[0], "--case", numbers[1], "--on", "2024-03-10")
    assert code == 3 and all(f"件 {number}：" in said for number in numbers) and "整批没有办理" in said
    code, said = run("case", "letters", "yunhu", "--batch", batch, "--to", str(tmp_path / "受理.pdf"))
    assert code == 0 and "2 份文书" in said
    assert len(PdfReader(tmp_path / "受理.pdf").pages) == 2
    book = Workbook()
    for row in (["办件编号", "做了什么、有何结果"], [numbers[0], "已走访"], [numbers[1], None]):
        book.active.append(row)
    book.save(tmp_path / "进展.xlsx")
    progress = (*many, "办理进展", "--table", str(tmp_path / "进展.xlsx"), "--on", "2024-03-11")
    code, said = run(*progress, "--marked", str(tmp_path / "标注.xlsx"))
    assert code == 3 and "请填写“做了什么、有何结果”" in said and (tmp_path / "标注.xlsx").exists()
    code, said = run(*progress, "--set", "work=已电话了解")
    assert code == 0 and "“办理进展”2 件" in said
