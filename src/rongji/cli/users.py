"""`rongji users`: open and close accounts, give and take roles, reset passwords."""

import json
import secrets
import string
import sys
from dataclasses import asdict

import typer

from rongji.accounts import selectors, services
from rongji.accounts.types import ROLE_LABELS, Role
from rongji.cli.acting import acting

app = typer.Typer(help="账号与角色：建立、停用、授权、重置密码。", no_args_is_help=True, rich_markup_mode=None)
_FROM_STDIN = typer.Option(False, "--password-stdin", help="从标准输入读取密码；不给则生成一个并显示一次。")
_UNIT = typer.Option("", "--unit", metavar="机构编码", help="限于该机构及其下级；不给则不限机构。")
_AREA = typer.Option("", "--area", metavar="区划代码", help="限于该区划代码开头的区域；不给则不限区划。")
_GENERATED_LENGTH = 14


@app.command()
def add(
    username: str = typer.Argument(metavar="登录名"),
    display_name: str = typer.Option(..., "--name", help="显示名称。"),
    role: list[str] = typer.Option([], "--role", help="角色，可以给多个。"),
    unit: str = _UNIT,
    area: str = _AREA,
    from_stdin: bool = _FROM_STDIN,
) -> None:
    """建立账号；首次登录须修改密码。"""
    actor = acting()
    password, shown = _new_password(from_stdin)
    services.add_user(
        actor=actor, username=username, display_name=display_name, password=password, organisation_code=unit
    )
    for name in role:
        services.assign_role(actor=actor, username=username, role=name, organisation_code=unit, area_prefix=area)
    typer.echo(f"已建立账号 {username.lower()}。{shown}")


@app.command("list")
def list_users(as_json: bool = typer.Option(False, "--json", help="输出 JSON。")) -> None:
    """列出账号和角色。"""
    found = list(selectors.users(actor=acting()))
    if as_json:
        typer.echo(json.dumps([asdict(item) for item in found], ensure_ascii=False))
        return
    for item in found:
        state = "" if item.is_active else "（已停用）"
        typer.echo(f"{item.username}  {item.display_name}{state}  {'；'.join(item.roles) or '没有角色'}")


@app.command()
def roles(
    username: str = typer.Argument("", metavar="[登录名]"),
    give: list[str] = typer.Option([], "--give", metavar="角色", help="授予角色，可以给多个。"),
    take: list[str] = typer.Option([], "--take", metavar="角色", help="撤销角色，可以给多个。"),
    unit: str = _UNIT,
    area: str = _AREA,
) -> None:
    """授予或撤销角色；不给登录名则列出全部角色。"""
    if not username:
        for role in Role:
            typer.echo(f"{role.value}  {ROLE_LABELS[role]}")
        return
    actor = acting()
    for name in take:
        services.withdraw_role(actor=actor, username=username, role=name, organisation_code=unit, area_prefix=area)
    for name in give:
        services.assign_role(actor=actor, username=username, role=name, organisation_code=unit, area_prefix=area)
    held = next(item for item in selectors.users(actor=actor) if item.username == username.lower())
    typer.echo(f"{held.username}  {'；'.join(held.roles) or '没有角色'}")


@app.command()
def password(username: str = typer.Argument(metavar="登录名"), from_stdin: bool = _FROM_STDIN) -> None:
    """重置密码；下次登录须修改。"""
    new, shown = _new_password(from_stdin)
    services.reset_password(actor=acting(), username=username, password=new)
    typer.echo(f"已重置 {username.lower()} 的密码。{shown}")


@app.command()
def close(username: str = typer.Argument(metavar="登录名")) -> None:
    """停用账号；它的记录都保留。"""
    services.close_user(actor=acting(), username=username)
    typer.echo(f"已停用账号 {username.lower()}。")


def _new_password(from_stdin: bool) -> tuple[str, str]:
    """The password, and what to print of it."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n"), ""
    letters = string.ascii_letters + string.digits
    made = "".join(secrets.choice(letters) for _ in range(_GENERATED_LENGTH)) + secrets.choice("-_+=") + "aA1"
    return made, f"初始密码：{made}（只显示这一次，首次登录须修改）"
