"""Files of others leave as downloads that can do nothing; pictures made here are shown to one reader."""

import pytest
from flask import Flask
from werkzeug.http import parse_options_header

from app.core import headers
from tests.unit.core.photo_files import HTML, plain

PDF = b"%PDF-1.7 CANARY %%EOF"


@pytest.fixture
def client():
    app = Flask("attachments")
    headers.install(app)

    @app.get("/file/<path:name>")
    def _file(name: str):
        return headers.attachment(PDF, "application/pdf", name)

    @app.get("/page")
    def _page():
        return headers.attachment(HTML, "text/html", "a.html")

    @app.get("/picture")
    def _picture():
        return headers.picture(plain())

    return app.test_client()


@pytest.mark.parametrize("path", ["/file/a.pdf", "/page", "/picture"])
def test_what_was_sent_can_do_nothing_in_a_browser_and_is_not_kept(client, path):
    found = client.get(path, headers={"Range": "bytes=0-3", "If-None-Match": "*"})
    assert found.status_code == 200
    assert found.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert found.headers["Cache-Control"] == "no-store"
    assert found.headers["X-Frame-Options"] == "DENY"
    assert "ETag" not in found.headers
    assert "Set-Cookie" not in found.headers


@pytest.mark.parametrize("name", ["a.pdf", "合同 1.pdf", 'a";b.pdf', "توختام.pdf", "a%0d%0ab.pdf"])
def test_a_download_keeps_its_name(client, name):
    found = client.get(f"/file/{name.replace('%', '%25')}")
    assert found.data == PDF
    assert found.mimetype == "application/pdf"
    kind, options = parse_options_header(found.headers["Content-Disposition"])
    assert kind == "attachment"
    assert options["filename"] == name


def test_even_a_page_is_only_a_download(client):
    found = client.get("/page")
    assert found.headers["Content-Disposition"] == "attachment; filename=a.html"


def test_a_picture_is_shown(client):
    found = client.get("/picture")
    assert found.mimetype == "image/jpeg"
    assert "attachment" not in found.headers.get("Content-Disposition", "")
    assert int(found.headers["Content-Length"]) == len(found.data)
