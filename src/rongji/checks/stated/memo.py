"""What several checks ask of one document is worked out once: the last document's answer is kept, by identity."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from rongji.checks.stated.model import StatedDocument

Answer = TypeVar("Answer")


def once_per_document(function: Callable[[StatedDocument], Answer]) -> Callable[[StatedDocument], Answer]:
    """Keep the answer for the document that was asked about last; documents never change once they are made."""
    kept: list[tuple[StatedDocument, Answer]] = []

    @wraps(function)
    def asked(document: StatedDocument) -> Answer:
        last = kept[-1:]
        if last and last[0][0] is document:
            return last[0][1]
        answer = function(document)
        kept[:] = [(document, answer)]
        return answer

    return asked
