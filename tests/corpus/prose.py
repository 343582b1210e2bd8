"""Running text in many vocabularies: sums, shares, growth, rates, lists; every relation true."""

from decimal import Decimal

from corpus.made import Maker, generator, money, percent, plain

KINDS = (
    ("基本支出", "项目支出"),
    ("人员经费", "公用经费"),
    ("工资福利支出", "商品和服务支出", "对个人和家庭的补助"),
    ("财政拨款收入", "事业收入", "其他收入"),
    ("货物采购", "工程采购", "服务采购"),
    ("义务教育经费", "学前教育经费", "职业教育经费", "特殊教育经费"),
    ("城市低保资金", "农村低保资金", "特困供养资金", "临时救助资金"),
    ("河道治理投入", "水库加固投入", "农村饮水投入"),
)
WHOLES = ("支出总额", "全年支出", "资金总额", "年度总投入", "决算支出合计", "经费总额")
LINKS = ("，其中：", "，其中", "，包括", "，由以下部分构成：")
SEPARATORS = ("，", "；", "、")
PEOPLE = (
    ("在职人员", "退休人员"),
    ("行政人员", "事业人员", "工勤人员"),
    ("小学教师", "初中教师", "高中教师"),
    ("城镇居民", "农村居民"),
)


@generator
def sum_of_money(maker: Maker) -> None:
    """A total with all of its parts."""
    dice = maker.dice
    names = dice.choice(KINDS)
    amounts = [money(dice) for _ in names]
    total = maker.slot(plain(sum(amounts, Decimal(0))))
    parts = [maker.slot(plain(item)) for item in amounts]
    separator = dice.choice(SEPARATORS)
    runs: list[object] = [f"2023年{dice.choice(WHOLES)}", total, "万元", dice.choice(LINKS)]
    for index, (name, part) in enumerate(zip(names, parts, strict=True)):
        runs += [separator if index else "", name, part, "万元"]
    maker.say(*runs, "。")
    maker.relate("sum", total, *parts)


@generator
def two_parts_with_shares(maker: Maker) -> None:
    """A total, two parts, their shares of it."""
    dice = maker.dice
    first, second = money(dice), money(dice)
    whole = first + second
    slots = [maker.slot(plain(item)) for item in (whole, first, second)]
    shares = [maker.slot(percent(item, whole)) for item in (first, second)]
    maker.say(
        "2023年支出总计",
        slots[0],
        "万元，其中：基本支出",
        slots[1],
        "万元，占",
        shares[0],
        "；项目支出",
        slots[2],
        "万元，占",
        shares[1],
        "。",
    )
    maker.relate("sum", *slots)
    maker.relate("share", shares[0], slots[1], slots[0])
    maker.relate("share", shares[1], slots[2], slots[0])
    maker.relate("closing", *shares)


@generator
def growth_on_last_year(maker: Maker) -> None:
    """This year, last year, the difference and the rate."""
    dice = maker.dice
    before, change = money(dice, 2000, 9000), money(dice, 100, 900)
    up = dice.random() < 0.5
    now = before + change if up else before - change
    a, b, c = (maker.slot(plain(item)) for item in (now, before, change))
    rate = maker.slot(percent(change, before))
    words = ("增加", "增长") if up else ("减少", "下降")
    maker.say("2023年收入总计", a, "万元，上年收入总计", b, "万元，比上年", words[0], c, "万元，", words[1], rate, "。")
    maker.relate("change", a, b, c)
    maker.relate("growth", rate, a, b)


@generator
def growth_without_base(maker: Maker) -> None:
    """This year, the difference and the rate; last year follows."""
    dice = maker.dice
    before, change = money(dice, 2000, 9000), money(dice, 100, 900)
    a, c = maker.slot(plain(before + change)), maker.slot(plain(change))
    rate = maker.slot(percent(change, before))
    maker.say("2023年度收、支总计均为", a, "万元。与2022年相比，收、支总计各增加", c, "万元，增长", rate, "。")
    maker.relate("growth", rate, a, c)


@generator
def budget_and_outturn(maker: Maker) -> None:
    """年初预算、支出决算、完成百分比."""
    dice = maker.dice
    budget = money(dice, 300, 6000)
    outturn = (budget * Decimal(dice.randint(60, 130)) / 100).quantize(Decimal("0.01"))
    a, b, rate = maker.slot(plain(budget)), maker.slot(plain(outturn)), maker.slot(percent(outturn, budget))
    maker.say("行政运行（项）。年初预算为", a, "万元，支出决算为", b, "万元，完成年初预算的", rate, "。")
    maker.relate("rate", rate, b, a)


@generator
def execution_rate(maker: Maker) -> None:
    """全年预算数、执行数、执行率."""
    dice = maker.dice
    budget = money(dice, 300, 6000)
    spent = (budget * Decimal(dice.randint(60, 100)) / 100).quantize(Decimal("0.01"))
    a, b, rate = maker.slot(plain(budget)), maker.slot(plain(spent)), maker.slot(percent(spent, budget))
    maker.say("全年预算数", a, "万元，全年执行数", b, "万元，预算执行率", rate, "。")
    maker.relate("rate", rate, b, a)


@generator
def persons(maker: Maker) -> None:
    """A number of persons with its groups."""
    dice = maker.dice
    names = dice.choice(PEOPLE)
    counts = [dice.randint(35, 400) for _ in names]
    total = maker.slot(str(sum(counts)))
    parts = [maker.slot(str(item)) for item in counts]
    runs: list[object] = ["年末实有人数", total, "人，其中："]
    for index, (name, part) in enumerate(zip(names, parts, strict=True)):
        runs += ["，" if index else "", name, part, "人"]
    maker.say(*runs, "。")
    maker.relate("sum", total, *parts)


@generator
def part_of_a_number(maker: Maker) -> None:
    """A part that is below its whole; pushed above it the print cannot be true."""
    dice = maker.dice
    whole = dice.randint(60, 500)
    part = dice.randint(whole - 2, whole - 1)
    a, b = maker.slot(str(whole)), maker.slot(str(part))
    maker.say("全年共举办培训班", a, "期，其中线上培训", b, "期。")
    maker.relate("within", a, b)


@generator
def same_fact_twice(maker: Maker) -> None:
    """One amount in the opening and again in a later section."""
    dice = maker.dice
    amount = plain(money(dice))
    a, b = maker.slot(amount), maker.slot(amount)
    what = dice.choice(("项目支出", "基本支出", "“三公”经费支出", "政府采购支出总额", "机关运行经费支出"))
    maker.say("2023年，我单位", what, a, "万元，主要用于保障机构运转和完成专项工作。")
    maker.say("各项任务按计划推进，群众满意。")
    maker.say("2023年", what, b, "万元，资金使用规范。")
    maker.relate("same", a, b)


@generator
def closed_cases(maker: Maker) -> None:
    """Accepted, closed, and the rate of closing."""
    dice = maker.dice
    got = dice.randint(80, 900)
    closed = dice.randint(got * 7 // 10, got - 1)
    a, b, rate = maker.slot(str(got)), maker.slot(str(closed)), maker.slot(percent(Decimal(closed), Decimal(got)))
    maker.say("全年受理信访事项", a, "件，办结", b, "件，办结率", rate, "。")
    maker.relate("rate", rate, b, a)


@generator
def three_public(maker: Maker) -> None:
    """“三公”经费 with items and the split of the cars."""
    dice = maker.dice
    abroad, buying, running, guests = (money(dice, 1, 90) for _ in range(4))
    cars = buying + running
    whole = abroad + cars + guests
    w, a, c, p, r, g = (maker.slot(plain(item)) for item in (whole, abroad, cars, buying, running, guests))
    maker.say(
        "2023年“三公”经费支出决算",
        w,
        "万元，其中：因公出国（境）费",
        a,
        "万元，公务用车购置及运行维护费",
        c,
        "万元（公务用车购置费",
        p,
        "万元，公务用车运行维护费",
        r,
        "万元），公务接待费",
        g,
        "万元。",
    )
    maker.relate("sum", w, a, c, g)
    maker.relate("sum", c, p, r)


@generator
def assets(maker: Maker) -> None:
    """Assets and debts."""
    dice = maker.dice
    current, fixed, other = (money(dice, 50, 4000) for _ in range(3))
    slots = [maker.slot(plain(item)) for item in (current + fixed + other, current, fixed, other)]
    maker.say(
        "截至2023年12月31日，资产总额",
        slots[0],
        "万元，其中流动资产",
        slots[1],
        "万元，固定资产",
        slots[2],
        "万元，无形资产",
        slots[3],
        "万元。",
    )
    maker.relate("sum", *slots)
