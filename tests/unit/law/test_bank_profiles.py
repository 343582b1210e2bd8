"""Bank profiles: data that is read strictly, with what is wrong told in words."""

import shutil

import pytest

from rongji.law.bank_profiles import bank_profile, bank_profile_ids, check_bank_profiles
from rongji.law.locate import find_legal
from rongji.law.reading import Problems
from rongji.law.refusals import LawNotUsable, UnknownBankProfile


@pytest.fixture
def legal(tmp_path):
    """A copy of the legal data that may be spoilt."""
    shutil.copytree(find_legal() / "payments" / "bank_profiles", tmp_path / "payments" / "bank_profiles")
    (tmp_path / "acts").mkdir()
    return tmp_path


def problems_of(legal) -> str:
    """Everything wrong, in one text."""
    found = Problems()
    check_bank_profiles(legal, found)
    return "\n".join(str(problem) for problem in found.found)


def spoilt(legal, before: str, after: str, profile: str = "delimited-gbk"):
    """The folder with one change in one profile."""
    path = legal / "payments" / "bank_profiles" / f"{profile}.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return legal


def test_the_shipped_profiles_are_sound(legal):
    """Delimited, of fixed width, a workbook; nothing wrong with any."""
    assert bank_profile_ids() == ("delimited-gbk", "fixed-width", "workbook")
    assert problems_of(legal) == ""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("id: delimited-gbk", "id: other", "文件名"),
        ("encoding: gbk", "encoding: klingon", "不认识编码"),
        ("day: yyyymmdd", "day: ddmmyy", "日期格式"),
        ("    - {field: account}", "    - {field: acount}", "acount"),
        ("    - {field: status}\n", "", "status"),
        ("    - {field: paid}\n", "", "paid"),
        ('["0001", 部分成功]', '["0000", 部分成功]', "0000"),
        ("format: delimited", "format: fixed", "width"),
        ("purpose:", "purpse:", "purpse"),
    ],
)
def test_what_is_wrong_with_a_profile_is_told(legal, before, after, said):
    """Every slip in the file names itself."""
    assert said in problems_of(spoilt(legal, before, after))


def test_a_spoilt_profile_is_not_used_and_an_unknown_one_lists_the_others(legal):
    """Paying by half a profile would be worse than not paying."""
    with pytest.raises(LawNotUsable):
        bank_profile("delimited-gbk", spoilt(legal, "delimiter:", "delimter:"))
    with pytest.raises(UnknownBankProfile, match="workbook"):
        bank_profile("nowhere")
