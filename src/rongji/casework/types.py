"""Words of casework that other rooms may use."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Light(StrEnum):
    """How a case stands against its nearest time limit."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    PAUSED = "paused"
    NONE = "none"


LIGHT_LABELS = {
    Light.GREEN: "期限内",
    Light.AMBER: "临近到期",
    Light.RED: "已超期",
    Light.PAUSED: "期限中止",
    Light.NONE: "无期限",
}


class Satisfaction(StrEnum):
    """What the applicant said of the handling."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"


SATISFACTION_LABELS = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.FAIR: "基本满意",
    Satisfaction.DISSATISFIED: "不满意",
}


class MemberRole(StrEnum):
    """What somebody has to do with a case beside its handler."""

    LEADER = "leader"  # 包案领导
    TASK_FORCE = "task_force"  # 专班成员


MEMBER_LABELS = {MemberRole.LEADER: "包案领导", MemberRole.TASK_FORCE: "专班成员"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to be opened. answers: field → as typed (text) or already plain; contact: telephone, kept encrypted.

    people: how many came. parent: the case that this one follows. received_on: from which its clocks run.
    """

    kind: str
    channel: str
    received_on: date
    title: str
    person_id: int | None = None
    applicant: str = ""
    contact: str = ""
    people: int = 1
    station: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    external_number: str = ""
    assigned_by: str = ""
    campaign: str = ""
    legacy_since: date | None = None
    parent: int | None = None
    intake: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct:
    """Something done with a case. on: the day it was done (not later than today, not before the act before it)."""

    act: str
    on: date
    answers: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    decision: str = ""
