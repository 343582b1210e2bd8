"""The notice of points and order on A4: who chooses in which order, with how many points, and how to check it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from rongji.documents.build import cell, label, paragraph, row, runs, table
from rongji.documents.model import Align, Block, Document, Orientation, Section, SignatureBlock, Style, Table, Title
from rongji.law.loader import lawbook
from rongji.placement.types import CohortFacts
from rongji.rules.placement.facts import COMPOSED, SERVICE
from rongji.rules.placement.published import NO_POINTS
from rongji.rules.placement.reading import composition, reading_for

Rows = Sequence[Mapping[str, str]]
MOST_DETAILED = 300
"""Up to so many candidates every line is printed; beyond that each has the points of the items on one line."""
_DETAIL = ("名次", "姓名", "项目", "档次", "说明", "得分", "总分")
_ONCE = ("名次", "姓名", "总分")


def notice(cohort: CohortFacts, rows: Rows, *, bureau_name: str, part: str = "") -> Document:
    """The notice: the order, and item by item what everybody's points come from. part: 第 1 至 1000 名, of many."""
    summary = summary_of(rows)
    is_detailed = len(summary) <= MOST_DETAILED and not part
    blocks: list[Block] = [
        Title((cohort.title, f"服役表现量化评分和选岗顺序公示{f'（{part}）' if part else ''}")),
        *_opening(cohort, rows, len(summary), part),
        _order_table(rows, summary, has_items=not is_detailed),
        paragraph(f"评分依据：{_acts(rows)}。", style=Style.NOTE, indent=False),
        paragraph(
            "复算办法：本表的电子版（Excel、CSV）每行列明事实和依据，"
            f"任何人可用 rongji placement verify 复算得分和名次。内容摘要 {cohort.digest}。",
            style=Style.NOTE,
            indent=False,
        ),
        SignatureBlock((runs(bureau_name), runs(_day(cohort.published_on)))),
    ]
    if is_detailed:
        blocks += [Section(Orientation.LANDSCAPE, "分项"), Title(("服役表现量化评分分项表",)), _detail_table(rows)]
    return Document(
        title=f"{cohort.title}积分公示",
        blocks=tuple(blocks),
        properties={"digest": cohort.digest, "bureau": cohort.bureau},
        dated_on=cohort.published_on,
    )


def summary_of(rows: Rows) -> list[Mapping[str, str]]:
    """One row for each candidate, in order."""
    found: dict[str, Mapping[str, str]] = {}
    for item in rows:
        found.setdefault(item["编号"], item)
    return list(found.values())


def composition_said(rows: Rows) -> str:
    """What the order is made of, in words; empty where the points alone decide."""
    if not any(item["项目"] == COMPOSED for item in rows):
        return ""
    first = rows[0]
    reading = reading_for(
        int(first["退役年度"]), first["退役季次"], known_on=date.fromisoformat(first["法规知悉日"]),
        region=first["安置地区划"],
    )  # fmt: skip
    return composition(reading)[0].said


def _opening(cohort: CohortFacts, rows: Rows, count: int, part: str) -> list[Block]:
    made_of = composition_said(rows)
    sum_up = f"排序分的构成：{made_of}。" if made_of else ""
    how_many = "" if part else f" {count} 人"
    return [
        paragraph(
            f"{cohort.season_label}由政府安排工作退役士兵{how_many}的服役表现量化评分已经核算并经本人确认，"
            f"现将得分和选岗顺序予以公示，公示期自 {_day(cohort.published_on)}至{_day(cohort.notice_until)}。{sum_up}"
        ),
        paragraph("对得分或顺序有异议的，请在公示期内向本局书面提出，并附依据材料。"),
    ]


def _order_table(rows: Rows, summary: Rows, *, has_items: bool) -> Table:
    """One row for each candidate; why somebody stands there is told where the points alone do not say it."""
    own = _by_candidate(rows)
    parts = list(dict.fromkeys(item["档次"] for item in rows if item["项目"] == COMPOSED))
    days = () if has_items else ("入伍日期", "退役日期")
    heads = ("名次", "编号", "姓名", *days, "积分", *parts, *(("排序分",) if parts else ()))
    names = (*heads, *(("各项得分",) if has_items else ()), "名次说明")
    widths = _widths(days, parts, has_items)
    body, before = [], ""
    for item in summary:
        is_told = item["排序分"] in (before, NO_POINTS)
        reached = {line["档次"]: line["得分"] for line in own[item["编号"]] if line["项目"] == COMPOSED}
        cells = [item["名次"], item["编号"], item["姓名"], *(item[day] for day in days), item["总分"]]
        cells += [reached.get(part, "") for part in parts] + ([item["排序分"]] if parts else [])
        cells += [_items(own[item["编号"]])] if has_items else []
        body.append(row(*cells, item["名次说明"] if is_told else ""))
        before = item["排序分"]
    note = "单位：分；各部分为折合后的得分" if parts else "单位：分"
    return table(widths, row(*(label(name) for name in names)), *body, header_rows=1, unit_note=note)


def _widths(days: Sequence[str], parts: Sequence[str], has_items: bool) -> list[int]:
    """Widths of the columns; what is left goes to the words."""
    found = [7, 7, 13, *(13 for _ in days), 9, *(10 for _ in parts), *((9,) if parts else ())]
    rest = max(100 - sum(found), 24)
    return [*found, rest * 2 // 3, rest // 3] if has_items else [*found, rest]


def _by_candidate(rows: Rows) -> dict[str, list[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for item in rows:
        found.setdefault(item["编号"], []).append(item)
    return found


def _items(rows: Rows) -> str:
    """服役年限 36、三等功 20: what earned points, on one line."""
    found: dict[str, str] = {}
    for item in rows:
        if item["项目"] == COMPOSED or item["得分"] == "0":
            continue
        name = item["项目"] if item["项目"] == SERVICE else f"{item['项目']}{item['档次']}"
        found[name] = f"{found[name]}+{item['得分']}" if name in found else item["得分"]
    return "，".join(f"{name} {points}" for name, points in found.items())


def _detail_table(rows: Rows) -> Table:
    """Every line; place, name and total stand once for each candidate."""
    is_composed = any(item["项目"] == COMPOSED for item in rows)
    names = (*_DETAIL, "排序分") if is_composed else _DETAIL
    once = (*_ONCE, "排序分")
    head = row(*(label("怎么算的" if name == "说明" else name) for name in names))
    body, before = [], ""
    for item in rows:
        is_next = item["编号"] != before
        texts = ((name, _shown(item, name) if is_next or name not in once else "") for name in names)
        body.append(row(*(cell(text, align=Align.LEFT) if name == "说明" else text for name, text in texts)))
        before = item["编号"]
    widths = [6, 11, 13, 13, 33, 8, 8, 8] if is_composed else [6, 11, 15, 13, 37, 9, 9]
    return table(widths, head, *body, header_rows=1, unit_note="单位：分")


def _shown(item: Mapping[str, str], name: str) -> str:
    """A cell for a reader: the parts of the service are called what they are."""
    if name == "档次" and item["项目"] == SERVICE:
        return {"前段": "年限以内部分", "后段": "超过年限部分"}[item["档次"]]
    if name == "项目" and item["项目"] == COMPOSED:
        return "合成排序分"
    if name == "得分" and item["总分"] == NO_POINTS:
        return NO_POINTS
    return item[name]


def _acts(rows: Rows) -> str:
    """The acts behind the rows of law that the sheet names."""
    book = lawbook()
    found: dict[str, None] = {}
    for reference in _references(rows):
        place, _, number = reference.partition("#")
        region, _, name = place.rpartition("/")
        found[book.acts[book.tables[region, name].rows[int(number) - 1].act].citation] = None
    return "、".join(found)


def _references(rows: Rows) -> Iterable[str]:
    """Every row of law that the sheet names, each once."""
    texts = dict.fromkeys(item["依据"] for item in rows)
    return dict.fromkeys(reference for text in texts for reference in text.split("、") if reference)


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
