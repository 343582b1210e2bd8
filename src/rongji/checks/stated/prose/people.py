"""名单两处: the people of one group, named in the text and listed in a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.syntax import squeezed
from rongji.checks.stated.model import Passage, StatedDocument, StatedTable
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Spot

_OFFICE = r"(?:党组书记|党委书记|负责人|副?(?:书记|局长|主任|处长|科长|股长|院长|校长|厅长|部长|所长|站长))"
_LEADER = "组长"
_HEAD = re.compile(rf"(?:由|以)?(?:{_OFFICE}[、]?)*(?P<name>[一-鿿]{{2,4}}?)(?:同志)?(?:任|担任|为){_LEADER}")
_MEMBERS = re.compile(
    r"[，,；;]\s*(?P<names>[一-鿿、\s]{4,200}?)(?P<more>等)?(?:同志)?(?:\d+人)?(?:为|任|担任)(?:组员|成员|副组长)"
)
_NAME = re.compile(r"[一-鿿]{2,4}")
_COLUMN = ("姓名", "评价人员", "组员姓名", "人员姓名")
_SAME_GROUP = 2


@dataclass(frozen=True, slots=True)
class _Named:
    """People whom a sentence names. open: 等 stands behind the names."""

    names: tuple[str, ...]
    open: bool
    spot: Spot


@document_check(title="同一小组的人员名单两处一致", level=Verdict.QUESTION)
def people_lists_agree(document: StatedDocument) -> Iterator[Finding]:
    """The people whom the text names as members of a group (…任组长，…为成员) are those in the table of the group.

    Only lists that share at least two names are held against each other.
    """
    tabled = [item for table in document.tables for item in _listed(table)]
    for passage in document.passages:
        for told in _told(passage):
            for names, spot in tabled:
                if len(set(names) & set(told.names)) >= _SAME_GROUP:
                    yield _compared(told, names, spot)


def _told(passage: Passage) -> Iterator[_Named]:
    """The people whom a passage names as leader and members of a group."""
    if _LEADER not in passage.text:
        return
    for head in _HEAD.finditer(passage.text):
        members = _MEMBERS.match(passage.text, head.end())
        if members:
            names = [squeezed(item) for item in members["names"].split("、")]
            if all(_NAME.fullmatch(name) for name in names):
                span = (head.start("name"), members.end("names"))
                spot = Spot(passage.place_of(*span), passage.text[span[0] : span[1]])
                yield _Named((head["name"], *names), bool(members["more"]), spot)


def _listed(table: StatedTable) -> Iterator[tuple[tuple[str, ...], Spot]]:
    """The names of a column 姓名, with the place of the first."""
    for column in table.columns:
        if squeezed(column.title) not in _COLUMN:
            continue
        cells = [cell for cell in table.cells if cell.column == column.index and _NAME.fullmatch(squeezed(cell.text))]
        cells = [cell for cell in cells if squeezed(cell.text) not in _COLUMN]
        if len(cells) >= _SAME_GROUP:
            yield tuple(squeezed(cell.text) for cell in cells), Spot(cells[0].place, cells[0].text)


def _compared(told: _Named, names: tuple[str, ...], spot: Spot) -> Finding:
    only_text = [name for name in told.names if name not in names]
    only_table = [] if told.open else [name for name in names if name not in told.names]
    spots = (told.spot, spot)
    if not only_text and not only_table:
        return Finding("", Verdict.HOLDS, f"正文与表中所列人员一致，共 {len(names)} 人。", spots=spots)
    parts = [f"正文有而表中没有：{'、'.join(only_text)}"] if only_text else []
    parts += [f"表中有而正文没有：{'、'.join(only_table)}"] if only_table else []
    text = f"同一小组的人员名单两处不同，{'；'.join(parts)}。"
    return Finding("", Verdict.QUESTION, text, remedy="核对名单，使两处一致。", spots=spots)
