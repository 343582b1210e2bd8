"""What an audit says: per file every relation that was looked at, numbered, with its verdict."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rongji.checks.stated.model import StatedDocument
from rongji.documents.model import Document
from rongji.kernel.finding import Finding, Verdict

ORDER = (Verdict.CONTRADICTION, Verdict.QUESTION, Verdict.ROUNDING, Verdict.HOLDS)


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation that was looked at. id: stable for the same document and program."""

    id: str
    finding: Finding


@dataclass(frozen=True)
class AuditedFile:
    """The audit of one file. refusal: why it could not be read, in words; then there is nothing else."""

    file: str
    kind: str = ""
    document: Document | None = None
    stated: StatedDocument | None = None
    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""

    @cached_property
    def counts(self) -> Mapping[Verdict, int]:
        """How many claims of each verdict, zeros included."""
        counted = Counter(item.finding.verdict for item in self.claims)
        return {verdict: counted[verdict] for verdict in ORDER}

    @property
    def contradicts(self) -> bool:
        """Whether figures were found that cannot all be true."""
        return self.counts[Verdict.CONTRADICTION] > 0
