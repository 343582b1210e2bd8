"""The form of a matter out of its published guide: what everybody is asked, what this matter asks, which papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from rongji.law.asked import Asked, AskedKind, SecretKind
from rongji.rules.answers import LINKS

FIELD, PAPER = "f-", "paper-"
OTHER_PAPER = "other"
_ONE_LINE = {AskedKind.TEXT, AskedKind.COUNT, AskedKind.DECIMAL, AskedKind.MONEY}


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A document that may be attached."""

    id: str
    label: str
    is_needed: bool
    note: str = ""

    @property
    def name(self) -> str:
        """Its name in the form."""
        return f"{PAPER}{self.id}"


@dataclass(frozen=True, slots=True)
class DeclaredForm:
    """What is asked for one matter. standing: of everybody; fields: of this matter."""

    kind: str
    version: str
    label: str
    standing: tuple[Asked, ...]
    fields: tuple[Asked, ...]
    papers: tuple[AskedPaper, ...]


def form_of(guide: Mapping[str, Any]) -> DeclaredForm:
    """The form that a published guide declares. Fields that name a row of a register are not asked outside."""
    asked = [asked_from(item) for item in guide["asked"]]
    fields = tuple(_outside(item, asked) for item in asked if item.kind not in LINKS)
    papers = [AskedPaper(item["id"], item["label"], item["is_needed"], item["note"]) for item in guide["papers"]]
    return DeclaredForm(
        kind=guide["kind"],
        version=guide["version"],
        label=guide["label"],
        standing=_standing(needs_id=guide["needs_id"]),
        fields=fields,
        papers=(*papers, AskedPaper(OTHER_PAPER, "其他材料", False)),
    )


def asked_from(item: Mapping[str, Any]) -> Asked:
    """A field as it was published."""
    return Asked(
        id=item["id"],
        label=item["label"],
        kind=AskedKind(item["kind"]),
        is_needed=item["is_needed"],
        hint=item["hint"],
        unit=item["unit"],
        choices=tuple(item["choices"]),
        most=item["most"],
        least=None if item["least"] is None else Decimal(item["least"]),
        number=SecretKind(item["number"]) if item.get("number") else None,
        open_numbers=item.get("open_numbers", False),
        when={name: tuple(words) for name, words in item.get("when", {}).items()},
    )


def asked_as_json(asked: Asked) -> dict[str, Any]:
    """A field as it is published."""
    return {
        "id": asked.id,
        "label": asked.label,
        "kind": asked.kind.value,
        "is_needed": asked.is_needed,
        "hint": asked.hint,
        "unit": asked.unit,
        "choices": list(asked.choices),
        "most": asked.most,
        "least": None if asked.least is None else str(asked.least),
        "number": asked.number.value if asked.number else "",
        "open_numbers": asked.open_numbers,
        "when": {name: list(words) for name, words in asked.when.items()},
    }


def _outside(asked: Asked, among: Sequence[Asked]) -> Asked:
    """A field of the matter under its name in the form; no script hides it, so its hint says when it is asked."""
    labels = {item.id: item.label for item in among}
    told = "".join(f"“{labels[name]}”选{'、'.join(words)}时才填。" for name, words in asked.when.items())
    when = {f"{FIELD}{name}": words for name, words in asked.when.items()}
    return replace(asked, id=f"{FIELD}{asked.id}", hint=f"{told}{asked.hint}", when=when)


def _standing(*, needs_id: bool) -> tuple[Asked, ...]:
    id_hint = "用来找到您的档案；只有受理人员看得到。" if needs_id else "愿意填的，便于找到您的档案；可以不填。"
    return (
        Asked("applicant", "姓名", AskedKind.TEXT, hint="与身份证上的一致。", most=30),
        Asked(
            "contact",
            "联系电话",
            AskedKind.SECRET,
            hint="办理时用它与您联系，例如 13800000000 或 0730-1234567。",
            number=SecretKind.PHONE,
        ),
        Asked("id_number", "身份证号", AskedKind.SECRET, is_needed=needs_id, hint=id_hint, number=SecretKind.ID_NUMBER),
        Asked("title", "一句话说明您要办什么", AskedKind.TEXT, hint="例如“申请解决住院费用的困难”。", most=60),
    )
