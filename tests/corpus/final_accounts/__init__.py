"""Made final accounts of a department (部门决算公开): nine tables and their text, consistent to the fen.

Amounts are kept in fen and printed with two places, so that true rounding gaps occur. Every printed number is a slot
with a speaking name (`totals.income`, `expenditure.2080801.project`); the relations that hold are known.
"""

from __future__ import annotations

from corpus.final_accounts import narrative, sided, styles, tables
from corpus.final_accounts.accounts import made_accounts
from corpus.final_accounts.across import relate_tables
from corpus.final_accounts.styles import STYLES
from corpus.final_accounts.tables import Print
from corpus.made import Made
from rongji.documents.build import heading, paragraph
from rongji.documents.model import Document, Orientation, PageBreak, Section, Title

__all__ = ["STYLES", "final_accounts"]

_DUTIES = (
    "贯彻执行国家和省、市有关法律法规和方针政策，拟订本县相关工作规划并组织实施。",
    "负责本领域公共服务、监督管理和统计工作，指导乡镇（街道）开展相关业务。",
    "负责相关专项资金的分配、使用和监督，组织开展预算绩效管理。",
    "承担县委、县政府交办的其他任务。",
)


def final_accounts(seed: int, style: str = "standard", *, length: int = 22, quiet: bool = False) -> Made:
    """A whole document: cover, contents, duties, nine tables, text, glossary.

    style: one of STYLES. length: functional items of the public budget (30 and more make tables of several pages).
    quiet: no other money, no fund, no state capital, so that two tables are printed empty.
    """
    accounts = made_accounts(seed, length=length, quiet=quiet)
    page = Print(accounts, STYLES[style])
    title = f"{accounts.year}年度{accounts.organisation}部门决算"
    page.blocks.append(Title((title,)))
    _opening(page)
    builders = {
        styles.TOTALS: sided.totals,
        styles.FISCAL: sided.fiscal_totals,
        styles.BASIC: sided.basic,
        styles.THREE: sided.three_public,
    }
    page.blocks.append(heading(1, f"第二部分 {accounts.year}年度部门决算表"))
    for part in page.style.order:
        builders[part](page) if part in builders else tables.functional(page, part)
    relate_tables(page)
    page.blocks.append(Section(Orientation.PORTRAIT, "情况说明"))
    narrative.tell(page)
    page.blocks += [PageBreak(), heading(1, "第四部分 名词解释")]
    page.blocks += [paragraph(f"{number}．{term}：{text}") for number, (term, text) in enumerate(narrative.TERMS, 1)]
    return Made(f"final-accounts-{style}-{seed}", Document(title, tuple(page.blocks)), tuple(page.relations))


def _opening(page: Print) -> None:
    year = page.accounts.year
    page.blocks += [PageBreak(), heading(1, "目录")]
    parts = ("部门概况", f"{year}年度部门决算表", f"{year}年度部门决算情况说明", "名词解释")
    for number, words in zip("一二三四", parts, strict=True):
        page.blocks.append(paragraph(f"第{number}部分 {words}", indent=False))
        if number == "二":
            names = (page.style.names[part] for part in page.style.order)
            page.blocks += [paragraph(f"{sided.numeral(n)}、{name}") for n, name in enumerate(names, 1)]
    page.blocks += [PageBreak(), heading(1, "第一部分 部门概况"), heading(2, "一、部门职责")]
    page.blocks += [paragraph(f"（{number}）{duty}") for number, duty in zip("一二三四", _DUTIES, strict=True)]
    page.blocks.append(heading(2, "二、机构设置"))
    page.blocks.append(
        paragraph(f"{page.accounts.organisation}内设机构6个，下属事业单位2个，纳入部门决算编报范围的单位共3个。")
    )
