"""`rongji pay batch|return|retry|…`: between the bureau and its bank, up to the books and the statement."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from rongji.budget.types import LEVEL_LABELS
from rongji.cli.acting import acting
from rongji.cli.pay_shown import DayUnreadable
from rongji.cli.text_table import text_table
from rongji.config.options import load_options
from rongji.documents.writers import FORMATS, UnknownFormat, write
from rongji.kernel.fen import yuan
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.law.bank_profiles import bank_profile, bank_profile_ids
from rongji.payments.bank import selectors, services
from rongji.payments.posting import post_run
from rongji.payments.runs import run_numbered
from rongji.payments.statement import TITLE, statements_of_run
from rongji.payments.types import PAYMENT_STATE_LABELS, PaymentState
from rongji.people.selectors import person_of_file

RunNumber = Annotated[int, typer.Argument(metavar="批次", help="发放批次编号，见 rongji pay list。")]
BatchNumber = Annotated[str, typer.Argument(metavar="批次号", help="送盘批次号，见 rongji pay batches。")]
OutFolder = Annotated[Path, typer.Option("--out", metavar="目录", help="存放文件的目录。", file_okay=False)]
_LISTED = 30
_OUTCOMES = {"paid": PaymentState.PAID, "partial": PaymentState.PARTIAL, "returned": PaymentState.RETURNED}


class OutcomeWordUnknown(Refusal):
    """A word that is no outcome a person may state."""

    code = "outcome-word-unknown"
    sentence = "“{word}”不能用作认定结果，请写 paid（到账）、partial（部分到账）或 returned（退回）。"
    exit_code = 2


def mount(app: typer.Typer) -> None:
    """Put the commands of this file into the group `rongji pay`."""
    named: dict[str, Callable[..., None]] = {
        "banks": banks, "bank": choose_bank, "batch": batch, "batches": batches, "items": items,
        "return": import_return, "retry": retry, "settle": settle, "cancel": cancel, "post": post,
        "statement": statement,
    }  # fmt: skip
    for name, command in named.items():
        app.command(name)(command)


def banks() -> None:
    """列出可用的银行接口。"""
    rows = [[one, bank_profile(one).label] for one in bank_profile_ids()]
    typer.echo(text_table(("接口", "说明"), rows))


def choose_bank(
    bureau: Annotated[str, typer.Argument(metavar="单位", help="单位编码。")],
    profile: Annotated[str, typer.Argument(metavar="接口", help="银行接口，见 rongji pay banks。")],
) -> None:
    """设定单位通过哪个银行接口发放。"""
    services.choose_bank(actor=acting(), bureau=bureau, profile=profile)
    typer.echo(f"{bureau} 的银行接口已设为 {profile}（{bank_profile(profile).label}）。")


def batch(run: RunNumber, out: OutFolder = Path()) -> None:
    """为已批准的批次生成送盘文件；再次运行得到同一个文件。"""
    actor = acting()
    made = services.make_batch(actor=actor, run_id=run)
    _export(made, out)


def retry(
    run: RunNumber,
    out: OutFolder = Path(),
    same_account: Annotated[
        bool, typer.Option("--same-account", help="银行说账户没有问题时，退回的也按原账户再送。")
    ] = False,
) -> None:
    """把没有到账的再送一次：退回后更正了账户的、部分到账的余款、后来才登记账户的。"""
    made = services.retry_failed(actor=acting(), run_id=run, same_account=same_account)
    _export(made, out)


def batches(run: RunNumber) -> None:
    """列出一个发放批次的送盘和回盘。"""
    found = selectors.batches_of_run(acting(), run)
    if not found:
        typer.echo(f"发放批次 {run} 还没有送过银行，请用 rongji pay batch {run} 生成送盘文件。")
        return
    rows = [
        [
            one.number, f"{one.made_on}", f"{one.item_count}", yuan(one.sum_fen), yuan(one.paid_fen),
            f"{len(one.answers)}", _counts(one.counts),
        ]
        for one in found
    ]  # fmt: skip
    typer.echo(text_table(("批次号", "送盘日期", "笔数", "金额（元）", "到账（元）", "回盘", "结果"), rows))


def items(
    batch_number: BatchNumber,
    state: Annotated[
        str, typer.Option("--state", metavar="结果", help="只列一种：sent、paid、partial、returned、unknown。")
    ] = "",
) -> None:
    """列出送盘明细和银行的答复，账号只显示尾号；有疑点的回盘行列在后面。"""
    actor = acting()
    rows = [
        [
            f"{one.sequence}", f"{one.payment_id}", one.payee, one.account_tail, yuan(one.amount_fen),
            yuan(one.paid_fen), PAYMENT_STATE_LABELS[one.state], one.reason,
        ]
        for one in selectors.items_of_batch(actor, batch_number, state=state)
    ]  # fmt: skip
    if rows:
        typer.echo(text_table(("序号", "付款", "户名", "尾号", "金额（元）", "到账（元）", "结果", "银行说明"), rows))
    else:
        typer.echo("没有这样的明细。")
    findings = selectors.findings_of_batch(actor, batch_number)
    if findings:
        odd = [
            [one.file_name, f"{one.row_number}", one.account_tail, yuan(one.amount_fen), one.finding]
            for one in findings
        ]  # fmt: skip
        typer.echo("\n回盘疑点：\n" + text_table(("文件", "行", "尾号", "金额（元）", "疑点"), odd))


def import_return(
    batch_number: BatchNumber,
    file: Annotated[Path, typer.Argument(metavar="文件", help="银行的回盘文件。", exists=True, dir_okay=False)],
) -> None:
    """导入回盘文件，按账号和金额逐笔对应；同一个文件再次导入不起作用。有疑点时退出码为 1。"""
    done = services.import_return(actor=acting(), batch_number=batch_number, path=file)
    new = "" if done.is_new else "（这个文件以前导入过，没有变化）"
    typer.echo(f"批次 {done.batch_number}：回盘 {done.row_count} 行{new}，{_counts(done.counts)}。")
    typer.echo(f"送盘 {yuan(done.sum_fen)} 元，到账 {yuan(done.paid_fen)} 元。")
    if done.findings:
        rows = [[f"{one.row_number}", one.account_tail, yuan(one.amount_fen), one.finding] for one in done.findings]
        typer.echo(f"\n有 {len(rows)} 行有疑点：\n" + text_table(("行", "尾号", "金额（元）", "疑点"), rows[:_LISTED]))
        raise typer.Exit(1)


def settle(
    batch_number: BatchNumber,
    sequence: Annotated[int, typer.Argument(metavar="序号", help="送盘明细的序号，见 rongji pay items。")],
    outcome: Annotated[
        str, typer.Option("--outcome", metavar="结果", help="paid 到账，partial 部分到账，returned 退回。")
    ],
    evidence: Annotated[str, typer.Option("--evidence", metavar="依据", help="银行流水号、对账单等。")],
    amount: Annotated[str, typer.Option("--amount", metavar="元", help="到账金额，只在部分到账时填写。")] = "",
) -> None:
    """认定一笔结果不明的付款；须写明依据，记入审计记录。"""
    if outcome not in _OUTCOMES:
        raise OutcomeWordUnknown(word=outcome)
    services.settle_unknown(
        actor=acting(), batch_number=batch_number, sequence=sequence, outcome=_OUTCOMES[outcome], evidence=evidence,
        paid_fen=Quantity.parse(amount, "元").fen if amount else None,
    )  # fmt: skip
    typer.echo(f"批次 {batch_number} 第 {sequence} 笔已认定为“{PAYMENT_STATE_LABELS[_OUTCOMES[outcome]]}”。")


def cancel(
    payment: Annotated[int, typer.Argument(metavar="付款", help="付款编号，见 rongji pay items。")],
    reason: Annotated[str, typer.Option("--reason", metavar="原因", help="撤销的原因。")],
) -> None:
    """撤销一笔没有到账、也不在银行手里的付款；应发多少由下一批次重新核算。"""
    services.cancel_payment(actor=acting(), payment_id=payment, reason=reason)
    typer.echo(f"付款 {payment} 已撤销，对应的月份由下一批次重新核算。")


def post(
    run: RunNumber,
    on: Annotated[str, typer.Option("--on", metavar="日期", help="记账日期，默认当天。")] = "",
) -> None:
    """把银行已到账的记入账务，按指标和中央、省、县资金分列；再次运行不重复入账。"""
    done = post_run(actor=acting(), run_id=run, posted_on=_day(on) if on else None)
    rows = [
        [row.line_number, row.functional, row.economic, LEVEL_LABELS[row.level], yuan(row.total_fen), yuan(row.now_fen)]
        for row in done.rows
        if row.total_fen or row.now_fen
    ]
    typer.echo(text_table(("指标", "功能科目", "经济科目", "资金", "累计入账（元）", "本次（元）"), rows))
    said = f"本次入账 {yuan(done.now_fen)} 元" if done.is_new else "到账的以前都已入账，本次没有新的"
    typer.echo(f"{said}；累计 {yuan(done.total_fen)} 元。")


def statement(
    run: RunNumber,
    person: Annotated[
        list[str] | None, typer.Option("--person", metavar="档案号", help="只出这些人的，可写多次。")
    ] = None,
    out: OutFolder = Path(),
    formats: Annotated[str, typer.Option("--formats", help="文件格式，逗号隔开。")] = "pdf",
) -> None:
    """出具待遇发放告知单，一人一页：发了哪些月份、按什么标准、是否到账。"""
    wanted = [ending.strip() for ending in formats.split(",") if ending.strip()]
    for ending in wanted:
        if ending not in FORMATS:
            raise UnknownFormat(ending=ending)
    actor = acting()
    bureau = run_numbered(run).payroll.bureau
    people = [person_of_file(actor, bureau, number).id for number in person or ()]
    document = statements_of_run(actor=actor, run_id=run, persons=people)
    out.mkdir(parents=True, exist_ok=True)
    name = f"{TITLE}-{run}" + (f"-{'-'.join(person)}" if person else "")
    for ending in wanted:
        path = write(document, out / f"{name}.{ending}", font_dir=load_options().font_dir)
        typer.echo(str(path.resolve()))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DayUnreadable(text=text) from None


def _export(made: services.BatchMade, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    path = services.export_batch(actor=acting(), batch_number=made.number, folder=out)
    new = "" if made.is_new else "（以前已生成，文件不变）"
    typer.echo(f"送盘批次 {made.number}{new}：{made.item_count} 笔，{yuan(made.sum_fen)} 元。")
    typer.echo(str(path.resolve()))
    typer.echo("文件含完整账号，送出后请删除；校验码 " + made.file_digest[:16])
    for why, count in made.left_out:
        typer.echo(f"未列入：{why}，{count} 笔。")


def _counts(counts: dict[PaymentState, int]) -> str:
    return "，".join(f"{PAYMENT_STATE_LABELS[state]} {counts[state]} 笔" for state in PaymentState if counts.get(state))
