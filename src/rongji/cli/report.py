"""`rongji report BUREAU YEAR --form FORM`: the report of one bureau-year in an official form, in every file format."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from rongji.cli.year_source import YearNotNamed, from_file
from rongji.config.options import load_options
from rongji.documents.writers import FORMATS, UnknownFormat, write
from rongji.kernel.clock import today
from rongji.kernel.refusal import Refusal
from rongji.reports.build import Report, build_report
from rongji.reports.form_reader import find_form, load_forms
from rongji.reports.gather import gather_sources
from rongji.reports.pack import verify
from rongji.reports.sources import Sources

app = typer.Typer(help="生成自评表和自评报告（docx、xlsx、pdf、html）。", rich_markup_mode=None)

PURE = True
"""A year kept in a file needs no database; Django is started only for one kept in the records."""

_SHOWN = 8
_BROKEN = 1


class NoFormNamed(Refusal):
    """No form was named and the bureau set none."""

    code = "no-form-named"
    sentence = "请用 --form 指明表式，可用的有：{known}；或在“基本信息”中填写“报送表式”。"
    exit_code = 2


@app.command()
def report(
    bureau: Annotated[str, typer.Argument(metavar="BUREAU", help="单位编码。")] = "",
    year: Annotated[int, typer.Argument(metavar="YEAR", help="年度。")] = 0,
    form: Annotated[str, typer.Option("--form", help="表式编号；不写时用本单位设定的表式。")] = "",
    out: Annotated[Path, typer.Option("--out", help="存放文件的目录。")] = Path("reports"),
    formats: Annotated[str, typer.Option("--formats", help="文件格式，逗号隔开。")] = ",".join(FORMATS),
    file: Annotated[Path | None, typer.Option("--file", help="不用数据库，直接读年度数据文件。", exists=True)] = None,
    prior: Annotated[Path | None, typer.Option("--prior", help="上年的年度数据文件，用于对比表。", exists=True)] = None,
    final: Annotated[bool, typer.Option("--final", help="出正式稿；有未通过的校验时拒绝。")] = False,
    with_sources: Annotated[bool, typer.Option("--sources", help="后附数据来源清单。")] = False,
    verify_pack: Annotated[
        Path | None, typer.Option("--verify", metavar="PACK", help="核验一个报告佐证包（文件夹或 zip）。", exists=True)
    ] = None,
    list_forms: Annotated[bool, typer.Option("--list", help="列出全部表式。")] = False,
) -> None:
    """按表式生成报告，打印文件位置和定稿前还要处理的事项；--verify 只核验佐证包。"""
    if verify_pack:
        raise typer.Exit(_verify(verify_pack))
    if list_forms:
        _list_forms()
        return
    wanted = _formats(formats)
    sources = _sources(bureau, year, file, prior)
    made = _make(sources, form, final=final, with_sources=with_sources)
    out.mkdir(parents=True, exist_ok=True)
    stem = f"{sources.year.bureau}-{sources.year.year}-{made.form.id}"
    for ending in wanted:
        path = write(made.document, out / f"{stem}.{ending}", font_dir=load_options().font_dir)
        typer.echo(str(path.resolve()))
    _say_standing(made)
    if final:
        typer.echo("正式版式，但没有版本和审批记录：报送用的文件请在“定稿与审批”中由两人办理后下载。")


def _sources(bureau: str, year: int, file: Path | None, prior: Path | None) -> Sources:
    """The year of the file, or that of the records as the acting user may see it, with last year beside it.

    Without last year the comparison uses what this year's forms state as 上年.
    Raises: YearNotNamed, YearFileUnreadable, and what the records refuse.
    """
    before = from_file(prior) if prior else None
    if file:
        return gather_sources(from_file(file), on=today(), known_on=today(), prior=before)
    if not bureau or not year:
        raise YearNotNamed()
    found = _from_records(bureau, year)
    return replace(found, prior=before) if before else found


def _from_records(bureau: str, year: int) -> Sources:
    from rongji.cli.main import start_django

    start_django()
    from rongji.cli.acting import acting
    from rongji.reports.selectors import current_sources

    return current_sources(actor=acting(), bureau=bureau, year=year)


def _make(sources: Sources, form: str, *, final: bool, with_sources: bool) -> Report:
    forms = load_forms()
    named = form or sources.year.profile.get("form", "")
    if not named:
        raise NoFormNamed(known="、".join(sorted(item.id for item in forms.values() if not item.is_annex)))
    chosen = find_form(named, forms)
    return build_report(sources, chosen, forms, final=final, dated_on=today(), with_sources=with_sources)


def _say_standing(made: Report) -> None:
    if made.is_ready:
        typer.echo("校验全部通过，可以定稿。")
        return
    typer.echo(f"预览稿：定稿前还有 {len(made.blockers)} 项要处理（完整清单见 rongji check）。")
    for reason in made.blockers[:_SHOWN]:
        typer.echo(f"· {reason}")
    if len(made.blockers) > _SHOWN:
        typer.echo(f"· 其余 {len(made.blockers) - _SHOWN} 项从略")


def _list_forms() -> None:
    for item in sorted(load_forms().values(), key=lambda one: one.id):
        if not item.is_annex:
            typer.echo(f"{item.id}\t{item.label}")


def _verify(path: Path) -> int:
    found = verify(path)
    for item in found:
        typer.echo(f"{item.standing}\t{item.name}")
    good = all(item.is_good for item in found)
    typer.echo("全部文件与清单一致。" if good else "有文件与清单不一致，请向报送单位索取原件。")
    return 0 if good else _BROKEN


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(word.strip().lower() for word in text.split(",") if word.strip())
    for word in wanted:
        if word not in FORMATS:
            raise UnknownFormat(ending=word)
    return wanted or FORMATS
