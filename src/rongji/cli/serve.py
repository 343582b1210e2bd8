"""`rongji serve`: the web pages, and the sealing of the trail beside them."""

import errno
import threading
from contextlib import suppress
from typing import Any

import structlog
import typer
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

from rongji.accounts.sealing import seal_trail
from rongji.accounts.types import system_actor
from rongji.cli.machine import NotSetUp
from rongji.kernel import clock
from rongji.kernel.refusal import Refusal


class AddressNotFree(Refusal):
    """An address or port that cannot be listened on."""

    code = "address-not-free"
    sentence = "不能在 {address} 上启动网页服务：{reason}。请用 --port 换一个端口（或 --host 换一个地址）。"
    exit_code = 2


app = typer.Typer(help="启动网页服务。", rich_markup_mode=None)
log = structlog.get_logger("rongji.serve")


@app.command()
def serve(
    host: str = typer.Option("", "--host", metavar="地址", help="监听的地址；不给则用设置。"),
    port: int = typer.Option(0, "--port", min=0, max=65535, metavar="端口", help="监听的端口；不给则用设置。"),
) -> None:
    """启动网页服务，按 Ctrl+C 停止；运行期间按设置的间隔封存审计记录。"""
    from rongji.config.wsgi import application

    refuse_outdated_tables()
    options = settings.RONGJI
    address, number = host or options.host, port or options.port
    server = listen(application, host=address, port=number)
    SealingThread(options.seal_interval_minutes * 60).start()
    with suppress(KeyboardInterrupt):
        typer.echo(f"网页服务已启动：http://{address}:{number}/  （按 Ctrl+C 停止）")
        server.run()
    typer.echo("网页服务已停止。", err=True)


def listen(application: Any, *, host: str, port: int) -> Any:
    """The server on its address, not yet answering.

    Raises: AddressNotFree.
    """
    from waitress import create_server

    try:
        return create_server(
            application,
            host=host,
            port=port,
            threads=settings.RONGJI.threads,
            ident=None,
            # Who stands in front of us is decided by the `trusted_proxies` setting, which reads these headers.
            clear_untrusted_proxy_headers=not settings.RONGJI.trusted_proxies,
        )
    except (OSError, ValueError) as error:  # waitress wraps a name that nobody knows in a ValueError
        raise AddressNotFree(address=f"{host}:{port}", reason=_why(error)) from None


def _why(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    known = {
        errno.EADDRINUSE: "端口已被别的程序占用",
        errno.EACCES: "没有使用这个端口的权限",
        errno.EADDRNOTAVAIL: "本机没有这个地址",
    }
    return known.get(number or 0, "主机名或地址不能识别")


def refuse_outdated_tables() -> None:
    """Do not serve from a database that was not made, or that an older version made.

    Raises: NotSetUp.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotSetUp


class SealingThread(threading.Thread):
    """Seals the head of the trail every so often while the pages are served; 0 seconds: never."""

    def __init__(self, interval_seconds: int) -> None:
        super().__init__(name="rongji-sealing", daemon=True)
        self.interval_seconds = interval_seconds
        self.stopped = threading.Event()

    def run(self) -> None:
        """Seal, wait, seal again. A refusal or a database that is away is logged, and tried again."""
        while self.interval_seconds and not self.stopped.wait(self.interval_seconds):
            self.seal_once()

    def seal_once(self) -> None:
        """One seal."""
        close_old_connections()
        try:
            seal_trail(actor=system_actor(at=clock.now(), place="rongji serve"))
        except (Refusal, DatabaseError, OSError) as trouble:
            log.error("trail not sealed", reason=str(trouble))
        finally:
            close_old_connections()
