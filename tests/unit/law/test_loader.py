"""What the loader refuses, each fault named with its file and its row, and all of them at once."""

import pytest

from rongji.law.catalogue import check_all
from rongji.law.loader import inspect, lawbook, load
from rongji.law.locate import CHECKOUT, find_legal
from rongji.law.model import Trust
from rongji.law.refusals import LawNotUsable, LegalFolderMissing
from rongji.law.tables import place_of

GOOD = '  - {grade: "7", effective: 2022-08-01, known: 2022-08-29, act: notice-1, trust: official, value: 30840}\n'
FILE = "standards/sample.yaml"


def faults(legal, *, production=False):
    """What is wrong, as a person reads it."""
    return [str(problem) for problem in inspect(legal.root, production=production).problems]


OPEN_GAPS = {
    ("martyr_child_allowance", "2025-08-01"),
    ("red_army_allowance", "2024-08-01"),
    ("red_army_allowance", "2025-08-01"),
    ("rural_veteran_allowance", "2025-08-01"),
    ("survivor_pension", "2025-08-01"),
}


def test_the_shipped_data_has_no_fault():
    """Every shipped file loads, forms and schemes included; what production asks for are raises nobody published."""
    assert check_all() == ()
    problems = check_all(production=True)
    assert {problem.sentence for problem in problems} == {"正式运行不接受缺失（gap）的值，请补录后再用"}
    files = {f"standards/{name}.yaml" for name, _ in OPEN_GAPS}
    assert {problem.file for problem in problems} == {*files, "placement/points.yaml", "placement/service_years.yaml"}
    gaps = {(table.id, str(row.effective)) for table in lawbook().national() for row in table.rows if row.value is None}
    assert {(f"standards.{name}", day) for name, day in OPEN_GAPS} <= gaps


def test_a_gap_is_filled_by_a_later_row_of_its_key_national_or_local(legal):
    """The gap stays in the file, the value found later is a row of its own."""
    gap = '  - {grade: "7", effective: 2023-08-01, known: 2023-10-11, act: notice-1, trust: gap, value: null}\n'
    legal.table(gap)
    assert len(faults(legal, production=True)) == 1
    legal.table(gap + gap.replace("2023-10-11", "2024-01-01").replace("gap", "official").replace("null", "1"))
    assert faults(legal, production=True) == []
    legal.table(gap)
    local = gap.replace("gap", "official").replace("null", "1")
    legal.table(local.replace("2023-08-01", "2022-08-01"), file="regions/430100/standards/sample.yaml")
    assert len(faults(legal, production=True)) == 1
    legal.table(local, file="regions/430100/standards/sample.yaml")
    assert faults(legal, production=True) == []


def test_what_a_made_up_county_says_fills_no_gap(legal):
    """Codes that begin with 99 are nobody's: an example must not make production believe that a value is known."""
    gap = '  - {grade: "7", effective: 2023-08-01, known: 2023-10-11, act: notice-1, trust: gap, value: null}\n'
    legal.table(gap)
    legal.table(gap.replace("gap", "official").replace("null", "1"), file="regions/990100/standards/sample.yaml")
    assert len(faults(legal, production=True)) == 1


def test_a_local_table_has_the_shape_of_the_national_one(legal):
    """It stands in for it, so kind and keys are the same."""
    legal.table(GOOD)
    head = "id: standards.sample\nlabel: 样例标准\nkind: value\nunit: 元\nkeys: [cause]\n"
    legal.table(GOOD.replace("grade", "cause"), file="regions/990100/standards/sample.yaml", head=head)
    assert faults(legal) == [
        "regions/990100/standards/sample.yaml：与全国的 standards/sample.yaml 的 kind、keys 应相同"
    ]


def test_a_good_table_has_no_fault(legal):
    """The table that the cases below spoil."""
    legal.table(GOOD)
    assert faults(legal) == []
    (row,) = load(legal.root).tables["", "standards.sample"].rows
    assert (row.value, row.trust, row.number, row.keys) == (30840, Trust.OFFICIAL, 1, ("7",))


ROW_FAULTS = [
    ("value: 30840", "value: 30840.5", "数字 30840.5 带小数点，请加引号"),
    ("value: 30840", "value: 1_000", "1_000 会被误读成别的数"),
    ("value: 30840", "value: 010", "010 会被误读成别的数"),
    ("value: 30840", "value: off", "“off”会被当成是否值"),
    ("value: 30840", "value: !!binary aGk=", "不接受“binary”类写法"),
    (", value: 30840", "", "缺少“value”"),
    ("act: notice-1", "act: notice-2", "文件“notice-2”没有登记"),
    ("trust: official", "trust: certain", "“trust”的取值“certain”不在规定的词内"),
    ("trust: official, ", "", "缺少“trust”"),
    ("effective: 2022-08-01, ", "", "缺少“effective”"),
    ("effective: 2022-08-01", "effective: 2022-8-1", "“effective”应为日期（如 2024-08-01），不能是 2022-8-1"),
    ("effective: 2022-08-01", 'effective: "2022-08-01"', "“effective”应为日期"),
    ("known: 2022-08-29", "known: 2019-12-31", "known 2019-12-31 早于该文件公布日 2020-01-01"),
    ("known: 2022-08-29", "known: 2022-08-29, until: 2022-07-31", "until 2022-07-31 早于 effective 2022-08-01"),
    ('grade: "7"', "grade: 7", "“grade”应为文字，7 请加引号"),
    ('grade: "7", ', "", "缺少“grade”"),
    ('grade: "7"', 'grade: "7", rank: high', "不认识“rank”"),
]


@pytest.mark.parametrize(("good", "bad", "said"), ROW_FAULTS)
def test_a_fault_in_a_row_is_named_with_its_file_and_row(legal, good, bad, said):
    """One good row spoiled in one place."""
    legal.table(GOOD.replace('"7"', '"6"') + GOOD.replace(good, bad))
    found = [item for item in faults(legal) if said in item]
    assert found, faults(legal)
    assert found[0].startswith(FILE)
    assert place_of(2, 9) in found[0] or "第 9 行" in found[0]


HEAD_FAULTS = [
    ("unit: 元", "unit: 文", "计量单位“文”不在单位表内"),
    ("unit: 元\n", "", "缺少“unit”"),
    ("kind: value", "kind: number", "kind“number”不在规定的词内"),
    ("keys: [grade]\n", "", "缺少“keys”"),
    ("label: 样例标准\n", "", "缺少“label”"),
    ("label: 样例标准", "label: 样例标准\nlabel: 又一个", "“label”写了两次"),
    ("label: 样例标准", "label: 样例标准\ncolour: red", "不认识“colour”"),
    ("keys: [grade]", "keys: [grade]\nbased_on: standards.none", "based_on 指向的“standards.none”不存在"),
    ("keys: [grade]", "keys: [grade]\nbased_on: standards.sample", "based_on 绕回了自己"),
]


@pytest.mark.parametrize(("good", "bad", "said"), HEAD_FAULTS)
def test_a_fault_in_the_head_is_named_with_its_file(legal, good, bad, said):
    """One good head spoiled in one place."""
    head = "id: standards.sample\nlabel: 样例标准\nkind: value\nunit: 元\nkeys: [grade]\n"
    legal.table(GOOD, head=head.replace(good, bad))
    assert any(item.startswith(FILE) and said in item for item in faults(legal)), faults(legal)


def test_rows_out_of_order_and_doubled_are_refused(legal):
    """Within one key: by effective, then by known; the same two dates twice is a doubled row."""
    later = GOOD.replace("2022-08-01", "2023-08-01").replace("2022-08-29", "2023-10-25")
    legal.table(later + GOOD)
    assert faults(legal) == [f"{FILE} 第 2 条（第 9 行）：次序不对：按 effective、known 应排在第 1 条之前"]
    legal.table(GOOD + GOOD)
    assert faults(legal) == [f"{FILE} 第 2 条（第 9 行）：与第 1 条重复（键和两个日期都相同）"]
    legal.table(later + GOOD.replace('"7"', '"8"'))
    assert faults(legal) == []


def test_a_correction_before_what_it_corrects_is_out_of_order(legal):
    """Same effective day, earlier known."""
    legal.table(GOOD.replace("2022-08-29", "2022-09-30") + GOOD)
    assert "次序不对" in faults(legal)[0]


def test_production_refuses_a_gap_and_nothing_else(legal):
    """A value that is missing may be drafted with, never paid or scored by."""
    legal.table(GOOD.replace("official", "gap"))
    assert faults(legal) == []
    assert faults(legal, production=True) == [f"{FILE} 第 1 条（第 8 行）：正式运行不接受缺失（gap）的值，请补录后再用"]
    legal.table(GOOD.replace("official", "memory-low"))
    assert faults(legal, production=True) == []


def test_an_id_is_used_once_per_region(legal):
    """Two national tables of one id are a fault; a local table of the same id is meant."""
    legal.table(GOOD)
    legal.table(GOOD, file="regions/430112/standards/sample.yaml")
    assert faults(legal) == []
    legal.table(GOOD, file="standards/twin.yaml")
    assert faults(legal) == ["standards/twin.yaml：编号“standards.sample”已在 standards/sample.yaml 用过，请换一个"]


def test_every_fault_is_listed_not_only_the_first(legal):
    """A person corrects the file once, not fault by fault."""
    legal.table(GOOD.replace("official", "certain") + GOOD.replace("30840", "1.5").replace('"7"', '"8"'))
    legal.write("acts/other.yaml", "id: different\ntitle: 甲\nkind: note\nissuer: 乙\npublished: null\n")
    found = faults(legal)
    assert len(found) == 6
    assert {item.partition("：")[0].split()[0] for item in found} == {FILE, "acts/other.yaml"}
    with pytest.raises(LawNotUsable, match="有 6 处问题"):
        load(legal.root)


ACT_FAULTS = [
    ("trust: official", 'trust: official\nurl: "https://example.com/a"', "网址只登记政府网站"),
    ("trust: official", 'trust: official\nurl: "https://gov.cn.example.com/a"', "网址只登记政府网站"),
    ("id: notice-1", "id: notice-9", "应与文件名“notice-1”一致"),
    ("kind: notice", "kind: letter", "“kind”的取值“letter”不在规定的词内"),
    ("published: 2020-01-01", "published: 2020-02-30", "日期 2020-02-30"),
]


@pytest.mark.parametrize(("good", "bad", "said"), ACT_FAULTS)
def test_a_fault_in_an_act_is_named(legal, good, bad, said):
    """Addresses stand only for government sites; a copy of unknown standing is cited by act and trust word."""
    path = legal.root / "acts" / "notice-1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(good, bad), encoding="utf-8")
    assert any(item.startswith("acts/notice-1.yaml") and said in item for item in faults(legal)), faults(legal)


def test_a_government_address_is_accepted(legal):
    """Any host under gov.cn."""
    path = legal.root / "acts" / "notice-1.yaml"
    path.write_text(path.read_text(encoding="utf-8") + 'url: "http://www.yueyang.gov.cn/a"\n', encoding="utf-8")
    assert faults(legal) == []


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "id: [", "just words"])
def test_a_file_that_is_no_table_is_named(legal, text):
    """Broken or empty YAML is a fault of that file, not a traceback."""
    legal.write(FILE, text)
    assert [item for item in faults(legal) if item.startswith(FILE)]


FORMULA = """
id: indicator.sample
label: 样例率
kind: formula
unit: "%"
keys: [part]
valid_until_checked: null
rows:
  - part: definition
    effective: 2022-08-01
    known: 2022-08-29
    act: notice-1
    trust: official
    value: {numerator: ["rain.total:actual"], denominator: ["sun.total:never"], basis: 无, unit: "%", direction: ≥}
"""


def test_a_formula_may_speak_only_of_known_concepts(legal):
    """A key outside the catalogue is named."""
    legal.write("indicators/sample.yaml", FORMULA)
    found = faults(legal)
    assert any("数据目录中没有“rain.total”" in item for item in found)
    assert any("sun.total:never" in item for item in found)


def test_concepts_and_identities_are_held_to_the_same_rules(legal):
    """Unknown units, doubled ids, terms outside the catalogue."""
    entry = "{id: a.total, label: 甲, unit: 斗, definition: 甲, over_units: sum, aliases: []}"
    legal.write("concepts/sample.yaml", f"concepts:\n  - {entry}\n  - {entry}\n")
    relation = "{id: x, kind: sum, total: a.total, parts: [b.total, -c.total], scope: each, label: 甲等于乙减丙}"
    legal.write("identities/sample.yaml", f"identities:\n  - {relation}\n")
    said = "\n".join(faults(legal))
    for words in ("计量单位“斗”不在单位表内", "编号“a.total”用了两次", "没有“b.total”", "没有“c.total”"):
        assert words in said


def test_a_form_without_a_registered_act_is_named(legal):
    """Forms belong to the reports; here only what every file owes is looked at."""
    legal.write("forms/sheet.yaml", "id: other\nact: notice-7\n")
    said = "\n".join(str(problem) for problem in check_all(root=legal.root))
    for words in ("id 应与文件名“sheet”一致", "缺少“label”", "文件“notice-7”没有登记"):
        assert words in said


def test_the_folder_is_the_checkout_s_or_the_one_named(legal, tmp_path):
    """A named folder goes before the checkout's; a folder without acts is none."""
    assert find_legal() == CHECKOUT
    assert find_legal(legal.root) == legal.root
    with pytest.raises(LegalFolderMissing, match="nowhere"):
        find_legal(tmp_path / "nowhere")


def test_trust_words_from_official_to_gap():
    """The order decides which word is the weakest; from `derived` on a bureau still has to confirm."""
    assert [trust.value for trust in sorted(Trust, key=lambda trust: trust.rank)] == [
        "official",
        "mirror",
        "secondary",
        "derived",
        "memory-high",
        "memory-middle",
        "memory-low",
        "gap",
    ]
    assert [trust for trust in Trust if not trust.is_unconfirmed] == [Trust.OFFICIAL, Trust.MIRROR, Trust.SECONDARY]
