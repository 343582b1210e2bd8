"""`rongji people`: find people, read their files, write down what became known of them."""

from datetime import date, datetime
from typing import Annotated

import typer

from rongji.cli.acting import acting
from rongji.cli.people_acts import acts
from rongji.cli.people_shown import as_json, file_of, list_of
from rongji.cli.text_table import text_table
from rongji.people import selectors
from rongji.people.types import CHANGE_LABELS, CONFIRMATION_LABELS, ConfirmationResult

app = typer.Typer(help="人员档案：查找、查看、登记、合并、年度确认。", no_args_is_help=True, rich_markup_mode=None)
app.registered_commands += acts.registered_commands

Person = Annotated[str, typer.Argument(metavar="档案号", help="档案号，或 # 加系统编号。")]
Bureau = Annotated[str, typer.Argument(metavar="单位", help="单位编码。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=200, help="最多列出多少条。")]
Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="日期", help="哪一天的情况。")]
Known = Annotated[datetime | None, typer.Option("--known", formats=["%Y-%m-%d"], metavar="日期", help="按哪一天所知。")]


@app.command("list")
def list_people(
    bureau: Bureau,
    category: Annotated[str, typer.Option("--category", metavar="类别", help="只列有这一身份的，如 81。")] = "",
    after: Annotated[int, typer.Option("--after", metavar="编号", help="从哪个系统编号之后列起。")] = 0,
    limit: Limit = 50,
    json_wanted: AsJson = False,
) -> None:
    """列出一个单位的人员。"""
    people = selectors.people_of_bureau(acting(), bureau, category=category, after=after, limit=limit)
    typer.echo(as_json(people) if json_wanted else list_of(people))
    if people and len(people) == limit and not json_wanted:
        typer.echo(f"\n还有更多：加 --after {people[-1].id} 继续。")


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="词…", help="姓名、拼音首字母、号码或后 4 位、村名；可给几个。")
    ],
    after: Annotated[str, typer.Option("--after", metavar="标记", help="上一页给出的翻页标记。")] = "",
    limit: Limit = 20,
    json_wanted: AsJson = False,
) -> None:
    """查找人员：几个词一起给时逐个缩小范围。"""
    page = selectors.search_page(acting(), " ".join(words), limit=limit, after=after)
    typer.echo(as_json(page) if json_wanted else list_of(page.people))
    if page.after and not json_wanted:
        typer.echo(f"\n还有更多：加 --after {page.after} 继续。")


@app.command()
def show(person: Person, on: Day = None, known: Known = None, json_wanted: AsJson = False) -> None:
    """查看一人一档；可以看某一天的情况、按某一天所知。"""
    actor = acting()
    found = selectors.person_named(actor, person)
    day, known_on = _day(on) or actor.day, _day(known) or actor.day
    file = selectors.person_file(actor, found.id, on=day, known_on=known_on)
    if json_wanted:
        typer.echo(as_json(file))
        return
    standing = selectors.archive_standing(actor, found.id, on=day)
    missing = "、".join(standing.missing)
    papers = f"档案材料 {standing.papers} 件，已扫描 {standing.scanned} 件" + (f"；还缺：{missing}" if missing else "")
    typer.echo(f"{file_of(file)}\n{papers}。")


@app.command()
def duplicates(limit: Limit = 50, json_wanted: AsJson = False) -> None:
    """列出可能是同一人的档案。"""
    found = selectors.find_duplicates(acting(), limit=limit)
    if json_wanted:
        typer.echo(as_json(found))
        return
    rows = [(item.first.number, item.first.name, item.second.number, item.second.name, item.why) for item in found]
    typer.echo(text_table(("档案号", "姓名", "档案号", "姓名", "依据"), rows) if rows else "没有发现疑似重复的档案。")


@app.command()
def merges(json_wanted: AsJson = False) -> None:
    """列出档案合并，含已经拆分的。"""
    found = selectors.merges(acting())
    if json_wanted:
        typer.echo(as_json(found))
        return
    rows = [
        (str(item.id), item.kept, item.absorbed, str(item.merged_on), str(item.undone_on or ""), item.reason)
        for item in found
    ]
    typer.echo(
        text_table(("编号", "保留", "并入", "合并日期", "拆分日期", "理由"), rows) if rows else "没有合并过档案。"
    )


@app.command()
def changes(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="日期", help="从哪一天。")],
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="日期", help="到哪一天。")
    ] = None,
    json_wanted: AsJson = False,
) -> None:
    """列出一段时间里获知的异动。"""
    actor = acting()
    found = selectors.changes_between(actor, first=first.date(), last=_day(last) or actor.day)
    if json_wanted:
        typer.echo(as_json(found))
        return
    people = selectors.briefs({item.person_id for item in found})
    rows = [
        (str(item.known_on), people[item.person_id].number, CHANGE_LABELS[item.kind], item.actor_label, item.summary)
        for item in found
    ]
    typer.echo(text_table(("获知日期", "档案号", "异动", "经办", "说明"), rows) if rows else "这段时间没有异动。")


@app.command("round")
def show_round(
    bureau: Bureau,
    year: Annotated[int, typer.Argument(metavar="年度", help="四位年份。")],
    json_wanted: AsJson = False,
) -> None:
    """查看年度确认办到哪里，还有谁没有确认。"""
    actor = acting()
    standing = selectors.round_of_year(actor, bureau, year)
    left = selectors.people_in_round(actor, standing.id)
    if json_wanted:
        typer.echo(as_json({"round": standing, "left": left}))
        return
    counts = "，".join(
        f"{CONFIRMATION_LABELS[ConfirmationResult(result)]} {count} 人"
        for result, count in standing.counts.items()
        if result
    )
    typer.echo(
        f"{year} 年度确认：共 {standing.total} 人，已确认 {standing.done} 人{f'（{counts}）' if counts else ''}。"
    )
    if left:
        typer.echo(f"\n尚未确认（前 {len(left)} 人）：\n{list_of(left)}")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
