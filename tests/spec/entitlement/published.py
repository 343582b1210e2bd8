"""The standards as the notices print them, typed once more: what the dated tables must give back."""

from decimal import Decimal

# grade: 因战 因公 因病, yuan a year; grades 7 to 10 have no 因病
DISABILITY = {
    "2017": """
        1 72850 70550 68240
        2 65930 62460 60130
        3 57850 54360 50920
        4 47410 42800 39330
        5 37040 32380 30070
        6 28940 27380 23130
        7 21990 19680
        8 13880 12710
        9 11530 9260
        10 8100 6930
    """,
    "2018": """
        1 80140 77610 75060
        2 72520 68710 66140
        3 63640 59800 56010
        4 52150 47080 43260
        5 40740 35620 33080
        6 31830 30120 25440
        7 24190 21650
        8 15270 13980
        9 12680 10190
        10 8910 7620
    """,
    "2019": """
        1 88150 85370 82570
        2 79770 75580 72750
        3 70000 65780 61610
        4 57370 51790 47590
        5 44810 39180 36390
        6 35010 33130 27980
        7 26610 23820
        8 16800 15380
        9 13950 11210
        10 9800 8380
    """,
    "2020": """
        1 96970 93910 90830
        2 87750 83140 80030
        3 77000 72360 67770
        4 63110 56970 52350
        5 49290 43100 40030
        6 38510 36440 30780
        7 29270 26200
        8 18480 16920
        9 15350 12330
        10 10780 9220
    """,
    "2021": """
        1 106670 103300 99910
        2 96530 91450 88030
        3 84700 79600 74550
        4 69420 62670 57590
        5 54220 47410 44030
        6 42360 40080 33860
        7 32200 28820
        8 20330 18610
        9 16890 13560
        10 11860 10140
    """,
    "2022": """
        1 116270 111560 106900
        2 105220 98770 94190
        3 92320 85970 79770
        4 75670 67680 61620
        5 59100 51200 47110
        6 46170 43290 36230
        7 34780 30840
        8 21960 19910
        9 18240 14510
        10 12810 10850
    """,
    "2023": """
        1 124410 118250 112250
        2 112590 104700 98900
        3 98780 91130 83760
        4 80970 71740 64700
        5 63240 54270 49470
        6 49400 45890 38040
        7 36870 32380
        8 23280 20910
        9 19330 15240
        10 13580 11390
    """,
    "2024": """
        1 131880 124164 116736
        2 119340 109932 102852
        3 104712 95688 87108
        4 85824 75324 67284
        5 67032 56988 51444
        6 52368 48180 39564
        7 39084 33996
        8 24672 21960
        9 20484 16008
        10 14400 11964
    """,
    "2025": """
        1 135840 127884 120240
        2 122916 113232 105936
        3 107856 98556 89724
        4 88404 77580 69300
        5 69048 58692 52992
        6 53940 49620 40752
        7 40260 35016
        8 25416 22620
        9 21096 16488
        10 14832 12324
    """,
}

CAUSES = ("因战", "因公", "因病")

# yuan a year, from August (2017: October) of the year; "-" where nothing was published
YEARLY = {
    "survivor_pension 烈属": "23130 25440 27980 30780 33860 36910 39490 41856 -",
    "survivor_pension 因公牺牲": "19860 21850 24040 26440 29080 31410 33290 34956 -",
    "survivor_pension 病故": "18680 20550 22610 24870 27360 29280 30740 31968 -",
    "red_army_allowance 在乡红军": "50520 55570 61130 67240 73960 80620 86260 - -",
    "red_army_allowance 西路军": "50520 55570 61130 67240 73960 80620 86260 - -",
    "red_army_allowance 失散红军": "22790 25070 27580 30340 33370 36370 38920 - -",
}
# yuan a month, or a month and year of service
MONTHLY = {
    "ill_veteran_allowance": "500 550 600 650 700 750 787.5 819 844",
    "war_participant_allowance": "550 600 650 700 750 800 840 882 909",
    "nuclear_participant_allowance": "550 600 650 700 750 800 840 882 909",
    "martyr_child_allowance": "390 440 490 540 590 645 690 731 -",
}
# 2022 and later are published by the year (648, 688, 720)
RURAL_YEARLY = "360 420 480 540 600 648 688 720 -"

YEARS = ("2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025")
# from when each year's standard applies, and the first day on which it could be known
EFFECTIVE = {year: f"{year}-10-01" if year == "2017" else f"{year}-08-01" for year in YEARS}
KNOWN = {
    "2017": "2017-10-31",
    "2018": "2018-08-31",
    "2019": "2019-08-31",
    "2020": "2020-08-31",
    "2021": "2021-08-31",
    "2022": "2022-08-29",
    "2023": "2023-10-11",
    "2024": "2025-01-15",
    "2025": "2026-03-15",
}


def disability(year: str) -> dict[tuple[str, str], int]:
    """Yuan a year by (cause, grade)."""
    rows = [line.split() for line in DISABILITY[year].strip().splitlines()]
    return {
        (cause, grade): int(amount) for grade, *amounts in rows for cause, amount in zip(CAUSES, amounts, strict=False)
    }


def yearly() -> dict[tuple[str, str], list[str | None]]:
    """Every periodic standard as yuan a year, year by year, by (benefit, key); None where nothing was published."""
    found: dict[tuple[str, str], list[str | None]] = {}
    for cause, grade in disability("2017"):
        found["disability_pension", f"{cause}|{grade}"] = [str(disability(year)[cause, grade]) for year in YEARS]
    for name, amounts in YEARLY.items():
        benefit, key = name.split()
        found[benefit, key] = [None if amount == "-" else amount for amount in amounts.split()]
    for benefit, amounts in MONTHLY.items():
        found[benefit, ""] = [None if amount == "-" else str(Decimal(amount) * 12) for amount in amounts.split()]
    found["rural_veteran_allowance", ""] = [None if amount == "-" else amount for amount in RURAL_YEARLY.split()]
    return found
