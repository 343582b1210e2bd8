"""Reads `legal/forms/*.yaml` into forms: unknown words, odd shapes and dangling references are all named at once."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from rongji.documents.model import Align, Orientation, Style
from rongji.kernel.digest import file_digest
from rongji.law.locate import find_legal
from rongji.law.reading import Problems, read_yaml
from rongji.reports import form as spec
from rongji.reports.records import SINGULAR
from rongji.reports.refusals import BadForm, NoSuchForm

MARKS = ("none", "1.", "（1）", "（一）", "①", "一是")
_EACH_WORDS = {"each", "where", "except", "of", "axis"}
_LIST_WORDS = {*_EACH_WORDS, "item", "marks", "lead", "join", "end", "empty", "skip_empty", "style"}


class _Wrong(Exception):
    """A shape that cannot be read; the sentence names the place."""


def load_forms(root: Path | str | None = None) -> dict[str, spec.Form]:
    """Every form of the folder, by id.

    Raises: BadForm naming everything wrong in all of them.
    """
    folder = Path(root) if root else find_legal() / "forms"
    forms: dict[str, spec.Form] = {}
    for path in sorted(folder.glob("*.yaml")):
        content = _content(path)
        if "blocks" in content:
            form = read_form(content, file_digest(path.read_bytes()))
            forms[form.id] = form
    _check_references(forms)
    return forms


def _content(path: Path) -> Mapping[str, Any]:
    problems = Problems()
    content = read_yaml(path, path.name, problems)
    if content is None or problems.found:
        raise BadForm(form=path.name, problems="；".join(str(item) for item in problems.found))
    return content


def _check_references(forms: Mapping[str, spec.Form]) -> None:
    for form in forms.values():
        included = [block.form for block in spec.walk_blocks(form.blocks) if isinstance(block, spec.IncludeBlock)]
        unknown = [name for name in (*included, *form.annexes) if name not in forms]
        if unknown:
            raise BadForm(form=form.id, problems=f"引用了不存在的表式 {'、'.join(unknown)}")


def find_form(form_id: str, forms: Mapping[str, spec.Form] | None = None) -> spec.Form:
    """The form of that id, among those given or those of the legal folder.

    Raises: NoSuchForm.
    """
    known = load_forms() if forms is None else forms
    if form_id not in known:
        names = "、".join(sorted(item.id for item in known.values() if not item.is_annex))
        raise NoSuchForm(form=form_id, known=names)
    return known[form_id]


def read_form(content: Mapping[str, Any], digest: str = "") -> spec.Form:
    """One form from the plain content of its file.

    Raises: BadForm.
    """
    name = str(content.get("id", "?"))
    words = {"id", "label", "act", "trust", "requires", "annexes", "blocks", "lists", "annex", "note"}
    try:
        _only(content, words, "表式")
        return spec.Form(
            id=_text(content, "id", required=True),
            label=_text(content, "label", required=True),
            blocks=tuple(_block(item, f"第 {n} 块") for n, item in enumerate(_items(content, "blocks"), 1)),
            act=_text(content, "act"),
            trust=_text(content, "trust"),
            requires=tuple(str(item) for item in _items(content, "requires")),
            annexes=tuple(str(item) for item in _items(content, "annexes")),
            lists={key: _list(item, f"lists.{key}") for key, item in content.get("lists", {}).items()},
            is_annex=bool(content.get("annex", False)),
            digest=digest,
        )
    except _Wrong as wrong:
        raise BadForm(form=name, problems=str(wrong)) from None


# --- blocks ---------------------------------------------------------------------------------------


def _block(item: Any, place: str) -> spec.BlockSpec:
    if not isinstance(item, Mapping):
        raise _Wrong(f"{place}应写成“title: …”“table: …”的样子")
    for word, read in _BLOCKS.items():
        if word in item:
            return read(item, f"{place}（{word}）")
    raise _Wrong(f"{place}不认识，应以 {'、'.join(_BLOCKS)} 之一开头")


def _title(item: Mapping[str, Any], place: str) -> spec.TitleBlock:
    _only(item, {"title"}, place)
    return spec.TitleBlock(_lines(item["title"]))


def _heading(item: Mapping[str, Any], place: str) -> spec.HeadingBlock:
    _only(item, {"heading", "level", "numbered"}, place)
    level = item.get("level", 1)
    if level not in (1, 2, 3, 4):
        raise _Wrong(f"{place}的 level 应为 1 至 4")
    return spec.HeadingBlock(str(item["heading"]), level, bool(item.get("numbered", True)))


def _section_text(item: Mapping[str, Any], place: str) -> spec.TextBlock:
    _only(item, {"text", "default", "optional"}, place)
    return spec.TextBlock(str(item["text"]), _text(item, "default"), bool(item.get("optional", False)))


def _paragraph(item: Mapping[str, Any], place: str) -> spec.ParagraphBlock:
    _only(item, {"paragraph", "indent", "align", "style", "optional"}, place)
    return spec.ParagraphBlock(
        str(item["paragraph"]),
        indent=bool(item.get("indent", True)),
        align=_choice(Align, item.get("align", ""), place),
        style=_choice(Style, item.get("style", "body"), place),
        optional=bool(item.get("optional", False)),
    )


def _list_block(item: Mapping[str, Any], place: str) -> spec.ListBlock:
    _only(item, {"list"}, place)
    return spec.ListBlock(_list(item["list"], place))


def _table(item: Mapping[str, Any], place: str) -> spec.TableBlock:
    words = {"table", "columns", "rows", "header_rows", "caption", "unit_note", "unit", "places", "when", "nil"}
    _only(item, words, place)
    nil = {str(key): str(value) for key, value in item.get("nil", {}).items()}
    if nil.get("blank", "") == "0":
        raise _Wrong(f"{place}把没有填写的格印成 0，空白不是零，请改用空白、－或无")
    return spec.TableBlock(
        name=str(item["table"]),
        columns=tuple(_whole(value, place) for value in _items(item, "columns")),
        rows=_rows(_items(item, "rows"), place),
        header_rows=_whole(item.get("header_rows", 0), place),
        caption=_text(item, "caption"),
        unit_note=_text(item, "unit_note"),
        unit=_text(item, "unit"),
        places=item.get("places"),
        when=_text(item, "when"),
        nil=nil,
    )


def _signature(item: Mapping[str, Any], place: str) -> spec.SignatureLines:
    _only(item, {"signature"}, place)
    return spec.SignatureLines(_lines(item["signature"]))


def _section(item: Mapping[str, Any], place: str) -> spec.SectionBlock:
    _only(item, {"section", "name"}, place)
    return spec.SectionBlock(_choice(Orientation, item["section"], place), _text(item, "name"))


def _each_block(item: Mapping[str, Any], place: str) -> spec.EachBlock:
    _only(item, {*_EACH_WORDS, "blocks"}, place)
    blocks = tuple(_block(inner, f"{place}第 {n} 块") for n, inner in enumerate(_items(item, "blocks"), 1))
    return spec.EachBlock(_each(item, place), blocks)


def _include(item: Mapping[str, Any], place: str) -> spec.IncludeBlock:
    _only(item, {"include"}, place)
    return spec.IncludeBlock(str(item["include"]))


_BLOCKS: dict[str, Callable[[Mapping[str, Any], str], spec.BlockSpec]] = {
    "title": _title,
    "heading": _heading,
    "text": _section_text,
    "paragraph": _paragraph,
    "list": _list_block,
    "table": _table,
    "signature": _signature,
    "section": _section,
    "include": _include,
    "each": _each_block,
}


# --- rows and cells -------------------------------------------------------------------------------


def _rows(items: Iterable[Any], place: str) -> tuple[spec.RowSpec, ...]:
    return tuple(_row(item, f"{place}第 {n} 行") for n, item in enumerate(items, 1))


def _row(item: Any, place: str) -> spec.RowSpec:
    if isinstance(item, list):
        return spec.CellsRow(_cells(item, place))
    if not isinstance(item, Mapping):
        raise _Wrong(f"{place}应是单元格列表，或以 cells、side、each、zip 开头")
    if "cells" in item:
        _only(item, {"cells", "height"}, place)
        return spec.CellsRow(_cells(item["cells"], place), _whole(item.get("height", 0), place))
    if "side" in item:
        _only(item, {"side", "rows"}, place)
        return spec.SideRows(_side(item["side"], place), _rows(_items(item, "rows"), place))
    if "zip" in item:
        _only(item, {"zip"}, place)
        return spec.ZipRows(tuple(_zip_side(side, place) for side in item["zip"]))
    if "each" in item:
        _only(item, {*_EACH_WORDS, "rows", "empty"}, place)
        return spec.EachRows(
            _each(item, place), _rows(_items(item, "rows"), place), _rows(_items(item, "empty"), place)
        )
    raise _Wrong(f"{place}应是单元格列表，或以 cells、side、each、zip 开头")


def _side(item: Any, place: str) -> spec.CellSpec:
    cell = _cell(item, place)
    return (
        cell
        if cell.label is not None
        else spec.CellSpec(cell.text, label=True, align=cell.align, vertical=cell.vertical)
    )


def _zip_side(item: Any, place: str) -> spec.ZipSide:
    _only(item, {*_EACH_WORDS, "cells"}, place)
    return spec.ZipSide(_each(item, place), _cells(item["cells"], place))


def _cells(items: Iterable[Any], place: str) -> tuple[spec.CellSpec, ...]:
    return tuple(_cell(item, f"{place}第 {n} 格") for n, item in enumerate(items, 1))


def _cell(item: Any, place: str) -> spec.CellSpec:
    if isinstance(item, str):
        return spec.CellSpec(item)
    if not isinstance(item, Mapping):
        raise _Wrong(f"{place}应是文字，或 text、lines、section 之一")
    _only(item, {"text", "lines", "section", "cols", "rows", "label", "merge", "align", "vertical", "verbatim"}, place)
    cols = item.get("cols", 1)
    return spec.CellSpec(
        text=_text(item, "text"),
        lines=_list(item["lines"], place) if "lines" in item else None,
        section=_text(item, "section"),
        cols=spec.REST if cols == "rest" else _whole(cols, place),
        rows=_whole(item.get("rows", 1), place),
        label=item.get("label"),
        merge=bool(item.get("merge", False)),
        align=_choice(Align, item.get("align", ""), place),
        vertical=bool(item.get("vertical", False)),
        verbatim=bool(item.get("verbatim", False)),
    )


def _list(item: Mapping[str, Any], place: str) -> spec.ListSpec:
    _only(item, _LIST_WORDS, place)
    marks = str(item.get("marks", "none"))
    if marks not in MARKS:
        raise _Wrong(f"{place}的 marks 应为 {'、'.join(MARKS)} 之一")
    return spec.ListSpec(
        each=_each(item, place),
        item=_text(item, "item", required=True),
        marks=marks,
        lead=_text(item, "lead"),
        join=_text(item, "join") or ("；" if marks == "一是" else ""),
        end=_text(item, "end") or ("。" if marks == "一是" else ""),
        empty=_text(item, "empty"),
        skip_empty=bool(item.get("skip_empty", False)),
        style=_choice(Style, item.get("style", "body"), place),
    )


def _each(item: Mapping[str, Any], place: str) -> spec.Each:
    collection = _text(item, "each", required=True)
    if collection not in SINGULAR:
        raise _Wrong(f"{place}的 each“{collection}”不认识，可用的有 {'、'.join(SINGULAR)}")
    return spec.Each(
        collection,
        where=_conditions(item.get("where", {}), place),
        excluding=_conditions(item.get("except", {}), place),
        of=_text(item, "of"),
        axis=_text(item, "axis"),
    )


def _conditions(item: Any, place: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(item, Mapping):
        raise _Wrong(f"{place}的 where/except 应写成 {{字段: 值}}")
    return {
        key: tuple(str(one) for one in (value if isinstance(value, list) else [value])) for key, value in item.items()
    }


# --- plain values ---------------------------------------------------------------------------------


def _only(item: Any, words: set[str], place: str) -> None:
    if not isinstance(item, Mapping):
        raise _Wrong(f"{place}应写成“名称: 值”的样子")
    unknown = [str(key) for key in item if key not in words]
    if unknown:
        raise _Wrong(f"{place}里的 {'、'.join(unknown)} 不认识，可用的有 {'、'.join(sorted(words))}")


def _text(item: Mapping[str, Any], key: str, *, required: bool = False) -> str:
    value = item.get(key)
    if value is None and required:
        raise _Wrong(f"缺少 {key}")
    return "" if value is None else str(value)


def _items(item: Mapping[str, Any], key: str) -> list[Any]:
    value = item.get(key) or []
    if not isinstance(value, list):
        raise _Wrong(f"{key} 应是列表")
    return value


def _lines(value: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def _whole(value: Any, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _Wrong(f"{place}里的“{value}”应是整数")
    return value


def _choice(kind: Any, value: Any, place: str) -> Any:
    try:
        return kind(str(value))
    except ValueError:
        raise _Wrong(f"{place}里的“{value}”应为 {'、'.join(item.value for item in kind if item.value)} 之一") from None
