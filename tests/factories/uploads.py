"""Files brought to the counter, as a browser does it: `Desk(app, "demo-lead")` brings, looks and decides."""

import io
import re
from typing import Any

from flask import Flask

from app.facilities.service import uploads
from tests.factories.counter import officer, token_of

HOME = "/zh-Hans/staff/imports"
AREA = "990101"
LEDGER = "序号,机构名称,乡镇,联系电话,机构性质,全日托保育费（元/月）\n"
COLUMNS = {
    "title": "花县托育机构台账",
    "field-1": "name",
    "field-2": "township",
    "field-3": "phone",
    "field-4": "form",
    "field-5": "fee.amount",
    "component-5": "care",
    "care-5": "full-day",
    "band-5": "*",
    "unit-5": "month",
    "days": "",
    "money": "yuan",
    "ages": "months",
    "datum": "gcj02",
    "new": "add",
}


def ledger(*rows: str) -> bytes:
    """Return a ledger of a layout that no shipped profile knows."""
    return ("县级台账\n" + LEDGER + "".join(f"{at},{row}\n" for at, row in enumerate(rows, start=1))).encode()


class Desk:
    """Somebody at the import screens, and the job worker beside them."""

    def __init__(self, app: Flask, handle: str, home: str = HOME) -> None:
        self.app = app
        self.home = home
        self.client = officer(app, handle)

    def bring(self, data: bytes, name: str = "ledger.csv", **fields: Any):
        """Send a file; returns the answer."""
        token = token_of(self.client, self.home)
        form = {"csrf_token": token, "area": AREA, "file": (io.BytesIO(data), name), **fields}
        return self.client.post(self.home, data=form, content_type="multipart/form-data")

    def brought(self, data: bytes, name: str = "ledger.csv", **fields: Any) -> str:
        """Send a file that is taken in and let the worker look at it; returns its address."""
        answer = self.bring(data, name, **fields)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        self.work()
        return answer.location

    def work(self) -> int:
        """Let the job worker do what waits."""
        with self.app.app_context():
            return uploads.work()

    def look(self, address: str) -> str:
        """Return a page as text."""
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.get_data(as_text=True)

    def seen(self, address: str) -> str:
        """Return the version that a page shows."""
        return re.search(r'name="seen" value="(\d+)"', self.look(address))[1]

    def send(self, address: str, page: str, **fields: Any):
        """Send a form of a page."""
        data = {"csrf_token": token_of(self.client, page), "seen": self.seen(page), **fields}
        return self.client.post(address, data=data)

    def match(self, at: str, **fields: str):
        """Match the columns of the ledger above, and let the worker compare."""
        answer = self.send(f"{at}/columns", f"{at}/columns", **{**COLUMNS, "do": "save", **fields})
        self.work()
        return answer

    def act(self, at: str, what: str):
        """Press a button beneath a file, and let the worker do it."""
        answer = self.send(f"{at}/act", at, do=what)
        self.work()
        return answer
