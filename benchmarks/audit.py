"""The audit, measured: a short report, a 25-page PDF, documents up to 2 000 pages, a thousand files; and beside a peer.

Usage: ./run bench audit [CHECKOUT]

CHECKOUT: a local checkout of GovBudgetChecker (a public rule checker for 决算 PDFs). Both then read the same made PDFs,
true ones and ones with one figure changed, in this same run: what each accuses, what is true of it, how long it takes.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from corpus.final_accounts import final_accounts  # noqa: E402
from corpus.flat import as_text  # noqa: E402
from corpus.made import Made, moved  # noqa: E402
from corpus.shapes import shapes  # noqa: E402

from rongji.audit.run import audit_path  # noqa: E402
from rongji.documents.readers import read_document  # noqa: E402
from rongji.documents.writers import render  # noqa: E402
from rongji.kernel.finding import Verdict  # noqa: E402

ROUNDS = 7
CHARACTERS_PER_PAGE = 700
STYLE_OF_PDF, ITEMS_OF_PDF = "standard", 8


def main(checkout: Path | None) -> None:
    """Every measurement, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        short_report()
        help_text()
        pdf = final_accounts_pdf(folder)
        growing_documents(folder)
        many_files(folder)
        if checkout:
            beside(checkout, folder, pdf)


def short_report() -> None:
    """A self-evaluation of 12 KB, after the program has started."""
    for path in sorted((ROOT / "tests/spec/audit/published").glob("*.txt")):
        audit_path(path)
        print(f"{path.stem}: {path.stat().st_size / 1024:.0f} KB, {median(lambda p=path: audit_path(p)) * 1000:.1f} ms")


def help_text() -> None:
    """`rongji audit --help`, as a whole process."""
    command = [str(Path(sys.executable).parent / "rongji"), "audit", "--help"]
    print(f"rongji audit --help: {median(lambda: subprocess.run(command, check=True, capture_output=True)):.2f} s")


def final_accounts_pdf(folder: Path) -> Path:
    """Nine tables and their text on some 25 pages."""
    path = folder / "决算公开.pdf"
    path.write_bytes(render(final_accounts(1, STYLE_OF_PDF, length=ITEMS_OF_PDF).document, "pdf"))
    read = median(lambda: read_document(path), 3)
    whole = median(lambda: audit_path(path), 3)
    print(f"final accounts, {pages(path)} pages of PDF: read {read:.2f} s, audited {whole:.2f} s")
    return path


def pages(path: Path) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def growing_documents(folder: Path) -> None:
    """Time for each page must not grow with the number of pages."""
    piece = b"\n".join(as_text(one.document) for one in shapes(3))
    for count in (20, 200, 2000):
        wanted = count * CHARACTERS_PER_PAGE * 3
        path = folder / f"{count}.txt"
        path.write_bytes((piece * (wanted // len(piece) + 1))[:wanted].decode("utf-8", "ignore").encode())
        seconds = median(lambda p=path: audit_path(p), 1)
        print(f"text of {count} pages: {seconds:.2f} s, {seconds / count * 1000:.1f} ms a page")


def many_files(folder: Path) -> None:
    """A thousand reports with one process and with two."""
    source = folder / "many"
    source.mkdir()
    for number, one in enumerate(shapes(50)):
        if number < 1000:
            (source / f"{number:04}.txt").write_bytes(as_text(one.document))
    for jobs in (1, 2):
        command = [str(Path(sys.executable).parent / "rongji"), "audit", str(source), "--brief", "--jobs", str(jobs)]
        started = time.perf_counter()
        answer = subprocess.run([sys.executable, "-c", _PEAK, *command], check=True, capture_output=True, text=True)
        seconds, peak = time.perf_counter() - started, int(answer.stdout) // 1024
        print(f"{len(list(source.iterdir()))} reports, {jobs} processes: {seconds:.1f} s, largest process {peak} MB")


_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def median(run: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Median seconds over the rounds."""
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


@dataclass
class Tally:
    """What one checker said of the documents."""

    false: int = 0
    caught: int = 0
    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """A made PDF; changed: the number as it now stands, empty for the true document."""

    path: Path
    changed: str = ""


def beside(checkout: Path, folder: Path, true: Path) -> None:
    """Both checkers on the same files: the true document, and copies with one figure changed."""
    cases = [Case(true), *changed_documents(final_accounts(1, STYLE_OF_PDF, length=ITEMS_OF_PDF), folder, 12)]
    mine, theirs = Tally(), Tally()
    for case in cases:
        judge(case, ours(case.path, mine), mine)
        judge(case, peer(checkout, case.path, theirs), theirs)
    for name, tally in (("rongji", mine), ("GovBudgetChecker", theirs)):
        print(
            f"{name}: {tally.caught} of {len(cases) - 1} changed figures named, {tally.false} accusations that name "
            f"no changed figure, {statistics.median(tally.seconds):.2f} s a document"
        )
    print(f"time, ours : theirs = 1 : {statistics.median(theirs.seconds) / statistics.median(mine.seconds):.1f}")


def changed_documents(made: Made, folder: Path, count: int) -> Iterator[Case]:
    """The document with one related figure changed, `count` times."""
    dice = random.Random(3)
    related = sorted({slot for relation in made.relations for slot in relation.slots})
    for number, slot in enumerate(dice.sample(related, count)):
        text = moved(made.texts()[slot], dice)
        path = folder / f"changed-{number}.pdf"
        path.write_bytes(render(made.with_text(slot, text), "pdf"))
        yield Case(path, text)


def judge(case: Case, accusations: list[str], tally: Tally) -> None:
    """An accusation that carries the changed number is right; any other is false."""
    bare = case.changed.replace(",", "").rstrip("%")
    right = [text for text in accusations if bare and bare in text.replace(",", "")]
    tally.caught += bool(right)
    tally.false += len(accusations) - len(right)


def ours(path: Path, tally: Tally) -> list[str]:
    """The contradictions that we print, each with its figures."""
    started = time.perf_counter()
    file = audit_path(path)
    tally.seconds.append(time.perf_counter() - started)
    found = [item.finding for item in file.claims if item.finding.verdict is Verdict.CONTRADICTION]
    return [item.explanation + " ".join(_digits(figure.quantity) for figure in item.figures) for item in found]


def _digits(quantity: Any) -> str:
    return f"{Decimal(quantity.value):f}" if quantity else ""


_PEER = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
import pdfplumber
from src.engine.pipeline import build_document, run_rules
started = time.perf_counter()
texts, tables = [], []
with pdfplumber.open(sys.argv[2]) as pdf:
    for page in pdf.pages:
        texts.append(page.extract_text() or "")
        tables.append(page.extract_tables() or [])
issues = run_rules(build_document(sys.argv[2], texts, tables, 0), report_kind="final")
seconds = time.perf_counter() - started
graver = [i for i in issues if i.severity not in ("hint", "info")]
print(json.dumps({"seconds": seconds, "said": [f"{i.message} {i.evidence_text or ''}" for i in graver]}))
"""


def peer(checkout: Path, path: Path, tally: Tally) -> list[str]:
    """The issues above a hint that the peer prints; its own start is not counted."""
    command = [sys.executable, "-c", _PEER, str(checkout), str(path)]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    tally.seconds.append(answer["seconds"])
    said: list[str] = answer["said"]
    return said


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None)
