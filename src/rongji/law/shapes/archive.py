"""What a person's file must hold, by the category of the person."""

from dataclasses import dataclass

from rongji.law.fields import Fields


@dataclass(frozen=True, slots=True)
class ArchiveDuty:
    """Kinds of papers a file must hold. required: each must be there; any_of: one of them is enough."""

    required: tuple[str, ...]
    any_of: tuple[str, ...]


def read_archive_duty(value: Fields, keys: tuple[str, ...]) -> ArchiveDuty:
    """The papers one category needs."""
    found = ArchiveDuty(value.texts("required", required=True), value.texts("any_of"))
    value.finish()
    return found
