"""Small PDF files written down operator by operator, so that a test says exactly what is drawn on a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

FONT = b"""<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [
<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500]
/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>
/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]
/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >>"""


@dataclass
class Page:
    """A page under construction; distances in points from the upper left corner."""

    width: float = 595
    height: float = 842
    turn: int = 0
    crop: tuple[float, float, float, float] | None = None
    operators: list[str] = field(default_factory=list)

    def text(self, left: float, base: float, words: str, size: float = 10, mode: int = 0) -> "Page":
        """Words that begin at the left, on a baseline."""
        return self.set(f"1 0 0 1 {left} {self.height - base}", words, size, mode)

    def set(self, matrix: str, words: str, size: float = 10, mode: int = 0) -> "Page":
        """Words under a text matrix of the file's own coordinates."""
        code = words.encode("utf-16-be").hex()
        return self.raw(f"BT /F1 {size} Tf {mode} Tr {matrix} Tm <{code}> Tj ET")

    def ends(self, right: float, base: float, words: str, size: float = 10) -> "Page":
        """Words that end at the right."""
        return self.text(right - width_of(words, size), base, words, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float, dash: str = "") -> "Page":
        """A stroked line."""
        return self.raw(f"q 0.5 w {dash} {x0} {self.height - y0} m {x1} {self.height - y1} l S Q")

    def thin(self, x0: float, y0: float, x1: float, y1: float) -> "Page":
        """A line drawn as a thin filled rectangle."""
        return self.raw(f"{x0} {self.height - y1} {max(x1 - x0, 0.5)} {max(y1 - y0, 0.5)} re f")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> "Page":
        """Every line of a grid."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def cells(
        self, xs: Sequence[float], ys: Sequence[float], rows: Iterable[Sequence[str]], size: float = 10
    ) -> "Page":
        """Words into a grid: numbers to the right, others to the left."""
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                base = (ys[r] + ys[r + 1]) / 2 + size * 0.36
                if words[:1].isdigit() or words[:1] in "-.":
                    self.ends(xs[c + 1] - 3, base, words, size)
                elif words:
                    self.text(xs[c] + 3, base, words, size)
        return self

    def raw(self, operator: str) -> "Page":
        """An operator as it stands in the file."""
        self.operators.append(operator)
        return self


def width_of(words: str, size: float = 10) -> float:
    """How wide words are set: digits and Latin letters half as wide as they are high."""
    return sum(size * (0.5 if char.isascii() else 1.0) for char in words)


def pdf_of(*pages: Page, trailer: str = "", objects: Sequence[bytes] = ()) -> bytes:
    """The file of these pages. objects: further ones, numbered from 4 + 2 × pages on."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        FONT,
    ]
    for number, page in enumerate(pages):
        crop = f"/CropBox [{' '.join(map(str, page.crop))}]" if page.crop else ""
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] {crop} /Rotate {page.turn} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>".encode()
        )
        content = "\n".join(page.operators).encode()
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return written([*bodies, *objects], trailer)


def written(bodies: Sequence[bytes], trailer: str = "") -> bytes:
    """Objects numbered from 1 with their table; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
