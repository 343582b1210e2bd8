"""How persons and their files are printed."""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from rongji.cli.text_table import pairs, text_table
from rongji.kernel.month import Month
from rongji.people.types import (
    ACCOUNT_LABELS,
    ATTRIBUTE_LABELS,
    CHANGE_LABELS,
    LIFE_EVENT_LABELS,
    SEX_LABELS,
    AccountKind,
    AttributeKind,
    PersonBrief,
    PersonFile,
)

_HIDDEN = ("number_cipher", "number_index")


def as_json(data: Any) -> str:
    """Anything the selectors give, as one line; keys and ciphers stay inside."""
    return json.dumps(_plain(data), ensure_ascii=False)


def list_of(people: Iterable[PersonBrief]) -> str:
    """Persons as a table."""
    rows = [
        (item.number, item.name, SEX_LABELS[item.sex], str(item.born_on), item.id_masked, item.village, _state(item))
        for item in people
    ]
    return (
        text_table(("档案号", "姓名", "性别", "出生日期", "身份证号", "村（社区）", "状态"), rows)
        if rows
        else "没有找到。"
    )


def file_of(file: PersonFile) -> str:
    """A file as a page of the terminal."""
    head = [
        ("档案号", file.number),
        ("姓名", f"{file.name}（{SEX_LABELS[file.sex]}，{file.age} 岁{'，已去世' if file.died_on else ''}）"),
        ("出生日期", str(file.born_on)),
        *([("去世日期", str(file.died_on))] if file.died_on else []),
        ("身份证号", file.id_masked or "（未登记）"),
        ("联系电话", file.phone_masked or "（未登记）"),
        ("住址", _residence(file)),
        ("领款账户", _account(file)),
        *((ATTRIBUTE_LABELS[item.kind], item.value) for item in file.attributes if item.kind in _PLAIN),
    ]
    parts = [
        pairs(head),
        *(part for part in (_identities(file), _service(file), _events(file), _changes(file)) if part),
    ]
    return "\n\n".join([*parts, f"以上为 {file.on} 的情况，按 {file.known_on} 所知。"])


_PLAIN = (AttributeKind.REGISTRATION, AttributeKind.EMPLOYMENT, AttributeKind.INSURANCE, AttributeKind.HEALTH)


def _state(item: PersonBrief) -> str:
    if item.merged_into:
        return f"已并入 #{item.merged_into}"
    return f"{item.died_on} 去世" if item.died_on else ""


def _residence(file: PersonFile) -> str:
    home = file.residence
    return " ".join(part for part in (home.village, home.address) if part) or "（未写明）" if home else "（未登记）"


def _account(file: PersonFile) -> str:
    used = file.account
    if used is None:
        return "（未登记）"
    return f"{ACCOUNT_LABELS[AccountKind(used.kind)]} {used.masked} {used.bank}（户名 {used.holder}）"


def _identities(file: PersonFile) -> str:
    rows = [
        ("身份", item.category, f"{item.first_month} 至 {item.last_month or '今'}", item.end_reason)
        for item in file.identities
    ]
    rows += [("残疾等级", f"{item.cause} {item.grade} 级", f"{item.decided_on} 评定", "") for item in file.grades]
    return text_table(("类别", "内容", "时间", "说明"), rows) if rows else ""


def _service(file: PersonFile) -> str:
    rows = [
        (f"{item.enlisted_on} 至 {item.discharged_on or '今'}", item.unit_kind, item.rank, item.discharge_kind)
        for item in file.service
    ]
    rows += [(str(item.awarded_on), "", item.grade, "立功受奖") for item in file.merits]
    return text_table(("服役时间", "军兵种", "军衔（职级）", "说明"), rows) if rows else ""


def _events(file: PersonFile) -> str:
    rows = [(str(item.happened_on), LIFE_EVENT_LABELS[item.kind], item.dating.evidence) for item in file.life_events]
    return text_table(("日期", "生卒迁移", "依据"), rows) if rows else ""


def _changes(file: PersonFile) -> str:
    rows = [
        (str(item.known_on), CHANGE_LABELS[item.kind], item.actor_label, item.summary) for item in file.changes[-10:]
    ]
    return text_table(("获知日期", "异动", "经办", "说明"), rows) if rows else ""


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type | Month):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value) if item.name not in _HIDDEN}
    if isinstance(value, date | Month):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
