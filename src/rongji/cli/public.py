"""`rongji public`: the public window from both sides. `serve` is the outside and never sees the inside's settings."""

from contextlib import suppress

import typer

app = typer.Typer(
    help="网上窗口：启动公众网站，发布内容，取回来件，密钥，关闭。", rich_markup_mode=None, no_args_is_help=True
)
PURE = True  # each command starts Django for its own side

_MEGABYTE, _MOST_CONNECTIONS = 1024 * 1024, 64
_TIMES_READ = 20  # a video by mistake is read to its end, thrown away, and answered in words


@app.command()
def serve(
    host: str = typer.Option("", "--host", metavar="地址", help="监听的地址；不给则用设置。"),
    port: int = typer.Option(0, "--port", min=0, max=65535, metavar="端口", help="监听的端口；不给则用设置。"),
) -> None:
    """启动公众网站（独立进程、独立数据库），按 Ctrl+C 停止；只读 RONGJI_PUBLIC_ 开头的设置。"""
    from django.conf import settings
    from django.core.management import call_command

    from rongji.cli.large_bodies import throw_away_large
    from rongji.cli.listening import listen
    from rongji.config.public_wsgi import application

    call_command("migrate", interactive=False, verbosity=0)
    options = settings.RONGJI_PUBLIC
    address, number = host or options.host, port or options.port
    # bodies stay in memory, and few at once: nothing that somebody sends is spooled to a disk in clear
    server = listen(
        application, host=address, port=number, threads=options.threads, proxies=options.trusted_proxies,
        max_request_body_size=settings.MOST_BYTES * _TIMES_READ, inbuf_overflow=settings.MOST_BYTES + 2 * _MEGABYTE,
        connection_limit=_MOST_CONNECTIONS,
    )  # fmt: skip
    throw_away_large(server, most_kept=settings.MOST_BYTES)
    with suppress(KeyboardInterrupt):
        typer.echo(f"网上窗口已启动：http://{address}:{number}/  （按 Ctrl+C 停止）")
        server.run()
    typer.echo("网上窗口已停止。", err=True)


@app.command()
def keys(
    again: bool = typer.Option(
        False, "--again", help="不生成新的，只把已有私钥改用现行数据密钥加密（更换数据密钥以后）。"
    ),
) -> None:
    """生成一对新密钥：公钥交给网上窗口密封来件，私钥只留在局内；旧私钥仍能打开旧来件。"""
    actor = _inside()
    from rongji.intake.keys import encrypt_keys_anew, make_keys

    if again:
        typer.echo(f"{encrypt_keys_anew(actor=actor)} 把私钥已改用现行数据密钥加密。")
        return
    typer.echo(f"已生成密钥，指纹 {make_keys(actor=actor)}。私钥在业务数据库里，随它备份。")


@app.command()
def publish() -> None:
    """把办事指南、岗位、招聘会和决定公开的报告写进网上窗口，并开放窗口。"""
    actor = _inside()
    from rongji.intake.publishing import publish as publish_all

    done = publish_all(actor=actor)
    typer.echo(f"网上窗口现有 {done.shown} 项，其中更新 {done.changed} 项，撤下 {done.removed} 项。")


@app.command()
def collect() -> None:
    """取回网上来件，把办理状态送回网上窗口；可以定时运行，中断后再运行不会重复。"""
    actor = _inside()
    from rongji.intake.collecting import collect as collect_all

    done = collect_all(actor=actor)
    typer.echo(f"取回新来件 {done.new} 件，送出办理状态 {done.told} 件；待处理 {done.waiting} 件。")
    if done.unfit:
        typer.echo(f"另有 {done.unfit} 件不是本窗口的格式，留在窗口没有取回，请检查窗口是否被人动过。", err=True)


@app.command()
def tidy() -> None:
    """删除保存期满的来件内容（未受理的、已办结的、一直没有取件的），编号和状态保留；可以定时运行。"""
    actor = _inside()
    from rongji.intake.tidying import tidy as tidy_all

    done = tidy_all(actor=actor)
    typer.echo(f"已删除：未受理 {done.refused} 件，已办结或无效 {done.finished} 件，没有取件 {done.unfetched} 件。")


@app.command()
def off() -> None:
    """关闭网上窗口：撤下全部内容，来访人看到停用说明；还没取回的来件不受影响。"""
    actor = _inside()
    from rongji.intake.publishing import switch_off

    typer.echo(f"网上窗口已关闭，撤下 {switch_off(actor=actor)} 项。重新开放请运行 rongji public publish。")


def _inside():  # type: ignore[no-untyped-def]
    from rongji.cli.main import start_django

    start_django()
    from rongji.cli.acting import acting

    return acting()
