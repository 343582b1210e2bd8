"""`rongji demo`: fill a database with the example years, produce their reports, say where everything is, serve."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import typer
from django.conf import settings
from django.db import transaction

from rongji.accounts import services as accounts
from rongji.accounts.refusals import UserExists
from rongji.accounts.selectors import actor_named
from rongji.accounts.types import ROLE_LABELS, Actor, Origin, OriginKind, Role
from rongji.budget import services as budget
from rongji.budget import tables
from rongji.budget.selectors import has_records
from rongji.cli import demo_county, demo_window
from rongji.cli.acting import acting
from rongji.cli.serve import serve
from rongji.cli.setup import setup
from rongji.cli.text_table import text_table
from rongji.config.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from rongji.config.options import Mode
from rongji.documents.writers import FORMATS, write
from rongji.kernel import clock
from rongji.kernel.digest import digest, file_digest
from rongji.kernel.finding import Verdict
from rongji.kernel.quantity import group_thousands
from rongji.kernel.refusal import Refusal
from rongji.law.locate import find_legal
from rongji.payments.selectors import has_payroll
from rongji.performance.monitoring import services as monitoring
from rongji.performance.objectives import selectors as objective_records
from rongji.performance.objectives import services as objectives
from rongji.performance.objectives.content import objectives_of
from rongji.performance.selectors import year_facts
from rongji.performance.services import import_year
from rongji.reports.selectors import current_sources, fitting_forms, preview

app = typer.Typer(help="用示例数据演示：建库、导入、出报告、启动网页。", rich_markup_mode=None)
STAMP = "demo-ready"


class DemoOnly(Refusal):
    """The demo where real data is kept."""

    code = "demo-only"
    sentence = "正式使用的系统不能运行演示，以免示例数据混入业务数据。请另设一个数据目录（RONGJI_DATA_DIR）。"


@dataclass(frozen=True, slots=True)
class Example:
    """One example year on disk."""

    folder: Path

    @property
    def year_file(self) -> Path:
        """Its figures and texts."""
        return self.folder / "year.yaml"

    @property
    def bureau(self) -> str:
        """The bureau's code, first part of the folder's name."""
        return self.folder.name.rpartition("-")[0]

    @property
    def year(self) -> int:
        """The year, last part of the folder's name."""
        return int(self.folder.name.rpartition("-")[2])


@app.command()
def demo(
    no_serve: bool = typer.Option(False, "--no-serve", help="准备好数据和报告后就结束，不启动网页。"),
    no_county: bool = typer.Option(False, "--no-county", help="不建示例县的人员和两年发放，只导入各年度（快得多）。"),
    port: int = typer.Option(0, "--port", min=0, max=65535, metavar="端口", help="网页服务的端口；不给则用设置。"),
) -> None:
    """建立演示数据库，导入公开年度和示例年度，建一个有两年发放的示例县，生成报告并打印位置，然后启动网页。"""
    if settings.RONGJI.mode is not Mode.DEMO:
        raise DemoOnly
    setup(quiet=True)
    examples = [item for item in _examples() if not (no_county and item.bureau == demo_county.BUREAU)]
    stamp = settings.RONGJI.home / STAMP
    wanted = digest([(item.folder.name, file_digest(item.year_file.read_bytes())) for item in examples])
    if not stamp.exists() or stamp.read_text() != wanted:
        _fill(examples)
        stamp.write_text(wanted)
    has_window = demo_window.open_window(acting())
    _tell(examples)
    if no_serve:
        return
    window = demo_window.serve_window((port or settings.RONGJI.port) + 1) if has_window else None
    try:
        serve(host="", port=port)
    finally:
        if window:
            window.terminate()
            window.wait()


def _examples() -> Iterator[Example]:
    for folder in sorted((find_legal().parent / "examples").iterdir()):
        if (folder / "year.yaml").is_file():
            yield Example(folder)


def _reports_folder() -> Path:
    return settings.RONGJI.home / "reports"


def _fill(examples: list[Example]) -> None:
    operator = acting()
    _open_accounts(operator)
    for example in examples:
        typer.echo(f"导入 {example.folder.name} ……", err=True)
        # Whole or not at all: an interrupted demo must not leave a year with half of its records.
        with transaction.atomic():
            import_year(actor=operator, source=example.year_file)
            _take_over_records(example, operator)
            if example.bureau == demo_county.BUREAU and not has_payroll(example.bureau):
                demo_county.County(say=_say, examples=example.folder).live(operator)
    for example in examples:
        for path in _write_reports(example, operator):
            typer.echo(f"生成 {path.name}", err=True)


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _open_accounts(operator: Actor) -> None:
    for name, role in DEMO_ACCOUNTS:
        try:
            accounts.add_user(
                actor=operator,
                username=name,
                display_name=f"演示·{ROLE_LABELS[Role(role)].partition('（')[0]}",
                password=DEMO_PASSWORD,
                must_change_password=False,
            )
        except UserExists:
            continue
        accounts.assign_role(actor=operator, username=name, role=role)


def _as_user(name: str) -> Actor:
    return actor_named(username=name, origin=Origin(OriginKind.CLI, "rongji demo"), at=clock.now())


def _take_over_records(example: Example, operator: Actor) -> None:
    """Budget, postings, objectives and plan of the year, where the example has them; decisions by a second person."""
    if (example.folder / "postings.csv").exists() and not has_records(example.bureau, example.year):
        _budget_records(example, operator)
    where = {"bureau": example.bureau, "year": example.year}
    plan = example.folder / "monitoring.csv"
    if plan.exists():
        monitoring.plan_year(actor=operator, path=plan, **where)
        _record_progress(example, operator)
    if plan.exists() and objective_records.objectives_in_force(**where) is None:
        targets = objectives_of(year_facts(operator, **where))
        objectives.draft_objectives(actor=_as_user("officer"), objectives=targets, **where)
        objectives.propose_objectives(actor=_as_user("officer"), **where)
        objectives.decide_objectives(actor=_as_user("director"), approve=True, **where)


def _record_progress(example: Example, operator: Actor) -> None:
    """What the indicators had reached at the ends of the quarters."""
    rows = csv.DictReader((example.folder / "progress.csv").read_text(encoding="utf-8-sig").splitlines())
    for row in rows:
        monitoring.record_progress(
            actor=operator,
            bureau=example.bureau,
            year=example.year,
            indicator=row["指标编码"],
            month=int(row["月份"]),
            reached=Decimal(row["累计完成"]),
        )


def _budget_records(example: Example, operator: Actor) -> None:
    where = {"bureau": example.bureau, "year": example.year}
    budget.import_budget_lines(actor=operator, path=example.folder / "budget_lines.csv", **where)
    changes, _ = tables.read_adjustments(example.folder / "adjustments.csv")
    for (document, reason), rows in changes.items():
        number = budget.propose_adjustment(
            actor=_as_user("finance"), document_number=document, reason=reason, rows=rows, **where
        )
        budget.decide_adjustment(actor=_as_user("director"), adjustment_id=number, approve=True)
    _opening(example, operator)
    budget.import_postings(actor=operator, path=example.folder / "postings.csv", **where)


def _opening(example: Example, operator: Actor) -> None:
    """The carry-over of the first year on record, as the year's own figures state it."""
    facts = year_facts(operator, example.bureau, example.year)
    for figure in facts.figures.of_concept("income.carried_over"):
        if figure.key.unit and figure.quantity and figure.quantity.fen:
            budget.declare_opening_balance(
                actor=operator,
                bureau=example.bureau,
                year=example.year,
                unit_code=figure.key.unit,
                amount_fen=figure.quantity.fen,
                evidence=figure.source.place,
            )


def _write_reports(example: Example, operator: Actor) -> Iterator[Path]:
    """Every form that fits the year, in every format."""
    facts = year_facts(operator, example.bureau, example.year)
    for form, missing in fitting_forms(facts):
        if missing:
            continue
        _, report = preview(actor=operator, bureau=example.bureau, year=example.year, form=form.id)
        folder = _reports_folder() / example.folder.name
        folder.mkdir(parents=True, exist_ok=True)
        for ending in FORMATS:
            yield write(report.document, folder / f"{form.id}.{ending}", font_dir=settings.RONGJI.font_dir)


def _tell(examples: list[Example]) -> None:
    operator = acting()
    typer.echo(
        text_table(
            ("年度", "单位", "总分", "矛盾", "缺项", "进位差", "相符"), [_standing(e, operator) for e in examples]
        )
    )
    typer.echo(f"\n报告文件：{_reports_folder()}（每个年度一个文件夹，每种表式 {'、'.join(FORMATS)} 各一份）")
    typer.echo(f"数据库：　{settings.RONGJI.home / 'rongji.sqlite3'}")
    typer.echo(f"演示账号（密码均为 {DEMO_PASSWORD}）：")
    for name, role in DEMO_ACCOUNTS:
        typer.echo(f"  {name:<9} {ROLE_LABELS[Role(role)]}")


def _standing(example: Example, operator: Actor) -> list[str]:
    sources = current_sources(actor=operator, bureau=example.bureau, year=example.year)
    evaluation = sources.evaluation
    counts = {verdict: sum(1 for f in sources.findings if f.verdict is verdict) for verdict in Verdict}
    score = (
        "" if evaluation is None else f"{group_thousands(evaluation.total, 2)}{'' if evaluation.final else '（暂定）'}"
    )
    verdicts = (Verdict.CONTRADICTION, Verdict.DEFECT, Verdict.ROUNDING, Verdict.HOLDS)
    return [str(example.year), sources.year.name, score, *(str(counts[verdict]) for verdict in verdicts)]
