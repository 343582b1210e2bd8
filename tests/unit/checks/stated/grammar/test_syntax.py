"""The skeleton of a paragraph: which bracket, which sentence, which clause each character stands in."""

from itertools import pairwise

import pytest

from rongji.checks.stated.grammar.syntax import squeezed, syntax_of


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("支出（含基本支出（人员）与项目支出）合计", ["含基本支出与项目支出", "人员"]),
        ("支出（含基本支出)合计", ["含基本支出"]),  # ends of different width are one bracket
        ("支出〔2023〕与[附]", ["2023", "附"]),
        ("支出）合计（未完", []),  # a bracket without its partner is an ordinary character
        ("支出〔含（基本〕支出）", ["基本支出"]),  # brackets that cross: the one that closes counts
    ],
)
def test_every_bracket_has_words_of_its_own(text, inside):
    syntax = syntax_of(text)
    groups = range(1, len(syntax.opens))
    assert [syntax.outer(syntax.opens[number] + 1, syntax.closes[number], number) for number in groups] == inside


def test_words_outside_of_brackets_are_read_without_them():
    text = "支出 (不含结转)100 万元,完成"
    assert syntax_of(text).outer(0, len(text), 0) == "支出100万元，完成"


def test_short_brackets_belong_to_names():
    text = "因公出国（境）费（含上年结转的部分）"
    assert syntax_of(text).named(0, len(text), 0) == "因公出国（境）费"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("支出1万元。收入2万元！结余3万元", 3),
        ("支出1万元（含结转。见附表。）收入2万元", 1),  # a full stop in brackets ends nothing outside
        ("开展“应保尽保。应退尽退”行动，支出1万元", 1),
        ("支出1万元\n收入2万元", 2),
    ],
)
def test_sentences(text, sentences):
    syntax = syntax_of(text)
    assert syntax.sentence_at(len(text) - 1) + 1 == sentences


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("支出1,200万元，收入2万元；结余", ["支出1,200万元", "收入2万元", "结余"]),
        ("9:30开会，“服务，解困”并重", ["9:30开会", "“服务，解困”并重"]),
    ],
)
def test_clauses_end_at_marks_that_are_no_part_of_a_number_or_a_quotation(text, clauses):
    cuts = [-1, *syntax_of(text).breaks, len(text)]
    assert [text[left + 1 : right] for left, right in pairwise(cuts)] == clauses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("资金100万元（其中：中央60万元）", True),
        ("资金100万元 （其中：中央60万元）", True),
        ("资金100万元。（其中：中央60万元）", True),
        ("资金100万元，增长（同比）", False),
    ],
)
def test_the_bracket_behind_a_number(text, found):
    syntax = syntax_of(text)
    assert (syntax.bracket_after(text.index("元") + 1) == 1) is found


def test_white_space_of_every_kind_is_no_word():
    assert squeezed(" 基本\u3000支出\n 1 ") == "基本支出1"
