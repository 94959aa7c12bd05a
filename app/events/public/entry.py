"""The blueprint of the pages about events."""

from flask import Blueprint

bp = Blueprint("events", __name__, url_prefix="/<lang:lang>")
