"""Reads legal/acts: one file per act, notice, form or standard that values cite."""

from pathlib import Path
from urllib.parse import urlsplit

from rongji.law.fields import Fields
from rongji.law.model import Act, ActKind, Lawbook, Trust
from rongji.law.reading import Problems, read_yaml
from rongji.law.refusals import UnknownAct

_GOVERNMENT = ".gov.cn"


def read_acts(folder: Path, problems: Problems) -> dict[str, Act]:
    """Every act by id; the file is named after it."""
    found: dict[str, Act] = {}
    for path in sorted((folder / "acts").glob("*.yaml")):
        file = f"acts/{path.name}"
        content = read_yaml(path, file, problems)
        if content is None:
            continue
        fields = Fields(content, file, "", problems)
        act = _act(fields)
        if act.id != path.stem:
            fields.wrong(f"id“{act.id}”应与文件名“{path.stem}”一致")
        found[act.id] = act
    return found


def _act(fields: Fields) -> Act:
    act = Act(
        id=fields.text("id"),
        title=fields.text("title"),
        kind=fields.choice("kind", ActKind),
        trust=fields.choice("trust", Trust),
        number=fields.text("number", required=False),
        issuer=fields.text("issuer"),
        published=fields.day("published"),
        effective=fields.day("effective"),
        repealed=fields.day("repealed", required=False),
        url=fields.text("url", required=False),
        note=fields.text("note", required=False),
    )
    fields.finish()
    if act.url and not (urlsplit(act.url).hostname or "").endswith(_GOVERNMENT):
        fields.wrong("网址只登记政府网站（.gov.cn），其他来源请只写文件名和可信度")
    return act


def act_named(book: Lawbook, act_id: str) -> Act:
    """The act of that id.

    Raises: UnknownAct.
    """
    try:
        return book.acts[act_id]
    except KeyError:
        raise UnknownAct(id=act_id) from None
