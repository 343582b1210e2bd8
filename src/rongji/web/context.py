"""What every template may know: in the demo, which accounts one may sign in with."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from rongji.accounts.types import ROLE_LABELS, Role
from rongji.config.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from rongji.config.options import Mode


def demo(request: HttpRequest) -> dict[str, Any]:
    """The demo's accounts on the sign-in page, in the demo only."""
    if settings.RONGJI.mode is not Mode.DEMO:
        return {}
    accounts = [{"username": name, "role": ROLE_LABELS[Role(role)]} for name, role in DEMO_ACCOUNTS]
    return {"demo_sign_ins": accounts, "demo_password": DEMO_PASSWORD}
