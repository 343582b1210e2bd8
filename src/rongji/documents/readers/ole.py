"""Compound files of old Office programs: which streams they hold, and one stream's bytes ([MS-CFB])."""

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_FREE = 0xFFFFFFFC  # sector numbers from here on are marks: end of chain, free, table
_STREAM, _ROOT = 2, 5
_MOST_ENTRIES = 4096
_MOST_BYTES = 100 * 1024 * 1024


class DamagedContainer(ValueError):
    """The file does not keep to the format."""


class Container:
    """A compound file in memory. Raises DamagedContainer while it is read."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise DamagedContainer("no compound file")
        self.data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise DamagedContainer("unknown sector size")
        self.size = 1 << shift
        self.first_directory, _, self.cutoff, self.first_small = struct.unpack_from("<IIII", data, 48)
        self.table = self._table()
        self.entries = self._entries()

    def names(self) -> tuple[str, ...]:
        """The names of all streams and storages."""
        return tuple(self.entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream."""
        if name not in self.entries:
            raise DamagedContainer(f"no stream {name}")
        start, length = self.entries[name]
        if length > min(len(self.data), _MOST_BYTES):
            raise DamagedContainer("a stream longer than the file")
        if length >= self.cutoff:
            return b"".join(self._sectors(start))[:length]
        return self._small(start)[:length]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self.size
        if at >= len(self.data):
            raise DamagedContainer("a sector beyond the end")
        return self.data[at : at + self.size]

    def _table(self) -> list[int]:
        """For each sector the one that follows it."""
        numbers = list(struct.unpack_from("<109I", self.data, 76))
        following, count = struct.unpack_from("<II", self.data, 68)
        for _ in range(min(count, len(self.data) // self.size)):
            if following >= _FREE:
                break
            more = struct.unpack(f"<{self.size // 4}I", self._sector(following).ljust(self.size, b"\xff"))
            numbers += more[:-1]
            following = more[-1]
        table: list[int] = []
        for number in numbers:
            if number < _FREE and len(table) * self.size <= len(self.data):
                table += struct.unpack(f"<{self.size // 4}I", self._sector(number).ljust(self.size, b"\xff"))
        return table

    def _sectors(self, start: int) -> Iterator[bytes]:
        number, seen = start, 0
        while number < _FREE:
            yield self._sector(number)
            seen += 1
            if number >= len(self.table) or seen > len(self.table):
                raise DamagedContainer("a chain of sectors without an end")
            number = self.table[number]

    def _small(self, start: int) -> bytes:
        """The chain of small sectors, which live in the root's own stream."""
        root_start, _ = self.entries.get("Root Entry", (_FREE, 0))
        home = b"".join(self._sectors(root_start))
        raw = b"".join(self._sectors(self.first_small))
        table = struct.unpack(f"<{len(raw) // 4}I", raw)
        made, number = [], start
        while number < _FREE:
            made.append(home[number * 64 : number * 64 + 64])
            if number >= len(table) or len(made) > len(table):
                raise DamagedContainer("a chain of sectors without an end")
            number = table[number]
        return b"".join(made)

    def _entries(self) -> dict[str, tuple[int, int]]:
        raw = b"".join(self._sectors(self.first_directory))
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, min(len(raw), _MOST_ENTRIES * _ENTRY), _ENTRY):
            entry = raw[at : at + _ENTRY]
            if len(entry) < _ENTRY or entry[66] == 0:
                continue
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            found.setdefault("Root Entry" if entry[66] == _ROOT else name, (start, size))
        return found
