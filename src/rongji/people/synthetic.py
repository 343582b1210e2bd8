"""Synthetic people: a county's worth of invented persons, the same ones for the same seed, for demo, tests, benchmarks.

Nobody here exists: area codes begin with 99, which no place has, and names are drawn from lists by chance.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from rongji.kernel.bank_card import has_card_check_digit
from rongji.kernel.identity_number import check_character
from rongji.kernel.month import Month
from rongji.people.types import Sex

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚钟姜崔谭陆汪范廖石"
    "金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史贺陶顾毛郝龚邵万覃武钱戴严莫孔向常汤"
)
COMPOUND = ("欧阳", "司马", "上官", "诸葛")
MALE_GIVEN = (
    "伟强军建国平志明永文德福贵生春林海龙云山辉华勇刚斌涛波宏光荣庆胜利学友根新民安东南正义和顺长兴祥松柏树泽远方义仁"
)
FEMALE_GIVEN = "芳秀英兰梅桂珍玉霞红丽娟艳娥莲凤香菊琴云春华月素清翠玲淑秋冬青惠贞爱巧彩银雪连喜"
TOWNS = "青石 白云 柳河 东湖 西坪 南塘 北岭 金山 银滩 长桥 大垅 小港 龙泉 鹿角 望江".split()
VILLAGES = "红星 向阳 新建 和平 团结 胜利 光明 前进 长安 永兴 石桥 竹山 樟树 荷塘".split()


@dataclass(frozen=True, slots=True)
class Share:
    """How many persons of a category a county has, between which ages, and whether they hold a disability grade.

    born: first and last year of birth; men: share of men in a hundred; enlist_age: 0 for those who never served.
    """

    category: str
    count: int
    born: tuple[int, int]
    men: int = 97
    enlist_age: int = 18
    years: tuple[int, int] = (3, 6)


COUNTY: tuple[Share, ...] = (
    Share("11", 668, (1945, 1998), years=(3, 12)),
    Share("21", 70, (1938, 1975), men=35, enlist_age=0),
    Share("22", 45, (1945, 1985), men=35, enlist_age=0),
    Share("23", 62, (1945, 1985), men=35, enlist_age=0),
    Share("33", 3, (1928, 1933), men=60, enlist_age=0),
    Share("41", 108, (1930, 1936)),
    Share("42", 342, (1948, 1975)),
    Share("51", 1126, (1952, 1966), years=(3, 8)),
    Share("61", 168, (1940, 1965), years=(2, 5)),
    Share("B1", 131, (1938, 1963), men=55, enlist_age=0),
    Share("81", 2561, (1941, 1962), years=(2, 6)),
)
"""The paid categories of a county of 5284 recipients, the size that one of the published reports states."""

FILES = 11647
"""Files of such a county: recipients, and veterans who get no periodic benefit."""


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """One invented person. service: enlisted and discharged; grade/cause: of a disability; village: with its town."""

    number: str
    name: str
    sex: Sex
    born_on: date
    id_number: str
    phone: str
    account: str
    town: int
    village: str
    station_code: str
    category: str
    enlisted_on: date | None
    discharged_on: date | None
    cause: str
    grade: int

    @property
    def service_years(self) -> int:
        """Years of service with a part of a year counted as a whole one."""
        if self.enlisted_on is None or self.discharged_on is None:
            return 0
        months = Month.from_day(self.discharged_on).index - Month.from_day(self.enlisted_on).index
        return max(1, -(-months // 12))


def county(
    *, area: str, seed: int = 2024, shares: Sequence[Share] = COUNTY, files: int = FILES
) -> Iterator[SyntheticPerson]:
    """Everybody of a county: first the paid categories, then veterans without a periodic benefit up to `files`."""
    random = Random(seed)
    others = Share("", files - sum(share.count for share in shares), (1960, 2002), men=95, years=(2, 12))
    born: Counter[date] = Counter()
    everybody = (share for share in (*shares, others) for _ in range(share.count))
    for number, share in enumerate(everybody, 1):
        yield one(random, number, area, share, born)


def one(random: Random, number: int, area: str, share: Share, taken: Counter[date]) -> SyntheticPerson:
    """One person of a category. taken: how many were born on each day so far, so that no ID number comes twice."""
    sex = Sex.MALE if random.randrange(100) < share.men else Sex.FEMALE
    born = _day_of(random, random.randint(*share.born))
    taken[born] += 1
    town = random.randrange(len(TOWNS))
    village = random.randrange(len(VILLAGES) - (1 if town else 2))
    enlisted = _enlisted(random, born, share)
    discharged = _discharged(random, enlisted, share) if enlisted else None
    cause, grade = _disability(random) if share.category == "11" else ("", 0)
    return SyntheticPerson(
        number=f"{area}-{number:06d}",
        name=_name(random, sex),
        sex=sex,
        born_on=born,
        id_number=id_number(area, born, taken[born] * 2 + (1 if sex is Sex.MALE else 0)),
        phone=f"199{random.randrange(10**8):08d}",
        account=card_number(f"629999{number:012d}"),
        town=town,
        village=f"{TOWNS[town]}镇{VILLAGES[village]}村",
        station_code=station_code(area, town, village),
        category=share.category,
        enlisted_on=enlisted,
        discharged_on=discharged,
        cause=cause,
        grade=grade,
    )


def stations(area: str) -> Iterator[tuple[str, str, str]]:
    """Code, name and parent's code of every station: the county's centre, 15 of towns, 194 of villages."""
    yield f"{area}-C", "退役军人服务中心", ""
    for town, name in enumerate(TOWNS):
        yield f"{area}-{town + 1:02d}", f"{name}镇退役军人服务站", f"{area}-C"
        for village in range(len(VILLAGES) - (1 if town else 2)):
            label = f"{name}镇{VILLAGES[village]}村退役军人服务站"
            yield station_code(area, town, village), label, f"{area}-{town + 1:02d}"


def station_code(area: str, town: int, village: int) -> str:
    """The code of a village's station."""
    return f"{area}-{town + 1:02d}{village + 1:02d}"


def id_number(area: str, born: date, sequence: int) -> str:
    """An ID number with a right check character; area codes that begin with 99 belong to no place."""
    body = f"{area}{born:%Y%m%d}{sequence:03d}"
    return body + check_character(body)


def card_number(body: str) -> str:
    """A card number with a right Luhn digit."""
    return next(number for digit in range(10) if has_card_check_digit(number := f"{body}{digit}"))


def _name(random: Random, sex: Sex) -> str:
    surname = random.choice(COMPOUND) if random.randrange(200) == 0 else random.choice(SURNAMES)
    given = MALE_GIVEN if sex is Sex.MALE else FEMALE_GIVEN
    return surname + "".join(random.choice(given) for _ in range(2 if random.randrange(100) < 80 else 1))


def _day_of(random: Random, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=random.randrange(365))


def _enlisted(random: Random, born: date, share: Share) -> date | None:
    """Conscripts join in winter, or in autumn since 2013."""
    if not share.enlist_age:
        return None
    year = born.year + share.enlist_age + random.randrange(3)
    return date(year, 9, 1) if year >= 2013 else date(year, 12, 10)


def _discharged(random: Random, enlisted: date, share: Share) -> date:
    return date(enlisted.year + random.randint(*share.years), 12, 1)


def _disability(random: Random) -> tuple[str, int]:
    """Grades as they are spread: few heavy ones, many light; illness has no grade below six."""
    grade = random.choices(range(1, 11), weights=(1, 1, 2, 2, 5, 9, 14, 22, 20, 24))[0]
    causes = ("因战", "因公", "因病") if grade <= 6 else ("因战", "因公")
    return random.choices(causes, weights=(20, 62, 18)[: len(causes)])[0], grade
