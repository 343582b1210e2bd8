"""Log lines as JSON, with personal numbers masked before anything is written."""

import re
from collections.abc import Mapping
from typing import Any

import structlog

_SECRET_KEYS = {"password", "passwd", "secret", "token", "authorization", "cookie", "recovery_code"}
_EDGE, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_IDENTITY = re.compile(rf"{_EDGE}(\d{{6}})(?:18|19|20)\d{{8}}(\d[0-9Xx]){_END}")
_OLD_IDENTITY = re.compile(rf"{_EDGE}(\d{{6}})\d{{7}}(\d{{2}}){_END}")
_BANK_CARD = re.compile(rf"{_EDGE}\d{{12,15}}(\d{{4}}){_END}")
_MOBILE = re.compile(rf"{_EDGE}(1[3-9]\d)\d{{4}}(\d{{4}}){_END}")


def masked(text: str) -> str:
    """The text with citizen identity numbers, bank cards and mobile numbers made unreadable in the middle."""
    text = _IDENTITY.sub(r"\1**********\2", text)
    text = _OLD_IDENTITY.sub(r"\1*******\2", text)
    text = _BANK_CARD.sub(r"************\1", text)
    return _MOBILE.sub(r"\1****\2", text)


def mask_personal_numbers(_logger: Any, _method: str, event: Any) -> Any:
    """Structlog processor: every text of the line is masked, whatever key it stands under."""
    return _mask(event)


def logging_settings(level: str) -> dict[str, Any]:
    """Django's `LOGGING`: one JSON line per event on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    mask_personal_numbers,
                    structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
                ],
                "foreign_pre_chain": _common_processors(),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own handler for `django` would print each line a second time, unmasked.
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # every glyph of every font would be told otherwise
            "fontTools": {"level": "WARNING"},
        },
    }


def configure_structlog() -> None:
    """Send structlog's events through the same formatter as everything else."""
    structlog.configure(
        processors=[*_common_processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _common_processors() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _mask(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {key: "***" if str(key).lower() in _SECRET_KEYS else _mask(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_mask(item) for item in value]
    return value if isinstance(value, int | bool | type(None)) else masked(str(value))
