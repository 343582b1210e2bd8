"""Writes the opinion on audited files: what a reviewer accepted on the page, or all that the program found."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer

from rongji.audit.opinion import Reviewed, as_the_program_found, opinion
from rongji.documents.writers import write
from rongji.kernel.clock import today
from rongji.kernel.refusal import Refusal

Entry = dict[str, Any]


class DecisionsUnreadable(Refusal):
    """A file of decisions that is none."""

    code = "decisions-unreadable"
    sentence = "“{file}”不是网页上下载的审核取舍（JSON）。请在核对网页上点“下载审核取舍”后再用。"
    exit_code = 3


class DecisionsOfOthers(Refusal):
    """Decisions on other files, or on an earlier content of these."""

    code = "decisions-of-others"
    sentence = "“{file}”里没有对这些文件的取舍；文件改过之后要重新核对、重新取舍。"
    exit_code = 3


def write_opinion(path: Path, entries: Iterable[tuple[Entry, str]], decisions: Path | None) -> None:
    """Write the docx. entries: each file's result with the digest of its content.

    Raises: DecisionsUnreadable, DecisionsOfOthers, CannotWrite.
    """
    accepted = _accepted(decisions) if decisions else None
    files = [
        as_the_program_found(entry) if accepted is None else Reviewed(entry, accepted.get((entry["file"], digest), {}))
        for entry, digest in entries
    ]
    if accepted and not any(item.accepted for item in files):
        raise DecisionsOfOthers(file=decisions)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(opinion(files, on=today(), is_draft=accepted is None), path)
    typer.echo(f"审核意见：{path}", err=True)


def _accepted(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """What was accepted: by file and content, id of the claim and note."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    try:
        for item in json.loads(path.read_text(encoding="utf-8"))["decisions"]:
            notes = found.setdefault((str(item["file"]), str(item["digest"])), {})
            if item["accepted"] is True:
                notes[str(item["claim"])] = str(item["note"])
    except (ValueError, KeyError, TypeError):
        raise DecisionsUnreadable(file=path.name) from None
    return found
