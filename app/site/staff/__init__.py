"""The counter of everything: the audit, files to take out, help."""

from app.site.staff import audit, exports, helping, today
from app.site.staff.entry import bp

__all__ = ["audit", "bp", "exports", "helping", "today"]
