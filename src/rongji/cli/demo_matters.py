"""What comes to the demo's county in a month: petitions, orders, applications, drawn by chance from its residents."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from rongji.casework.types import NewCase
from rongji.cli.demo_cases import Matter, money, spread

GRIEVANCES = (
    ("抚恤优待", "咨询抚恤补助起发月份", "请求说明本人补助从哪个月起发、标准如何确定。"),
    ("抚恤优待", "反映补助没有到账", "请求核对本人账户和当月补助。"),
    ("移交安置", "请求落实待安置期生活补助", "请求核对待安置期间的补助月数。"),
    ("社会保险", "请求接续养老保险", "请求协调原单位接续断缴期间的养老保险。"),
    ("医疗", "请求报销住院费用", "请求按优抚医疗规定补助住院自付部分。"),
    ("身份认定", "请求认定参战身份", "请求调取档案核对参战经历。"),
    ("就业创业", "请求推荐就业岗位", "请求推荐适合的岗位和技能培训。"),
    ("帮扶援助", "请求困难帮扶", "因病致困，请求帮扶。"),
    ("住房", "请求改善住房", "请求协调危房改造。"),
    ("褒扬纪念", "请求修缮烈士墓", "请求修缮本村烈士墓。"),
)
ANSWERED = {
    "facts": "经查阅档案和发放台账，反映的情况已核实。",
    "opinion": "依照有关法规和政策办理，已向本人当面说明依据和结果。",
    "close_out": "答复意见书已送达本人，回访无新的请求。",
}
ASKS = ("咨询优待证办理进度", "询问优待金发放时间", "求助协调社保断缴", "咨询学历提升资助", "建议增加招聘会场次")
ILLNESSES = ("慢性支气管炎", "风湿性关节炎", "胃溃疡", "腰椎间盘突出", "高血压心脏损害")
GROUPS = {
    "11": "7至10级残疾军人", "21": "烈属", "22": "因公牺牲军人遗属", "23": "病故军人遗属", "41": "在乡复员军人",
    "42": "带病回乡退役军人", "51": "参战退役人员", "61": "参试退役人员",
}  # fmt: skip
ASSIGNERS = {"hotline": "云湖县12345热线（示例）", "city": "市退役军人事务局（示例）", "ministry": "部级信访系统"}
BANKS = ("云湖农商银行（示例）", "云湖邮政银行（示例）")
SCHOOLS = (("云湖职业学院（示例）", "高职（专科）"), ("云湖开放大学（示例）", "本科"))


@dataclass(frozen=True)
class Matters:
    """The county's matters of a month. served: kind and person of applications that are made once."""

    residents: list[Any]
    random: Random
    served: set[tuple[str, int]] = field(default_factory=set)

    def of(self, first: date, *, is_busy: bool) -> Iterator[Matter]:
        """Everything that comes in the month. is_busy: the year of the report; the year before, only a few."""
        share = 1 if is_busy else 4
        yield from self._several(first, 16 // share, self.petition)
        yield from self._several(first, 4 // share, self.hotline)
        yield from self._several(first, 24 // share, self.card)
        yield from self._several(first, 4 // share, self.aid)
        yield from self._several(first, 6 // share, self.medical)
        if is_busy:
            yield from self._several(first, 2, self.degree)
            yield from self._several(first, 1, self.loan)
            yield from self._several(first, 1, self.gap)
            if first.month in (3, 4, 10, 11):
                yield from self._several(first, 6, self.tomb)

    def legacy(self, first: date) -> Iterator[Matter]:
        """Old matters taken over into the ledger at once; some of them stay open longer than others."""
        for number in range(12):
            who = self._somebody()
            new = self._new("petition", "visit", first, GRIEVANCES[number % len(GRIEVANCES)], who)
            since = date(first.year - 2 - number % 3, 5, 1 + number)
            pace = (60, 90) if number % 4 else (200, 240)
            yield self._petition(_with(new, legacy_since=since, campaign="积案化解攻坚"), pace=pace)

    def fresh(self, today: date) -> Iterator[Matter]:
        """What came in the weeks before today, so that the inbox holds matters in hand, some of them soon due."""
        for number in range(26):
            make = (self.petition, self.petition, self.hotline, self.card)[number % 4]
            yield replace(make(today - timedelta(days=44 - number * 5 // 3)), pace=(8, 70), rating="")

    def petition(self, day: date) -> Matter:
        """Somebody comes, calls or writes."""
        channel = self.random.choices(
            ("visit", "phone", "letter", "online", "hotline", "city", "ministry"), (50, 24, 3, 10, 6, 4, 3)
        )[0]
        new = self._new("petition", channel, day, self.random.choice(GRIEVANCES), self._somebody())
        people = self.random.choice((1, 1, 1, 2, 3)) if channel == "visit" else 1
        return self._petition(_with(new, people=people, **_assigned(channel)))

    def _petition(self, new: NewCase, pace: tuple[int, int] = (3, 16)) -> Matter:
        answers = {**ANSWERED, "result": self.random.choice(("支持", "部分支持", "解释说明")),
                   "solved": "否" if self.random.randrange(25) == 0 else "是"}  # fmt: skip
        rating = self.random.choice(("satisfied", "satisfied", "satisfied", "fair", ""))
        return Matter(new, "办结", answers, pace, rating=rating)

    def hotline(self, day: date) -> Matter:
        """An order of the 12345 line."""
        title = self.random.choice(ASKS)
        nature = "建议" if title.startswith("建议") else "求助" if title.startswith("求助") else "咨询"
        new = NewCase(
            kind="hotline", channel=HOTLINE_CHANNEL, received_on=day, title=title, applicant="来电人",
            external_number=f"YH{day:%Y%m%d}{self.random.randrange(1000):03d}", assigned_by="云湖县12345热线（示例）",
            answers={"nature": nature, "request": f"{title}。"},
        )  # fmt: skip
        answers = {"answer": "已电话答复来电人，说明办理依据和渠道。", "contacted": "是"}
        return Matter(
            new, "答复", answers, (0, 1), (0, 1), rating=self.random.choice(("satisfied", "satisfied", "fair"))
        )

    def card(self, day: date) -> Matter:
        """A card for a veteran or for the family of a martyr."""
        who = self._somebody("veteran_card")
        kind = "烈士遗属" if who.made.category == "21" else "退役军人"
        new = self._about(who, "veteran_card", day, "申领优待证", {"card_type": kind, "purpose": "首次申领"})
        tail = {"card_number_tail": f"{self.random.randrange(10000):04d}", "delivered_to": "所在乡镇服务站"}
        return self._of(who, new, "领取", {**tail, "first_opinion": "身份和照片核对无误。"}, (3, 12))

    def aid(self, day: date) -> Matter:
        """Help for a household that illness or disaster hit."""
        who = self._somebody("hardship_aid")
        cause = self.random.choice(("因病", "因病", "因灾", "因意外"))
        loss = money(self.random.randrange(80, 400) * 100 * 100)
        asked = {"cause": cause, "happened_on": str(day - timedelta(days=60)), "loss": loss, "household": "3",
                 "situation": f"{cause}支出较大，家庭收入不足以负担。"}  # fmt: skip
        new = self._about(who, "hardship_aid", day, f"{cause}致困申请援助", asked)
        found = {"visit_on": str(day + timedelta(days=1)), "income_per_head": "780", "low_income": "否",
                 "assessment": "入户核对收入和支出票据，情况属实。", "notice_place": "村务公开栏"}  # fmt: skip
        return self._of(who, new, "援助", found)

    def medical(self, day: date) -> Matter:
        """A stay in hospital settled after insurance."""
        who = self.random.choice([item for item in self._present() if _group(item)])
        bill = self.random.randrange(60, 300) * 10_000
        covered = bill * 9 // 10
        asked = {
            "provider": "云湖县人民医院（示例）", "bill_number": f"YY{day:%Y%m%d}{self.random.randrange(100000):05d}",
            "group": _group(who), "care": "住院", "settled_on": str(day), "bill": money(bill),
            "in_catalogue": money(covered), "basic_paid": money(covered * 6 // 10),
            "serious_paid": money(covered // 10), "relief_paid": "0",
        }  # fmt: skip
        new = self._about(who, "medical_settlement", day, "住院费用一站式结算", asked)
        return self._of(who, new, "补助", {"paid_on": ""}, (0, 3))

    def degree(self, day: date) -> Matter:
        """Support for a veteran who studies."""
        who, (school, level) = self._veteran("degree_support"), self.random.choice(SCHOOLS)
        asked = {"school": school, "level": level, "started_on": f"{day.year - 1}-09-01", "asked": "2000"}
        new = self._about(who, "degree_support", day, f"{school}就读资助", asked)
        return self._of(who, new, "资助", {"granted": "2000", "paid": "2000"})

    def loan(self, day: date) -> Matter:
        """A loan for a veteran's firm."""
        who = self._veteran("start_up_loan")
        firm = f"{who.made.name[0]}氏农业合作社（示例）"
        asked = {"firm": firm, "firm_kind": "合作社", "asked": "200000", "purpose": "购置农机", "jobs": "6"}
        new = self._about(who, "start_up_loan", day, f"{firm}创业贷款", asked)
        return self._of(who, new, "放款", {"bank": self.random.choice(BANKS), "lent": "200000", "discount": "3000"})

    def gap(self, day: date) -> Matter:
        """A policy that has not reached somebody."""
        who = self._veteran("policy_gap")
        asked = {"policy": self.random.choice(("社会保险", "就业创业", "优待")), "shortfall": "政策知晓但未办理。"}
        new = self._about(who, "policy_gap", day, "政策落实核对", asked)
        return self._of(who, new, "落实", {"measure": "协调责任单位办理。", "result": "已办理并告知本人。"})

    def tomb(self, day: date) -> Matter:
        """A scattered martyr's tomb is moved to the park."""
        number = self.random.randrange(1000, 9999)
        asked = {"martyr": "无名", "tomb": f"YH-{day.year}-{number}", "old_place": "村后山坡",
                 "new_place": "云湖县烈士陵园（示例）"}  # fmt: skip
        new = NewCase(
            kind="tomb_relocation", channel=TOMB_CHANNEL, received_on=day, title=f"零散烈士墓 {number} 迁移",
            applicant="所在村委会", station=self._somebody().made.station_code, answers=asked,
        )  # fmt: skip
        found = {"units": "县局、乡镇政府、村委会", "certificate": f"云烈安〔{day.year}〕{number}号"}
        return Matter(new, "安葬", found, (2, 8))

    def rural(self, who: Any, day: date, done: Callable[[date], None]) -> Matter:
        """Somebody of a village turns sixty."""
        made = who.made
        asked = {"enlisted_on": str(made.enlisted_on), "discharged_on": str(made.discharged_on),
                 "discharge_residence": "农村", "employee_pension": "否", "other_benefit": "否"}  # fmt: skip
        new = self._about(who, "rural_veteran", day, "农村籍老年生活补助", asked)
        return self._of(who, new, "认定", {"service_years": str(made.service_years)}, (1, 3), done)

    def illness(self, who: Any, day: date, done: Callable[[date], None]) -> Matter:
        """Somebody who came home ill."""
        made = who.made
        asked = {"enlisted_on": str(made.enlisted_on), "discharged_on": str(made.discharged_on),
                 "illness": self.random.choice(ILLNESSES), "army_hospital": "部队医院（示例）",
                 "employee_pension": "否"}  # fmt: skip
        new = self._about(who, "ill_veteran", day, "带病回乡身份认定", asked)
        return self._of(who, new, "认定", {}, (1, 3), done)

    def disability(self, who: Any, day: date, grade: int, done: Callable[[date], None]) -> Matter:
        """A disability found, or found to have grown worse."""
        anew = who.made.category == "11"
        asked: dict[str, Any] = {"change": "调整" if anew else "新评定", "cause": "因公", "injury": "下肢活动受限。"}
        if anew:
            asked |= {"last_graded_on": "2022-06-01", "present_grade": str(who.grade)}
        else:
            asked["injured_on"] = str(day - timedelta(days=200))
        new = self._about(who, "disability_grade", day, "残疾等级评定", asked)
        return self._of(who, new, "评定", {"grade": str(grade), "decided_cause": "因公"}, (2, 6), done)

    def _several(self, first: date, number: int, make: Callable[[date], Matter]) -> Iterator[Matter]:
        return (make(day) for day in spread(self.random, first, number))

    def _present(self) -> list[Any]:
        return [item for item in self.residents if item.alive and item.here]

    def _somebody(self, kind: str = "") -> Any:
        """Anybody; for a kind, somebody who has not asked for it before."""
        present = self._present()
        while (found := self.random.choice(present)) and (kind, found.id) in self.served:
            continue
        if kind:
            self.served.add((kind, found.id))
        return found

    def _veteran(self, kind: str) -> Any:
        young = (item for item in self._present() if item.made.discharged_on and item.made.born_on.year > 1980)
        found = self.random.choice([item for item in young if (kind, item.id) not in self.served])
        self.served.add((kind, found.id))
        return found

    def _new(self, kind: str, channel: str, day: date, matter: tuple[str, str, str], who: Any) -> NewCase:
        topic, title, request = matter
        return NewCase(
            kind=kind, channel=channel, received_on=day, title=title, applicant=who.made.name, person_id=who.id,
            station=who.made.station_code, answers={"topic": topic, "request": request},
        )  # fmt: skip

    def _about(self, who: Any, kind: str, day: date, title: str, answers: dict[str, Any]) -> NewCase:
        return NewCase(
            kind=kind, channel=self.random.choice(("counter", "station")), received_on=day, title=title,
            person_id=who.id, station=who.made.station_code, answers=answers,
        )  # fmt: skip

    def _of(
        self, who: Any, new: NewCase, outcome: str, answers: dict[str, Any], pace: tuple[int, int] = (1, 6),
        done: Callable[[date], None] = lambda day: None,
    ) -> Matter:  # fmt: skip
        answers = {name: value for name, value in answers.items() if value}
        return Matter(new, outcome, answers, pace, pace, is_over=lambda: not (who.alive and who.here), done=done)


HOTLINE_CHANNEL = "hotline"
TOMB_CHANNEL = "office"


def _assigned(channel: str) -> dict[str, str]:
    by = {"hotline": "云湖县12345热线（示例）", "city": "市退役军人事务局（示例）", "ministry": "部级信访系统"}.get(
        channel
    )
    return {"assigned_by": by, "external_number": "JB2024"} if by else {}


def _group(who: Any) -> str:
    return "" if who.made.category == "11" and who.grade < 7 else GROUPS.get(who.made.category, "")


def _with(new: NewCase, **more: Any) -> NewCase:
    fields = {name: getattr(new, name) for name in NewCase.__dataclass_fields__}
    return NewCase(**{**fields, **more})
