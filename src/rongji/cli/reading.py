"""What `rongji read` does and says."""

from collections.abc import Iterator
from pathlib import Path

from rongji.audit.stated import stated
from rongji.cli.text_table import fold
from rongji.documents.readers import read_document
from rongji.kernel.refusal import Refusal
from rongji.performance.from_report import ReadYear, year_from
from rongji.performance.workbook.layout import known_forms
from rongji.performance.workbook.template import write_template
from rongji.performance.workbook.vocabulary import vocabulary_for

_SHOWN = 12
_LATEST = 2025
_WIDTH = 92


class NotAWorkbook(Refusal):
    """An output that is no workbook."""

    code = "not-a-workbook"
    sentence = "年度数据工作簿是 .xlsx 文件，请把“{path}”改成以 .xlsx 结尾的文件名。"


class SchemeOrFormUnknown(Refusal):
    """A score scheme or a form that is not defined."""

    code = "scheme-or-form-unknown"
    sentence = "没有{kind}“{name}”，可用的有：{known}。"


def run(file: Path, out: Path, *, bureau: str, scheme: str, year: int | None, form: str, show_all: bool = False) -> str:
    """Read the report, write the workbook; what is to be said about it.

    Raises: UnreadableDocument, YearUnknown, NotAWorkbook, SchemeOrFormUnknown, TextTooLong.
    """
    if out.suffix.lower() != ".xlsx":
        raise NotAWorkbook(path=out)
    schemes = vocabulary_for(year or _LATEST).schemes
    for kind, name, known in (("评分方案", scheme, schemes), ("表式", form, known_forms())):
        if name and name not in known:
            raise SchemeOrFormUnknown(kind=kind, name=name, known="、".join(known))
    said = stated(read_document(file).document, file.name)
    found = year_from(said, bureau=bureau, scheme=scheme, year=year, form=form)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_template(out, form or None, prefill=found.facts)
    return "\n".join(_lines(found, out, show_all=show_all))


def _lines(found: ReadYear, out: Path, *, show_all: bool) -> Iterator[str]:
    facts = found.facts
    yield f"{facts.name} {facts.year} 年度"
    tables = len(facts.figures) - found.restated
    yield (
        f"已写入 {out}：数据 {tables} 项，文中复述 {found.restated} 处，"
        f"绩效指标 {len(facts.indicators)} 条，机构 {len(facts.units)} 个。每个数的出处写在“来源”栏。"
    )
    if found.left:
        yield ""
        yield f"写了但说不准、没有取用的（{len(found.left)}）"
        shown = found.left if show_all else found.left[:_SHOWN]
        yield from (f"  {item.label} {item.printed}：{item.why}（{item.place}）" for item in shown)
        if len(shown) < len(found.left):
            yield f"  …… 其余 {len(found.left) - len(shown)} 个加 --all 列出"
    yield from _missing(found)
    yield ""
    yield f"评分方案（{facts.scheme}）和单位编码（{facts.bureau}）不是报告里写的，请在“基本信息”中核对。"
    yield f"补齐后运行 rongji check --file {out}"


def _missing(found: ReadYear) -> Iterator[str]:
    """What the report does not state; sheets of which it has nothing together on one line."""
    if not found.missing:
        return
    yield ""
    yield "没有找到的"
    for title, absent in (*found.missing, ("整张表都没有", found.absent)):
        first, *more = fold("、".join(absent), _WIDTH) if absent else ("",)
        if first:
            yield f"  {title}：{first}"
        yield from (" " * 4 + line for line in more)
