"""Searching the guidance: one question, texts of all languages, with what was found marked."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock, headers
from app.core.pages import language
from app.guide.forms.asking import question
from app.guide.public.entry import bp
from app.guide.queries import lists
from app.guide.queries import search as reads


@bp.get("/guide/search")
def search() -> ResponseReturnValue:
    """Show the texts that a question finds; without one, the topics."""
    asked = question(request.args)
    body = render_template(
        "guide/search.html",
        asked=asked,
        answer=reads.search(asked, language(), clock.today()) if asked else None,
        topics=lists.topics(),
    )
    return headers.public(make_response(body))
