"""Forms of the site itself."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.fields import SelectChoice

from app.core.labels import Labels
from app.core.pages import BACKGROUNDS, LINES, SIZES

LABELS: Labels = {
    "size": {"m": _l("Standard"), "l": _l("Large"), "xl": _l("Very large")},
    "background": {
        "auto": _l("As the device"),
        "light": _l("Light"),
        "warm": _l("Warm, easy on the eyes"),
        "dark": _l("Dark"),
        "contrast": _l("High contrast, yellow on black"),
    },
    "line": {"normal": _l("Normal"), "wide": _l("Wide")},
    "verdict": {
        "reached": _l("Reached today"),
        "short": _l("Not reached today"),
        "yet": _l("Not reached yet"),
        "open": _l("Cannot be told: not all have reported"),
        "silent": _l("Not reported"),
        "apart": _l("Towns and streets. The document may count something else, so the two are not compared."),
    },
}


def _choices(group: str, codes: tuple[str, ...]) -> list[SelectChoice]:
    return [SelectChoice(code, LABELS[group][code]) for code in codes]


class ViewForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Text size, background and line height."""

    size = RadioField(_l("Text size"), choices=_choices("size", SIZES))
    background = RadioField(_l("Background"), choices=_choices("background", BACKGROUNDS))
    line = RadioField(_l("Line spacing"), choices=_choices("line", LINES))
    next = HiddenField()
