"""`rongji law what-if`: a year's benefits as the law stands, and under other standards and ages.

The rest of `rongji law` needs no database and starts without the framework; this one starts it when it is called.
"""

import json
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rongji.cli.text_table import text_table
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal

if TYPE_CHECKING:
    from rongji.payments.forecast import Forecast, Scenario, Slice

EVERY = "*"
FEN_PER_WAN = 1_000_000


class RaiseUnreadable(Refusal):
    """A raise that is not written as benefit=percent."""

    code = "raise-unreadable"
    sentence = "“{given}”看不懂，提高幅度请写成 待遇=百分数，如 disability_pension=6；所有待遇都提高写成 6。"
    exit_code = 2


def what_if(
    bureau: Annotated[str, typer.Argument(metavar="单位编码")],
    year: Annotated[int, typer.Argument(metavar="年度")],
    raised: Annotated[
        list[str] | None,
        typer.Option("--raise", metavar="待遇=百分数", help="某项待遇的提高幅度，可写几次；只写数字为全部。"),
    ] = None,
    since: Annotated[str, typer.Option("--from", metavar="月份", help="从哪个月起提高，如 2025-08；不写为年初。")] = "",
    leaving: Annotated[str, typer.Option("--leaving", metavar="百分数", help="全年预计去世或停发的比例。")] = "0",
    sixty: Annotated[bool, typer.Option("--sixty", help="加上当年满六十周岁的在档退役军人。")] = False,
    known_on: Annotated[
        datetime | None,
        typer.Option("--known-on", formats=["%Y-%m-%d"], help="按哪一天已公布的标准和已知的情况测算，默认今天。"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """测算下一年的抚恤补助：按现行标准一遍，按假设的标准和人员变化一遍。"""
    from rongji.cli.main import start_django

    start_django()
    from rongji.cli.acting import acting
    from rongji.payments import forecast

    scenario = forecast.Scenario(
        raises=dict(map(_raise, raised or ())),
        raised_from=Month.parse(since) if since else None,
        leaving_percent=_percent(leaving),
        with_sixty=sixty,
    )
    day = known_on.date() if known_on else None
    found = forecast.what_if(actor=acting(), bureau=bureau, year=year, scenario=scenario, known_on=day)
    typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2) if as_json else _told(found))


def _raise(given: str) -> tuple[str, Decimal]:
    benefit, equals, percent = given.rpartition("=")
    return (benefit.strip() if equals else EVERY), _percent(percent, given)


def _percent(text: str, given: str = "") -> Decimal:
    try:
        found = Decimal(text.strip().removesuffix("%"))
    except InvalidOperation:
        raise RaiseUnreadable(given=given or text) from None
    if not found.is_finite():
        raise RaiseUnreadable(given=given or text)
    return found


def _told(found: "Forecast") -> str:
    headings = ("", "人数", "基准（万元）", "测算（万元）", "增减（万元）")
    parts = [f"{found.year} 年抚恤补助测算（{found.bureau}）", *(f"  {line}" for line in found.how), ""]
    parts.append(text_table(("待遇", *headings[1:]), [*map(_row, found.benefits), _total(found)]))
    parts += ["", text_table(("月份", *headings[1:]), map(_row, found.months))]
    return "\n".join(parts)


def _row(item: "Slice") -> tuple[str, ...]:
    return item.label, str(item.persons), *map(_wan, (item.base_fen, item.changed_fen, item.difference_fen))


def _total(found: "Forecast") -> tuple[str, ...]:
    difference = found.changed_fen - found.base_fen
    return "合计", "", *map(_wan, (found.base_fen, found.changed_fen, difference))


def _wan(fen: int) -> str:
    return f"{Decimal(fen) / FEN_PER_WAN:,.2f}"


def _plain(found: "Forecast") -> dict[str, Any]:
    return {
        "bureau": found.bureau,
        "year": found.year,
        "known_on": str(found.known_on),
        "scenario": _scenario(found.scenario),
        "turning_sixty": found.turning_sixty,
        "how": list(found.how),
        "base": yuan(found.base_fen),
        "changed": yuan(found.changed_fen),
        "months": [asdict(item) for item in found.months],
        "benefits": [asdict(item) for item in found.benefits],
    }


def _scenario(scenario: "Scenario") -> dict[str, Any]:
    return {
        "raises": {name: str(percent) for name, percent in scenario.raises.items()},
        "raised_from": str(scenario.raised_from or ""),
        "leaving_percent": str(scenario.leaving_percent),
        "with_sixty": scenario.with_sixty,
    }
