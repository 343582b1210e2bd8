"""The WSGI entry point; refuses to start with settings that production must not have."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongji.config.settings")

from django.core.wsgi import get_wsgi_application

from rongji.config.checks import refuse_wrong_settings

application = get_wsgi_application()
refuse_wrong_settings()
