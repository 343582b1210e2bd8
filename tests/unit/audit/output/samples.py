"""An audited report made by hand: a table and a paragraph, two contradictions with one cause, all verdicts."""

from dataclasses import replace
from decimal import Decimal

from rongji.audit.report import AuditedFile, Claim
from rongji.checks.causes import grouped
from rongji.checks.relations import parts_within, positive, ratio, same_fact, sum_of_parts
from rongji.checks.stated.model import StatedDocument
from rongji.documents.build import heading, label, paragraph, row, table
from rongji.documents.model import Cell, Document, Paragraph, Row, Table, Text, Title
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind, Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Place, Spot
from rongji.kernel.quantity import Quantity

SENTENCE = "全年支出 1063.50 万元，其中基本支出 400.25 万元，项目支出 663.25 万元，预算执行率 91.7%。"
HOSTILE = '<script>alert("x")</script> & <b>粗</b>\u202e反'


def figure(text, name, value, place, unit="万元", stage=Stage.ACTUAL):
    """One printed number with its place."""
    places = len(value.partition(".")[2])
    source = Source(SourceKind.IMPORTED, at=place)
    return Figure(FigureKey(name, stage), name, source, Quantity(Decimal(value), unit, places), text)


def in_sentence(text):
    """The place of words in the one paragraph."""
    start = SENTENCE.index(text)
    return Place(paragraph=3, span=(start, start + len(text)))


def in_table(line, column, text):
    """The place of a cell."""
    return Place(table=1, row=line, column=column, span=(0, len(text)))


def placed_table():
    """The funds of the year, every cell with its place."""
    lines = (
        ("项目", "全年预算数", "全年执行数", "执行率"),
        ("合计", "1160.00", "1073.50", ""),
        ("基本支出", "410.00", "400.25", "97.62%"),
        ("项目支出", "750.00", "663.25", "88.43%"),
        ("备注", HOSTILE, "", ""),
    )
    made = []
    for r, words in enumerate(lines, 1):
        cells = tuple(
            Cell(
                (Paragraph((Text(word),), indent=False),) if word else (),
                header=r == 1 or c == 1,
                place=Place(table=1, row=r, column=c),
            )
            for c, word in enumerate(words, 1)
        )
        made.append(Row(cells))
    return Table(
        (2, 2, 2, 2), tuple(made), header_rows=1, caption="整体支出", unit_note="单位：万元", place=Place(table=1)
    )


def document():
    """Title, heading, paragraph, table, a second table of another layout."""
    return Document(
        title="青山县某局 2024 年度部门整体支出绩效自评报告",
        blocks=(
            Title(("青山县某局 2024 年度", "部门整体支出绩效自评报告"), Place(paragraph=1)),
            heading(1, Text("一、预算执行情况", place=Place(paragraph=2))),
            Paragraph((Text(SENTENCE, place=Place(paragraph=3)),), place=Place(paragraph=3)),
            placed_table(),
            paragraph(Text("各项工作进一步加强。", place=Place(paragraph=4))),
            table((1, 1), row(label("序号"), "事项"), row("1", "走访慰问")),
        ),
    )


def findings():
    """The relations of the sample, arithmetic by the program."""
    total = figure("1073.50", "支出合计", "1073.50", in_table(2, 3, "1073.50"))
    basic = figure("400.25", "基本支出", "400.25", in_table(3, 3, "400.25"))
    project = figure("663.25", "项目支出", "663.25", in_table(4, 3, "663.25"))
    said_total = figure("1063.50 万元", "支出合计", "1063.50", in_sentence("1063.50 万元"))
    said_basic = figure("400.25 万元", "基本支出", "400.25", in_sentence("400.25 万元"))
    said_project = figure("663.25 万元", "项目支出", "663.25", in_sentence("663.25 万元"))
    budget = figure("1160.00", "支出合计", "1160.00", in_table(2, 2, "1160.00"), stage=Stage.ADJUSTED)
    rate = figure("91.7%", "预算执行率", "91.7", in_sentence("91.7%"), unit="%", stage=Stage.RATE)
    vague = Spot(Place(paragraph=4, span=(4, 7)), "进一步")
    blank = Spot(Place(table=1, row=2, column=4), "")
    related = {
        "parts-make-the-total": [
            sum_of_parts(total, positive([basic, project])),
            sum_of_parts(said_total, positive([said_basic, said_project])),
        ],
        "same-fact": [same_fact(total, said_total), same_fact(basic, said_basic)],
        "parts-within": [parts_within(budget, [basic])],
        "rate-of-amounts": [ratio(rate, said_total, budget)],
    }
    wording = Finding(
        "vague-wording",
        Verdict.QUESTION,
        "“进一步”没有可以核对的数字。",
        spots=(vague, blank),
        remedy="写明数量。",
    )
    return grouped([*(replace(item, check=name) for name, found in related.items() for item in found), wording])


def audited(name="青山县自评报告.docx"):
    """The whole audit of the sample."""
    claims = tuple(Claim(f"c{number}", item) for number, item in enumerate(findings(), 1))
    stated = StatedDocument(name, "青山县某局 2024 年度部门整体支出绩效自评报告", 2024, "青山县某局")
    return AuditedFile(name, "docx", document(), stated, claims, ("第 2 个工作表是隐藏的，没有读。",))
