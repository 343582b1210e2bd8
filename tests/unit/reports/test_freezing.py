"""What is frozen, what its digest covers, and how later changes are told in words."""

from dataclasses import replace

import pytest

from rongji.kernel.figure import FigureKey
from rongji.kernel.quantity import Quantity
from rongji.reports.build import build_report
from rongji.reports.freezing import changes_between, content_digest, frozen_content


@pytest.fixture
def freeze(sources, forms):
    """Freeze 岳麓 2021 after a change to its year."""

    def make(**changes):
        given = sources("yuelu-2021")
        changed = replace(given, year=replace(given.year, **changes))
        return frozen_content(changed, build_report(changed, forms["yuelu-2021"], forms))

    return make


def test_equal_content_has_one_digest(freeze):
    """Freezing twice gives the same digest."""
    assert content_digest(freeze()) == content_digest(freeze())


def test_a_changed_figure_is_named_with_both_values(freeze, sources):
    """基本支出 392.52 becomes 392.53: one sentence with the label, before and after."""
    figures = sources("yuelu-2021").year.figures
    figure = figures.get(FigureKey.parse("expenditure.basic:actual"))
    after = freeze(figures=figures.replacing(figure, Quantity.parse("392.53", "万元")))
    before = freeze()
    assert content_digest(before) != content_digest(after)
    changes = [item for item in changes_between(before, after) if item.kind == "figure"]
    assert [item.sentence for item in changes] == ["“基本支出全年执行数”由 392.52万元 改为 392.53万元。"]


def test_a_changed_text_a_new_problem_and_a_new_target_are_named(freeze, sources):
    """Texts, problems and indicators are compared too; what did not change is not mentioned."""
    year = sources("yuelu-2021").year
    texts = tuple(replace(t, body="改写后的正文。") if t.code == "performance" else t for t in year.texts)
    rows = (replace(year.indicators[0], weight=Quantity.parse("5", "分")), *year.indicators[1:])
    changes = changes_between(freeze(), freeze(texts=texts, indicators=rows, problems=year.problems[1:]))
    assert {item.kind for item in changes} == {"text", "indicator", "problem"}
    text = next(item for item in changes if item.kind == "text")
    assert text.after == "改写后的正文。" and "整体支出绩效情况" in text.subject
    problem = next(item for item in changes if item.kind == "problem")
    assert problem.sentence.startswith("删除问题与措施 P1")
    indicator = next(item for item in changes if item.kind == "indicator")
    assert "5分" in indicator.after and "6分" in indicator.before


def test_nothing_changed_yields_nothing(freeze):
    """No change, no sentence."""
    assert changes_between(freeze(), freeze()) == ()


def test_evidence_attached_later_is_a_change(freeze, sources):
    """A figure and an indicator that get another piece of evidence are told with its code."""
    year = sources("yuelu-2021").year
    figure = year.figures.get(FigureKey.parse("expenditure.basic:actual"))
    backed = replace(figure, source=replace(figure.source, evidence=("E09",)))
    figures = replace(year.figures, figures=tuple(backed if item is figure else item for item in year.figures))
    rows = (replace(year.indicators[0], evidence=("E08", "E09")), *year.indicators[1:])
    changes = changes_between(freeze(), freeze(figures=figures, indicators=rows))
    told = {item.subject: item.after for item in changes}
    assert told["“基本支出全年执行数”的佐证"] == "E09"
    assert told[f"指标 {rows[0].code}"] == "E08、E09"
