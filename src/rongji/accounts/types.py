"""The words of access: role, scope, grant, where an act came from, and the actor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rongji.kernel.china_time import day_of


class Role(StrEnum):
    """What a person is here for."""

    CLERK = "clerk"
    SECTION_HEAD = "section_head"
    FINANCE = "finance"
    DIRECTOR = "director"
    PERFORMANCE_OFFICER = "performance_officer"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLE_LABELS: dict[Role, str] = {
    Role.CLERK: "经办人",
    Role.SECTION_HEAD: "股室负责人",
    Role.FINANCE: "财务",
    Role.DIRECTOR: "局长",
    Role.PERFORMANCE_OFFICER: "绩效专员",
    Role.REVIEWER: "财政评审（只读）",
    Role.ADMINISTRATOR: "系统管理员（无业务数据权限）",
    Role.AUDITOR: "审计员",
}

BUREAU_ROLES = frozenset({Role.CLERK, Role.SECTION_HEAD, Role.FINANCE, Role.DIRECTOR, Role.PERFORMANCE_OFFICER})
BUSINESS_ROLES = BUREAU_ROLES | {Role.REVIEWER}
# Whoever runs the system must not work in it, and whoever audits must do neither.
SEPARATE_DUTIES = (BUSINESS_ROLES, frozenset({Role.ADMINISTRATOR}), frozenset({Role.AUDITOR}))


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a record belongs: the path of its organisation and its area code."""

    path: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role within a scope. An empty path or area sets no limit of that kind."""

    role: Role
    path: str = ""
    area: str = ""

    def covers(self, scope: Scope) -> bool:
        """Whether a record of that scope lies inside this grant."""
        return scope.path.startswith(self.path) and scope.area.startswith(self.area)


class OriginKind(StrEnum):
    """Through which door an act came."""

    WEB = "web"
    API = "api"
    CLI = "cli"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act came from: the door, and the network address or the command."""

    kind: OriginKind
    place: str = ""

    def __str__(self) -> str:
        return f"{self.kind.value} {self.place}".strip()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with which rights, from where and when. Made by an interface, passed to every service.

    user_id is None for the system itself and for the operator at the machine's own command line.
    at: the instant of the request or command; services take their time from here.
    """

    name: str
    origin: Origin
    at: datetime
    user_id: int | None = None
    username: str = ""
    grants: tuple[Grant, ...] = ()

    @property
    def label(self) -> str:
        """The actor as the audit trail prints it."""
        return f"{self.name}（{self.username}）" if self.username else self.name

    @property
    def day(self) -> date:
        """The day of the act in China."""
        return day_of(self.at)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held anywhere."""
        return frozenset(grant.role for grant in self.grants)

    def grants_of(self, roles: Iterable[Role]) -> tuple[Grant, ...]:
        """The grants of any of those roles."""
        wanted = frozenset(roles)
        return tuple(grant for grant in self.grants if grant.role in wanted)


def system_actor(*, at: datetime, place: str) -> Actor:
    """The system acting by itself (a scheduled seal, a start-up step): may do nothing that a policy guards."""
    return Actor(name="系统", origin=Origin(OriginKind.SYSTEM, place), at=at)
