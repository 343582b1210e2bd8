"""How one cell is read: names, numbers of persons and accounts, grades, words of a list. Wrong ones say what to do."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from rongji.kernel.bank_card import AccountNumberUnfit, read_account_number
from rongji.kernel.identity_number import IdentityNumber, IdentityNumberUnfit, read_identity_number
from rongji.people.imports.problems import CellTrouble, Level
from rongji.people.imports.source import Value
from rongji.people.imports.words import Words, bare, squeezed
from rongji.people.types import DisabilityCause, Sex

EXACT_DIGITS = 15
_SCIENTIFIC = re.compile(r"\d+(\.\d+)?[eE]\+?\d+")
_MASKED = re.compile(r"\d{0,10}\*{2,}[\dX]{0,10}")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff〇·A-Za-z .]{1,64}")
_NOT_IN_NAME = re.compile(r"[^\u3400-\u9fff\U00020000-\U0003ffff〇·A-Za-z .]")
_DOTS = str.maketrans("•．・‧∙", "·····")
_BLANKS = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_MOBILE, _LANDLINE = re.compile(r"1[3-9]\d{9}"), re.compile(r"(?:0\d{2,3})?[2-9]\d{6,7}")
_GRADE = re.compile(r"(十|[一二三四五六七八九壹贰叁肆伍陆柒捌玖拾]|10|[1-9])级?")
_OLD_GRADE = re.compile(r"特等|[一二三]等")
_GRADES = {sign: number for number, signs in enumerate(
    ("一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖", "十拾"), 1) for sign in signs}  # fmt: skip
_YEARS = re.compile(r"(\d{1,2})(?:\.(\d+))?年?(?:零?(\d{1,2})个?月)?")
_NUMBER_REMEDY = (
    "请在 Excel 里先把这一列的单元格格式设为“文本”，再按证件或卡折重新填写这一格（改格式不能恢复已丢失的位数）"
)


@dataclass(frozen=True, slots=True)
class MaskedNumber:
    """A number with stars in it, as our own exports print it: good for telling whether it is still the same one."""

    text: str

    def fits(self, number: str) -> bool:
        """Whether the number looks like this when it is masked."""
        head, tail = self.text.split("*")[0], self.text.rsplit("*", 1)[-1]
        return bool(head or tail) and number.startswith(head) and number.endswith(tail)


@dataclass(frozen=True, slots=True)
class Identified:
    """An ID number as read. upgraded_from: the 15 places that stood there."""

    number: IdentityNumber
    upgraded_from: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A disability grade, with the cause when the same cell tells it (因公七级)."""

    grade: int
    cause: str = ""


def plain_text(value: Value) -> str:
    """The words of a cell: width and blanks in order, whole numbers without a point."""
    if isinstance(value, str):
        return _plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return f"{value:.0f}" if value == int(value) else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


@lru_cache(maxsize=16384)
def _plain(text: str) -> str:
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip().lstrip("'")


def read_name(value: Value) -> str:
    """A name without the blanks that stretch it to three characters.

    Raises: CellTrouble.
    """
    text = plain_text(value).translate(_DOTS)
    if not text.isascii():
        text = text.replace(" ", "")
    if not _NAME.fullmatch(text):
        odd = _NOT_IN_NAME.search(text)
        why = f"含有“{odd[0]}”" if odd else "过长"
        raise CellTrouble(f"姓名“{text[:20]}”{why}", "请按身份证填写姓名，说明写入“备注”栏")
    return text


def read_id_number(value: Value, today: date) -> Identified | MaskedNumber:
    """A citizen's number of 18 or 15 places, or a masked one.

    Raises: CellTrouble; a number that Excel cut short is refused, never guessed.
    """
    _refuse_cut(value, "身份证号")
    text = _BLANKS.sub("", plain_text(value)).upper()
    if _MASKED.fullmatch(text):
        return MaskedNumber(text)
    if len(text) == 18 and text.endswith("000") and text.isdigit():
        try:
            return Identified(read_identity_number(text, on=today))
        except IdentityNumberUnfit:
            raise CellTrouble("身份证号末三位是 000，多半是 Excel 只留了前 15 位", _NUMBER_REMEDY) from None
    try:
        number = read_identity_number(text, on=today)
    except IdentityNumberUnfit as refusal:
        why, _, remedy = str(refusal.facts["why"]).partition("，请")
        raise CellTrouble(f"身份证号有误：{why}", f"请{remedy}" if remedy else "请与身份证核对") from None
    return Identified(number, text if len(text) == EXACT_DIGITS else "")


def read_account(value: Value) -> str | MaskedNumber:
    """The digits of an account, or a masked account.

    Raises: CellTrouble.
    """
    _refuse_cut(value, "账号")
    text = plain_text(value).replace(" ", "")
    if _MASKED.fullmatch(text):
        return MaskedNumber(text)
    try:
        return read_account_number(text)
    except AccountNumberUnfit as refusal:
        raise CellTrouble(f"账号有误：{refusal.facts['why']}", "请按银行卡、社保卡或存折填写") from None


def _refuse_cut(value: Value, what: str) -> None:
    if isinstance(value, bool):
        raise CellTrouble(f"{what}是“是/否”", f"请填写{what}")
    if isinstance(value, int | float) and (abs(value) >= 10**EXACT_DIGITS or value != int(value)):
        raise CellTrouble(f"{what}存成了数字，Excel 只保留前 15 位，后面的已经丢失", _NUMBER_REMEDY)
    if isinstance(value, str) and _SCIENTIFIC.fullmatch(_BLANKS.sub("", unicodedata.normalize("NFKC", value))):
        raise CellTrouble(f"{what}成了科学记数法，后几位已经丢失", _NUMBER_REMEDY)


def read_phone(value: Value) -> str | MaskedNumber:
    """A mobile number or a landline; of several the first.

    Raises: CellTrouble (a warning: a wrong phone number is no reason to stop).
    """
    text = plain_text(value)
    if _MASKED.fullmatch(text.replace(" ", "")):
        return MaskedNumber(text.replace(" ", ""))
    digits = re.sub(r"[^\d]", "", re.split(r"[/、,;，；]| {2,}", text)[0].removeprefix("+86"))
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return digits
    raise CellTrouble("电话有误，没有登记", "请填 11 位手机号，或 区号-号码", Level.WARNING)


def read_sex(value: Value, words: Words) -> Sex:
    """男 or 女. Raises: CellTrouble."""
    found = words.sexes.get(squeezed(plain_text(value)))
    if found is None:
        raise CellTrouble(f"性别“{plain_text(value)[:10]}”不认识", "请填 男 或 女")
    return Sex(found)


def read_cause(value: Value, words: Words) -> DisabilityCause:
    """因战, 因公, 因病. Raises: CellTrouble."""
    text = plain_text(value)
    found = words.causes.get(squeezed(text)) or words.causes.get(bare(text)) or cause_in(text)
    if not found:
        raise CellTrouble(f"残疾性质“{text[:10]}”不认识", "请填 因战、因公 或 因病")
    return DisabilityCause(found)


def cause_in(text: str) -> str:
    """The cause that a longer text names, empty when none or several."""
    found = [item.value for item in DisabilityCause if item.value in text]
    return found[0] if len(found) == 1 else ""


def read_grade(value: Value) -> Grade:
    """1 to 10, as 七级, 7级, 7 or 因公七级.

    Raises: CellTrouble, for grades of the system before 2004 too.
    """
    text = squeezed(plain_text(value))
    for item in DisabilityCause:
        text = text.replace(item.value, "")
    text = text.removeprefix("残疾").removeprefix("伤残").removesuffix("残疾")
    if _OLD_GRADE.search(text):
        raise CellTrouble(f"“{plain_text(value)[:10]}”是换证以前的等级", "请按现在的残疾证填写 1 至 10 级")
    found = _GRADE.fullmatch(text)
    if not found:
        raise CellTrouble(f"残疾等级“{plain_text(value)[:10]}”不认识", "请填 1 至 10 级，如 七级 或 7")
    return Grade(_GRADES.get(found[1]) or int(found[1]), cause_in(plain_text(value)))


def read_years(value: Value) -> int:
    """Years of service, a part of a year counted as a whole one.

    Raises: CellTrouble.
    """
    text = plain_text(value)
    found = _YEARS.fullmatch(text.replace(" ", ""))
    if not found:
        raise CellTrouble(f"服役年限“{text[:10]}”不是年数", "请填年数，如 5")
    return int(found[1]) + bool(int(found[2] or 0) or int(found[3] or 0))


def read_words(value: Value, longest: int) -> str:
    """Any words, as long as there is room for.

    Raises: CellTrouble.
    """
    text = plain_text(value)
    if "\x00" in text:
        text = text.replace("\x00", "")
    if len(text) > longest:
        raise CellTrouble(f"有 {len(text)} 字，最多 {longest} 字", "请写短一些")
    return text
