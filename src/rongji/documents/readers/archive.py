"""Parts of a zipped document: only those that are asked for are unpacked, and never beyond a limit."""

import zipfile
import zlib
from io import BytesIO
from types import TracebackType
from typing import Any

from lxml import etree

from rongji.documents.readers.limits import MIB
from rongji.documents.readers.model import UnreadableDocument

_MAX_PART = 100 * MIB
_MAX_TAGS = 3_000_000
_DAMAGED = "文件已损坏，请用原来的软件打开后另存一份"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, etree.LxmlError,
    LookupError, ValueError, NotImplementedError, RuntimeError, EOFError, OSError,
)  # fmt: skip


class Archive:
    """An opened archive; every reading is bounded. Raises UnreadableDocument where it is damaged or too large."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except _BROKEN:
            raise UnreadableDocument(file=file, reason=_DAMAGED) from None

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def part(self, name: str) -> bytes:
        """The bytes of a part."""
        try:
            item = self._zip.getinfo(name)
            item.file_size = max(item.file_size, _MAX_PART + MIB)  # what the archive says of its size may be a lie
            with self._zip.open(item) as part:
                data = part.read(_MAX_PART + 1)
        except _BROKEN:
            raise UnreadableDocument(file=self.file, reason=_DAMAGED) from None
        if len(data) > _MAX_PART or data.count(b"<") > _MAX_TAGS:
            raise UnreadableDocument(file=self.file, reason="解压后过大，请拆成几个文件，或删除空白和隐藏的内容后另存")
        return data

    def tree(self, name: str) -> Any:
        """The root element of a part; None when there is no such part."""
        return parsed(self.part(name), self.file) if name in self.names else None


def parsed(data: bytes, file: str) -> Any:
    """The root of an XML text that declares no entities and asks for nothing outside itself.

    Raises: UnreadableDocument.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except _BROKEN as error:
        reason = "结构嵌套过深，请用 Word 或 WPS 另存一份" if "depth" in str(error).lower() else _DAMAGED
        raise UnreadableDocument(file=file, reason=reason) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument(file=file, reason="含有不允许的文档类型声明，请用 Word 或 WPS 打开后另存一份")
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by its name without namespace, empty when it is missing."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: Any, *path: str) -> Any:
    """The first descendant along a path of plain names, None when there is none."""
    found = element
    for name in path:
        found = next((item for item in found if local(item) == name), None)
        if found is None:
            return None
    return found
