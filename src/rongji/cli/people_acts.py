"""The writing half of `rongji people`: one command for each thing that becomes known of a person."""

from datetime import datetime
from typing import Annotated

import typer

from rongji.accounts.types import Actor
from rongji.casework.services import rekey_cases
from rongji.cli.acting import acting
from rongji.kernel.bank_card import card_doubt, read_account_number
from rongji.kernel.month import Month
from rongji.people import selectors, services
from rongji.people.types import (
    CONFIRMATION_LABELS,
    AccountKind,
    ConfirmationResult,
    LifeEventKind,
    NewAccount,
    NewGrade,
    NewIdentity,
    NewPerson,
    NewResidence,
    SecretKind,
    Sex,
)
from rongji.services.services import rekey_records

acts = typer.Typer(rich_markup_mode=None)

Person = Annotated[str, typer.Argument(metavar="档案号", help="档案号，或 # 加系统编号。")]
Bureau = Annotated[str, typer.Argument(metavar="单位", help="单位编码。")]
On = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], metavar="日期", help="如 2024-07-01。")]
Evidence = Annotated[str, typer.Option("--evidence", metavar="依据", help="证明、批复等的名称和文号。")]
Decision = Annotated[str, typer.Option("--decision", metavar="文号", help="批准文号。")]
Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="为什么；会记入审计记录。")]
Known = Annotated[
    datetime | None,
    typer.Option(
        "--known", formats=["%Y-%m-%d"], metavar="日期", help="何时获知；不给就是今天，补录以前的需要股室负责人。"
    ),
]


@acts.command()
def add(
    bureau: Bureau,
    name: Annotated[str, typer.Option("--name", metavar="姓名", help="姓名。")],
    id_number: Annotated[str, typer.Option("--id", metavar="号码", help="身份证号，15 位旧号也可以。")] = "",
    born: Annotated[
        datetime | None, typer.Option("--born", formats=["%Y-%m-%d"], metavar="日期", help="没有身份证号时填。")
    ] = None,
    sex: Annotated[Sex | None, typer.Option("--sex", help="没有身份证号时填：male 男，female 女。")] = None,
    number: Annotated[str, typer.Option("--number", metavar="档案号", help="不给则自动编号。")] = "",
    phone: Annotated[str, typer.Option("--phone", metavar="电话", help="联系电话。")] = "",
    village: Annotated[str, typer.Option("--village", metavar="村", help="乡镇和村（社区）。")] = "",
    station: Annotated[str, typer.Option("--station", metavar="机构编码", help="所属服务站。")] = "",
    category: Annotated[str, typer.Option("--category", metavar="类别", help="人员类别，如 81。")] = "",
    since: Annotated[str, typer.Option("--since", metavar="月份", help="身份从哪个月起，如 2024-07。")] = "",
    evidence: Evidence = "",
) -> None:
    """建立一份人员档案。"""
    actor = acting()
    first = Month.parse(since) if since else Month.from_day(actor.day)
    new = NewPerson(
        name=name,
        id_number=id_number,
        born_on=born.date() if born else None,
        sex=sex,
        number=number,
        phone=phone,
        residence=NewResidence(village=village, station_code=station) if village or station else None,
        identities=(NewIdentity(category=category, first_month=first),) if category else (),
        evidence=evidence,
    )
    person = services.register_person(actor=actor, bureau=bureau, new=new)
    typer.echo(f"已建档：{_named(person)}。")


@acts.command()
def identity(
    person: Person,
    category: Annotated[str, typer.Argument(metavar="类别", help="人员类别，如 81。")],
    month: Annotated[str, typer.Argument(metavar="月份", help="起始月份；终止时是最后一个月。")],
    end: Annotated[bool, typer.Option("--end", help="终止这一身份。")] = False,
    reason: Reason = "",
    decision: Decision = "",
    evidence: Evidence = "",
    known: Known = None,
) -> None:
    """认定或终止一个身份。"""
    actor, found = _actor_and(person)
    at, rests_on = Month.parse(month), {"decision": decision, "evidence": evidence}
    shared = {"actor": actor, "person_id": found, "known_on": known.date() if known else None}
    if end:
        services.end_identity(category=category, last_month=at, reason=reason, **shared, **rests_on)
    else:
        services.record_identity(new=NewIdentity(category=category, first_month=at, **rests_on), **shared)
    typer.echo(f"{_named(found)}：“{category}”{'终止于' if end else '自'} {at}{'' if end else ' 起'}。")


@acts.command()
def grade(
    person: Person,
    cause: Annotated[str, typer.Argument(metavar="性质", help="因战、因公或因病。")],
    level: Annotated[int, typer.Argument(metavar="等级", help="1 到 10。")],
    on: On,
    decision: Decision = "",
    evidence: Evidence = "",
    known: Known = None,
) -> None:
    """登记残疾等级。"""
    actor, found = _actor_and(person)
    new = NewGrade(cause=cause, grade=level, decided_on=on.date(), decision=decision, evidence=evidence)
    services.record_disability_grade(actor=actor, person_id=found, new=new, known_on=known.date() if known else None)
    typer.echo(f"{_named(found)}：{cause} {level} 级，{on:%Y-%m-%d} 评定。")


@acts.command()
def account(
    person: Person,
    holder: Annotated[str, typer.Option("--holder", metavar="户名", help="不给就是本人。")] = "",
    bank: Annotated[str, typer.Option("--bank", metavar="银行", help="开户银行。")] = "",
    kind: Annotated[
        AccountKind, typer.Option("--kind", help="社会保障卡、银行卡或存折。")
    ] = AccountKind.SOCIAL_SECURITY_CARD,
    decision: Decision = "",
    known: Known = None,
) -> None:
    """登记领款账户；账号从键盘输入，不留在命令记录里。"""
    actor, found = _actor_and(person)
    number = read_account_number(typer.prompt("账号", hide_input=True))
    new = NewAccount(number=number, holder=holder, kind=kind, bank=bank, decision=decision)
    services.record_bank_account(actor=actor, person_id=found, new=new, known_on=known.date() if known else None)
    doubt = "" if kind is AccountKind.PASSBOOK else card_doubt(number)
    typer.echo(f"{_named(found)}：领款账户尾号 {number[-4:]}。{f'请注意：{doubt}。' if doubt else ''}")


@acts.command()
def died(person: Person, on: On, evidence: Evidence, known: Known = None) -> None:
    """登记死亡。"""
    actor, found = _actor_and(person)
    known_on = known.date() if known else None
    services.record_death(actor=actor, person_id=found, died_on=on.date(), known_on=known_on, evidence=evidence)
    typer.echo(f"{_named(found)}：{on:%Y-%m-%d} 去世。")


@acts.command()
def undied(person: Person, reason: Reason) -> None:
    """撤销登记错的死亡。"""
    actor, found = _actor_and(person)
    services.withdraw_death(actor=actor, person_id=found, reason=reason)
    typer.echo(f"{_named(found)}：已撤销死亡登记。")


@acts.command()
def moved(
    person: Person,
    direction: Annotated[str, typer.Argument(metavar="in|out", help="in 迁入，out 迁出。")],
    on: On,
    evidence: Evidence,
    area: Annotated[str, typer.Option("--area", metavar="区划代码", help="对方县区。")] = "",
    known: Known = None,
) -> None:
    """登记迁入或迁出。"""
    if direction not in ("in", "out"):
        raise typer.BadParameter("请写 in（迁入）或 out（迁出）")
    kind = LifeEventKind.MOVED_IN if direction == "in" else LifeEventKind.MOVED_OUT
    actor, found = _actor_and(person)
    services.record_move(
        actor=actor,
        person_id=found,
        kind=kind,
        happened_on=on.date(),
        other_area=area,
        known_on=known.date() if known else None,
        evidence=evidence,
    )
    typer.echo(f"{_named(found)}：{on:%Y-%m-%d} {'迁入' if direction == 'in' else '迁出'}。")


@acts.command()
def merge(
    kept: Annotated[str, typer.Argument(metavar="保留的档案号", help="合并后用哪份档案。")],
    absorbed: Annotated[str, typer.Argument(metavar="并入的档案号", help="并入的另一份。")],
    reason: Reason,
) -> None:
    """把两份同一人的档案合并；可以拆分。"""
    actor, kept_id = _actor_and(kept)
    absorbed_id = selectors.person_named(actor, absorbed).id
    made = services.merge_persons(actor=actor, kept_id=kept_id, absorbed_id=absorbed_id, reason=reason)
    typer.echo(f"{_named(kept_id)}：已并入 {absorbed}。拆分用：rongji people unmerge {made} --reason 理由")


@acts.command()
def unmerge(
    merge_id: Annotated[int, typer.Argument(metavar="合并编号", help="见 rongji people merges。")], reason: Reason
) -> None:
    """拆分一次合并，各归原样。"""
    services.undo_merge(actor=acting(), merge_id=merge_id, reason=reason)
    typer.echo(f"第 {merge_id} 次合并已拆分。")


@acts.command()
def reveal(
    person: Person,
    what: Annotated[SecretKind, typer.Argument(metavar="号码", help="id_number 身份证号，phone 电话，account 账号。")],
    reason: Reason,
) -> None:
    """显示完整的号码；每次都记入审计记录。"""
    actor, found = _actor_and(person)
    typer.echo(services.reveal(actor=actor, person_id=found, what=what, reason=reason))


@acts.command("open-round")
def open_round(bureau: Bureau, year: Annotated[int, typer.Argument(metavar="年度", help="四位年份。")]) -> None:
    """开始一个年度的确认。"""
    actor = acting()
    services.open_confirmation_round(actor=actor, bureau=bureau, year=year)
    typer.echo(f"{year} 年度确认已开始，共 {selectors.round_of_year(actor, bureau, year).total} 人。")


@acts.command()
def confirm(
    person: Person,
    year: Annotated[int, typer.Argument(metavar="年度", help="四位年份。")],
    result: Annotated[
        ConfirmationResult, typer.Argument(metavar="结果", help="unchanged、changed、deceased 或 not_found。")
    ],
    method: Annotated[str, typer.Option("--method", metavar="方式", help="上门、电话、人脸识别……")] = "",
    died_on: Annotated[
        datetime | None, typer.Option("--died", formats=["%Y-%m-%d"], metavar="日期", help="发现去世时的死亡日期。")
    ] = None,
    evidence: Evidence = "",
) -> None:
    """登记一个人的确认结果。"""
    actor = acting()
    found = selectors.person_named(actor, person)
    round_id = selectors.round_of_year(actor, found.bureau, year).id
    day = died_on.date() if died_on else None
    services.confirm_person(
        actor=actor,
        round_id=round_id,
        person_id=found.id,
        result=result,
        method=method,
        died_on=day,
        evidence=evidence,
    )
    typer.echo(f"{_named(found.id)}：{year} 年度确认，{CONFIRMATION_LABELS[result]}。")


@acts.command()
def rekey() -> None:
    """更换密钥或算法后，把所有号码按现在的设置重新加密、重建索引；可以反复运行。"""
    actor = acting()
    count = services.rekey_people(actor=actor) + rekey_cases(actor=actor) + rekey_records(actor=actor)
    typer.echo(f"已按现在的密钥处理 {count} 条。")


def _actor_and(person: str) -> tuple[Actor, int]:
    actor = acting()
    return actor, selectors.person_named(actor, person).id


def _named(person_id: int) -> str:
    found = selectors.briefs([person_id])[person_id]
    return f"档案 {found.number} {found.name}"
