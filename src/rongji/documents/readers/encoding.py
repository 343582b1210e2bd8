"""The characters of a text file, whatever office machine wrote it: UTF-8, GB18030 or UTF-16, with a mark or without."""

import codecs
import re

from rongji.documents.readers.model import UnreadableDocument

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ADVICE = "请用原来的软件打开后另存为 docx 或 txt"
ENCODINGS = ("utf-8", "gb18030")
UNREADABLE = "\ufffd"
_SAMPLE = 4096
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 200  # one in so many characters may be a control character that slipped in


def decoded(data: bytes, file: str) -> str:
    """The text of the bytes, without its byte order mark and without stray control characters.

    Raises: UnreadableDocument when no encoding gives text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(name, "replace"), file)
    wide = _wide(data)
    names = (wide,) if wide else ENCODINGS
    text = next((text for name in names if (text := _tried(data, name)) is not None), None)
    if text is None:
        text = min((data.decode(name, "replace") for name in names), key=lambda text: text.count(UNREADABLE))
        if text.count(UNREADABLE) * _MOST_CONTROLS > len(text) + _MOST_CONTROLS:
            raise UnreadableDocument(file=file, reason=f"不是文本，也不是能识别的文档格式，{_ADVICE}")
    return _clean(text, file)


def unreadable_note(text: str) -> tuple[str, ...]:
    """A note on the characters that no encoding explains, when there are some."""
    count = text.count(UNREADABLE)
    return (f"有 {count} 处文字无法识别（乱码），请核对原文。",) if count else ()


def looks_like_text(data: bytes) -> bool:
    """Whether the head of a file can be text in one of the encodings, few damaged characters allowed."""
    head = data[:_SAMPLE]
    if any(head.startswith(mark) for mark, _ in _MARKS) or _wide(head):
        return True
    if head.count(0) * _MOST_CONTROLS > len(head):
        return False
    return any(
        head.decode(name, "replace").count(UNREADABLE) * _MOST_CONTROLS <= len(head) + _MOST_CONTROLS
        for name in ENCODINGS
    )


def _tried(data: bytes, name: str) -> str | None:
    """The text, None when it is not in this encoding; a last character cut in two does not count."""
    decoder = codecs.getincrementaldecoder(name)()
    try:
        return decoder.decode(data)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: digits, spaces and line ends show as every other byte zero."""
    head = data[:_SAMPLE]
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    least = max(len(head) // 64, 2)
    if zeros_odd >= least and zeros_even == 0:
        return "utf-16-le"
    return "utf-16-be" if zeros_even >= least and zeros_odd == 0 else ""


def _clean(text: str, file: str) -> str:
    controls = len(_NOT_TEXT.findall(text))
    if controls * _MOST_CONTROLS > len(text) + _MOST_CONTROLS:
        raise UnreadableDocument(file=file, reason=f"内容不是文字，可能是程序或压缩文件，{_ADVICE}")
    return _NOT_TEXT.sub(" ", text) if controls else text
