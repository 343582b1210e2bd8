"""`rongji law`: list, show, check, stale."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from rongji.cli.law import app
from rongji.cli.text_table import fold, pairs, text_table, width
from rongji.law.case_kinds import case_kind_ids
from rongji.law.catalogue import describe, list_tables, stale
from rongji.law.concepts import concept, concepts_called
from rongji.law.forms import form, form_ids
from rongji.law.loader import lawbook
from rongji.law.refusals import UnknownConcept, UnknownForm, UnknownTable
from rongji.law.registers import register_ids

DAY = {"on": date(2022, 3, 1), "known_on": date(2022, 3, 1)}


def run(*words):
    """One call of `rongji law`."""
    return CliRunner().invoke(app, list(words))


def test_the_list_holds_every_table_once_per_region():
    """Nothing shipped is hidden."""
    entries = list_tables()
    assert {(entry.region, entry.id) for entry in entries} == set(lawbook().tables)
    deadlines = {
        "deadlines.casework",
        "deadlines.casework-escalation",
        "deadlines.casework-lights",
        "deadlines.performance",
        "deadlines.window-retention",
    }
    assert {entry.id for entry in list_tables("deadlines")} == deadlines
    assert {entry.id for entry in list_tables("acts")} == set(lawbook().acts)
    assert {entry.id for entry in list_tables("concepts")} == set(lawbook().concepts)
    assert {entry.id for entry in list_tables("forms")} == set(form_ids())
    assert {entry.id for entry in list_tables("registers")} == set(register_ids())
    assert {entry.id for entry in list_tables("casework")} == set(case_kind_ids())


@pytest.mark.parametrize(
    ("entry_id", "words"),
    [
        ("visits", ("走访慰问", "慰问金（可不填）", "services.visits.times（人次）", "SY-02")),
        ("petition", ("信访事项", "来访", "casework.petition.solved（件）", "XF-01")),
    ],
)
def test_a_register_and_a_case_kind_are_shown_in_words(entry_id, words):
    """What is asked for, what is counted, which points are answered."""
    shown = run("show", entry_id)
    output = "".join(shown.output.split())
    assert shown.exit_code == 0 and all(word in output for word in words)


@pytest.mark.parametrize("entry_id", ["national-2020", "scoring.national-2020"])
def test_a_scheme_is_shown_whole(entry_id):
    """Its own rows and those it takes over, each with act, trust word and whether it is in force."""
    found = describe(entry_id, **DAY)
    keys = {row.keys: row for row in found.rows}
    assert set(keys) >= {"frame", "execution", "at_least", "qualitative", "over_target", "gates"}
    assert keys["frame"].table == "scoring.national-2020"
    assert keys["over_target"].table == "scoring.common-rules"
    assert keys["over_target"].trust.label == "待核（把握一般）"
    assert all(row.in_force for row in found.rows)
    assert "财预〔2020〕10号" in keys["frame"].act


def test_only_the_row_of_the_day_is_marked():
    """Before the correction of 2019-03-22 the first row of the 2019 calendar is in force, after it the second."""
    for known_on, marked in ((date(2019, 3, 21), [1]), (date(2019, 3, 22), [2])):
        rows = describe("calendar.2019", on=date(2019, 12, 31), known_on=known_on).rows
        assert [row.number for row in rows if row.in_force] == marked


def test_an_act_names_the_tables_that_cite_it():
    """From the paper to every value that rests on it."""
    head = dict(describe("hubei-form-2020", **DAY).head)
    assert "scoring.hubei-2020" in head["引用它的表"]
    assert head["可信度"] == "转载原文"


def test_a_concept_names_its_formulas_and_identities():
    """From the word to where it is used."""
    head = dict(describe("staff.serving", **DAY).head)
    assert "indicator.staff-control" in head["用于公式"]
    assert "实有人数" in head["勾稽关系"]


def test_what_is_not_there_is_refused():
    """Each with its own sentence."""
    with pytest.raises(UnknownTable):
        describe("nothing", **DAY)
    with pytest.raises(UnknownConcept):
        concept(lawbook(), "rain.total")
    with pytest.raises(UnknownForm, match="yearbook"):
        form("nothing")


def test_concepts_are_found_by_the_words_of_forms():
    """Aliases are the headings under which forms state the same thing."""
    assert [item.id for item in concepts_called(lawbook(), "人员经费")] == ["expenditure.personnel"]
    assert concepts_called(lawbook(), "人工降雨") == ()


def test_stale_tables_come_longest_unchecked_first():
    """Never checked before long unchecked; the day itself is not stale."""
    entries = stale(date(2019, 1, 1))
    days = [entry.checked for entry in entries]
    assert days == sorted(days, key=lambda day: day or date.min)
    assert {entry.id for entry in entries if entry.checked} >= {"indicator.staff-control"}
    assert "indicator.staff-control" not in {entry.id for entry in stale(date(2018, 12, 31))}
    assert "codes.functional" not in {entry.id for entry in entries}


def test_list_show_and_stale_print_tables():
    """As a person reads them."""
    assert "scoring.hubei-2020" in run("list", "scoring").output
    assert "没有“nothing”这一组" in run("list", "nothing").output
    shown = run("show", "national-2020", "--on", "2022-03-01", "--known-on", "2022-03-01").output
    assert "●" in shown
    assert "产出指标 50" in shown
    assert "从未核对" in run("stale", "--on", "2024-01-01").output


def test_json_carries_the_values_of_the_file():
    """Decimal values stay strings, days ISO."""
    shown = json.loads(run("show", "national-2020", "--on", "2022-03-01", "--json").output)
    rows = {row["keys"]: row for row in shown["rows"]}
    assert rows["over_target"]["plain"]["line"] == "1.30"
    assert (rows["frame"]["known"], rows["frame"]["trust"]) == ("2020-02-25", "secondary")
    assert {entry["id"] for entry in json.loads(run("list", "--json").output)} == {t.id for t in list_tables()}
    assert json.loads(run("stale", "--on", "2019-01-01", "--json").output)[0]["checked"] is None


def test_check_passes_the_shipped_data_and_names_faults(legal):
    """Exit code 1 and every fault on its own line, as text and as JSON."""
    assert run("check").exit_code == 0
    legal.table('  - {grade: "7", effective: 2022-08-01, known: 2022-08-29, act: none, trust: gap, value: 1.5}\n')
    done = run("check", "--legal", str(legal.root), "--production")
    assert done.exit_code == 1
    assert "共 3 处问题" in done.output
    problems = json.loads(run("check", "--legal", str(legal.root), "--json").output)
    assert {problem["file"] for problem in problems} == {"standards/sample.yaml"}


def test_tables_are_aligned_for_chinese():
    """A Chinese character takes two columns, a folded line keeps words whole and marks with what they close."""
    assert width("预算law") == 7
    head, _, first, second = text_table(("组", "空", "名称"), [("甲", "", "一"), ("丙丁戊", "", "二")]).splitlines()
    starts = [width(line.rpartition(last)[0]) for line, last in ((head, "名称"), (first, "一"), (second, "二"))]
    assert starts == [8, 8, 8]
    assert fold("见《预算法》第 14 条", 6) == ["见《预", "算法》", "第 14", "条"]
    assert fold("一二《预算法》", 6) == ["一二", "《预算", "法》"]
    assert fold("看 scoring.national", 6) == ["看", "scoring.national"]
    assert fold("", 6) == [""]
    assert pairs([("名称", "甲"), ("号", "乙")]) == "名称  甲\n号    乙"
