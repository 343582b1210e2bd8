"""决算公开的必备内容: statements that a disclosure must contain; 机关运行经费 beside 公用经费."""

from collections.abc import Iterator

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.final_accounts.cells import FORM, NineTables, nine_tables
from rongji.checks.stated.final_accounts.names import name_and_basis, scope_of
from rongji.checks.stated.model import Passage, StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.law.recognition import recognition

_BASIS = "部门预决算公开办法及财政部门公开模板：文字说明的必备内容"
_MOST_OF_NINE = 5
_CHAPTERS = 3  # 至少说明三张表，才是决算说明，不只是报表


@document_check(title="决算公开必备内容", basis=_BASIS, level=Verdict.QUESTION)
def final_account_statements_present(document: StatedDocument) -> Iterator[Finding]:
    """A disclosure with tables and text says what the disclosure rules ask for (三公数量、采购、资产、绩效…)."""
    parts = {table.part for table in document.tables if table.form == FORM}
    chapters = {scope_of(item.heading) for item in document.passages if _states_money(item)} - {""}
    if len(parts) < _MOST_OF_NINE or len(chapters) < _CHAPTERS:
        return
    squeezed = "".join("".join(passage.text.split()) for passage in document.passages)
    for statement in recognition(FORM)["statements"]:
        if any(word in squeezed for word in statement["words"]):
            yield Finding("", Verdict.HOLDS, f"已写明{statement['title']}。", subject=statement["title"])
        else:
            text_of = f"没有找到{statement['title']}的说明。"
            remedy = f"补写{statement['title']}；没有发生的写明没有。"
            yield Finding("", Verdict.QUESTION, text_of, subject=statement["title"], remedy=remedy)


@document_check(title="机关运行经费不大于公用经费", basis=_BASIS, level=Verdict.QUESTION)
def final_account_running_costs(document: StatedDocument) -> Iterator[Finding]:
    """机关运行经费 are the 公用经费 of the administrative units out of the basic spending: not more than these."""
    found = list(nine_tables(document))
    if len(found) != 1:
        return
    limit = _operating(found[0])
    for passage in document.passages if limit else ():
        if scope_of(passage.heading) != "running-costs":
            continue
        for item in passage.mentions:
            figure, phrase = item.figure, item.phrase
            if figure is None or phrase is None or phrase.role is not Role.AMOUNT or not figure.is_money or not limit:
                continue
            if name_and_basis(figure.label)[0] in ("机关运行经费", "机关运行经费支出"):
                check = relations.at_most(figure, limit)
                doubt = check.verdict is Verdict.CONTRADICTION
                yield asked(check, "口径可能不同。", "核对机关运行经费的口径和金额。") if doubt else check


def _states_money(passage: Passage) -> bool:
    return not passage.is_heading and any(figure.is_money for figure in passage.figures)


def _operating(tables: NineTables) -> Figure | None:
    return tables.figure("basic/operating/total") or tables.figure("basic/all/running")
