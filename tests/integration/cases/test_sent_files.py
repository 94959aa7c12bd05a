"""Photos and papers of residents: good ones are kept, each other one is named with its reason."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from app.cases.model import CaseFile
from app.core import blobs, limits
from app.extensions import db
from tests.factories.resident import Resident, picture

pytestmark = pytest.mark.usefixtures("easy")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def someone(fresh_app):
    found = Resident(fresh_app)
    found.fills(upto="files")
    return found


def sends(someone, *files, path="/report/files", **fields):
    data = [(io.BytesIO(body), name) for name, body in files]
    return someone.send(path, files=data, **{"do": "add", **fields})


def names(someone):
    listed = someone.text.partition('<ul class="pics plain">')[2].partition("</ul>")[0]
    return re.findall(r"<span><bdi>([^<]*)</bdi>", listed)


HOSTILE = {
    "empty.jpg": b"",
    "page.jpg": b"<html><script>alert(1)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "broken.jpg": picture()[:200],
    "heic.heic": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
    "not.pdf": b"PK\x03\x04",
    "half.pdf": b"%PDF-1.4\n",
    "../../etc/passwd": b"root",
    "a\u202egpj.exe": b"MZ",
}


def test_each_refused_file_is_named_and_the_good_ones_are_kept(someone):
    response = sends(someone, ("good.jpg", picture()), *HOSTILE.items(), ("paper.pdf", PDF))
    assert response.status_code == 400
    assert names(someone) == ["good.jpg", "paper.pdf"]
    assert someone.text.count("<li>The ") == len(HOSTILE)
    assert "passwd" in someone.text
    assert "../" not in someone.text
    assert "\u202e" not in someone.text


def test_at_most_three_photos_and_one_paper(someone):
    photos = [(f"{number}.png", picture(kind="PNG")) for number in range(4)]
    response = sends(someone, *photos, ("one.pdf", PDF), ("two.pdf", PDF))
    assert response.status_code == 400
    assert names(someone) == ["0.png", "1.png", "2.png", "one.pdf"]
    assert "Only 3 photos" in someone.text
    assert "Only one PDF" in someone.text


def test_photos_ask_about_children_and_their_consent(someone):
    sends(someone, ("a.webp", picture(kind="WEBP")), do="go")
    assert someone.client.page.path == "GET /en/report/files"
    assert someone.send("/report/files").status_code == 400
    assert someone.send("/report/files", children_shown="yes").status_code == 400
    someone.send("/report/files", children_shown="yes", children_consent="y")
    assert someone.client.page.path == "GET /en/report/you"


def test_files_can_be_removed_and_added(someone):
    sends(someone, ("a.jpg", picture()), ("b.jpg", picture()))
    first = re.search(r"/report/files/([0-9a-f]+)/remove", someone.text)[1]
    someone.send(f"/report/files/{first}/remove")
    assert names(someone) == ["b.jpg"]
    someone.send(f"/report/files/{first}/remove")
    sends(someone, ("c.jpg", picture()))
    assert names(someone) == ["b.jpg", "c.jpg"]


def test_nothing_chosen_is_said(someone):
    assert sends(someone, ("", b"")).status_code == 400
    assert "No file was chosen" in someone.text


def test_a_small_picture_is_shown_to_its_sender_only_and_kept_by_nobody(someone, fresh_app):
    sends(someone, ("a.jpg", picture()))
    address = re.search(r'src="/en(/report/files/[0-9a-f]+\.jpg)"', someone.text)[1]
    response = someone.get(address)
    assert response.headers["Cache-Control"] == "no-store"
    assert Image.open(io.BytesIO(response.data)).format == "JPEG"
    assert Resident(fresh_app).get(address).status_code == 404


def test_more_than_the_form_may_hold_is_answered_with_a_page(someone):
    body = b"--x\r\n" + b"x" * 37 * 1024 * 1024
    kind = "multipart/form-data; boundary=x"
    response = someone.client.post("/en/report/files", data=body, content_type=kind)
    assert response.status_code == 413
    assert "36 MB" in response.text


def test_files_are_counted(someone, monkeypatch):
    monkeypatch.setitem(limits.RATES, "report.file", "1/hour")
    response = someone.post(
        "/report/files", do="add", files=[(io.BytesIO(b"x"), "a"), (io.BytesIO(b"x"), "b")]
    )
    assert response.status_code == 429


def test_files_of_a_sent_report_belong_to_its_case_and_to_no_other(someone, fresh_app):
    sends(someone, ("门口.jpg", picture()))
    someone.send("/report/files", children_shown="no")
    someone.send("/report/you", named="no")
    someone.sends()
    someone.send("/report/received", last_four=someone.code[-4:])
    someone.get("/track/case")
    address = re.search(r'src="/en(/track/files/[0-9a-f]+\.jpg)"', someone.text)[1]
    assert someone.get(address).status_code == 200
    other = Resident(fresh_app)
    other.reports()
    assert other.get(address).status_code == 404
    other.opens()
    assert other.get(address).status_code == 404
    with fresh_app.app_context():
        row = db.session.scalars(select(CaseFile)).one()
        assert (row.draft, row.case_id is not None) == (None, True)
        assert blobs.get(row.original, "case-original")


def test_a_message_brings_files_and_names_what_was_not_taken(someone):
    someone.sends_everything()
    response = sends(
        someone, ("a.jpg", picture()), ("bad.jpg", b"?"), path="/track/case/message", text="见照片"
    )
    assert response.status_code == 400
    assert "not with all files" in someone.text
    assert "bad.jpg" in someone.text
    assert "见照片" in someone.get("/track/case").text
    assert "a.jpg" in someone.text


def test_a_message_of_files_only_is_enough_and_of_bad_files_only_is_none(someone):
    someone.sends_everything()
    assert sends(someone, ("a.jpg", picture()), path="/track/case/message").status_code == 200
    assert sends(someone, ("bad.jpg", b"?"), path="/track/case/message").status_code == 400
    assert "was sent" not in someone.text
