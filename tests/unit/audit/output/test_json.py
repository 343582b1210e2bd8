"""`rongji audit --json`: the shape that is promised, decimal strings, places from one, null for what is absent."""

import json
from pathlib import Path

import jsonschema
import pytest
from unit.audit.output import samples

from rongji.audit.json_form import entry_of
from rongji.audit.json_schema import audit_schema
from rongji.audit.marks import words_of
from rongji.audit.report import AuditedFile
from rongji.kernel.place import Place

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def entry():
    """The sample as JSON, through text and back, without a binary float."""
    told = json.dumps(entry_of(samples.audited(), "报告/青山县.docx"))
    return json.loads(told, parse_float=lambda text: pytest.fail(f"float {text}"))


def test_an_entry_fits_the_schema_of_the_reference(entry):
    """The page of the reference is the schema, and a real entry fits it."""
    page = json.loads((ROOT / "docs" / "reference" / "audit.schema.json").read_text(encoding="utf-8"))
    assert page == audit_schema()
    jsonschema.validate({"files": [entry]}, page)


def test_a_claim_says_what_is_printed_what_follows_and_by_how_much(entry):
    """The total of the table is ten too high: stated, computed, difference, tolerance, where."""
    claim = entry["claims"][0]
    assert claim["verdict"] == "contradiction"
    assert claim["stated"] == {"value": "1073.50", "unit": "万元"}
    assert claim["computed"] == {"value": "1063.50", "unit": "万元"}
    assert (claim["difference"], claim["tolerance"]) == ("10", "0.015")
    assert [(where["table"], where["row"], where["column"], where["text"]) for where in claim["where"]] == [
        (1, 2, 3, "1073.50"), (1, 3, 3, "400.25"), (1, 4, 3, "663.25"),
    ]  # fmt: skip
    assert "400.25 + 项目支出 663.25 = 1063.50" in claim["explanation"]


def test_findings_of_one_mistake_are_one_group_with_a_proposal(entry):
    """The wrong total explains both contradictions; what stands alone has null."""
    grouped = [claim for claim in entry["claims"] if claim["group"]]
    assert [claim["verdict"] for claim in grouped] == ["contradiction", "contradiction"]
    assert len({claim["group"] for claim in grouped}) == 1
    assert all("1063.5" in claim["proposal"] for claim in grouped)
    assert all(claim["proposal"] is None for claim in entry["claims"] if not claim["group"])


def test_every_relation_is_in_it_and_the_summary_counts_them(entry):
    """Those that hold, too."""
    assert entry["summary"] == {"contradiction": 2, "question": 1, "rounding": 0, "holds": 4, "claims": 7}
    assert len(entry["claims"]) == 7


def test_a_phrase_and_an_empty_cell_have_a_place_and_no_label(entry):
    """A spot without a figure; nothing is printed in an empty cell."""
    phrase, blank = entry["claims"][6]["where"]
    assert (phrase["text"], phrase["paragraph"], phrase["label"]) == ("进一步", 4, None)
    assert (blank["text"], blank["row"], blank["column"]) == ("", 2, 4)


def test_a_file_that_cannot_be_read_is_an_entry_with_its_reason():
    """No kind, no claims, one sentence."""
    told = entry_of(AuditedFile("坏.pdf", refusal="文件“坏.pdf”无法读取：已加密。"))
    jsonschema.validate({"files": [told]}, audit_schema())
    assert (told["kind"], told["claims"], told["error"]) == (None, [], "文件“坏.pdf”无法读取：已加密。")


def test_what_the_schema_does_not_know_is_refused_by_it(entry):
    """A guard against a schema that takes anything."""
    for wrong in ({**entry, "extra": 1}, {**entry, "claims": [{}]}, {key: entry[key] for key in list(entry)[1:]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"files": [wrong]}, audit_schema())


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(line=46, span=(3, 9)), "第 46 行"),
        (Place(page=3, box=(1, 2, 3, 4), line=7), "第 3 页第 7 行"),
        (Place(page=3, box=(1, 2, 3, 4)), "第 3 页"),
        (Place(sheet="收入", cell="B4"), "工作表“收入”B4"),
        (Place(table=2, row=3, column=4), "表 2 第 3 行第 4 列"),
        (Place(paragraph=12), "第 12 段"),
        (Place(), ""),
    ],
)
def test_a_place_is_said_as_one_finds_it(place, words):
    """In the terms of the format."""
    assert words_of(place) == words
