"""A folder of results: one JSON file per audited file, named by its content, written whole or not at all.

A file counts as finished when its result was made from the same content by the same program; so a run that was
broken off is taken up again by giving the same command.
"""

import contextlib
import hashlib
import json
import os
import re
import tempfile
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import rongji
from rongji.audit.json_form import Entry
from rongji.documents.readers.limits import MAX_FILE_BYTES
from rongji.kernel.digest import file_digest

_ROOMS = ("kernel", "law", "documents", "audit", "checks")
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_NAME_LENGTH = 60
_DIGEST_LENGTH = 12
_ANCHOR_LENGTH = 8
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Brief:
    """What is kept in memory of one audited file. reused: it was finished by an earlier run."""

    name: str
    result: str
    digest: str
    kind: str
    error: str
    counts: dict[str, int]
    reused: bool = False

    @property
    def is_unreadable(self) -> bool:
        """Whether the file could not be read."""
        return bool(self.error)

    @property
    def contradicts(self) -> bool:
        """Whether something in it cannot be true."""
        return self.counts.get("contradiction", 0) > 0

    def as_json(self) -> dict[str, Any]:
        """As a worker sends it."""
        return asdict(self)


@cache
def program() -> str:
    """Version and digest of everything a result depends on: another program gives other results."""
    source = Path(rongji.__file__).parent
    summed = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((source / room).rglob("*.py")):
            summed.update(path.read_bytes())
    for path in sorted(_recognition().glob("*.yaml")):
        summed.update(path.read_bytes())
    return f"{rongji.__version__}+{summed.hexdigest()[:_DIGEST_LENGTH]}"


def _recognition() -> Path:
    from rongji.law.locate import find_legal

    return find_legal() / "recognition"


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read piece by piece; of one that is too large to be read at all, of its size."""
    summed = hashlib.sha256()
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        return hashlib.sha256(str(size).encode()).hexdigest()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            summed.update(piece)
    return summed.hexdigest()


def result_name(name: str, digest: str) -> str:
    """File name of a result without ending: the document's own name and the beginning of its digest.

    The way to the file takes part in the digest, so that two copies of one file have a result each.
    """
    stem = _UNSAFE.sub("_", Path(name).name)[:_NAME_LENGTH].strip(" .") or "file"
    told = file_digest(f"{digest} {name}".encode())
    return f"{stem}-{told[:_DIGEST_LENGTH]}"


def anchor_of(name: str, digest: str) -> str:
    """The name of a file inside a page: the same in its own page and beside others."""
    return "f" + file_digest(f"{digest} {name}".encode())[:_ANCHOR_LENGTH]


def finished(path: Path, made_by: str) -> Entry | None:
    """The entry of a result that is there, whole, and made by this program."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(told, dict) or told.get("program") != made_by or len(told.get("files", ())) != 1:
        return None
    entry: Entry = told["files"][0]
    return entry


def write_result(path: Path, entry: Entry, made_by: str) -> None:
    """Write the result of one file in one step."""
    content = json.dumps({"program": made_by, "files": [entry]}, ensure_ascii=False, indent=1)
    write_whole(path, content.encode())


def write_whole(path: Path, content: bytes) -> None:
    """A file that appears whole or not at all."""
    handle, made = tempfile.mkstemp(prefix=_unfinished(os.getpid()), dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(made).chmod(0o644)  # mkstemp makes files for the owner alone
        Path(made).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(made).unlink()
        raise


def sweep(folder: Path, process: int) -> None:
    """Take away what a process that was stopped had begun to write there."""
    for path in folder.glob(f"{_unfinished(process)}*"):
        path.unlink(missing_ok=True)


def _unfinished(process: int) -> str:
    return f".unfinished-{process}-"


def brief_of(entry: Entry, result: str, digest: str, *, reused: bool = False) -> Brief:
    """The little that the summary needs of an entry."""
    kind, error, counts = entry["kind"] or "", entry["error"] or "", dict(entry["summary"])
    return Brief(entry["file"], result, digest, kind, error, counts, reused)
