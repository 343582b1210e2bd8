"""The roster handed back: as it came, bad cells coloured, reasons beside the rows, and it can be imported again."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from unit.people.imports.sheets import HEADINGS, SETTING, number_of, workbook

from rongji.people.imports.marked import LIST_TITLE, REASONS, write_marked
from rongji.people.imports.reading import read_roster
from rongji.people.imports.source import open_roster

GOOD = ("张三", number_of(11), "残疾军人", "七级", "因战", "1985-06-01")
BAD = ("李四", "4.30621E+17", "残疾军人", "二等乙级", "因战", "1985-06-01")
ODD = (*GOOD[:1], number_of(13), *GOOD[2:])
RED, YELLOW = "FFFFD9D6", "FFFFF3C4"


def original() -> bytes:
    """A roster with a title, widths, a font of its own and a frozen heading."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("残疾军人")
        bold = book.add_format({"bold": True, "font_size": 16, "font_color": "#0000FF"})
        sheet.merge_range("A1:F1", "某县残疾军人花名册", bold)
        sheet.set_column("B:Z", 25)
        for number, row in enumerate((HEADINGS, GOOD, BAD, ODD), 1):
            sheet.write_row(number, 0, row)
        sheet.write_number("B5", 4.30621195803051e17)
        sheet.freeze_panes(2, 0)
    return target.getvalue()


def marked(data: bytes, path: Path, file: str = "名册.xlsx"):
    """The marked copy of a roster, opened, and the problems in it."""
    _, reading = read_roster(open_roster(data, file), SETTING)
    write_marked(path, data, reading.problems.kept, file)
    return openpyxl.load_workbook(path), reading.problems.kept


def test_an_xlsx_file_keeps_everything_and_shows_what_is_wrong(tmp_path):
    """Layout, fonts and good cells are untouched; bad ones are coloured and explained in a new column."""
    book, problems = marked(original(), tmp_path / "m.xlsx")
    sheet = book["残疾军人"]
    assert (sheet["A1"].font.size, sheet["A1"].font.b, sheet.freeze_panes) == (16, True, "A3")
    assert "A1:F1" in [str(area) for area in sheet.merged_cells.ranges]
    assert sheet.column_dimensions["B"].width == pytest.approx(25.7, abs=1)
    assert sheet["B5"].value == 4.30621195803051e17
    assert [sheet[address].fill.fgColor.rgb for address in ("B4", "D4", "B5")] == [RED] * 3
    assert sheet["A3"].fill.fill_type is None
    assert sheet["G2"].value == REASONS
    assert "科学记数" in sheet["G4"].value and "换证以前" in sheet["G4"].value
    assert sheet["G3"].value is None
    assert [row[3].value for row in book[LIST_TITLE].iter_rows(min_row=2)] == [item.address for item in problems]


def test_a_warning_has_its_own_colour(tmp_path):
    """A wrong telephone number stops nothing."""
    data = workbook({"名册": [(*HEADINGS, "电话"), (*GOOD, "123")]})
    book, _ = marked(data, tmp_path / "m.xlsx")
    assert book["名册"]["G2"].fill.fgColor.rgb == YELLOW


def test_a_cell_that_is_not_there_can_be_marked(tmp_path):
    """A blank cell that should be filled in."""
    data = workbook({"名册": [HEADINGS, (*GOOD[:3], "", *GOOD[4:])]})
    book, _ = marked(data, tmp_path / "m.xlsx")
    assert book["名册"]["D2"].fill.fgColor.rgb == RED


def test_the_marked_copy_put_right_is_imported_as_if_it_had_never_been_marked(tmp_path):
    """The added column and the list are passed over, and a second marking uses the same column."""
    path = tmp_path / "m.xlsx"
    marked(original(), path)
    again, problems = marked(path.read_bytes(), tmp_path / "n.xlsx")
    assert again["残疾军人"]["G2"].value == REASONS
    assert again["残疾军人"]["H2"].value is None
    book = openpyxl.load_workbook(path)
    sheet = book["残疾军人"]
    sheet["B4"], sheet["D4"], sheet["B5"] = number_of(15), "八级", number_of(13)
    book.save(path)
    rows, reading = read_roster(open_roster(path.read_bytes(), "名册.xlsx"), SETTING)
    assert [str(item) for item in reading.problems.kept] == []
    assert len(rows) == 3
    assert problems


def test_a_text_file_is_handed_back_as_a_workbook(tmp_path):
    """Exact text, coloured and explained."""
    text = "\n".join(",".join(row) for row in (HEADINGS, BAD))
    book, _ = marked(text.encode("gbk"), tmp_path / "m.xlsx", "名册.csv")
    sheet = book["名册"]
    assert (sheet["B2"].value, sheet["B2"].fill.fgColor.rgb) == ("4.30621E+17", RED)
    assert "文本" in sheet["G2"].value


@pytest.mark.documents
def test_libreoffice_opens_the_marked_copy(tmp_path, needs):
    """The parts that were added are those of a workbook."""
    import subprocess

    path = tmp_path / "m.xlsx"
    marked(original(), path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [needs("soffice"), "--headless", profile, "--convert-to", every_sheet]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    first = next(tmp_path.glob("m-残疾军人.csv")).read_text(encoding="utf-8")
    assert REASONS in first and "科学记数" in first
    assert list(tmp_path.glob(f"m-{LIST_TITLE}.csv"))
