"""A file that would fill the memory or break the reader is refused in words: the web server goes on."""

import struct
import tempfile
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.documents.readers.workbook.unpacking import MAX_UNPACKED_BYTES, UnreadableWorkbook
from rongji.performance.workbook import read_book
from rongji.performance.workbook.template import write_template

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
BULK = b" " * (MAX_UNPACKED_BYTES + 1)


@cache
def honest() -> bytes:
    """An honest workbook."""
    with tempfile.TemporaryDirectory() as folder:
        write_template(Path(folder) / "x.xlsx")
        return (Path(folder) / "x.xlsx").read_bytes()


@pytest.fixture
def template() -> bytes:
    """The honest workbook."""
    return honest()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part exchanged."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in source.infolist():
            archive.writestr(item.filename, content if item.filename == name else source.read(item))
    return out.getvalue()


def with_sheet(data: bytes, rows: str) -> bytes:
    """The workbook with other rows on its first sheet."""
    sheet = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_part(data, "xl/worksheets/sheet1.xml", sheet.encode())


def lying(data: bytes, name: str, claimed: int) -> bytes:
    """The archive with a false size of one part, in its directory and before the part."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        true = archive.getinfo(name)
    size, false = struct.pack("<I", true.file_size), struct.pack("<I", claimed)
    assert data.count(size) >= 2
    return data.replace(size, false)


def refused(data: bytes, name: str = "x.xlsx") -> str:
    with pytest.raises(UnreadableWorkbook) as refusal:
        read_book(data, name)
    return str(refusal.value)


def test_an_honest_workbook_is_read(template):
    assert read_book(template, "x.xlsx").sheets


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml"])
def test_parts_that_unpack_into_too_much(template, part):
    assert "解压后过大" in refused(with_part(template, part, BULK))


def test_a_part_that_lies_about_its_size(template):
    bomb = with_part(template, "xl/sharedStrings.xml", BULK)
    assert "解压后过大" in refused(lying(bomb, "xl/sharedStrings.xml", 1000))


def test_an_open_document_that_unpacks_into_too_much():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", BULK)
    assert "解压后过大" in refused(out.getvalue(), "x.ods")


@pytest.mark.parametrize("junk", [b"", b"#!/bin/sh\n"], ids=["plain", "behind a head of another kind"])
@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4294967295"><c r="ZZZZ4294967295"><v>1</v></c></row>',
        f'<row r="1">{"<c><v>1</v></c>" * 300}</row>',
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{"<c><v>1</v></c>" * 2}</row>',
    ],
    ids=["far corner", "no such cell", "cells without address", "row alone is far"],
)
def test_a_cell_at_the_far_corner(template, rows, junk):
    assert "行或 200 列" in refused(junk + with_sheet(template, rows))


def test_formats_without_content_may_reach_to_the_far_corner(template):
    """What an office program writes when whole rows were formatted."""
    rows = '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="XFD1"/></row><row r="1048576"><c r="A1048576"/></row>'
    assert read_book(with_sheet(template, rows), "x.xlsx").sheets


@pytest.mark.parametrize(
    "sheet",
    [
        f'<?xml version="1.0" encoding="no-such"?><worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        f'<?xml version="1.0" encoding="utf-7"?><worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" s="x"><v>1</v></c></row></sheetData></worksheet>',
        f'<worksheet xmlns="{MAIN}"><sheetData>',
        f'<!DOCTYPE w [<!ENTITY a "b">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
    ],
    ids=["unknown encoding", "unsupported encoding", "no number", "cut off", "declares entities"],
)
def test_a_sheet_that_is_no_sheet(template, sheet):
    refused(with_part(template, "xl/worksheets/sheet1.xml", sheet.encode()))


@settings(max_examples=60)
@given(at=st.floats(0, 1, exclude_max=True), piece=st.binary(max_size=40), cut=st.booleans())
def test_a_damaged_workbook_is_read_or_refused(at, piece, cut):
    """Never anything else, wherever the damage is."""
    template = honest()
    place = int(at * len(template))
    data = template[:place] + piece + (b"" if cut else template[place + len(piece) :])
    try:
        read_book(data, "x.xlsx")
    except UnreadableWorkbook as refusal:
        assert "x.xlsx" in str(refusal)


@settings(max_examples=60)
@given(at=st.floats(0, 1, exclude_max=True), piece=st.binary(min_size=1, max_size=12))
def test_damage_inside_a_sheet_is_read_or_refused(at, piece):
    """The archive is whole, the part within is not."""
    template = honest()
    with zipfile.ZipFile(BytesIO(template)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    place = int(at * len(sheet))
    damaged = with_part(template, "xl/worksheets/sheet1.xml", sheet[:place] + piece + sheet[place + len(piece) :])
    try:
        read_book(damaged, "x.xlsx")
    except UnreadableWorkbook as refusal:
        assert "x.xlsx" in str(refusal)
