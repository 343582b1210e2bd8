"""The evidence pack: whoever has it can check it, and any change to it is seen."""

import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

import pytest
from unit.reports.conftest import figure

from rongji.kernel.digest import file_digest
from rongji.kernel.figure import FigureSet
from rongji.reports.pack import MANIFEST, evidence_name, figures_csv, manifest, packed, verify, zipped
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
    assert "'" not in text  # nothing in this year is risky, and an empty cell stays empty


SCAN = b"%PDF-1.7 bank statement"


@pytest.fixture
def evidenced():
    """A pack of one report file, two figures (one with evidence) and one evidence file; and its parts by name."""
    amount = figure("expenditure.total:actual", "11415.26", "万元")
    amount = replace(amount, source=replace(amount.source, note="决算表第 3 行 <财决01>", evidence=("E01",)))
    figures = FigureSet((amount, figure("fact.visits", "458", "人次")))
    content = {
        "name": "示例局", "year": 2024, "form": {"label": "自评表"},
        "evidence": {"E01": {"title": "银行对账单", "kind": "票据", "file_digest": file_digest(SCAN)}},
        "printed": {"expenditure.total:actual": "11415.26万元", "fact.visits": "458人次"},
    }  # fmt: skip
    data = packed({"figures.csv": figures_csv(figures)}, content, {"E01": ("对账单 1月.pdf", SCAN)}, FACTS)
    archive = zipfile.ZipFile(io.BytesIO(data))
    return data, {name: archive.read(name) for name in archive.namelist()}


def test_the_evidence_itself_lies_in_the_pack(evidenced):
    """The file byte for byte, named after its code, listed in the manifest with its digest."""
    _, parts = evidenced
    name = "evidence/E01-对账单 1月.pdf"
    assert parts[name] == SCAN
    assert json.loads(parts[MANIFEST])["files"][name] == file_digest(SCAN)


def test_the_index_leads_from_each_printed_figure_to_source_and_evidence(evidenced):
    """One page without script: value, source, link to the evidence; a declared figure without evidence says so."""
    _, parts = evidenced
    page = parts["index.html"].decode()
    assert "<script" not in page and "http" not in page
    assert "11415.26万元" in page and "决算表第 3 行 &lt;财决01&gt;" in page
    links = {unquote(unescape(target)) for target in re.findall(r'href="([^"]+)"', page)}
    assert links <= parts.keys() and "evidence/E01-对账单 1月.pdf" in links
    row = next(line for line in page.split("<tr>") if "458人次" in line)
    assert "未附佐证" in row


def test_the_checksums_are_those_of_the_usual_tool(evidenced):
    """`sha256sum -c` needs nothing of ours: every file but the list itself and the manifest is in it."""
    _, parts = evidenced
    lines = dict(reversed(line.split("  ", 1)) for line in parts["SHA256SUMS"].decode().splitlines())
    assert lines == {
        name: hashlib.sha256(data).hexdigest() for name, data in parts.items() if name not in (MANIFEST, "SHA256SUMS")
    }


def test_evidence_left_out_of_a_rebuilt_pack_is_missed(evidenced, tmp_path):
    """Whoever drops a file and writes a fitting manifest is betrayed by the frozen content that names its digest."""
    data, parts = evidenced
    good, forged = tmp_path / "good.zip", tmp_path / "forged.zip"
    good.write_bytes(data)
    kept = {name: content for name, content in parts.items() if name != MANIFEST and not name.startswith("evidence/")}
    forged.write_bytes(zipped(kept, FACTS))
    assert all(item.is_good for item in verify(good))
    assert [(item.name, item.standing) for item in verify(forged) if not item.is_good] == [
        ("佐证 E01 银行对账单", "缺失")
    ]


@pytest.mark.parametrize(
    ("given", "name"),
    [("../../etc/passwd", "evidence/E1-passwd"), ("a\\b:c?.pdf", "evidence/E1-a_b_c_.pdf"), ("..", "evidence/E1-_")],
)
def test_a_file_name_cannot_lead_out_of_the_folder(given, name):
    """Names come from people's machines."""
    assert evidence_name("E1", given) == name
