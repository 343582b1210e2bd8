"""第三部分 of a made document: true sentences over its figures, in three ways of speaking."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from corpus.final_accounts import accounts as kinds
from corpus.final_accounts import catalogue
from corpus.final_accounts.accounts import Item
from corpus.final_accounts.tables import FUNDS, INCOME_SOURCES, OUTLAY_NAMES, Print
from rongji.documents.build import heading, paragraph
from rongji.documents.model import FigureRef, Run
from rongji.kernel.quantity import Quantity

CAUSES = ("人员变动和工资调整", "项目按进度支付", "上级追加专项资金", "严格控制一般性支出", "部分项目跨年实施")


@dataclass
class Teller:
    """Writes paragraphs; every number is a slot of its own, and says what it repeats or follows from."""

    page: Print
    count: int = 0

    def money(self, fen: int, repeats: str = "") -> FigureRef:
        """An amount in 万元; repeats: the slot of the table that prints the same."""
        slot = self._slot()
        figure = self.page.figure(slot, Quantity.from_fen(fen, "万元", 2).shown())
        if repeats:
            self.page.relate("text-table", slot, repeats)
        return figure

    def percent(self, top: int, bottom: int, *parts: FigureRef | str) -> FigureRef:
        """A share of amounts that are printed in those slots."""
        slot = self._slot()
        share = (Decimal(abs(top)) / Decimal(bottom) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        figure = self.page.figure(slot, f"{share}%")
        self.page.relate("text-rate", slot, *(item if isinstance(item, str) else item.key for item in parts))
        return figure

    def number(self, value: int) -> FigureRef:
        """A count."""
        return self.page.figure(self._slot(), str(value))

    def say(self, *parts: str | Run) -> None:
        """A paragraph."""
        self.page.blocks.append(paragraph(*parts))

    def head(self, level: int, text: str) -> None:
        """A heading."""
        self.page.blocks.append(heading(level, text))

    def _slot(self) -> str:
        self.count += 1
        return f"text.{self.count}"

    def change(self, words: str, now: int, before: int, *, beside: FigureRef | str) -> list[str | Run]:
        """与上年相比增加 …，增长 …: the amount of the change and its rate, in words that fit the sign."""
        if now == before:
            return [f"{words}持平"]
        up = now > before
        amount = self.money(abs(now - before))
        rise, grow = ("增加", "增长") if up else ("减少", "下降")
        parts: list[str | Run] = [f"{words}{rise}", amount, "万元"]
        if before:
            parts += [f"，{grow}", self.percent(now - before, before, amount, beside)]
        return parts

    def against_budget(self, actual: int, budget: int, beside: FigureRef, base: FigureRef) -> list[str | Run]:
        """完成年初预算的 … and the sentence about the difference."""
        if budget == 0:
            return ["，年初未安排预算，决算数大于年初预算数的主要原因是年中追加"]
        rate = self.percent(actual, budget, beside, base)
        word = "大于" if actual > budget else "小于" if actual < budget else "等于"
        cause = CAUSES[(actual + budget) % len(CAUSES)]
        reason = "" if actual == budget else f"，决算数{word}年初预算数的主要原因是{cause}"
        return ["，完成年初预算的", rate, reason or "，决算数与年初预算数持平"]


def tell(page: Print) -> None:
    """All of the third part."""
    teller = Teller(page)
    teller.head(1, f"第三部分 {page.accounts.year}年度部门决算情况说明")
    _overall(teller)
    _income(teller)
    _expenditure(teller)
    _fiscal(teller)
    _public(teller)
    _basic(teller)
    _three(teller)
    _funds(teller)
    _other(teller)


def _overall(teller: Teller) -> None:
    accounts, voice = teller.page.accounts, teller.page.style.voice
    teller.head(2, "一、收入支出决算总体情况说明")
    year = f"{accounts.year}年度"
    if voice == 0:
        both = teller.money(accounts.total, "totals.all-income")
        change = teller.change("与上年相比，收、支总计各", accounts.total, accounts.prior_total, beside=both)
        teller.say(f"{year}收、支总计均为", both, "万元。", *change, "，主要原因是年度工作任务变化。")
        return
    first = teller.money(accounts.total, "totals.all-income")
    second = teller.money(accounts.total, "totals.all-spending")
    change = teller.change("与上年度决算相比，收入总计", accounts.total, accounts.prior_total, beside=first)
    if voice == 1:
        teller.say(f"{year}收入总计", first, "万元，支出总计", second, "万元。", *change, "。")
    else:
        teller.say(f"本部门{year}收入总计为", first, "万元，支出总计为", second, "万元。", *change, "。")


def _income(teller: Teller) -> None:
    accounts = teller.page.accounts
    teller.head(2, "二、收入决算情况说明")
    names = [("财政拨款收入", "income.all.fiscal", accounts.sum(lambda i: i.income))]
    for place, (name, words) in enumerate(zip(kinds.SOURCES, INCOME_SOURCES, strict=True)):
        names.append((words, f"income.all.{name}", accounts.sum(lambda i, place=place: i.other[place])))  # type: ignore[misc]
    total = teller.money(accounts.receipts, "totals.income")
    teller.say("本年收入合计", total, "万元，其中：", *_shares(teller, names, accounts.receipts, total), "。")


def _shares(teller: Teller, names: list[tuple[str, str, int]], whole: int, total: FigureRef) -> list[str | Run]:
    parts: list[str | Run] = []
    for words, slot, fen in names:
        amount = teller.money(fen, slot)
        share = teller.percent(fen, whole, amount, total)
        parts += ["；" if parts else "", words, amount, "万元，占", share]
    return parts


def _expenditure(teller: Teller) -> None:
    accounts = teller.page.accounts
    teller.head(2, "三、支出决算情况说明")
    names = [
        (words, f"expenditure.all.{name}", accounts.sum(lambda i, name=name: i.outlay(name)))  # type: ignore[misc]
        for name, words in zip(kinds.OUTLAYS, OUTLAY_NAMES, strict=True)
    ]
    total = teller.money(accounts.spending, "totals.spending")
    teller.say("本年支出合计", total, "万元，其中：", *_shares(teller, names, accounts.spending, total), "。")


def _fiscal(teller: Teller) -> None:
    accounts = teller.page.accounts
    teller.head(2, "四、财政拨款收入支出决算总体情况说明")
    both = teller.money(accounts.fiscal_total, "fiscal-totals.all-income")
    before = accounts.prior_fiscal_total
    change = teller.change("与上年相比，财政拨款收、支总计各", accounts.fiscal_total, before, beside=both)
    teller.say(f"{accounts.year}年度财政拨款收、支总计均为", both, "万元。", *change, "。")


def _public(teller: Teller) -> None:
    accounts = teller.page.accounts
    teller.head(2, "五、一般公共预算财政拨款支出决算情况说明")
    spent = accounts.sum(lambda i: i.fiscal, kinds.PUBLIC)
    teller.head(3, "（一）一般公共预算财政拨款支出决算总体情况")
    first = teller.money(spent, "public-budget.all.spent")
    share = teller.percent(spent, accounts.spending, first, "totals.spending")
    prior = accounts.sum(lambda i: i.prior, kinds.PUBLIC)
    change = teller.change("与上年相比，一般公共预算财政拨款支出", spent, prior, beside=first)
    teller.say("一般公共预算财政拨款支出", first, "万元，占本年支出合计的", share, "。", *change, "。")
    teller.head(3, "（二）一般公共预算财政拨款支出决算结构情况")
    total = teller.money(spent, "public-budget.all.spent")
    codes = sorted({item.code[:3] for item in accounts.of(kinds.PUBLIC)})
    names = [
        (
            f"{catalogue.CLASSES[code]}（类）",
            f"public-budget.{code}.spent",
            accounts.sum(lambda i: i.fiscal, kinds.PUBLIC, code),
        )
        for code in codes
    ]
    teller.say(
        "一般公共预算财政拨款支出", total, "万元，主要用于以下方面：", *_shares(teller, names, spent, total), "。"
    )
    teller.head(3, "（三）一般公共预算财政拨款支出决算具体情况")
    base = teller.money(accounts.sum(lambda i: i.budget, kinds.PUBLIC))
    actual = teller.money(spent, "public-budget.all.spent")
    done = teller.against_budget(spent, accounts.sum(lambda i: i.budget, kinds.PUBLIC), actual, base)
    teller.say("一般公共预算财政拨款支出年初预算为", base, "万元，支出决算为", actual, "万元", *done, "。其中：")
    for number, item in enumerate(accounts.of(kinds.PUBLIC), 1):
        _item(teller, number, item)


def _item(teller: Teller, number: int, item: Item) -> None:
    names = [catalogue.name_of(item.code[:length]) for length in (3, 5, 7)]
    path = "".join(f"{name}（{level}）" for name, level in zip(names, "类款项", strict=True))
    base = teller.money(item.budget) if item.budget else teller.number(0)
    actual = teller.money(item.fiscal, f"public-budget.{item.code}.spent")
    done = teller.against_budget(item.fiscal, item.budget, actual, base)
    if teller.page.style.voice == 2:
        code = f"（{item.code}）"
        teller.say(f"{number}．{path}{code}：年初预算", base, "万元，支出决算", actual, "万元", *done, "。")
    else:
        teller.say(f"{number}．{path}。年初预算为", base, "万元，支出决算为", actual, "万元", *done, "。")


def _basic(teller: Teller) -> None:
    accounts = teller.page.accounts
    teller.head(2, "六、一般公共预算财政拨款基本支出决算情况说明")
    whole = accounts.personnel + accounts.operating
    total = teller.money(whole, "public-budget.all.basic")
    names = [("人员经费", "basic.personnel", accounts.personnel), ("公用经费", "basic.operating", accounts.operating)]
    parts: list[str | Run] = []
    for words, slot, fen in names:
        amount = teller.money(fen, slot)
        share = teller.percent(fen, whole, amount, total)
        kinds_of = [
            n
            for c, n in catalogue.ECONOMIC_ITEMS.items()
            if accounts.economic[c] and (c[:3] in ("301", "303")) == (words == "人员经费")
        ]
        parts += [
            "；" if parts else "",
            words,
            amount,
            "万元，占基本支出的",
            share,
            f"，主要包括：{'、'.join(kinds_of)}",
        ]
    teller.say("一般公共预算财政拨款基本支出", total, "万元，其中：", *parts, "。")


def _three(teller: Teller) -> None:
    accounts = teller.page.accounts
    actual, budget, prior = accounts.three_actual, accounts.three_budget, accounts.three_prior
    teller.head(2, "七、财政拨款“三公”经费支出决算情况说明")
    base = teller.money(budget.total, "three.budget.total")
    spent = teller.money(actual.total, "three.actual.total")
    done = teller.percent(actual.total, budget.total, spent, base)
    change = teller.change("与上年相比", actual.total, prior.total, beside=spent)
    teller.say("“三公”经费支出预算为", base, "万元，支出决算为", spent, "万元，完成预算的", done, "。", *change, "。")
    for words, name in (
        ("因公出国（境）费", "abroad"),
        ("公务用车购置及运行维护费", "vehicles"),
        ("公务接待费", "reception"),
    ):
        _three_item(teller, words, name)
    purchase, running = (
        teller.money(actual.purchase, "three.actual.purchase"),
        teller.money(actual.running, "three.actual.running"),
    )
    teller.say(
        "其中：公务用车购置费支出",
        purchase,
        f"万元，全年购置公务用车{accounts.bought}辆；公务用车运行维护费支出",
        running,
        "万元。",
    )
    counts = teller.number(accounts.receptions), teller.number(accounts.guests)
    teller.say("全年国内公务接待", counts[0], "批次，", counts[1], "人次。")
    if accounts.groups:
        teller.say(f"全年因公出国（境）团组{accounts.groups}个，累计{accounts.travellers}人次。")
    else:
        teller.say("全年没有因公出国（境）团组。")


def _three_item(teller: Teller, words: str, name: str) -> None:
    accounts = teller.page.accounts
    now, plan = getattr(accounts.three_actual, name), getattr(accounts.three_budget, name)
    before = getattr(accounts.three_prior, name)
    if plan == 0:
        teller.say(f"{words}支出预算为", teller.number(0), "万元，支出决算为", teller.number(0), "万元，与上年持平。")
        return
    base, spent = teller.money(plan, f"three.budget.{name}"), teller.money(now, f"three.actual.{name}")
    parts: list[str | Run] = []
    if teller.page.style.voice:
        whole = teller.percent(now, accounts.three_actual.total, spent, "three.actual.total")
        parts += ["，占“三公”经费支出决算的", whole]
    parts += ["，完成预算的", teller.percent(now, plan, spent, base), "，"]
    change = teller.change("与上年相比", now, before, beside=spent)
    teller.say(f"{words}支出预算为", base, "万元，支出决算为", spent, "万元", *parts, *change, "。")


def _funds(teller: Teller) -> None:
    accounts = teller.page.accounts
    for number, part, (words, fund) in (("八", "fund", FUNDS[1]), ("九", "state-capital", FUNDS[2])):
        teller.head(2, f"{number}、{words}支出决算情况说明")
        if not accounts.of(fund):
            teller.say(f"本部门{accounts.year}年度没有{words}收入，也没有使用{words}安排的支出。")
            continue
        amounts = [
            ("年初结转和结余", "opening", accounts.sum(lambda i: i.opening, fund)),
            ("本年收入", "income", accounts.sum(lambda i: i.income, fund)),
            ("本年支出", "spent", accounts.sum(lambda i: i.fiscal, fund)),
            ("年末结转和结余", "closing", accounts.sum(lambda i: i.closing, fund)),
        ]
        parts: list[str | Run] = [f"本部门{accounts.year}年度{words}"]
        for place, (name, column, fen) in enumerate(amounts):
            parts += ["，" if place else "", name, teller.money(fen, f"{part}.all.{column}"), "万元"]
        teller.say(*parts, "。")


def _other(teller: Teller) -> None:
    accounts = teller.page.accounts
    teller.head(2, "十、其他重要事项的情况说明")
    teller.head(3, "（一）机关运行经费支出情况")
    running = teller.money(accounts.operating)
    change = teller.change("比上年", accounts.operating, accounts.running_prior, beside=running)
    teller.say(f"本部门{accounts.year}年度机关运行经费支出", running, "万元，", *change, "，主要原因是厉行节约。")
    teller.head(3, "（二）政府采购支出情况")
    _procurement(teller)
    teller.head(3, "（三）国有资产占用情况")
    total = teller.number(sum(accounts.vehicles.values()))
    kinds_of: list[str | Run] = []
    for name, count in accounts.vehicles.items():
        kinds_of += ["、" if kinds_of else "", name, teller.number(count), "辆"]
    teller.say(
        f"截至{accounts.year}年12月31日，本部门共有车辆",
        total,
        "辆，其中，",
        *kinds_of,
        "；单价100万元（含）以上设备（不含车辆）0台（套）。",
    )
    teller.page.relate("text-sum", total.key, *(item.key for item in kinds_of if isinstance(item, FigureRef)))
    teller.head(3, "（四）预算绩效管理工作开展情况")
    projects, money = teller.number(accounts.projects), teller.money(accounts.project_money)
    teller.say("根据预算绩效管理要求，本部门组织对", projects, "个项目开展了绩效自评，涉及资金", money, "万元。")


def _procurement(teller: Teller) -> None:
    accounts = teller.page.accounts
    if not accounts.procurement:
        teller.say(f"本部门{accounts.year}年度没有政府采购支出。")
        return
    total = teller.money(accounts.procurement)
    goods, works, services = (teller.money(item) for item in (accounts.goods, accounts.works, accounts.services))
    small = teller.money(accounts.small)
    share = teller.percent(accounts.small, accounts.procurement, small, total)
    parts: list[str | Run] = [
        "万元，其中：政府采购货物支出",
        goods,
        "万元、政府采购工程支出",
        works,
        "万元、政府采购服务支出",
        services,
    ]
    parts += ["万元。授予中小企业合同金额", small, "万元，占政府采购支出总额的", share]
    if accounts.small:
        micro = teller.money(accounts.micro)
        of_small = teller.percent(accounts.micro, accounts.small, micro, small)
        parts += ["，其中：授予小微企业合同金额", micro, "万元，占授予中小企业合同金额的", of_small]
    teller.say(f"本部门{accounts.year}年度政府采购支出总额", total, *parts, "。")
    teller.page.relate("text-sum", total.key, goods.key, works.key, services.key)


TERMS = (
    ("财政拨款收入", "指本级财政部门当年拨付的资金。"),
    ("其他收入", "指单位取得的除上述各类收入以外的各项收入。"),
    ("年初结转和结余", "指单位以前年度尚未完成、结转到本年仍按原规定用途继续使用的资金，以及历年结余。"),
    ("基本支出", "指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。"),
    ("项目支出", "指在基本支出之外为完成特定任务和事业发展目标所发生的支出。"),
    ("“三公”经费", "指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。"),
    ("机关运行经费", "指为保障行政单位运行、用于购买货物和服务的各项资金。"),
)
