"""Where the legal data is: a source checkout's `legal/`, or the copy inside the installed package."""

from pathlib import Path

from rongji.law.refusals import LegalFolderMissing

_PACKAGE = Path(__file__).resolve().parents[1]
# law/ → rongji/ → src/ → checkout
CHECKOUT = _PACKAGE.parents[1] / "legal"
INSTALLED = _PACKAGE / "_data" / "legal"


def find_legal(root: Path | str | None = None) -> Path:
    """The folder of legal data: the one named, else the checkout's, else the installed one.

    Raises: LegalFolderMissing when none has an `acts` folder.
    """
    places = [Path(root)] if root else [CHECKOUT, INSTALLED]
    for place in places:
        if (place / "acts").is_dir():
            return place
    raise LegalFolderMissing(places="、".join(str(place) for place in places))
