"""Made-up documents in the shapes of real forms: a nine-column self-evaluation, a consolidation table, a report."""

from datetime import date
from decimal import Decimal

from rongji.documents.build import cell, heading, label, paragraph, row, runs, table
from rongji.documents.formula import ProductOf, RatioOf, SumOf
from rongji.documents.model import (
    Align,
    Cell,
    Document,
    FigureRef,
    Orientation,
    PageBreak,
    Row,
    Section,
    SignatureBlock,
    Status,
    Style,
    Table,
    Text,
    Title,
)
from rongji.kernel.quantity import Quantity


def number(text: str, unit_name: str, key: str = "", **options: object) -> Cell:
    """A cell that prints a figure and holds its quantity."""
    return cell(FigureRef(text, key or "sample.amount"), quantity=Quantity.parse(text, unit_name), **options)


def money(text: str, name: str = "", formula: object = None) -> Cell:
    """An amount in 万元."""
    return number(text, "万元", f"sample.{name or 'amount'}", name=name, formula=formula)


DUTIES = (
    "（一）宣传和执行退役军人工作的法律法规，拟订全区退役军人事业年度计划并组织落实。",
    "（二）办理转业军官、复员干部、退休士官和退役士兵的接收安置手续，协助随军家属就业。",
    "（三）组织退役军人职业技能培训和专场招聘，扶持自主创业。",
    "（四）发放优待抚恤金，落实优抚对象医疗保障，走访慰问困难对象。",
    "（五）管理维护烈士纪念设施，开展祭扫和英烈讲解活动，办理烈士褒扬事项。",
)


def money_rows() -> tuple[Row, ...]:
    """整体资金: two breakdowns of one total, the second of which does not add up to it."""
    total = row(
        label("整体资金（万元）", rowspan=8),
        label("资金来源", rowspan=3),
        label("合计", colspan=2),
        money("13351.20", "budget", SumOf(("budget.fiscal", "budget.other"))),
        money("11436.27", "spent", SumOf(("spent.fiscal", "spent.other"))),
        number("85.66%", "%", "sample.rate", name="rate", formula=RatioOf("spent", "budget")),
        number("10", "分", name="weight"),
        number("8.57", "分", name="score", formula=ProductOf(("weight", "rate"))),
    )
    body = [
        ("（1）财政拨款", "7547.08", "budget.fiscal", "6701.86", "spent.fiscal"),
        ("（2）其他资金（含上年结转）", "5804.12", "budget.other", "4734.41", "spent.other"),
    ]
    sources = [
        row(label(words, colspan=2, align=Align.LEFT), money(a, an), money(b, bn), "", "－", "－")
        for words, a, an, b, bn in body
    ]
    structure = [
        row(
            label("资金结构", rowspan=5),
            label("合计", colspan=2),
            money("13351.20", "uses", SumOf(("basic", "projects"))),
            money("11436.30", "uses.spent", SumOf(("basic.spent", "projects.spent"))),
            "",
            "－",
            "－",
        ),
        *(
            row(label(words, colspan=2, align=Align.LEFT), money(a, an), money(b, bn), "", "－", "－")
            for words, a, an, b, bn in [
                ("（1）基本支出", "413.73", "basic", "392.52", "basic.spent"),
                ("其中：人员支出", "374.51", "staff", "353.38", "staff.spent"),
                ("公用支出", "39.22", "office", "39.14", "office.spent"),
                ("（2）项目支出", "12967.89", "projects", "11043.78", "projects.spent"),
            ]
        ),
    ]
    return (total, *sources, *structure)


INDICATORS = (
    ("产出指标", "数量指标", "义务兵家庭优待金发放人数", "≥316人", "316人", "10"),
    ("产出指标", "数量指标", "重点优抚对象定期抚恤补助发放人数", "≥2105人", "2098人", "10"),
    ("产出指标", "数量指标", "退役士兵职业技能培训人次", "≥180人次", "192人次", "10"),
    ("产出指标", "质量指标", "优待抚恤金按标准足额发放率", "100%", "100%", "10"),
    ("产出指标", "时效指标", "各项补助按月发放及时率", "100%", "99.2%", "5"),
    ("产出指标", "成本指标", "全年支出控制在预算之内", "≤13351.20万元", "11436.27万元", "5"),
    ("效益指标", "社会效益", "尊崇军人的社会氛围", "持续增强", "达成预期指标", "15"),
    ("效益指标", "可持续影响", "服务保障体系运行", "稳定", "达成预期指标", "15"),
    ("满意度指标", "服务对象满意度", "退役军人和优抚对象满意度", "≥90%", "93.5%", "10"),
)


def indicator_rows() -> tuple[Row, ...]:
    """整体支出绩效目标完成情况: three levels of labels, merged downward."""
    heads = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    rows = [row(label("整体支出绩效目标完成情况", rowspan=len(INDICATORS) + 1), *(label(head) for head in heads))]
    seen: set[tuple[str, str]] = set()
    for first, second, name, target, actual, weight in INDICATORS:
        cells: list[Cell] = []
        for level, words in ((0, first), (1, second)):
            if (str(level), first + words) not in seen:
                seen.add((str(level), first + words))
                span = sum(1 for item in INDICATORS if (item[0], item[level]) == (first, words))
                cells.append(label(words, rowspan=span))
        reason = "年中三名对象户籍迁出，四名对象去世，已按月核减。" if "2098" in actual else ""
        cells += [
            cell(name, align=Align.LEFT),
            cell(target),
            cell(FigureRef(actual, f"sample.{name[:2]}")),
            number(weight, "分", name=f"w.{name}"),
            number(weight if not reason else "9.97", "分", name=f"s.{name}"),
            cell(reason),
        ]
        rows.append(row(*cells))
    return tuple(rows)


def self_evaluation_table() -> Table:
    """The nine-column self-evaluation form."""
    weights = tuple(f"w.{item[2]}" for item in INDICATORS)
    scores = tuple(f"s.{item[2]}" for item in INDICATORS)
    return table(
        (10, 10, 11, 19, 14, 14, 8, 8, 16),
        row(label("部门职责"), cell(*_joined(DUTIES), colspan=8)),
        row(
            label("人员编制", colspan=2),
            number("10", "人", colspan=2),
            label("实有人数", colspan=2),
            number("12", "人", colspan=3),
        ),
        row(
            label("项　　目", colspan=4),
            *(label(head) for head in ("全年预算数", "全年执行数", "执行率", "分值", "得分")),
        ),
        *money_rows(),
        row(label("年度工作目标", rowspan=2), label("预期目标", colspan=4), label("实际完成情况", colspan=4)),
        row(
            cell("各项抚恤补助按标准、按时间足额发放到人，服务对象满意度不低于九成。", colspan=4),
            cell("达标", colspan=4),
        ),
        *indicator_rows(),
        row(
            label("总分", colspan=6),
            number("100", "分", formula=SumOf((*weights, "weight"))),
            number("98.54", "分", formula=SumOf((*scores, "score"))),
            "",
        ),
    )


def _joined(lines: tuple[str, ...]) -> list[str]:
    return [part for line in lines for part in (line, "\n")][:-1]


def self_evaluation(**options: object) -> Document:
    """The form under its title."""
    return Document(
        "2021年度部门整体支出绩效自评表",
        (Title(("2021年度部门整体支出绩效自评表",)), self_evaluation_table()),
        properties={"unit": "示例区退役军人事务局", "year": "2021", "version": "3", "digest": "ab" * 32},
        dated_on=date(2022, 3, 31),
        **options,
    )


UNITS = ("局机关及二级机构汇总", "1、局机关", "2、光荣院", "3、服务中心")


def consolidation_tables() -> tuple[Table, Table]:
    """Income and expenditure of the bureau and its units: heads of two and three levels, six decimals."""
    income = table(
        (22, 14, 13, 15, 13, 15, 13),
        row(label("机构名称", rowspan=2), label("收入合计", rowspan=2), label("其中：", colspan=5)),
        row(
            *(label(w) for w in ("上年结转", "公共财政拨款", "政府基金拨款", "纳入专户管理的非税收入拨款", "其他收入"))
        ),
        *(
            row(
                cell(unit, align=Align.LEFT),
                money(total, f"i{n}", SumOf((f"i{n}.a", f"i{n}.b"))),
                money(carried, f"i{n}.a"),
                money(grant, f"i{n}.b"),
                "",
                "",
                "",
            )
            for n, (unit, total, carried, grant) in enumerate(
                zip(
                    UNITS,
                    ("11084.120034", "10422.518234", "361.602800", "299.999000"),
                    ("1250.330012", "1200.000012", "50.330000", "0.000000"),
                    ("9833.790022", "9222.518222", "311.272800", "299.999000"),
                    strict=True,
                )
            )
        ),
        header_rows=2,
        caption="年度收入情况",
        unit_note="单位：万元",
    )
    spending = table(
        (22, 14, 13, 13, 13, 13, 12, 12),
        row(
            label("机构名称", rowspan=3),
            label("支出合计", rowspan=3),
            label("其中：", colspan=4),
            label("结余", colspan=2),
        ),
        row(
            label("基本支出", rowspan=2),
            label("其中：", colspan=2),
            label("项目支出", rowspan=2),
            label("当年结余", rowspan=2),
            label("累计结余", rowspan=2),
        ),
        row(label("人员支出"), label("公用支出")),
        *(
            row(cell(unit, align=Align.LEFT), *(money(text) for text in texts))
            for unit, texts in zip(
                UNITS,
                (
                    (
                        "10107.870000",
                        "633.750000",
                        "561.210000",
                        "72.540000",
                        "9474.120000",
                        "976.250034",
                        "976.250034",
                    ),
                    ("9600.000000", "420.000000", "361.210000", "58.790000", "9180.000000", "822.518234", "822.518234"),
                    ("300.870000", "150.750000", "140.000000", "10.750000", "150.120000", "60.732800", "60.732800"),
                    ("207.000000", "63.000000", "60.000000", "3.000000", "144.000000", "92.999000", "92.999000"),
                ),
                strict=True,
            )
        ),
        header_rows=3,
        caption="年度支出和结余情况",
        unit_note="单位：万元",
    )
    return income, spending


def signature_table() -> Table:
    """评价人员: empty boxes to be signed."""
    lead = cell("评价组组长（签字）：", "\n", "　", "\n", "年　　月　　日", colspan=4, align=Align.LEFT)
    return table(
        (3, 4, 5, 4),
        row(*(label(word) for word in ("姓名", "职务／职称", "单位", "签字"))),
        *(
            row(name, post, "示例县退役军人事务局", "", min_height_mm=10)
            for name, post in (("甲某", "局长"), ("乙某", "副局长"))
        ),
        Row((lead,), min_height_mm=30),
        header_rows=1,
        caption="评价人员",
    )


def multi_part_form(**options: object) -> Document:
    """A form of several parts with upright and turned pages."""
    income, spending = consolidation_tables()
    return Document(
        "2022年度部门整体支出绩效评价自评报告",
        (
            Title(("示例县退役军人事务局2022年度部门整体支出绩效评价自评报告",)),
            heading(1, "一、部门（单位）基本概况"),
            table(
                (3, 5, 3, 5),
                row(label("联系人"), "甲某", label("联络电话"), "0000-0000000"),
                row(label("人员编制"), number("38", "人"), label("实有人数"), number("52", "人")),
                row(label("职能职责概述"), cell(*_joined(DUTIES), colspan=3)),
            ),
            Section(Orientation.LANDSCAPE, "收支情况"),
            heading(1, "二、收支情况"),
            income,
            spending,
            Section(Orientation.PORTRAIT, "评价人员"),
            heading(1, "三、评价人员"),
            signature_table(),
            paragraph("填报人（签名）：　　　　　　　　　联系电话：", indent=False),
        ),
        properties={"unit": "示例县退役军人事务局", "year": "2022"},
        **options,
    )


def report(**options: object) -> Document:
    """A narrative report: headings of four levels, live figures, notes, signature."""
    spent = FigureRef("11436.27", "expenditure.total:actual", Status.OK)
    wrong = FigureRef(
        "13351.2", "budget.total:adjusted", Status.TROUBLE, "两项来源相加得 13381.62 万元，与合计相差 30.42 万元"
    )
    typed = FigureRef("98", "", Status.UNBACKED, "没有数据支持的手工数字")
    body = (
        "全局共有编制38名，实有52人，内设办公室、拥军优抚股、移交安置股、就业创业股等股室，"
        "下辖光荣院和退役军人服务中心两个二级机构。“一站式”窗口全年接待来访1126人次，办结率100%。"
    )
    return Document(
        "示例县退役军人事务局2022年度部门整体支出绩效自评报告",
        (
            Title(("示例县退役军人事务局2022年度", "部门整体支出绩效自评报告")),
            heading(1, "一、部门概况"),
            heading(2, "（一）机构和人员"),
            paragraph(body),
            heading(2, "（二）收支情况"),
            paragraph(
                "全年预算",
                wrong,
                "万元，实际支出",
                spent,
                "万元，",
                Text("执行率85.66%", bold=True),
                "。完成率",
                typed,
                "%。",
            ),
            heading(3, "1.基本支出"),
            *(paragraph(body * 2) for _ in range(4)),
            heading(4, "（1）人员支出"),
            paragraph(body),
            paragraph("注：表中数字四舍五入，合计与分项之和可能有末位差。", style=Style.NOTE),
            heading(1, "二、存在的问题和改进措施"),
            paragraph(body),
            SignatureBlock((runs("示例县退役军人事务局"), runs("2023年3月31日"))),
            PageBreak(),
            paragraph("附件：1．收支情况表"),
        ),
        dated_on=date(2023, 3, 31),
        **options,
    )


def amount(text: str, unit_name: str = "万元") -> Quantity:
    """A quantity as printed."""
    return Quantity(Decimal(text), unit_name, len(text.partition(".")[2]))
