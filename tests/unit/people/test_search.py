"""One box: what each word finds, in whose sight, page by page; and that the indexes are used."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from unit.people.samples import number_of, residence

from rongji.accounts.models import Organisation
from rongji.kernel.identity_number import IdentityNumberUnfit
from rongji.people import refusals as no
from rongji.people import selectors, services
from rongji.people.names import initials, other_initials
from rongji.people.types import NewPerson, NewResidence

BORN = date(1952, 6, 15)
PEOPLE = [
    ("单国强", "13800001111", "石桥镇红星村", 1),
    ("单志平", "13800002222", "石桥镇竹山村", 3),
    ("欧阳建军", "13900003333", "白云镇红星村", 5),
    ("尉迟恭", "07317654321", "石桥镇", 7),
    ("曾伟", "", "", 9),
]


@pytest.fixture
def people(register):
    """Five, by name."""
    ids = {}
    for name, phone, village, serial in PEOPLE:
        number = number_of(BORN, serial)
        new = NewResidence(village=village)
        ids[name] = register.person(name, phone=phone, residence=new if village else None, id_number=number)
    return ids


FOUND = [
    ("surname", "单", ["单国强", "单志平"]),
    ("whole name", "欧阳建军", ["欧阳建军"]),
    ("initials by the surname's reading", "sgq", ["单国强"]),
    ("initials by the common reading", "DGQ", ["单国强"]),
    ("initials of a compound surname", "YC", ["尉迟恭"]),
    ("initials of both readings", "C", ["曾伟"]),
    ("end of a telephone", "1111", ["单国强"]),
    ("whole telephone, as written", "138 0000 2222", None),
    ("whole telephone", "13800002222", ["单志平"]),
    ("telephone of a house", "07317654321", ["尉迟恭"]),
    ("town", "石桥", ["尉迟恭", "单志平", "单国强"]),
    ("village with its town", "白云镇红", ["欧阳建军"]),
    ("village as people say it", "红星", ["单国强", "欧阳建军"]),
    ("name and village", "单 红星", ["单国强"]),
    ("village and initials", "红星 OY", ["欧阳建军"]),
    ("nobody", "赵", []),
    ("full-width letters", "ｓｇｑ", ["单国强"]),
]


@pytest.mark.parametrize(("text", "names"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_what_is_found(register, people, text, names):
    """As a clerk types it."""
    found = [item.name for item in selectors.search_persons(register.actor(), text)]
    assert found == (names if names is not None else [])


def test_numbers_are_found_by_end_and_whole_and_in_their_old_form(register, people):
    """Without the database holding them; a slip in a whole number is told."""
    number = number_of(BORN, 5)
    for text in (number, number[-4:], number[:6] + number[8:17], f" {number.lower()} "):
        assert "欧阳建军" in [item.name for item in selectors.search_persons(register.actor(), text)], text
    with pytest.raises(IdentityNumberUnfit, match="校验码"):
        selectors.search_persons(register.actor(), number[:-1] + ("0" if number[-1] != "0" else "1"))


def test_files_are_found_by_their_number(register):
    """Whole or by its beginning."""
    register.person("张三", number="990101-000012")
    for text in ("990101-000012", "990101-", "990101-0000"):
        assert [item.name for item in selectors.search_persons(register.actor(), text)] == ["张三"]


@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_an_empty_box_finds_nobody_and_says_what_to_type(register, text):
    """Nor everybody."""
    with pytest.raises(no.SearchUnfit, match="拼音首字母"):
        selectors.search_persons(register.actor(), text)


def test_pages_follow_each_other_without_gap_or_double(register):
    """Names that are equal, names and villages mixed, one more than fills the page."""
    names = ["红星"] * 3 + ["红军", "红旗"] * 4
    for name in names:
        register.person(name, residence=residence("红星村"))
    register.person("李四", residence=residence("红旗村"))
    whole = [item.id for item in selectors.search_persons(register.actor(), "红", limit=50)]
    assert len(whole) == len(set(whole)) == 12
    for limit in (1, 2, 3, 5, 11, 12):
        read, after = [], ""
        for _ in range(20):
            page = selectors.search_page(register.actor(), "红", limit=limit, after=after)
            read += [item.id for item in page.people]
            after = page.after
            if not after:
                break
        assert read == whole, limit


@pytest.mark.parametrize("mark", ["x", "9.1", "0", "-1.2", "0.99999999999999999999"])
def test_a_page_mark_that_is_none_is_told(register, mark):
    """Whoever edits the address gets a sentence."""
    with pytest.raises(no.SearchUnfit, match="翻页标记"):
        selectors.search_page(register.actor(), "张", after=mark)


SCOPES = [("yl", {"甲", "乙", "丙"}), ("yl-1", {"乙", "丙"}), ("yl-1-1", {"丙"}), ("other", set())]


@pytest.mark.parametrize(("unit", "seen"), SCOPES)
@pytest.mark.parametrize("small_scope", [0, 10_000], ids=["along the word", "along the scope"])
@pytest.mark.parametrize("text", ["张", "Z", "石桥", "张 Z"])
def test_everybody_finds_only_whom_they_may_see(
    register, organisation, actor, monkeypatch, unit, seen, small_scope, text
):
    """Whichever index leads."""
    from rongji.people.selectors import search

    monkeypatch.setattr(search, "SMALL_SCOPE", small_scope)
    monkeypatch.setattr(search, "SMALL_FOR_SEVERAL", small_scope)
    organisation("other", area_code="430621")
    for name, station in (("张甲", ""), ("张乙", "yl-1"), ("张丙", "yl-1-1")):
        register.person(name, residence=residence("石桥镇", station_code=station))
    clerk = actor("clerk", organisation=Organisation.objects.get(code=unit), username="somebody")
    assert {item.name[1] for item in selectors.search_persons(clerk, text)} == seen


@pytest.mark.parametrize("small_scope", [0, 10_000], ids=["along the word", "along the scope"])
def test_an_area_limits_the_sight_as_well(register, actor, monkeypatch, small_scope):
    """A grant for 430112 sees 430112, and one for 4306 does not."""
    from rongji.people.selectors import search

    monkeypatch.setattr(search, "SMALL_SCOPE", small_scope)
    monkeypatch.setattr(search, "SMALL_FOR_SEVERAL", small_scope)
    register.person("张三")
    seen = {area: len(selectors.search_persons(actor("clerk", area=area, username=f"of-{area}"), "张"))
            for area in ("430112", "4301", "4306")}  # fmt: skip
    assert seen == {"430112": 1, "4301": 1, "4306": 0}


def plan(query) -> str:
    """How the database means to answer."""
    sql, params = query.query.sql_with_params()
    with connection.cursor() as cursor:
        prefix = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(prefix + sql, params)
        return " ".join(str(row[-1]) for row in cursor.fetchall())


def test_beginnings_are_looked_up_in_an_index_and_come_out_in_its_order(register):
    """On SQLite, where LIKE could not; no sorting of everything that fits."""
    from rongji.people.models import Person
    from rongji.people.policies import SEE_PEOPLE
    from rongji.people.selectors.search import Way, _rows

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by what it knows of a table; the benchmark shows it at a million")
    scope = SEE_PEOPLE.scope_filter(register.actor(), path_field="scope_path", area_field="area")
    for column in ("name", "initials", "other_initials", "village", "village_proper", "number"):
        said = plan(_rows(Way(column, "张"), scope, is_small=False)[:20])
        assert f"USING INDEX person_by_{column}" in said, said
        assert "TEMP B-TREE" not in said, said
    assert "person_by_scope" in plan(_rows(Way("name", "张"), scope, is_small=True)[:20])
    assert "person_by_name" in plan(Person.objects.filter(name__startswith="张"))


NAMES = [
    ("单国强", "SGQ", "DGQ"),
    ("仇红军", "QHJ", "CHJ"),
    ("解放", "XF", "JF"),
    ("查良镛", "ZLY", "CLY"),
    ("曾国藩", "ZGF", "CGF"),
    ("区大海", "ODH", "QDH"),
    ("任盈盈", "RYY", "LYY"),
    ("尉迟敬德", "YCJD", "WCJD"),
    ("万俟明", "MQM", "WQM"),
    ("欧阳修", "OYX", ""),
    ("李建国", "LJG", ""),
    ("Ali", "ALI", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("name", "usual", "other"), NAMES)
def test_initials_by_the_reading_of_surnames(name, usual, other):
    """And by the other reading, for whoever does not know."""
    assert (initials(name), other_initials(name)) == (usual, other)


@given(st.text(max_size=70))
def test_any_text_has_initials_that_fit_the_column(text):
    """Rare characters and signs have none; nothing breaks."""
    for made in (initials(text), other_initials(text)):
        assert len(made) <= 64


def test_registering_keeps_what_is_searched_for_level_with_the_facts(register):
    """A village without town is its own short form."""
    new = NewPerson(name="张三", id_number=number_of(BORN, 1), residence=residence("红星村"))
    person = services.register_person(actor=register.actor(), bureau="yl", new=new)
    for day, village, text in ((16, "石桥镇竹山村", "竹山"), (17, "东街道办", "东街道")):
        day = date(2024, 3, day)
        services.record_residence(actor=register.actor(day), person_id=person, new=residence(village))
        assert [item.id for item in selectors.search_persons(register.actor(), text)] == [person]
