"""One file of a batch: audited, its result (and, if asked, its page) written, a few words sent back."""

import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rongji.audit.json_form import entry_of
from rongji.audit.report import AuditedFile
from rongji.audit.results import Brief, brief_of, digest_of, finished, result_name, write_result, write_whole

BROKE = "核对时程序出错（{error}）。请把这个文件和这句话告诉维护人员，其他文件不受影响"
NO_FILE = "不是普通文件（目录、管道或设备）。请先存成文件再核对。"
TOO_LARGE = "内容太多，超出了核对一个文件可用的内存。请拆成几个文件再核对"


@dataclass(frozen=True, slots=True)
class Job:
    """One file to audit. name: as it is called in the answer; pages, parts: folders for whole pages, for sections."""

    path: str
    name: str
    folder: str
    program: str
    pages: str = ""
    parts: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is sent to a worker."""
        return asdict(self)


def done(job: Job) -> Brief:
    """Audit the file, or take over what an earlier run finished."""
    if Path(job.path).exists() and not Path(job.path).is_file():
        return refused(job, NO_FILE)
    try:
        digest = digest_of(Path(job.path))
    except OSError as error:
        why = "没有这个文件" if isinstance(error, FileNotFoundError) else f"文件打不开（{error.strerror}）"
        return refused(job, f"{why}。请检查路径和读取权限。")
    stem = result_name(job.name, digest)
    kept = finished(Path(job.folder) / f"{stem}.json", job.program)
    if kept is not None and all(path.exists() for path in _shown(job, stem)):
        return brief_of(kept, stem, digest, reused=True)
    return _put_down(job, _audited(job), digest)


def refused(job: Job, why: str) -> Brief:
    """What is put down of a file that could not even be opened, or that broke its worker."""
    return _put_down(job, AuditedFile(job.name, refusal=why), "")


def _put_down(job: Job, audited: AuditedFile, digest: str) -> Brief:
    """Write what is to be shown of a file, its result last: a result says that all of it is there."""
    stem = result_name(job.name, digest)
    for path in _shown(job, stem):
        write_whole(path, _markup(path, job, audited, digest))
    entry = entry_of(audited, job.name)
    write_result(Path(job.folder) / f"{stem}.json", entry, job.program)
    return brief_of(entry, stem, digest)


def _audited(job: Job) -> AuditedFile:
    """The audit; a bug in it costs this file only and shows its traceback."""
    from rongji.audit.run import audit_path

    try:
        return audit_path(Path(job.path))
    except MemoryError:
        return AuditedFile(job.name, refusal=TOO_LARGE)
    except Exception as error:  # noqa: BLE001 - one broken file must not take the others with it
        traceback.print_exc()
        said = f"{type(error).__name__}: {error}".strip(": ")
        return AuditedFile(job.name, refusal=BROKE.format(error=said[:200]))


def _shown(job: Job, stem: str) -> list[Path]:
    pages = [Path(job.pages) / f"{stem}.html"] if job.pages else []
    return pages + ([Path(job.parts) / f"{stem}.part"] if job.parts else [])


def _markup(path: Path, job: Job, audited: AuditedFile, digest: str) -> bytes:
    from rongji.audit.page import page
    from rongji.audit.section import section

    shown = section(audited, job.name, digest, Path(job.path))
    return (shown if path.suffix == ".part" else "".join(page([shown], title=job.name))).encode()
