"""The WSGI entry point of the public window; refuses to start with settings that production must not have."""

from rongji.config.options import run_under

run_under("rongji.config.public_settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

from rongji.config.public_checks import refuse_wrong_public_settings  # noqa: E402

refuse_wrong_public_settings()
application = get_wsgi_application()
