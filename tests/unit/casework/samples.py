"""An office that handles cases, and a kind of its own to handle them by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.test import Client

from rongji.casework import services
from rongji.casework.models import Case
from rongji.casework.types import NewAct, NewCase
from rongji.kernel import clock

BUREAU, AREA = "yunhu", "990201"
D = date.fromisoformat


@dataclass
class Office:
    """The bureau and those who work there; everybody acts on a day of their own."""

    user: Callable[..., Any]
    bureau: Any
    users: dict[str, Any] = field(default_factory=dict)

    def actor(self, role: str = "clerk", day: str = "2024-03-15", *, name: str = "") -> Any:
        """Somebody of a role on a day; name: a second one of the same role."""
        from rongji.accounts.selectors import actor_for
        from rongji.accounts.types import Origin, OriginKind

        key = name or role
        if key not in self.users:
            self.users[key] = self.user(role, organisation=self.bureau, username=f"yunhu-{key}".replace("_", "-"))
        on = D(day)
        return actor_for(
            user=self.users[key],
            origin=Origin(OriginKind.CLI, "test"),
            at=datetime(on.year, on.month, on.day, 4, tzinfo=UTC),
        )

    def browser(self, role: str = "clerk", *, name: str = "") -> Client:
        """Somebody of a role, signed in; name: as of `actor`."""
        self.actor(role, name=name)
        person = self.users[name or role]
        person.password_changed_at = clock.now()
        person.save()
        client = Client(raise_request_exception=False)
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    def open(self, kind: str = "sample", *, by: str = "clerk", day: str = "", **given: Any) -> Case:
        """A case received on a day (15 March 2024 unless told otherwise) and registered on `day`, or the same day."""
        given.setdefault("received_on", D("2024-03-15"))
        given.setdefault("channel", "visit")
        given.setdefault("title", "要求落实待遇")
        given.setdefault("applicant", "张三")
        actor = self.actor(by, day or str(given["received_on"]))
        pk = services.open_case(actor=actor, bureau=BUREAU, new=NewCase(kind=kind, **given))
        return Case.objects.get(pk=pk)

    def act(self, case: Case, act: str, on: str, *, by: str = "clerk", day: str = "", **given: Any) -> Case:
        """Something done on a day, entered the same day unless told otherwise; the case as it stands then."""
        services.act_on_case(actor=self.actor(by, day or on), case_id=case.pk, new=NewAct(act=act, on=D(on), **given))
        return Case.objects.get(pk=case.pk)


LIMITS = """
id: deadlines.casework
label: 样例时限
kind: deadline
unit: 天
keys: [procedure, step]
valid_until_checked: 2025-12-31
rows:
"""


def limit_row(step: str, amount: int, count: str = "calendar_days", procedure: str = "sample") -> str:
    """One row of a table of limits."""
    return (
        f"  - {{procedure: {procedure}, step: {step}, effective: 2020-01-01, known: 2020-01-01, act: hotline-practice, "
        f"trust: memory-low, value: {{amount: {amount}, count: {count}, after: 收到申请, duty: 办理, who: 县局, "
        f"provision: 样例}}}}\n"
    )


SAMPLE = """
id: sample
label: 样例事项
short: 样例
area: 测试
unit: 件
act: yunhu-example
effective: 2020-01-01
known: 2020-01-01
trust: derived
about: anybody
open_roles: [clerk, section_head]
open_starts: [accept]
channels:
  - {id: visit, label: 来访, counts_people: true}
  - {id: province, label: 省级交办, assigned: true}
fields:
  - {id: topic, label: 类别, kind: choice, choices: [医疗, 住房]}
  - {id: amount, label: 申请金额, kind: money, needed: false}
  - {id: hardship_on, label: 困难发生日期, kind: day, needed: false}
steps:
  - {id: new, label: 待受理}
  - {id: waiting, label: 待补正}
  - {id: doing, label: 办理中}
  - {id: notice, label: 公示中}
  - {id: done, label: 已办结, final: true}
  - {id: withdrawn, label: 已撤回, final: true}
clocks:
  - {id: accept, label: 受理, procedure: sample, step: accept}
  - {id: handle, label: 办结, procedure: sample, step: handle}
  - {id: notice, label: 公示, procedure: sample, step: notice, waiting: true}
acts:
  - id: accept
    label: 受理
    from: [new]
    to: doing
    roles: [clerk]
    starts: [handle]
    stops: [accept]
    letter: accepted
  - id: ask_papers
    label: 通知补正
    from: [new, doing]
    to: waiting
    roles: [clerk]
    follows: pause
  - {id: papers_in, label: 材料收到, from: [waiting], to: doing, roles: [clerk], follows: resume}
  - {id: ask_longer, label: 申请延期, from: [doing], roles: [clerk]}
  - {id: extend, label: 批准延期, from: [doing], roles: [clerk, section_head], follows: extend}
  - {id: post, label: 张榜公示, from: [doing], to: notice, roles: [clerk], starts: [notice]}
  - id: close
    label: 办结
    from: [notice]
    to: done
    roles: [clerk, section_head]
    by_other: true
    needs_decision: true
    waits_for: [notice]
    outcome: 办结
    papers:
      - {id: proof, label: 办结证明}
    fields:
      - {id: granted, label: 核定金额, kind: money}
      - {id: again, label: 需要回访, kind: flag, needed: false}
  - {id: withdraw, label: 撤回, from: [new, waiting, doing], to: withdrawn, roles: [clerk], outcome: 撤回}
  - {id: appeal, label: 申请复查, from: [done], roles: [clerk], after_close: true, opens: sample_review}
letters:
  - id: accepted
    title: 受理告知书
    number: "{short}样受〔{year}〕{serial}号"
    paragraphs: ["{applicant}：", "您于{received_on}提出的“{title}”（{topic}，{amount}）已受理，{due_on}前办结。"]
"""

REVIEW = """
id: sample_review
label: 样例复查
area: 测试
unit: 件
act: yunhu-example
effective: 2020-01-01
known: 2020-01-01
trust: derived
about: anybody
open_roles: [director]
open_starts: [decide]
channels: [{id: visit, label: 来访}]
fields:
  - {id: topic, label: 类别, kind: choice, choices: [医疗, 住房]}
steps:
  - {id: new, label: 复查中}
  - {id: done, label: 已答复, final: true}
clocks:
  - {id: decide, label: 答复, procedure: sample, step: review}
limits:
  - {since: "parent:closed_on", procedure: sample, step: ask_review}
acts:
  - {id: decide, label: 答复, from: [new], to: done, roles: [director], outcome: 维持}
"""


def declare(legal: Path) -> None:
    """Put both kinds and their limits into a folder of legal data."""
    for kind, text in (("sample", SAMPLE), ("sample_review", REVIEW)):
        place = legal / "casework" / kind / "2020-01-01.yaml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    rows = [
        limit_row("accept", 3, "working_days"), limit_row("handle", 20), limit_row("handle_extension", 10),
        limit_row("notice", 7), limit_row("review", 30), limit_row("ask_review", 30),
    ]  # fmt: skip
    place = legal / "regions" / "990201" / "deadlines" / "casework.yaml"
    place.write_text(LIMITS + "".join(rows), encoding="utf-8")
