"""Nothing of the browser of somebody who gave no name is kept, and nothing ties two reports of it (T39)."""

import hashlib
import io
import logging
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from app.core import limits
from app.core.logs import JsonLine
from app.extensions import db
from tests.factories.resident import Resident, picture

pytestmark = pytest.mark.usefixtures("easy")

ADDRESS, FORWARDED = "198.51.100.77", "203.0.113.99"
BROWSER = "CanaryBrowser/7.31 (CanaryPhone; Build 8844)"
FOREIGN = "canary-cookie-of-another-site"
SENT = {
    "REMOTE_ADDR": ADDRESS,
    "HTTP_USER_AGENT": BROWSER,
    "HTTP_X_FORWARDED_FOR": FORWARDED,
    "HTTP_ACCEPT_LANGUAGE": "xx-canary;q=0.7331",
    "HTTP_REFERER": "http://localhost/canary-referrer",
    "HTTP_SEC_CH_UA_PLATFORM": "CanaryPlatform",
}
"""What a browser says of itself."""


@pytest.fixture
def logged():
    """Everything the program logs, as operators see it."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLine())
    log = logging.getLogger("tuoyu")
    log.addHandler(handler)
    yield lines
    log.removeHandler(handler)


class Marked(Resident):
    """A resident whose browser says much of itself, and whose cookies are noted."""

    def __init__(self, app) -> None:
        super().__init__(app)
        self.environ = SENT
        self.client.set_cookie("_track", FOREIGN)
        self.held: set[str] = set()

    def note(self) -> None:
        """Note the session cookie, whole and in its parts, and what it says."""
        cookie = self.client.get_cookie("tuoyu")
        if cookie:
            said = (str(value) for value in self.session.values() if isinstance(value, str))
            self.held |= {each for each in (cookie.value, *cookie.value.split("."), *said) if len(each) > 15}

    def get(self, path):
        response = super().get(path)
        self.note()
        return response

    def post(self, path, headers=None, **fields):
        response = super().post(path, headers, **fields)
        self.note()
        return response


def files_of(folder: Path) -> dict[str, bytes]:
    """Return what lies in a data folder, the database and its log included, but for the keys."""
    paths = [path for path in folder.rglob("*") if path.is_file() and "keys" not in path.parts]
    return {str(path): path.read_bytes() for path in paths}


def rows_of(app) -> dict[str, str]:
    """Return each table as text."""
    with app.app_context():
        tables = inspect(db.engine).get_table_names()
        return {
            name: "\n".join(map(str, db.session.execute(text(f'SELECT * FROM "{name}"')))) for name in tables
        }


def reports_and_follows(someone: Resident) -> None:
    """Report with a photo, confirm the code, come back with it, write."""
    someone.fills(upto="files")
    someone.send("/report/files", files=(io.BytesIO(picture()), "a.jpg"), do="add")
    someone.send("/report/files", children_shown="no")
    someone.send("/report/you", named="no")
    someone.sends()
    someone.send("/report/received", last_four=someone.code[-4:])
    someone.send("/track/leave")
    someone.opens()
    someone.send("/track/case/message", text="我再补充一句。")


def test_nothing_of_the_browser_is_in_tables_files_logs_or_sessions(fresh_app, logged):
    someone = Marked(fresh_app)
    reports_and_follows(someone)
    assert len(someone.code) == 24, "the report was sent"
    with fresh_app.test_request_context(environ_base=SENT):
        source = limits.source_key()
    says = {ADDRESS, FORWARDED, BROWSER, FOREIGN}
    hashed = {
        make(each.encode()).hexdigest()
        for each in says
        for make in (hashlib.md5, hashlib.sha1, hashlib.sha256)
    }
    code = {someone.code, someone.code.replace(" ", "")}
    tables, files = rows_of(fresh_app), files_of(fresh_app.extensions["settings"].data)
    assert len(someone.held) > 10, "cookies were noted"
    for trace in (*says, *hashed, *code, *someone.held, source, "canary", "Canary"):
        assert trace not in logged.getvalue(), trace
        assert [name for name, rows in tables.items() if trace in rows] == [], trace
        assert [name for name, data in files.items() if trace.encode() in data] == [], trace
    session = str(someone.session)
    assert not [each for each in (*says, *hashed, *code, source) if each in session]


def values_of(app) -> list[set[str]]:
    """Return for each case, in the order they came, every value of its rows in all tables."""
    found: dict[int, set[str]] = {}
    with app.app_context():
        seen = inspect(db.engine)
        for table in seen.get_table_names():
            names = {column["name"] for column in seen.get_columns(table)}
            key = "id" if table == "case" else "case_id" if "case_id" in names else None
            if key is None:
                continue
            for row in db.session.execute(text(f'SELECT * FROM "{table}"')).mappings():
                found.setdefault(row[key], set()).update(str(value) for value in row.values())
    return [found[case] for case in sorted(found)]


def test_nothing_ties_two_reports_of_one_browser(fresh_app):
    someone, other = Marked(fresh_app), Resident(fresh_app, address="192.0.2.200")
    for who in (someone, someone, other):
        who.reports()
        who.send("/report/received", last_four=who.code[-4:])
    one, two, strangers = values_of(fresh_app)
    assert len(one) > 30
    assert one & two <= strangers, "what both have, and a stranger's report has not, would tie them"
