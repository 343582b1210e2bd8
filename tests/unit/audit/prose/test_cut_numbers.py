"""A number that two paragraphs share is nobody's figure: lines pasted as paragraphs cut numbers in two."""

from rongji.audit.context import context_of
from rongji.audit.prose import passages_of
from rongji.documents.build import paragraph
from rongji.documents.model import Document


def figures(*paragraphs: str) -> list[str]:
    """What is taken for a figure in those paragraphs."""
    document = Document("青山县2023年度报告", tuple(paragraph(item) for item in paragraphs))
    return [str(figure.quantity) for item in passages_of(document, context_of(document)) for figure in item.figures]


def test_half_a_number_is_no_figure():
    assert figures("全年支出1200.50万元，其中基本支出预算600.1", "7万元，项目支出600.33万元。") == [
        "1200.50万元",
        "600.33万元",
    ]


def test_whole_numbers_stay():
    assert figures("全年支出1200.50万元。", "基本支出600.17万元。") == ["1200.50万元", "600.17万元"]
    assert figures("年末实有人数53", "其中在职43人。")[-1] == "43人"
