"""`rongji setup`: make or upgrade the database, the shared cache, the roles and the data directory."""

import typer
from django.conf import settings
from django.core.management import call_command

from rongji.accounts.services import ensure_roles
from rongji.cli.acting import acting
from rongji.config.checks import refuse_wrong_settings
from rongji.config.databases import PUBLIC
from rongji.config.routing import APP

app = typer.Typer(help="建立或升级数据库、共享缓存、角色表和数据目录。", rich_markup_mode=None)


@app.command()
def setup(quiet: bool = typer.Option(False, "--quiet", help="只报告出错。")) -> None:
    """建立或升级数据库、共享缓存、角色表和数据目录；可以反复运行。"""
    for folder in (settings.RONGJI.home, settings.RONGJI.evidence, settings.RONGJI.seals):
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    if settings.RONGJI.has_public_window:
        call_command("migrate", APP, database=PUBLIC, interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    ensure_roles(actor=acting())
    refuse_wrong_settings()
    if not quiet:
        typer.echo(f"数据库已就绪，数据目录：{settings.RONGJI.home}")
