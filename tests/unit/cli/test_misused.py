"""A mistyped command line is answered in Chinese, with what to write instead."""

import json
import re

import pytest

from rongji.cli.main import app


def said(capsys, *words):
    """Exit code and what was printed."""
    with pytest.raises(SystemExit) as left:
        app(list(words))
    shown = capsys.readouterr()
    return left.value.code, shown.out, shown.err.strip()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("evalute",), "没有命令 evalute，是否想写 evaluate。"),
        (("law", "shwo"), "没有命令 shwo，是否想写 show。"),
        (("law", "xyz"), "没有命令 xyz。"),
        (("evaluate", "--sheme", "x"), "没有选项 --sheme，是否想写"),
        (("evaluate", "yuelu", "abc"), "参数“年度” 的值不对：应为整数。"),
        (("evaluate", "yuelu", "2021", "--on", "2024/1/1"), "选项 --on 的值不对：应为日期，如 2024-12-31。"),
        (("evaluate", "yuelu", "2021", "more"), "多写了 more。"),
        (("evaluate", "yuelu", "2021", "--scheme"), "选项 --scheme 的用法不对：后面要写它的值。"),
        (("evaluate", "--json=3"), "选项 --json 的用法不对：它不带值。"),
        (("evaluate", "--file", "no-such.yaml"), "选项 --file 的值不对：找不到 no-such.yaml。"),
        (("law", "show"), "缺少参数“编号”。"),
    ],
)
def test_the_answer_names_what_is_wrong_and_what_belongs_there(capsys, words, sentence):
    code, out, err = said(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)
    assert re.search("运行“rongji.* --help”可查看用法。$", err)


def test_with_json_it_has_the_shape_of_every_refusal(capsys):
    code, _, err = said(capsys, "law", "list", "--json", "--nope")
    refusal = json.loads(err)
    assert code == 2
    assert set(refusal) == {"code", "message", "facts"}
    assert refusal["code"] == "command-not-understood"


@pytest.mark.parametrize("words", [(), ("law",), ("law", "--help"), ("evaluate", "--help")])
def test_help_is_chinese_throughout(capsys, words):
    _, out, err = said(capsys, *words)
    text = out + err
    assert "用法：rongji" in text
    for english in ("Usage:", "Options:", "Arguments:", "Commands:", "Show this", "default:", "required]"):
        assert english not in text
