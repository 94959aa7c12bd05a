"""Forms of the finder that arrive without a valid token: shown once more, with what was typed."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.core import stamps
from app.facilities.public import age, correct
from app.facilities.public.entry import bp


@bp.errorhandler(CSRFError)
def expired(_error: CSRFError) -> ResponseReturnValue:
    """Do nothing and lose nothing. A form that another site sent starts anew."""
    if not stamps.from_elsewhere():
        if request.endpoint == "facilities.correct":
            return correct.once_more((request.view_args or {})["id"])
        if request.endpoint == "facilities.age":
            return age.once_more()
    return redirect(url_for(request.endpoint or "facilities.find", **(request.view_args or {})), 303)
