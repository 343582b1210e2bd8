"""Whose window it is, and the way to its database: the only place inside that knows there is a second one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import Error, transaction
from django.utils.connection import ConnectionDoesNotExist

from rongji.accounts.selectors import OrganisationFacts, organisation, organisations_of_kind
from rongji.config.databases import PUBLIC
from rongji.intake.refusals import WindowNotOpened, WindowOfWhom, WindowUnreachable
from rongji.people.selectors.stations import has_people


def window_bureau() -> OrganisationFacts:
    """The bureau whose window it is: the one that the settings name, else the only one, or the only one with files.

    Raises: WindowNotOpened, WindowOfWhom.
    """
    options = settings.RONGJI
    if not options.has_public_window:
        raise WindowNotOpened
    if options.public_bureau:
        return organisation(options.public_bureau)
    bureaus = organisations_of_kind("bureau")
    if len(bureaus) > 1:
        bureaus = tuple(item for item in bureaus if has_people(item.code))
    if len(bureaus) != 1:
        raise WindowOfWhom
    return bureaus[0]


@contextmanager
def window_database() -> Iterator[None]:
    """One transaction in the window's database. Raises: WindowNotOpened, WindowUnreachable."""
    if not settings.RONGJI.has_public_window:
        raise WindowNotOpened
    try:
        with transaction.atomic(using=PUBLIC):
            yield
    except ConnectionDoesNotExist:
        raise WindowNotOpened from None
    except Error as error:
        raise WindowUnreachable(reason=str(error).partition("\n")[0][:120]) from None
