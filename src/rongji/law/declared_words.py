"""Registers and case kinds in pairs of words, as `rongji law show` prints them."""

from collections.abc import Iterable, Sequence

from rongji.law.case_kinds import CaseKind
from rongji.law.model import Lawbook
from rongji.law.registers import Register

Pairs = tuple[tuple[str, str], ...]
NOTHING = "无"


def register_in_words(item: Register) -> Pairs:
    """What a register asks for, when two records are the same, and what it counts."""
    bounds = (f"{item.by_id[one.less].label} 不大于 {item.by_id[one.more].label}" for one in item.bounds)
    return (
        ("编号", item.id),
        ("名称", item.label),
        ("类别", item.area),
        ("计量单位", item.unit),
        ("说明", item.note or NOTHING),
        ("登记内容", _joined(f"{asked.label}{'' if asked.is_needed else '（可不填）'}" for asked in item.fields)),
        ("同一条", _joined(item.by_id[name].label for name in item.one)),
        ("上下限", "；".join(bounds) or NOTHING),
        ("数出的数", "；".join(f"{one.label} {item.concept(one)}（{one.unit}）" for one in item.measures) or NOTHING),
        ("事项", _joined(item.inventory)),
    )


def kind_in_words(versions: Sequence[CaseKind], book: Lawbook) -> Pairs:
    """How a kind is handled in its newest version, and which versions there are."""
    item = max(versions, key=lambda version: ("/" not in version.key, version.effective))
    act = book.acts.get(item.act)
    return (
        ("编号", item.id),
        ("名称", item.label),
        ("类别", item.area),
        ("计量单位", item.unit),
        ("依据", f"{act.citation if act else item.act}{item.provision}"),
        ("可信度", item.trust.label),
        ("版本", _joined(version.key for version in versions)),
        ("渠道", _joined(channel.label for channel in item.channels)),
        ("材料", _joined(f"{paper.label}{'' if paper.is_needed else '（需要时）'}" for paper in item.papers)),
        ("时限", _joined(clock.label for clock in item.clocks)),
        ("办理", _joined(one.label for one in item.acts)),
        ("数出的数", "；".join(f"{one.label} {item.concept(one)}（{one.unit}）" for one in item.measures) or NOTHING),
        ("事项", _joined(item.inventory)),
    )


def _joined(words: Iterable[str]) -> str:
    return "、".join(words) or NOTHING
