"""Addresses of the public window."""

from django.urls import path

from rongji.public.views import filing, pages

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("guides/", pages.guides, name="guides"),
    path("guides/<slug:kind>/", pages.guide, name="guide"),
    path("apply/<slug:kind>/", filing.apply, name="apply"),
    path("state/", filing.state, name="state"),
    path("jobs/", pages.offers, name="offers"),
    path("jobs/<str:key>/", pages.offer, name="offer"),
    path("fairs/<str:key>/", pages.fair, name="fair"),
    path("reports/", pages.reports, name="reports"),
    path("reports/<str:key>/", pages.report, name="report"),
    path("reports/<str:key>/file/<str:name>/", pages.report_file, name="report_file"),
    path("privacy/", pages.privacy, name="privacy"),
]

handler400 = "rongji.public.errors.bad_request"
handler404 = "rongji.public.errors.not_found"
handler500 = "rongji.public.errors.server_error"
