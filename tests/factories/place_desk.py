"""Working at the counter of a place: rows are read from a form as it is shown and sent back changed."""

import re
from html import unescape

from tests.addresses import DEMO
from tests.factories.accounts import sign_in

LEAD, SECOND, ADMIN, WORKER = "demo-lead", "demo-lead-2", "demo-admin", "demo-worker-1"
HOME = f"/en/staff/place/{DEMO}"


def desk_of(app, handle):
    client = app.test_client()
    sign_in(client, handle)
    return client


def fields_of(page: str) -> dict[str, object]:
    """Return what the last form of a page would send as it is shown."""
    found: dict[str, object] = {}
    page = page[page.rindex("<form") :]
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        said = unescape(value[1]) if value else ""
        if name and 'type="checkbox"' in tag:
            found.setdefault(name[1], []).extend([said] if " checked" in tag else [])
        elif name and name[1] in found:
            found[name[1]] = [
                *([found[name[1]]] if isinstance(found[name[1]], str) else found[name[1]]),
                said,
            ]
        elif name:
            found[name[1]] = said
    for name, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        found[name] = unescape(text)
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        first = re.findall(r'<option value="([^"]*)"', options)[:1]
        found[name] = [*found.get(name, []), *map(unescape, chosen or first)]
    return found


def send_row(client, table, key="", **cells):
    address = f"{HOME}/{table}/row"
    fields = fields_of(client.get(address, query_string={"key": key} if key else {}).text)
    return client.post(address, data={**fields, "do": "save", **cells})


def step(client, address, act, **more):
    page = client.get(address).text
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    return client.post(address, data={"csrf_token": token, "version": version, "do": act, **more})


def market_takes_care(client):
    """Put a rule into the draft by which another office leads on the quality of care."""
    cells = {
        "cell-priority": "1", "cell-category": "care", "cell-lead": f"{DEMO}.market",
        "cell-basis-document": "xq-complaints", "cell-basis-clause": "4.1", "cell-basis-sure": "b",
        "cell-paraphrase_zh-Hans": "试一试。", "cell-valid_from": "",
    }  # fmt: skip
    answer = send_row(client, "routing", **cells)
    assert answer.status_code == 303, answer.text
    return answer.location
