"""Import of a roster of synthetic people: read and validate, commit, an unchanged and a 2 % changed second import.

Each step is done through the service that the command calls, on a database of its own (SQLite in a folder; PostgreSQL
where RONGJI_DATABASE_URL names an empty one). Reading alone is timed beside openpyxl on the same file. Prints wall and
processor seconds and the peak of memory, each import in a process of its own.
Usage: ./run bench roster_import [ROWS]
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

AREA, BUREAU, CHANGED = "990621", "bench", 50  # one row in fifty is changed in the third import
HEADINGS = (
    "姓名", "身份证号", "性别", "人员类别", "残疾等级", "残疾性质", "入伍时间", "退役时间", "服役年限", "开户行",
    "银行账号", "联系电话", "村", "家庭住址", "批准时间",
)  # fmt: skip


def make(path: Path, rows: int, *, every: int = 0) -> None:
    """A roster of that many rows; every: one row in so many has another telephone number and address."""
    from rongji.people.synthetic import COUNTY, Share, county

    scale = rows // 5284 + 1
    shares = [Share(s.category, s.count * scale, s.born, s.men, s.enlist_age, s.years) for s in COUNTY]
    people = list(county(area=AREA, shares=shares, files=sum(share.count for share in shares)))
    Random(1).shuffle(people)  # so that every category comes in a short roster, too
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_row(0, 0, HEADINGS)
        for row, person in enumerate(people[:rows], 1):
            sheet.write_row(row, 0, _told(person, is_changed=bool(every) and row % every == 0))


def _told(person: Any, *, is_changed: bool) -> list[Any]:
    grade = f"{person.grade}级" if person.grade else ""
    enlisted = f"{person.enlisted_on:%Y.%m.%d}" if person.enlisted_on else ""
    discharged = f"{person.discharged_on:%Y%m%d}" if person.discharged_on else ""
    phone, address = (f"198{person.phone[3:]}", "镇敬老院") if is_changed else (person.phone, f"{person.village}三组")
    return [
        person.name, person.id_number, "男" if person.sex == "male" else "女", person.category, grade, person.cause,
        enlisted, discharged, person.service_years or "", "农业银行", person.account, phone, person.village,
        address, "2019年3月1日",
    ]  # fmt: skip


def start() -> Any:
    """Django on the database of this benchmark, with one bureau; returns who imports."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongji.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from rongji.accounts.refusals import OrganisationUnknown
    from rongji.accounts.selectors import organisation
    from rongji.accounts.services import open_organisation
    from rongji.accounts.types import Actor, Grant, Origin, OriginKind, Role

    call_command("migrate", verbosity=0)
    grants = tuple(Grant(role) for role in Role)
    actor = Actor("基准测试", Origin(OriginKind.CLI, "bench"), datetime(2024, 10, 8, tzinfo=UTC), grants=grants)
    try:
        organisation(BUREAU)
    except OrganisationUnknown:
        open_organisation(actor=actor, code=BUREAU, name="基准局", kind="bureau", area_code="990201")
    return actor


def one_import(path: Path) -> None:
    """One import in this process; prints its figures as JSON."""
    actor = start()
    from rongji.awards.from_roster import import_roster

    began, used = time.perf_counter(), time.process_time()
    ends: dict[str, float] = {}

    def report(step: str, done: int, total: int) -> None:
        ends[step] = time.perf_counter() - began

    outcome = import_roster(actor=actor, bureau=BUREAU, source=path, report=report)
    whole = time.perf_counter() - began
    figures = {
        "rows": outcome.rows, "added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged,
        "validated": ends["核对"], "whole": whole, "processor": time.process_time() - used,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip
    print(json.dumps(figures))


def one_reading(path: Path, reader: str) -> None:
    """Reading alone; ours judges every row as well, openpyxl only hands out cells."""
    began = time.perf_counter()
    if reader == "openpyxl":
        import openpyxl

        count = sum(
            1 for sheet in openpyxl.load_workbook(path, read_only=True) for _ in sheet.iter_rows(values_only=True)
        )
    elif reader == "source":
        from rongji.people.imports.source import open_roster

        count = sum(1 for sheet in open_roster(path).sheets for _ in sheet.rows())
    else:
        start()
        from rongji.people.imports.categories import categories_of
        from rongji.people.imports.judging import Setting
        from rongji.people.imports.reading import RosterReader
        from rongji.people.imports.source import open_roster

        day = date(2024, 10, 8)
        setting = Setting(day, categories_of(day, "990201"))
        began = time.perf_counter()
        count = sum(1 for _ in RosterReader(open_roster(path), setting).rows()) + 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": count, "whole": time.perf_counter() - began, "peak_mb": peak}))


def apart(*words: str) -> dict[str, Any]:
    """Run one step in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(rows: int) -> None:
    """All steps, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(RONGJI_MODE="demo", RONGJI_DATA_DIR=folder)
        first, third = Path(folder) / "first.xlsx", Path(folder) / "third.xlsx"
        make(first, rows)
        make(third, rows, every=CHANGED)
        database = "PostgreSQL" if os.environ.get("RONGJI_DATABASE_URL") else "SQLite"
        print(f"{rows} rows × {len(HEADINGS)} columns, {first.stat().st_size / 2**20:.1f} MiB, {database}")
        for reader in ("openpyxl", "source", "judged"):
            found = apart("--read", str(first), reader)
            assert found["rows"] == rows + 1
            print(f"  read, {reader:9} {found['whole']:7.1f} s   peak {found['peak_mb']:6.0f} MB")
        wanted = (("first", first, (rows, 0, 0)), ("unchanged", first, (0, 0, rows)),
                  ("2 % changed", third, (0, rows // CHANGED, rows - rows // CHANGED)))  # fmt: skip
        for name, path, counts in wanted:
            found = apart("--import", str(path))
            assert (found["added"], found["changed"], found["unchanged"]) == counts, found
            print(f"  import, {name:11} {found['whole']:7.1f} s   validated {found['validated']:6.1f} s   "
                  f"processor {found['processor']:6.1f} s   peak {found['peak_mb']:6.0f} MB")  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--import"]:
        one_import(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--read"]:
        one_reading(Path(sys.argv[2]), sys.argv[3])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
