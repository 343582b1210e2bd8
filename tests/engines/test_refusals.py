"""What cannot be reckoned is refused in words that say what to do, and leaves nothing behind."""

import resource
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from engines.standalone import free_port
from engines.tables import claim, claims, law, month, rates

from rongji.compute import Inputs, embedded, spark
from rongji.compute.refusals import (
    ClaimEndsBeforeStart,
    ClaimHalfEnded,
    ClaimWithoutDate,
    ClaimWithoutRate,
    ClaimWithoutTiming,
    ClaimWithoutUnits,
    ClusterUnreachable,
    InputsUnreadable,
    OutOfMemory,
    OutputNotWritten,
)
from rongji.compute.shapes import END_CODES, MISSING, table
from rongji.kernel.refusal import Refusal


def one_year(*rows: dict, **changes) -> Inputs:
    """Claims of 2024 at a hundred yuan a month."""
    plain = Inputs(
        claims=claims(*rows),
        law=law(rates((1, "2024-01", "2024-12", 10000, 1))),
        first_month=month("2024-01"),
        pay_month=month("2024-12"),
    )
    return replace(plain, **changes)


FAULTY = {
    "a rate that is not in the tables": ({"rate_id": 7}, ClaimWithoutRate, "编号 7"),
    "no day to reckon from": ({"basis_on": None}, ClaimWithoutDate, "缺少起算日期或出生日期"),
    "no birthday": ({"born_on": None}, ClaimWithoutDate, "缺少起算日期或出生日期"),
    "an end without its day": ({"end": END_CODES["placed"]}, ClaimHalfEnded, "只填了一项"),
    "a last day without its reason": ({"ended_on": date(2024, 5, 1)}, ClaimHalfEnded, "只填了一项"),
    "an end before the start": (
        {"ended_on": date(2009, 1, 1), "end": END_CODES["gave_up"]},
        ClaimEndsBeforeStart,
        "终止日期早于起算日期",
    ),
    "a start the rules do not know": ({"start": 9}, ClaimWithoutTiming, "timing.yaml"),
    "a death before any rule": ({"died_on": date(1850, 1, 1)}, ClaimWithoutTiming, "timing.yaml"),
    "no unit at all": ({"units": 0}, ClaimWithoutUnits, "小于 1"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_claim_is_named_with_person_and_award(case, inside):
    """The refusal counts the claims at fault and names one of them; the sound ones are not paid either."""
    changes, refusal, words = FAULTY[case]
    given = one_year(claim(3), claim(5, person_id=44, **changes))
    with pytest.raises(refusal) as caught:
        inside.due(given)
    assert words in str(caught.value)
    assert "有 1 条" in str(caught.value)
    assert "人员 44、待遇 5" in str(caught.value)


def test_a_gap_in_the_law_is_refused_in_the_laws_own_words(inside):
    """Only where a claim is live in the month of the gap."""

    class Gap(Refusal):
        sentence = "缺 {month} 月的标准。"

    gap = Gap(month=5)
    rows = table(MISSING, [{"rate_id": 1, "month": month("2024-05")}])
    given = one_year(claim(3))
    holed = replace(given, law=replace(given.law, missing=rows, refusals={(1, month("2024-05")): gap}))
    with pytest.raises(Gap) as caught:
        inside.due(holed)
    assert caught.value is gap
    ended = claims(claim(3, ended_on=date(2024, 4, 9), end=END_CODES["gave_up"]))
    assert inside.due(replace(holed, claims=ended)).num_rows == 4


UNREADABLE = {
    "no such file": lambda place: place,
    "not a Parquet file": lambda place: place.write_text("姓名,金额\n") and place,
    "another table": lambda place: parquet.write_table(table(MISSING), place) or place,
    "cut off in the middle": lambda place: cut(place),
}


def cut(place: Path) -> Path:
    """A Parquet file of which the end is missing."""
    parquet.write_table(claims(claim(3)), place)
    place.write_bytes(place.read_bytes()[:-200])
    return place


@pytest.mark.parametrize("case", UNREADABLE)
def test_claims_that_cannot_be_read_are_refused(case, inside, tmp_path):
    """The table is named, and what is wrong with it."""
    with pytest.raises(InputsUnreadable, match="claims"):
        inside.due(one_year(claims=UNREADABLE[case](tmp_path / "claims.parquet")))


def test_a_place_that_cannot_be_written_leaves_nothing(inside, tmp_path):
    """A folder that is not there; the result of the time before stays where one is."""
    with pytest.raises(OutputNotWritten, match="没有留下半个文件"):
        inside.due_to(one_year(claim(3)), tmp_path / "missing" / "due.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_result_of_the_time_before(inside, tmp_path):
    """The file may not grow beyond a few kilobytes: as on a full disk, writing fails in the middle."""
    place = tmp_path / "due.parquet"
    inside.due_to(one_year(claim(3)), place)
    before = place.read_bytes()
    many = one_year(*(claim(n, person_id=n * 7919 % 100_003) for n in range(1, 4000)))
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(OutputNotWritten, match="磁盘空间"):
            inside.due_to(many, place)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert place.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["due.parquet"]


def test_too_little_memory_is_said():
    """The limit is named."""
    people = claims(*(claim(n, person_id=n) for n in range(1, 30_000)))
    with embedded(threads=1, memory_limit="4MB") as engine, pytest.raises(OutOfMemory, match="4MB"):
        engine.due(one_year(claims=people))


def test_a_master_that_does_not_answer_is_refused_at_once(needs):
    """Spark itself would try for a minute and end with a trace."""
    needs("java")
    master = f"spark://127.0.0.1:{free_port()}"
    with spark(master) as engine, pytest.raises(ClusterUnreachable, match="主节点") as caught:
        engine.due(one_year(claim(3)))
    assert master in str(caught.value)


def test_what_is_no_address_of_a_master_is_refused(needs):
    """A host without its scheme."""
    needs("java")
    with spark("127.0.0.1:7077") as engine, pytest.raises(ClusterUnreachable):
        engine.due(one_year(claim(3)))


def test_the_room_loads_no_engine_until_one_is_asked():
    """The command line starts without ibis, DuckDB, Arrow and Spark."""
    code = (
        "import sys, rongji.compute; print([m for m in ('ibis', 'duckdb', 'pyspark', 'pyarrow') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
