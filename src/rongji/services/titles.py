"""Titles of records as somebody may read them: the name of a person only for those who may see people."""

from collections.abc import Iterable

from rongji.accounts.types import Actor, Scope
from rongji.law.asked import AskedKind
from rongji.law.refusals import UnknownRegister
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.people.policies import SEE_PEOPLE
from rongji.services.models import Record

_AT_ONCE = 400


def is_titled_by_person(register: Register) -> bool:
    """Whether the titles of a register are names of persons: its own, or those of the records that name it."""
    asked = register.by_id.get(register.title)
    if asked is None or asked.of == register.id:
        return False
    if asked.kind is AskedKind.RECORD:
        return is_titled_by_person(declared_register(asked.of))
    return asked.kind is AskedKind.PERSON


def titles_of(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """The titles of some records; empty where it is the name of somebody whom the actor may not see."""
    wanted = sorted(ids)
    found: dict[int, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Record.objects.filter(pk__in=wanted[start : start + _AT_ONCE])
        for pk, name, title, path, area in rows.values_list("id", "register", "title", "scope_path", "area"):
            found[pk] = title if _may_read(actor, name, Scope(path=path, area=area)) else ""
    return found


def _may_read(actor: Actor, name: str, scope: Scope) -> bool:
    try:
        is_name = is_titled_by_person(declared_register(name))
    except UnknownRegister:  # its declaration was taken away: nobody knows any more what its titles are
        is_name = True
    return not is_name or SEE_PEOPLE.permits(actor, scope)
