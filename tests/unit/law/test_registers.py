"""Declarations of registers: what they may say, what they may not, and what the shipped ones keep to."""

from pathlib import Path

import pytest

from rongji.kernel.units import UnitKind, unit
from rongji.law.asked import AskedKind
from rongji.law.reading import Problems
from rongji.law.refusals import LawNotUsable, UnknownRegister
from rongji.law.registers import Counting, When, check_registers, register, registers

SAMPLE = """id: samples
label: 样本
area: 样例
unit: 次
day: begun_on
until: ended_on
title: name
category: kind
one: [name]
bounds:
  - {less: placed, more: came}
inventory: [ORG-01]
fields:
  - {id: begun_on, label: 开始, kind: day}
  - {id: ended_on, label: 结束, kind: day, needed: false}
  - {id: name, label: 名称, kind: text}
  - {id: kind, label: 种类, kind: choice, choices: [甲, 乙]}
  - {id: shared, label: 合办, kind: flag}
  - {id: came, label: 到场, kind: count, unit: 人次}
  - {id: placed, label: 就业, kind: count, unit: 人}
measures:
  - {id: times, label: 样本次数, unit: 次, definition: 当年的样本, by: [kind]}
  - {id: kept, label: 在册样本, unit: 次, when: in_force, where: {kind: [甲], shared: [是]}, definition: 年末在册的样本}
"""


def wrong_with(folder: Path, old: str = "", new: str = "") -> list[str]:
    """What is noted of the sample once something in it is written differently."""
    for name in ("acts", "registers"):
        (folder / name).mkdir()
    assert old in SAMPLE
    (folder / "registers" / "samples.yaml").write_text(SAMPLE.replace(old, new, 1), encoding="utf-8")
    problems = Problems()
    check_registers(folder, problems)
    return [problem.sentence for problem in problems.found]


def test_the_sample_is_in_order(tmp_path: Path):
    """What the slips below are measured against."""
    assert wrong_with(tmp_path) == []
    found = register("samples", tmp_path)
    assert found.measures[1].when is When.IN_FORCE and found.measures[1].where == {"kind": ("甲",), "shared": ("是",)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: samples", "id: others", "id 应与文件名“samples”一致"),
        ("day: begun_on", "day: name", "“day”所指的字段“name”不存在或种类不合"),
        ("until: ended_on", "until: gone_on", "“until”所指的字段“gone_on”不存在或种类不合"),
        ("category: kind", "category: came", "“category”所指的字段“came”不存在或种类不合"),
        ("label: 开始, kind: day}", "label: 开始, kind: day, needed: false}", "必须填写"),
        ("one: [name]", "one: [number]", "没有字段“number”"),
        ("more: came", "more: coming", "没有字段“coming”"),
        ("unit: 人次}", "unit: 趟次}", "计量单位“趟次”不在单位表内"),
        ("id: name, label", "id: kind, label", "字段“kind”写了两次"),
        ("choices: [甲, 乙]", "choices: [甲, 甲]", "可选词有重复"),
        ("where: {kind: [甲]", "where: {kind: [丙]", "字段“kind”没有“丙”可选"),
        ("shared: [是]", "shared: [对]", "字段“shared”没有“对”可选"),
        ("by: [kind]", "by: [came]", "不能按“came”分"),
        ("definition: 当年的样本", "counting: sum, of: name, definition: 当年的样本", "求和的字段“name”不是数"),
        ("definition: 当年的样本", "counting: persons, definition: 当年的样本", "登记簿却没有 person 字段"),
        ("until: ended_on\n", "", "计年末在册或当年截止，登记簿却没有 until 字段"),
        ("area: 样例", "area: 样例\ncolour: 红", "不认识“colour”"),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_a_sentence(tmp_path: Path, old: str, new: str, said: str):
    """Roles, bounds, units, choices, conditions and axes name what is there and fits."""
    assert any(said in sentence for sentence in wrong_with(tmp_path, old, new))


def test_a_field_that_names_a_register_that_is_not_there(tmp_path: Path):
    """A link leads somewhere."""
    link = "  - {id: fair, label: 招聘会, kind: record, of: fairs, needed: false}\nmeasures:"
    assert wrong_with(tmp_path, "measures:", link) == ["字段“fair”所指的登记簿“fairs”不存在"]


def test_a_crooked_register_is_refused_and_an_unknown_one_named(tmp_path: Path):
    """Nothing is kept by half a declaration."""
    wrong_with(tmp_path, "category: kind", "category: came")
    with pytest.raises(LawNotUsable):
        register("samples", tmp_path)
    with pytest.raises(UnknownRegister):
        register("others", tmp_path)


SHIPPED = registers()


@pytest.mark.parametrize("item", SHIPPED, ids=lambda item: item.id)
def test_a_shipped_register_counts_what_its_fields_measure(item):
    """Persons are 人, sums have the unit of what is summed, money is stated in 万元; every number is defined."""
    assert item.measures and item.note
    for measure in item.measures:
        assert measure.definition.strip() and measure.label.strip()
        if measure.counting is Counting.PERSONS:
            assert measure.unit in ("人", "户")
        if measure.counting is Counting.SUM:
            summed = item.by_id[measure.of]
            money = summed.kind is AskedKind.MONEY
            assert unit(measure.unit).kind is (UnitKind.MONEY if money else unit(summed.unit).kind)
            assert measure.unit == "万元" if money else True


@pytest.mark.parametrize("item", SHIPPED, ids=lambda item: item.id)
def test_a_shipped_register_asks_for_exact_numbers(item):
    """No label, hint or definition offers an approximate number."""
    texts = [asked.label + asked.hint for asked in item.fields] + [m.label + m.definition for m in item.measures]
    assert not [text for text in texts if any(word in text for word in ("余人", "大约", "左右", "近千", "约数"))]


@pytest.mark.parametrize("item", [item for item in SHIPPED if item.on_phone], ids=lambda item: item.id)
def test_what_is_entered_in_the_field_needs_few_answers(item):
    """At most ten answers stand between a clerk on the road and a saved record, and the station is asked for."""
    assert sum(asked.is_needed for asked in item.fields) <= 10
    assert item.station or item.parent


@pytest.mark.parametrize("item", [item for item in SHIPPED if item.public], ids=lambda item: item.id)
def test_what_may_be_published_names_nobody(item):
    """A register with a person in it is never offered to the public window."""
    assert not item.person
    assert not [asked.id for asked in item.fields if asked.public and asked.kind is AskedKind.PERSON]


def test_registers_that_last_say_when_they_end():
    """What is counted at the end of a year has a field that ends it."""
    for item in SHIPPED:
        lasting = [measure for measure in item.measures if measure.when in (When.IN_FORCE, When.ENDED)]
        assert not lasting or item.until, item.id
