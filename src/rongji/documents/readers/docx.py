"""Word files: paragraphs with their automatic numbers, tables with their exact spans, text boxes, footnotes.

Tracked insertions are read and deletions are not. Macros are neither run nor read: a file that carries some is read as
any other, with a note. Headers, footers, comments and tables of contents are left out.
"""

from collections.abc import Iterator
from typing import Any

from rongji.documents.model import Block, Paragraph, SignatureBlock, Style, Text, Title
from rongji.documents.readers import flow, signs
from rongji.documents.readers.archive import Archive, attribute, child, local
from rongji.documents.readers.assembly import document_of
from rongji.documents.readers.docx_numbering import Numbering, Styles
from rongji.documents.readers.docx_tables import table_blocks
from rongji.documents.readers.docx_text import Seen, words
from rongji.documents.readers.flow import Line
from rongji.documents.readers.limits import MAX_SLOTS, refuse_large, refuse_many
from rongji.documents.readers.model import MACROS_NOTE, ReadFile, UnreadableDocument
from rongji.documents.readers.wording import clean
from rongji.kernel.place import Place

_WRAPPERS = frozenset("sdt sdtContent smartTag customXml ins moveTo".split())
_STYLES = {
    "caption": Style.CAPTION, "题注": Style.CAPTION, "unitnote": Style.BODY, "unit note": Style.BODY,
    "note": Style.NOTE, "attachment": Style.ATTACHMENT,
}  # fmt: skip
_HEADING_ROOM = 60


def read_docx(data: bytes, file: str) -> ReadFile:
    """A docx file (docm, dotx alike).

    Raises: UnreadableDocument.
    """
    with Archive(data, file) as archive:
        body = child(archive.tree(_main_part(archive)), "body")
        if body is None:
            raise UnreadableDocument(file=file, reason="里面没有正文，请用 Word 或 WPS 打开后另存为 .docx")
        refuse_many(sum(1 for _ in body.iter("{*}p")), file)
        reader = DocxBody(archive, file)
        blocks = reader.read(body)
        notes = tuple(reader.notes(has_macros=any(name.endswith("vbaProject.bin") for name in archive.names)))
    return ReadFile("docx", document_of(blocks), notes)


def _main_part(archive: Archive) -> str:
    """The part that the package names as the document itself."""
    relations = archive.tree("_rels/.rels")
    for item in relations if relations is not None else ():
        if attribute(item, "Type").endswith("/officeDocument"):
            target = attribute(item, "Target").lstrip("/")
            if target in archive.names:
                return target
    if "word/document.xml" in archive.names:
        return "word/document.xml"
    raise UnreadableDocument(file=archive.file, reason="里面没有正文，请用 Word 或 WPS 打开后另存为 .docx")


class DocxBody:
    """A body as it is read: what was met, how many paragraphs and tables there were."""

    def __init__(self, archive: Archive, file: str) -> None:
        self.archive = archive
        self.file = file
        self.styles = Styles(archive.tree("word/styles.xml"))
        self.numbering = Numbering(archive.tree("word/numbering.xml"), self.styles)
        self.seen = Seen()
        self.paragraphs = self.tables = self.nested = self.pieces = self.slots = 0
        self.foreign = 0

    def read(self, body: Any) -> list[Block]:
        """Every block of the body, footnotes last."""
        blocks = [*self._grouped(self._items(body))]
        return blocks + self._footnotes()

    def notes(self, *, has_macros: bool) -> Iterator[str]:
        """What was left out."""
        if has_macros:
            yield MACROS_NOTE
        if self.seen.deletions or self.seen.insertions:
            yield f"文件带有修订痕迹：按接受修订后的文字读取，{self.seen.deletions} 处删除的内容没有读取。"
        if self.seen.hidden:
            yield f"有 {self.seen.hidden} 处隐藏文字没有读取。"
        if self.nested:
            yield f"有 {self.nested} 张表格套在别的表格里，已拆出来单独读取。"
        if self.foreign:
            yield f"有 {self.foreign} 处嵌入的外部内容没有读取。"

    def _items(self, element: Any) -> Iterator[Block | Line]:
        """Paragraphs as lines or finished blocks, and tables, in reading order."""
        for item in element:
            name = local(item)
            if name == "p":
                yield from self._paragraph(item)
            elif name == "tbl":
                yield from table_blocks(item, self)
            elif name == "altChunk":
                self.foreign += 1
            elif name in _WRAPPERS and not _is_contents(item):
                yield from self._items(item)

    def count_piece(self) -> None:
        """One more paragraph or cell.

        Raises: UnreadableDocument when there are more than any real document has.
        """
        self.pieces += 1
        refuse_many(self.pieces, self.file)

    def count_slots(self, slots: int) -> None:
        """So many more places of tables.

        Raises: UnreadableDocument when there are more than any real document has.
        """
        self.slots += slots
        if self.slots > MAX_SLOTS:
            raise refuse_large(self.file, "表格过大", "请拆成几张表或删除多余的空白行列")

    def text_of(self, paragraph: Any) -> str:
        """The printed words of a paragraph with its automatic number."""
        self.count_piece()
        text = clean(words(paragraph, self.seen))
        if not text.strip():
            return ""
        return self.numbering.label(child(paragraph, "pPr")) + text.strip()

    def _paragraph(self, item: Any) -> Iterator[Block | Line]:
        properties = child(item, "pPr")
        style = self.styles.name(properties)
        if style.startswith(("toc ", "目录")):
            return
        text = self.text_of(item)
        if text:
            self.paragraphs += 1
            yield from self._styled(text, style, self.styles.outline(properties))
        boxes, self.seen.boxes = self.seen.boxes, []
        for box in boxes:
            yield from self._items(box)

    def _styled(self, text: str, style: str, outline: int) -> Iterator[Block | Line]:
        place = Place(file=self.file, paragraph=self.paragraphs)
        if style in ("title", "标题", "subtitle") or (style == "doctitle" and signs.is_title(text)):
            yield Title(tuple(part for part in text.split("\n") if part.strip()), place=place)
            return
        start = 0
        for part in text.split("\n"):
            where = Place(file=self.file, paragraph=self.paragraphs, span=(start, start + len(part)))
            start += len(part) + 1
            if part.strip():
                yield self._line(part, where if "\n" in text else place, style, outline)

    def _line(self, text: str, place: Place, style: str, outline: int) -> Block | Line:
        runs = (Text(text, place=place),)
        if style == "signature":
            return SignatureBlock((runs,), place=place)
        if style in _STYLES:
            return Paragraph(runs, style=_STYLES[style], place=place)
        level = signs.numbering_level(signs.squeezed(text)) or min(outline, 4)
        if outline and len(text) <= _HEADING_ROOM and not signs.ends_sentence(text):
            return flow.heading(level, runs, place)
        return Line(text, place)

    def _grouped(self, items: Iterator[Block | Line]) -> Iterator[Block]:
        """Plain paragraphs read together with their neighbours: titles at the head, signatures at the end."""
        plain: list[list[Line]] = []
        is_first = True
        signed: list[SignatureBlock] = []
        for item in items:
            if isinstance(item, Line):
                plain.append([item])
                continue
            yield from flow.blocks(plain, opens=is_first) if plain else ()
            is_first, plain = False, []
            if isinstance(item, SignatureBlock):
                signed.append(item)
                continue
            yield from _signature(signed)
            signed = []
            yield item
        yield from _signature(signed)
        yield from flow.blocks(plain, opens=is_first) if plain else ()

    def frame(self, parts: list[str], tables: list[Any]) -> Iterator[Block]:
        """What stands in a table of one cell that is only a frame: its words, then its tables."""
        for part in parts:
            self.paragraphs += 1
            place = Place(file=self.file, paragraph=self.paragraphs)
            yield from flow.blocks([[Line(part, place)]])
        for table in tables:
            yield from table_blocks(table, self)

    def _footnotes(self) -> list[Block]:
        """The footnotes in the order in which the text calls them."""
        made: list[Block] = []
        parts = {kind: self.archive.tree(f"word/{name}.xml") for kind, name in (("f", "footnotes"), ("e", "endnotes"))}
        notes = {
            f"{kind}{attribute(item, 'id')}": item for kind, root in parts.items() if root is not None for item in root
        }
        for key in list(dict.fromkeys(self.seen.notes)):
            for paragraph in notes[key].iter() if key in notes else ():
                if local(paragraph) == "p" and (text := self.text_of(paragraph)):
                    self.paragraphs += 1
                    place = Place(file=self.file, paragraph=self.paragraphs)
                    made.append(Paragraph((Text(text, place=place),), style=Style.NOTE, place=place))
        return made


def _signature(blocks: list[SignatureBlock]) -> list[Block]:
    if not blocks:
        return []
    return [SignatureBlock(tuple(line for block in blocks for line in block.lines), place=blocks[0].place)]


def _is_contents(item: Any) -> bool:
    """A table of contents that Word keeps as a control."""
    gallery = child(item, "sdtPr", "docPartObj", "docPartGallery")
    return gallery is not None and attribute(gallery, "val") == "Table of Contents"
