"""Classification codes: functional and economic, with what the bureau needs to know of each."""

from dataclasses import dataclass
from enum import StrEnum

from rongji.law.fields import Fields


class SpendingUse(StrEnum):
    """To which half of basic spending an economic class belongs."""

    PERSONNEL = "personnel"  # 人员经费
    OPERATING = "operating"  # 公用经费
    NONE = ""


class ThreePublic(StrEnum):
    """Which of the 三公 items an economic item is."""

    ABROAD = "abroad"
    RECEPTION = "reception"
    VEHICLE_RUNNING = "vehicle_running"
    VEHICLE_PURCHASE = "vehicle_purchase"
    NONE = ""


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """Name of a code in one edition; use and three_public only on economic codes."""

    name: str
    aliases: tuple[str, ...] = ()
    use: SpendingUse = SpendingUse.NONE
    three_public: ThreePublic = ThreePublic.NONE
    covers: str = ""


@dataclass(frozen=True, slots=True)
class GovernmentCode:
    """The government-budget code that a department-budget code goes to."""

    code: str
    name: str


def read_code(value: Fields, keys: tuple[str, ...]) -> CodeEntry:
    """The entry of one code."""
    found = CodeEntry(
        name=value.text("name"),
        aliases=value.texts("aliases"),
        use=value.choice("use", SpendingUse, default=SpendingUse.NONE),
        three_public=value.choice("three_public", ThreePublic, default=ThreePublic.NONE),
        covers=value.text("covers", required=False),
    )
    value.finish()
    if not keys[0].isdigit():
        value.wrong(f"科目编码“{keys[0]}”应全为数字")
    return found


def read_mapping(value: Fields, keys: tuple[str, ...]) -> GovernmentCode:
    """The government code of one department code."""
    found = GovernmentCode(value.text("code"), value.text("name"))
    value.finish()
    return found
