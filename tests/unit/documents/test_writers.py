"""Writing a file: whole or not at all, by its ending, refusing in plain words."""

import errno
import os
import time

import pytest
from unit.documents import samples

from rongji.documents.writers import FORMATS, MEDIA_TYPES, CannotWrite, UnknownFormat, render, write


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_writes_what_it_renders(ending, tmp_path):
    """The file on disk is the rendered bytes, readable by others, with nothing left beside it."""
    path = write(samples.multi_part_form(), tmp_path / f"表.{ending.upper()}")
    assert path.read_bytes() == render(samples.multi_part_form(), ending)
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o044
    assert ending in MEDIA_TYPES


@pytest.mark.parametrize("ending", FORMATS)
def test_equal_documents_give_equal_bytes_whatever_the_clock_says(ending, monkeypatch):
    """The digest of a frozen report can be checked years later: no part of a file knows when it was made."""
    first = render(samples.self_evaluation(), ending)
    real = time.time()
    monkeypatch.setattr(time, "time", lambda: real + 5_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(real + 5_000_000))
    assert render(samples.self_evaluation(), ending) == first


def test_a_full_disk_leaves_the_old_file_and_no_half_file(tmp_path, monkeypatch):
    """The last good report is never lost to a failing write."""
    path = tmp_path / "报告.docx"
    path.write_bytes(b"old")

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="请检查磁盘空间"):
        write(samples.report(), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_directory_that_is_not_there_is_a_refusal(tmp_path):
    """The sentence names the file."""
    with pytest.raises(CannotWrite, match="报告"):
        write(samples.report(), tmp_path / "nowhere" / "报告.xlsx")


@pytest.mark.parametrize("name", ["报告.doc", "报告", "报告.txt"])
def test_an_unknown_ending_is_a_refusal_that_lists_the_known_ones(name, tmp_path):
    """Nothing is written under a wrong name."""
    with pytest.raises(UnknownFormat, match="docx、pdf、xlsx 或 html"):
        write(samples.report(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []
