"""Notes that the system writes under a table, and the comparison with last year."""

from dataclasses import replace

import pytest

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Source, SourceKind
from rongji.kernel.quantity import Quantity
from rongji.reports.build import build_report, in_chinese
from rongji.reports.comparison import compare_years
from rongji.reports.figures import printed_figures
from rongji.reports.lineage import NoSuchFigure, lineage_of, printed_places


def year_of(year, **figures):
    """A made-up bureau-year of whole-bureau figures: `expenditure_total_actual="100.5"` in 万元."""
    made = []
    for name, text in figures.items():
        concept, part, stage = name.split("_")
        key = FigureKey.parse(f"{concept}.{part}:{stage}")
        made.append(Figure(key, "支出合计", Source(SourceKind.DECLARED), Quantity.parse(text, "万元"), text))
    return BureauYear("demo", "示例局", year, "", figures=FigureSet(tuple(made)))


GROWTH = [
    # this year, last year, change, rate
    ("110.5", "100", "10.5", "10.50"),
    ("90", "100.25", "-10.25", "-10.22"),
    ("100", "100", "0", "0.00"),
]


@pytest.mark.parametrize(("now", "then", "change", "rate"), GROWTH)
def test_both_years_stand_side_by_side_with_the_change(now, then, change, rate):
    """Change and rate are figures of their own, derived from the two years."""
    found = compare_years(year_of(2022, expenditure_total_actual=now), year_of(2021, expenditure_total_actual=then))
    assert [(item.change.quantity.shown(), item.rate.quantity.shown()) for item in found] == [(change, rate)]
    assert found[0].change.inputs == (found[0].current, found[0].prior)


def test_last_years_figure_stated_in_this_years_form_comes_first():
    """上年决算数 as stated this year is what is compared; the prior year is only asked where it is silent."""
    this = year_of(2022, expenditure_total_actual="110", expenditure_total_prior="100")
    assert compare_years(this, year_of(2021, expenditure_total_actual="90"))[0].prior.quantity.shown() == "100"
    assert compare_years(year_of(2022, expenditure_total_actual="110")) == ()


def test_growth_from_nothing_has_no_rate():
    """From zero there is a change but no percentage."""
    found = compare_years(year_of(2022, expenditure_total_actual="5", expenditure_total_prior="0"))
    assert found[0].rate is None and found[0].as_record()["rate"] == "－"


def test_the_comparison_is_attached_where_last_year_is_known(sources, forms):
    """岳阳县 2022 states last year's income and expenditure: an annex with both years follows."""
    report = build_report(sources("yueyang-2022"), forms["yueyang-2022"], forms)
    table = list(report.document.tables())[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert ["收入合计", "9692.786137", "8455.613862", "1237.172275", "14.63%"] in rows


def test_a_last_place_difference_is_explained_and_not_hidden(sources, forms):
    """岳麓 2021: the text's 11043.76 is the sum of its parts, the table's 11043.75 is not: 0.01 by rounding."""
    report = build_report(sources("yuelu-2021"), forms["yuelu-2021"], forms)
    notes = [run for run in report.document.figures() if run.key.startswith("rounding.difference")]
    assert notes and {run.text for run in notes} == {"0.01"}
    assert "尾差" in "".join(run.text for run in report.document.runs())


def test_rates_nobody_stated_are_derived_and_say_how(sources):
    """望城 2021 states both shares; 岳麓 states none of them, so they follow from the table."""
    given = sources("yuelu-2021")
    share = printed_figures(given.year, given.book).get(FigureKey.parse("share.basic:rate"))
    assert share.quantity.shown() == "3.43"
    assert [str(item.key) for item in share.inputs] == ["expenditure.basic:actual", "expenditure.total:actual"]
    assert FigureKey.parse("share.basic:rate") in sources("wangcheng-2021").year.figures


def test_a_printed_number_opens_into_where_it_comes_from(sources, forms):
    """Definition, statement, source line, findings against it, and every place where it is printed."""
    given = sources("yuelu-2021")
    report = build_report(given, forms["yuelu-2021"], forms)
    found = lineage_of("expenditure.project:actual", given, report.figures, report.document)
    assert found.shown == "11043.75万元" and found.definition and "第115行" in found.source
    assert {item[1] for item in found.statements} == {"11043.75万元", "11043.76万元"}
    assert len(found.printed_at) >= 3 and any("项目支出" in place.text for place in found.printed_at)
    score = lineage_of("evaluation.total", given, report.figures, report.document)
    assert len(score.figure.inputs) == 27 and score.explanation[0].startswith("自评总分 = 102.57分")
    with pytest.raises(NoSuchFigure):
        lineage_of("fact.nothing", given, report.figures, report.document)


def test_places_are_found_in_tables_and_in_sentences(sources, forms):
    """The words around the number tell the reader which place is meant."""
    report = build_report(sources("wangcheng-2021"), forms["wangcheng-2021"], forms)
    places = list(printed_places(report.document, "asset.total:actual"))
    assert places and "资产总额" in places[0].text


def test_the_list_of_sources_is_attached_on_request(sources, forms):
    """Every figure with its source, on landscape pages at the end."""
    given = sources("yuelu-2021")
    plain = build_report(given, forms["yuelu-2021"], forms)
    full = build_report(given, forms["yuelu-2021"], forms, with_sources=True)
    assert len(list(full.document.tables())) == len(list(plain.document.tables())) + 1
    listed = list(full.document.tables())[-1]
    numbered = {item.key for item in given.year.figures if item.quantity is not None}
    assert len(listed.rows) == len(numbered) + 1


def test_a_year_without_findings_is_ready(sources, forms):
    """Without findings, gates and gaps nothing blocks; the notice is that of a preview."""
    given = replace(sources("wangcheng-2021"), findings=(), evaluation=None)
    report = build_report(given, forms["wangcheng-2021"], forms)
    assert report.blockers == tuple(f"{item.explanation}{item.remedy}" for item in report.defects)


@pytest.mark.parametrize(
    ("entered", "printed"),
    [("2022-02-17", "2022年2月17日"), ("2019年3月", "2019年3月"), ("2022-13-99", "2022-13-99"), ("", "")],
)
def test_dates_of_the_profile_are_printed_as_documents_write_them(entered, printed):
    """Year, month and day without leading zeros; what is no date stays as it was entered."""
    assert in_chinese(entered) == printed
