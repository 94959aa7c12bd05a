"""A resident at the site: fills in the pages of a report one after another, as a browser does.

someone = Resident(app)
receipt = someone.reports(category="fees")
someone.opens(someone.code)
"""

import io
import json
import re
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from PIL import Image
from werkzeug.test import TestResponse

TOWN = "990101001"
STORY = "老师经常迟到，孩子在教室里没人看管，上周三也是这样。"
ANSWER = "7"
"""Right for the question that `easy` asks: three plus four."""


def picture(side: int = 64, kind: str = "JPEG") -> bytes:
    """Return a small photo."""
    found = io.BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(found, kind)
    return found.getvalue()


class Resident:
    """A browser with its own cookies, speaking one language, from one address."""

    code = ""

    def __init__(self, app: Flask, lang: str = "en", address: str = "192.0.2.7") -> None:
        self.app, self.lang = app, lang
        self.client = app.test_client()
        self.environ = {"REMOTE_ADDR": address}

    def get(self, path: str) -> TestResponse:
        """Fetch a page and follow where it leads."""
        return self.follow(self.client.get(f"/{self.lang}{path}", environ_base=self.environ))

    def follow(self, response: TestResponse) -> TestResponse:
        """Follow redirects."""
        while 300 <= response.status_code < 400:
            response = self.client.get(response.headers["Location"], environ_base=self.environ)
        return response

    def post(self, path: str, headers: Any = None, **fields: Any) -> TestResponse:
        """Send a form with the token of the page that is open."""
        data = {"csrf_token": self.token, **fields}
        return self.client.post(f"/{self.lang}{path}", data=data, headers=headers, environ_base=self.environ)

    def send(self, path: str, **fields: Any) -> TestResponse:
        """Send a form and follow where it leads."""
        return self.follow(self.post(path, **fields))

    @property
    def text(self) -> str:
        """The page that is open."""
        return self.client.page.html.decode()

    def field(self, name: str) -> str:
        """Return the value of a hidden field of the open page."""
        found = re.search(rf'name="?{name}"?\s+value="?([^" >]*)', self.text)
        assert found, f"no field {name} in {self.client.page.path}"
        return found[1]

    @property
    def token(self) -> str:
        """The open page's token; empty where it has no form."""
        found = re.search(r'name=csrf_token value="([^"]+)"', self.text)
        return found[1] if found else ""

    @property
    def session(self) -> dict[str, Any]:
        """What the cookie says to whoever decodes it."""
        cookie = self.client.get_cookie("tuoyu")
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        return json.loads(json.dumps(signer.loads(cookie.value))) if cookie else {}

    def fills(self, upto: str = "check", **answers: Any) -> None:
        """Fill in the pages up to one; the report is an anonymous one about an unlisted place."""
        given = {"purpose": "report", "category": "care", "story": STORY, "child_safety": "none", **answers}
        self.get("/report/purpose")
        self.send("/report/purpose", purpose=given["purpose"])
        if upto == "where":
            return
        self.get("/report/place")
        self.send("/report/place", area=TOWN[:6], township=TOWN, address=given.get("address", "中心路1号"))
        if upto == "subject":
            return
        self.send("/report/subject", category=given["category"])
        if upto == "story":
            return
        asked = ("story", "child_safety", "grave", "about", "happened", "kindergarten")
        self.send("/report/story", **{name: given[name] for name in asked if name in given})
        if "/report/urgent" in self.client.page.path:
            self.send("/report/urgent", emergency_call=given.get("emergency_call", "called"))
        if upto == "files":
            return
        self.send("/report/files")
        if upto == "you":
            return
        named = {name: given[name] for name in ("name", "phone", "other") if name in given}
        self.send("/report/you", named="yes" if named else "no", **named)

    def sends(self, **fields: Any) -> TestResponse:
        """Press the button of the check page, the question answered."""
        given = {"answer": ANSWER, "notice": "y", "do": "send", "proof": self.field("proof"), **fields}
        response = self.post("/report/send", **given)
        groups = re.findall(r"<span>(\d{4})</span>", response.text)
        self.code = " ".join(groups) if len(groups) == 5 else self.code
        return response

    def reports(self, **answers: Any) -> TestResponse:
        """File a report; afterwards the receipt is open, and `code` is known."""
        self.fills(**answers)
        response = self.sends()
        assert response.status_code == 200, response.text
        return response

    def sends_everything(self) -> None:
        """File the report that is begun, confirm its code and open the case."""
        self.send("/report/files")
        self.send("/report/you", named="no")
        self.sends()
        self.send("/report/received", last_four=self.code[-4:])
        self.get("/track/case")

    def opens(self, code: str | None = None) -> TestResponse:
        """Open a case with its code."""
        self.get("/track")
        return self.send("/track", code=self.code if code is None else code)

    def number(self) -> str:
        """Return the case number on the open page."""
        found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]", self.text)
        assert found
        return found[0]
