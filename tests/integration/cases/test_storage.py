"""Storage that really is full, locked or read-only (T43, T44): a page with numbers, nothing half, no code."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from app.cases.model import Case, CaseClock, CaseEvent
from app.cases.service import drafts, reconcile
from app.core import audit, blobs
from app.extensions import db
from tests.factories.resident import Resident, picture
from tests.sites import ROOT

pytestmark = pytest.mark.usefixtures("easy")

FULL = """
import resource, sys
from app import create_app
from app.core import blobs
from app.cases.service import drafts
app = create_app()
with app.app_context():
    kept = blobs.put(b"x" * 400, drafts.ORIGINAL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    try:
        blobs.put(b"x" * 9000, drafts.ORIGINAL)
    except blobs.StorageFull:
        print("full", len(blobs.get(kept, drafts.ORIGINAL)))
"""


@pytest.fixture
def site(fresh_app):
    with fresh_app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("The database of a small place is a file; this is about that file.")
    return fresh_app


@contextmanager
def connections(app, *pragmas: str):
    """Let every new connection of the program begin with these settings."""

    def begin(connection, _record):
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    with app.app_context():
        engine = db.engine
        engine.dispose()
    event.listen(engine, "connect", begin)
    try:
        yield
    finally:
        event.remove(engine, "connect", begin)
        engine.dispose()


def is_told_to_call(response) -> bool:
    numbers = "tel:110" in response.text and "tel:120" in response.text
    return response.status_code == 503 and numbers and bool(response.headers["Retry-After"])


def nothing_is_half(app) -> None:
    with app.app_context():
        assert not list(db.session.scalars(select(Case.id)))
        assert not list(db.session.scalars(select(CaseEvent.id)))
        assert not list(db.session.scalars(select(CaseClock.id)))
        assert audit.verify().ok


def test_a_full_database_shows_no_code_and_goes_on_when_there_is_room(site):
    someone = Resident(site)
    someone.fills()
    with site.app_context():
        pages = db.session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
    with connections(site, f"max_page_count={pages}"):
        for _try in range(40):  # free pages inside the file take the first few
            response = someone.post("/report/story", story="满" * 3900, child_safety="none")
            if response.status_code == 503:
                break
        assert is_told_to_call(response)
        assert "满满满" in response.text
        someone.client.get("/en/report/check")
        if someone.client.page.status == 200 and "name=proof" in someone.text:
            sent = someone.sends()
            assert sent.status_code in {200, 503}
            assert bool(someone.code) == (sent.status_code == 200)
    if not someone.code:
        nothing_is_half(site)
        someone.get("/report/check")
        assert someone.sends().status_code == 200
    with site.app_context():
        assert db.session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert reconcile.reconcile(older_than=timedelta()).troubles == 0


def test_a_file_that_does_not_fit_leaves_nothing_behind(site):
    settings = site.extensions["settings"]
    values = {**os.environ, "TUOYU_DATA": str(settings.data), "DATABASE_URL": settings.database_url}
    done = subprocess.run(
        [sys.executable, "-c", FULL], cwd=ROOT, env=values, capture_output=True, text=True, check=False
    )
    assert done.stdout == "full 400\n", done.stderr
    files = [path for path in (settings.data / "files").rglob("*") if path.is_file()]
    assert len(files) == 1
    assert files[0].stat().st_size > 400


def test_a_locked_database_is_a_page_with_numbers_and_nothing_is_half(site):
    someone = Resident(site)
    someone.fills()
    with connections(site, "busy_timeout=50"):
        path = site.extensions["settings"].database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert is_told_to_call(someone.sends())
            assert not someone.code
            assert site.test_client().get("/en/find").status_code == 200, "reading goes on"
            other.execute("ROLLBACK")
        nothing_is_half(site)
        someone.get("/report/check")
        assert someone.sends().status_code == 200
        assert someone.code


def test_a_read_only_database_is_a_page_with_numbers(site):
    someone = Resident(site)
    someone.fills()
    with connections(site, "query_only=ON"):
        assert is_told_to_call(someone.sends())
        assert not someone.code
    nothing_is_half(site)


def test_a_photo_whose_row_could_not_be_written_is_swept(site, monkeypatch):
    someone = Resident(site)
    someone.fills(upto="files")
    with monkeypatch.context() as patch:
        patch.setattr(drafts.db.session, "commit", lambda: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit), site.test_request_context():
            drafts.add_file(someone.session["draft"], "photo", "a.jpg", picture())
    with site.app_context():
        db.session.rollback()
        assert reconcile.known_blobs() == frozenset()
        found = reconcile.reconcile(older_than=timedelta(seconds=-5))
        assert (found.files_swept, found.troubles) == (3, 0)
        assert blobs.missing(reconcile.known_blobs()) == []
