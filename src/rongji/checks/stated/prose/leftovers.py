"""遗留文字: template text that nobody filled in, text that was pasted twice, headings without content."""

import re
from collections.abc import Iterator

from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.syntax import squeezed
from rongji.checks.stated.model import Passage, StatedDocument
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Place, Spot

_EMPTY_ENTRY = re.compile(
    r"^\s*(?:(?:指标|目标|任务|项目|措施|问题)\s*[\d一二三四五六七八九十]{1,2}\s*[:：]|…{1,2}|\.{6})\s*$"
)
_MASKED = re.compile(
    r"(?:20)?[XＸxｘ×✕]{2,}(?=[年月日局县市区镇乡村院校中部项人万元]|$|[，。；、）])|[*＊]{2,}|[○〇◯]{2,}(?=[局县市区镇乡村])"
)
_ASKED = re.compile(
    r"[【\[（(](?:请|此处)[^】\]）)]{0,24}(?:填写|填报|说明|描述|补充)[^】\]）)]{0,12}[】\]）)]|此处填写|请在此|待填写|待补充|_{3,}|＿{3,}"
)
_HINT = re.compile(r"[XＸxｘ×✕*＊○〇◯请此待_＿]")  # none of the above without one of these
_SIGNING = re.compile(r"签[字名章]|盖章|公章|签发|填表|填报人|联系|日期|经办|审核|负责人|年\s*月\s*日")
_TWICE = re.compile(r"([一-鿿]{3,12})\1")
_STOPS_TWICE = re.compile(r"[，、；。：][，；。、：]|。。|，，")
_FULL_STOP = re.compile(r"[。！？]")
_SHORT = 16
_NUMBER = re.compile(r"^[（(]?(?P<n>[一二三四五六七八九十]{1,3})[、）)．.]")
_MUST_SAY = re.compile(r"问题|建议|改进|措施|不足")
_ORDER = "一二三四五六七八九十"
_MOST = 60
_REMEDY = "填写内容；不适用的整行删去。"


@document_check(title="没有遗留的模板文字（文档）", level=Verdict.QUESTION)
def template_text_is_filled_in(document: StatedDocument) -> Iterator[Finding]:
    """No entry of the template stands empty (指标2：、……) and no hint is left (【请填写】、____).

    XX, ×× and *** may also hide a name on purpose. Blanks for signatures and dates are no fault.
    """
    places: dict[tuple[str, str], list[Place]] = {}
    for text, place in _pieces(document):
        for left in _left_in(text):
            places.setdefault(left, []).append(place)
    for (shown, why), found in places.items():
        times = f"（共 {len(found)} 处）" if len(found) > 1 else ""
        spots = tuple(Spot(place, shown) for place in found[:_MOST])
        text = f"留有模板文字“{shown}”{times}，{why}。"
        yield Finding("", Verdict.QUESTION, text, remedy=_REMEDY, spots=spots)


@document_check(title="没有重复的文字", level=Verdict.QUESTION)
def nothing_is_said_twice(document: StatedDocument) -> Iterator[Finding]:
    """No words stand twice in a row and no sentence stands twice in one paragraph."""
    for passage in document.passages:
        for pattern in (_TWICE, _STOPS_TWICE):
            for found in pattern.finditer(passage.text):
                yield _said_twice(passage, found.start(), found.end())
        seen: set[str] = set()
        start = 0
        for found in _FULL_STOP.finditer(passage.text):
            sentence = squeezed(passage.text[start : found.end()])
            if sentence in seen:
                yield _said_twice(passage, start, found.end())
            if len(sentence) > _SHORT:
                seen.add(sentence)
            start = found.end()


@document_check(title="标题下有内容", level=Verdict.QUESTION)
def headings_have_content(document: StatedDocument) -> Iterator[Finding]:
    """Problems and measures that a heading announces are written below it."""
    tabled = {text for table in document.tables for text in table.heading}
    for passage, after in zip(document.passages, document.passages[1:], strict=False):
        heading = passage.text.strip()
        if not passage.is_heading or not _MUST_SAY.search(heading) or heading in tabled:
            continue
        if after.is_heading and len(after.heading) == len(passage.heading) and _follows(heading, after.text):
            spot = Spot(passage.place_of(0, len(passage.text)), passage.text)
            text = f"标题“{squeezed(heading)}”下面没有内容。"
            yield Finding("", Verdict.QUESTION, text, remedy="补写内容，或删去标题。", spots=(spot,))


def _pieces(document: StatedDocument) -> Iterator[tuple[str, Place]]:
    """Every paragraph and every cell that is no paragraph already, with its place."""
    prose = set()
    for passage in document.passages:
        prose.add(passage.text)
        yield passage.text, passage.place_of(0, len(passage.text))
    for table in document.tables:
        yield from ((cell.text, cell.place) for cell in table.cells if cell.text and cell.text not in prose)


def _is_blank_to_sign(text: str, found: re.Match[str]) -> bool:
    around = text[max(0, found.start() - 16) : found.end() + 10]
    return found[0][0] in "_＿" and bool(_SIGNING.search(around))


def _left_in(text: str) -> Iterator[tuple[str, str]]:
    """What of the template is left in a text, and what to say of it."""
    for line in text.split("\n"):
        if _EMPTY_ENTRY.match(line):
            yield squeezed(line), "没有填写"
    if not _HINT.search(text):
        return
    for pattern, why in ((_ASKED, "是模板的提示，没有填写"), (_MASKED, "没有填写，还是有意隐去")):
        found = pattern.search(text)
        if found and not _is_blank_to_sign(text, found):
            yield squeezed(found[0]), why


def _said_twice(passage: Passage, start: int, end: int) -> Finding:
    shown = squeezed(passage.text[start:end])
    spot = Spot(passage.place_of(start, end), passage.text[start:end])
    return Finding("", Verdict.QUESTION, f"“{shown[:40]}”重复。", remedy="删去重复的文字。", spots=(spot,))


def _follows(heading: str, other: str) -> bool:
    """Whether two headings are numbered one after the other."""
    left, right = _NUMBER.match(heading), _NUMBER.match(other.strip())
    if not left or not right or left["n"] not in _ORDER or right["n"] not in _ORDER:
        return False
    return _ORDER.index(right["n"]) == _ORDER.index(left["n"]) + 1
