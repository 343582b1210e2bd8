"""审核意见: only what was accepted, with place, arithmetic, advice and the reviewer's note."""

import io
from datetime import date

import docx
import pytest
from unit.audit.output import samples

from rongji.audit.json_form import entry_of
from rongji.audit.opinion import Reviewed, as_the_program_found, opinion
from rongji.audit.report import AuditedFile
from rongji.documents.writers import render

DAY = date(2025, 3, 14)


def words_of(document):
    """All that the Word file says, paragraphs and cells."""
    read = docx.Document(io.BytesIO(render(document, "docx")))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells])


@pytest.fixture(scope="module")
def entry():
    """The sample's result."""
    return entry_of(samples.audited())


def test_it_holds_what_was_accepted_and_nothing_else(entry):
    """One of the two contradictions and the question, gravest first."""
    words = words_of(opinion([Reviewed(entry, {"c7": "", "c1": "已电话核实。"})], on=DAY, reviewer="青山县财政局"))
    assert "共核对 7 项，提出审核意见 2 条" in words
    assert words.index("= 1063.50 万元，相差 10 万元") < words.index("“进一步”没有可以核对的数字")
    assert "另一处写作" not in words
    assert "审核说明：已电话核实。" in words
    assert "表 1 第 2 行第 3 列“1073.50”" in words
    assert "处理建议：" in words
    assert "青山县财政局\n2025年3月14日" in words
    assert "审核人（签字）" in words


def test_of_many_places_the_first_stand_for_all_in_a_whole_sentence(entry):
    """A finding over a long column does not fill the page; the sentence still ends."""
    (claim,) = [claim for claim in entry["claims"] if claim["id"] == "c1"]
    spread = [{**claim["where"][0], "place": f"第 {line} 行"} for line in range(1, 41)]
    long = {**entry, "claims": [{**claim, "where": spread}]}
    words = words_of(opinion([Reviewed(long, {"c1": ""})], on=DAY))
    assert "等 40 处。\n" in words
    assert "第 40 行" not in words


def test_what_nobody_looked_at_is_a_draft(entry):
    """The command's opinion without decisions: everything grave, across the page 初稿."""
    made = opinion([as_the_program_found(entry)], on=DAY, is_draft=True)
    assert made.notice == "初稿"
    words = words_of(made)
    assert "尚未经审核人取舍" in words and "提出审核意见 3 条" in words


def test_several_files_are_told_one_after_the_other(entry):
    """Numbered; one that could not be read is named with its reason."""
    broken = entry_of(AuditedFile("坏.pdf", refusal="文件“坏.pdf”无法读取：已加密。"))
    words = words_of(opinion([Reviewed(entry, {"c1": ""}), Reviewed(broken, {})], on=DAY))
    assert "关于 2 份报告的审核意见" in words
    assert "（一）青山县某局2024年度部门整体支出绩效自评报告" in words and "（二）坏" in words
    assert "该文件未能读取：文件“坏.pdf”无法读取：已加密。" in words


def test_a_clean_file_gets_a_clean_opinion(entry):
    """Nothing found is said, and nothing is asked for."""
    clean = {**entry, "claims": [], "summary": {**entry["summary"], "contradiction": 0, "question": 0}}
    words = words_of(opinion([Reviewed(clean, {})], on=DAY))
    assert "没有发现矛盾" in words and "逐条" not in words


def test_the_same_review_gives_the_same_file(entry):
    """To the byte."""
    first, second = (render(opinion([Reviewed(entry, {"c1": ""})], on=DAY), "docx") for _ in range(2))
    assert first == second
