"""Strict YAML: what could be misread is refused, with its line, and everything is looked at before saying no."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from rongji.law.model import LawProblem

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"-?(0|[1-9]\d*)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class YamlMap(dict[str, Any]):
    """A mapping that knows the line it starts on."""

    line: int = 0


@dataclass(slots=True)
class Problems:
    """Everything found wrong so far, in order."""

    found: list[LawProblem] = field(default_factory=list)

    def add(self, file: str, place: str, sentence: str) -> None:
        """Note one problem."""
        self.found.append(LawProblem(file, place, sentence))

    def extend(self, more: Iterable[LawProblem]) -> None:
        """Note several."""
        self.found.extend(more)


def read_yaml(path: Path, file: str, problems: Problems) -> YamlMap | None:
    """The mapping in one file; floats, ambiguous booleans, doubled keys and odd numbers become problems."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except UnicodeDecodeError:
        problems.add(file, "", "不是 UTF-8 编码，请另存为 UTF-8")
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problems.add(file, f"第 {mark.line + 1} 行" if mark else "", "YAML 写法有误，请检查缩进、冒号和引号")
        return None
    content = _Reader(file, problems).read(node) if node is not None else None
    if isinstance(content, YamlMap):
        return content
    problems.add(file, "", "文件应以“名称: 值”开头，请参照同目录其他文件")
    return None


@dataclass(slots=True)
class _Reader:
    """Turns composed nodes into plain values."""

    file: str
    problems: Problems

    def read(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item) for item in node.value]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode) -> YamlMap:
        found = YamlMap()
        found.line = node.start_mark.line + 1
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                self._note(key_node, f"“{key}”写了两次，请只留一个")
            found[key] = self.read(value_node)
        return found

    def _scalar(self, node: yaml.Node) -> Any:
        text = node.value
        match node.tag.removeprefix(_TAG):
            case "str" | "value":
                return text
            case "null":
                return None
            case "int":
                return self._whole(node, text)
            case "bool":
                return self._flag(node, text)
            case "timestamp":
                return self._day(node, text)
            case "float":
                self._note(node, f'数字 {text} 带小数点，请加引号写成 "{text}"')
            case other:
                self._note(node, f"不接受“{other}”类写法（{text}）")
        return text

    def _whole(self, node: yaml.Node, text: str) -> Any:
        if _WHOLE.fullmatch(text):
            return int(text)
        self._note(node, f"{text} 会被误读成别的数，请加引号")
        return text

    def _flag(self, node: yaml.Node, text: str) -> Any:
        if text in ("true", "false"):
            return text == "true"
        self._note(node, f"“{text}”会被当成是否值，请写 true/false，或加引号表示文字")
        return text

    def _day(self, node: yaml.Node, text: str) -> Any:
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self._note(node, f"日期 {text} 应写成 2024-08-01 的样子，且确有此日")
        return text

    def _note(self, node: yaml.Node, sentence: str) -> None:
        self.problems.add(self.file, f"第 {node.start_mark.line + 1} 行", sentence)
