"""The bureau-year workbook: what a finance clerk fills in once a year, read, judged, compared and written.

Pure: no database, no framework.
"""

from pathlib import Path

from rongji.documents.readers.workbook.raw import RawBook
from rongji.documents.readers.workbook.xlsx_reader import read_workbook
from rongji.kernel.bureau_year import BureauYear
from rongji.performance.workbook.layout import load_layout
from rongji.performance.workbook.parse import parse
from rongji.performance.workbook.problems import CellProblem
from rongji.performance.workbook.yaml_reader import read_yaml


def read_book(source: Path | bytes, file: str = "") -> RawBook:
    """The raw book of a workbook or of a `year.yaml`, told apart by the name.

    Raises: UnreadableWorkbook, UnreadableYear.
    """
    name = file or (source.name if isinstance(source, Path) else "")
    if Path(name).suffix.lower() in (".yaml", ".yml"):
        return read_yaml(source, load_layout(), name)
    return read_workbook(source, name)


def load_example(path: Path | str) -> tuple[BureauYear | None, tuple[CellProblem, ...]]:
    """The bureau-year of a `year.yaml` and every problem in it; None as soon as one is an error.

    Raises: UnreadableYear when it is not YAML of the expected shape.
    """
    layout = load_layout()
    return parse(read_yaml(Path(path), layout), layout)
