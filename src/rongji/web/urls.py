"""Addresses of the pages."""

from django.urls import URLPattern, URLResolver, include, path

from rongji.web.views import (
    checks,
    dashboard,
    figures,
    imports,
    indicators,
    ledger,
    monitoring,
    objectives,
    reports,
    system,
    texts,
    versions,
    years,
)

app_name = "web"

year_patterns: list[URLPattern | URLResolver] = [
    path("", dashboard.dashboard, name="dashboard"),
    path("line/", years.year_line, name="year_line"),
    path("import/", imports.year_import, name="import"),
    path("import/template/", imports.template, name="import_template"),
    path("objectives/", objectives.objectives, name="objectives"),
    path("objectives/draft/", objectives.draft, name="objectives_draft"),
    path("objectives/propose/", objectives.propose, name="objectives_propose"),
    path("objectives/decide/", objectives.decide, name="objectives_decide"),
    path("monitoring/", monitoring.monitoring, name="monitoring"),
    path("monitoring/plan/", monitoring.plan, name="monitoring_plan"),
    path("monitoring/progress/", monitoring.progress, name="monitoring_progress"),
    path("monitoring/answer/", monitoring.answer, name="monitoring_answer"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<str:code>/", indicators.enter, name="indicator"),
    path("indicators/<str:code>/evidence/", indicators.attach, name="indicator_evidence"),
    path("checks/", checks.checks, name="checks"),
    path("figures/", ledger.ledger, name="ledger"),
    path("report/", reports.report, name="report"),
    path("report/download/<str:ending>/", reports.download, name="report_download"),
    path("texts/", texts.texts, name="texts"),
    path("texts/save/", texts.save, name="texts_save"),
    path("texts/preview/", texts.preview_text, name="texts_preview"),
    path("figure/", figures.figure, name="figure"),
    path("figure/rows/", figures.rows, name="figure_rows"),
    path("figure/set/", figures.correct, name="figure_set"),
    path("evidence/<str:code>/", figures.evidence, name="evidence"),
    path("versions/", versions.versions, name="versions"),
    path("versions/finalise/", versions.finalise, name="finalise"),
    path("versions/status/", versions.status, name="status"),
    path("versions/<int:version>/decide/", versions.decide, name="decide"),
    path("versions/<int:version>/pack/", versions.pack, name="pack"),
    path("versions/<int:version>/file/<str:name>/", versions.file, name="version_file"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", years.home, name="home"),
    path("years/", years.years, name="years"),
    path("years/import/", imports.year_import, name="new_import"),
    path("years/import/confirm/", imports.confirm, name="import_confirm"),
    path("years/import/template/", imports.template, name="empty_template"),
    path("years/import/marked/<str:upload>/", imports.marked, name="import_marked"),
    path("years/<str:bureau>/<int:year>/", include(year_patterns)),
    path("paper.css", reports.stylesheet, name="paper"),
    path("system/trail/", system.trail, name="trail"),
    path("system/trail/verify/", system.verify, name="verify_trail"),
    path("system/users/", system.accounts, name="users"),
    path("law/", system.law, name="law"),
    path("law/<str:entry>/", system.law_entry, name="law_entry"),
]
