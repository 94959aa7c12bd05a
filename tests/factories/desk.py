"""The counter's pages of facilities for tests: forms as a browser would send them."""

import re
from html import unescape

from sqlalchemy import select

from app.extensions import db
from app.facilities.model import Observed
from tests.pages import PageClient

SHOP, NEIGHBOUR = "V2BZZGN6", "0ECSHKN2"
"""Two facilities of the fictional county, in different townships."""
WORKER, ELSEWHERE, LEAD = "demo-worker-1", "demo-worker-2", "demo-lead"
DESK = "/en/staff/facilities"
_INPUT = re.compile(r"<input[^>]*>|<select.*?</select>", re.DOTALL)


def filled(client: PageClient, path: str, form: str = "") -> dict[str, str]:
    """Fetch a page and return what its form (the first that contains `form`) would send untouched."""
    text = client.get(path).get_data(as_text=True)
    forms = [each for each in re.findall(r"<form.*?</form>", text, re.DOTALL) if 'method="post"' in each]
    chosen = next(each for each in forms if form in each and "sign-out" not in each)
    return values(chosen)


def values(html: str) -> dict[str, str]:
    """Return the names and values of the controls of a form; boxes and buttons only if they are ticked."""
    found: dict[str, str] = {}
    for control in _INPUT.findall(html):
        name = re.search(r'name="([^"]+)"', control)
        if not name:
            continue
        if control.startswith("<select"):
            chosen = re.search(r'<option[^>]*selected[^>]*value="([^"]*)"', control) or re.search(
                r'value="([^"]*)"', control
            )
            found[name[1]] = unescape(chosen[1]) if chosen else ""
            continue
        ticks = re.search(r'type="(checkbox|radio)"', control)
        value = re.search(r'value="([^"]*)"', control)
        if not ticks or " checked" in control:
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def change(client: PageClient, path: str, **answers: object):
    """Fill in the form of a page and send it, seen on the spot today."""
    return client.post(path, data={**filled(client, path, 'name="once"'), "how": "visit", **answers})


def newest(facility: str, field: str) -> Observed:
    """Return what was recorded last of a field. Call it inside an app context."""
    query = select(Observed).where(Observed.facility == facility, Observed.field == field)
    return db.session.scalars(query.order_by(Observed.id.desc())).first()
