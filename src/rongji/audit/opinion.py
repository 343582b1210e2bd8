"""审核意见: the findings that a reviewer accepted as a printable document, in the layout of an official paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rongji.audit.json_form import Entry
from rongji.audit.report import ORDER
from rongji.documents.build import heading, label, paragraph, row, table
from rongji.documents.model import Align, Block, Document, Paragraph, SignatureBlock, Style, Table, Text, Title
from rongji.kernel.finding import VERDICT_LABELS, Verdict

DRAFT = "初稿"
_MOST_PLACES = 12
_SIGNATURE_ROOM_MM = 14
_NUMERALS = " 一二三四五六七八九"
_ASKED = {Verdict.CONTRADICTION: "核实并改正", Verdict.QUESTION: "核实说明", Verdict.ROUNDING: "核实"}


@dataclass(frozen=True)
class Reviewed:
    """One audited file and what the reviewer accepted of it: id of the claim → note, empty when none was written."""

    entry: Entry
    accepted: Mapping[str, str]

    @property
    def claims(self) -> list[Entry]:
        """The accepted claims, gravest first."""
        taken = [claim for claim in self.entry["claims"] if claim["id"] in self.accepted]
        return sorted(taken, key=lambda claim: ORDER.index(Verdict(claim["verdict"])))

    @property
    def title(self) -> str:
        """What the file is called by its own heading, else by its name."""
        return "".join((self.entry["title"] or "").split()) or Path(self.entry["file"]).stem


def as_the_program_found(entry: Entry) -> Reviewed:
    """Everything that cannot be true and everything to be asked about, nobody having looked at it yet."""
    grave = ("contradiction", "question")
    return Reviewed(entry, {claim["id"]: "" for claim in entry["claims"] if claim["verdict"] in grave})


def opinion(files: Sequence[Reviewed], *, on: date, is_draft: bool = False, reviewer: str = "") -> Document:
    """The document. on: day of the review; is_draft: nobody accepted the findings; reviewer: who reviews, if known."""
    blocks: list[Block] = [Title(_title(files)), *_opening(files, is_draft)]
    blocks.append(heading(1, "二、审核发现的问题"))
    for number, item in enumerate(files, 1):
        blocks += [heading(2, f"（{_chinese(number)}）{item.title}")] if len(files) > 1 else []
        blocks += _findings(item)
    blocks += [heading(1, "三、有关要求"), *_requests(files)]
    blocks += [_signatures(), SignatureBlock(((Text(reviewer or "（审核单位盖章）"),), (Text(_day(on)),)))]
    return Document(
        title="".join(_title(files)),
        blocks=tuple(blocks),
        notice=DRAFT if is_draft else "",
        dated_on=on,
        properties={"files": str(len(files)), "findings": str(sum(len(item.claims) for item in files))},
    )


def _title(files: Sequence[Reviewed]) -> tuple[str, ...]:
    if len(files) == 1:
        return (f"关于《{files[0].title}》的审核意见",)
    return (f"关于 {len(files)} 份报告的审核意见",)


def _opening(files: Sequence[Reviewed], is_draft: bool) -> Iterator[Block]:
    found = sum(len(item.claims) for item in files)
    looked = sum(item.entry["summary"]["claims"] for item in files)
    yield heading(1, "一、审核概况")
    yield paragraph(f"对下列文件所列数字的相互关系逐项进行了核对，共核对 {looked} 项，提出审核意见 {found} 条。")
    yield _overview(files)
    if is_draft:
        yield paragraph("本意见由程序核对后直接列出，尚未经审核人取舍，不作为正式审核结论。", style=Style.NOTE)


def _overview(files: Sequence[Reviewed]) -> Table:
    """The files, what was looked at, what was found and what was accepted."""
    heads = ("被审核文件", "年度", "核对项", "矛盾", "存疑", "采纳")
    rows = [row(*(label(head) for head in heads))]
    for item in files:
        counts = item.entry["summary"]
        numbers = (counts["claims"], counts["contradiction"], counts["question"], len(item.claims))
        year = str(item.entry["year"] or "—")
        rows.append(row(Path(item.entry["file"]).name, year, *(str(number) for number in numbers)))
    return table((52, 12, 12, 9, 9, 9), *rows, header_rows=1)


def _findings(item: Reviewed) -> Iterator[Block]:
    """The accepted findings of one file, gravest first, else in the order of the claims."""
    if item.entry["error"]:
        yield paragraph(f"该文件未能读取：{item.entry['error']}")
        return
    if not item.claims:
        yield paragraph("未采纳任何问题。" if _has_trouble(item.entry) else "核对的各项数字没有发现矛盾。")
    for position, claim in enumerate(item.claims, 1):
        yield from _finding(position, claim, item.accepted[claim["id"]])
    yield from _causes(item)


def _has_trouble(entry: Entry) -> bool:
    return bool(entry["summary"]["contradiction"] or entry["summary"]["question"])


def _finding(position: int, claim: Entry, note: str) -> Iterator[Block]:
    verdict = Verdict(claim["verdict"])
    yield heading(3, f"{position}. {claim['title']}（{VERDICT_LABELS[verdict]}）")
    yield _told("核对情况", claim["explanation"])
    places = _places(claim)
    if places:
        yield _told("所在位置", places)
    if claim["remedy"]:
        yield _told("处理建议", claim["remedy"])
    if note:
        yield _told("审核说明", note)


def _places(claim: Entry) -> str:
    """Where the figures stand, what is printed there in quotation marks."""
    told = [f"{where['place']}{_quoted(where)}".strip() for where in claim["where"]]
    unique = list(dict.fromkeys(place for place in told if place))
    more = f"等 {len(unique)} 处。" if len(unique) > _MOST_PLACES else ""
    return "；".join(unique[:_MOST_PLACES]) + (more or "。" if unique else "")


def _quoted(where: Entry) -> str:
    return f"“{where['text']}”" if where["text"].strip() else "（空白）"


def _causes(item: Reviewed) -> Iterator[Block]:
    """What the program supposes to lie behind several findings: a hint, marked as such."""
    proposals = dict.fromkeys(claim["proposal"] for claim in item.claims if claim["proposal"])
    if proposals:
        yield _told("供核对的线索", "".join(text.removeprefix("建议核对：") for text in proposals))


def _requests(files: Sequence[Reviewed]) -> Iterator[Block]:
    verdicts = {Verdict(claim["verdict"]) for item in files for claim in item.claims}
    wanted = "、".join(words for verdict, words in _ASKED.items() if verdict in verdicts)
    if wanted:
        yield paragraph(f"请对照账表和原始凭证，对上述问题逐条{wanted}，并将更正后的材料或书面说明反馈审核单位。")
    else:
        yield paragraph("无。")


def _signatures() -> Table:
    return table(
        (24, 26, 24, 26),
        row(label("审核人（签字）"), "", label("复核人（签字）"), "", min_height_mm=_SIGNATURE_ROOM_MM),
    )


def _told(head: str, text: str) -> Paragraph:
    return Paragraph((Text(f"{head}：", bold=True), Text(text)), align=Align.AUTO)


def _chinese(number: int) -> str:
    """一, 十二, 二十; from a hundred on in digits."""
    tens, ones = divmod(number, 10)
    if tens >= 10:
        return str(number)
    return (_NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + (_NUMERALS[ones] if ones else "")


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
