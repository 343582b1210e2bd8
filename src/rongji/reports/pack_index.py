"""The first page of an evidence pack: every printed figure with its source and evidence, and how to verify the files.

One HTML file without script or outside address; it opens from the unpacked folder on any machine.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

INDEX = "index.html"
CHECKSUMS = "SHA256SUMS"
EVIDENCE_FOLDER = "evidence"
_KINDS = {"derived": "推算", "imported": "导入", "declared": "填报"}
_STYLE = """
body{margin:2.5rem auto;max-width:72rem;padding:0 1.5rem;color:#1d2733;line-height:1.7;
font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC","SimHei",sans-serif;font-size:15px}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2.25rem 0 .5rem}
p{margin:.25rem 0}.facts{color:#52606d}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{border-bottom:1px solid #d9dee5;padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;border-bottom:2px solid #8a97a6;white-space:nowrap}
td.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
td.short{white-space:nowrap}td.name{min-width:11rem}td.codes{min-width:6.5rem}
code{font:13px/1.5 ui-monospace,Consolas,monospace;overflow-wrap:anywhere}a{color:#1f5fae}
.none{color:#8a4b00}
"""


def pack_index(
    content: Mapping[str, Any],
    figures_list: bytes,
    evidence: Mapping[str, str],
    files: Mapping[str, str],
    facts: Mapping[str, str],
) -> bytes:
    """The page. figures_list: `figures.csv`; evidence: code → file in the pack; files: name → SHA-256."""
    title = f"{content.get('name', '')}{content.get('year', '')}年度绩效自评报告佐证包"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="facts">{escape(_standing(content, facts))}</p>',
        "<h2>报告中的数据</h2>",
        _table(("数据", "数值", "类别", "来源与计算", "佐证"), _figure_rows(content, figures_list, evidence)),
        "<h2>佐证材料</h2>",
        _table(("编码", "名称", "类别", "文件"), _evidence_rows(content, evidence)),
        "<h2>文件与摘要</h2>",
        "<p>每个文件的 SHA-256 摘要如下，任何人都可以用自己的工具重算：在解压后的文件夹里运行 "
        f"<code>sha256sum -c {CHECKSUMS}</code>，或 <code>rongji report --verify 文件夹或压缩包</code>。</p>",
        _table(("文件", "SHA-256"), ((_link(name, name), f"<code>{value}</code>") for name, value in files.items())),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>\n'
        f"<body>{''.join(parts)}</body></html>\n"
    ).encode()


def checksums(files: Mapping[str, str]) -> bytes:
    """The digests in the format that the usual tools check by themselves."""
    return "".join(f"{value}  {name}\n" for name, value in sorted(files.items())).encode()


def _standing(content: Mapping[str, Any], facts: Mapping[str, str]) -> str:
    words = (
        f"表式：{content.get('form', {}).get('label', '')}",
        f"第 {facts.get('version', '')} 版（{facts.get('state', '')}）",
        f"定稿：{facts.get('finalised_by', '')}",
        f"审批：{facts.get('decided_by', '') or '尚未审批'}",
        f"内容摘要：{facts.get('content_digest', '')}",
    )
    return "　".join(words)


def _figure_rows(content: Mapping[str, Any], data: bytes, evidence: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    listed: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))):
        listed.setdefault(row["数据编号"], row)
    for key, shown in content.get("printed", {}).items():
        row = listed.get(key, {})
        codes = [code for code in row.get("佐证", "").split("、") if code]
        yield (
            f'<span title="{escape(key)}">{escape(row.get("名称", key))}</span>',
            escape(shown),
            _KINDS.get(row.get("来源类别", ""), ""),
            escape("；".join(word for word in (row.get("来源", ""), row.get("计算方法", ""), _basis(row)) if word)),
            _evidence_links(codes, content, evidence, declared=row.get("来源类别") == "declared"),
        )


def _basis(row: Mapping[str, str]) -> str:
    said = row.get("依据", "")
    return f"依据{said}" if said and "依据" not in row.get("计算方法", "") else ""


def _evidence_links(
    codes: Iterable[str], content: Mapping[str, Any], evidence: Mapping[str, str], *, declared: bool
) -> str:
    links = [_link(evidence[code], code) if code in evidence else escape(code) for code in codes]
    if links:
        return "、".join(links)
    return '<span class="none">未附佐证</span>' if declared else ""


def _evidence_rows(content: Mapping[str, Any], evidence: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for code, item in content.get("evidence", {}).items():
        file = _link(evidence[code], evidence[code].rpartition("/")[2]) if code in evidence else ""
        yield escape(code), escape(item["title"]), escape(item["kind"]), file or '<span class="none">未附文件</span>'


def _link(name: str, text: str) -> str:
    return f'<a href="{escape(quote(name))}">{escape(text)}</a>'


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{word}</th>" for word in headings)
    looks = {"数据": "name", "数值": "number", "类别": "short", "编码": "short", "佐证": "codes"}
    classes = [f' class="{looks[word]}"' if word in looks else "" for word in headings]
    body = "".join(
        "<tr>" + "".join(f"<td{look}>{cell}</td>" for look, cell in zip(classes, row, strict=True)) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
