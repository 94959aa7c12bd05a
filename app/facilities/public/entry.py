"""The blueprint of the finder's pages. Cacheable, no cookie, no session."""

from flask import Blueprint

bp = Blueprint("facilities", __name__, url_prefix="/<lang:lang>")
