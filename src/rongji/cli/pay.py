"""`rongji pay`: payment runs from the first look to approval, the account of any amount, recoveries."""

import json
from datetime import date, datetime
from typing import Annotated

import typer

from rongji.accounts.types import Actor
from rongji.cli import pay_bank, pay_shown
from rongji.cli.acting import acting
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.kernel.quantity import Quantity
from rongji.payments import services
from rongji.payments.explaining import explain as explain_amount
from rongji.payments.refusals import BureauNeeded, PersonNotFound
from rongji.payments.reviewing import review as look_at
from rongji.payments.selectors import bureaus_with_payroll, lines_of_run, recoveries, run_facts, runs
from rongji.payments.verifying import verify_run
from rongji.people.selectors import search_persons
from rongji.people.types import PersonBrief

app = typer.Typer(
    help="待遇发放：核算、复核、审批、逐笔说明、多发收回、银行往来和入账。", no_args_is_help=True, rich_markup_mode=None
)

RunNumber = Annotated[int, typer.Argument(metavar="批次", help="发放批次编号，见 rongji pay list。")]
InBureau = Annotated[str, typer.Option("--bureau", metavar="单位", help="单位编码；只有一本发放台账时可不写。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
KnownOn = Annotated[str, typer.Option("--known-on", metavar="日期", help="以哪天已知的情况为准，默认当天。")]
EngineName = Annotated[str, typer.Option("--engine", metavar="引擎", help="embedded（本机）、scalar（逐人）或 spark。")]
Master = Annotated[str, typer.Option("--master", metavar="地址", help="集群主节点，如 spark://主机:7077。")]
_LISTED = 40


@app.command("open")
def open_payroll(
    first_month: Annotated[str, typer.Argument(metavar="起始月份", help="从哪个月起在本系统发放，如 2024-01。")],
    bureau: Annotated[str, typer.Option("--bureau", metavar="单位", help="单位编码。")],
    bank: Annotated[
        str, typer.Option("--bank", metavar="接口", help="银行接口，见 legal/payments/bank_profiles。")
    ] = "",
) -> None:
    """建立单位的发放台账；起始月份以前的待遇视为已在别处发放。"""
    first = Month.parse(first_month)
    services.open_payroll(actor=acting(), bureau=bureau, first_month=first, bank_profile=bank)
    typer.echo(f"已建立 {bureau} 的发放台账，自{first.label}起发放。")


@app.command("run")
def run_command(
    month: Annotated[str, typer.Argument(metavar="月份", help="发放月份，如 2024-10。")],
    bureau: InBureau = "",
    known_on: KnownOn = "",
    engine: EngineName = "embedded",
    master: Master = "",
    as_json: AsJson = False,
) -> None:
    """核算一个月的发放批次：截至当天已知应得的，减去已核发的。"""
    actor = acting()
    tell = pay_shown.Steps()
    number = services.compute_run(
        actor=actor, bureau=_bureau(bureau), pay_month=Month.parse(month), known_on=_day(known_on), engine=engine,
        master=master, progress=tell,
    )  # fmt: skip
    tell.clear()
    typer.echo(_json_of(run_facts(actor, number)) if as_json else pay_shown.run_lines(run_facts(actor, number)))


@app.command("list")
def list_command(bureau: InBureau = "", as_json: AsJson = False) -> None:
    """列出发放批次，最近的在前。"""
    found = runs(acting(), _bureau(bureau))
    typer.echo(_json_of(found) if as_json else pay_shown.runs_table(found))


@app.command()
def review(
    run: RunNumber,
    cause: Annotated[str, typer.Option("--cause", metavar="原因", help="逐条列出这一原因的明细。")] = "",
    limit: Annotated[int, typer.Option("--limit", metavar="条数", help="最多列多少条。")] = _LISTED,
    as_json: AsJson = False,
) -> None:
    """复核一个批次：各类变动、停发及原因、超过限额的人、没有账户的人。"""
    actor = acting()
    if cause:
        rows = lines_of_run(actor, run, cause=pay_shown.cause_named(cause), limit=limit)
        typer.echo(_json_of(rows) if as_json else pay_shown.lines_table(rows))
        return
    found = look_at(actor, run)
    typer.echo(_json_of(found) if as_json else pay_shown.review_text(found, limit=limit))


@app.command()
def propose(run: RunNumber, note: Annotated[str, typer.Option("--note", help="说明。")] = "") -> None:
    """把复核过的批次提请审批。"""
    needed = services.propose_run(actor=acting(), run_id=run, note=note)
    typer.echo(f"批次 {run} 已提请审批，需要 {needed} 人审批（核算和提请的人除外）。")


@app.command()
def approve(run: RunNumber, note: Annotated[str, typer.Option("--note", help="审批意见。")] = "") -> None:
    """审批一个批次；最后一人审批时核对并占用预算指标。"""
    is_last = services.approve_run(actor=acting(), run_id=run, note=note)
    typer.echo(f"批次 {run} 已批准，可以送银行。" if is_last else f"批次 {run} 已审批一次，还需他人审批。")


@app.command("send-back")
def send_back(
    run: RunNumber, note: Annotated[str, typer.Option("--note", metavar="意见", help="退回的意见，要核对什么。")]
) -> None:
    """把提请审批的批次退回经办人，并写明意见。"""
    services.send_back_run(actor=acting(), run_id=run, note=note)
    typer.echo(f"批次 {run} 已退回，请经办人核对后重新提请，或作废重算。")


@app.command()
def discard(run: RunNumber, reason: Annotated[str, typer.Option("--reason", help="作废原因。")] = "") -> None:
    """作废一个未批准的批次，以便重新核算。"""
    services.discard_run(actor=acting(), run_id=run, reason=reason)
    typer.echo(f"批次 {run} 已作废。")


@app.command()
def explain(
    person: Annotated[str, typer.Argument(metavar="人员", help="档案号、身份证号，或能唯一找到的姓名。")],
    month: Annotated[str, typer.Argument(metavar="月份", help="所属月份，如 2024-08。")],
    known_on: KnownOn = "",
    as_json: AsJson = False,
) -> None:
    """说明一个人一个月的待遇：情况、标准和依据、计算过程、已核发和差额。"""
    actor = acting()
    brief = _person(actor, person)
    found = explain_amount(
        actor=actor, person_id=brief.id, month=Month.parse(month), known_on=_day(known_on) or actor.day
    )
    typer.echo(_json_of(found) if as_json else pay_shown.explanation_text(found))


@app.command()
def verify(run: RunNumber, engine: EngineName = "embedded", master: Master = "", as_json: AsJson = False) -> None:
    """按当时的口径重算一个批次，与所存明细逐分核对；有差异时退出码为 1。"""
    found = verify_run(acting(), run, engine=engine, master=master)
    typer.echo(_json_of(found) if as_json else pay_shown.verification_text(found))
    raise typer.Exit(0 if found.repeats else 1)


@app.command("recoveries")
def recoveries_command(
    bureau: InBureau = "",
    everything: Annotated[bool, typer.Option("--all", help="连已收回、已核销的也列出。")] = False,
    as_json: AsJson = False,
) -> None:
    """列出多发应收回的款项和收回情况。"""
    found = recoveries(acting(), _bureau(bureau), only_open=not everything)
    typer.echo(_json_of(found) if as_json else pay_shown.recoveries_table(found))


@app.command()
def repaid(
    recovery: Annotated[int, typer.Argument(metavar="编号", help="多发收回的编号，见 rongji pay recoveries。")],
    amount: Annotated[str, typer.Option("--amount", metavar="金额（元）", help="退回的金额。")],
    evidence: Annotated[str, typer.Option("--evidence", metavar="凭据", help="收据号或入账凭证。")],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="退回日期，默认当天。")] = "",
) -> None:
    """登记本人或家属退回的多发款。"""
    actor = acting()
    fen = Quantity.parse(amount, "元").fen
    left = services.record_repayment(
        actor=actor, recovery_id=recovery, amount_fen=fen, repaid_on=_day(on) or actor.day, evidence=evidence
    )
    typer.echo(f"已登记，尚余 {yuan(left)} 元。" if left else "已登记，全部收回。")


@app.command("write-off")
def write_off(
    recovery: Annotated[int, typer.Argument(metavar="编号", help="多发收回的编号。")],
    reason: Annotated[str, typer.Option("--reason", metavar="原因", help="核销的原因和批准文号。")],
) -> None:
    """核销收不回的多发款。"""
    services.write_off(actor=acting(), recovery_id=recovery, reason=reason)
    typer.echo(f"多发收回 {recovery} 已核销。")


def _bureau(code: str) -> str:
    known = bureaus_with_payroll()
    if code or len(known) == 1:
        return code or known[0]
    raise BureauNeeded(known="、".join(known) or "（无，请先用 rongji pay open 建立）")


def _day(text: str) -> date | None:
    """A day as typed, None when nothing was. Raises: DayUnreadable."""
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise pay_shown.DayUnreadable(text=text) from None


def _person(actor: Actor, text: str) -> PersonBrief:
    """The one person that a text names. Raises: PersonNotFound."""
    found = search_persons(actor, text)
    exact = [one for one in found if text in (one.number, one.name)] or list(found)
    if len(exact) != 1:
        raise PersonNotFound(text=text, count=len(exact))
    return exact[0]


def _json_of(found: object) -> str:
    return json.dumps(pay_shown.plain(found), ensure_ascii=False)


pay_bank.mount(app)
