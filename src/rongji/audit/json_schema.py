"""The shape of `rongji audit --json`, as a JSON Schema; the page of the reference is written from it."""

import json
from typing import Any

from rongji.audit.report import ORDER

_DECIMAL = {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"}
_COUNT = {"type": "integer", "minimum": 0}
_ORDINAL = {"type": ["integer", "null"], "minimum": 1}
_WORDS = {"type": ["string", "null"], "minLength": 1}


def audit_schema() -> dict[str, Any]:
    """The schema of the whole answer."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:rongji:audit:1",
        "title": "Audit of documents: every relation between figures that was looked at",
        "description": "What `rongji audit FILE… --json` prints. Every number that was printed or computed is a "
        "decimal string, so that no reader turns it into a binary float. What is absent is null.",
        **_object({"files": {"type": "array", "items": {"$ref": "#/$defs/file"}}}),
        "$defs": {
            "decimal": _DECIMAL,
            "quantity": _object({"value": {"$ref": "#/$defs/decimal"}, "unit": {"type": "string"}}),
            "where": _where(),
            "claim": _claim(),
            "summary": _object({verdict.value: _COUNT for verdict in ORDER} | {"claims": _COUNT}),
            "file": _file(),
        },
    }


def schema_page() -> str:
    """The schema as the file of the reference."""
    return json.dumps(audit_schema(), ensure_ascii=False, indent=2) + "\n"


def _file() -> dict[str, Any]:
    return _object(
        {
            "file": _said("string", "The file as it was named on the command line."),
            "kind": _said(_WORDS, "txt, docx, xlsx, pdf, html …, by content; null when it could not be read."),
            "title": _said(_WORDS, "The title of the document."),
            "organisation": _said(_WORDS, "Who reports."),
            "year": _said(["integer", "null"], "The budget year it reports on."),
            "error": _said(_WORDS, "Why the file could not be read, in one Chinese sentence; null when it was read."),
            "notes": {"type": "array", "items": {"type": "string"}, "description": "What was left out of the reading."},
            "claims": {"type": "array", "items": {"$ref": "#/$defs/claim"}},
            "summary": {"$ref": "#/$defs/summary"},
        }
    )


def _claim() -> dict[str, Any]:
    return _object(
        {
            "id": _said("string", "Stable for the same document and program."),
            "check": _said("string", "Id of the check, as in the reference of checks."),
            "title": _said("string", "What the check is called."),
            "verdict": {"enum": sorted(verdict.value for verdict in ORDER)},
            "where": {"type": "array", "items": {"$ref": "#/$defs/where"}},
            "stated": _or_null("quantity", "What is printed."),
            "computed": _or_null("quantity", "What follows from the other figures, in the same unit."),
            "difference": _or_null("decimal", "stated − computed, in that unit, unrounded."),
            "tolerance": _or_null("decimal", "What the printed places can explain, in that unit."),
            "explanation": _said("string", "One Chinese sentence with the arithmetic in it."),
            "remedy": _said(_WORDS, "What to do about it."),
            "group": _said(_WORDS, "Name of the mistake that explains several claims; null when it stands alone."),
            "proposal": _said(_WORDS, "The one change that would make the whole group hold; a proposal only."),
        }
    )


def _where() -> dict[str, Any]:
    return _object(
        {
            "line": _said(_ORDINAL, "Line of a text file."),
            "page": _said(_ORDINAL, "Page of a PDF."),
            "box": {
                "type": ["array", "null"],
                "items": {"type": "integer"},
                "minItems": 4,
                "maxItems": 4,
                "description": "Left, top, right, bottom in points from the upper left corner of the page.",
            },
            "sheet": _said(_WORDS, "Sheet of a workbook."),
            "cell": _said(_WORDS, "Cell of a sheet, as in B4."),
            "paragraph": _said(_ORDINAL, "Paragraph of a document."),
            "table": _said(_ORDINAL, "Table of a document."),
            "row": _said(_ORDINAL, "Row of that table."),
            "column": _said(_ORDINAL, "Column of that table."),
            "span": {
                "type": ["array", "null"],
                "items": _COUNT,
                "minItems": 2,
                "maxItems": 2,
                "description": "First character and the one after the last within that line, cell or paragraph.",
            },
            "text": _said("string", "What is printed there."),
            "label": _said(_WORDS, "What the figure is of; null for a phrase or an empty cell."),
            "place": _said("string", "The place in words."),
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def _said(kind: str | list[str] | dict[str, Any], description: str) -> dict[str, Any]:
    base = dict(kind) if isinstance(kind, dict) else {"type": kind}
    return {**base, "description": description}


def _or_null(name: str, description: str) -> dict[str, Any]:
    return {"oneOf": [{"$ref": f"#/$defs/{name}"}, {"type": "null"}], "description": description}
