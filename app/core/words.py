"""Words in the reader's language by the shortest way: a page asks for hundreds of them."""

from typing import Any, cast

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import Domain, get_domain
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup


class Words(Domain):  # type: ignore[misc]
    """The catalogues, with the one of the present language at hand while an answer is made."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the present language."""
        try:
            here = g.get("_flask_babel")
        except RuntimeError:
            return NullTranslations()
        held = getattr(here, "words", None)
        if held is not None and held[0] is here.babel_locale:
            return cast("NullTranslations", held[1])
        found = cast("NullTranslations", super().get_translations())
        g._flask_babel.words = (g._flask_babel.babel_locale, found)  # noqa: SLF001 - beside the language's choice
        return found


def catalogue() -> NullTranslations:
    """Return the catalogue of the present language."""
    return cast("NullTranslations", get_domain().get_translations())


def install(app: Flask) -> None:
    """Let pages and labels ask the catalogue at hand."""
    words = Words()
    app.extensions["babel"].instance.domain_instance = words

    @pass_context
    def translated(context: Context, string: str, **values: Any) -> str:
        found = words.get_translations().ugettext(string)
        shown = Markup(found) if context.eval_ctx.autoescape else found  # noqa: S704 - a translator's words
        return shown % values if values or "%" in found else shown

    app.jinja_env.globals.update(gettext=translated, _=translated)
