"""`rongji pay` as a clerk types it: run, review, explain, verify, what is refused and with which exit code."""

import json
from datetime import UTC, datetime

import pytest
from payroll_county import County

from rongji.cli.main import app as leave_by_exit_code
from rongji.kernel import clock


@pytest.fixture
def typed(organisation, actor, options, monkeypatch, capsys):
    """Type a command on 12 October 2023; what it printed, and its exit code."""
    county = County.founded(organisation, actor)
    person, _ = county.pensioner("2023-07-01")
    county.person("2023-07-02", account=False)
    county.months_paid("2023-07", "2023-09")
    now = datetime(2023, 10, 12, 2, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)

    def run(*words: str) -> tuple[str, int]:
        with pytest.raises(SystemExit) as left:
            leave_by_exit_code(list(words))
        printed = capsys.readouterr()
        return printed.out + printed.err, left.value.code

    run.county, run.person = county, person
    return run


def run_of(month: int) -> str:
    """The number of a month's run: databases go on counting."""
    from rongji.payments.models import PaymentRun

    return str(PaymentRun.objects.get(pay_month=month).pk)


def test_a_clerk_runs_a_month_from_the_command_line(typed):
    """Run, list, review by cause, propose and approve under named accounts, verify."""
    out, code = typed("pay", "run", "2023-10")
    assert code == 0 and "2023年10月第 1 批（按月发放，已核算）" in out and "2,954.99 元" in out
    assert "已核算" in typed("pay", "list")[0]
    run = run_of(202310)
    out, _ = typed("pay", "review", run)
    assert "提标补发" in out and "256.66" in out and "平衡：明细 2,954.99 = 实发 2,954.99" in out
    assert typed("pay", "review", run, "--cause", "提标补发")[0].count("128.33") == 2
    assert typed("pay", "propose", run)[1] != 0  # the operator of the machine is nobody
    clerk, head = typed.county.clerk.username, typed.county.head.username
    assert "需要 1 人审批" in typed("--as", clerk, "pay", "propose", run)[0]
    out, code = typed("--as", clerk, "pay", "approve", run)
    assert code == 4 and "不能" in out
    assert "已批准" in typed("--as", head, "pay", "approve", run)[0]
    out, code = typed("pay", "verify", run)
    assert code == 0 and "逐分一致" in out
    assert "没有应发" in typed("pay", "run", "2023-10")[0]


def test_an_amount_is_explained_on_paper_and_as_data(typed):
    """Steps, act and trust word; the same as JSON, amounts in whole fen."""
    number = "99020100000" + "01"
    out, code = typed("pay", "explain", number, "2023-08", "--known-on", "2023-10-11")
    assert code == 0 and "30,840" not in out
    for words in (
        "32,380.00 元 ÷ 12 = 2,698.33 元",
        "标准推算",
        "应补 128.33 元",
        f"批次 {run_of(202308)}",
    ):
        assert words in out
    found = json.loads(typed("pay", "explain", number, "2023-08", "--known-on", "2023-09-30", "--json")[0])
    assert (found["owed_fen"], found["settled_fen"], found["left_fen"]) == (257_000, 257_000, 0)
    assert found["items"][0]["settled"][0]["run_id"] == int(run_of(202308))


REFUSED = [
    (("pay", "run", "2023-13"), "不是月份"),
    (("pay", "run", "2023-10", "--engine", "abacus"), "没有计算引擎"),
    (("pay", "run", "2023-10", "--known-on", "12.10.2023"), "不是日期"),
    (("pay", "run", "2023-10", "--bureau", "nowhere"), "还没有发放台账"),
    (("pay", "review", "4711"), "没有编号为 4711"),
    (("pay", "review", "FIRST", "--cause", "运气"), "可用：按月"),
    (("pay", "explain", "示例", "2023-08"), "请写档案号"),
    (("pay", "explain", "9902010000002", "2023-08"), "没有任何待遇"),
    (("pay", "discard", "FIRST"), "不能作废"),
    (("pay", "repaid", "4711", "--amount", "1", "--evidence", "x"), "没有编号为 4711"),
]


def test_what_cannot_be_done_is_said_in_words(typed):
    """Each with a sentence and an exit code other than zero; nothing is written."""
    for words, said in REFUSED:
        out, code = typed(*(run_of(202307) if word == "FIRST" else word for word in words))
        assert said in out and code not in (0, 1), words
    assert "没有多发应收回的款项" in typed("pay", "recoveries")[0]
