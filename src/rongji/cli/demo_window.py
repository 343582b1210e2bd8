"""The demo's public window: opened for the example county, and served beside the pages by a process of its own."""

import subprocess
import sys

from django.conf import settings

from rongji.accounts.types import Actor
from rongji.config.options import environment_of_window
from rongji.intake.keys import has_key, make_keys
from rongji.intake.publishing import publish
from rongji.intake.refusals import WindowOfWhom


def open_window(operator: Actor) -> bool:
    """Make a key if there is none, and publish what there is; nothing where no bureau keeps files."""
    try:
        if not has_key():
            make_keys(actor=operator)
        publish(actor=operator)
    except WindowOfWhom:
        return False
    return True


def serve_window(port: int) -> "subprocess.Popen[bytes]":
    """Start the window's process; it ends with ours."""
    command = [sys.executable, "-m", "rongji", "public", "serve", "--port", str(port)]
    return subprocess.Popen(command, env=environment_of_window(settings.RONGJI))
