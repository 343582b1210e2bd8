"""Short ways to write a table of final accounts down, and to read it."""

from rongji.audit.context import context_of
from rongji.audit.run import findings
from rongji.audit.stated import stated
from rongji.audit.tables.final_accounts import final_accounts_of
from rongji.checks.stated.model import StatedDocument, StatedTable
from rongji.documents.build import cell, paragraph
from rongji.documents.model import Block, Cell, Document, Row, Table, Title
from rongji.kernel.finding import Finding, Verdict

Text = str | tuple[str, int] | tuple[str, int, int]


def sheet(*rows: list[Text], caption: str = "", unit: str = "金额单位：万元") -> Table:
    """A table of texts; a pair is a text over so many columns, a triple over so many columns and rows."""
    made = tuple(Row(tuple(_cell(text) for text in row)) for row in rows)
    width = sum(item.colspan for item in made[0].cells)
    return Table((1,) * width, made, caption=caption, unit_note=unit)


def _cell(text: Text) -> Cell:
    if isinstance(text, str):
        return cell(text)
    return cell(text[0], colspan=text[1], rowspan=text[2] if len(text) > 2 else 1)


def disclosure(*blocks: Block | str) -> Document:
    """A document that calls itself final accounts; a string is a paragraph."""
    title = "2023年度青山县民政局部门决算"
    made = tuple(paragraph(item) if isinstance(item, str) else item for item in blocks)
    return Document(title, (Title((title,)), *made))


def read(*blocks: Block | str) -> list[StatedTable]:
    """The regions that are recognised as tables of final accounts."""
    document = disclosure(*blocks)
    return [item for found in final_accounts_of(document, context_of(document)).values() for item in found]


def said(*blocks: Block | str) -> StatedDocument:
    """What the document states."""
    return stated(disclosure(*blocks), "made")


def facts(*blocks: Block | str) -> dict[str, str]:
    """What each recognised cell is, with the number it prints."""
    return {
        item.fact: item.figure.printed for table in read(*blocks) for item in table.cells if item.fact and item.figure
    }


def claims(*blocks: Block | str, check: str = "") -> list[Finding]:
    """The findings of the audit, of one check if asked."""
    return [item for item in findings(said(*blocks)) if not check or item.check == check]


def accused(*blocks: Block | str) -> list[str]:
    """What the audit calls a contradiction."""
    return [item.explanation for item in claims(*blocks) if item.verdict is Verdict.CONTRADICTION]
