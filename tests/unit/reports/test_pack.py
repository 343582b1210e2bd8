"""The evidence pack: whoever has it can check it, and any change to it is seen."""

import io
import json
import zipfile

import pytest

from rongji.reports.pack import MANIFEST, figures_csv, manifest, verify, zipped
from rongji.reports.refusals import PackBroken

FILES = {"报告.docx": b"docx bytes", "figures.csv": b"a,b\r\n"}
FACTS = {"bureau": "yuelu", "year": "2021"}


@pytest.fixture
def folder(tmp_path):
    """A pack unpacked into a folder."""
    zipfile.ZipFile(io.BytesIO(zipped(FILES, FACTS))).extractall(tmp_path)
    return tmp_path


def test_a_pack_verifies_as_zip_and_as_folder(tmp_path, folder):
    """Every file and the manifest itself are as listed; equal content gives equal bytes."""
    path = tmp_path / "pack.zip"
    path.write_bytes(zipped(FILES, FACTS))
    assert {item.standing for item in verify(path)} == {"一致"}
    path.unlink()
    assert {item.name for item in verify(folder)} == {*FILES, MANIFEST}
    assert zipped(FILES, FACTS) == zipped(dict(reversed(FILES.items())), FACTS)


TAMPERED = [
    ("figures.csv", lambda path: path.write_bytes(b"a,c\r\n"), "被改动"),
    ("报告.docx", lambda path: path.unlink(), "缺失"),
    ("extra.txt", lambda path: path.write_text("x"), "清单外"),
]


@pytest.mark.parametrize(("name", "tamper", "standing"), TAMPERED)
def test_a_changed_missing_or_added_file_is_named(folder, name, tamper, standing):
    """The file and what happened to it."""
    tamper(folder / name)
    assert {item.name: item.standing for item in verify(folder)}[name] == standing


def test_a_manifest_rewritten_to_fit_is_seen(folder):
    """Changing a file and its listed digest breaks the manifest's own seal."""
    (folder / "figures.csv").write_bytes(b"forged")
    listed = json.loads((folder / MANIFEST).read_text())
    forged = json.loads(manifest({**FILES, "figures.csv": b"forged"}, FACTS))
    (folder / MANIFEST).write_text(json.dumps({**listed, "files": forged["files"]}))
    assert {item.name: item.standing for item in verify(folder)}[MANIFEST] == "被改动"


def test_what_is_no_pack_is_refused(tmp_path):
    """A folder without a manifest, or a file that is no zip."""
    with pytest.raises(PackBroken, match="manifest"):
        verify(tmp_path)
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with pytest.raises(PackBroken):
        verify(tmp_path / "x.zip")


def test_the_figure_list_names_every_statement_and_escapes_formulas(sources):
    """One line per statement; a text that a spreadsheet would execute gets a mark in front."""
    figures = sources("yuelu-2021").year.figures
    text = figures_csv(figures).decode("utf-8-sig")
    assert len(text.splitlines()) == len(figures) + 1
    assert "expenditure.project:actual,项目支出全年执行数,11043.76,万元" in text
    assert not any(cell[:1] in "=+@" for line in text.splitlines() for cell in line.split(",") if cell)
