"""变动原因: the word under which each line of a run is reviewed."""

import pytest

from rongji.rules.entitlement.cause import Line, cause

OCT, SEP, AUG, JAN = 24297, 24296, 24295, 24288


def line(**changes) -> Line:
    """October's regular line of an award paid since January: 840.00 owed, September 840.00 settled."""
    plain = {
        "for_month": OCT,
        "pay_month": OCT,
        "open_month": JAN,
        "first_month": JAN,
        "owed_fen": 84000,
        "settled_fen": 0,
        "is_settled": False,
        "award_settled": True,
        "before_fen": 0,
        "last_fen": 84000,
        "offset": False,
    }
    return Line(**{**plain, **changes})


LATE = {"for_month": AUG, "is_settled": True}
CASES = [
    ("按月", "regular", {}),
    ("标准年度取整差一分不算提标", "regular", {"owed_fen": 84001}),
    ("提标", "raised", {"owed_fen": 88200}),
    ("差两分就是提标", "raised", {"owed_fen": 84002}),
    ("新增", "new", {"first_month": OCT, "award_settled": False, "last_fen": 0}),
    ("以前批准、本月第一次发", "new", {"first_month": SEP, "award_settled": False, "last_fen": 0}),
    ("台账第一个月，早已享受", "regular", {"open_month": OCT, "award_settled": False, "last_fen": 0}),
    ("台账第一个月，当月新增", "new", {"open_month": OCT, "first_month": OCT, "award_settled": False, "last_fen": 0}),
    ("上月停发后恢复", "regular", {"last_fen": 0}),
    ("提标补发", "arrears", {**LATE, "owed_fen": 88200, "settled_fen": 84000, "before_fen": 84000}),
    ("更正：已发数不是旧标准", "corrected", {**LATE, "owed_fen": 88200, "settled_fen": 80000, "before_fen": 84000}),
    ("更正：没有旧标准", "corrected", {**LATE, "owed_fen": 88200, "settled_fen": 84000}),
    ("补发以前月份", "late_start", {"for_month": AUG}),
    ("多发应收回", "overpaid", {**LATE, "owed_fen": 0, "settled_fen": 84000}),
    ("多发：标准未变", "overpaid", {**LATE, "owed_fen": 80000, "settled_fen": 84000, "before_fen": 84000}),
    ("待遇转换：收回的一头", "exchanged", {**LATE, "owed_fen": 0, "settled_fen": 84000, "offset": True}),
    ("待遇转换：补发的一头", "exchanged", {"for_month": AUG, "offset": True}),
    ("一次性", "one_off", {"one_off": True}),
]


@pytest.mark.parametrize(("title", "word", "changes"), CASES, ids=[case[0] for case in CASES])
def test_the_cause_of_a_line(title, word, changes):
    """One change at a time against October's regular line."""
    assert cause(line(**changes)) == word
