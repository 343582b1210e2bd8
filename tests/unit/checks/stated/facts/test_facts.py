"""Facts of the department against each other: parts within wholes, its own rates, income, spending and the rest."""

import pytest
from unit.checks.stated.builder import column, figure, found, passage, row, table, verdicts

YEAR = "#year:2022"


def said(**facts):
    """Figures of running text by name; __ in a name stands before its basis."""
    return [
        passage(f"{name}{text}。", figure(f"{name.replace('__', ':')}{YEAR}", text, label=name.partition("__")[0]))
        for name, text in facts.items()
    ]


class TestWithin:
    def test_a_part_above_its_whole(self):
        assert verdicts("facts-stay-within", *said(在用固定资产__actual="90万元", 固定资产__actual="100万元")) == [
            "holds"
        ]
        assert verdicts("facts-stay-within", *said(在用固定资产__actual="110万元", 固定资产__actual="100万元")) == [
            "contradiction"
        ]

    def test_another_basis_is_not_compared(self):
        assert verdicts("facts-stay-within", *said(三公经费__initial="90万元", 公务接待费__actual="100万元")) == []

    def test_what_is_counted_differently_is_asked_about(self):
        assert verdicts("facts-stay-within", *said(三公经费__actual="90万元", 公用支出__actual="80万元")) == [
            "question"
        ]

    def test_two_numbers_of_one_table_are_left_to_its_sums(self):
        columns = [column("项目", "label"), column("决算数", stage="actual", unit="万元")]
        rows = [
            row("支出合计", "10", keys=(f"支出合计:actual{YEAR}",)),
            row("基本支出", "20", keys=(f"基本支出:actual{YEAR}",)),
        ]
        assert verdicts("facts-stay-within", table(columns, rows)) == []

    @pytest.mark.parametrize(("people", "expected"), [("10人", "holds"), ("8人", "holds"), ("12人", "question")])
    def test_people_and_posts(self, people, expected):
        assert verdicts("people-fit-their-posts", *said(在职人员=people, 人员编制="10人")) == [expected]

    def test_posts_are_held_against_people_in_post_first(self):
        pieces = said(在职人员="10人", 实有人数="15人", 人员编制="10人")
        assert verdicts("people-fit-their-posts", *pieces) == ["holds"]

    def test_those_who_retired_hold_no_post(self):
        columns = [column("单位", "label"), column("编制数", unit="人"), column("实有人数", unit="人")]
        columns += [column(name, unit="人", whole=2) for name in ("在职", "退休")]
        keys = (f"人员编制{YEAR}", f"实有人数{YEAR}")
        assert verdicts("people-fit-their-posts", table(columns, [row("合计", "48", "65", "45", "20", keys=keys)])) == [
            "holds"
        ]
        assert verdicts("people-fit-their-posts", table(columns, [row("合计", "48", "69", "49", "20", keys=keys)])) == [
            "question"
        ]


class TestSumsOfFacts:
    COLUMNS = [column("项目", "label"), column("决算数", stage="actual", unit="万元")]

    def rows(self, total, basic, project, **links):
        texts = {"支出合计": total, "基本支出": basic, "项目支出": project}
        return [
            row(name, text, keys=(f"{name}:actual{YEAR}",), **(links if name != "支出合计" else {}))
            for name, text in texts.items()
        ]

    def test_a_table_that_does_not_say_so(self):
        assert verdicts("facts-add-up", table(self.COLUMNS, self.rows("30.00", "10.00", "20.00"))) == ["holds"]
        assert verdicts("facts-add-up", table(self.COLUMNS, self.rows("30.00", "10.00", "21.00"))) == ["contradiction"]

    def test_a_table_that_says_so_is_left_to_its_sums(self):
        assert verdicts("facts-add-up", table(self.COLUMNS, self.rows("30.00", "10.00", "21.00", whole=0))) == []

    def test_numbers_of_several_tables_are_asked_about(self):
        total, *parts = self.rows("30.00", "10.00", "21.00")
        assert verdicts("facts-add-up", table(self.COLUMNS, [total]), table(self.COLUMNS, parts, number=2)) == [
            "question"
        ]


class TestOwnRates:
    def test_everything_is_in_use(self):
        pieces = said(在用固定资产__actual="2081.40万元", 固定资产__actual="2081.40万元")
        assert verdicts("stated-rates-follow-stated-figures", *pieces, *said(固定资产利用率__rate="95%")) == [
            "contradiction"
        ]
        assert verdicts("stated-rates-follow-stated-figures", *pieces, *said(固定资产利用率__rate="100%")) == ["holds"]

    def test_a_rate_with_several_bases_is_asked_about(self):
        pieces = said(在职人员="43人", 实有人数="53人", 人员编制="50人")
        check = "stated-rates-follow-stated-figures"
        assert verdicts(check, *pieces, *said(财政供养人员控制率__rate="86%")) == ["holds"]
        assert verdicts(check, *pieces, *said(财政供养人员控制率__rate="106%")) == ["holds"]
        assert verdicts(check, *pieces, *said(财政供养人员控制率__rate="100%")) == ["question"]

    def test_growth_against_last_year(self):
        now = said(三公经费__actual="90.00万元")
        before = passage("上年三公经费100.00万元。", figure("三公经费:prior#year:2021", "100.00万元"))
        rate = said(三公经费变动率__rate="-10%")
        assert verdicts("stated-rates-follow-stated-figures", *now, before, *rate) == ["holds"]

    def test_without_its_numbers_a_rate_is_left_alone(self):
        assert verdicts("stated-rates-follow-stated-figures", *said(固定资产利用率__rate="95%")) == []


class TestBalance:
    COLUMNS = [
        column("机构", "label"),
        column("收入合计", stage="actual", unit="万元"),
        column("上年结转", stage="actual", unit="万元", whole=1),
        column("支出合计", stage="actual", unit="万元"),
        column("当年结余", stage="actual", unit="万元"),
        column("累计结余", stage="actual", unit="万元"),
    ]

    def of(self, income, carried, spent, left, accumulated="", check="year-balance-follows"):
        names = ("收入合计", "上年结转", "支出合计", "当年结余", "累计结余")
        keys = tuple(f"{name}:actual{YEAR}" for name in names)
        return verdicts(check, table(self.COLUMNS, [row("汇总", income, carried, spent, left, accumulated, keys=keys)]))

    @pytest.mark.parametrize(
        ("income", "carried", "spent", "left", "expected"),
        [
            ("100.00", "20.00", "90.00", "10.00", "holds"),
            ("100.00", "20.00", "90.00", "30.00", "holds"),  # 收入未含上年结转
            ("100.00", "20.00", "75.00", "5.00", "holds"),  # 结余不计上年结转
            ("100.00", "20.00", "100.00", "1.13", "contradiction"),
            ("100.00", "20.00", "90.00", "4.00", "question"),  # 可能有分配或上缴
            ("100.00", "", "100.00", "1.13", "question"),  # 上年结转没有列
        ],
    )
    def test_what_is_left_of_the_year(self, income, carried, spent, left, expected):
        assert self.of(income, carried, spent, left) == [expected]

    def test_what_is_left_altogether(self):
        check = "accumulated-balance-follows"
        assert self.of("100.00", "20.00", "90.00", "10.00", "30.00", check=check) == ["holds"]
        assert self.of("100.00", "20.00", "90.00", "10.00", "10.00", check=check) == ["holds"]
        assert self.of("100.00", "20.00", "90.00", "10.00", "77.00", check=check) == ["question"]

    def test_the_cause_is_named(self):
        columns = [column("机构", "label"), column("收入合计", stage="actual", unit="万元")]
        income = table(columns, [row("汇总", "100.00", keys=(f"收入合计:actual{YEAR}",))])
        columns = [column("机构", "label")]
        columns += [column(name, stage="actual", unit="万元") for name in ("支出合计", "当年结余")]
        rows = [row("汇总", "90.00", "10.00", keys=(f"支出合计:actual{YEAR}", f"当年结余:actual{YEAR}"))]
        assert verdicts("year-balance-follows", income, table(columns, rows, number=2)) == ["holds"]

    def test_every_organisation_by_itself(self):
        rows = [
            row(
                name,
                "100.00",
                "",
                "90.00",
                left,
                keys=tuple(f"{n}:actual@{name}{YEAR}" for n in ("收入合计", "上年结转", "支出合计", "当年结余")),
            )
            for name, left in (("局机关", "10.00"), ("光荣院", "3.00"))
        ]
        assert [item.verdict for item in found("year-balance-follows", table(self.COLUMNS, rows))] == [
            "holds",
            "question",
        ]
