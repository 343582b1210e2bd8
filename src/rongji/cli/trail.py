"""`rongji trail`: verify, seal and list the audit trail."""

import json
from zoneinfo import ZoneInfo

import typer
from django.conf import settings

from rongji.accounts.policies import VERIFY_TRAIL, guard
from rongji.accounts.sealing import seal_trail
from rongji.accounts.selectors import trail_entries
from rongji.accounts.verification import TrailReport, verify_trail
from rongji.cli.acting import acting

app = typer.Typer(help="审计记录：核验、封存、查看。", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def verify(as_json: bool = typer.Option(False, "--json", help="输出 JSON。")) -> None:
    """从头到尾核验审计记录，并与封存文件核对；有问题时指出第一条，退出码为 1。"""
    guard(acting(), VERIFY_TRAIL)
    options = settings.RONGJI
    report = verify_trail(folder=options.seals, key=options.seal_key.get_secret_value())
    typer.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else _in_words(report))
    raise typer.Exit(0 if report.is_sound else 1)


@app.command()
def seal() -> None:
    """把审计记录的末尾（序号、哈希、时间）写入数据库之外的封存文件；供定时任务调用。"""
    actor = acting()
    guard(actor, VERIFY_TRAIL)
    made = seal_trail(actor=actor)
    typer.echo(
        f"已封存至第 {made.sequence} 条（第 {made.number} 次封存）。" if made else "上次封存后没有新记录，无需封存。"
    )


@app.command("list")
def list_entries(
    last: int = typer.Option(20, "--last", min=1, help="最近多少条。"),
    kind: str = typer.Option("", "--kind", metavar="类别", help="只看某一类对象。"),
    subject: str = typer.Option("", "--subject", metavar="编号", help="只看某一个对象。"),
    as_json: bool = typer.Option(False, "--json", help="每条输出一行 JSON。"),
) -> None:
    """列出最近的审计记录，新的在后。"""
    zone = ZoneInfo(settings.TIME_ZONE)
    rows = list(trail_entries(actor=acting(), subject_kind=kind, subject_id=subject)[:last])
    for row in reversed(rows):
        when = row.at.astimezone(zone)
        if not as_json:
            typer.echo(f"{row.sequence:>6}  {when:%Y-%m-%d %H:%M:%S}  {row.actor_label}  {row.origin}  {row.summary}")
            continue
        names = (
            "sequence",
            "actor_label",
            "origin",
            "action",
            "subject_kind",
            "subject_id",
            "summary",
            "detail",
            "hash",
        )
        facts = {"at": when.isoformat(), **{name: getattr(row, name) for name in names}}
        typer.echo(json.dumps(facts, ensure_ascii=False))


def _in_words(report: TrailReport) -> str:
    if not report.is_sound:
        return "\n".join(trouble.message for trouble in report.troubles)
    if not report.seals:
        return f"审计记录 {report.entries} 条，前后相接，未见改动。还没有封存过，末尾是否完整无从证明。"
    return (
        f"审计记录 {report.entries} 条，前后相接，未见改动；"
        f"与 {report.seals} 次封存相符，已封存至第 {report.sealed_through} 条。"
    )
