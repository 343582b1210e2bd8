"""The lines of a text file as an editor counts them, page breaks inside them known."""

from dataclasses import dataclass

from rongji.documents.readers.flow import Line, indent_of, text_width
from rongji.kernel.place import Place


@dataclass(frozen=True, slots=True)
class RawLine:
    """A stretch of a line between page breaks. start: where it begins in the line; page_start: after a page break."""

    file: str
    number: int
    text: str
    start: int = 0
    page_start: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not self.text or self.text.isspace()

    @property
    def is_cell(self) -> bool:
        """Whether a flattened cell begins here: a tab, only white space before it, no other tab among the words."""
        at = self.text.find("\t")
        return at >= 0 and not self.text[:at].strip() and "\t" not in self.text[at + 1 :].rstrip()

    def cell_line(self) -> Line:
        """The printed part behind the tab."""
        return self.piece(self.text.index("\t") + 1, len(self.text))

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch of this text."""
        return Place(file=self.file, line=self.number, span=(self.start + start, self.start + end))

    def line(self, gap: int = 0) -> Line:
        """The printed part for joining into paragraphs."""
        return self.piece(0, len(self.text), gap)

    def piece(self, start: int, end: int, gap: int = 0) -> Line:
        """The printed part of a stretch; its left edge is counted from the beginning of the stretch."""
        part = self.text[start:end]
        bare = part.strip()
        begin = start + len(part) - len(part.lstrip())
        left = indent_of(part)
        place = self.place(begin, begin + len(bare))
        return Line(bare, place, left, left + text_width(bare), gap, self.page_start)


def physical_lines(text: str, file: str) -> list[RawLine]:
    """Every line, numbered from 1; one with page breaks inside comes in several stretches."""
    ends = "\n" if "\n" in text else "\r"
    made: list[RawLine] = []
    for number, line in enumerate(text.split(ends), 1):
        words = line.removesuffix("\r")
        if "\f" not in words:
            made.append(RawLine(file, number, words))
            continue
        start = 0
        for index, part in enumerate(words.split("\f")):
            made.append(RawLine(file, number, part, start, page_start=index > 0))
            start += len(part) + 1
    return made
