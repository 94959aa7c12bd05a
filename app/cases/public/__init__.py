"""The resident's door: report, receipt, and what became of a case. Sessions, no caches, no accounts."""

from app.cases.public import acts, files, report, sending, story, track, where, you
from app.cases.public.entry import bp

__all__ = ["acts", "bp", "files", "report", "sending", "story", "track", "where", "you"]
