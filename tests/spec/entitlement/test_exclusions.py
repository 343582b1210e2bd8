"""待遇冲突: what is paid to somebody with several benefits in one month."""

from datetime import date
from itertools import permutations

import pytest
from spec.entitlement.builders import claim, judged, local_row, owed_for

from rongji.law.exclusions import Relation, matrix

REGION = "990100"


def grade(text: str, award: int = 1, **more):
    """A disability pension."""
    return claim("disability_pension", text, award=award, **more)


WAR = ("war_participant_allowance", "")
# claims of one person, what each is paid in January 2024 (fen)
CASES = [
    ("就高：残疾高于参战", [("disability_pension", "因战|6"), WAR], [411667, 0]),
    ("就高：参战高于残疾", [("disability_pension", "因公|10"), WAR], [94917, 0]),
    ("就高：烈属低于一级残疾", [("survivor_pension", "烈属"), ("disability_pension", "因战|1")], [0, 1036750]),
    ("相等的按待遇种类表的次序", [("nuclear_participant_allowance", ""), WAR], [0, 84000]),
    ("三项只发最高", [WAR, ("ill_veteran_allowance", ""), ("martyr_child_allowance", "")], [84000, 0, 0]),
    ("农村籍让定期补助，不论多少", [("rural_veteran_allowance", "", 30), ("martyr_child_allowance", "")], [0, 69000]),
    ("农村籍单独照发", [("rural_veteran_allowance", "", 30)], [172000]),
    ("同一待遇两份只发一份", [("survivor_pension", "烈属"), ("survivor_pension", "病故")], [329083, 0]),
    ("两份相同的发在先的", [WAR, WAR], [84000, 0]),
    ("保险各险种都缴", [("waiting_insurance", "养老|5000"), ("waiting_insurance", "养老|4000")], [100000, 80000]),
    ("保险与抚恤金都发", [("waiting_insurance", "养老|5000"), ("disability_pension", "因战|6")], [100000, 411667]),
]


@pytest.mark.parametrize(("title", "held", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_is_paid(title, held, expected):
    """In whatever order the claims are given."""
    claims = [
        claim(benefit, key, units=units[0] if units else 1, award=number)
        for number, (benefit, key, *units) in enumerate(held, 1)
    ]
    for order in permutations(range(len(claims))):
        found = owed_for([claims[place] for place in order], "2024-01", "2024-03-01")
        assert found == [expected[place] for place in order]


def test_the_account_says_what_it_gives_way_to():
    """The suppressed amount and the other award stand in the last sentence."""
    item = judged([grade("因战|6", award=7), claim("war_participant_allowance", award=8)], "2024-01", "2024-03-01")[1]
    assert (item.full_fen, item.fen, item.suppressed_by.award_id) == (84000, 0, 7)
    assert item.steps[-1] == "同月另有待遇（编号 7），按不得重复享受的规定，本项 840.00 元不发。"


def test_a_claim_outside_its_months_excludes_nothing():
    """The pension begins in April; until March the allowance is paid."""
    claims = [grade("因战|6", basis="2024-03-10"), claim("war_participant_allowance", award=2)]
    assert [owed_for(claims, text) for text in ("2024-03", "2024-04")] == [[0, 84000], [411667, 0]]


def test_a_raise_that_becomes_known_may_turn_the_choice(local_law):
    """A local allowance of 1100 is above the old pension of 1067.50 and below the new one of 1131.67."""
    rows = local_row("2022-01-01", "2022-01-01", '{amount: "1100", per: month}')
    law = local_law(standards__ill_veteran_allowance=("standard", "", rows))
    claims = [grade("因战|10", area=REGION), claim("ill_veteran_allowance", award=2, area=REGION)]
    assert owed_for(claims, "2023-08", "2023-10-10", law) == [0, 110000]
    assert owed_for(claims, "2023-08", "2023-10-11", law) == [113167, 0]
    assert owed_for(claims, "2023-07", "2023-10-11", law) == [0, 110000]


def test_old_age_allowance_could_be_added_before_the_rule_of_2011():
    """The row that makes it give way applies from August 2011; both sides of both of its days."""
    applies, known = (date(2011, 7, 31), date(2011, 8, 1)), (date(2011, 8, 30), date(2011, 8, 31))
    pair = "rural_veteran_allowance", "disability_pension"
    found = [matrix(on=on, known_on=known_on).relation(*pair) for on in applies for known_on in known]
    assert found == [Relation.TOGETHER, Relation.TOGETHER, Relation.TOGETHER, Relation.YIELDS]


def test_a_county_may_allow_what_the_nation_does_not(local_law):
    """A local row of the same keys is asked first, and only there."""
    pair = "benefit: 定期抚恤补助, other: 定期抚恤补助, "
    yields = "benefit: 老年补助, other: 定期抚恤补助, "
    rows = local_row("2020-01-01", "2020-01-01", "{rule: together}", pair)
    rows += local_row("2020-01-01", "2020-01-01", "{rule: together}", yields)
    law = local_law(entitlement__exclusions=("together", "benefit, other", rows))
    held = [("disability_pension", "因战|6"), WAR]
    there = [claim(benefit, key, award=number, area=REGION) for number, (benefit, key) in enumerate(held, 1)]
    here = [claim(benefit, key, award=number) for number, (benefit, key) in enumerate(held, 1)]
    assert owed_for(there, "2024-01", "2024-03-01", law) == [411667, 84000]
    assert owed_for(here, "2024-01", "2024-03-01", law) == [411667, 0]
