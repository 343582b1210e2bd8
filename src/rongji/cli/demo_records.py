"""The registers of the demo's county: tables of an office taken over as files, and what the stations enter row by row.

The tables lie in `examples/yunhu-2024/records`, one for each register; what runs into hundreds of rows is drawn by
chance from the county's residents and stations, and entered through the same service as a clerk's.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from rongji.accounts.types import Actor
from rongji.people.synthetic import FEMALE_GIVEN, MALE_GIVEN, SURNAMES, stations
from rongji.services import services
from rongji.services.imports import import_file
from rongji.services.network.map_file import set_map_shapes

At = Callable[[str, date], Actor]
Row = dict[str, Any]
FIVE_HAVES = ("有机构", "有编制", "有人员", "有经费", "有保障")
FIRST_TABLES = (
    "memorial_sites",
    "standing_groups",
    "festival_campaigns",
    "job_fairs",
    "courses",
    "convalescence_sessions",
    "garrison_units",
    "vehicles",
)
TARGETS = {
    "11": "残疾军人",
    "21": "烈士遗属",
    "22": "因公牺牲病故军人遗属",
    "23": "因公牺牲病故军人遗属",
    "41": "在乡复员军人",
    "51": "参战参试人员",
    "61": "参战参试人员",
    "81": "农村籍退役士兵",
}
FESTIVALS = (
    ("春节", "2024年春节慰问重点优抚对象", date(2024, 1, 24), 2552),
    ("八一", "2024年八一慰问重点优抚对象", date(2024, 7, 24), 2570),
)
TOPICS = ("红色故事宣讲", "关爱烈属和老兵", "守护烈士墓地", "就业创业指导", "平安巡防", "无偿献血", "助学助困")
VOLUNTEERS, ACTIVITIES, TOMBS, PLAQUES, ROUND_FOUND = 1275, 120, 215, 421, 48


@dataclass
class Registers:
    """The county's registers in the making. residents: those who are alive and here, with `id` and `made`."""

    bureau: str
    area: str
    at: At
    tables: Path
    residents: Sequence[Any]
    random: Random
    year: int = 2024

    def fill(self, say: Callable[[str], None]) -> None:
        """Take over the tables, then enter what the stations keep."""
        self.clerk = self.at("clerk", date(self.year, 12, 30))
        self.stations = [code for code, _, _ in stations(self.area)]
        say("云湖县业务登记簿 ……")
        paths = {path.stem: path for path in self.tables.glob("*.csv")}
        for name in (*FIRST_TABLES, *sorted(paths.keys() - set(FIRST_TABLES))):
            import_file(actor=self.clerk, bureau=self.bureau, register=name, source=paths[name])
        for register, rows in self._rows():
            services.add_records(actor=self.clerk, bureau=self.bureau, register=register, many=list(rows))
        shapes = self.tables.parent / "townships.geojson"
        set_map_shapes(actor=self.clerk, bureau=self.bureau, file_name=shapes.name, data=shapes.read_bytes())

    def _rows(self) -> Iterator[tuple[str, Iterator[Row]]]:
        yield "staff", self._staff()
        yield "stations_profile", self._profiles()
        yield "station_staff", self._station_staff()
        yield "station_checklist", self._checklists()
        yield "station_gradings", self._gradings()
        yield "visits", self._visits()
        yield "plaques", self._plaques()
        yield "volunteer_teams", self._teams()
        yield "volunteers", self._volunteers()
        yield "volunteer_activities", self._activities()
        yield "volunteer_hours", self._hours()
        yield "tombs", self._tombs()
        yield "convalescence_people", self._convalescents()
        yield "course_attendance", self._students()
        yield "fair_placed", self._placed()
        yield "employment_follow_up", self._followed()
        yield "contact_log", self._contacts()
        yield "pairing", self._pairs()
        yield "enlistments", self._enlisted()

    def _staff(self) -> Iterator[Row]:
        kinds = ["行政在编"] * 10 + ["事业在编"] * 20 + ["离退休"] * 9 + ["编外聘用"] * 6
        for number, kind in enumerate(kinds, 1):
            yield {
                "since": date(2012 + number % 9, 3, 1),
                "staff_number": f"YT{number:03d}",
                "name": self._name(),
                "unit_name": "局机关",
                "kind": kind,
                "leadership": "正职" if number == 1 else "副职" if number < 4 else "非领导职务",
            }

    def _profiles(self) -> Iterator[Row]:
        for number, code in enumerate(self.stations):
            town = self._town(code)
            level = "县级" if code.endswith("-C") else "乡镇级" if len(code) == len(self.area) + 3 else "村级"
            yield {
                "opened_on": date(2019, 6, 1),
                "station": code,
                "level": level,
                "kind": "村社区" if level == "村级" else "乡镇街道",
                "longitude": f"{112.90 + town % 4 * 0.11 + self.random.uniform(-0.045, 0.045):.4f}",
                "latitude": f"{28.15 + town // 4 * 0.10 + self.random.uniform(-0.04, 0.04):.4f}",
                "shared_office": "是" if number % 3 == 0 else "否",
            }

    def _station_staff(self) -> Iterator[Row]:
        for number, code in enumerate(self.stations):
            for turn in range(6 if code.endswith("-C") else 2 if self._is_town(code) else 1):
                gone = number % 17 == 0 and turn == 0 and number > 0
                row = {
                    "since": date(2021, 3, 1),
                    "station": code,
                    "name": self._name(),
                    "is_veteran": "是",
                    "shared": "否",
                    "kind": "专职" if self._is_town(code) else "兼职",
                    "post": "站长" if turn == 0 else "专干",
                }
                yield {**row, "left_on": date(2024, 6, 30), "left_reason": "调动"} if gone else row
                if gone:
                    yield {**row, "since": date(2024, 7, 1), "name": self._name()}

    def _checklists(self) -> Iterator[Row]:
        for number, code in enumerate(self.stations):
            for turn, item in enumerate(FIVE_HAVES):
                met = (number * 5 + turn) % 23 != 0
                yield {
                    "checked_on": date(2024, 6, 20),
                    "station": code,
                    "standard": "五有",
                    "item": item,
                    "met": "是" if met else "否",
                    **({"evidence_on": date(2024, 6, 20)} if met else {"gap": "人员兼职"}),
                }

    def _gradings(self) -> Iterator[Row]:
        towns = [code for code in self.stations if self._is_town(code)]
        villages = [code for code in self.stations if not self._is_town(code)]
        for number, code in enumerate((*towns[:12], *villages[:3])):
            yield {
                "decided_on": date(2021 + number % 4, 11, 8),
                "station": code,
                "grade": "示范型",
                "level": "省级",
                "score": str(90 + number % 8),
                "result": "已命名",
            }
        yield {
            "decided_on": date(2024, 12, 2),
            "station": towns[12],
            "grade": "标杆型",
            "level": "省级",
            "result": "申报中",
        }

    def _visits(self) -> Iterator[Row]:
        paid = [item for item in self.residents if item.made.category in TARGETS]
        for festival, campaign, first, number in FESTIVALS:
            for turn, who in enumerate(self.random.sample(paid, number)):
                yield {
                    "visited_on": first + timedelta(days=turn % 9),
                    "person": who.id,
                    "occasion": festival,
                    "station": who.made.station_code,
                    "target": TARGETS[who.made.category],
                    "campaign": campaign,
                    "method": "上门",
                    "money": "300",
                }

    def _plaques(self) -> Iterator[Row]:
        for turn, who in enumerate(self.random.sample(list(self.residents), PLAQUES)):
            kind = "烈士遗属" if who.made.category == "21" else "退役军人家庭"
            yield {
                "hung_on": date(2024, 1, 10) + timedelta(days=turn % 200),
                "person": who.id,
                "family_kind": kind,
                "action": "更换" if turn % 9 == 0 else "新悬挂",
                "ceremony": "是",
                "station": who.made.station_code,
            }

    def _teams(self) -> Iterator[Row]:
        yield {
            "founded_on": date(2020, 3, 5),
            "name": "云湖县退役军人志愿服务队",
            "kind": "志愿服务队",
            "level": "县级",
        }
        for code in self.stations:
            if self._is_town(code) and not code.endswith("-C"):
                yield {
                    "founded_on": date(2021, 3, 5),
                    "name": f"第{code[-2:]}志愿服务队",
                    "kind": "志愿服务队",
                    "level": "乡镇级",
                    "station": code,
                }

    def _volunteers(self) -> Iterator[Row]:
        for turn, who in enumerate(self.random.sample(list(self.residents), VOLUNTEERS), 1):
            yield {
                "joined_on": date(2021 + turn % 4, 3, 5),
                "number": f"ZY{turn:05d}",
                "name": who.made.name,
                "person": who.id,
                "station": who.made.station_code,
                "speciality": "综合",
            }

    def _activities(self) -> Iterator[Row]:
        for turn in range(1, ACTIVITIES + 1):
            yield {
                "held_on": date(2024, 1, 6) + timedelta(days=turn * 3 - 3),
                "title": f"志愿服务第{turn:03d}场",
                "topic": TOPICS[turn % len(TOPICS)],
                "team": "云湖县退役军人志愿服务队",
                "people": str(8 + turn % 9),
            }

    def _hours(self) -> Iterator[Row]:
        for turn in range(1, ACTIVITIES + 1):
            for helper in range(8 + turn % 9):
                number = (turn * 17 + helper * 101) % VOLUNTEERS + 1
                yield {
                    "served_on": date(2024, 1, 6) + timedelta(days=turn * 3 - 3),
                    "activity": f"志愿服务第{turn:03d}场",
                    "volunteer": f"ZY{number:05d}",
                    "hours": "3" if turn % 2 else "2.5",
                }

    def _tombs(self) -> Iterator[Row]:
        sites = ("云湖县烈士陵园（示例）", "长桥集中管护点（示例）", "北岭集中管护点（示例）", "南塘集中管护点（示例）")
        for turn in range(TOMBS):
            moved = turn % 3 != 0
            yield {
                "since": date(2022 + turn % 3, 9, 20),
                "number": f"YHM{turn + 1:04d}",
                "name": "无名烈士",
                "origin": "零散墓迁入" if moved else "原址保留",
                "site": sites[turn % 4],
                "is_scattered": "否" if moved else "是",
                "place": sites[turn % 4] if moved else "原葬地",
                "family": "无遗属",
                "condition": "完好",
                **({"certificate": f"云烈安{turn + 1:04d}号"} if moved else {}),
            }

    def _convalescents(self) -> Iterator[Row]:
        starts = (
            ("第一期短期疗养", date(2024, 4, 8), 41),
            ("第二期短期疗养", date(2024, 5, 13), 42),
            ("第三期短期疗养", date(2024, 9, 9), 41),
            ("第四期短期疗养", date(2024, 10, 21), 42),
        )
        people = iter(self.random.sample([item for item in self.residents if item.made.category], 166))
        for title, first, number in starts:
            for _ in range(number):
                yield {
                    "begun_on": first,
                    "session": title,
                    "person": next(people).id,
                    "finished": "是",
                    "companion": "否",
                }

    def _students(self) -> Iterator[Row]:
        courses = (("电工技能培训班", date(2024, 4, 15), 44), ("驾驶和机械操作培训班", date(2024, 9, 2), 44))
        people = iter(self.random.sample(self._young(), 88))
        for title, first, number in courses:
            for turn in range(number):
                result = "结业并取证" if turn % 11 else "结业"
                yield {
                    "joined_on": first,
                    "course": title,
                    "person": next(people).id,
                    "result": result,
                    "subsidy": "1500",
                }

    def _placed(self) -> Iterator[Row]:
        fairs = (
            ("退役军人春季专场招聘会", date(2024, 3, 16), 31),
            ("退役军人夏季专场招聘会", date(2024, 7, 20), 18),
            ("退役军人秋季专场招聘会", date(2024, 11, 16), 24),
        )
        people = iter(self.random.sample(self._young(), 73))
        for title, held, number in fairs:
            for turn in range(number):
                yield {
                    "hired_on": held + timedelta(days=5 + turn % 9),
                    "fair": title,
                    "person": next(people).id,
                    "employer": "云湖物流有限公司（示例）",
                }

    def _followed(self) -> Iterator[Row]:
        for turn, who in enumerate(self.random.sample(self._young(), 260)):
            status = ("在岗", "在岗", "创业", "灵活就业", "求职中", "培训中")[turn % 6]
            yield {
                "followed_on": date(2024, 3, 1) + timedelta(days=turn),
                "person": who.id,
                "target": "退役军人",
                "method": "电话",
                "status": status,
                "station": who.made.station_code,
            }

    def _contacts(self) -> Iterator[Row]:
        asked = ("待遇政策", "医疗", "就业", "家庭困难")
        for turn, who in enumerate(self.random.sample(list(self.residents), 900)):
            found = 1 if turn < ROUND_FOUND else 0
            yield {
                "contacted_on": date(2024, 2, 20) + timedelta(days=turn % 300),
                "person": who.id,
                "method": "入户",
                "station": who.made.station_code,
                "staff": "站点工作人员",
                "topic": asked[turn % 4] if found else "没有诉求",
                "found": str(found),
                "solved": str(found if turn % 24 else 0),
                **({"solution": "当场说明办法并代办"} if found else {}),
            }

    def _pairs(self) -> Iterator[Row]:
        parents = [item for item in self.residents if item.made.category == "21"][:24]
        for turn, who in enumerate(parents):
            yield {
                "since": date(2024, 1, 8),
                "person": who.id,
                "staff": f"结对人员{turn % 8 + 1}",
                "kind": "关爱烈士父母",
                "cycle": "每季度",
                "station": who.made.station_code,
            }

    def _enlisted(self) -> Iterator[Row]:
        for turn in range(118):
            spring = turn < 50
            yield {
                "enlisted_on": date(2024, 3, 15) if spring else date(2024, 9, 15),
                "soldier": f"{self._name()}{turn}",
                "batch": "春季" if spring else "秋季",
                "education": "大学毕业生" if turn % 3 else "大学在校生",
                "station": self.stations[1 + turn % 15],
            }

    def _young(self) -> list[Any]:
        last = date(self.year, 1, 1)
        return [
            item
            for item in self.residents
            if item.made.discharged_on and item.made.discharged_on < last and item.made.born_on.year > 1975
        ]

    def _is_town(self, code: str) -> bool:
        return len(code) <= len(self.area) + 3

    def _town(self, code: str) -> int:
        digits = code.removeprefix(f"{self.area}-")[:2]
        return int(digits) - 1 if digits.isdigit() else 5

    def _name(self) -> str:
        return self.random.choice(SURNAMES) + "".join(self.random.choice(MALE_GIVEN + FEMALE_GIVEN) for _ in range(2))
