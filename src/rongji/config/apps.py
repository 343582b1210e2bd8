"""Django's hook for the wiring: registers the start-up checks."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """The wiring as an app, so that its checks run with everybody's."""

    name = "rongji.config"
    label = "config"
    verbose_name = "运行设置"

    def ready(self) -> None:
        """Register the checks."""
        from rongji.config import checks  # noqa: F401
