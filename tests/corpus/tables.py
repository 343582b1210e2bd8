"""Tables in many shapes: totals below and above, nested levels, shares, rates, self-evaluation forms; all true."""

from decimal import ROUND_HALF_UP, Decimal

from corpus.made import Maker, generator, header, line, money, percent, plain, ruled, value_cell
from rongji.documents.build import cell, label
from rongji.documents.model import Row

PLACES = ("城关镇", "柳溪镇", "石桥乡", "东山乡", "南河镇", "平川镇", "白云乡", "新田镇")
UNITS = ("局机关", "服务中心", "光荣院", "信息中心", "培训中心", "执法大队")
ITEMS = ("办公费", "印刷费", "差旅费", "会议费", "培训费", "维修费", "劳务费", "委托业务费")


@generator
def total_below(maker: Maker) -> None:
    """A column of amounts with 合计 below."""
    dice = maker.dice
    names = dice.sample(PLACES, dice.randint(3, 7))
    amounts = [money(dice, 10, 900) for _ in names]
    counts = [dice.randint(40, 900) for _ in names]
    parts = [maker.slot(plain(item)) for item in amounts]
    people = [maker.slot(str(item)) for item in counts]
    total, persons = maker.slot(plain(sum(amounts, Decimal(0)))), maker.slot(str(sum(counts)))
    rows = [line(*item) for item in zip(names, people, parts, strict=True)]
    maker.blocks.append(
        ruled(
            3,
            header("乡镇", "人数（人）", "金额（万元）"),
            *rows,
            line("合计", persons, total),
            caption="资金发放情况表",
        )
    )
    maker.relate("sum", total, *parts)
    maker.relate("sum", persons, *people)


@generator
def total_above(maker: Maker) -> None:
    """合计 first, income columns that add across and down."""
    dice = maker.dice
    names = dice.sample(UNITS, dice.randint(2, 4))
    grid = [[money(dice, 10, 900) for _ in range(3)] for _ in names]
    slots = [[maker.slot(plain(item)) for item in (sum(values, Decimal(0)), *values)] for values in grid]
    downs = [sum(column, Decimal(0)) for column in zip(*grid, strict=True)]
    top = [maker.slot(plain(item)) for item in (sum(downs, Decimal(0)), *downs)]
    rows = [
        line("合计", *top),
        *(line(*item) for item in zip(names, *map(list, zip(*slots, strict=True)), strict=True)),
    ]
    first = Row((label("单位名称", rowspan=2), label("收入合计", rowspan=2), label("其中：", colspan=3)))
    second = Row(tuple(label(name) for name in ("财政拨款", "事业收入", "其他收入")))
    maker.blocks.append(ruled(5, first, second, *rows, header_rows=2, caption="收入情况表", unit_note="单位：万元"))
    for values in (top, *slots):
        maker.relate("sum", *values)
    for column in range(4):
        maker.relate("sum", top[column], *(values[column] for values in slots))


@generator
def with_subtotals(maker: Maker) -> None:
    """Two blocks with 小计 and a 总计."""
    dice = maker.dice
    rows, subtotals, whole = [], [], Decimal(0)
    for name in ("人员经费", "公用经费"):
        items = dice.sample(ITEMS, 3)
        amounts = [money(dice, 10, 300) for _ in items]
        parts = [maker.slot(plain(item)) for item in amounts]
        subtotal = maker.slot(plain(sum(amounts, Decimal(0))))
        first = Row((label(name, rowspan=4), label(items[0]), value_cell(parts[0])))
        rest = [Row((label(item), value_cell(part))) for item, part in zip(items[1:], parts[1:], strict=True)]
        rows += [first, *rest, Row((label("小计"), value_cell(subtotal)))]
        maker.relate("sum", subtotal, *parts)
        subtotals.append(subtotal)
        whole += sum(amounts, Decimal(0))
    total = maker.slot(plain(whole))
    rows.append(Row((label("总计", colspan=2), value_cell(total))))
    maker.blocks.append(ruled(3, header("类别", "项目", "金额（万元）"), *rows, caption="支出明细表"))
    maker.relate("sum", total, *subtotals)


@generator
def shares_of_total(maker: Maker) -> None:
    """Amounts with their shares."""
    dice = maker.dice
    names = dice.sample(ITEMS, 4)
    amounts = [money(dice, 100, 900) for _ in names]
    whole = sum(amounts, Decimal(0))
    parts = [maker.slot(plain(item)) for item in amounts]
    shares = [maker.slot(percent(item, whole)) for item in amounts]
    total = maker.slot(plain(whole))
    rows = [line(*item) for item in zip(names, parts, shares, strict=True)]
    maker.blocks.append(
        ruled(
            3,
            header("项目", "金额", "占比"),
            *rows,
            line("合计", total, "100%"),
            unit_note="单位：万元",
            caption="支出结构",
        )
    )
    maker.relate("sum", total, *parts)
    for part, share in zip(parts, shares, strict=True):
        maker.relate("share", share, part, total)


@generator
def execution_by_project(maker: Maker) -> None:
    """Budget, outturn and rate per project."""
    dice = maker.dice
    rows, budgets, outturns = [], [], []
    total_budget = total_spent = Decimal(0)
    for number in range(dice.randint(3, 6)):
        budget = money(dice, 50, 900)
        spent = (budget * Decimal(dice.randint(55, 100)) / 100).quantize(Decimal("0.01"))
        a, b, rate = maker.slot(plain(budget)), maker.slot(plain(spent)), maker.slot(percent(spent, budget))
        rows.append(line(f"专项{'甲乙丙丁戊己'[number]}", a, b, rate))
        maker.relate("rate", rate, b, a)
        budgets.append(a)
        outturns.append(b)
        total_budget, total_spent = total_budget + budget, total_spent + spent
    a, b = maker.slot(plain(total_budget)), maker.slot(plain(total_spent))
    rate = maker.slot(percent(total_spent, total_budget))
    rows.append(line("合计", a, b, rate))
    maker.blocks.append(
        ruled(
            4, header("项目名称", "预算数", "执行数", "执行率"), *rows, unit_note="单位：万元", caption="项目执行情况表"
        )
    )
    maker.relate("sum", a, *budgets)
    maker.relate("sum", b, *outturns)
    maker.relate("rate", rate, b, a)


@generator
def two_years(maker: Maker) -> None:
    """Last year, this year, difference and growth."""
    dice = maker.dice
    rows = []
    for name in ("工资福利支出", "商品和服务支出", "资本性支出"):
        before, change = money(dice, 300, 900), money(dice, 20, 200)
        a, b, c = (maker.slot(plain(item)) for item in (before, before + change, change))
        rate = maker.slot(percent(change, before))
        rows.append(line(name, a, b, c, rate))
        maker.relate("change", c, b, a)
        maker.relate("growth", rate, b, a)
    maker.blocks.append(
        ruled(
            5,
            header("项目", "2022年", "2023年", "增减额", "增长率"),
            *rows,
            unit_note="单位：万元",
            caption="支出对比表",
        )
    )


@generator
def self_evaluation_form(maker: Maker) -> None:
    """项目支出绩效自评表: funds, indicators with weights and scores, total."""
    dice = maker.dice
    budget, other = money(dice, 100, 900), money(dice, 10, 90)
    spent = (budget * Decimal(dice.randint(70, 99)) / 100).quantize(Decimal("0.01"))
    whole, used = budget + other, spent + other
    rate_text = percent(used, whole)
    score = (Decimal(10) * used / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
    t1, t2, p1, p2 = (maker.slot(plain(item)) for item in (whole, used, budget, spent))
    o1, o2, rate, execution = (
        maker.slot(plain(other)),
        maker.slot(plain(other)),
        maker.slot(rate_text),
        maker.slot(str(score)),
    )
    rows = [
        Row(
            (
                label("项目资金（万元）", rowspan=4),
                *(label(item) for item in ("", "全年预算数", "全年执行数", "分值", "执行率", "得分")),
            )
        ),
        Row(
            (label("年度资金总额"), value_cell(t1), value_cell(t2), cell("10"), value_cell(rate), value_cell(execution))
        ),
        Row((label("其中：当年财政拨款"), value_cell(p1), value_cell(p2), cell("—"), cell("—"), cell("—"))),
        Row((label("其他资金"), value_cell(o1), value_cell(o2), cell("—"), cell("—"), cell("—"))),
        header("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
    ]
    weights, scores = [], []
    blocks = (
        ("产出指标", "数量指标", (15, 15)),
        ("产出指标", "质量指标", (20,)),
        ("效益指标", "社会效益指标", (30,)),
        ("满意度指标", "服务对象满意度指标", (10,)),
    )
    total = score
    for first, second, points in blocks:
        for number, weight in enumerate(points, 1):
            got = weight - (dice.randint(1, 2) if dice.random() < 0.3 else 0)
            w, s = maker.slot(str(weight)), maker.slot(str(got))
            target = dice.randint(50, 300)
            rows.append(
                Row(
                    (
                        label(first),
                        label(second),
                        cell(f"{second[:2]}任务{number}"),
                        cell(f"{target}个"),
                        cell(f"{target}个"),
                        value_cell(w),
                        value_cell(s),
                    )
                )
            )
            weights.append(w)
            scores.append(s)
            total += got
    hundred, sum_of_scores = maker.slot("100"), maker.slot(f"{total}")
    rows.append(Row((label("总分", colspan=5), value_cell(hundred), value_cell(sum_of_scores))))
    maker.blocks.append(ruled(7, *rows, caption="项目支出绩效自评表", header_rows=0))
    maker.relate("sum", t1, p1, o1)
    maker.relate("sum", t2, p2, o2)
    maker.relate("rate", rate, t2, t1)
    maker.relate("score", execution)  # the rate printed beside it has a relation of its own
    maker.relate("weights", hundred, *weights)
    maker.relate("scores", sum_of_scores, *scores, execution)


@generator
def table_and_text(maker: Maker) -> None:
    """A total in a table and again in the text."""
    dice = maker.dice
    names = ("基本支出", "项目支出")
    amounts = [money(dice, 100, 9000) for _ in names]
    parts = [maker.slot(plain(item)) for item in amounts]
    total = maker.slot(plain(sum(amounts, Decimal(0))))
    again = [maker.slot(plain(item)) for item in amounts]
    rows = [line("支出合计", total), *(line(*item) for item in zip(names, parts, strict=True))]
    maker.blocks.append(ruled(2, header("项目", "决算数"), *rows, unit_note="单位：万元", caption="支出决算表"))
    maker.say("2023年基本支出", again[0], "万元，主要用于人员和日常公用。")
    maker.say("2023年项目支出", again[1], "万元，全部用于专项工作。")
    maker.relate("sum", total, *parts)
    maker.relate("same", again[0], parts[0])
    maker.relate("same", again[1], parts[1])
