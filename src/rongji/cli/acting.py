"""Who acts on the command line: the account named with --as, else the operator of this machine."""

import getpass
import platform

from rongji.accounts.selectors import actor_named
from rongji.accounts.types import Actor, Grant, Origin, OriginKind, Role
from rongji.cli.invocation import invocation
from rongji.config.options import load_options
from rongji.kernel import clock

_RUNNING_THE_SYSTEM = (Role.ADMINISTRATOR, Role.AUDITOR)


def acting(username: str = "") -> Actor:
    """The actor of the running command.

    With `rongji --as NAME …` it is that account with its own rights. Without, it is the operator of this machine:
    in production one who may run the system but not touch business data; in the demo and in tests one who may
    do everything except approve. Raises: UserUnknown.
    """
    said = invocation()
    origin = Origin(OriginKind.CLI, f"{_login()}@{platform.node()} {said.command}".strip())
    named = username or said.as_user
    if named:
        return actor_named(username=named, origin=origin, at=clock.now())
    roles = _RUNNING_THE_SYSTEM if load_options().is_production else tuple(Role)
    return Actor(name="本机操作员", origin=origin, at=clock.now(), grants=tuple(Grant(role) for role in roles))


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
