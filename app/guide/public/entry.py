"""The blueprint of the pages of guidance."""

from flask import Blueprint

bp = Blueprint("guide", __name__, url_prefix="/<lang:lang>")
