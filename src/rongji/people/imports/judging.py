"""Whether what a row tells fits together: number and birth, grade and cause, one day after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rongji.kernel.bank_card import card_doubt
from rongji.kernel.identity_number import read_identity_number
from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.people.imports.dates import Day
from rongji.people.imports.problems import Level
from rongji.people.imports.rows import RosterRow
from rongji.people.imports.words import Categories
from rongji.people.types import SEX_LABELS, AccountKind, DisabilityCause

LIGHTEST_BY_ILLNESS = 6
_CARD_LENGTHS = (16, 19)
_YOUNGEST_SOLDIER, _OLDEST_RECRUIT = 14, 45
_MONTHS_AHEAD = 3  # a first month that lies further ahead is a slip


@dataclass(frozen=True, slots=True)
class Objection:
    """Something wrong with a row: at which column, what, and what to do.

    also: further columns that it rests on; where one of them could not be read, it is not told.
    """

    column: str
    what: str
    remedy: str
    level: Level = Level.ERROR
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a roster is judged by: the day, the categories, and the month to reckon from when a row names none."""

    today: date
    categories: Categories
    since: Month | None = None


def objections(row: RosterRow, born: Day | None, setting: Setting) -> Iterator[Objection]:
    """Everything that does not fit within one row; birth and sex are taken from the ID number on the way."""
    if not row.name:
        yield Objection("name", "没有填姓名", "请按身份证填写姓名；不是人员的行请删去")
    yield from _birth(row, born)
    yield from _category(row, setting)
    yield from _grade(row, setting)
    yield from _service(row)
    yield from _entitlement(row, setting)
    yield from _death(row, setting.today, setting.since)
    yield from _account(row)


def _birth(row: RosterRow, born: Day | None) -> Iterator[Objection]:
    if row.id_number:
        number = read_identity_number(row.id_number)
        if born and not born.agrees(number.born_on):
            what = f"出生日期与身份证号不一致（身份证号是 {number.born_on}）"
            yield Objection("born_on", what, "请与身份证核对，改正有误的一处")
        stated = SEX_LABELS[row.sex] if row.sex else ""
        read = "男" if number.is_male else "女"
        if stated and stated != read:
            yield Objection("sex", f"性别与身份证号不一致（身份证号是{read}）", "请与身份证核对，改正有误的一处")
        row.born_on = number.born_on
        row.sex = next(sex for sex, label in SEX_LABELS.items() if label == read)
    elif "id_number" in row.masked:
        row.born_on = born.day if born and born.whole else None
    else:
        yield from _no_number(row, born)


def _no_number(row: RosterRow, born: Day | None) -> Iterator[Objection]:
    row.born_on = born.day if born and born.whole else None
    if born and not born.whole and not row.number:
        remedy = "请写成 1958-03-05 的形式"
        yield Objection("born_on", "没有身份证号时，出生日期要写到日", remedy, also=("id_number",))
    elif not row.born_on and not row.number:
        yield Objection(
            "id_number", "没有填身份证号", "请填写身份证号；确实没有的，填写出生日期和性别", also=("born_on",)
        )
    elif row.born_on and not row.sex and not row.number:
        yield Objection("sex", "没有身份证号时，性别也要填", "请填 男 或 女", also=("id_number",))
    elif not row.number:
        yield Objection("id_number", "没有身份证号", "按姓名、出生日期和村核对是否已建档；请尽早补上", Level.WARNING)


def _category(row: RosterRow, setting: Setting) -> Iterator[Objection]:
    if not row.category:
        return
    category = setting.categories.known[row.category]
    if category.needs_years and not row.service_years and not (row.enlisted_on and row.discharged_on):
        what = f"“{category.label}”按服役年限计发，但没有服役年限，也没有入伍、退役时间"
        also = ("enlisted_on", "discharged_on")
        yield Objection("service_years", what, "请填写服役年限，或入伍时间和退役时间", also=also)


def _grade(row: RosterRow, setting: Setting) -> Iterator[Objection]:
    needed = bool(row.category) and setting.categories.known[row.category].needs_grade
    if needed and not row.grade:
        yield Objection("disability_grade", "没有填残疾等级", "请按残疾证填写 1 至 10 级")
    if row.grade and not row.cause:
        level = Level.ERROR if needed else Level.WARNING
        what = "有残疾等级，没有残疾性质"
        yield Objection("disability_cause", what, "请填 因战、因公 或 因病", level, ("disability_grade",))
    if row.cause == DisabilityCause.ILLNESS and row.grade > LIGHTEST_BY_ILLNESS:
        what = f"因病致残没有 {row.grade} 级（只有 1 至 {LIGHTEST_BY_ILLNESS} 级）"
        yield Objection("disability_grade", what, "请与残疾证核对等级和性质")


def _service(row: RosterRow) -> Iterator[Objection]:
    enlisted, discharged, born = row.enlisted_on, row.discharged_on, row.born_on
    if enlisted and discharged and discharged < enlisted:
        yield Objection("discharged_on", f"退役时间 {discharged} 早于入伍时间 {enlisted}", "请核对两个时间")
        return
    if enlisted and born and enlisted <= born:
        yield Objection("enlisted_on", f"入伍时间 {enlisted} 早于出生日期 {born}", "请核对入伍时间")
    elif enlisted and born and not _YOUNGEST_SOLDIER <= _years(born, enlisted) <= _OLDEST_RECRUIT:
        what = f"入伍时 {_years(born, enlisted)} 岁"
        yield Objection("enlisted_on", what, "请核对入伍时间", Level.WARNING)
    if discharged and not enlisted:
        what = "有退役时间，没有入伍时间，服役经历没有登记"
        yield Objection("enlisted_on", what, "请补填入伍时间", Level.WARNING)
    if enlisted and discharged and row.service_years:
        months = Month.from_day(discharged).index - Month.from_day(enlisted).index
        least, most = months // MONTHS_A_YEAR, -(-(months + 1) // MONTHS_A_YEAR)
        if not least <= row.service_years <= most:
            span = f"{months // MONTHS_A_YEAR} 年 {months % MONTHS_A_YEAR} 个月"
            what = f"服役年限 {row.service_years} 年与入伍、退役时间（{span}）不符"
            yield Objection("service_years", what, "请核对，计发按服役年限栏", Level.WARNING)


def _entitlement(row: RosterRow, setting: Setting) -> Iterator[Objection]:
    today, approved, first, ended = setting.today, row.approved_on, row.benefit_from, row.ended_on
    if row.category and not (approved or first or setting.since):
        what = "没有批准时间，也没有享受待遇起始时间"
        remedy = "请补填其中一项，或在导入时指定统一的起始月份"
        yield Objection("approved_on", what, remedy, also=("benefit_from",))
    if approved and approved > today:
        yield Objection("approved_on", f"批准时间 {approved} 在今天之后", "请核对批准时间")
    if approved and row.born_on and approved < row.born_on:
        yield Objection("approved_on", f"批准时间 {approved} 早于出生日期", "请核对批准时间")
    if first and row.born_on and first < Month.from_day(row.born_on):
        yield Objection("benefit_from", f"起始时间 {first} 早于出生日期", "请核对起始时间")
    if first and first > Month.from_day(today) + _MONTHS_AHEAD:
        yield Objection("benefit_from", f"起始时间 {first} 离今天太远", "请核对起始时间")
    if first and approved and first < Month.from_day(approved):
        yield Objection("benefit_from", f"享受待遇起始于 {first}，早于批准时间 {approved}", "请核对", Level.WARNING)
    start = approved or (first.first_day if first else None)
    if ended and start and ended < start:
        yield Objection("ended_on", f"待遇终止时间 {ended} 早于起始时间 {start}", "请核对两个时间")


def _death(row: RosterRow, today: date, since: Month | None) -> Iterator[Objection]:
    if not row.died_on:
        return
    if row.died_on > today:
        yield Objection("died_on", f"死亡时间 {row.died_on} 在今天之后", "请核对死亡时间")
    elif row.born_on and row.died_on < row.born_on:
        yield Objection("died_on", f"死亡时间 {row.died_on} 早于出生日期 {row.born_on}", "请核对死亡时间")
    first = row.benefit_from or (None if row.approved_on else since)
    if row.category and first and first > Month.from_day(row.died_on):
        yield Objection("benefit_from", f"起始时间 {first} 在死亡时间 {row.died_on} 之后", "请核对两个时间")
    for column, day, word in (
        ("approved_on", row.approved_on, "批准时间"),
        ("discharged_on", row.discharged_on, "退役时间"),
        ("enlisted_on", row.enlisted_on, "入伍时间"),
    ):
        if day and day > row.died_on:
            yield Objection(column, f"{word} {day} 在死亡时间 {row.died_on} 之后", "请核对两个时间")


def _account(row: RosterRow) -> Iterator[Objection]:
    if row.account and _is_card(row) and (doubt := card_doubt(row.account)):
        what, _, remedy = doubt.partition("，")
        yield Objection("account_number", what, remedy, Level.WARNING)
    if row.bank and not row.account and "account_number" not in row.masked:
        also = ("account_number",)
        yield Objection("bank", "有开户行，没有账号", "没有登记账户，请补填账号", Level.WARNING, also)
    if row.account and row.holder and row.holder != row.name and not row.remark:
        what = f"户名“{row.holder}”与姓名不同"
        yield Objection("account_holder", what, "由他人代领的，请在备注中写明依据；否则请改为本人账户")


def _is_card(row: RosterRow) -> bool:
    shaped = len(row.account) in range(_CARD_LENGTHS[0], _CARD_LENGTHS[1] + 1) and row.account.startswith("6")
    return shaped and row.account_kind != AccountKind.PASSBOOK


def _years(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
