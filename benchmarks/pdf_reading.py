"""Reading final accounts as PDF: ours beside pdfplumber, on the same made file, in the same run.

Both read 25 pages with nine tables; every slot of every table must hold the same words before a time counts. Ours
then also joins tables over page breaks, reads the prose into paragraphs and gives every piece its place. Longer files
show that the cost grows with the pages and the memory does not run away.
Usage: ./run bench pdf_reading [MOST_PAGES]
"""

import io
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
from pypdf import PdfReader, PdfWriter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from corpus.final_accounts import final_accounts  # noqa: E402

from rongji.documents.readers.pdf import read_pdf  # noqa: E402
from rongji.documents.readers.pdf_pages import read_page  # noqa: E402
from rongji.documents.readers.pdf_raw import raw_pages  # noqa: E402
from rongji.documents.readers.pdf_tables import ReadTable  # noqa: E402
from rongji.documents.writers import render  # noqa: E402

ROUNDS = 5
PAGES = 25
ITEMS = 12  # functional items of the made accounts: about so many pages
LONGEST = 2_000

Slots = dict[tuple[int, int, int, int], str]  # page, table on it, row, column → words


def accounts() -> bytes:
    """Final accounts of 25 pages."""
    writer = PdfWriter()
    writer.append(io.BytesIO(render(final_accounts(11, "standard", length=ITEMS).document, "pdf")))
    return _cut(writer, PAGES)


def _cut(writer: PdfWriter, pages: int) -> bytes:
    kept = PdfWriter()
    while len(kept.pages) < pages:
        kept.append(writer, pages=(0, min(len(writer.pages), pages - len(kept.pages))))
    out = io.BytesIO()
    kept.write(out)
    return out.getvalue()


def longer(data: bytes, pages: int) -> bytes:
    """The same pages again and again, in one file."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    return _cut(writer, pages)


def ours(data: bytes) -> Slots:
    """The words of every slot by our reader, page by page."""
    slots: Slots = {}
    for page in raw_pages(data, "accounts.pdf"):
        tables = [item for item in read_page(page).items if isinstance(item, ReadTable)]
        for number, table in enumerate(tables):
            for cell in table.cells:
                slots[page.number, number, cell.row, cell.column] = cell.text
    return slots


def theirs(data: bytes) -> Slots:
    """The words of every slot by pdfplumber, which gives None for a slot that another cell covers."""
    slots: Slots = {}
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for number, table in enumerate(page.extract_tables()):
                for row, words in enumerate(table):
                    slots |= {
                        (page.page_number, number, row, column): re.sub(r"\s", "", word)
                        for column, word in enumerate(words)
                        if word is not None
                    }
            page.close()
    return slots


def theirs_whole(data: bytes) -> None:
    """Tables and text by pdfplumber."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()
            page.close()


def median(read: Callable[[bytes], Any], data: bytes) -> float:
    """Median seconds over the rounds."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        read(data)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def beside() -> bytes:
    """Compare, then time."""
    data = accounts()
    left, right = ours(data), theirs(data)
    assert left == right, f"the two readers disagree: {sorted(left.items() ^ right.items())[:6]}"
    mine, peer = median(lambda given: read_pdf(given, "accounts.pdf"), data), median(theirs_whole, data)
    tables = len(list(read_pdf(data, "accounts.pdf").document.tables()))
    print(f"{PAGES} pages, {len(left)} slots of tables equal in both; {tables} tables once joined over pages")
    print(f"rongji     {mine:8.3f} s (median of {ROUNDS}; tables, prose and places)")
    print(f"pdfplumber {peer:8.3f} s (tables and plain text of single pages)")
    print(f"ratio      {peer / mine:8.1f} × (pdfplumber ÷ rongji)")
    return data


def growing(data: bytes, most: int) -> None:
    """Seconds of the processor a page and the most memory so far, for longer and longer files."""
    pages = PAGES
    while pages <= most:
        file = longer(data, pages)
        started = time.process_time()
        read_pdf(file, "accounts.pdf")
        seconds = time.process_time() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{pages:5d} pages {seconds:8.2f} s {seconds / pages * 1000:6.1f} ms a page, peak {memory:6.0f} MB")
        pages = pages * 2 if pages * 2 <= most or pages == most else most


def main(most: int) -> None:
    """Both measurements."""
    growing(beside(), most)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LONGEST)
