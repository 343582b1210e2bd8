"""The figures of one department in one year, in fen, all consistent: what the tables and text of a document print."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.final_accounts import catalogue

PUBLIC, FUND, CAPITAL = "public", "fund", "capital"
SOURCES = ("superior", "business", "operating", "subsidiary", "other")  # 财政拨款以外的收入
OUTLAYS = ("basic", "project", "upward", "operating", "grants")  # 支出决算表的各列


@dataclass(frozen=True, slots=True)
class Item:
    """One functional item (项), amounts in fen.

    opening, income, closing: fiscal money. other: income of other sources. basic, project: paid from fiscal money;
    other_*: from other money. budget: fiscal budget at the beginning; prior: fiscal spending of the year before.
    """

    code: str
    fund: str
    opening: int
    income: int
    basic: int
    project: int
    closing: int
    other: tuple[int, ...]
    other_basic: int
    other_project: int
    upward: int
    operating: int
    grants: int
    budget: int
    prior: int

    @property
    def fiscal(self) -> int:
        """Spending out of fiscal money."""
        return self.basic + self.project

    def outlay(self, kind: str) -> int:
        """Spending of one kind out of any money."""
        if kind in ("basic", "project"):
            return int(getattr(self, kind)) + int(getattr(self, f"other_{kind}"))
        return int(getattr(self, kind))

    @property
    def spending(self) -> int:
        """All spending."""
        return sum(self.outlay(kind) for kind in OUTLAYS)

    @property
    def receipts(self) -> int:
        """All income of the year."""
        return self.income + sum(self.other)


@dataclass(frozen=True, slots=True)
class ThreePublic:
    """三公经费 on one basis."""

    abroad: int
    purchase: int
    running: int
    reception: int

    @property
    def vehicles(self) -> int:
        """公务用车购置及运行维护费."""
        return self.purchase + self.running

    @property
    def total(self) -> int:
        """All of it."""
        return self.abroad + self.vehicles + self.reception


@dataclass(frozen=True)
class Accounts:
    """One department's year."""

    year: int
    organisation: str
    items: tuple[Item, ...]
    used_surplus: int
    other_opening: int
    allocated: int
    other_closing: int
    economic: dict[str, int]
    three_budget: ThreePublic
    three_actual: ThreePublic
    three_prior: ThreePublic
    prior_total: int
    prior_fiscal_total: int
    goods: int
    works: int
    services: int
    small: int
    micro: int
    running_prior: int
    vehicles: dict[str, int]
    receptions: int
    guests: int
    groups: int
    travellers: int
    bought: int
    projects: int
    project_money: int

    def of(self, fund: str | None = None) -> tuple[Item, ...]:
        """The items of one kind of budget, or all."""
        return tuple(item for item in self.items if fund is None or item.fund == fund)

    def sum(self, amount: Callable[[Item], int], fund: str | None = None, prefix: str = "") -> int:
        """The sum of an amount over the items of a kind and a code prefix."""
        return sum(amount(item) for item in self.of(fund) if item.code.startswith(prefix))

    @property
    def receipts(self) -> int:
        """本年收入合计."""
        return self.sum(lambda item: item.receipts)

    @property
    def spending(self) -> int:
        """本年支出合计."""
        return self.sum(lambda item: item.spending)

    @property
    def opening(self) -> int:
        """年初结转和结余."""
        return self.sum(lambda item: item.opening) + self.other_opening

    @property
    def closing(self) -> int:
        """年末结转和结余."""
        return self.sum(lambda item: item.closing) + self.other_closing

    @property
    def total(self) -> int:
        """总计, both sides."""
        return self.receipts + self.used_surplus + self.opening

    @property
    def fiscal_total(self) -> int:
        """财政拨款收支总计."""
        return self.sum(lambda item: item.income + item.opening)

    @property
    def personnel(self) -> int:
        """人员经费 of basic spending of the public budget."""
        return self.economic_class("301") + self.economic_class("303")

    @property
    def operating(self) -> int:
        """公用经费 of it."""
        return self.economic_class("302") + self.economic_class("310")

    def economic_class(self, code: str) -> int:
        """One class of the economic classification."""
        return sum(amount for key, amount in self.economic.items() if key.startswith(code))

    @property
    def procurement(self) -> int:
        """政府采购支出总额."""
        return self.goods + self.works + self.services


ORGANISATIONS = (
    "青山县退役军人事务局",
    "云溪区教育局",
    "白石县农业农村局",
    "临江市城市管理局",
    "东湖区人力资源和社会保障局",
    "长宁县文化和旅游局",
)
VEHICLES = (
    "副部（省）级及以上领导用车",
    "主要负责人用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部服务用车",
    "其他用车",
)


def made_accounts(seed: int, *, length: int = 22, quiet: bool = False) -> Accounts:
    """A consistent year. length: functional items of the public budget; quiet: no fund, no capital, no other money."""
    dice = random.Random(f"final-accounts-{seed}")
    items = tuple(_items(dice, length, quiet))
    other_income = sum(sum(item.other) for item in items)
    other_spent = sum(item.spending - item.fiscal for item in items)
    opening = 0 if quiet else _amount(dice, 20_00, 900_0000) + max(0, other_spent - other_income)
    used = 0 if quiet or dice.random() < 0.4 else _amount(dice, 10_0000, 300_0000)
    left = opening + used + other_income - other_spent
    allocated = 0 if quiet or dice.random() < 0.5 else dice.randint(0, left // 3)
    actual, budget = _three_public(dice)
    economic = _economic(dice, sum(item.basic for item in items if item.fund == PUBLIC), actual)
    total = sum(item.receipts + item.opening for item in items) + opening + used
    fiscal = sum(item.income + item.opening for item in items)
    goods, works, services = (_amount(dice, 1000, 4_000_0000) * (dice.random() < 0.85) for _ in range(3))
    procurement = goods + works + services
    small = dice.randint(0, procurement)
    return Accounts(
        year=dice.choice((2021, 2022, 2023, 2024)),
        organisation=ORGANISATIONS[seed % len(ORGANISATIONS)],
        items=items,
        used_surplus=used,
        other_opening=opening,
        allocated=allocated,
        other_closing=left - allocated,
        economic=economic,
        three_budget=budget,
        three_actual=actual,
        three_prior=_near(dice, actual),
        prior_total=_moved(dice, total),
        prior_fiscal_total=_moved(dice, fiscal),
        goods=goods,
        works=works,
        services=services,
        small=small,
        micro=dice.randint(0, small),
        running_prior=_moved(dice, sum(v for k, v in economic.items() if k[:3] in ("302", "310"))),
        vehicles={name: dice.choice((0, 0, 1, 2, 5)) for name in VEHICLES[1:]},
        receptions=dice.randint(5, 90),
        guests=dice.randint(91, 900),
        groups=dice.randint(1, 3) if actual.abroad else 0,
        travellers=dice.randint(3, 9) if actual.abroad else 0,
        bought=1 if actual.purchase else 0,
        projects=dice.randint(3, 30),
        project_money=_amount(dice, 100_0000, 9_000_0000),
    )


def _items(dice: random.Random, length: int, quiet: bool) -> Iterable[Item]:
    """Items of the public budget with their usual basic ones, then fund and capital ones."""
    basic = [code for code in catalogue.ITEMS if code in catalogue.BASIC_CODES]
    project = [code for code in catalogue.ITEMS if code not in catalogue.BASIC_CODES]
    chosen = {*dice.sample(basic, min(len(basic), max(4, length // 3)))}
    chosen |= {*dice.sample(project, min(len(project), max(3, length - len(chosen))))}
    for code in sorted(chosen):
        yield _item(dice, code, PUBLIC, quiet)
    if not quiet:
        for code in sorted(dice.sample(list(catalogue.FUND_ITEMS), dice.randint(1, 3))):
            yield _item(dice, code, FUND, True)
        if dice.random() < 0.6:
            yield _item(dice, "2230105", CAPITAL, True)


def _item(dice: random.Random, code: str, fund: str, quiet: bool) -> Item:
    is_basic = code in catalogue.BASIC_CODES
    basic = _amount(dice, 5_0000, 900_0000) if is_basic else 0
    project = 0 if is_basic and dice.random() < 0.7 else _amount(dice, 1_0000, 4_000_0000)
    opening = _amount(dice, 100, 200_0000) if dice.random() < 0.4 else 0
    closing = _amount(dice, 100, 300_0000) if dice.random() < 0.4 else 0
    closing = max(closing, opening - basic - project)
    income = basic + project + closing - opening
    paid = _other_spending(dice, is_basic) if not quiet and dice.random() < 0.3 else (0, 0, 0, 0, 0)
    other = tuple(_amount(dice, 1_0000, 200_0000) * (dice.random() < 0.25) if sum(paid) else 0 for _ in SOURCES)
    spent = basic + project
    budget = 0 if not is_basic and dice.random() < 0.2 else _moved(dice, spent)
    prior = 0 if not is_basic and dice.random() < 0.1 else _moved(dice, spent)
    return Item(code, fund, opening, income, basic, project, closing, other, *paid, budget=budget, prior=prior)


def _other_spending(dice: random.Random, is_basic: bool) -> tuple[int, int, int, int, int]:
    amount = _amount(dice, 1_0000, 200_0000)
    rare = tuple(_amount(dice, 1_0000, 80_0000) * (dice.random() < 0.15) for _ in range(3))
    return (amount * is_basic, amount * (not is_basic), *rare)  # type: ignore[return-value]


def _economic(dice: random.Random, basic: int, three: ThreePublic) -> dict[str, int]:
    """Basic spending over economic items; the 三公 items take at most what the 三公 table states."""
    fixed = {"30217": three.reception // 2, "30231": three.running, "30212": three.abroad, "31013": 0}
    others = [code for code in catalogue.ECONOMIC_ITEMS if code not in fixed and dice.random() < 0.75]
    others = others or ["30101"]
    rest = basic - sum(fixed.values())
    weights = [dice.randint(1, 40) for _ in others]
    shares = [rest * weight // sum(weights) for weight in weights]
    shares[0] += rest - sum(shares)
    amounts = {**fixed, **dict(zip(others, shares, strict=True))}
    return {code: amounts.get(code, 0) for code in catalogue.ECONOMIC_ITEMS}


def _three_public(dice: random.Random) -> tuple[ThreePublic, ThreePublic]:
    """Outturn and budget, none over the budget."""
    actual = ThreePublic(
        abroad=_amount(dice, 1_00, 5_0000) if dice.random() < 0.3 else 0,
        purchase=_amount(dice, 10_0000, 25_0000) if dice.random() < 0.3 else 0,
        running=_amount(dice, 1_0000, 9_0000),
        reception=_amount(dice, 3000, 6_0000),
    )
    more = (dice.randint(100, 110) for _ in range(4))
    amounts = (actual.abroad, actual.purchase, actual.running, actual.reception)
    return actual, ThreePublic(*(amount * share // 100 for amount, share in zip(amounts, more, strict=True)))


def _near(dice: random.Random, three: ThreePublic) -> ThreePublic:
    amounts = (three.abroad, three.purchase, three.running, three.reception)
    return ThreePublic(*(amount * dice.randint(80, 125) // 100 for amount in amounts))


def _amount(dice: random.Random, low_yuan: int, high_yuan: int) -> int:
    """An amount in fen, to the cent."""
    return dice.randint(low_yuan * 100, high_yuan * 100)


def _moved(dice: random.Random, amount: int) -> int:
    """The amount, up to a fifth more or less."""
    return amount * dice.randint(8000, 12000) // 10000
