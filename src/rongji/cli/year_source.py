"""Where a command takes a bureau-year from: the records, or one file without any database."""

from pathlib import Path

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.refusal import Refusal

_YAML = (".yaml", ".yml")


class YearNotNamed(Refusal):
    """Neither a bureau and year nor a file was named."""

    code = "year-not-named"
    sentence = "请写明单位编码和年度（如 yuelu 2021），或用 --file 指明年度数据文件（year.yaml 或 .xlsx）。"
    exit_code = 2


class YearFileUnreadable(Refusal):
    """A year's file with cells that cannot be read."""

    code = "year-file-unreadable"
    sentence = "“{file}”有 {count} 处读不懂，未予采用。第一处：{first}。请改正后再试。"


def bureau_year(bureau: str, year: int, file: Path | None) -> BureauYear:
    """The facts of the file if one is named, else those kept for that bureau and year.

    Raises: YearNotNamed, YearFileUnreadable, and what the records refuse.
    """
    if file is not None:
        return from_file(file)
    if not bureau or not year:
        raise YearNotNamed()
    return from_records(bureau, year)


def from_file(path: Path) -> BureauYear:
    """The facts in a year.yaml or a filled-in workbook.

    Raises: YearFileUnreadable.
    """
    from rongji.documents.readers.workbook.xlsx_reader import read_workbook
    from rongji.performance.workbook.layout import load_layout
    from rongji.performance.workbook.parse import parse
    from rongji.performance.workbook.yaml_reader import read_yaml

    layout = load_layout()
    book = read_yaml(path, layout) if path.suffix.lower() in _YAML else read_workbook(path)
    facts, problems = parse(book, layout)
    if facts is None:
        raise YearFileUnreadable(file=path.name, count=len(problems), first=str(problems[0]).rstrip("。"))
    return facts


def from_records(bureau: str, year: int) -> BureauYear:
    """The facts kept in the database, as the acting user may see them; starts Django."""
    from rongji.cli.main import start_django

    start_django()
    from rongji.cli.acting import acting
    from rongji.performance.selectors import year_facts

    return year_facts(actor=acting(), bureau=bureau, year=year)
