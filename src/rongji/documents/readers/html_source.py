"""The markup of a web page out of its bytes: character set, mail archives (mht), what a page shows and hides."""

import email
import email.policy
import re
from email.message import EmailMessage
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from rongji.documents.readers.encoding import decoded
from rongji.documents.readers.limits import MAX_TEXT_BYTES, refuse_large
from rongji.documents.readers.model import UnreadableDocument

_HEAD = 8192
_MAX_TAGS = 1_500_000
_MAX_PARTS = 1_000  # of a mail archive
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{2,20})""", re.I)
_GB = ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk")
_NEVER = frozenset(
    "script style noscript head iframe svg canvas template object embed map select option input textarea audio video "
    "link meta base nav aside footer rt rp math".split()
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|footer|foot|sidebar|share|pager|pagination|copyright"
    r"|toolbar|topbar|search|login|position|dqwz|friendlink|links)(?:$|[\s_-])",
    re.I,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_LINK_SHARE = 0.7
_LINKS = 4


def page_source(data: bytes, file: str, *, is_mail: bool) -> str:
    """The markup as text.

    Raises: UnreadableDocument.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise refuse_large(file, "网页过大", "请只保存正文部分")
    source, charset = _mail_part(data, file) if is_mail else (data, "")
    if source.count(b"<") > _MAX_TAGS:
        raise refuse_large(file, "网页过大", "请只保存正文部分")
    return _decoded(source, charset, file)


def _decoded(data: bytes, charset: str, file: str) -> str:
    declared = _CHARSET.search(data[:_HEAD])
    name = (charset or (declared[1].decode("ascii", "replace") if declared else "")).lower()
    if name in _GB and not _is_utf8(data):
        return data.decode("gb18030", "replace")
    return decoded(data, file)


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 in truth; many pages were converted and kept the old declaration."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mail_part(data: bytes, file: str) -> tuple[bytes, str]:
    """The page inside a mail archive, with the character set that the mail names."""
    if data.count(b"\n--") > _MAX_PARTS:
        raise refuse_large(file, "网页归档里的内容过多", "请用浏览器打开后另存为网页或 pdf")
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        for part in message.walk():
            if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
                content = part.get_payload(decode=True)
                return (content if isinstance(content, bytes) else b""), part.get_content_charset() or ""
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        pass
    raise UnreadableDocument(file=file, reason="网页归档里没有正文，请用浏览器打开后另存为网页")


def page_tree(source: str, file: str) -> Any:
    """The root element of a page.

    Raises: UnreadableDocument.
    """
    parser = lxml_html.HTMLParser(recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(_without_declaration(source), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise UnreadableDocument(file=file, reason="网页没有内容，请检查是否保存完整") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableDocument(file=file, reason="网页结构嵌套过深，请用浏览器打开后另存为 pdf 或复制到 docx")
    return root


def _without_declaration(source: str) -> str:
    """Without the XML declaration, whose encoding no longer holds for decoded text; NUL would end the page early."""
    text = source.lstrip("\ufeff \t\r\n").replace("\x00", " ")
    return text.partition("?>")[2] if text.startswith("<?xml") else text


def is_shown(element: Any) -> bool:
    """Whether a reader of the page sees an element as part of its content."""
    if not isinstance(element.tag, str) or element.tag.rpartition("}")[2].rpartition(":")[2].lower() in _NEVER:
        return False
    attributes = element.attrib
    if "hidden" in attributes or "popover" in attributes or attributes.get("aria-hidden") == "true":
        return False
    if attributes.get("title") in ("header", "footer"):  # how office programs save the margins of their pages
        return False
    if attributes.get("role") in ("navigation", "search", "menu", "menubar"):
        return False
    return not _HIDDEN_STYLE.search(attributes.get("style", ""))


def is_furniture(element: Any) -> bool:
    """Whether a block is part of the site around the document: menus, the way to the page, lists of links."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if _FURNITURE.search(names) and not any(True for _ in element.iter("table", "h1")):
        return True
    links = [len("".join(link.itertext())) for link in element.iter("a")]
    if len(links) < _LINKS:
        return False
    return sum(links) >= _LINK_SHARE * max(sum(len(text.strip()) for text in element.itertext()), 1)
