"""What `rongji audit` does: gathers the files, has them audited, tells the results as they come in."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

from rongji.audit.batch import audit_batch, in_order
from rongji.audit.job import Job
from rongji.audit.report import ORDER
from rongji.audit.results import Brief, program, write_whole
from rongji.cli.finding_lines import by_verdict, counted, of_claim
from rongji.cli.gathering import Named, gather
from rongji.cli.progress import Progress
from rongji.cli.text_table import text_table
from rongji.kernel.finding import VERDICT_LABELS, Verdict
from rongji.kernel.refusal import Refusal

_CONTRADICTS, _UNREADABLE = 1, 2
_PAGES = (".html", ".htm")
_WIDEST_NAME = 100
Entry = dict[str, Any]


class NotAPage(Refusal):
    """An output that is neither a page nor a folder."""

    code = "not-a-page"
    sentence = "--html 应写 .html 文件名（全部写在一个网页里）或目录（每个文件一个网页），“{path}”两样都不是。"
    exit_code = 3


class NotADocx(Refusal):
    """An opinion that should be written in a format that it has not."""

    code = "not-a-docx"
    sentence = "审核意见写成 .docx，请把“{path}”改成以 .docx 结尾的文件名。"
    exit_code = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of the command."""

    as_json: bool = False
    html: Path | None = None
    opinion: Path | None = None
    decisions: Path | None = None
    out: Path | None = None
    jobs: int = 0
    timeout: int = 120
    show_all: bool = False
    brief: bool = False

    @property
    def is_one_page(self) -> bool:
        """Whether all files go into one page."""
        return self.html is not None and self.html.suffix.lower() in _PAGES


def run(given: Sequence[str], wanted: Wanted) -> int:
    """Audit what was named; the exit status.

    Raises: NothingToAudit, NotAPage, NotADocx, and what the machine refuses (no room, no rights).
    """
    _check_outputs(wanted)
    named = gather(given)
    with ExitStack() as stack:
        spool = Path(stack.enter_context(TemporaryDirectory(prefix="rongji-audit-")))
        folder = _made(wanted.out) if wanted.out else spool
        jobs = [_job(item, folder, spool, wanted) for item in named]
        teller = _Teller(wanted, folder, len(jobs))
        found = stack.enter_context(closing(audit_batch(jobs, wanted.jobs or os.cpu_count() or 1, wanted.timeout)))
        briefs = list(teller.tell(found))
        _write_outputs(wanted, briefs, folder, spool)
    return _UNREADABLE if any(b.is_unreadable for b in briefs) else int(any(b.contradicts for b in briefs))


def _check_outputs(wanted: Wanted) -> None:
    """Say no before the work, not after it."""
    if wanted.opinion and wanted.opinion.suffix.lower() != ".docx":
        raise NotADocx(path=wanted.opinion)
    if wanted.html and not wanted.is_one_page and wanted.html.suffix and not wanted.html.is_dir():
        raise NotAPage(path=wanted.html)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _job(item: Named, folder: Path, spool: Path, wanted: Wanted) -> Job:
    pages = str(_made(wanted.html)) if wanted.html and not wanted.is_one_page else ""
    parts = str(spool) if wanted.is_one_page else ""
    return Job(str(item.path), item.name, str(folder), program(), pages, parts)


def _write_outputs(wanted: Wanted, briefs: Sequence[Brief], folder: Path, spool: Path) -> None:
    if wanted.html:
        from rongji.audit.page import index_page, page

        if wanted.is_one_page:
            sections = ((spool / f"{brief.result}.part").read_text(encoding="utf-8") for brief in briefs)
            title = briefs[0].name if len(briefs) == 1 else ""
            _write_pieces(wanted.html, page(sections, title=title, briefs=briefs))
            typer.echo(f"网页：{wanted.html}", err=True)
        else:
            write_whole(wanted.html / "index.html", index_page(briefs).encode())
            typer.echo(f"网页：{wanted.html / 'index.html'}", err=True)
    if wanted.opinion:
        from rongji.cli.opinions import write_opinion

        entries = ((_entry(folder, brief), brief.digest) for brief in briefs)
        write_opinion(wanted.opinion, entries, wanted.decisions)


def _write_pieces(path: Path, pieces: Iterator[str]) -> None:
    """A page of many files, written piece by piece beside its place and put there whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _entry(folder: Path, brief: Brief) -> Entry:
    told: Entry = json.loads((folder / f"{brief.result}.json").read_text(encoding="utf-8"))["files"][0]
    return told


class _Teller:
    """Prints each file in its turn; what one file said is forgotten before the next."""

    def __init__(self, wanted: Wanted, folder: Path, total: int) -> None:
        self.wanted = wanted
        self.folder = folder
        self.total = total
        self.progress = Progress(total)

    def tell(self, found: Iterator[tuple[int, Brief]]) -> Iterator[Brief]:
        """Every file's outcome, in the order of the command line, printed on the way."""
        briefs: list[Brief] = []
        try:
            for number, brief in enumerate(in_order(self.progress.watched(found)), 1):
                briefs.append(brief)
                self._file(number, brief)
                yield brief
        except KeyboardInterrupt:
            self.progress.clear()
            if self.wanted.out:
                typer.echo(
                    f"结果目录里已有 {self.progress.done} 个文件的结果，再运行一次同样的命令即可接着做。", err=True
                )
            raise
        self._end(briefs)

    def _file(self, number: int, brief: Brief) -> None:
        if self.wanted.as_json:
            entry = json.dumps(_entry(self.folder, brief), ensure_ascii=False, indent=1)
            self._print(('{"files": [\n' if number == 1 else ",\n") + entry, end=False)
        elif not self.wanted.brief or self.total == 1:
            self._print("\n".join(file_lines(_entry(self.folder, brief), show_all=self.wanted.show_all)))

    def _end(self, briefs: Sequence[Brief]) -> None:
        if self.wanted.as_json:
            self._print("\n]}")
        elif self.total > 1:
            self._print(summary(briefs, reasons=self.wanted.brief))

    def _print(self, text: str, *, end: bool = True) -> None:
        self.progress.clear()
        sys.stdout.write(text + ("\n" if end else ""))
        sys.stdout.flush()


def file_lines(entry: Entry, *, show_all: bool = False) -> Iterator[str]:
    """One file in lines of text, gravest verdict first."""
    facts = [entry["kind"], f"{entry['year']} 年度" if entry["year"] else "", entry["organisation"]]
    told = "，".join(fact for fact in facts if fact)
    yield f"{entry['file']}" + (f"（{told}）" if told else "")
    if entry["error"]:
        yield f"  {entry['error']}"
        yield ""
        return
    yield counted((verdict, entry["summary"][verdict.value]) for verdict in ORDER)
    yield from (f"  说明：{note}" for note in entry["notes"])
    wanted = [verdict for verdict in ORDER if show_all or verdict is not Verdict.HOLDS]
    yield from by_verdict([of_claim(claim) for claim in entry["claims"]], wanted)
    yield ""
    yield _closing(entry)
    yield ""


def _closing(entry: Entry) -> str:
    counts = entry["summary"]
    if counts["contradiction"]:
        return f"核对 {counts['claims']} 项关系，有 {counts['contradiction']} 处不可能同时为真。"
    if not counts["claims"]:
        return "没有读到可以互相核对的数字。"
    asked = f"，{counts['question']} 处请人核" if counts["question"] else ""
    return f"核对 {counts['claims']} 项关系，没有矛盾{asked}。"


def summary(briefs: Sequence[Brief], *, reasons: bool = False) -> str:
    """All files in one table, and what it comes to. reasons: why files could not be read, if not told before."""
    headings = (*(VERDICT_LABELS[verdict] for verdict in ORDER), "类型", "文件")
    rows = [_summary_row(brief) for brief in briefs]
    bad, unread = sum(b.contradicts for b in briefs), sum(b.is_unreadable for b in briefs)
    reused = sum(brief.reused for brief in briefs)
    told = f"共 {len(briefs)} 个文件：{bad} 个有矛盾，{len(briefs) - bad - unread} 个没有矛盾，{unread} 个读不了。"
    more = f"其中 {reused} 个沿用上次的结果。" if reused else ""
    if reasons:
        more += "".join(f"\n  {brief.name}：{brief.error}" for brief in briefs if brief.error)
    return f"{text_table(headings, rows, last=_WIDEST_NAME)}\n\n{told}{more}"


def _summary_row(brief: Brief) -> tuple[str, ...]:
    if brief.is_unreadable:
        return ("", "", "", "", "读不了", brief.name)
    return (*(str(brief.counts[verdict] or "") for verdict in ORDER), brief.kind, brief.name)
