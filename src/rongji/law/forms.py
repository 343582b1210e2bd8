"""Form definitions (legal/forms): read strictly here, understood by the reports."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from rongji.law.locate import find_legal
from rongji.law.model import Act
from rongji.law.reading import Problems, YamlMap, read_yaml
from rongji.law.refusals import LawNotUsable, UnknownForm


def form_ids(root: Path | str | None = None) -> tuple[str, ...]:
    """Every form by id, in order."""
    return tuple(path.stem for path in _paths(find_legal(root)))


def form(form_id: str, root: Path | str | None = None) -> YamlMap:
    """The definition of one form as plain mappings and lists.

    Raises: UnknownForm, LawNotUsable when the file cannot be read strictly.
    """
    folder = find_legal(root)
    path = folder / "forms" / f"{form_id}.yaml"
    if path not in set(_paths(folder)):
        raise UnknownForm(id=form_id, known="、".join(form_ids(root)))
    problems = Problems()
    content = read_yaml(path, f"forms/{path.name}", problems)
    if content is None or problems.found:
        raise LawNotUsable(count=len(problems.found), first=str(problems.found[0]))
    return content


def check_forms(folder: Path, acts: Mapping[str, Act], problems: Problems) -> None:
    """Every form is strict YAML, carries its file's name as id, a label, and an act that is registered."""
    for path in _paths(folder):
        file = f"forms/{path.name}"
        content = read_yaml(path, file, problems)
        if content is None:
            continue
        if content.get("id") != path.stem:
            problems.add(file, "", f"id 应与文件名“{path.stem}”一致")
        if not isinstance(content.get("label", content.get("title")), str):
            problems.add(file, "", "缺少“label”")
        if not isinstance(content.get("act"), str):
            problems.add(file, "", "缺少“act”")
        act = content.get("act")
        if isinstance(act, str) and act not in acts:
            problems.add(file, "", f"文件“{act}”没有登记，请先在 acts 目录登记")


def _paths(folder: Path) -> Iterator[Path]:
    yield from sorted((folder / "forms").glob("*.yaml"))
