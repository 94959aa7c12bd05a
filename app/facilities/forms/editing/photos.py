"""Forms of photos: what is to be seen on one, and that nobody is shown against their will."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField

from app.core import clock
from app.facilities.forms.editing.how import read_day
from app.facilities.forms.editing.records import LineForm
from app.facilities.forms.proposing.base import SENTENCES


class WordsForm(LineForm):
    """What is to be seen, in words for those who do not see it."""

    lines: ClassVar[tuple[str, ...]] = ("says_zh", "says_ug", "says_en")
    says_zh = StringField(_l("What is to be seen, in Chinese"), render_kw={"lang": "zh-Hans"})
    says_ug = StringField(_l("What is to be seen, in Uyghur"), render_kw={"lang": "ug", "dir": "auto"})
    says_en = StringField(_l("What is to be seen, in English"), render_kw={"lang": "en", "dir": "auto"})


class PhotoForm(WordsForm):
    """A photo that is added."""

    taken_on = StringField(_l("Day on which it was taken"), render_kw={"type": "date", "dir": "ltr"})
    nobody = BooleanField(
        _l("No child can be recognised on it; every adult on it and the facility agree that it is public.")
    )

    def agreed(self) -> bool:
        """Tell whether somebody vouches for it; noted if not."""
        if self.nobody.data:
            return True
        self.nobody.errors = [
            _l("Only a photo on which no child can be recognised may be shown. Look once more.")
        ]
        return False

    def on(self) -> str | None:
        """Return the day it was taken, if it was said; one to come or none at all is noted."""
        text = (self.taken_on.data or "").strip()
        found = read_day(text)
        if text and (found is None or found > clock.today()):
            self.taken_on.errors = [SENTENCES["day"]]
        return found.isoformat() if found else None
