"""Addresses of the pages."""

from django.urls import URLPattern, URLResolver, path

from rongji.web.views import system

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("system/trail/", system.trail, name="trail"),
    path("system/trail/verify/", system.verify, name="verify_trail"),
    path("system/users/", system.accounts, name="users"),
    path("law/", system.law, name="law"),
    path("law/<str:entry>/", system.law_entry, name="law_entry"),
]
