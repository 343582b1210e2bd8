"""The package of a docx file around its body: styles, page set-up, page numbers, draft mark, figure keys.

Written part by part from our own template: the template of the usual library brings a Japanese font, a
thumbnail and somebody's name. Equal documents give identical bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from rongji.documents import paper
from rongji.documents.fonts import OFFICIAL_NAMES, Face
from rongji.documents.paper import Sheet
from rongji.documents.writers.archive import zipped

TEMPLATE = Path(__file__).with_name("docx_template")
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
FIGURES_NAMESPACE = "urn:rongji:figures"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * paper.TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Bookmarked:
    """A printed figure: the name of its bookmark in the text, its key, status and note."""

    bookmark: str
    key: str
    status: str
    note: str


def section_properties(sheet: Sheet) -> str:
    """Page, margins, 22 × 28 grid and the headers and footers of one section."""
    turned = sheet.width > sheet.height
    way = "landscape" if turned else "portrait"
    footer_at = sheet.bottom - paper.PAGE_NUMBER_DROP - paper.PAGE_NUMBER_SIZE / paper.POINTS_PER_MM
    references = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="{part}-{way}-{kind}"/>'
        for part in ("header", "footer")
        for kind in ("even", "default")
    )
    landscape = ' w:orient="landscape"' if turned else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(sheet.width)}" w:h="{twips(sheet.height)}"{landscape}/>'
        f'<w:pgMar w:top="{twips(sheet.top)}" w:right="{twips(sheet.right)}" w:bottom="{twips(sheet.bottom)}" '
        f'w:left="{twips(sheet.left)}" w:header="{twips(15)}" w:footer="{twips(footer_at)}" w:gutter="0"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{round(paper.LINE_PITCH * 20)}" w:charSpace="0"/></w:sectPr>'
    )


def package(
    body: str,
    *,
    title: str,
    notice: str,
    properties: Mapping[str, str],
    dated_on: date | None,
    figures: Sequence[Bookmarked],
) -> bytes:
    """The whole file around a body of WordprocessingML."""
    parts = {
        "word/document.xml": f"{_XML}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}": (TEMPLATE / name).read_text(encoding="utf-8") for name in _STATIC},
        **_headers_and_footers(notice),
        "customXml/item1.xml": _figure_list(figures, properties),
        "docProps/core.xml": _core(title, properties, dated_on),
        "docProps/app.xml": f'{_XML}<Properties xmlns="{_OFFICE[:-13]}extended-properties">'
        "<Application>Rongji</Application></Properties>",
        "_rels/.rels": _relationships(_ROOT_RELATIONS),
        "word/_rels/document.xml.rels": _relationships(_document_relations()),
    }
    whole = {"[Content_Types].xml": _content_types(parts), **parts}
    return zipped({name: content.encode("utf-8") for name, content in whole.items()})


_STATIC = {"styles.xml": "styles", "settings.xml": "settings", "fontTable.xml": "fontTable"}
_ROOT_RELATIONS = (
    ("document", f"{_OFFICE}/officeDocument", "word/document.xml"),
    ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    ("app", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
)
_EDGES = tuple(
    (part, way, kind)
    for part in ("header", "footer")
    for way in ("portrait", "landscape")
    for kind in ("even", "default")
)


def _document_relations() -> tuple[tuple[str, str, str], ...]:
    static = [(kind, f"{_OFFICE}/{kind}", name) for name, kind in _STATIC.items()]
    edges = [(f"{p}-{way}-{kind}", f"{_OFFICE}/{p}", f"{p}-{way}-{kind}.xml") for p, way, kind in _EDGES]
    return (*static, *edges, ("figures", f"{_OFFICE}/customXml", "../customXml/item1.xml"))


def _relationships(relations: Sequence[tuple[str, str, str]]) -> str:
    rows = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in relations)
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _content_types(parts: Mapping[str, str]) -> str:
    kinds = {
        "word/document.xml": f"{_TYPES}.document.main+xml",
        **{f"word/{name}": f"{_TYPES}.{kind}+xml" for name, kind in _STATIC.items()},
        **{f"word/{p}-{way}-{kind}.xml": f"{_TYPES}.{p}+xml" for p, way, kind in _EDGES},
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kinds[name]}"/>' for name in parts if name in kinds)
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _core(title: str, properties: Mapping[str, str], dated_on: date | None) -> str:
    when = ""
    if dated_on:
        stamp = f'xsi:type="dcterms:W3CDTF">{dated_on.isoformat()}T00:00:00Z<'
        when = f"<dcterms:created {stamp}/dcterms:created><dcterms:modified {stamp}/dcterms:modified>"
    keywords = "; ".join(f"{key}={value}" for key, value in sorted(properties.items()))
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(properties.get('unit', ''))}</dc:creator>"
        f"<cp:keywords>{escape(keywords)}</cp:keywords><dc:language>zh-CN</dc:language>{when}</cp:coreProperties>"
    )


def _figure_list(figures: Sequence[Bookmarked], properties: Mapping[str, str]) -> str:
    """Which bookmark prints which figure: bookmark names are too short for keys."""
    facts = "".join(f"<property name={quoteattr(k)} value={quoteattr(v)}/>" for k, v in sorted(properties.items()))
    rows = "".join(
        f"<figure bookmark={quoteattr(f.bookmark)} key={quoteattr(f.key)} status={quoteattr(f.status)} "
        f"note={quoteattr(f.note)}/>"
        for f in figures
    )
    return f'{_XML}<figures xmlns="{FIGURES_NAMESPACE}">{facts}{rows}</figures>'


def _headers_and_footers(notice: str) -> dict[str, str]:
    made: dict[str, str] = {}
    for way in ("portrait", "landscape"):
        for kind in ("even", "default"):
            number = _turned_number(kind) if way == "landscape" else ""
            mark = _draft_mark(notice) if notice else ""
            header = f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{mark}{number}</w:p>'
            footer = _number_line(kind) if way == "portrait" else '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p>'
            made[f"word/header-{way}-{kind}.xml"] = f"{_XML}<w:hdr {NAMESPACES}>{header}</w:hdr>"
            made[f"word/footer-{way}-{kind}.xml"] = f"{_XML}<w:ftr {NAMESPACES}>{footer}</w:ftr>"
    return made


_PAGE_FIELD = (
    '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
)


def _number_line(kind: str) -> str:
    """— 1 — towards the fore edge, one character in: right on odd pages, left on even ones."""
    side = "left" if kind == "even" else "right"
    properties = f'<w:pStyle w:val="Footer"/><w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{_PAGE_FIELD}</w:p>"


def _turned_number(kind: str) -> str:
    """On a turned page the number stays where upright pages have it: at the left, on its side."""
    sheet = paper.LANDSCAPE
    length, thick = 30, 7
    edge = paper.FORE_EDGE + paper.PAGE_NUMBER_SIZE / paper.POINTS_PER_MM
    top = edge if kind == "even" else sheet.height - edge - length
    left = sheet.left - paper.PAGE_NUMBER_DROP - thick
    side = "left" if kind == "even" else "right"
    style = (
        f"position:absolute;margin-left:{left}mm;margin-top:{top:.2f}mm;width:{thick}mm;height:{length}mm;"
        "mso-position-horizontal-relative:page;mso-position-vertical-relative:page;z-index:2"
    )
    return (
        f'<w:r><w:pict><v:rect id="number-{kind}" style="{style}" stroked="f" filled="f">'
        '<v:textbox style="layout-flow:vertical" inset="0,0,0,0"><w:txbxContent>'
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="{side}"/></w:pPr>{_PAGE_FIELD}</w:p>'
        "</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )


def _draft_mark(notice: str) -> str:
    """The standing of a draft in light grey across the page, behind the text."""
    height = min(96, 400 // len(notice))
    style = (
        f"position:absolute;width:{height * len(notice)}pt;height:{height}pt;rotation:325;z-index:-1;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return (
        '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="draft-mark" o:spid="_x0000_s2049" type="#_x0000_t136" style="{style}" '
        'fillcolor="#e4e4e4" stroked="f" o:allowincell="f">'
        f"<v:textpath style=\"font-family:'{OFFICIAL_NAMES[Face.HEI]}';font-size:1pt\" string={quoteattr(notice)}/>"
        '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
    )
