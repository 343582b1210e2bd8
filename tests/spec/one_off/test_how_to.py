"""The tables printed in the guide load as they stand, and compute."""

import re
from datetime import date
from pathlib import Path

import pytest
from legal_folder import LegalFolder

from rongji.law.loader import load
from rongji.rules.entitlement.medical_subsidy import MedicalBill, medical_subsidy

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "one-off-standards.md"
TABLES = re.findall(r"^```yaml\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
LATER = date(2026, 1, 1)


@pytest.mark.parametrize("table", TABLES, ids=lambda text: text.split()[1])
def test_each_table_of_the_guide_can_be_put_there_as_it_is(tmp_path, table):
    """Nothing in it is refused."""
    legal = LegalFolder(tmp_path / "legal")
    legal.write("regions/990101/standards/sample.yaml", table)
    assert len(load(legal.root).tables) == 1


def test_the_medical_table_of_the_guide_computes(place):
    """A survivor of 80: 90 % of what is left above the deductible, and half of what is above 20 000 outside."""
    text = next(text for text in TABLES if "standards.medical_subsidy" in text)
    rows = text.partition("rows:\n")[2]
    law = place("standards.medical_subsidy", "medical", rows, keys="group, care", unit="文字")
    bill = MedicalBill(
        "烈属", "住院", date(2024, 5, 1), date(1944, 5, 1), "990101", 5_000_000, 2_000_000, (("基本医保", 1_000_000),)
    )
    found = medical_subsidy(bill, known_on=LATER, law=law)
    assert (found.first_fen, found.second_fen) == (855_000, 500_000)
