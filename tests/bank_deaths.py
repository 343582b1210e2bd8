"""Runs one step of the bank round so often, each time dying one place later, until it lives; prints how often it died.

A program of its own, with one thread: `python tests/bank_deaths.py < job.json`. It forks a child for each death, which
kills itself before its n-th statement, around its commit, and around the writing of a file.
"""

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

MOST_PLACES = 150


def snapshot() -> str:
    """A digest of every row of payments and of the books, and of the trail."""
    from django.apps import apps

    from rongji.accounts.models import TrailEntry

    found = hashlib.sha256()
    models = [*apps.get_app_config("payments").get_models(), *apps.get_app_config("budget").get_models(), TrailEntry]
    for model in models:
        for row in model.objects.order_by("pk").values_list():
            found.update(repr((model.__name__, row)).encode())
    return found.hexdigest()


def killed_everywhere(job: Callable[[], Any]) -> int:
    """Let the job die at every place, one after the other, until it lives. Returns how often it died.

    After each death everything is as before, or, once it had committed, as after.
    """
    before, after = snapshot(), None
    for place in count():
        assert place < MOST_PLACES
        lived = _child(job, place)
        now = snapshot()
        assert after is None or now == after
        if lived:
            assert now != before
            return place
        after = now if now != before else None
    raise AssertionError


def _child(job: Callable[[], Any], dies_at: int) -> bool:
    """Run the job in a process that kills itself at that place; whether it lived."""
    from django.db import connections

    connections.close_all()
    number = os.fork()
    if number == 0:
        left = [dies_at]

        def vital() -> None:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

        try:
            _ask_everywhere(vital)
            job()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - told to the parent by the status
            os._exit(1)
    _, status = os.waitpid(number, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the step failed without being killed"
    return not os.WIFSIGNALED(status)


def _ask_everywhere(vital: Callable[[], None]) -> None:
    """Ask at every place where a process may die."""
    from django.db import connection

    def asked(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            vital()
            result = function(*arguments)
            vital()
            return result

        return call

    def statement(execute: Callable[..., Any], *rest: Any) -> Any:
        vital()
        return execute(*rest)

    connection.commit = asked(connection.commit)
    os.fsync = asked(os.fsync)
    Path.replace = asked(Path.replace)  # type: ignore[method-assign]
    connection.execute_wrappers.append(statement)


def _job(said: dict[str, Any]) -> Callable[[], Any]:
    from tests_clock import AT

    from rongji.accounts.selectors import actor_named
    from rongji.accounts.types import Origin, OriginKind
    from rongji.payments.bank import services
    from rongji.payments.posting import post_run

    steps = {
        "make": services.make_batch, "retry": services.retry_failed, "return": services.import_return, "post": post_run,
    }  # fmt: skip
    facts = {name: Path(value) if name == "path" else value for name, value in said["facts"].items()}
    actor = actor_named(username=said["username"], origin=Origin(OriginKind.CLI, "test"), at=AT)
    return lambda: steps[said["step"]](actor=actor, **facts)


def main() -> None:
    """Read the job and run it."""
    said = json.load(sys.stdin)
    import django
    from django.conf import settings

    settings.RONGJI = settings.RONGJI.model_copy(update={"data_dir": Path(said["home"])})
    django.setup()
    from django.db import connection

    from rongji.law.loader import lawbook

    lawbook()  # once here, not anew in every child
    connection.settings_dict["NAME"] = said["database"]
    print(killed_everywhere(_job(said)))


if __name__ == "__main__":
    main()
