"""A form opened inside: read as strictly as if a stranger had written it, for a stranger may have.

The window only vouches for what it sealed as long as nobody has taken it over; so kinds, fields, sizes and files are
looked at again here.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rongji.accounts.secrets import Purpose, blind_index
from rongji.documents.stored_files import FileRefused, refuse_unfit
from rongji.intake.keys import opened
from rongji.intake.models import Intake
from rongji.intake.refusals import IntakeUnfit
from rongji.kernel.digest import file_digest
from rongji.public.cleaning import cleaned, cleaned_name
from rongji.public.sealing import label_of

_OWN = {"applicant": 64, "contact": 20, "id_number": 18, "title": 200}
_MOST_FIELDS, _MOST_FILES, _LONGEST = 200, 20, 20_000


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as it was named outside. trouble: why it cannot be taken over, empty when it can."""

    position: int
    paper: str
    name: str
    size: int
    trouble: str


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """What somebody wrote. answers: as typed, by field."""

    kind: str
    applicant: str
    contact: str
    id_number: str
    title: str
    answers: Mapping[str, str]
    files: tuple[OpenedFile, ...]

    @property
    def sender(self) -> str:
        """Keyed digest of name and telephone; empty when one of them is missing."""
        telephone = "".join(letter for letter in self.contact if letter.isdigit())
        return blind_index(f"{self.applicant}|{telephone}", Purpose.INTAKE) if self.applicant and telephone else ""


def open_form(row: Intake, *, look_at_files: bool = True) -> OpenedForm:
    """What a form says. look_at_files: open every file, too, and say which cannot be taken over.

    Raises: IntakeUnfit, IntakeKeyMissing, SealUnreadable, SecretUnreadable.
    """
    kept = row.parts.all() if look_at_files else row.parts.filter(position=0)
    parts = {part.position: bytes(part.sealed) for part in kept}
    if 0 not in parts:
        raise IntakeUnfit(number=row.number, why="内容已不在")
    content = _content(row.number, opened(parts[0], label_of(row.number, 0), row.number))
    own = _texts(row.number, content.get("own"))
    fixed = {name: own.get(name, "")[:most] for name, most in _OWN.items()}
    answers = _texts(row.number, content.get("answers"))
    files = tuple(_files(row.number, parts, content.get("papers"), look_at_files))
    return OpenedForm(kind=row.kind, answers=answers, files=files, **fixed)


def open_file(row: Intake, position: int) -> bytes:
    """One file of a form. Raises: as open_form."""
    part = row.parts.filter(position=position).first()
    if part is None or position == 0:
        raise IntakeUnfit(number=row.number, why="没有这个附件")
    return opened(bytes(part.sealed), label_of(row.number, position), row.number)


def _content(number: str, data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise IntakeUnfit(number=number, why="不是窗口写的格式") from None
    if not isinstance(content, dict) or content.get("format") != 1:
        raise IntakeUnfit(number=number, why="不是窗口写的格式")
    return content


def _texts(number: str, given: Any) -> dict[str, str]:
    fits = isinstance(given, dict) and len(given) <= _MOST_FIELDS
    if not fits or not all(isinstance(text, str) for text in given.values()):
        raise IntakeUnfit(number=number, why="填写的内容不合格式")
    return {str(name)[:48]: cleaned(text[:_LONGEST]) for name, text in given.items()}


def _files(number: str, parts: Mapping[int, bytes], given: Any, look: bool) -> Iterator[OpenedFile]:
    if not isinstance(given, list) or len(given) > _MOST_FILES:
        raise IntakeUnfit(number=number, why="附件清单不合格式")
    for place, entry in enumerate(given, start=1):
        if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in ("paper", "file")):
            raise IntakeUnfit(number=number, why="附件清单不合格式")
        name = cleaned_name(entry["file"]) or f"附件{place}"
        data = opened(parts[place], label_of(number, place), number) if place in parts else b""
        trouble = _trouble(name, data, str(entry.get("digest", ""))) if look else ""
        yield OpenedFile(place, entry["paper"][:48], name, len(data), trouble)


def _trouble(name: str, data: bytes, digest: str) -> str:
    if file_digest(data) != digest:
        return "与来件里登记的摘要不符"
    try:
        refuse_unfit(name, data)
    except FileRefused as refusal:
        return str(refusal.facts["why"])
    return ""
