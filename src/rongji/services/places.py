"""The organisations of a bureau as registers name them: by code or by name, and where a record of theirs belongs."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property

from rongji.accounts.selectors import OrganisationFacts, organisation, organisations_below
from rongji.people.imports.words import squeezed


class Places:
    """The bureau and everything under it, read once."""

    def __init__(self, bureau: str) -> None:
        """Raises: OrganisationUnknown."""
        self.bureau: OrganisationFacts = organisation(bureau)

    @cached_property
    def by_code(self) -> Mapping[str, OrganisationFacts]:
        """Every organisation of the bureau by code, parents first."""
        return {item.code: item for item in organisations_below(self.bureau.code)}

    @cached_property
    def _by_name(self) -> Mapping[str, OrganisationFacts | None]:
        found: dict[str, OrganisationFacts | None] = {}
        for item in self.by_code.values():
            name = squeezed(item.name)
            found[name] = None if name in found else item  # two of one name: only the code tells them apart
        return found

    def find(self, text: str) -> OrganisationFacts | None:
        """The organisation of a code or of a name that only one has."""
        return self.by_code.get(text) or self._by_name.get(squeezed(text))

    def near(self, text: str) -> str:
        """The name that is most like a text, empty when none is."""
        found = get_close_matches(squeezed(text), self._by_name, n=1, cutoff=0.5)
        item = self._by_name[found[0]] if found else None
        return item.name if item else ""

    def name(self, code: str) -> str:
        """The name of an organisation as it can be read back: its code where two share the name."""
        item = self.by_code.get(code)
        return code if item is None or self._by_name.get(squeezed(item.name)) is None else item.name
