"""The ten-minute guide for a new worker, and its pictures."""

from flask import abort, current_app, make_response
from flask.typing import ResponseReturnValue

from app.accounts.staff import door
from app.core.pages import language
from app.site.queries import helping
from app.site.staff.entry import bp, show


@bp.get("/help", endpoint="help")
@door()
def guide() -> ResponseReturnValue:
    """Show how the work is done, part by part."""
    return show("help/help.html", guide=helping.guide(language()))


@bp.get("/help/pictures/<code>/<name>")
@door()
def help_picture(code: str, name: str) -> ResponseReturnValue:
    """Return a picture of a screen."""
    known = current_app.extensions["languages"].codes
    data = helping.picture(code, name) if code in known else None
    if data is None:
        abort(404)
    response = make_response(data)
    response.mimetype = "image/webp"
    return response
