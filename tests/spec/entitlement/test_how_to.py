"""The tables that docs/how-to/add-a-standard.md shows load beside the shipped ones and give what the page says."""

import re
import shutil
from pathlib import Path

import pytest
from spec.entitlement.builders import arrears, claim, owed_for

from rongji.law.catalogue import check_all
from rongji.law.loader import load
from rongji.law.locate import find_legal
from rongji.rules.entitlement.refusals import StandardNotInForce

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "add-a-standard.md"
REGION = "990102"


def folder_of_the_page(root: Path) -> Path:
    """The shipped data with every yaml block of the page put where the page says."""
    shutil.copytree(find_legal(), root)
    for body in re.findall(r"^```yaml\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S):
        identifier = re.search(r"^id: (\S+)$", body, re.M)[1]
        home, _, name = identifier.rpartition(".")
        path = root / ("regions" if home else "acts") / (f"{REGION}/{home}" if home else "") / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return root


def test_the_tables_of_the_page_are_accepted_and_pay(tmp_path):
    """No problem, the raise of the page in arrears from August to February, the local standards in force."""
    root = folder_of_the_page(tmp_path / "legal")
    assert check_all(root=root) == ()
    law = load(root)
    martyr = claim("survivor_pension", "烈属", area=REGION)
    assert owed_for(martyr, "2026-03", "2026-03-20", law) == [360000]
    assert arrears(martyr, "2025-08", "2026-02", "2026-03-14", "2026-03-20", law) == 7 * (360000 - 348800)
    assert owed_for(claim("demobilised_allowance", "抗战", area=REGION), "2026-03", "2026-03-20", law) == [229167]


def test_the_index_of_the_page_triggers_the_subsidy_of_the_next_month(tmp_path):
    """3.6 % in February: March pays, once the low-income standard is there; until then it is asked for."""
    law = load(folder_of_the_page(tmp_path / "legal"))
    with pytest.raises(StandardNotInForce, match="价格临时补贴"):
        owed_for(claim("price_subsidy", area=REGION), "2026-03", "2026-03-20", law)
    assert owed_for(claim("price_subsidy", area=REGION), "2026-03", "2026-03-09", law) == [0]
