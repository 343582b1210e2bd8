"""Which files a command line means: files, folders with everything readable in them, patterns the shell left alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path

from rongji.kernel.refusal import Refusal

ENDINGS = frozenset({".txt", ".docx", ".xlsx", ".xlsm", ".xls", ".ods", ".pdf", ".html", ".htm", ".md", ".csv"})


class NothingToAudit(Refusal):
    """Nothing readable was named."""

    code = "nothing-to-audit"
    sentence = "“{given}”里没有可以核对的文件（txt、docx、xlsx、xls、pdf、html）。请检查路径。"
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A file as it was named, readable as text whatever bytes its name has."""

    path: Path
    name: str


def gather(given: Sequence[str]) -> list[Named]:
    """Every file once, in the order named; a folder's files sorted. A name that leads nowhere is kept and told later.

    Raises: NothingToAudit for a folder or pattern without any.
    """
    found: dict[Path, Named] = {}
    for text in given:
        for path in _meant(text):
            found.setdefault(path.resolve(), Named(path, _readable(str(path))))
    return list(found.values())


def _meant(text: str) -> Iterator[Path]:
    path = Path(text)
    if path.is_dir():
        inside = sorted(item for item in path.rglob("*") if _is_document(item, path))
    elif not path.exists() and has_magic(text):
        root = Path(path.anchor or ".")
        found = root.glob(str(path.relative_to(path.anchor)))
        inside = sorted(item for item in found if item.is_file() and not _is_hidden(item.name))
    else:
        yield path
        return
    if not inside:
        raise NothingToAudit(given=_readable(text))
    yield from inside


def _is_document(path: Path, root: Path) -> bool:
    """Whether a file in a folder is meant: by its ending, not hidden, no lock file of an office program."""
    hidden = any(_is_hidden(part) for part in path.relative_to(root).parts)
    return path.suffix.lower() in ENDINGS and not hidden and path.is_file()


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _readable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
