"""The page that stands alone: audited files with everything they need in one file, for a browser without a network."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from rongji.audit.markup import words
from rongji.audit.report import ORDER
from rongji.audit.results import Brief, anchor_of
from rongji.kernel.finding import VERDICT_LABELS

ASSETS = Path(__file__).parent / "assets"
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_KEYS = (("j", "下一条"), ("k", "上一条"), ("n", "依次看它的各处"), ("a", "采纳"), ("x", "不采纳"), ("Esc", "取消选择"))


def page(sections: Iterable[str], *, title: str = "", briefs: Sequence[Brief] = ()) -> Iterator[str]:
    """The page piece by piece, so that many files need no more memory than one. briefs: listed when there are several.

    Nothing in it comes from outside, and its own policy forbids that it ever does.
    """
    style, script = (_asset("page.css") + _asset("audit.css")), (_asset("audit.js") + _asset("page.js"))
    heading = f"{title} · 核对报告" if title else "核对报告"
    yield (
        '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{words(heading)}</title><style>{style}</style></head>\n<body>"
        f'<div class="page-bar"><h1>核对报告</h1>{_standing(briefs)}'
        '<div class="page-tools"><button type="button" data-save disabled>下载审核取舍</button>'
        '<button type="button" data-print>打印</button></div></div><main>'
    )
    if len(briefs) > 1:
        yield file_table(briefs, [f"#{anchor_of(brief.name, brief.digest)}" for brief in briefs])
    yield from sections
    yield f'<p class="keys">键盘：{_keys()}</p></main><script>{script}</script></body></html>\n'


def file_table(briefs: Sequence[Brief], addresses: Sequence[str]) -> str:
    """Every file with how many findings of each verdict."""
    heads = "".join(f"<th>{VERDICT_LABELS[verdict]}</th>" for verdict in ORDER)
    rows = "".join(_file_row(brief, address) for brief, address in zip(briefs, addresses, strict=True))
    sums = "".join(f"<td>{sum(brief.counts[verdict] for brief in briefs)}</td>" for verdict in ORDER)
    foot = f"<tfoot><tr><th>合计 {len(briefs)} 个文件</th>{sums}</tr></tfoot>"
    table = f"<table><thead><tr><th>文件</th>{heads}</tr></thead><tbody>{rows}</tbody>{foot}</table>"
    return f'<div class="files">{table}</div>'


def _file_row(brief: Brief, address: str) -> str:
    name = f'<a href="{escape(address)}">{words(brief.name)}</a>'
    if brief.error:
        counts = f'<td class="is-refused" colspan="{len(ORDER)}">{words(brief.error)}</td>'
    else:
        told = ((verdict, brief.counts[verdict]) for verdict in ORDER)
        counts = "".join(
            f"<td{' class=is-bad' if count and verdict is ORDER[0] else ''}>{count or ''}</td>"
            for verdict, count in told
        )
    return f'<tr data-file="{escape(address.removeprefix("#"))}"><th scope="row">{name}</th>{counts}</tr>'


def _standing(briefs: Sequence[Brief]) -> str:
    if len(briefs) < 2:
        return ""
    bad = sum(brief.contradicts for brief in briefs)
    unread = sum(brief.is_unreadable for brief in briefs)
    told = f"{len(briefs)} 个文件，{bad} 个有矛盾" + (f"，{unread} 个读不了" if unread else "")
    return f"<p>{told}</p>"


def _keys() -> str:
    return "　".join(f"<kbd>{key}</kbd> {words(what)}" for key, what in _KEYS)


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def index_page(briefs: Sequence[Brief]) -> str:
    """The table of files that leads to a page each."""
    names = [f"{quote(brief.result)}.html" for brief in briefs]
    return (
        f'<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>核对汇总</title><style>{_asset('page.css')}</style></head>\n<body>"
        f'<div class="page-bar"><h1>核对汇总</h1>{_standing(briefs)}</div>'
        f"<main>{file_table(briefs, names)}</main></body></html>\n"
    )
