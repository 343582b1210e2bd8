"""The records a form can repeat over (units, indicators, goals, projects …) and the fields each of them offers.

Field values are texts; where a record holds a number, its field is a figure token, so printing goes through figures.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from rongji.kernel.bureau_year import BureauYear, Direction, GoalFacts, IndicatorFacts
from rongji.kernel.figure import FigureKey
from rongji.reports.comparison import Comparison
from rongji.reports.form import Each
from rongji.reports.goal_numbers import with_own_numbers

WHOLE_BUREAU = "局机关及二级机构汇总"
_EFFECT_WORDS = ("效益", "满意", "影响")
_SIGNS = {Direction.AT_LEAST: "≥", Direction.AT_MOST: "≤"}

Record = Mapping[str, str]


class Records:
    """What one bureau-year offers to repeat over. notes and annexes are known only while the report is made."""

    def __init__(
        self,
        year: BureauYear,
        *,
        comparisons: tuple[Comparison, ...] = (),
        notes: tuple[str, ...] = (),
        annexes: tuple[str, ...] = (),
    ) -> None:
        self.year = year
        self.comparisons = comparisons
        self.notes = notes
        self.annexes = annexes

    def of(self, each: Each) -> tuple[Record, ...]:
        """The records of a collection that meet its conditions.

        Raises: KeyError for a collection that does not exist (the form reader refuses it first).
        """
        if each.collection == "members":
            return tuple(self._members(each))
        return tuple(item for item in COLLECTIONS[each.collection](self) if _meets(item, each))

    def _members(self, each: Each) -> Iterator[Record]:
        key = FigureKey.parse(each.of)
        for figure in self.year.figures.members(key.concept, key.stage, key.unit, each.axis):
            if figure.quantity is not None:
                label = member_label(self.year, figure.key.member, figure.label)
                yield {"label": label, "key": str(figure.key), "member": figure.key.member}

    def units(self) -> Iterator[Record]:
        """The consolidated row, then every unit that keeps its own accounts and states anything."""
        yield {"code": "", "title": WHOLE_BUREAU, "name": WHOLE_BUREAU, "note": ""}
        stating = {item.key.unit for item in self.year.figures}
        own = [unit for unit in self.year.accounting_units if unit.code in stating]
        for n, unit in enumerate(own, 1):
            yield {"code": unit.code, "title": f"{n}.{unit.name}", "name": unit.name, "note": unit.note}

    def indicators(self) -> Iterator[Record]:
        """Rows of the department's own table: no project rows, no parts of an aggregated row."""
        return _indicator_rows([row for row in self.year.indicators if not row.project and not row.parent])

    def project_indicators(self) -> Iterator[Record]:
        """Rows of the projects' tables."""
        return _indicator_rows([row for row in self.year.indicators if row.project and not row.parent])

    def goals(self) -> Iterator[Record]:
        """Duties, tasks, goals and project targets alike; `kind` tells them apart."""
        return (_goal(item) for item in self.year.goals)

    def projects(self) -> Iterator[Record]:
        """Every project."""
        aimed = {goal.project for goal in self.year.goals if goal.kind == "project_target"}
        for item in self.year.projects:
            yield {
                "code": item.code,
                "name": item.name,
                "category": item.category,
                "owner": item.owner,
                "purpose": item.purpose,
                "implementer": item.owner or self.year.name,
                "member": f"project:{item.code}",
                "has_targets": "yes" if item.code in aimed else "",
            }

    def problems(self) -> Iterator[Record]:
        """Problems, measures and suggestions; `kind` tells them apart."""
        for item in self.year.problems:
            yield {"code": item.code, "kind": item.kind, "text": item.text, "owner": item.owner, "due": item.due}

    def signatories(self) -> Iterator[Record]:
        """The evaluation group; names are written by hand on the printed page unless the bureau entered them."""
        for item in self.year.signatories:
            yield {"name": item.name, "post": item.post, "organisation": item.organisation, "role": item.role}

    def texts(self) -> Iterator[Record]:
        """Narrative sections; group: the word before the first underscore of the code."""
        for item in self.year.texts:
            yield {"code": item.code, "title": item.title, "body": item.body, "group": item.code.partition("_")[0]}

    def evidence(self) -> Iterator[Record]:
        """The pieces of evidence."""
        for item in self.year.evidence:
            yield {"code": item.code, "title": item.title, "kind": item.kind}

    def figures(self) -> Iterator[Record]:
        """Every figure with a number, where it comes from and what supports it."""
        for key in tuple(self.year.figures.keys()):
            item = self.year.figures.get(key)
            if item and item.quantity is not None:
                yield {
                    "key": str(key),
                    "label": item.full_label,
                    "value": f"{{{{{key}|-}}}}",
                    "unit": item.quantity.unit_name,
                    "place": item.source.place,
                    "evidence": "、".join(item.source.evidence),
                }

    def comparison(self) -> Iterator[Record]:
        """Facts stated for this year and the last."""
        return (item.as_record() for item in self.comparisons)

    def note_lines(self) -> Iterator[Record]:
        """Notes under the table, made by the system."""
        return ({"text": text} for text in self.notes)

    def annex_titles(self) -> Iterator[Record]:
        """The annexes that are really attached."""
        return ({"title": title} for title in self.annexes)


COLLECTIONS: Mapping[str, Callable[[Records], Iterator[Record]]] = {
    "units": Records.units,
    "indicators": Records.indicators,
    "project_indicators": Records.project_indicators,
    "goals": Records.goals,
    "projects": Records.projects,
    "problems": Records.problems,
    "signatories": Records.signatories,
    "texts": Records.texts,
    "evidence": Records.evidence,
    "figures": Records.figures,
    "comparison": Records.comparison,
    "notes": Records.note_lines,
    "annexes": Records.annex_titles,
}
# Under which name the fields of a record stand in a template: `<unit.code>`, `<indicator.name>` …
SINGULAR: Mapping[str, str] = {
    "units": "unit",
    "indicators": "indicator",
    "project_indicators": "indicator",
    "goals": "goal",
    "projects": "project",
    "problems": "problem",
    "signatories": "signatory",
    "texts": "text",
    "evidence": "evidence",
    "figures": "figure",
    "comparison": "comparison",
    "notes": "note",
    "annexes": "annex",
    "members": "member",
}


def scope_of(each: Each, record: Record, n: int) -> dict[str, str]:
    """The fields of one record as templates see them, with its running number `<n>`."""
    name = SINGULAR[each.collection]
    return {**{f"{name}.{key}": value for key, value in record.items()}, "n": str(n), f"{name}.n": str(n)}


def _meets(record: Record, each: Each) -> bool:
    wanted = all(record.get(key, "") in values for key, values in each.where.items())
    barred = any(record.get(key, "") in values for key, values in each.excluding.items())
    return wanted and not barred


def _indicator_rows(rows: list[IndicatorFacts]) -> Iterator[Record]:
    for _, group in groupby(rows, key=lambda row: (row.project, row.level1, row.level2)):
        members = list(group)
        for n, row in enumerate(members, 1):
            ordinal = str(n) if len(members) > 1 else ""
            yield _indicator(row, f"指标{ordinal}：{row.name}")


def _indicator(row: IndicatorFacts, title: str) -> Record:
    member = f"indicator:{row.code}"
    return {
        "code": row.code,
        "member": member,
        "level1": row.level1,
        "level2": row.level2,
        "name": row.name,
        "title": title,
        "direction": row.direction.value,
        "unit": row.unit_name,
        "reason": row.reason,
        "project": row.project,
        "target": _target(row, member),
        "actual": _stated(
            f"indicator.actual#{member}", row.unit_name, row.actual is not None or bool(row.formula), row.actual_text
        ),
    }


def _target(row: IndicatorFacts, member: str) -> str:
    sign = _SIGNS.get(row.direction, "") if row.target is not None else ""
    low = _stated(f"indicator.target#{member}", row.unit_name, row.target is not None, row.target_text)
    if row.target_upper is None:
        return f"{sign}{low}"
    return f"{low}—{_stated(f'indicator.target_upper#{member}', row.unit_name, True, '')}"


def _stated(key: str, unit_name: str, is_number: bool, text: str) -> str:
    if not is_number:
        return text
    return f"{{{{{key}|{unit_name}}}}}" if unit_name not in ("", "文字") else f"{{{{{key}|-}}}}"


def _goal(item: GoalFacts) -> Record:
    completion = f"目标完成率：{{{{goal.completion#goal:{item.code}}}}}。" if item.completion is not None else ""
    effect = any(word in item.target_type for word in _EFFECT_WORDS)
    return {
        "code": item.code,
        "kind": item.kind,
        "expected": with_own_numbers(item)[0],
        "result": item.result,
        "project": item.project,
        "target_type": item.target_type,
        "side": "effect" if effect else "process",
        "completion_clause": completion,
    }


def member_label(year: BureauYear, member: str, label: str) -> str:
    """The name of one member of a breakdown: the project's own, else the words in brackets at the label's end."""
    axis, _, code = member.partition(":")
    if axis == "project":
        return next((item.name for item in year.projects if item.code == code), label)
    return _last_bracket(label) or label


def _last_bracket(label: str) -> str:
    """What stands in the outermost bracket that ends a label; brackets inside it stay."""
    depth = 0
    for position in range(len(label) - 1, -1, -1):
        depth += {"）": 1, "（": -1}.get(label[position], 0)
        if depth == 0:
            return label[position + 1 : -1] if position < len(label) - 1 else ""
    return ""
