"""Whether a PDF can do harm: streams that unpack to far more than they are, drawings that call each other without end.

Only what stands in the bytes is looked at, at the cost of unpacking them once. A file that is not surely harmless is
no bad file: it is read in a process of its own that can be stopped (`pdf_apart`).
"""

import re
import zlib
from dataclasses import dataclass

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CONTENTS = re.compile(rb"/Contents\s*\[([^\]]{0,20000})")
_CALL = re.compile(rb"\sDo\b")
_DISGUISED = re.compile(rb"/[A-Za-z0-9#]*#[0-9A-Fa-f]{2}[A-Za-z0-9#]*")
_STRANGE = re.compile(rb"/(?:Encrypt|Crypt|LZW|RunLength|RL\b|ASCII85|A85|ASCIIHex|AHx|JBIG2|Filter\s+\d)")
_HUGE = re.compile(rb"/(?:Width|Height)\s+\d{5,}")  # a picture of ten thousand pixels and more
_TELLING = re.compile(rb"Filter|Decode|Contents|Encrypt")
_HEAD = 1_500  # bytes before a stream in which its dictionary stands
_KIB = 1024
_LARGEST = 512 * _KIB  # unpacked, of one page or form: a page of a report has 100
_LARGEST_FONT = 4 * 1024 * _KIB
_MOST_IN_ALL = 192 * 1024 * _KIB
_MOST_PARTS = 40  # streams that one page is made of
_MOST_CALLS = 40  # of forms inside forms
_MOST_DRAWN = 8 * 1024 * _KIB  # all calls of forms times the largest form
_MOST_OBJECTS = 400_000
_DEFLATE = 8
_JPEG = b"\xff\xd8"
_FONT = (b"/Length1", b"/Type1C", b"/CIDFontType0C", b"/OpenType")


def is_harmless(data: bytes) -> bool:
    """Whether nothing in the file can take more than its share of time or memory."""
    if data.count(b" obj") > _MOST_OBJECTS or _STRANGE.search(data) or _HUGE.search(data) or not _is_plain(data):
        return False
    seen = _Seen()
    return all(_is_fine(seen, data, found) for found in _STREAM.finditer(data)) and seen.is_fine


@dataclass(slots=True)
class _Seen:
    """What the streams so far come to, in unpacked bytes and calls."""

    in_all: int = 0
    largest_form: int = 0
    calls: int = 0
    calls_in_forms: int = 0

    @property
    def is_fine(self) -> bool:
        """Whether forms are called within reason."""
        return self.calls_in_forms <= _MOST_CALLS and self.calls * self.largest_form <= _MOST_DRAWN


def _is_fine(seen: _Seen, data: bytes, found: re.Match[bytes]) -> bool:
    """Whether a stream is small once it is unpacked; whether it is packed is told by its own first bytes."""
    head = data[max(0, found.start() - _HEAD) : found.start()]
    head = head[head.rfind(b" obj") + 1 :]
    most = _LARGEST_FONT if any(mark in head for mark in _FONT) else _LARGEST
    start = found.end()
    if b"/DCTDecode" in head and data[start : start + 2] == _JPEG:
        return True
    content = _unpacked(data, start, most) if _is_packed(data, start) else _plain(data, start, most)
    return content is not None and _is_within(seen, head, content)


def _is_packed(data: bytes, start: int) -> bool:
    """Whether a packed stream begins here (RFC 1950: method and check of the first two bytes)."""
    head = data[start : start + 2]
    return len(head) == 2 and head[0] & 15 == _DEFLATE and int.from_bytes(head, "big") % 31 == 0


def _plain(data: bytes, start: int, most: int) -> bytes | None:
    """A stream that is not packed; None when it is too large."""
    end = data.find(b"endstream", start)
    end = end if end >= 0 else len(data)
    return data[start:end] if end - start <= most else None


def _unpacked(data: bytes, start: int, most: int) -> bytes | None:
    """The unpacked stream; None when it is too large. A damaged one ends where the damage is."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(memoryview(data)[start:], most + 1)
    except zlib.error:
        return b""
    return content if len(content) <= most else None


def _is_within(seen: _Seen, head: bytes, content: bytes) -> bool:
    calls = len(_CALL.findall(content))
    seen.in_all += len(content)
    seen.calls += calls
    if b"/Form" in head:
        seen.calls_in_forms += calls
        seen.largest_form = max(seen.largest_form, len(content))
    is_catalogue = b"/ObjStm" in head
    return seen.in_all <= _MOST_IN_ALL and (not is_catalogue or _is_plain(content))


def _is_plain(text: bytes) -> bool:
    """Whether no page is made of very many streams or of one again and again, and no telling name is disguised."""
    for found in _CONTENTS.finditer(text):
        parts = found[1].split(b"R")
        if len(parts) > _MOST_PARTS or len(set(parts)) < len(parts) - 1:
            return False
    return not any(_TELLING.search(_revealed(found[0])) for found in _DISGUISED.finditer(text))


def _revealed(name: bytes) -> bytes:
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), name)
