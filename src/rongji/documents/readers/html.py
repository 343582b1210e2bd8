"""Web pages as government sites publish them, and what Word and WPS save as web pages."""

import re
from collections.abc import Iterator
from typing import Any

from rongji.documents.model import Block, Heading, Text, Title
from rongji.documents.readers import flow, signs
from rongji.documents.readers.assembly import document_of
from rongji.documents.readers.encoding import unreadable_note
from rongji.documents.readers.flow import Line
from rongji.documents.readers.html_source import is_furniture, is_shown, page_source, page_tree
from rongji.documents.readers.html_tables import HtmlTable, is_layout
from rongji.documents.readers.limits import refuse_many
from rongji.documents.readers.model import ReadFile
from rongji.documents.readers.wording import clean, collapsed
from rongji.kernel.place import Place

_BLOCKS = frozenset(
    "html body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre section article main header center form "
    "fieldset address hr figure figcaption details summary tr td th tbody thead tfoot caption legend table".split()
)
_HEADS = {f"h{number}": number for number in range(1, 7)}
_SITE_NAME = re.compile(r"\s*[-_|—–]\s*[^-_|—–]{2,30}(?:网|政府|平台|网站|局|厅|委|办)\s*$")
_WRAPPED = 3  # so many broken lines in one block can be lines of a page that somebody pasted


def read_html(data: bytes, file: str, *, is_mail: bool = False) -> ReadFile:
    """A web page (is_mail: inside a mail archive, mht).

    Raises: UnreadableDocument.
    """
    source = page_source(data, file, is_mail=is_mail)
    root = page_tree(source, file)
    refuse_many(sum(1 for _ in root.iter("p", "td", "th", "br", "li")), file)
    page = HtmlPage(file)
    blocks = page.read(root)
    return ReadFile(
        "mhtml" if is_mail else "html", document_of(blocks, _name(root)), (*unreadable_note(source), *page.notes())
    )


def _name(root: Any) -> str:
    """What the page calls itself, without the name of the site."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and meta.get("content"):
            return str(meta.get("content")).strip()
    found = next(root.iter("title"), None)
    return _SITE_NAME.sub("", collapsed(found.text or "")) if found is not None else ""


class HtmlPage:
    """A page as it is read: how many paragraphs and tables there were."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.paragraphs = self.tables = self.nested = self.pieces = 0
        self.has_title = False
        self.open: list[str] = []  # printed lines of the block that is being read, the last one unfinished

    def read(self, root: Any) -> list[Block]:
        """Every block of the page."""
        made: list[Block] = []
        plain: list[list[Line]] = []
        for item in self._items(root):
            if isinstance(item, list):
                plain += item
                continue
            made += flow.blocks(plain, opens=not made) if plain else []
            plain = []
            made.append(item)
        return made + (flow.blocks(plain, opens=not made) if plain else [])

    def notes(self) -> Iterator[str]:
        """What was left out."""
        if self.nested:
            yield f"有 {self.nested} 张表格套在别的表格里，已拆出来单独读取。"

    def count_piece(self) -> None:
        """One more paragraph or cell.

        Raises: UnreadableDocument when there are more than any real page has.
        """
        self.pieces += 1
        refuse_many(self.pieces, self.file)

    def _items(self, root: Any) -> Iterator["Block | list[list[Line]]"]:
        yield from self._walk(root)
        yield from self._flush()

    def _walk(self, element: Any) -> Iterator["Block | list[list[Line]]"]:
        """Finished blocks, and the printed lines of plain blocks, in reading order."""
        name = _tag(element)
        is_block = name in _BLOCKS
        if is_block:
            yield from self._flush()
        if name == "table" and not is_layout(element):
            yield from self._table(element)
        elif name in _HEADS:
            yield from self._head(element, _HEADS[name])
        else:
            self._add(element.text, keeps_lines=name == "pre")
            for item in element:
                yield from self._inside(item)
        if is_block:
            yield from self._flush()

    def _inside(self, item: Any) -> Iterator["Block | list[list[Line]]"]:
        if _tag(item) == "br":
            self.open.append("")
        elif is_shown(item) and not (_tag(item) in _BLOCKS and is_furniture(item)):
            yield from self._walk(item)
        self._add(item.tail, keeps_lines=_tag(item.getparent()) == "pre")

    def _add(self, text: str | None, *, keeps_lines: bool = False) -> None:
        if not text:
            return
        parts = text.split("\n") if keeps_lines else [text]
        self.open = self.open or [""]
        self.open[-1] += parts[0]
        self.open += parts[1:]

    def _flush(self) -> Iterator[list[list[Line]]]:
        """The block that ends here, as groups of lines that make one paragraph each."""
        texts, self.open = [collapsed(text) for text in self.open], []
        lines = []
        for text in texts:
            if text:
                self.count_piece()
                self.paragraphs += 1
                place = Place(file=self.file, paragraph=self.paragraphs)
                lines.append(Line(text, place, right=flow.text_width(text)))
        if lines:
            yield flow.paragraphs(lines) if len(lines) > _WRAPPED else [[line] for line in lines]

    def _head(self, element: Any, number: int) -> Iterator["Block | list[list[Line]]"]:
        text = collapsed(" ".join("".join(element.itertext()).split("\n")))
        if not text:
            return
        self.count_piece()
        self.paragraphs += 1
        place = Place(file=self.file, paragraph=self.paragraphs)
        level = signs.numbering_level(signs.squeezed(text))
        if level == 0 and (signs.is_title(text) or (number == 1 and not self.has_title)):
            self.has_title = True
            yield Title(_lines(element), place=place)
        elif signs.ends_sentence(text):
            yield [[Line(text, place)]]
        else:
            yield Heading(level or max(1, min(number - 1, 4)), (Text(text, place=place),), place=place)

    def _table(self, element: Any) -> Iterator[Block]:
        todo = [element]
        while todo:
            self.tables += 1
            one = HtmlTable(todo.pop(0), self)
            block = one.block()
            if block:
                yield block
            self.nested += len(one.inner)
            todo = one.inner + todo


def _lines(element: Any) -> tuple[str, ...]:
    """The lines of a title: its parts between line breaks, or its spans when it has nothing else."""
    breaks_at_spans = _is_only_spans(element)
    parts: list[str] = [element.text or ""]
    for item in element:
        if _tag(item) == "br" or (breaks_at_spans and parts[-1].strip()):
            parts.append("")
        parts[-1] += "".join(item.itertext()) + (item.tail or "")
    return tuple(collapsed(part) for part in parts if clean(part).strip())


def _is_only_spans(element: Any) -> bool:
    outside = (element.text or "") + "".join(item.tail or "" for item in element)
    return not outside.strip() and all(_tag(item) == "span" for item in element)


def _tag(element: Any) -> str:
    return element.tag.lower() if element is not None and isinstance(element.tag, str) else ""
