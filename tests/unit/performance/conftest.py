"""A small made-up bureau-year, as YAML and as a workbook that a clerk has been at."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rongji.performance.workbook import parse, read_book
from rongji.performance.workbook.template import write_template

SMALL_YEAR = """
profile: {bureau: xianju, name: 示例县退役军人事务局, year: "2023", scheme: national-2020, area_code: "430199"}
sheets:
  units:
    - {code: HQ, name: 局机关, is_bureau_proper: 是, keeps_own_accounts: 是}
    - {code: HOME, name: 光荣院, is_bureau_proper: 否, keeps_own_accounts: 是}
    - {code: REST, name: 军休所, is_bureau_proper: 否, keeps_own_accounts: 否}
  income:
    - {row: "", total: "12.06", carried_over: "2.06", fiscal: "10.00", other: "－",
       source: 决算 第1行；决算 第2行；决算 第3行；决算 第4行}
    - {row: HQ, total: "9.06", carried_over: "2.06", fiscal: "7.00", source: 决算 第5行}
    - {row: HOME, total: "3.00", fiscal: "3.00", evidence: E01；公共财政拨款:E02}
  execution:
    - {row: total, initial: "10.00", adjustment: "-1.00", adjusted: "9.00", actual: "8.50"}
  functional:
    - {row: "2080801", project_actual: "1.25"}
  projects:
    - {code: P01, name: 走访慰问, category: 部门专项, initial: "2.00", actual: "1.25", source: 明细账}
  indicators:
    - {code: I01, level1: 产出指标, level2: 数量指标, name: 走访慰问人数,
       direction: "≥", target: "470", unit_name: 人,
       actual: "480", weight: "10", evidence: E01, project: P01}
    - {code: I02, level1: 效益指标, level2: 社会效益, name: 获得感,
       direction: 定性, target: 明显提高, actual: 有所提高,
       tier: partly, weight: "10", reason: 宣传不够}
  scores:
    - {row: execution_rate, value: 94.44%}
  facts:
    - {code: visits, label: 接待来访, value: "5284", unit_name: 人次, vague: 约, period: 全年}
    - {code: visits-new, label: 其中初访, value: "1200", unit_name: 人次, part_of: visits}
  restated:
    - {key: "expenditure.total:actual", value: "8.5", unit_name: 万元, statement: 报告正文二}
  texts:
    - {code: overview, title: 单位概况, body: "全年支出{{expenditure.total:actual|万元 2}}万元。"}
  problems:
    - {code: W1, kind: problem, text: 进度偏慢}
    - {code: M1, kind: measure, text: 按月通报, answers: W1, owner: 办公室, due: 2024年6月}
  signatories:
    - {name: "", post: 局长, organisation: 示例县退役军人事务局, role: leader}
  evidence:
    - {code: E01, title: 决算报表, kind: 报表}
    - {code: E02, title: 拨款文件}
"""


@pytest.fixture
def small_year() -> str:
    """The text of a good `year.yaml`."""
    return SMALL_YEAR


@pytest.fixture
def read_year() -> Callable[[str], Any]:
    """Read a `year.yaml` text: (bureau-year or None, problems)."""
    return lambda text: parse(read_book(text.encode(), "year.yaml"))


@pytest.fixture
def workbook(tmp_path: Path, read_year: Callable[[str], Any]) -> Callable[..., Path]:
    """The small year as a workbook, after `edit(openpyxl workbook)` has been at it."""

    def make(edit: Callable[[Any], None] | None = None, text: str = SMALL_YEAR) -> Path:
        import openpyxl

        path = tmp_path / "年度数据.xlsx"
        year, problems = read_year(text)
        assert year is not None, [str(item) for item in problems]
        write_template(path, prefill=year)
        if edit:
            book = openpyxl.load_workbook(path)
            edit(book)
            book.save(path)
        return path

    return make
