"""Reading a form that somebody sent: every answer, every file, every complaint at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from rongji.documents.stored_files import FileRefused, refuse_unfit
from rongji.kernel.digest import canonical_json, file_digest
from rongji.law.asked import Asked, AskedKind
from rongji.public.cleaning import cleaned, cleaned_name
from rongji.public.declared import FIELD, DeclaredForm
from rongji.public.refusals import AttachmentRefused
from rongji.rules.answers import AnswerMissing, read_answers

ATTACHED = (".jpg", ".jpeg", ".png", ".pdf", ".ofd", ".docx")
MEGABYTE = 1024 * 1024
CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file, in clear only in memory. paper: for which document asked for."""

    paper: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one place of the form. field: its name, empty for the whole."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that could be read whole. answers: as typed, by field."""

    form: DeclaredForm
    own: Mapping[str, str]
    answers: Mapping[str, str]
    files: tuple[Attachment, ...]

    @property
    def size(self) -> int:
        """Bytes of everything in it."""
        return len(self.content().encode()) + sum(len(item.data) for item in self.files)

    def content(self) -> str:
        """What is sealed beside the files: one canonical JSON."""
        papers = [
            {"position": place, "paper": item.paper, "file": item.name, "digest": file_digest(item.data)}
            for place, item in enumerate(self.files, start=1)
        ]
        own, form = dict(self.own), self.form
        return canonical_json(
            {
                "format": 1, "kind": form.kind, "version": form.version, "own": own,
                "answers": dict(self.answers), "papers": papers,
            }
        )  # fmt: skip


def read_form(form: DeclaredForm, given: Mapping[str, Any], files: Any) -> tuple[ReadForm | None, list[Complaint]]:
    """The form, or everything that is wrong with it. given: text by name; files: uploads by name (a MultiValueDict)."""
    asked = (*form.standing, *form.fields)
    typed = {item.id: typed_text(item, given) for item in asked}
    values, refused = read_answers(asked, typed)
    complaints = [Complaint(str(item.facts["name"]), str(item)) for item in refused]
    attached, unfit = _attached(form, files)
    complaints += unfit
    if not given.get(CONSENT):
        complaints.append(Complaint(CONSENT, "请先阅读个人信息处理说明，同意后再提交。"))
    if complaints:
        return None, complaints
    own = {item.id: str(_told(item, typed, values)) for item in form.standing if typed[item.id]}
    answers = {item.id.removeprefix(FIELD): typed[item.id] for item in form.fields if typed[item.id]}
    return ReadForm(form, own, answers, tuple(attached)), []


def typed_text(asked: Asked, given: Mapping[str, Any]) -> str:
    """What was typed into one field, cleaned; far more than is kept is cut, so that the complaint stays short."""
    return cleaned(str(given.get(asked.id, ""))[: asked.longest * 4 + 1000])


def _told(asked: Asked, typed: Mapping[str, str], values: Mapping[str, Any]) -> Any:
    """What is sealed of a field: words as they were typed, a number in its plain digits."""
    return values[asked.id] if asked.kind is AskedKind.SECRET else typed[asked.id]


def _attached(form: DeclaredForm, files: Any) -> tuple[list[Attachment], list[Complaint]]:
    options = settings.RONGJI_PUBLIC
    found: list[Attachment] = []
    complaints: list[Complaint] = []
    for paper in form.papers:
        given = files.getlist(paper.name)
        if paper.is_needed and not given:
            complaints.append(Complaint(paper.name, str(AnswerMissing(name=paper.name, label=paper.label))))
        for upload in given[: options.files_per_form + 1]:
            try:
                found.append(_attachment(paper.id, upload, options.file_megabytes))
            except AttachmentRefused as refusal:
                complaints.append(Complaint(paper.name, str(refusal)))
    if len(found) > options.files_per_form:
        complaints.append(Complaint("", f"附件最多 {options.files_per_form} 个，请合并或减少后再提交。"))
    if sum(len(item.data) for item in found) > options.form_megabytes * MEGABYTE:
        complaints.append(Complaint("", f"附件合计不能超过 {options.form_megabytes} MB，请压缩照片后再提交。"))
    return found, complaints


def _attachment(paper: str, upload: Any, most_megabytes: int) -> Attachment:
    name = cleaned_name(upload.name or "") or "附件"
    if not name.lower().endswith(ATTACHED):
        raise AttachmentRefused(file=name, why="只接收照片（jpg、png）和 pdf、ofd、docx 文件")
    if upload.size > most_megabytes * MEGABYTE:
        raise AttachmentRefused(file=name, why=f"超过 {most_megabytes} MB，请压缩照片后再选")
    data = upload.read()
    try:
        refuse_unfit(name, data)
    except FileRefused as refusal:
        raise AttachmentRefused(file=name, why=refusal.facts["why"]) from None
    return Attachment(paper, name, data)
