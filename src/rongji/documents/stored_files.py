"""Files kept on disk (evidence, scans): each lies once, under the digest of its content, in the data directory."""

import os
import tempfile
from pathlib import Path

from rongji.kernel.digest import file_digest
from rongji.kernel.refusal import Refusal

MAX_BYTES = 20 * 1024 * 1024
# Suffix → what the file must start with; the suffix alone proves nothing.
_ZIP, _OLE = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0",)
ACCEPTED: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".ofd": _ZIP,
    ".doc": _OLE,
    ".xls": _OLE,
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".txt": (),
    ".csv": (),
}


class FileRefused(Refusal):
    """A file that is not accepted, or no longer what was kept."""

    code = "file-refused"
    sentence = "文件“{file}”不能接收：{why}。"


def store_file(folder: Path, name: str, data: bytes) -> str:
    """Keep the content and return its digest; the same content is kept once.

    Raises: FileRefused for an empty, too large or unaccepted file.
    """
    refuse_unfit(name, data)
    digest = file_digest(data)
    place = path_of(folder, digest)
    if place.is_file():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    Path(temporary).replace(place)
    return digest


def path_of(folder: Path, digest: str) -> Path:
    """Where the file of that digest lies."""
    return folder / digest[:2] / digest


def read_file(folder: Path, digest: str, name: str) -> bytes:
    """The content, its digest checked again.

    Raises: FileRefused when it is gone or altered.
    """
    try:
        data = path_of(folder, digest).read_bytes()
    except OSError:
        raise FileRefused(file=name, why="文件已不在数据目录中，请从备份恢复") from None
    if file_digest(data) != digest:
        raise FileRefused(file=name, why="文件内容与登记的摘要不符，可能被改动过，请从备份恢复")
    return data


def refuse_unfit(name: str, data: bytes) -> None:
    """Raises: FileRefused for an empty or too large file, or one that is not what its name says."""
    suffix = Path(name).suffix.lower()
    if suffix not in ACCEPTED:
        kinds = "、".join(item.removeprefix(".") for item in ACCEPTED)
        raise FileRefused(file=name, why=f"只接收 {kinds} 文件，请转换格式后再上传")
    if not data:
        raise FileRefused(file=name, why="文件是空的，请重新选择")
    if len(data) > MAX_BYTES:
        raise FileRefused(file=name, why=f"超过 {MAX_BYTES // 1024 // 1024} 兆，请压缩或拆分后再上传")
    heads = ACCEPTED[suffix]
    if (heads and not data.startswith(heads)) or (not heads and b"\x00" in data):
        raise FileRefused(file=name, why=f"内容不是 {suffix.removeprefix('.')} 文件，请核对")
