"""The order of the pages of a report."""

from app.cases.rules.report import Report

PAGES = ("purpose", "where", "subject", "story", "files", "you", "check")
"""One page a question; the subject and the story are two halves of one step."""


def missing(report: Report) -> str | None:
    """Return the first page without which the later ones make no sense, if it lacks its answer."""
    if not report.purpose:
        return "purpose"
    if not report.area:
        return "where"
    return None if report.category else "subject"


def following(report: Report, after: str = "") -> str:
    """Return the page to show next: the one after a page, unless an earlier one was never answered."""
    if not after:
        return missing(report) or ("story" if not report.story else "check")
    nxt = PAGES[PAGES.index(after) + 1]
    if nxt == "where" and report.area and report.facility:
        nxt = "subject"
    first = missing(report)
    return first if first and PAGES.index(first) < PAGES.index(nxt) else nxt
