"""What was typed into a form comes back if its session has ended meanwhile: sign in beside it, send it again.

    keep_typed(bp, "accounts.lend", "accounts.invite")

Without names it is every form of the blueprint.
"""

from collections.abc import Callable, Collection

from flask import Blueprint, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.accounts import queries
from app.core import stamps

_NEVER = frozenset({"csrf_token", "password", "present", "code", "answer", "website"})
"""Tokens, traps, and secrets: no page repeats a password."""
_UNSEEN = frozenset({"seen", "once", "form", "do", "version", "shown", "proof", "base", "to"})
"""What travels with a form unseen, or is the button that was pressed."""

Shown = Callable[[str], bool]


def _typed(name: str) -> bool:
    return name not in _UNSEEN


def keep_typed(
    bp: Blueprint,
    *endpoints: str,
    but: Collection[str] = (),
    shown: Shown = _typed,
    instead: tuple[str, str] | None = None,
) -> None:
    """Have a blueprint answer a form of an ended session with a page that holds it.

    `endpoints`: those with forms of words, all of the blueprint if none is named. `but`: those whose files
    cannot be held, so that only the way back is shown. `shown`: whether the words of a field are shown on
    the page; the others travel unseen, and alone they are not held: the door sends to sign in. `instead`:
    name and value of the button that sends it again, in place of the one that was pressed. A form from
    another site is never held.
    """

    def is_held() -> bool:
        return (request.endpoint in endpoints or not endpoints) and request.endpoint not in but

    def ended() -> ResponseReturnValue | None:
        if request.method != "POST" or queries.staff() is not None:
            return None
        return answer(held=is_held()) if request.endpoint in but or (is_held() and words()) else None

    def older(_error: CSRFError) -> ResponseReturnValue:
        return answer(held=is_held() and not stamps.from_elsewhere())

    def words() -> list[str]:
        typed = request.form.items(multi=True)
        return [value for name, value in typed if name not in _NEVER and shown(name) and value.strip()]

    def answer(*, held: bool) -> ResponseReturnValue:
        taken = {*_NEVER, instead[0]} if instead else _NEVER
        fields = [
            (name, value)
            for name, value in request.form.items(multi=True)
            if held and name not in taken and name.isprintable()
        ]
        typed = words() if held else []
        g.staff = queries.staff()
        page = render_template(
            "staff/held.html", fields=fields if typed else (), words=typed, back=_back(), instead=instead
        )
        return make_response(page, 400)

    bp.before_request(ended)
    bp.register_error_handler(CSRFError, older)


def _back() -> str:
    """Return the address that the form was sent to, with what stood in it."""
    asked: dict[str, list[str]] = request.args.to_dict(flat=False)
    return url_for(request.endpoint or "accounts.home", **{**asked, **(request.view_args or {})})
