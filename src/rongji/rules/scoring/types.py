"""What an evaluation is made of: scored rows, gates that hold it back, and remarks that do not."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from rongji.kernel.digest import digest
from rongji.kernel.figure import Figure
from rongji.rules.scoring.points import decimal_string


class Basis(StrEnum):
    """Where the points of a row come from."""

    COMPUTED = "computed"  # 按方案计算
    BY_HAND = "by_hand"  # 规则要求人工评定 (目标为 0 等)
    STATED = "stated"  # 无法计算，暂按单位自填得分
    NONE = "none"  # 无法计算，也没有自填得分
    PART = "part"  # 先汇入别的指标，本行不单独计分


BASIS_LABELS: Mapping[Basis, str] = {
    Basis.COMPUTED: "计算",
    Basis.BY_HAND: "人工评定",
    Basis.STATED: "暂用自填",
    Basis.NONE: "未计分",
    Basis.PART: "已汇总",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """Something missing that holds back the final score: of what kind, on which row, and what to do about it."""

    code: str
    subject: str
    message: str

    def as_json(self) -> dict[str, str]:
        """The JSON shape of a gate or a remark."""
        return {"code": self.code, "subject": self.subject, "message": self.message}


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One row of the score table with its explanation.

    target/actual: a plain number in `unit`, or the printed words, or None. score: None for parts of another row
    and for rows that cannot be scored. stated: what the bureau itself wrote. act/trust: what the score rests on.
    inputs: the figures the actual or the rate was computed from. parts: codes of the rows aggregated into it.
    """

    id: str
    level1: str
    level2: str
    name: str
    direction: str
    unit: str
    target: str | None
    actual: str | None
    weight: Decimal | None
    score: Decimal | None
    stated: Decimal | None
    basis: Basis
    rule: str
    how: str
    act: str
    trust: str
    reached: bool | None = None
    inputs: tuple[Figure, ...] = ()
    parts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a row: numbers as decimal strings, inputs as keys."""
        return {
            "id": self.id,
            "level1": self.level1,
            "level2": self.level2,
            "name": self.name,
            "direction": self.direction,
            "unit": self.unit,
            "target": self.target,
            "actual": self.actual,
            "weight": decimal_string(self.weight),
            "score": decimal_string(self.score),
            "stated": decimal_string(self.stated),
            "basis": self.basis.value,
            "rule": self.rule,
            "how": self.how,
            "act": self.act,
            "trust": self.trust,
            "reached": self.reached,
            "inputs": [_input(figure) for figure in self.inputs],
            "parts": list(self.parts),
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The evaluation of one bureau-year, or of one of its projects, under one scheme.

    name: of the bureau, or of the project whose code is `project`.
    total: Σ of the rounded row scores. final: no gate is open; otherwise `total` is provisional and there is no
    grade. weight_total: Σ of the weights that count, execution included. trust: the weakest word among the parts of
    the scheme. remarks: what deserves a look and does not hold the score back.
    """

    bureau: str
    name: str
    year: int
    scheme: str
    scheme_label: str
    final: bool
    total: Decimal
    weight_total: Decimal
    grade: str | None
    grade_act: str
    trust: str
    rows: tuple[ScoredRow, ...]
    gates: tuple[Gate, ...]
    remarks: tuple[Gate, ...] = ()
    project: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 over everything the evaluation says, for freezing."""
        return digest(self._content())

    def row(self, id: str) -> ScoredRow | None:
        """The row of that code."""
        return next((row for row in self.rows if row.id == id), None)

    def as_json(self) -> dict[str, Any]:
        """The JSON shape laid down in docs/reference/evaluation.schema.json."""
        return {**self._content(), "digest": self.digest}

    def _content(self) -> dict[str, Any]:
        return {
            "bureau": self.bureau,
            "name": self.name,
            "project": self.project,
            "year": self.year,
            "scheme": self.scheme,
            "scheme_label": self.scheme_label,
            "final": self.final,
            "total": decimal_string(self.total),
            "weight_total": decimal_string(self.weight_total),
            "grade": self.grade,
            "grade_act": self.grade_act,
            "trust": self.trust,
            "rows": [row.as_json() for row in self.rows],
            "gates": [gate.as_json() for gate in self.gates],
            "remarks": [remark.as_json() for remark in self.remarks],
        }


def _input(figure: Figure) -> dict[str, Any]:
    """A figure behind a score, with the figures behind it."""
    quantity = figure.quantity
    return {
        "key": str(figure.key),
        "label": figure.full_label,
        "value": decimal_string(quantity.value) if quantity else None,
        "unit": quantity.unit_name if quantity else "",
        "how": figure.how,
        "act": figure.act,
        "trust": figure.trust,
        "source": figure.source.place,
        "inputs": [_input(item) for item in figure.inputs],
    }
