"""A document read into what it states: the light first, then tables, then passages."""

from collections.abc import Iterator, Sequence

from rongji.audit.context import context_of
from rongji.audit.prose import passages_of
from rongji.audit.tables import tables_of
from rongji.checks.stated.model import StatedDocument, StatedTable
from rongji.documents.model import Document


def stated(document: Document, name: str) -> StatedDocument:
    """All that the document states."""
    context = context_of(document)
    tables = tables_of(document, context)
    return StatedDocument(
        name=name,
        title=context.title,
        year=context.year,
        organisation=context.organisation,
        tables=tables,
        passages=passages_of(document, context),
        notes=tuple(_left_alone(tables)),
    )


def _left_alone(tables: Sequence[StatedTable]) -> Iterator[str]:
    """What to say of tables whose columns could not be told: their numbers are held against nothing."""
    doubts: dict[int, list[StatedTable]] = {}
    for table in tables:
        if not table.certain and any(table.figures()):
            doubts.setdefault(table.number, []).append(table)
    for number, regions in doubts.items():
        named = next((f"“{table.caption}”" for table in regions if table.caption), "")
        reasons = list(dict.fromkeys(part for table in regions for part in table.doubt.split("；") if part))
        more = f"等 {len(reasons)} 处" if len(reasons) > 1 else ""
        first = reasons[0] if reasons else "行列不能确定"
        yield f"第{number}张表{named}有部分没有核对：{first}{more}。这部分请对照原件人工核对。"
