"""How kinds, lists of cases and one case look on a terminal, and as plain data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from rongji.casework.selectors import CaseLine, CasePage, ClockFacts, LegacyLedger, LinePage, OverdueLine
from rongji.casework.types import LIGHT_LABELS, Light
from rongji.cli.text_table import pairs, text_table
from rongji.kernel.refusal import Refusal
from rongji.law.asked import Asked
from rongji.law.case_kinds import Act, CaseKind

_REPORTED = {"section_head": "股室负责人", "director": "局长", "": ""}
_TITLE_SHOWN = 30


class AnswerFormUnfit(Refusal):
    """An answer that is not written as field and words."""

    code = "case-answer-form"
    sentence = "“{text}”应写成 字段=内容，如 --set topic=医疗。"
    exit_code = 2


def answers_of(given: list[str] | None) -> dict[str, str]:
    """`field=words` as answers; the field is everything before the first sign of equality."""
    found = {}
    for item in given or ():
        name, sign, words = item.partition("=")
        if not sign:
            raise AnswerFormUnfit(text=item)
        found[name.strip()] = words
    return found


def standing(line: CaseLine) -> str:
    """Where a case stands, in one phrase: step, light, what is left."""
    if not line.is_open:
        return f"已办结（{line.outcome}）"
    due = f"，{line.due_label} {line.due_on} 到期，{line.due_words}" if line.due_on else f"，{line.light_label}"
    return f"现处“{line.step_label}”环节{due}"


def kinds_table(found: Sequence[CaseKind]) -> str:
    """The kinds that may be opened."""
    rows = [(kind.id, kind.label, kind.area, str(kind.effective), "是" if kind.is_public else "") for kind in found]
    return text_table(("种类", "名称", "条线", "施行", "网上可办"), rows)


def kinds_plain(found: Sequence[CaseKind]) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [
        {"kind": kind.id, "label": kind.label, "version": kind.key, "area": kind.area, "public": kind.is_public}
        for kind in found
    ]


def kind_text(kind: CaseKind) -> str:
    """How one kind is opened and what may be done with it."""
    channels = "、".join(f"{item.id} {item.label}" for item in kind.channels)
    head = pairs((("种类", f"{kind.id} {kind.label}（{kind.effective} 起施行）"), ("渠道", channels)))
    asked = text_table(("字段", "名称", "必填", "填法"), [_asked_row(item) for item in kind.fields])
    papers = pairs((item.id, f"{item.label}{'' if item.is_needed else '（有则提供）'}") for item in kind.papers)
    acts = text_table(("办理", "名称", "环节", "填报"), [_act_row(kind, act) for act in kind.acts])
    parts = [head, asked if kind.fields else "", f"材料\n{papers}" if kind.papers else "", acts]
    return "\n\n".join(part for part in parts if part)


def lines_table(found: LinePage) -> str:
    """A list of cases."""
    rows = [
        (
            line.number, line.light_label, str(line.due_on or ""), line.due_words, line.step_label, line.applicant,
            line.handler_name, line.title[:_TITLE_SHOWN],
        )
        for line in found.lines
    ]  # fmt: skip
    if not rows:
        return "没有符合条件的办件。"
    table = text_table(("编号", "灯", "到期日", "还剩", "环节", "申请人", "承办人", "事项"), rows)
    return f"{table}\n还有下一页：--page {found.next}" if found.next else table


def lights_line(counts: Mapping[Light, int]) -> str:
    """How many of each light."""
    return "，".join(f"{LIGHT_LABELS[light]} {count} 件" for light, count in counts.items())


def overdue_table(found: LinePage) -> str:
    """Overdue cases with their stages."""
    rows = [
        (
            item.case.number, f"{item.days_late} 日", f"{item.working_days_late} 个工作日", _REPORTED[item.report_to],
            item.case.handler_name, _stages(item),
        )
        for item in found.lines
    ]  # fmt: skip
    return text_table(("编号", "超期", "工作日", "报告", "承办人", "各环节用时"), rows) if rows else "没有超期的办件。"


def ledger_table(found: LegacyLedger) -> str:
    """The ledger of old matters."""
    rows = [
        (row.label, str(row.opening), str(row.taken_up), str(row.closed), str(row.remaining))
        for row in (*found.rows, found.total)
    ]
    return text_table(("种类", "年初在办", "本年新增", "本年办结", "年末尚余"), rows)


def page_text(page: CasePage) -> str:
    """One case."""
    return "\n\n".join(part for part in _parts(page) if part)


def page_plain(page: CasePage) -> dict[str, Any]:
    """One case as plain data; its kind by id and version."""
    found = {item.name: plain(getattr(page, item.name)) for item in fields(page) if item.name not in _WORDY}
    return found | {
        "version": page.kind.key,
        "possible": [act.id for act in page.possible],
        "expected": [act.id for act in page.expected],
        "missing": [item.id for item in page.missing],
    }


def plain(value: Any) -> Any:
    """Facts as JSON takes them."""
    if is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


_WORDY = ("kind", "possible", "expected", "missing")


def _parts(page: CasePage) -> Iterator[str]:
    line = page.line
    yield pairs(
        (name, words)
        for name, words in (
            ("编号", f"{line.number} {line.kind_label}"), ("事项", line.title), ("现状", standing(line)),
            ("申请人", page.person_label or line.applicant), ("电话", page.contact),
            ("渠道", f"{line.channel_label}，{line.received_on} 收到"), ("交办", page.assigned_by),
            ("承办人", line.handler_name), ("文号", page.decision), *page.answers,
        )
        if words
    )  # fmt: skip
    yield pairs(
        (clock.label, f"{clock.words}{clock.left}（{clock.citation}，{clock.trust_label}）") for clock in page.clocks
    )
    yield text_table(
        ("日期", "办理", "经办", "说明"),
        [(str(act.on), act.label, act.actor, "；".join(_said(act))) for act in page.acts],
    )
    yield "\n".join(f"文书 {item.number}《{item.title}》{item.issued_on}" for item in page.letters)
    yield f"还缺材料：{'、'.join(item.label for item in page.missing)}" if page.missing else ""
    yield f"您可以办理：{'、'.join(f'{act.label}（{act.id}）' for act in page.possible) or '（无）'}"


def _clock_words(clock: ClockFacts) -> str:
    stands = f"{clock.stopped_on} 完成。" if clock.stopped_on else f"{clock.left}。" if clock.left else ""
    return f"{clock.words}{stands}（{clock.citation}，{clock.trust_label}）"


def _said(act: Any) -> Iterator[str]:
    yield from (f"{label}：{words}" for label, words in act.answers)
    yield from act.effects
    if act.note:
        yield act.note


def _stages(item: OverdueLine) -> str:
    return "，".join(f"{stage.label} {stage.days} 日" for stage in item.stages)


def _asked_row(item: Asked) -> tuple[str, str, str, str]:
    how = "、".join(item.choices) or item.hint or item.unit
    return item.id, item.label, "是" if item.is_needed else "", how


def _act_row(kind: CaseKind, act: Act) -> tuple[str, str, str, str]:
    steps = "、".join(kind.steps_by_id[step].label for step in act.from_steps)
    to = f"→{kind.steps_by_id[act.to].label}" if act.to else ""
    return act.id, act.label, f"{steps}{to}", "、".join(f"{item.id} {item.label}" for item in act.fields)
