"""What several checks ask of one document, or of one passage of it, is worked out once."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from rongji.checks.stated.model import Passage, StatedDocument

Answer = TypeVar("Answer")


def once_per_document(function: Callable[[StatedDocument], Answer]) -> Callable[[StatedDocument], Answer]:
    """Keep the answer for the document that was asked about last, by identity; documents never change once made."""
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


def once_per_passage(function: Callable[[Passage], Answer]) -> Callable[[Passage], Answer]:
    """Keep the answer with the passage."""
    name = function.__qualname__

    @wraps(function)
    def asked(passage: Passage) -> Answer:
        if name not in passage.kept:
            passage.kept[name] = function(passage)
        return cast(Answer, passage.kept[name])

    return asked
