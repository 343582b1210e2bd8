"""Naming a person in a form: by name, the end of an ID number or a file number; what is not plain is asked again."""

import re

from rongji.accounts.types import Actor
from rongji.people.selectors.search import search_page
from rongji.people.types import PersonBrief
from rongji.rules.answers import AnswerRefused

OFFERED = 8
_PICKED = re.compile(r"(\S+)　\S")


class NobodyFound(AnswerRefused):
    """Words that fit nobody whom the actor may see."""

    code = "person-not-found-by-words"
    sentence = "“{label}”填的“{text}”没有找到人。请核对姓名、身份证后四位或档案号；没有建档的，先到“新建档案”建档。"
    status = 422


class SeveralFound(AnswerRefused):
    """Words that fit more than one person."""

    code = "person-several-found"
    sentence = "“{label}”填的“{text}”找到不止一人（{found}）。请在列出的人中选一个，或改填档案号。"


def picked(brief: PersonBrief) -> str:
    """A person as the field holds them once chosen: file number and name."""
    return f"{brief.number}　{brief.name}"


def offered_persons(actor: Actor, text: str) -> tuple[PersonBrief, ...]:
    """Those whom the words may mean, the first few. Raises: NotAllowed, SearchUnfit, IdentityNumberUnfit."""
    return search_page(actor, _words(text), limit=OFFERED).people


def picked_person(actor: Actor, text: str, *, name: str, label: str) -> PersonBrief:
    """The one person that a field names. name, label: of the field, for the refusal.

    Raises: NobodyFound, SeveralFound, NotAllowed, SearchUnfit, IdentityNumberUnfit.
    """
    words = _words(text)
    found = search_page(actor, words, limit=OFFERED).people
    exact = [item for item in found if words in (item.number, item.name)]
    if len(exact) == 1:
        return exact[0]
    if not found:
        raise NobodyFound(name=name, label=label, text=text[:40])
    if len(found) > 1:
        told = "、".join(f"{item.name} {item.number}" for item in found[:3]) + ("等" if len(found) > 3 else "")
        raise SeveralFound(name=name, label=label, text=text[:40], found=told)
    return found[0]


def _words(text: str) -> str:
    """The words to search with; of somebody chosen from the list, the file number."""
    chosen = _PICKED.match(text.strip())
    return chosen[1] if chosen else text.strip()
