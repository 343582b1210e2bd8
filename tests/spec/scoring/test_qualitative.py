"""定性指标: tier and share belong together; the bands are the scheme's."""

import pytest
from spec.scoring.builders import closing_year, evaluated, gate_codes, in_words

REACHED, PARTLY, NOT = "reached", "partly", "not_reached"
REASON = "部分村级名册报送滞后，已约谈并限期补齐"

NATIONAL = [
    # 档次, 比例, 得分（分值 6）, 是否在档内
    (REACHED, "100%", "6.00", True),
    (REACHED, "80%", "4.80", True),  # 80% 含在上档
    (REACHED, "79.9%", "4.79", False),
    (PARTLY, "80%", "4.80", False),
    (PARTLY, "79.9%", "4.79", True),
    (PARTLY, "60%", "3.60", True),  # 60% 含在中档
    (PARTLY, "59.9%", "3.59", False),
    (NOT, "60%", "3.60", False),
    (NOT, "59.9%", "3.59", True),
    (NOT, "0%", "0.00", True),
]

HUBEI = [
    (REACHED, "80%", "4.80", True),
    (PARTLY, "79.9%", "4.79", True),
    (PARTLY, "50%", "3.00", True),  # 湖北中档到 50%
    (PARTLY, "49.9%", "2.99", False),
    (NOT, "50%", "3.00", False),
    (NOT, "49.9%", "2.99", True),
]


@pytest.mark.parametrize(
    ("scheme", "tier", "share", "score", "fits"),
    [("national-2020", *case) for case in NATIONAL] + [("hubei-2020", *case) for case in HUBEI],
)
def test_share_within_its_tier(scheme, tier, share, score, fits):
    """A share outside the band of its tier is a gate; it is never bent into the band."""
    facts = closing_year(in_words(tier=tier, share=share, reason=REASON))
    scored = evaluated(facts, scheme).row("X")
    assert str(scored.score) == score
    assert (("share-outside-tier", "X") not in gate_codes(facts, scheme)) is fits


@pytest.mark.parametrize("word", ["partly", "部分达成预期指标并具有一定效果"])
def test_the_tier_may_be_named_by_code_or_in_the_words_of_the_act(word):
    """Forms print the label, the workbook keeps the code."""
    assert evaluated(closing_year(in_words(tier=word, share="70%", reason=REASON))).final


def test_a_typed_score_is_read_as_a_share_of_the_weight():
    """5 of 6 points is 83.33 %: it must lie in the band like a typed share, and is called a person's."""
    scored = evaluated(closing_year(in_words(tier=REACHED, stated="5"))).row("X")
    assert (str(scored.score), scored.basis) == ("5.00", "by_hand")
    assert "给 83.33%，在该档之内（80%～100%），比例由所填得分折算" in scored.how
    assert ("share-outside-tier", "X") in gate_codes(closing_year(in_words(tier=PARTLY, stated="5", reason=REASON)))


@pytest.mark.parametrize(
    ("facts", "gate"),
    [
        ({"tier": ""}, "tier-missing"),
        ({"tier": "很好"}, "tier-missing"),
        ({"tier": REACHED}, "share-missing"),
        ({"tier": REACHED, "share": "90%", "target": ""}, "target-missing"),
        ({"tier": REACHED, "share": "90%", "actual": ""}, "actual-missing"),
        ({"tier": PARTLY, "share": "70%"}, "reason-missing"),
        ({"tier": NOT, "share": "30%"}, "reason-missing"),
    ],
)
def test_what_a_qualitative_row_must_bring(facts, gate):
    """Words for target and actual, a tier, a share or score, and a reason unless the tier is the best."""
    assert gate_codes(closing_year(in_words(**facts))) == [(gate, "X")]


def test_words_without_a_tier_keep_the_typed_score_for_the_provisional_total_only():
    """达标 with 6 points typed: counted, called unverified, and never final."""
    facts = closing_year(in_words("保质保量", "完成", stated="6"))
    scored = evaluated(facts).row("X")
    assert (str(scored.score), scored.basis) == ("6.00", "stated")
    assert scored.how == "定性指标没有选定档次，无法计算；暂按自填得分 6.00 分计入暂评总分，未经核算"
    assert not evaluated(facts).final


def test_words_without_tier_and_score_count_as_nothing_and_say_so():
    """The provisional total then lacks these points."""
    scored = evaluated(closing_year(in_words("保质保量", "完成"))).row("X")
    assert scored.score is None
    assert scored.how == "定性指标没有选定档次，未计分；暂按 0 分计入暂评总分"
