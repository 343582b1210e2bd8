"""Every point of the inventory has a home that exists; what is left out on purpose says what answers it instead."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import get_resolver

from rongji.checks.registry import registered
from rongji.law.case_kinds import case_kinds
from rongji.law.catalogue import check_all
from rongji.law.inventory import FILE, inventory
from rongji.law.loader import lawbook
from rongji.law.registers import registers
from rongji.performance.workbook.layout import load_layout

ROOT = Path(__file__).resolve().parents[2]
POINTS = inventory().points
AREAS = {
    "ORG": 24, "DUT": 14, "PTY": 22, "REG": 13, "HON": 8, "PAY": 18, "MED": 12, "IDV": 2, "AZ": 19, "SB": 3, "EMP": 15,
    "JX": 10, "HLP": 9, "SY": 14, "LS": 9, "ST": 12, "XF": 18, "VOL": 11, "INST": 5, "BUD": 36, "CTL": 19, "AST": 11,
    "PRF": 25, "WF": 11,
}  # fmt: skip
COUNTED_FROM_RECORDS = ("people.", "awards.", "payments.", "placement.", "casework.")


def test_every_point_of_every_area_is_listed():
    """As many as the reports speak of, numbered without a gap."""
    assert sum(AREAS.values()) == 340
    assert [point.id for point in POINTS] == [
        f"{area}-{number:02d}" for area, count in AREAS.items() for number in range(1, count + 1)
    ]
    assert list(inventory().areas) == list(AREAS)


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.id)
def test_a_point_is_kept_counted_or_left_out_on_purpose(point):
    """A register, a case kind, a figure, a field, a check, a form or a page; or the reason why none."""
    assert point.is_answered


def test_everything_that_a_point_names_in_the_legal_data_exists():
    """Registers, kinds, figures, formulas, tables and forms are checked where the legal data is."""
    assert [str(problem) for problem in check_all() if problem.file.startswith((FILE, "registers/", "casework/"))] == []


def test_every_check_page_and_cell_that_a_point_names_exists():
    """What lies outside of the legal data."""
    names = {name for name in get_resolver().namespace_dict["web"][1].reverse_dict if isinstance(name, str)}
    checks = {check.id for check in registered()}
    cells = {f"{sheet.id}.{column.id}" for sheet in load_layout().sheets for column in sheet.columns}
    for point in POINTS:
        assert set(point.pages) <= names, point.id
        assert set(point.checks) <= checks, point.id
        assert set(point.cells) <= cells, point.id


def test_only_surveillance_is_left_out_and_something_answers_it():
    """No list of persons by risk, no opinion monitoring: what was said, asked and solved is kept instead."""
    excluded = {point.id: point for point in POINTS if point.excluded}
    assert set(excluded) == {"PTY-03", "REG-11", "XF-09"}
    assert "信息发布" in excluded["PTY-03"].excluded and "联系走访台账" in excluded["XF-09"].excluded
    assert set(excluded["REG-11"].registers) == {"service_rounds", "contact_log"}
    assert not excluded["XF-09"].registers and not excluded["PTY-03"].registers


@pytest.mark.parametrize("item", [*registers(), *case_kinds(on=date(2026, 1, 1))], ids=lambda item: item.id)
def test_every_declaration_answers_a_point_or_says_why_it_is_there(item):
    """Nothing is asked of a bureau for nothing."""
    assert item.inventory or item.note


def test_every_figure_counted_from_records_answers_some_point():
    """Nothing is counted that no report speaks of."""
    told = {figure.partition("#")[0].partition(":")[0] for point in POINTS for figure in point.figures}
    formulas = {name for point in POINTS for name in point.formulas}
    for name in formulas:
        for row in lawbook().tables["", f"indicator.{name}"].rows:
            told |= set(getattr(row.value, "concepts", ()))
    counted = {name for name in lawbook().concepts.written if name.startswith(COUNTED_FROM_RECORDS)}
    assert counted <= told, sorted(counted - told)


def test_no_register_rates_people():
    """No field of any register asks how risky a person is."""
    words = ("风险等级", "稳控", "重点人员", "上访倾向", "思想动态")
    for item in registers():
        texts = (item.label, *(part for asked in item.fields for part in (asked.label, *asked.choices)))
        about_a_person = bool(item.person)
        assert not (about_a_person and any(word in text for text in texts for word in words)), item.id


def test_the_page_is_linked_from_the_documentation():
    """Whoever reads the documentation finds it."""
    text = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert all(f"reference/{name}.md" in text for name in ("inventory", "registers", "case-kinds"))
