"""Every register of the legal data works: a record is entered, listed, exported, imported again and counted."""

from datetime import date
from typing import Any

import pytest

from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import Counting, Register, When, register, register_ids
from rongji.services.exports import export_records
from rongji.services.imports import import_file, preview, template
from rongji.services.measures import derived_figures, rows_behind
from rongji.services.selectors import list_records, record_page, registers_for
from rongji.services.services import add_record

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY, LATER = "2024-02-03", "2024-03-01"


@pytest.fixture
def county(organisation, actor):
    """A bureau with a station, its clerk and a person."""
    from rongji.people.services import register_person
    from rongji.people.types import NewPerson, Sex

    bureau = organisation("yunhu", area_code="990201", name="云湖县退役军人事务局")
    organisation("yunhu-e", parent=bureau, kind="station", area_code="990201", name="东山镇服务站")
    clerk = actor("clerk", organisation=bureau)
    register_person(actor=clerk, bureau="yunhu", new=NewPerson(name="示例甲", born_on=date(1955, 3, 4), sex=Sex.MALE))
    return clerk


def answers_of(declared: Register, clerk: Any, depth: int = 0) -> dict[str, Any]:
    """An answer to every field; records that are pointed at are entered first."""
    told = {item.id: _answer(declared, item, clerk, depth) for item in declared.fields}
    for bound in declared.bounds:
        told[bound.less] = told[bound.more]
    return told


def _answer(declared: Register, asked: Asked, clerk: Any, depth: int) -> Any:
    if asked.kind is AskedKind.DAY:
        return LATER if asked.id == declared.until else DAY
    if asked.kind is AskedKind.RECORD:
        if depth > 2 or (asked.of == declared.id and not asked.is_needed):
            return ""
        of = register(asked.of)
        found = list_records(clerk, bureau="yunhu", register=of.id).rows
        if found:
            return f"#{found[0].id}"
        return f"#{add_record(actor=clerk, bureau='yunhu', register=of.id, answers=answers_of(of, clerk, depth + 1))}"
    least = asked.least or 0
    return {
        AskedKind.TEXT: "示例", AskedKind.LONG: "示例文字", AskedKind.MONTH: "2024-02", AskedKind.COUNT: str(least + 3),
        AskedKind.DECIMAL: str(least + 2), AskedKind.MONEY: str(least + 12), AskedKind.FLAG: "是",
        AskedKind.CHOICE: asked.choices[0] if asked.choices else "", AskedKind.PERSON: "示例甲",
        AskedKind.STATION: "东山镇服务站",
    }[asked.kind]  # fmt: skip


@pytest.mark.parametrize("name", register_ids())
def test_a_register_is_kept_listed_exported_imported_and_counted(county, name):
    declared = register(name)
    pk = add_record(actor=county, bureau="yunhu", register=name, answers=answers_of(declared, county))
    assert pk in [row.id for row in list_records(county, bureau="yunhu", register=name).rows]
    assert record_page(county, pk).row.cells[declared.day]
    for kind in ("xlsx", "csv"):
        data = export_records(actor=county, bureau="yunhu", register=name, kind=kind)
        again = import_file(actor=county, bureau="yunhu", register=name, source=data, file_name=f"x.{kind}")
        assert [item.sentence for item in again.findings] == []
        assert (again.added, again.changed) == (0, 0)
        assert again.unchanged >= 1
    empty = preview(
        actor=county, bureau="yunhu", register=name, source=template(actor=county, bureau="yunhu", register=name)
    )
    assert empty.rows == 0
    _is_counted(declared, pk)


def _is_counted(declared: Register, pk: int) -> None:
    """What the record must count in, it counts in; every row opens, and what it opens into adds up to it."""
    found = {str(item.key): item for item in derived_figures("yunhu", 2024)}
    for measure in declared.measures:
        figure = found.get(declared.concept(measure))
        counts_all = not measure.where and measure.when is not When.IN_FORCE and measure.counting is Counting.RECORDS
        assert figure is not None or not counts_all, measure.id
        for row in figure.rows if figure else ():
            if "|" in row.identifier:
                behind = rows_behind("yunhu", 2024, row.identifier, lambda scope: True)
                assert sum(item.quantity.value for item in behind) == row.quantity.value, measure.id


def test_all_of_them_stand_in_the_list_of_registers(county):
    listed = [entry.register.id for area in registers_for(county, "yunhu") for entry in area.entries]
    assert sorted(listed) == sorted(register_ids())


def test_the_register_of_the_how_to_is_one(tmp_path):
    from pathlib import Path

    from legal_folder import LegalFolder

    from rongji.law.reading import Problems
    from rongji.law.registers import check_registers

    page = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "add-a-register.md"
    told = page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    folder, problems = LegalFolder(tmp_path / "legal"), Problems()
    folder.write("registers/legal_advice.yaml", told)
    check_registers(folder.root, problems)
    assert problems.found == []
    assert [item.id for item in register("legal_advice", folder.root).measures] == ["times", "persons", "solved"]
