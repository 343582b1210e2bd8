"""Words of the budget: kinds, funds, states, and the rows that imports read."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ExpenditureKind(StrEnum):
    """支出类别."""

    BASIC = "basic"
    PROJECT = "project"


class Fund(StrEnum):
    """资金来源; carried_over is money of earlier years that is spent this year."""

    FISCAL = "fiscal"
    GOVERNMENT_FUND = "government_fund"
    SPECIAL_ACCOUNT = "special_account"
    OTHER = "other"
    CARRIED_OVER = "carried_over"


class Level(StrEnum):
    """资金级次: which government's money a line holds; a line without one holds everybody's."""

    CENTRAL = "central"
    PROVINCE = "province"
    COUNTY = "county"


class Direction(StrEnum):
    """收付方向."""

    INCOME = "income"
    EXPENDITURE = "expenditure"


KIND_LABELS = {ExpenditureKind.BASIC: "基本支出", ExpenditureKind.PROJECT: "项目支出"}
FUND_LABELS = {
    Fund.FISCAL: "公共财政拨款",
    Fund.GOVERNMENT_FUND: "政府性基金拨款",
    Fund.SPECIAL_ACCOUNT: "纳入专户管理的非税收入拨款",
    Fund.OTHER: "其他收入",
    Fund.CARRIED_OVER: "上年结转",
}
LEVEL_LABELS = {Level.CENTRAL: "中央", Level.PROVINCE: "省级", Level.COUNTY: "县级"}
DIRECTION_LABELS = {Direction.INCOME: "收入", Direction.EXPENDITURE: "支出"}


@dataclass(frozen=True, slots=True)
class Codes:
    """The classification that a budget line and a posting share; equal codes mean the same purse."""

    unit: str
    kind: str
    fund: str
    functional: str
    economic: str
    project: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A budget line as imported: its number, codes, the initial budget in fen, and whose money it is if it says so."""

    number: str
    codes: Codes
    initial_fen: int
    level: str = ""


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """One line of an adjustment: budget line number and the signed amount in fen."""

    line: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting of the finance system: voucher, day, direction, codes, amount in fen, summary."""

    voucher: str
    posted_on: date
    direction: str
    codes: Codes
    amount_fen: int
    summary: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one cell of an imported file, and what to write instead."""

    row: int
    column: str
    found: str
    problem: str

    def __str__(self) -> str:
        return f"第{self.row}行“{self.column}”：“{self.found}”{self.problem}"
