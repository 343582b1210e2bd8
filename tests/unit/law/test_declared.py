"""Measures of registers and case kinds are concepts of the catalogue, without a second list of them."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rongji.cli.law import app
from rongji.kernel.figure import FigureKey
from rongji.law.case_kinds import case_kind_ids, case_kind_versions
from rongji.law.concepts import concept, concepts_called
from rongji.law.declared import Catalogue, check_declared, is_declared, written
from rongji.law.loader import lawbook
from rongji.law.locate import find_legal
from rongji.law.reading import Problems
from rongji.law.refusals import UnknownConcept
from rongji.law.registers import check_registers, registers
from rongji.law.shapes.formula import Term
from rongji.law.tables import place_of

REGISTER = """id: samples
label: 样本
area: 样例
unit: 次
day: day
one: [day]
inventory: [ORG-01]
fields:
  - {{id: day, label: 日期, kind: day}}
  - {{id: kind, label: 种类, kind: choice, choices: [甲, 乙]}}
  - {{id: cost, label: 支出, kind: money}}
measures:
  - {measure}
"""


@pytest.fixture
def legal(tmp_path: Path) -> Path:
    """The shipped legal data, with a copy of the registers that may be added to."""
    for path in find_legal().iterdir():
        if path.name == "registers":
            shutil.copytree(path, tmp_path / path.name)
        else:
            (tmp_path / path.name).symlink_to(path)
    return tmp_path


def with_measure(legal: Path, measure: str) -> list[str]:
    """What is wrong with the declarations once a register with that measure joins them."""
    (legal / "registers" / "samples.yaml").write_text(REGISTER.format(measure=measure), encoding="utf-8")
    problems = Problems()
    check_registers(legal, problems)
    concepts = Catalogue(written(lawbook()), str(legal))
    check_declared(replace(lawbook(), root=str(legal), concepts=concepts), problems)
    return [str(problem) for problem in problems.found]


def test_every_measure_of_a_register_is_a_concept():
    """Its label, unit, definition and aliases are those of the declaration."""
    for register in registers():
        for measure in register.measures:
            found = concept(lawbook(), register.concept(measure))
            assert (found.label, found.unit, found.aliases) == (measure.label, measure.unit, measure.aliases)
            assert found.definition == measure.definition


def test_every_measure_of_a_case_kind_is_a_concept():
    """Those of every version; the newest says how it is called."""
    for name in case_kind_ids():
        for version in case_kind_versions(name):
            for measure in version.measures:
                assert concept(lawbook(), version.concept(measure)).unit == measure.unit


def test_what_counts_once_does_not_add_up_over_units():
    """A person visited by two stations is one person of the bureau; visits are visits."""
    assert concept(lawbook(), "services.visits.times").over_units == "sum"
    assert concept(lawbook(), "services.visits.persons").over_units == "none"


@pytest.mark.parametrize(
    "name", ["services.visits.nothing", "services.nothing.times", "services.visits", "casework.x.y"]
)
def test_what_nobody_declares_is_unknown(name: str):
    """A slip in a measure or a register is no concept."""
    with pytest.raises(UnknownConcept):
        concept(lawbook(), name)


def test_a_measure_can_be_shown():
    """With its unit and definition, as any concept."""
    shown = CliRunner().invoke(app, ["show", "services.visits.times"])
    assert shown.exit_code == 0 and "人次" in shown.output and "一人一次计一次" in shown.output


def test_documents_are_recognised_by_written_concepts_only():
    """What a register calls its numbers accuses no report of saying them otherwise."""
    assert not any(is_declared(name) for name in written(lawbook()))
    assert concepts_called(lawbook(), concept(lawbook(), "services.visits.times").label) == ()


def test_declarations_are_read_only_when_asked_for():
    """Whoever loads the lawbook and looks up a written concept reads no register and no case kind."""
    program = (
        "from rongji.law.loader import lawbook; from rongji.law import case_kinds, registers;"
        "from rongji.law.concepts import concepts_called; book = lawbook();"
        "book.concepts['expenditure.total']; 'nothing' in book.concepts; concepts_called(book, '总支出');"
        "print(registers._register.cache_info().misses, case_kinds._versions.cache_info().misses);"
        "book.concepts['services.visits.times'];"
        "print(registers._register.cache_info().misses, case_kinds._versions.cache_info().misses)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["0", "0", "1", "0"]


def test_a_label_belongs_to_one_concept(legal: Path):
    """Two numbers of one name could not be told apart on a page."""
    said = with_measure(legal, "{id: n, label: 支出合计, unit: 次, definition: 记录数}")
    assert len(said) == 1 and "名称“支出合计”已归 expenditure.total" in said[0]


@pytest.mark.parametrize(
    ("fills", "said"),
    [
        ("asset.nothing:actual", "不在数据目录中"),
        ("asset.fixed:never", "无法识别"),
        ("asset.vehicle_count:actual", "不可比"),
    ],
)
def test_a_filled_figure_exists_and_is_of_the_same_kind(legal: Path, fills: str, said: str):
    """Money does not fill a count, and nothing fills what nobody lists."""
    given = f"{{id: n, label: 样本支出, unit: 万元, counting: sum, of: cost, definition: 支出之和, fills: '{fills}'}}"
    found = with_measure(legal, given)
    assert len(found) == 1 and said in found[0]


def test_a_filled_figure_that_fits_is_taken(legal: Path):
    """The number states what was typed before."""
    measured = "id: n, label: 样本支出, unit: 万元, counting: sum, of: cost, definition: 支出之和"
    assert with_measure(legal, f"{{{measured}, fills: 'asset.fixed:actual'}}") == []


@pytest.mark.parametrize(("name", "count"), [("services.visits.times", 0), ("services.visits.nothing", 1)])
def test_a_formula_of_an_undeclared_measure_is_noted(name: str, count: int):
    """Formulas may speak of registers, but only of what they count."""
    book, key = lawbook(), ("", "indicator.card-use")
    row = book.tables[key].rows[0]
    spoken = replace(row, value=replace(row.value, numerator=(Term(1, FigureKey(name)),)))
    problems = Problems()
    check_declared(replace(book, tables={key: replace(book.tables[key], rows=(spoken,))}), problems)
    assert [str(problem) for problem in problems.found if name in str(problem)] == [
        f"indicators/card_use.yaml {place_of(row.number, row.line)}：数据目录中没有“{name}”"
    ] * count


def test_a_crooked_register_is_told_by_the_check_and_hides_nothing_else(legal: Path):
    """The catalogue leaves its measures out; the check names the file."""
    found = with_measure(legal, "{id: n, label: 样本, unit: 回, definition: 记录数}")
    assert len(found) == 1 and "计量单位“回”" in found[0]
