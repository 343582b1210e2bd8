"""Personal numbers never reach a log line."""

import json
import logging

import pytest
import structlog

from rongji.config.logs import logging_settings, masked

# Made-up numbers: shapes of the real ones, nobody's.
TEXTS = [
    ("身份证 110101190001010009 已受理", "身份证 110101**********09 已受理"),
    ("证件11010119000101000X。", "证件110101**********0X。"),
    ("旧证 110101000101000 号", "旧证 110101*******00 号"),
    ("卡号 6222020000000000000", "卡号 ************0000"),
    ("电话13800000000，", "电话138****0000，"),
    ("金额 123456789 分", "金额 123456789 分"),
    ("预算 20210000 元", "预算 20210000 元"),
    ("摘要 " + "1234567890" * 6 + "abcd", "摘要 " + "1234567890" * 6 + "abcd"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[row[0][:6] for row in TEXTS])
def test_personal_numbers_are_masked_and_others_are_not(text, expected):
    """Identity numbers old and new, bank cards, mobile phones; amounts and digests stay."""
    assert masked(text) == expected


@pytest.fixture
def log_line(capfd):
    """Write one line through the real formatter and read it back."""
    settings = logging_settings("INFO")["formatters"]["json"]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=settings["processors"], foreign_pre_chain=settings["foreign_pre_chain"]
    )

    def write(message: str, **facts) -> dict:
        record = logging.makeLogRecord({"msg": message, "levelname": "INFO", "levelno": 20, "name": "test", **facts})
        return json.loads(formatter.format(record))

    return write


def test_a_line_is_json_and_masked_in_every_field(log_line):
    """Also what a library logs by itself."""
    line = log_line("受理 110101190001010009")
    assert line["event"] == "受理 110101**********09"
    assert line["level"] == "info"


def test_a_traceback_is_masked_too(log_line):
    """The text of an exception often carries what was typed."""
    try:
        raise ValueError("13800000000")
    except ValueError as error:
        line = log_line("failed", exc_info=(type(error), error, error.__traceback__))
    assert "13800000000" not in json.dumps(line)
    assert "138****0000" in line["exception"]


def test_secrets_are_masked_by_their_name():
    """Whatever they look like, however deep they lie."""
    from rongji.config.logs import mask_personal_numbers

    line = mask_personal_numbers(None, "", {"event": "x", "form": {"password": "secret", "names": ["13800000000"]}})
    assert line == {"event": "x", "form": {"password": "***", "names": ["138****0000"]}}
