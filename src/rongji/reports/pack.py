"""佐证包: the report's files, figures and evidence, the manifest of digests; anybody can recompute them without us."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rongji.kernel.digest import canonical_json, digest, file_digest
from rongji.kernel.figure import FigureSet
from rongji.law.model import TRUST_LABELS, Act, Trust
from rongji.reports.pack_index import CHECKSUMS, EVIDENCE_FOLDER, INDEX, checksums, pack_index
from rongji.reports.refusals import PackBroken

MANIFEST = "manifest.json"
CONTENT = "content.json"
FIGURES = "figures.csv"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEADINGS = ("数据编号", "名称", "数值", "单位", "期次口径", "来源类别", "来源", "佐证", "计算方法", "依据", "可信度")


@dataclass(frozen=True, slots=True)
class Verified:
    """One file of a pack after recomputing its digest, or a piece of evidence that the frozen content names.

    standing: 一致, 被改动, 缺失, 清单外.
    """

    name: str
    standing: str

    @property
    def is_good(self) -> bool:
        """Whether the file is the one that was listed."""
        return self.standing == "一致"


def figures_csv(figures: FigureSet, acts: Mapping[str, Act] | None = None) -> bytes:
    """Every figure with its source, for a reviewer's own spreadsheet; what could be read as a formula is escaped.

    acts: by id, to name the basis of a figure as documents cite it.
    """
    cited = {key: act.citation for key, act in (acts or {}).items()}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for figure in figures:
        quantity = figure.quantity
        row = (
            str(figure.key),
            figure.full_label,
            quantity.shown() if quantity else figure.printed,
            quantity.unit_name if quantity else "",
            figure.statement,
            figure.source.kind.value,
            figure.source.place,
            "、".join(figure.source.evidence),
            figure.how,
            cited.get(figure.act, figure.act),
            TRUST_LABELS[Trust(figure.trust)] if figure.trust else "",
        )
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    is_risky = cell.startswith(("=", "+", "@")) or (cell.startswith("-") and not cell[1:2].isdigit())
    return f"'{cell}" if is_risky else cell


def evidence_name(code: str, file_name: str) -> str:
    """Where a piece of evidence lies in the pack; a name that a file system would not take is made harmless."""
    return f"{EVIDENCE_FOLDER}/{_file_word(code)}-{_file_word(Path(file_name).name)}"


def _file_word(text: str) -> str:
    return re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]', "_", text).strip(". ") or "_"


def packed(
    files: Mapping[str, bytes],
    content: Mapping[str, Any],
    evidence: Mapping[str, tuple[str, bytes]],
    facts: Mapping[str, str],
) -> bytes:
    """The whole pack: report files, frozen content, evidence (code → file name and bytes), index, checksums, manifest.

    Equal content gives equal bytes.
    """
    places = {code: evidence_name(code, name) for code, (name, _) in evidence.items()}
    parts = {**files, CONTENT: frozen_json(content)}
    parts |= {places[code]: data for code, (_, data) in evidence.items()}
    digests = {name: file_digest(data) for name, data in sorted(parts.items())}
    parts[INDEX] = pack_index(content, files.get(FIGURES, b""), places, digests, facts)
    parts[CHECKSUMS] = checksums({**digests, INDEX: file_digest(parts[INDEX])})
    return zipped(parts, facts)


def manifest(files: Mapping[str, bytes], facts: Mapping[str, str]) -> bytes:
    """The list of files with their digests, sealed by a digest over itself."""
    content = {"facts": dict(facts), "files": {name: file_digest(data) for name, data in sorted(files.items())}}
    sealed = {**content, "digest": digest(content)}
    return json.dumps(sealed, ensure_ascii=False, indent=2, sort_keys=True).encode()


def zipped(files: Mapping[str, bytes], facts: Mapping[str, str]) -> bytes:
    """The pack as one zip; equal content gives equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in [*sorted(files.items()), (MANIFEST, manifest(files, facts))]:
            pack.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def verify(path: Path) -> tuple[Verified, ...]:
    """Recompute every digest of a pack (zip or folder), the manifest's own included, and look for all its evidence.

    Raises: PackBroken when it is no pack at all.
    """
    found = _read(path)
    listed = _listed(found.pop(MANIFEST, b""), path)
    content = {"facts": listed.get("facts", {}), "files": listed.get("files", {})}
    seal = "一致" if listed.get("digest") == digest(content) else "被改动"
    names = dict.fromkeys([*content["files"], *sorted(found)])
    files = (Verified(name, _standing(name, found, content["files"])) for name in names)
    return (Verified(MANIFEST, seal), *files, *_evidence_lacking(found))


def _evidence_lacking(found: Mapping[str, bytes]) -> Iterator[Verified]:
    """Evidence whose file the frozen content names by its digest and the pack does not hold."""
    try:
        named = json.loads(found.get(CONTENT, b"{}")).get("evidence", {})
    except (ValueError, AttributeError):
        return  # a damaged content.json is told as such already
    held = {file_digest(data) for data in found.values()}
    for code, item in named.items():
        if item["file_digest"] and item["file_digest"] not in held:
            yield Verified(f"佐证 {code} {item['title']}", "缺失")


def _standing(name: str, found: Mapping[str, bytes], listed: Mapping[str, str]) -> str:
    if name not in listed:
        return "清单外"
    if name not in found:
        return "缺失"
    return "一致" if file_digest(found[name]) == listed[name] else "被改动"


def _listed(data: bytes, path: Path) -> dict[str, Any]:
    try:
        listed = json.loads(data)
    except ValueError:
        raise PackBroken(path=path) from None
    if not isinstance(listed, dict) or not isinstance(listed.get("files"), dict):
        raise PackBroken(path=path)
    return listed


def _read(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return {
            item.relative_to(path).as_posix(): item.read_bytes() for item in sorted(path.rglob("*")) if item.is_file()
        }
    try:
        with zipfile.ZipFile(path) as pack:
            return {name: pack.read(name) for name in pack.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, OSError):
        raise PackBroken(path=path) from None


def frozen_json(content: Mapping[str, object]) -> bytes:
    """Frozen content as the file that a pack carries: its digest is the SHA-256 of exactly these bytes."""
    return canonical_json(dict(content)).encode()
