"""补发: what a raise that becomes known late comes to, month by month and to the fen.

The tables were reckoned by hand formula: n × (round(new ÷ 12) − round(old ÷ 12)) where each month is rounded, and
round(new × n ÷ 12) − round(old × n ÷ 12) where the standard's year is.
"""

import pytest
from spec.entitlement.builders import AREA, arrears, claim, local_row, total_owed

REGION = "990100"
OVER_YEAR = {
    "entitlement__rounding": ("rounding", "", local_row("2000-01-01", "2000-01-01", "{way: over_standard_year}"))
}

# id, benefit, key, units, months in arrears, the day before and the day of knowing, arrears over the standard's year,
# arrears with each month rounded: the nine worked examples
WORKED = """
E1 disability_pension 因战|1 1 2022-08 2022-09 2022-08-28 2022-08-29 1600.00 1600.00
E2 disability_pension 因公|7 1 2023-08 2023-10 2023-10-10 2023-10-11 385.00 384.99
E3 disability_pension 因病|5 1 2023-08 2023-11 2023-10-10 2023-10-11 786.67 786.68
E4 disability_pension 因公|4 1 2024-08 2025-01 2025-01-14 2025-01-15 1792.00 1792.02
E5 survivor_pension 烈属 1 2024-08 2024-12 2025-01-14 2025-01-15 985.83 985.85
E6 war_participant_allowance - 1 2024-08 2024-12 2025-01-14 2025-01-15 210.00 210.00
E7 disability_pension 因公|10 1 2025-08 2026-03 2026-03-14 2026-03-15 240.00 240.00
E8 rural_veteran_allowance - 7 2023-08 2023-10 2023-10-10 2023-10-11 70.00 69.99
E9 survivor_pension 病故 1 2023-08 2023-10 2023-10-10 2023-10-11 365.00 365.01
"""

# notice of 29 August 2022, two months:
# benefit, key, old and new yuan a year, fen with each month rounded, fen over the standard's year
RAISE_2022 = """
disability_pension 因战|1 106670 116270 160000 160000
disability_pension 因战|2 96530 105220 144832 144834
disability_pension 因战|3 84700 92320 127000 127000
disability_pension 因战|4 69420 75670 104166 104167
disability_pension 因战|5 54220 59100 81334 81333
disability_pension 因战|6 42360 46170 63500 63500
disability_pension 因战|7 32200 34780 43000 43000
disability_pension 因战|8 20330 21960 27166 27167
disability_pension 因战|9 16890 18240 22500 22500
disability_pension 因战|10 11860 12810 15834 15833
disability_pension 因公|1 103300 111560 137668 137666
disability_pension 因公|2 91450 98770 122000 122000
disability_pension 因公|3 79600 85970 106168 106166
disability_pension 因公|4 62670 67680 83500 83500
disability_pension 因公|5 47410 51200 63168 63166
disability_pension 因公|6 40080 43290 53500 53500
disability_pension 因公|7 28820 30840 33666 33667
disability_pension 因公|8 18610 19910 21668 21666
disability_pension 因公|9 13560 14510 15834 15833
disability_pension 因公|10 10140 10850 11834 11833
disability_pension 因病|1 99910 106900 116500 116500
disability_pension 因病|2 88030 94190 102668 102666
disability_pension 因病|3 74550 79770 87000 87000
disability_pension 因病|4 57590 61620 67166 67167
disability_pension 因病|5 44030 47110 51332 51334
disability_pension 因病|6 33860 36230 39500 39500
survivor_pension 烈属 33860 36910 50832 50834
survivor_pension 因公牺牲 29080 31410 38834 38833
survivor_pension 病故 27360 29280 32000 32000
red_army_allowance 在乡红军 73960 80620 111000 111000
red_army_allowance 西路军 73960 80620 111000 111000
red_army_allowance 失散红军 33370 36370 50000 50000
ill_veteran_allowance - 8400 9000 10000 10000
war_participant_allowance - 9000 9600 10000 10000
nuclear_participant_allowance - 9000 9600 10000 10000
martyr_child_allowance - 7080 7740 11000 11000
rural_veteran_allowance - 600 648 800 800
"""

# first published 11 October 2023, three months:
# benefit, key, old and new yuan a year, fen with each month rounded, fen over the standard's year
RAISE_2023 = """
disability_pension 因战|1 116270 124410 203499 203500
disability_pension 因战|2 105220 112590 184251 184250
disability_pension 因战|3 92320 98780 161502 161500
disability_pension 因战|4 75670 80970 132501 132500
disability_pension 因战|5 59100 63240 103500 103500
disability_pension 因战|6 46170 49400 80751 80750
disability_pension 因战|7 34780 36870 52251 52250
disability_pension 因战|8 21960 23280 33000 33000
disability_pension 因战|9 18240 19330 27249 27250
disability_pension 因战|10 12810 13580 19251 19250
disability_pension 因公|1 111560 118250 167250 167250
disability_pension 因公|2 98770 104700 148251 148250
disability_pension 因公|3 85970 91130 129000 129000
disability_pension 因公|4 67680 71740 101499 101500
disability_pension 因公|5 51200 54270 76749 76750
disability_pension 因公|6 43290 45890 65001 65000
disability_pension 因公|7 30840 32380 38499 38500
disability_pension 因公|8 19910 20910 24999 25000
disability_pension 因公|9 14510 15240 18249 18250
disability_pension 因公|10 10850 11390 13500 13500
disability_pension 因病|1 106900 112250 133752 133750
disability_pension 因病|2 94190 98900 117750 117750
disability_pension 因病|3 79770 83760 99750 99750
disability_pension 因病|4 61620 64700 77001 77000
disability_pension 因病|5 47110 49470 59001 59000
disability_pension 因病|6 36230 38040 45249 45250
survivor_pension 烈属 36910 39490 64500 64500
survivor_pension 因公牺牲 31410 33290 47001 47000
survivor_pension 病故 29280 30740 36501 36500
red_army_allowance 在乡红军 80620 86260 141000 141000
red_army_allowance 西路军 80620 86260 141000 141000
red_army_allowance 失散红军 36370 38920 63750 63750
ill_veteran_allowance - 9000 9450 11250 11250
war_participant_allowance - 9600 10080 12000 12000
nuclear_participant_allowance - 9600 10080 12000 12000
martyr_child_allowance - 7740 8280 13500 13500
rural_veteran_allowance - 648 688 999 1000
"""

# carried out from January 2025, six months:
# benefit, key, old and new yuan a year, fen with each month rounded, fen over the standard's year
RAISE_2024 = """
disability_pension 因战|1 124410 131880 373500 373500
disability_pension 因战|2 112590 119340 337500 337500
disability_pension 因战|3 98780 104712 296598 296600
disability_pension 因战|4 80970 85824 242700 242700
disability_pension 因战|5 63240 67032 189600 189600
disability_pension 因战|6 49400 52368 148398 148400
disability_pension 因战|7 36870 39084 110700 110700
disability_pension 因战|8 23280 24672 69600 69600
disability_pension 因战|9 19330 20484 57702 57700
disability_pension 因战|10 13580 14400 40998 41000
disability_pension 因公|1 118250 124164 295698 295700
disability_pension 因公|2 104700 109932 261600 261600
disability_pension 因公|3 91130 95688 227898 227900
disability_pension 因公|4 71740 75324 179202 179200
disability_pension 因公|5 54270 56988 135900 135900
disability_pension 因公|6 45890 48180 114498 114500
disability_pension 因公|7 32380 33996 80802 80800
disability_pension 因公|8 20910 21960 52500 52500
disability_pension 因公|9 15240 16008 38400 38400
disability_pension 因公|10 11390 11964 28698 28700
disability_pension 因病|1 112250 116736 224298 224300
disability_pension 因病|2 98900 102852 197598 197600
disability_pension 因病|3 83760 87108 167400 167400
disability_pension 因病|4 64700 67284 129198 129200
disability_pension 因病|5 49470 51444 98700 98700
disability_pension 因病|6 38040 39564 76200 76200
survivor_pension 烈属 39490 41856 118302 118300
survivor_pension 因公牺牲 33290 34956 83298 83300
survivor_pension 病故 30740 31968 61398 61400
ill_veteran_allowance - 9450 9828 18900 18900
war_participant_allowance - 10080 10584 25200 25200
nuclear_participant_allowance - 10080 10584 25200 25200
martyr_child_allowance - 8280 8772 24600 24600
rural_veteran_allowance - 688 720 1602 1600
"""

RAISES = {
    "2022": (RAISE_2022, "2022-08", "2022-09", "2022-08-28", "2022-08-29"),
    "2023": (RAISE_2023, "2023-08", "2023-10", "2023-10-10", "2023-10-11"),
    "2024": (RAISE_2024, "2024-08", "2025-01", "2025-01-14", "2025-01-15"),
}


def lines(table: str) -> list[list[str]]:
    """The cells of a table."""
    return [["" if cell == "-" else cell for cell in line.split()] for line in table.strip().splitlines()]


def fen(yuan: str) -> int:
    """Yuan with two places in fen."""
    whole, _, part = yuan.partition(".")
    return int(whole + part)


@pytest.mark.parametrize("line", lines(WORKED), ids=lambda line: line[0])
def test_the_worked_examples_come_out_with_both_ways_of_rounding(line, local_law):
    """Owed as known after the notice less owed as known before it."""
    _, benefit, key, units, first, last, before, after, over_year, each_month = line
    law = local_law(**OVER_YEAR)
    national = claim(benefit, key, units=int(units), area=AREA)
    local = claim(benefit, key, units=int(units), area=REGION)
    assert arrears(national, first, last, before, after) == fen(each_month)
    assert arrears(local, first, last, before, after, law) == fen(over_year)


@pytest.mark.parametrize("year", RAISES)
def test_every_published_raise_makes_the_arrears_of_the_table(year, local_law):
    """All 26 disability cells and the others, both ways of rounding, and nothing before the standard applies."""
    table, first, last, before, after = RAISES[year]
    law = local_law(**OVER_YEAR)
    for benefit, key, _, _, each_month, over_year in lines(table):
        at_home, elsewhere = claim(benefit, key), claim(benefit, key, area=REGION)
        assert arrears(at_home, first, last, before, after) == int(each_month), (benefit, key)
        assert arrears(elsewhere, first, last, before, after, law) == int(over_year), (benefit, key)
        assert arrears(at_home, f"{year}-01", f"{year}-07", before, after) == 0


@pytest.mark.parametrize("year", RAISES)
def test_the_old_and_new_amounts_of_the_table_are_those_of_the_law(year, local_law):
    """Twelve months over the standard's year come to exactly the yearly amounts that the table starts from."""
    table, *_, before, after = RAISES[year]
    law = local_law(**OVER_YEAR)
    for benefit, key, old, new, _, _ in lines(table):
        one = claim(benefit, key, area=REGION)
        whole_year = f"{year}-08", f"{int(year) + 1}-07"
        assert total_owed(one, *whole_year, after, law) == int(new) * 100, (benefit, key)
        assert total_owed(one, *whole_year, before, law) == int(old) * 100, (benefit, key)
