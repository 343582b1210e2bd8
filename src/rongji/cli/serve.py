"""`rongji serve`: the web pages, and the sealing of the trail beside them."""

import threading
from contextlib import suppress
from typing import Any

import structlog
import typer
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

from rongji.accounts.sealing import seal_trail
from rongji.accounts.types import Actor, system_actor
from rongji.cli.listening import AddressNotFree
from rongji.cli.listening import listen as listen_on
from rongji.cli.machine import NotSetUp
from rongji.intake.collecting import collect
from rongji.kernel import clock
from rongji.kernel.refusal import Refusal

__all__ = ["AddressNotFree", "SealingThread", "listen", "serve"]

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
    if options.has_public_window:
        CollectingThread(options.public_interval_minutes * 60).start()
    with suppress(KeyboardInterrupt):
        typer.echo(f"网页服务已启动：http://{address}:{number}/  （按 Ctrl+C 停止）")
        server.run()
    typer.echo("网页服务已停止。", err=True)


def listen(application: Any, *, host: str, port: int) -> Any:
    """The server on its address, not yet answering.

    Raises: AddressNotFree.
    """
    options = settings.RONGJI
    return listen_on(application, host=host, port=port, threads=options.threads, proxies=options.trusted_proxies)


def refuse_outdated_tables() -> None:
    """Do not serve from a database that was not made, or that an older version made.

    Raises: NotSetUp.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotSetUp


class Every(threading.Thread):
    """Does one thing every so often while the pages are served; 0 seconds: never."""

    name_of_thread = "rongji-every"
    trouble = "not done"

    def __init__(self, interval_seconds: int) -> None:
        super().__init__(name=self.name_of_thread, daemon=True)
        self.interval_seconds = interval_seconds
        self.stopped = threading.Event()

    def run(self) -> None:
        """Wait, do it, wait again. A refusal or a database that is away is logged, and tried again."""
        while self.interval_seconds and not self.stopped.wait(self.interval_seconds):
            self.once()

    def once(self) -> None:
        """Once, with connections of its own."""
        close_old_connections()
        try:
            self.act(system_actor(at=clock.now(), place="rongji serve"))
        except (Refusal, DatabaseError, OSError) as trouble:
            log.error(self.trouble, reason=str(trouble))
        finally:
            close_old_connections()

    def act(self, actor: Actor) -> None:
        """What is done."""
        raise NotImplementedError


class SealingThread(Every):
    """Seals the head of the trail."""

    name_of_thread = "rongji-sealing"
    trouble = "trail not sealed"

    def act(self, actor: Actor) -> None:
        """One seal."""
        seal_trail(actor=actor)


class CollectingThread(Every):
    """Fetches what waits in the public window, and tells it how far things are."""

    name_of_thread = "rongji-collecting"
    trouble = "public window not collected"

    def act(self, actor: Actor) -> None:
        """One round."""
        collect(actor=actor)
