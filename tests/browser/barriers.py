"""Whether a page shuts anybody out: axe-core, the usual tool, in the real browser, at the widths of desk and phone."""

from typing import Any

DESK = {"width": 1300, "height": 900}
PHONE = {"width": 360, "height": 740}
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
# the page has taken note of its new width
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
RUN = "(options) => axe.run(options).then((found) => found.violations)"


def barriers(page: Any, *widths: dict[str, int]) -> list[str]:
    """What axe-core finds on the page as it stands against WCAG 2.1, levels A and AA, at each of the widths.

    Rule, place and what axe says of it; the page is left at its own width.
    """
    from axe_playwright_python.base import AXE_SCRIPT

    own, found = page.viewport_size, []
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for width in widths or (own,):
        if width != page.viewport_size:
            page.set_viewport_size(width)
            page.evaluate(DRAWN)
        for rule in page.evaluate(RUN, WCAG):
            found += [
                f"{rule['id']} {node['target']} {width['width']} {node['failureSummary']}" for node in rule["nodes"]
            ]
    if page.viewport_size != own:
        page.set_viewport_size(own)
    return found
