"""Django's settings, all of them made from the one options object (`rongji.config.options`)."""

from pathlib import Path

from csp.constants import NONE, SELF
from pylopdf_fonts_zh_cn import serif_path

import rongji
from rongji.config.databases import databases
from rongji.config.logs import configure_structlog, logging_settings
from rongji.config.options import Mode, load_options

RONGJI = load_options()

SECRET_KEY = RONGJI.secret_key.get_secret_value()
SECRET_KEY_FALLBACKS = [key.get_secret_value() for key in RONGJI.old_secret_keys]
DEBUG = False
ALLOWED_HOSTS = list(RONGJI.allowed_hosts) + (["testserver"] if RONGJI.mode is Mode.TEST else [])
CSRF_TRUSTED_ORIGINS = list(RONGJI.trusted_origins)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rongji.config",
    "rongji.web",  # before allauth, so that its templates win
    "rongji.accounts",
    "rongji.budget",
    "rongji.people",
    "rongji.awards",
    "rongji.casework",
    "rongji.services",
    "rongji.placement",
    "rongji.payments",
    "rongji.performance",
    "rongji.reports",
    "rongji.intake",
    "rongji.public",  # only its tables, which lie in the window's own database
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "ninja",  # only for the browser files of the API documentation
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "rongji.accounts.middleware.SessionLimitsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rongji.accounts.middleware.ActorMiddleware",
    "rongji.web.middleware.PrivatePagesMiddleware",
    "rongji.web.middleware.BareAnswersMiddleware",
]

ROOT_URLCONF = "rongji.config.urls"
WSGI_APPLICATION = "rongji.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rongji.web.context.demo",
            ],
        },
    }
]

# --- data -----------------------------------------------------------------------------------------
DATABASES = databases(RONGJI)
DATABASE_ROUTERS = ["rongji.config.routing.PublicWindowRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Lock-out counts must be seen by every process and thread, so the cache is a table of the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- language -------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"  # fixed: no LocaleMiddleware, the browser's language changes nothing
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # years and codes must not be grouped; amounts are formatted by their own filter
FORMAT_MODULE_PATH = ["rongji.config.formats"]

# --- static files: straight from the package, nothing to collect at the site ------------------------
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
# The open-licence Chinese fonts of the package, for screens on machines that have none.
# The looks and the script of audited documents, the same for pages that stand alone.
STATICFILES_DIRS = [
    ("rongji/fonts", str(serif_path().parent)),
    ("rongji/audit", str(Path(rongji.__file__).parent / "audit" / "assets")),
]

# --- sign-in --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "rongji.accounts.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": (
        f"{RONGJI.login_failures_allowed}/{RONGJI.login_lock_minutes}m/key,"
        f"{RONGJI.login_failures_per_address}/{RONGJI.login_lock_minutes}m/ip"
    ),
    "reauthenticate": "10/m/user",
    "change_password": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = RONGJI.trusted_proxies
MFA_ADAPTER = "rongji.accounts.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "荣绩"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "rongji.accounts.passwords.MinimumLength",
        "OPTIONS": {"min_length": RONGJI.password_min_length},
    },
    {"NAME": "rongji.accounts.passwords.CharacterClasses"},
    {"NAME": "rongji.accounts.passwords.DiffersFromPresent"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if RONGJI.mode is Mode.TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# --- sessions -------------------------------------------------------------------------------------
SESSION_COOKIE_AGE = RONGJI.session_absolute_hours * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "rongji.web.errors.form_outdated"

# --- transport and content security -----------------------------------------------------------------
HTTPS_ONLY = RONGJI.is_production and RONGJI.https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS_ONLY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if RONGJI.trusted_proxies else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": [NONE],
        "img-src": [SELF, "data:"],  # Tabler's tick marks and the second factor's code are data: images
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

# --- uploads, logs ----------------------------------------------------------------------------------
MEDIA_ROOT = RONGJI.evidence
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
configure_structlog()
LOGGING = logging_settings(RONGJI.log_level)
