"""The published standards with their arrears, as the notices and the old tables have them (yuan a year)."""

from dataclasses import dataclass

COLUMNS = "case | old | new | effective | paid in | months | rounded once | rounded each month"
TABLE = """
    一级因战 2022          | 106670 | 116270 | 2022-08 | 2022-10 | 2 | 160000 | 160000
    七级因公 2023          |  30840 |  32380 | 2023-08 | 2023-11 | 3 |  38500 |  38499
    五级因病 2023          |  47110 |  49470 | 2023-08 | 2023-12 | 4 |  78667 |  78668
    四级因公 2024          |  71740 |  75324 | 2024-08 | 2025-02 | 6 | 179200 | 179202
    烈属 2024              |  39490 |  41856 | 2024-08 | 2025-01 | 5 |  98583 |  98585
    参战 2024              |  10080 |  10584 | 2024-08 | 2025-01 | 5 |  21000 |  21000
    十级因公 2025          |  11964 |  12324 | 2025-08 | 2026-04 | 8 |  24000 |  24000
    农村籍七年 2023        |    648 |    688 | 2023-08 | 2023-11 | 3 |   7000 |   6999
    病故军人遗属 2023      |  29280 |  30740 | 2023-08 | 2023-11 | 3 |  36500 |  36501
"""


@dataclass(frozen=True)
class Worked:
    """One worked example: amounts in yuan a year, arrears in fen under either rounding."""

    case: str
    old: int
    new: int
    effective: str
    paid_in: str
    months: int
    rounded_once: int
    rounded_each_month: int

    @property
    def units(self) -> int:
        """Service years; one for what is paid per person."""
        return 7 if "七年" in self.case else 1


def worked() -> list[Worked]:
    """Every example."""
    rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
    return [
        Worked(case, int(old), int(new), effective, paid_in, *(int(cell) for cell in rest))
        for case, old, new, effective, paid_in, *rest in rows
    ]
