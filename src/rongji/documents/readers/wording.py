"""Words as a file keeps them into words as they are printed: invisible characters and idle white space gone."""

import re

# Zero-width characters and soft hyphens that editors and web pages leave between characters.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff]")
_BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_SPACES = re.compile(r"[ \t]{2,}")


def clean(text: str) -> str:
    """Without characters that nobody sees."""
    return _CONTROL.sub(" ", _UNSEEN.sub("", text))


def collapsed(text: str) -> str:
    """White space as a browser shows it: a line end in the source is a space between words, none between characters."""
    words = _BREAK.sub(_joint, clean(text))
    return _SPACES.sub(" ", words).replace("\xa0", " ").strip(" \u3000\t")


def _joint(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return " " if before.isascii() and after.isascii() else ""
