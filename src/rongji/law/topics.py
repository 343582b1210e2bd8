"""What reports say of people and payments, topic by topic, and by which figures records tell it: concepts/topics."""

from collections.abc import Mapping
from pathlib import Path

from rongji.kernel.figure import FigureKey, UnreadableKey
from rongji.law.fields import Fields
from rongji.law.model import Concept, DatedTable, Topic
from rongji.law.reading import Problems, read_yaml

FILE = "concepts/topics.yaml"
_INDICATOR = "indicator."


def read_topics(
    folder: Path,
    concepts: Mapping[str, Concept],
    tables: Mapping[tuple[str, str], DatedTable],
    problems: Problems,
) -> tuple[Topic, ...]:
    """Every topic, in file order; none where a site keeps no such file."""
    path = folder / FILE
    content = read_yaml(path, FILE, problems) if path.exists() else None
    entries = content.get("topics") or [] if content else []
    return tuple(_topic(Fields(item, FILE, "", problems), concepts, tables) for item in entries)


def _topic(item: Fields, concepts: Mapping[str, Concept], tables: Mapping[tuple[str, str], DatedTable]) -> Topic:
    found = Topic(
        area=item.text("area"),
        topic=item.text("topic"),
        figures=item.texts("figures", required=True),
        indicator=item.text("indicator", required=False),
        note=item.text("note", required=False),
    )
    item.finish()
    for figure in found.figures:
        _check_figure(item, figure, concepts)
    if found.indicator and ("", _INDICATOR + found.indicator) not in tables:
        item.wrong(f"没有编号为“{found.indicator}”的指标公式")
    return found


def _check_figure(item: Fields, figure: str, concepts: Mapping[str, Concept]) -> None:
    try:
        key = FigureKey.parse(figure)
    except UnreadableKey as refusal:
        item.wrong(str(refusal))
        return
    if key.concept not in concepts:
        item.wrong(f"数据目录中没有“{key.concept}”")
