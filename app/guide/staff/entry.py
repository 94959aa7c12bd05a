"""The blueprint of the pages behind the counter where texts are written, and what all of them share."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import escape
from werkzeug.exceptions import RequestEntityTooLarge

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.accounts.staff import keep_typed
from app.core.i18n import SOURCE
from app.guide.forms.asking import links
from app.guide.queries import editing as reads
from app.guide.queries import signers
from app.guide.queries import texts as pages
from app.guide.queries.editing import Desk
from app.guide.queries.shelves import Wanted
from app.guide.queries.signers import Signer
from app.guide.queries.texts import Article

bp = Blueprint("guide_staff", __name__, url_prefix="/<lang:lang>/staff/guide")
CONFLICT, TOO_LARGE, UNREADY = 409, 413, 422
T = TypeVar("T")
_WORDS = ("title", "summary", "heading", "text", "note", "back", "proof", "name", "organisation")
"""Fields of the forms of this room that people type into, up to a hyphen and a number."""

_WRITING = ("guide_staff.edit", "guide_staff.translate")
_LONGEST = 4 * 1024 * 1024
"""Bytes of a form with a text: a Chinese letter travels as nine."""

keep_typed(bp, shown=lambda name: name.partition("-")[0] in _WORDS, instead=("do", "save"))


@bp.url_value_preprocessor
def _let_long_texts_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Raise the limits where texts are written, before anything reads the form."""
    if endpoint in _WRITING:
        request.max_content_length = request.max_form_memory_size = _LONGEST


@bp.errorhandler(RequestEntityTooLarge)
def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    return show("large.html", TOO_LARGE)


def me() -> Staff:
    """Return who is signed in; behind the door somebody is."""
    found: Staff = g.staff
    return found


def show(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Answer with a page of the counter."""
    return make_response(render_template(f"staff/guide/{template}", **values), status)


def theirs(slug: str, code: str) -> Desk:
    """Return a text in a language that somebody may write; any other is as if it were not there."""
    known: tuple[str, ...] = current_app.extensions["languages"].codes
    target = reads.target(slug[:80])
    action = Action.GUIDE_SOURCE if code == SOURCE else Action.GUIDE_EDIT
    if target is None or code not in known or not me().may(action, target):
        abort(404)
    return reads.desk(slug, code)


def signing_as(place: str | None) -> Signer:
    """Return who is signed in as far as signing texts of a place, or of all, goes."""
    return signers.signer(me(), reads.target_of(place))


def writing_at(desk: Desk) -> str:
    """Return where a text is written: a translation beside its source, where there is one."""
    aside = not desk.is_source and desk.source is not None
    return url_for(
        "guide_staff.translate" if aside else "guide_staff.edit", slug=desk.slug, code=desk.language
    )


def as_page(slug: str, code: str, n: int) -> Article:
    """Return a revision as its page would be; a draft that has no title yet says so in its place."""
    found = pages.preview(slug, code, n, links=links()) if n < 1 << 31 else None
    if found is None:
        abort(404)
    if found.shown.title:
        return found
    words = _("No title yet")
    return replace(found, shown=replace(found.shown, title=escape(words), title_text=words))


def asked_of_list() -> Wanted:
    """Return what of the list of texts the address asks for."""

    def asked(name: str) -> str:
        text = "".join(letter for letter in request.args.get(name, "") if letter.isprintable())
        return " ".join(text.split())[:80]

    return Wanted(asked("q"), asked("topic"), asked("language"), asked("state"), asked("flag"))


def paged(found: Sequence[T], size: int) -> tuple[Sequence[T], int, int]:
    """Return one page of a list, its number as the address asks for it, and how many pages there are."""
    pages = max(1, -(-len(found) // size))
    asked = request.args.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1  # noqa: PLR2004
    page = max(1, min(page, pages))
    return found[(page - 1) * size :][:size], page, pages


def may_read(slug: str) -> None:
    """Go on only with a text within reach, whatever its language."""
    target = reads.target(slug[:80])
    if target is None or not me().may(Action.GUIDE_EDIT, target):
        abort(404)
