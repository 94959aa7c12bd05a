"""The counter of guidance: find a text, write it, see its page, sign and publish it, translate it."""

from app.guide.staff import history, looking, publishing, signing, texts, today, translating, writing
from app.guide.staff.entry import bp

__all__ = ["bp", "history", "looking", "publishing", "signing", "texts", "today", "translating", "writing"]
