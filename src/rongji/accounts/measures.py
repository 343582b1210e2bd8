"""What the tree of organisations counts: sections, subordinate units, those with accounts of their own, stations."""

from collections.abc import Iterator, Mapping

from rongji.accounts.models import Organisation
from rongji.accounts.models.organisation import OrganisationKind
from rongji.kernel.figure import Figure
from rongji.law.measured import Group, Named, counted_figure

REGISTER, TABLE = "机构台账", "organisations"
LEVELS = {6: ("county", "县级服务中心"), 9: ("town", "乡镇（街道）服务站"), 12: ("village", "村（社区）服务站")}
"""Level of a station by the length of its area code: county, town, village."""


def derived_figures(bureau: str) -> Iterator[Figure]:
    """Every figure that the tree under a bureau yields, one row for each organisation; none for kinds it lacks."""
    top = Organisation.objects.filter(code=bureau).first()
    if top is None:
        return
    below = list(Organisation.objects.below(top).exclude(pk=top.pk).order_by("path"))
    units = [item for item in below if item.kind == OrganisationKind.UNIT]
    stations = [item for item in below if item.kind == OrganisationKind.STATION]
    yield from _figure(
        Named("organisation.sections", "机构台账中的股室"),
        [item for item in below if item.kind == OrganisationKind.SECTION],
    )
    yield from _figure(Named("organisation.subordinates", "机构台账中的所属单位"), units)
    yield from _figure(
        Named("organisation.own_accounts", "所属单位中单独核算的"), [item for item in units if item.keeps_own_accounts]
    )
    yield from _figure(Named("organisation.stations", "机构台账中的服务中心和服务站"), stations)
    by_id = {item.pk: item for item in stations}
    levels = {item.pk: _level(item, by_id) for item in stations}
    for level, label in LEVELS.values():
        own = [item for item in stations if levels[item.pk] == level]
        yield from _figure(Named("organisation.stations", f"其中{label}", f"level:{level}", label), own)


def _level(station: Organisation, stations: Mapping[int, Organisation]) -> str:
    """By how many stations stand above it, the highest of them by its area code."""
    line = [stations[pk] for pk in map(int, station.path.strip("/").split("/")) if pk in stations]
    depth = list(LEVELS).index(_length(line[0])) + len(line) - 1
    return LEVELS[list(LEVELS)[min(depth, len(LEVELS) - 1)]][0]


def _length(station: Organisation) -> int:
    """6, 9 or 12: the digits of an area code down to county, town or village."""
    return next((length for length in LEVELS if len(station.area_code) <= length), max(LEVELS))


def _figure(named: Named, found: list[Organisation]) -> Iterator[Figure]:
    if found:
        groups = (Group(None, item.name, 1) for item in found)
        yield counted_figure(named, groups, register=REGISTER, table=TABLE)
