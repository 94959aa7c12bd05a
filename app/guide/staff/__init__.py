"""The counter of guidance: find a text, write it, see its page, publish it, bring back an older one."""

from app.guide.staff import history, publishing, texts, writing
from app.guide.staff.entry import bp

__all__ = ["bp", "history", "publishing", "texts", "writing"]
