"""Forms and words of the pages that join rooms."""

from app.core.labels import Labels
from app.site.forms import audit_words, export_words
from app.site.forms.view import LABELS as VIEW_LABELS

LABELS: Labels = {**VIEW_LABELS, **audit_words.LABELS, **export_words.LABELS}
"""The words for this room's codes."""

__all__ = ["LABELS"]
