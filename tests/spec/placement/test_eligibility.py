"""由政府安排工作的条件: both regulations, on both sides of 2024-09-01."""

from datetime import date

import pytest
from spec.one_off.field_tables import day, rows

from rongji.rules.placement.eligibility import grounds, is_eligible
from rongji.rules.placement.facts import ScoredFact, Soldier

LATER = date(2025, 12, 31)

CASES = """
    soldier | enlisted   | discharged | fact                            | given work
    军士    | 2009-09-01 | 2021-08-31 |                                 | yes
    军士    | 2009-09-02 | 2021-08-31 |                                 | no
    义务兵  | 2009-09-01 | 2021-08-31 |                                 | no
    军士    | 2012-09-01 | 2024-09-01 |                                 | yes
    义务兵  | 2019-09-01 | 2021-08-31 | 平时奖励·二等功                 | yes
    义务兵  | 2019-09-01 | 2021-08-31 | 平时奖励·三等功                 | no
    义务兵  | 2019-09-01 | 2021-08-31 | 战时奖励·三等功                 | yes
    义务兵  | 2019-09-01 | 2021-08-31 | 战时奖励·嘉奖                   | no
    义务兵  | 2019-09-01 | 2021-08-31 | 因战残疾·5                      | yes
    义务兵  | 2019-09-01 | 2021-08-31 | 因战残疾·8                      | yes
    义务兵  | 2019-09-01 | 2021-08-31 | 因战残疾·9                      | no
    义务兵  | 2019-09-01 | 2021-08-31 | 因公残疾·5                      | no
    义务兵  | 2019-09-01 | 2021-08-31 | 相关身份和岗位·烈士子女         | yes
    义务兵  | 2022-09-01 | 2024-08-31 | 表彰·中央军委                   | no
    义务兵  | 2022-09-01 | 2024-09-01 | 表彰·中央军委                   | yes
    义务兵  | 2022-09-01 | 2024-08-31 | 荣誉称号·中央军委               | no
    义务兵  | 2022-09-01 | 2024-09-01 | 荣誉称号·中央军委               | yes
    义务兵  | 2022-09-01 | 2024-09-01 | 八一勋章·                       | yes
    义务兵  | 2022-09-01 | 2024-09-01 | 重大非战争军事行动奖励·二等功   | yes
    义务兵  | 2022-09-01 | 2024-09-01 | 战时奖励·三等功                 | yes
    义务兵  | 2022-09-01 | 2024-09-01 | 因战残疾·8                      | yes
"""


@pytest.mark.parametrize("row", rows(CASES))
def test_one_ground_of_the_regulation_in_force_at_discharge_is_enough(row):
    """Twelve full years as an NCO, a merit, a grade of disability, a martyr's child; honours from September 2024 on."""
    item, _, degree = row["fact"].partition("·")
    facts = (ScoredFact(item, degree),) if item else ()
    soldier = Soldier(day(row["enlisted"]), day(row["discharged"]), row["soldier"], 2024, "秋冬季", facts)
    found = grounds(soldier, known_on=LATER)
    assert is_eligible(found) == (row["given work"] == "yes")
    assert all(ground.words and ground.row.act.startswith("placement-") for ground in found)
