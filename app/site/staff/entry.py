"""The blueprint of the pages behind the counter that join rooms."""

from flask import Blueprint, g, make_response, render_template
from flask.typing import ResponseReturnValue

from app.accounts.queries import Staff
from app.accounts.staff import keep_typed
from app.site.forms.audit_words import detail, said
from app.site.rules.helping import section_of

bp = Blueprint("site_staff", __name__, url_prefix="/<lang:lang>/staff")
keep_typed(bp)
bp.add_app_template_global(said, "audit_said")
bp.add_app_template_global(detail, "audit_detail")
bp.add_app_template_global(section_of, "help_section")


def me() -> Staff:
    """Return who is signed in; behind the door somebody is."""
    found: Staff = g.staff
    return found


def show(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Answer with a page of the counter."""
    return make_response(render_template(f"staff/{template}", **values), status)
