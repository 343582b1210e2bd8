"""Uploaded workbooks between their preview and their confirmation: on disk, known to the session that brought them."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from rongji.kernel.digest import file_digest
from rongji.kernel.refusal import Refusal

MEGABYTE = 1024 * 1024
MAX_MEGABYTES = 20
ACCEPTED = {
    ".xlsx": "Excel 工作簿",
    ".xls": "旧版 Excel 工作簿",
    ".ods": "ODS 表格",
    ".yaml": "年度数据文件",
    ".yml": "年度数据文件",
}
SESSION_KEY = "uploads"
_KEPT_SECONDS = 24 * 3600
_KEPT_PER_SESSION = 3


class NoFileChosen(Refusal):
    """A form sent without its file."""

    code = "no-file-chosen"
    sentence = "还没有选择文件，请先选择要导入的工作簿（.xlsx）。"


class FileKindRefused(Refusal):
    """A file that is no workbook."""

    code = "file-kind-refused"
    sentence = "“{file}”不是可以导入的文件，请使用从本页下载的模板（.xlsx）填写后上传。"


class FileTooLarge(Refusal):
    """A file above the limit."""

    code = "file-too-large"
    sentence = "“{file}”有 {size} MB，超过 {limit} MB；请删去工作簿里的图片和多余的表，佐证材料请单独上传。"


class UploadGone(Refusal):
    """A confirmation for a file that is no longer there."""

    code = "upload-gone"
    sentence = "这次上传的文件已经过期或已经导入，请重新选择文件。"
    status = 410


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded workbook. version: data version of the year that its preview was compared with."""

    id: str
    name: str
    path: Path
    version: int | None = None

    @property
    def data(self) -> bytes:
        """Its content.

        Raises: UploadGone when somebody who brought the same file has confirmed it meanwhile.
        """
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise UploadGone from None


def keep(
    request: Any, file: Any, *, accepted: Collection[str] = ACCEPTED, unfit: type[Refusal] = FileKindRefused
) -> Upload:
    """Store an uploaded file until it is confirmed. accepted: endings of names; unfit: what is said of any other.

    Raises: NoFileChosen, FileTooLarge, and the refusal given.
    """
    if file is None:
        raise NoFileChosen
    name = Path(file.name).name
    if Path(name).suffix.lower() not in accepted:
        raise unfit(file=name)
    if file.size > MAX_MEGABYTES * MEGABYTE:
        raise FileTooLarge(file=name, size=-(-file.size // MEGABYTE), limit=MAX_MEGABYTES)
    data = file.read()
    identity = file_digest(data)
    folder = _folder()
    _sweep(folder)
    (folder / identity).write_bytes(data)
    known = dict(list(request.session.get(SESSION_KEY, {}).items())[1 - _KEPT_PER_SESSION :])
    request.session[SESSION_KEY] = {**known, identity: {"name": name, "version": None}}
    return Upload(identity, name, folder / identity)


def note_version(request: Any, upload: Upload, version: int) -> None:
    """Remember what the preview was compared with, so that the confirmation means the same."""
    request.session[SESSION_KEY] = {
        **request.session[SESSION_KEY],
        upload.id: {"name": upload.name, "version": version},
    }


def find(request: Any, identity: str) -> Upload:
    """An upload of this session.

    Raises: UploadGone.
    """
    known = request.session.get(SESSION_KEY, {}).get(identity)
    path = _folder() / identity
    if known is None or not path.is_file():
        raise UploadGone
    return Upload(identity, known["name"], path, known["version"])


def forget(request: Any, upload: Upload) -> None:
    """The upload has done its work."""
    rest = {key: value for key, value in request.session.get(SESSION_KEY, {}).items() if key != upload.id}
    request.session[SESSION_KEY] = rest
    upload.path.unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = settings.RONGJI.home / "uploads"
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return folder


def _sweep(folder: Path) -> None:
    """Uploads that nobody confirmed within a day are removed."""
    from rongji.kernel import clock

    limit = clock.now().timestamp() - _KEPT_SECONDS
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # swept by another request at the same moment
            if path.stat().st_mtime < limit:
                path.unlink()
