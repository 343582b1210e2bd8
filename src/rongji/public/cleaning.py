"""Text from outside without what no one can see: control characters and marks that turn the direction of writing."""

import unicodedata

_KEPT = {"\n", "\t"}
_TURNING = {chr(code) for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)}
_LONGEST_NAME, _LONGEST_ENDING = 100, 10


def cleaned(text: str) -> str:
    """The text as it is kept: line ends as one character, nothing invisible, no half of a character."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode()
    return "".join(letter for letter in text if _is_kept(letter)).strip()


def cleaned_name(name: str) -> str:
    """The last part of a file's name, short enough to be kept, its ending whole."""
    last = cleaned(name.replace("\\", "/")).replace("\n", " ").replace("\t", " ").rpartition("/")[2].strip(" .")
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return last[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - _LONGEST_ENDING - 1]}.{ending}"


def _is_kept(letter: str) -> bool:
    return letter in _KEPT or (letter not in _TURNING and unicodedata.category(letter) not in ("Cc", "Cs", "Co"))
