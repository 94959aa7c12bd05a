"""The public door of this room; it opens with its content. Until then it says so and gives the numbers."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import headers

bp = Blueprint("guide", __name__, url_prefix="/<lang:lang>")


@bp.get("/guide")
def home() -> ResponseReturnValue:
    """Say plainly that this door is not open yet, and whom to call."""
    return headers.public(
        make_response(render_template("site/soon.html", door="guide", hotlines=areas.hotlines()))
    )
