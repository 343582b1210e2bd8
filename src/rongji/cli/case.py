"""`rongji case`: kinds, opening, acting on one or many, the inbox, overdue ones, hand-over, the old ledger."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.casework import selectors, services
from rongji.casework.types import CaseFilters, CaseState, Light, NewAct, NewCase, Satisfaction
from rongji.cli import case_batches, case_shown
from rongji.cli.acting import acting
from rongji.law.case_kinds import case_kind, case_kinds
from rongji.people.selectors import person_named

app = typer.Typer(
    help="办件：登记、办理、收件箱、超期督办、交接和历史遗留台账。", no_args_is_help=True, rich_markup_mode=None
)

Bureau = Annotated[str, typer.Argument(metavar="单位", help="单位编码。")]
Number = Annotated[str, typer.Argument(metavar="办件", help="办件编号，或 # 加系统编号。")]
On = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="日期", help="如 2024-07-01，默认当天。")
]
Answers = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="字段=内容", help="填报的内容，可写多次；字段见 rongji case kinds。"),
]
Kind = Annotated[str, typer.Option("--kind", metavar="种类", help="只看这一种办件。")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=500, metavar="条数", help="最多列多少件。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
_LISTED = 50


@app.command()
def kinds(
    bureau: Bureau,
    kind: Annotated[str, typer.Argument(metavar="种类", help="给出种类时列出它的渠道、字段和办理。")] = "",
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """列出可以登记的办件种类；给出种类时说明怎么登记、怎么办。"""
    actor, area = acting(), organisation(bureau).area_code
    day = _day(actor, on)
    if kind:
        typer.echo(case_shown.kind_text(case_kind(kind, on=day, region=area)))
        return
    found = case_kinds(on=day, region=area)
    typer.echo(_json_of(case_shown.kinds_plain(found)) if as_json else case_shown.kinds_table(found))


@app.command("open")
def open_command(
    bureau: Bureau,
    kind: Annotated[str, typer.Argument(metavar="种类", help="见 rongji case kinds。")],
    channel: Annotated[str, typer.Option("--channel", metavar="渠道", help="怎么来的。")],
    title: Annotated[str, typer.Option("--title", metavar="事项", help="一句话说明要办什么。")],
    person: Annotated[str, typer.Option("--person", metavar="档案号", help="已建档人员的档案号。")] = "",
    applicant: Annotated[str, typer.Option("--applicant", metavar="姓名", help="没有档案的申请人。")] = "",
    contact: Annotated[str, typer.Option("--contact", metavar="电话", help="联系电话，加密保存。")] = "",
    people: Annotated[int, typer.Option("--people", metavar="人数", help="来了几个人。")] = 1,
    station: Annotated[str, typer.Option("--station", metavar="服务站", help="服务站编码。")] = "",
    assigned_by: Annotated[str, typer.Option("--assigned-by", metavar="单位", help="交办单位。")] = "",
    external: Annotated[str, typer.Option("--external", metavar="单号", help="外部工单号。")] = "",
    campaign: Annotated[str, typer.Option("--campaign", metavar="行动", help="专项行动。")] = "",
    legacy_since: Annotated[
        datetime | None,
        typer.Option("--legacy-since", formats=["%Y-%m-%d"], metavar="日期", help="历史遗留事项最初发生的日期。"),
    ] = None,
    on: On = None,
    answers: Answers = None,
) -> None:
    """登记一件办件；时限从收到日期（--on）起算，不从登记日起算。"""
    actor = acting()
    new = NewCase(
        kind=kind, channel=channel, received_on=_day(actor, on), title=title, applicant=applicant, contact=contact,
        person_id=person_named(actor, person).id if person else None, people=people, station=station,
        assigned_by=assigned_by, external_number=external, campaign=campaign, answers=case_shown.answers_of(answers),
        legacy_since=legacy_since.date() if legacy_since else None,
    )  # fmt: skip
    pk = services.open_case(actor=actor, bureau=bureau, new=new)
    line = selectors.case_page(actor, pk, on=actor.day).line
    typer.echo(f"已登记 {line.number}，{case_shown.standing(line)}。")


@app.command()
def act(
    bureau: Bureau,
    case: Number,
    what: Annotated[str, typer.Argument(metavar="办理", help="办理的编号或名称，见 rongji case show。")],
    on: On = None,
    note: Annotated[str, typer.Option("--note", metavar="说明", help="办理说明。")] = "",
    decision: Annotated[str, typer.Option("--decision", metavar="文号", help="批准文号。")] = "",
    answers: Answers = None,
) -> None:
    """办理一件办件：受理、补正、延期、公示、办结等，由办件种类规定。"""
    actor = acting()
    pk = selectors.case_named(actor, bureau, case)
    before = selectors.case_page(actor, pk, on=actor.day)
    chosen = next((item.id for item in before.kind.acts if what in (item.id, item.label)), what)
    new = NewAct(
        act=chosen, on=_day(actor, on), answers=case_shown.answers_of(answers), note=note, decision=decision,
        seen=before.last_sequence,
    )  # fmt: skip
    services.act_on_case(actor=actor, case_id=pk, new=new)
    page = selectors.case_page(actor, pk, on=actor.day)
    typer.echo(f"{page.line.number} 已办理“{page.acts[-1].label}”，{case_shown.standing(page.line)}。")
    for words in page.acts[-1].effects:
        typer.echo(words)


app.command("act-many")(case_batches.act_many)
app.command("letters")(case_batches.letters)


@app.command()
def contact(
    bureau: Bureau,
    case: Number,
    channel: Annotated[str, typer.Option("--channel", metavar="渠道", help="怎么来的。")],
    people: Annotated[int, typer.Option("--people", metavar="人数", help="来了几个人。")] = 1,
    on: On = None,
    note: Annotated[str, typer.Option("--note", metavar="说明", help="说了什么。")] = "",
) -> None:
    """登记又一次来访、来电或来信：批次加一，人次加人数。"""
    actor = acting()
    pk = selectors.case_named(actor, bureau, case)
    services.add_contact(actor=actor, case_id=pk, on=_day(actor, on), channel=channel, people=people, note=note)
    shown = selectors.case_page(actor, pk, on=actor.day).contacts
    typer.echo(f"已登记，共 {len(shown)} 批次、{sum(item.people for item in shown)} 人次。")


@app.command()
def paper(
    bureau: Bureau,
    case: Number,
    kind: Annotated[str, typer.Argument(metavar="材料", help="材料编号，见 rongji case kinds。")],
    file: Annotated[
        Path | None, typer.Option("--file", exists=True, dir_okay=False, metavar="文件", help="扫描件。")
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="题名", help="不给则用材料名称。")] = "",
    on: On = None,
) -> None:
    """登记收到的材料，可附扫描件。"""
    actor = acting()
    pk = selectors.case_named(actor, bureau, case)
    services.add_paper(
        actor=actor, case_id=pk, kind=kind, title=title, received_on=_day(actor, on),
        file_name=file.name if file else "", data=file.read_bytes() if file else b"",
    )  # fmt: skip
    missing = selectors.case_page(actor, pk, on=actor.day).missing
    still = f"还缺：{'、'.join(item.label for item in missing)}。" if missing else "材料已齐。"
    typer.echo(f"已登记材料，{still}")


@app.command()
def inbox(
    bureau: Bureau,
    kind: Kind = "",
    channel: Annotated[str, typer.Option("--channel", metavar="渠道", help="只看这一渠道。")] = "",
    light: Annotated[
        Light | None,
        typer.Option("--light", metavar="灯", help="red 超期，amber 临近，green 期限内，paused 中止，none 无期限。"),
    ] = None,
    handler: Annotated[str, typer.Option("--handler", metavar="账号", help="只看这个人承办的。")] = "",
    station: Annotated[str, typer.Option("--station", metavar="服务站", help="只看这个服务站的。")] = "",
    campaign: Annotated[str, typer.Option("--campaign", metavar="行动", help="只看这项专项行动的。")] = "",
    text: Annotated[str, typer.Option("--text", metavar="文字", help="编号、事项或申请人。")] = "",
    state: Annotated[
        CaseState, typer.Option("--state", metavar="状态", help="open 在办，closed 已办结，all 全部。")
    ] = (CaseState.OPEN),
    limit: Limit = _LISTED,
    page: Annotated[str, typer.Option("--page", metavar="标记", help="上一页末尾给出的翻页标记。")] = "",
    as_json: AsJson = False,
) -> None:
    """列出办件：在办的按到期日，快到期的在前。"""
    actor = acting()
    filters = CaseFilters(
        kind=kind, channel=channel, light=light, handler=handler, station=station, campaign=campaign, text=text,
        state=state,
    )  # fmt: skip
    found = selectors.inbox(actor, bureau=bureau, on=actor.day, filters=filters, page=page, limit=limit)
    if as_json:
        typer.echo(_json_of({"lines": case_shown.plain(found.lines), "next": found.next}))
        return
    typer.echo(case_shown.lines_table(found))
    if state is CaseState.OPEN and not page:
        counts = selectors.light_counts(actor, bureau=bureau, on=actor.day, filters=filters)
        typer.echo(case_shown.lights_line(counts))


@app.command()
def overdue(
    bureau: Bureau,
    kind: Kind = "",
    report_to: Annotated[
        str, typer.Option("--report-to", metavar="角色", help="只列该报 section_head 股室负责人或 director 局长的。")
    ] = "",
    limit: Limit = _LISTED,
    as_json: AsJson = False,
) -> None:
    """列出超期的办件：超了多少天，各环节用了多少天，该报谁督办。"""
    actor = acting()
    found = selectors.overdue(
        actor, bureau=bureau, on=actor.day, filters=CaseFilters(kind=kind), report_to=report_to, limit=limit
    )
    typer.echo(_json_of(case_shown.plain(found.lines)) if as_json else case_shown.overdue_table(found))


@app.command()
def show(bureau: Bureau, case: Number, as_json: AsJson = False) -> None:
    """显示一件办件：时限怎么算的，办过什么，缺什么材料，现在能办什么。"""
    actor = acting()
    page = selectors.case_page(actor, selectors.case_named(actor, bureau, case), on=actor.day)
    typer.echo(_json_of(case_shown.page_plain(page)) if as_json else case_shown.page_text(page))


@app.command("hand-over")
def hand_over(
    bureau: Bureau,
    to: Annotated[str, typer.Option("--to", metavar="账号", help="接收人的账号。")],
    reason: Annotated[str, typer.Option("--reason", metavar="原因", help="为什么交接。")],
    cases: Annotated[list[str] | None, typer.Option("--case", metavar="办件", help="办件编号，可写多次。")] = None,
    handler: Annotated[str, typer.Option("--handler", metavar="账号", help="把这个人的在办件全部交出。")] = "",
) -> None:
    """把办件交给另一个人；可以点名，也可以把一个人的在办件全部交出。"""
    actor = acting()
    ids = [selectors.case_named(actor, bureau, number) for number in cases or ()]
    if handler:
        ids += selectors.open_cases_of(actor, bureau=bureau, handler=handler)
    count = services.hand_over(actor=actor, case_ids=ids, to_username=to, reason=reason)
    typer.echo(f"已交接 {count} 件给 {to}。")


@app.command()
def rate(
    bureau: Bureau,
    case: Number,
    satisfaction: Annotated[
        Satisfaction, typer.Argument(metavar="评价", help="satisfied 满意，fair 基本满意，dissatisfied 不满意。")
    ],
    on: On = None,
) -> None:
    """登记申请人对已办结办件的评价。"""
    actor = acting()
    pk = selectors.case_named(actor, bureau, case)
    services.rate_case(actor=actor, case_id=pk, satisfaction=satisfaction, on=_day(actor, on))
    typer.echo("已登记评价。")


@app.command()
def ledger(
    bureau: Bureau,
    year: Annotated[int, typer.Argument(min=1950, max=2100, metavar="年度", help="如 2024。")],
    as_json: AsJson = False,
) -> None:
    """历史遗留台账：年初在办、本年新增、本年办结、年末尚余。"""
    actor = acting()
    found = selectors.legacy_ledger(actor, bureau=bureau, first=date(year, 1, 1), last=date(year, 12, 31))
    typer.echo(_json_of(case_shown.plain(found)) if as_json else case_shown.ledger_table(found))


@app.command()
def refresh(bureau: Bureau) -> None:
    """放假安排公布或调整后，重算按工作日计的到期日。"""
    moved = services.refresh_due_days(actor=acting(), bureau=bureau)
    typer.echo(f"已重算，{moved} 件的到期日有变动。" if moved else "已重算，没有变动。")


def _day(actor: Actor, on: datetime | None) -> date:
    return on.date() if on else actor.day


def _json_of(found: object) -> str:
    return json.dumps(found, ensure_ascii=False)
