"""The counter of guidance: find a text, write it, see its page, publish it, bring back an older one."""

from app.guide.staff import history, looking, publishing, texts, writing
from app.guide.staff.entry import bp

__all__ = ["bp", "history", "looking", "publishing", "texts", "writing"]
