"""Case kinds and the law meet: acts are registered, limits are in the table, roles exist, numbers are told apart."""

import shutil
from pathlib import Path

import pytest
from unit.casework.samples import SAMPLE, declare

from rongji.accounts.types import BUREAU_ROLES
from rongji.casework.types import OWN_ACTS as casework_acts
from rongji.law import locate
from rongji.law.case_checks import OWN_ACTS
from rongji.law.case_law import ROLES, check_case_law
from rongji.law.loader import inspect
from rongji.law.reading import Problems


def test_kinds_name_the_roles_of_a_bureau():
    """The law knows them as words; they are those of the accounts."""
    assert {str(role) for role in BUREAU_ROLES} == ROLES


def test_the_acts_that_every_case_knows_are_kept_free():
    """No kind may declare one of them."""
    assert set(casework_acts) == OWN_ACTS


def problems_of(folder: Path) -> list[str]:
    """What is wrong with the kinds of a folder."""
    found = Problems()
    check_case_law(inspect(folder), found)
    return [str(item) for item in found.found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped acts and limits with the sample kinds only."""
    made = tmp_path / "legal"
    for name in ("acts", "deadlines", "regions/990201/deadlines"):
        shutil.copytree(locate.CHECKOUT / name, made / name)
    for name in ("concepts", "identities", "forms"):
        (made / name).mkdir()
    declare(made)
    shutil.move(made / "regions" / "990201" / "deadlines" / "casework.yaml", made / "deadlines" / "casework.yaml")
    return made


def test_the_sample_kinds_meet_the_law(folder):
    """Nothing to say."""
    assert problems_of(folder) == []


WRONG = [
    ("act: yunhu-example", "act: no-such-act", "法规“no-such-act”没有登记"),
    ("step: notice,", "step: forever,", "期限“sample/forever”不在 deadlines.casework 中"),
    ("open_roles: [clerk, section_head]", "open_roles: [mayor]", "没有角色“mayor”"),
    ("short: 样例", "short: 样例复查", "相同，请写不同的 short"),
    ("step: accept}", "step: notice}", ""),
]


@pytest.mark.parametrize(("words", "instead", "said"), WRONG)
def test_a_kind_that_does_not_meet_the_law_is_told_so(folder, words, instead, said):
    """File and sentence; a limit that exists under another name is fine."""
    text = SAMPLE.replace(words, instead)
    assert text != SAMPLE
    (folder / "casework" / "sample" / "2020-01-01.yaml").write_text(text, encoding="utf-8")
    found = problems_of(folder)
    assert bool(found) is bool(said)
    assert all("sample" in line for line in found)
    assert any(said in line for line in found) is bool(said), found


def test_an_extension_needs_its_length(folder):
    """Without a row for it nobody knows by how much."""
    place = folder / "deadlines" / "casework.yaml"
    kept = [line for line in place.read_text(encoding="utf-8").splitlines() if "handle_extension" not in line]
    place.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert ["_extension" in line for line in problems_of(folder)] == [True]
