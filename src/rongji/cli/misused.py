"""A command line that was mistyped: the library's English complaints as Chinese refusals, and its help in Chinese."""

import re
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from typer._click import exceptions as wrong

from rongji.kernel.refusal import Refusal

_HELP_WORDS = (
    (re.compile(r"^Usage: ", re.M), "用法："),
    (re.compile(r"^Arguments:$", re.M), "参数："),
    (re.compile(r"^Options:$", re.M), "选项："),
    (re.compile(r"^Commands:$", re.M), "命令："),
    (re.compile(r"Show this message and exit\."), "显示本说明。"),
    (re.compile(r"\[default: "), "[默认："),
    (re.compile(r"\[required\]|(?<=; )required\]"), "[必填]"),
)
_KINDS: dict[Any, str] = {int: "整数", float: "数", datetime: "日期，如 2024-12-31", Path: "文件或目录的路径"}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class CommandNotUnderstood(Refusal):
    """A command line that the command does not understand."""

    code = "command-not-understood"
    sentence = "{problem}。运行“{command} --help”可查看用法。"
    exit_code = 2


class Interrupted(Refusal):
    """The person at the keyboard stopped the command."""

    code = "interrupted"
    sentence = "已中断，未完成的写入没有保存。"
    exit_code = 130


def in_chinese(help_text: str) -> str:
    """The help text with the library's own words in Chinese."""
    for pattern, word in _HELP_WORDS:
        help_text = pattern.sub(word, help_text)
    return help_text


def refusal_of(error: wrong.ClickException) -> Refusal:
    """The same complaint as a Chinese sentence that says what to write."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "rongji"
    return CommandNotUnderstood(problem=_problem(error).rstrip("。"), command=command)


def _problem(error: wrong.ClickException) -> str:
    message = str(error.message)
    if isinstance(error, wrong.NoSuchOption):
        near = f"，是否想写 {'、'.join(sorted(error.possibilities))}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, wrong.MissingParameter):
        return f"缺少{_name(error.param)}"
    if isinstance(error, wrong.BadParameter):
        return f"{_name(error.param)} 的值不对：{_belongs(error.param, message)}"
    if isinstance(error, wrong.BadOptionUsage):
        return f"选项 {error.option_name} 的用法不对：" + (
            "后面要写它的值" if "requires an argument" in message else "它不带值"
        )
    if found := re.search(r"No such command '(.*?)'\.", message):
        return f"没有命令 {found[1]}{_near(found[1], error)}"
    if found := re.search(r"Got unexpected extra argument\(?s?\)? \((.*)\)", message):
        return f"多写了 {found[1]}"
    return "缺少命令" if message.startswith("Missing command") else f"命令行不能识别（{message}）"


def _near(word: str, error: Any) -> str:
    """The command that was probably meant."""
    known = error.ctx.command.list_commands(error.ctx) if error.ctx is not None else []
    likely = get_close_matches(word, known, n=1)
    return f"，是否想写 {likely[0]}" if likely else ""


def _name(parameter: Any) -> str:
    """An option by its longest spelling, an argument by its place holder."""
    if parameter is None:
        return "参数"
    if parameter.param_type_name == "option":
        return f"选项 {max(parameter.opts, key=len)}"
    return f"参数“{parameter.metavar or parameter.name}”"


def _belongs(parameter: Any, message: str) -> str:
    if _CHINESE.search(message):
        return message
    if found := re.search(r"'(.*)' does not exist", message):
        return f"找不到 {found[1]}"
    if found := re.search(r"'(.*)' is (a file|a directory|not readable|not writable)", message):
        said = {"a file": "是文件，应为目录", "a directory": "是目录，应为文件", "not readable": "没有读取权限"}
        return f"{found[1]} {said.get(found[2], '没有写入权限')}"
    described = getattr(parameter, "type_descriptor", None)
    if described is None:
        return message
    if described.choices:
        return f"应为 {'、'.join(str(getattr(choice, 'value', choice)) for choice in described.choices)} 之一"
    limits = described.parameter_info
    if described.is_ranged:
        low, high = ("" if end is None else str(end) for end in (limits.min, limits.max))
        return f"应为{f'不小于 {low} ' if low else ''}{f'不大于 {high} ' if high else ''}的整数"
    return f"应为{_KINDS.get(described.annotation, '规定的写法')}"
