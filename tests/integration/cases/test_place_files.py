"""The counter of a place against its files: what was edited here stands, contradicts, is given back."""

import csv
import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path

from sqlalchemy import func, select

from app.areas import queries as areas
from app.areas.model import ContentLoad, PlaceChange
from app.areas.service import load_content
from app.core import clock
from app.core.audit import Audit
from app.extensions import db
from tests.addresses import CONTENT, DEMO
from tests.factories.place_desk import ADMIN, HOME, LEAD, desk_of, fields_of, send_row, step

NUMBER, OTHER = "0000-5550100", "0000-5550199"
FILE = re.compile(r'name="file" value="([^"]*)"')
CAP, CLOCK = "public|full-day|infant|month|xq-fees|2025-09-01", {
    "cell-clock": "K5", "cell-category": "fees", "cell-purpose": "complaint", "cell-severity": "*",
    "cell-amount": "7", "cell-unit": "workdays", "cell-document": "xq-complaints", "cell-clause": "5.1",
    "cell-confidence": "a", "cell-basis_zh-Hans": "本县规定七个工作日内答复。",
}  # fmt: skip
LEAVE = {
    "cell-kind": "parental", "cell-says_zh-Hans": "县里给的育儿假", "cell-days": "7", "cell-per": "year",
    "cell-source": f"{DEMO}:xq-rules", "cell-clause": "第九条", "cell-confidence": "b",
    "cell-checked_on": "2026-11-01",
}  # fmt: skip
FILES = ("routing", "units", "documents", "targets", "hotlines", "caps", "duties", "population")


def loaded(app, content):
    """Load content anew, whatever it is."""
    with app.app_context():
        db.session.delete(db.session.get_one(ContentLoad, "areas"))
        db.session.commit()
        return load_content(content, sample=True)


def exported(app, folder):
    """Return the files of an export by their paths."""
    done = app.test_cli_runner().invoke(args=["areas", "export", "--area", DEMO, "--to", str(folder)])
    assert done.exit_code == 0, done.output
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def contradict(app, tmp_path, day="2026-10-10"):
    """Have the file say something else of a number that was edited here."""
    content = tmp_path / f"content-{day}"
    shutil.copytree(CONTENT, content)
    path = content / "places" / DEMO / "hotlines.csv"
    path.write_text(path.read_text("utf-8").replace("2026-10-09,demo,1", f"{day},demo,1", 1), "utf-8")
    return loaded(app, content)


def test_an_edited_row_survives_the_next_load_and_a_file_that_says_otherwise_is_told(fresh_app, tmp_path):
    admin = desk_of(fresh_app, ADMIN)
    send_row(admin, "hotlines", NUMBER, **{"cell-number": OTHER})
    assert contradict(fresh_app, tmp_path).conflicts == (f"places/{DEMO}/hotlines.csv {NUMBER}",)
    with fresh_app.app_context():
        assert OTHER in {card.number for card in areas.hotlines(DEMO)}
    assert "Its file says something else" in admin.get(f"{HOME}/hotlines").text


def test_what_the_file_says_is_taken_over_with_one_button(fresh_app, tmp_path):
    admin = desk_of(fresh_app, ADMIN)
    send_row(admin, "hotlines", NUMBER, **{"cell-number": OTHER})
    contradict(fresh_app, tmp_path)
    address = f"{HOME}/hotlines/row?key={NUMBER}"
    page = admin.get(address).text
    assert "Take over what the file says" in page
    assert [f"{OTHER}</bdi></del>" in page, f"{NUMBER}</bdi></ins>" in page] == [True, True]
    form = {name: fields_of(page)[name] for name in ("csrf_token", "key", "seen")}
    for _click in range(2):
        assert admin.post(address, data={**form, "do": "file"}).status_code == 303
    assert "Its file says something else" not in admin.get(f"{HOME}/hotlines").text
    with fresh_app.app_context():
        assert {NUMBER, OTHER} & {card.number for card in areas.hotlines(DEMO)} == {NUMBER}


def test_what_stands_here_is_kept_until_the_file_changes_again(fresh_app, tmp_path):
    admin = desk_of(fresh_app, ADMIN)
    send_row(admin, "hotlines", NUMBER, **{"cell-number": OTHER})
    contradict(fresh_app, tmp_path)
    address = f"{HOME}/hotlines/row?key={NUMBER}"
    page = admin.get(address).text
    assert "Keep what stands here" in page
    token = fields_of(page)["csrf_token"]
    form = {"csrf_token": token, "key": NUMBER, "do": "keep", "file": unescape(FILE.search(page)[1])}
    unseen = admin.post(address, data={**form, "file": '{"number": "1"}'})
    assert unseen.status_code == 409
    assert "The file says something else again" in unseen.text
    for _click in range(2):
        kept = admin.post(address, data=form)
        assert kept.status_code == 303
    told = admin.get(kept.location).text
    assert "It stays as it stands here." in told
    assert "Its file says something else" not in told
    assert contradict(fresh_app, tmp_path / "again").conflicts == ()
    with fresh_app.app_context():
        assert OTHER in {card.number for card in areas.hotlines(DEMO)}
        assert db.session.scalar(select(func.count()).where(Audit.action == "place.kept")) == 1
        change = db.session.scalars(select(PlaceChange).order_by(PlaceChange.id.desc())).first()
        number, version = change.id, change.version
    page = f"{HOME}/changes/{number}"
    assert "Kept as it stands here" in admin.get(page).text
    undo = {"csrf_token": token, "version": version, "do": "undo"}
    assert admin.post(page, data=undo).status_code == 409
    assert contradict(fresh_app, tmp_path, "2026-10-11").conflicts == (
        f"places/{DEMO}/hotlines.csv {NUMBER}",
    )


def test_without_an_edit_an_export_is_what_the_files_are(fresh_app, tmp_path):
    found = exported(fresh_app, tmp_path / "out")
    assert {path.name for path in found} == {*(f"{name}.csv" for name in FILES), "leave.csv"}
    for path, text in found.items():
        assert text == (CONTENT / path).read_bytes(), path


def test_what_was_edited_is_exported_and_loads_again_without_a_difference(fresh_app, tmp_path):
    admin, lead = desk_of(fresh_app, ADMIN), desk_of(fresh_app, LEAD)
    assert send_row(admin, "hotlines", NUMBER, **{"cell-number": OTHER}).status_code == 303
    assert send_row(lead, "documents", "xq-fees", **{"cell-valid_until": "2029-08-31"}).status_code == 303
    assert send_row(lead, "leave", **LEAVE).status_code == 303
    assert send_row(lead, "caps", CAP, **{"cell-amount": "1950"}).status_code == 303
    assert send_row(lead, "duties", f"{DEMO}.health|1", **{"cell-text_en": "Finds out."}).status_code == 303
    assert send_row(lead, "population", f"{DEMO}|2025", **{"cell-figure": "356401"}).status_code == 303
    of_clocks = send_row(lead, "clocks", **CLOCK).location
    for who, act in ((lead, "propose"), (admin, "approve")):
        assert step(who, of_clocks, act).status_code == 303
    address = f"{HOME}/calendars/CN/2026"
    fields = fields_of(admin.get(address).text)
    days = fields["days"].lstrip("\n") + "\n2026-11-18,rest,试"
    made = admin.post(address, data={**fields, "days": days, "source": "国办发明电〔2026〕1号"}).location
    for who, act in ((admin, "propose"), (lead, "approve")):
        assert step(who, made, act).status_code == 303
    first = exported(fresh_app, tmp_path / "first")
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    for path, text in first.items():
        (content / path).write_bytes(text)
    assert loaded(fresh_app, content).conflicts == ()
    fresh_app.extensions["settings"] = replace(fresh_app.extensions["settings"], content=content)
    assert exported(fresh_app, tmp_path / "second") == first
    with (tmp_path / "first" / "calendars" / "years.csv").open(encoding="utf-8", newline="") as file:
        sources = {(row["region"], row["year"]): row["source"] for row in csv.DictReader(file)}
    assert sources["CN", "2026"] == "国办发明电〔2026〕1号"
    assert b"K5,fees,complaint,*,7,workdays" in first[Path("places") / DEMO / "clocks.csv"]
    assert "2026-11-18,rest,试" in (content / "calendars/CN/2026.csv").read_text("utf-8")
    public = fresh_app.test_client().get(f"/zh-Hans/policies?area={DEMO}").text
    assert public.count(LEAVE["cell-says_zh-Hans"]) == 1


def test_days_of_leave_entered_here_stand_on_the_public_page_with_their_source(fresh_app):
    lead, reader = desk_of(fresh_app, LEAD), fresh_app.test_client()
    public = f"/zh-Hans/policies?area={DEMO}"
    assert "县里给的育儿假" not in reader.get(public).text
    assert send_row(lead, "leave", **LEAVE).status_code == 303
    text = reader.get(public).text
    at = text.index("县里给的育儿假")
    with fresh_app.app_context():
        title = areas.documents(DEMO, clock.today())["xq-rules"].titles["zh-Hans"]
    assert "7" in text[at : at + 400]
    assert title in text[at : at + 400]


def test_a_document_is_corrected_and_its_code_stays(fresh_app):
    lead, admin = desk_of(fresh_app, LEAD), desk_of(fresh_app, ADMIN)
    assert send_row(lead, "documents", "xq-fees", **{"cell-number": "杏虚发改〔2026〕1号"}).status_code == 303
    assert "杏虚发改〔2026〕1号" in fresh_app.test_client().get(f"/zh-Hans/areas/{DEMO}").text
    assert send_row(lead, "documents", "xq-fees", **{"cell-id": "xq-other"}).status_code == 409
    for column, wrong in (
        ("status", "gone"),
        ("valid_until", "soon"),
        ("url", "javascript:1"),
        ("title_zh-Hans", ""),
    ):
        assert send_row(lead, "documents", "xq-fees", **{f"cell-{column}": wrong}).status_code == 422
    added = send_row(lead, "documents", **{"cell-title_zh-Hans": "新文件（虚构）"})
    assert added.status_code == 303, added.text
    assert "新文件（虚构）" in lead.get(f"{HOME}/documents").text
    assert admin.get(f"{HOME}/documents/row").status_code == 404
