"""Django's settings of the public window: one app, its own database, nobody signs in, no script runs.

Nothing of the bureau's process is here: no other app, no database of theirs, no key of theirs.
"""

from csp.constants import NONE, SELF

from rongji.config.databases import public_entry
from rongji.config.logs import configure_structlog, logging_settings
from rongji.config.options import Mode
from rongji.config.public_options import load_public_options

RONGJI_PUBLIC = load_public_options()
MEGABYTE = 1024 * 1024

SECRET_KEY = RONGJI_PUBLIC.secret_key.get_secret_value()
DEBUG = False
ALLOWED_HOSTS = list(RONGJI_PUBLIC.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(RONGJI_PUBLIC.trusted_origins)

INSTALLED_APPS = ["django.contrib.staticfiles", "rongji.public", "csp"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "rongji.public.middleware.TroubleMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rongji.public.middleware.SizeMiddleware",
    "rongji.public.middleware.CacheMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "rongji.public.urls"
WSGI_APPLICATION = "rongji.config.public_wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# --- data -----------------------------------------------------------------------------------------
DATABASES = {"default": public_entry(RONGJI_PUBLIC.home, RONGJI_PUBLIC.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

# --- language -------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["rongji.config.formats"]

# --- static files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]

# --- forms: everything in memory, so that nothing that somebody sends lies open on a disk ---------------
FORM_BYTES = RONGJI_PUBLIC.form_megabytes * MEGABYTE
MOST_BYTES = FORM_BYTES + MEGABYTE  # what is written comes on top of the files
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = MEGABYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 40
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "rongji.public.errors.form_outdated"

# --- transport and content security -----------------------------------------------------------------
HTTPS_ONLY = RONGJI_PUBLIC.is_production and RONGJI_PUBLIC.https
CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS_ONLY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if RONGJI_PUBLIC.trusted_proxies else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- logs -----------------------------------------------------------------------------------------
if RONGJI_PUBLIC.mode is not Mode.TEST:
    configure_structlog()
LOGGING = logging_settings(RONGJI_PUBLIC.log_level)
