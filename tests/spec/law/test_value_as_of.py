"""The value as of two days: in force on one, known on the other."""

from datetime import date

import pytest

from rongji.law.loader import load
from rongji.law.refusals import KeysDoNotFit, NoValueInForce, UnknownTable
from rongji.law.values import as_of, find, table_named

D = date.fromisoformat

ROWS = """
  - {grade: "7", effective: 2022-08-01, known: 2022-08-29, act: notice-1, trust: official, value: 30840}
  - {grade: "7", effective: 2023-08-01, known: 2023-10-25, act: notice-1, trust: derived, value: 32380}
  - {grade: "7", effective: 2023-08-01, known: 2024-01-15, act: notice-1, trust: official, value: 32390, note: 更正}
  - {grade: "7", effective: 2024-08-01, known: 2024-09-02, act: notice-1, trust: official, value: null}
  - {grade: "8", effective: 2022-08-01, known: 2022-08-29, act: notice-1, trust: official, until: 2023-12-31, value: 1}
"""

# what is asked for, what was known then, and what the answer is; None: nothing in force
CASES = [
    ("2022-07-31", "2025-01-01", None),  # the day before the first value
    ("2022-08-01", "2025-01-01", 30840),  # the first day of it
    ("2022-08-01", "2022-08-28", None),  # in force, but not yet published
    ("2022-08-01", "2022-08-29", 30840),
    ("2023-07-31", "2025-01-01", 30840),  # the last day of the old standard
    ("2023-08-01", "2023-10-24", 30840),  # the new one applies, but nobody can know it yet
    ("2023-08-01", "2023-10-25", 32380),  # published: the same day now costs more
    ("2023-08-01", "2024-01-14", 32380),  # before the correction
    ("2023-08-01", "2024-01-15", 32390),  # corrected: same effective day, later known
    ("2024-07-31", "2025-01-01", 32390),  # the last day before the measure ends
    ("2024-08-01", "2024-09-01", 32390),  # ended, but nobody can know it yet
    ("2024-08-01", "2024-09-02", None),  # an end is a row without a value: nothing earlier comes back
]


@pytest.mark.parametrize(("on", "known_on", "expected"), CASES)
def test_the_value_is_the_latest_in_force_among_those_known(legal, on, known_on, expected):
    """Both sides of every cut-over, of publication and of correction."""
    legal.table(ROWS)
    row = find("standards.sample", on=D(on), known_on=D(known_on), law=load(legal.root), grade="7")
    assert (row.value if row else None) == expected


@pytest.mark.parametrize(("on", "expected"), [("2023-12-31", 1), ("2024-01-01", None)])
def test_an_act_may_name_its_own_last_day(legal, on, expected):
    """`until` is the last day in force."""
    legal.table(ROWS)
    row = find("standards.sample", on=D(on), known_on=D("2025-01-01"), law=load(legal.root), grade="8")
    assert (row.value if row else None) == expected


LATE_CORRECTION = """
  - {grade: "7", effective: 2022-08-01, known: 2022-08-29, act: notice-1, trust: official, value: 30840}
  - {grade: "7", effective: 2022-08-01, known: 2024-02-01, act: notice-1, trust: official, value: 30850}
  - {grade: "7", effective: 2023-08-01, known: 2023-10-25, act: notice-1, trust: official, value: 32380}
"""


@pytest.mark.parametrize(("on", "expected"), [("2023-07-31", 30850), ("2023-08-01", 32380)])
def test_a_late_correction_of_an_old_value_leaves_the_newer_one_alone(legal, on, expected):
    """The later publication wins only among rows that apply from the same day."""
    legal.table(LATE_CORRECTION)
    row = as_of("standards.sample", on=D(on), known_on=D("2024-06-01"), law=load(legal.root), grade="7")
    assert row.value == expected


def test_nothing_in_force_is_refused_with_both_days(legal):
    """A computation never goes on without a value, and the sentence says what was looked for."""
    legal.table(ROWS)
    with pytest.raises(NoValueInForce, match=r"7.*2022-01-01.*2025-01-01"):
        as_of("standards.sample", on=D("2022-01-01"), known_on=D("2025-01-01"), law=load(legal.root), grade="7")


def test_a_table_is_asked_by_its_own_keys(legal):
    """A missing or foreign key is refused, not ignored."""
    legal.table(ROWS)
    book = load(legal.root)
    for keys in ({}, {"grade": "7", "cause": "duty"}, {"cause": "duty"}):
        with pytest.raises(KeysDoNotFit):
            as_of("standards.sample", on=D("2023-01-01"), known_on=D("2025-01-01"), law=book, **keys)


def test_an_unknown_table_is_refused(legal):
    """A wrong id never reads as "no value"."""
    with pytest.raises(UnknownTable):
        find("standards.other", on=D("2023-01-01"), known_on=D("2025-01-01"), law=load(legal.root))


LOCAL = """
  - {grade: "7", effective: 2023-01-01, known: 2023-01-01, act: notice-1, trust: official, value: 40000}
  - {grade: "7", effective: 2024-01-01, known: 2024-01-01, act: notice-1, trust: official, value: null}
"""
PROVINCE = '  - {grade: "8", effective: 2023-01-01, known: 2023-01-01, act: notice-1, trust: official, value: 25000}\n'


@pytest.mark.parametrize(
    ("region", "grade", "on", "expected"),
    [
        ("430112", "7", "2022-12-31", 30840),  # before the local value: the nation's
        ("430112", "7", "2023-01-01", 40000),  # the county's own
        ("430112", "7", "2023-12-31", 40000),
        ("430112", "7", "2024-01-01", 32390),  # the county's has ended: the nation's again
        ("430112", "8", "2023-06-01", 25000),  # the county says nothing: the province's
        ("430121", "7", "2023-06-01", 30840),  # a neighbour county knows nothing of it
        ("440113", "8", "2023-06-01", 1),  # another province neither
        ("", "7", "2023-06-01", 30840),
    ],
)
def test_the_most_local_value_in_force_wins(legal, region, grade, on, expected):
    """County before city before province before nation; an ended local measure leaves the word to the wider region."""
    legal.table(ROWS)
    legal.table(LOCAL, file="regions/430112/standards/sample.yaml")
    legal.table(PROVINCE, file="regions/430000/standards/sample.yaml")
    book = load(legal.root)
    row = as_of("standards.sample", on=D(on), known_on=D("2025-01-01"), region=region, law=book, grade=grade)
    assert row.value == expected


def test_the_table_of_a_region_is_the_local_one(legal):
    """A person who asks for a table sees the one of the place."""
    legal.table(ROWS)
    legal.table(LOCAL, file="regions/430112/standards/sample.yaml")
    book = load(legal.root)
    assert table_named("standards.sample", region="430112", law=book).region == "430112"
    assert table_named("standards.sample", region="430121", law=book).region == ""


def test_a_table_takes_over_what_it_leaves_open(legal):
    """`based_on` fills in the keys that a table does not state."""
    legal.table(ROWS)
    head = "id: standards.other\nlabel: 另一标准\nkind: value\nunit: 元\nkeys: [grade]\nbased_on: standards.sample\n"
    own = '  - {grade: "8", effective: 2022-01-01, known: 2022-01-01, act: notice-1, trust: official, value: 2}\n'
    legal.table(own, file="standards/other.yaml", head=head)
    book = load(legal.root)
    days = {"on": D("2023-01-01"), "known_on": D("2025-01-01")}
    assert as_of("standards.other", law=book, grade="8", **days).value == 2
    assert as_of("standards.other", law=book, grade="7", **days).value == 30840
