"""A report of running text, as a reader would return it, and what the audit says of it."""

from rongji.audit.run import findings
from rongji.audit.stated import stated
from rongji.checks.stated.model import Passage, StatedDocument
from rongji.documents.model import Document, Heading, Paragraph, Text, Title
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Place

TITLE = "2023年度青山县民政局部门整体支出绩效自评报告"


def report(*paragraphs: str, title: str = TITLE) -> StatedDocument:
    """What a report of these paragraphs states; `# ` in front makes a heading of the first level."""
    blocks: list[Title | Heading | Paragraph] = [Title((title,))] if title else []
    for number, text in enumerate(paragraphs, 1):
        run = Text(text.removeprefix("# "), place=Place(line=number))
        blocks.append(Heading(1, (run,)) if text.startswith("# ") else Paragraph((run,)))
    return stated(Document(title, tuple(blocks)), "report")


def passage(text: str, title: str = TITLE) -> Passage:
    """One paragraph, read."""
    return report(text, title=title).passages[-1]


def said(check: str, *paragraphs: str, title: str = TITLE) -> list[Finding]:
    """What one check says of a report."""
    return [item for item in findings(report(*paragraphs, title=title)) if item.check == check]


def verdicts(check: str, *paragraphs: str, title: str = TITLE) -> list[str]:
    """Its verdicts, in order."""
    return [item.verdict.value for item in said(check, *paragraphs, title=title)]


def accusations(*paragraphs: str, title: str = TITLE) -> list[str]:
    """Everything that a report is accused of."""
    return [
        item.explanation for item in findings(report(*paragraphs, title=title)) if item.verdict is Verdict.CONTRADICTION
    ]
