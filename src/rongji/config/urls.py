"""Addresses: sign-in pages of allauth (without its e-mail pages) and everything of `rongji.web`."""

from allauth.account import views as account_views
from django.urls import include, path

from rongji.api.app import api

sign_in_patterns = [
    path("login/", account_views.login, name="account_login"),
    path("logout/", account_views.logout, name="account_logout"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("signup/", account_views.signup, name="account_signup"),  # closed: says who opens accounts
    path("reauthenticate/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account_views.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]

urlpatterns = [
    path("accounts/", include(sign_in_patterns)),
    path("api/", api.urls),
    path("", include("rongji.web.urls")),
]

handler400 = "rongji.web.errors.bad_request"
handler404 = "rongji.web.errors.not_found"
handler500 = "rongji.web.errors.server_error"
