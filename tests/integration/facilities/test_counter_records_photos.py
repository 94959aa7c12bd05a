"""Assessments are public on their day, not before; photos are small, said in words, removed for good."""

import io
import json
import re
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.cases.service.reconcile import known_blobs, reconcile
from app.core import blobs, clock
from app.core.audit import Audit
from app.extensions import db
from app.facilities import tasks
from app.facilities.model import Photo, Recorded
from tests.factories.accounts import form_token, sign_in
from tests.factories.cases import at
from tests.factories.desk import DESK, SHOP, WORKER, filled, newest

RECORDS, PHOTOS = f"{DESK}/{SHOP}/records", f"{DESK}/{SHOP}/photos"
PAGE = f"/en/facilities/{SHOP}"
ASSESSED = {
    "kind": "assessment",
    "issued_on": "2026-11-18",
    "body": "杏桥县托育服务指导中心",
    "result_zh": "良好甲级",
    "result_en": "Good, class A",
    "number_of": "杏虚评2026-777",
}
SEEN = {"says_zh": "朝南的活动室，铺着软垫", "says_en": "A sunny playroom with soft mats", "nobody": "y"}


@pytest.fixture
def desk(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, WORKER)
    return client


@pytest.fixture
def reader(fresh_app):
    return fresh_app.test_client()


def enter(desk, **answers: object):
    return desk.post(RECORDS, data={**filled(desk, RECORDS, 'name="once"'), **ASSESSED, **answers})


def photo(colour: str = "navy", sides: tuple[int, int] = (1600, 1200)) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", sides, colour).save(held, "JPEG")
    return held.getvalue()


def add(desk, data: bytes | None = None, sent: dict[str, str] | None = None, **answers: object):
    fields = {**(sent or filled(desk, PHOTOS, 'name="once"')), **SEEN, **answers}
    file = (io.BytesIO(photo() if data is None else data), "room.jpg")
    return desk.post(PHOTOS, data={**fields, "file": file}, content_type="multipart/form-data")


def pictures() -> list[Photo]:
    return list(db.session.scalars(select(Photo).where(Photo.removed_at.is_(None)).order_by(Photo.place)))


def test_a_record_of_today_is_public_at_once(fresh_app, desk, reader):
    assert enter(desk).status_code == 303
    assert "Good, class A" in reader.get(PAGE).text
    with fresh_app.app_context():
        row = newest(SHOP, "records")
        assert row.value[-1]["number"] == "杏虚评2026-777"
        assert len(row.value) == 6


def test_before_its_day_nothing_public_has_a_record(fresh_app, desk, reader):
    day = clock.today() + timedelta(days=3)
    assert enter(desk, publish_on=day.isoformat()).status_code == 303
    assert "Good, class A" in desk.get(RECORDS).text
    for path in (PAGE, f"{PAGE}/history", f"/api/v1/facilities/{SHOP}", "/data/records.csv"):
        assert "777" not in reader.get(path).get_data(as_text=True)
    with fresh_app.app_context():
        assert tasks.publish_records() is None
        assert len(newest(SHOP, "records").value) == 5
    with at(clock.now() + timedelta(days=3)), fresh_app.app_context():
        assert tasks.publish_records() == 1
        assert tasks.publish_records() is None
        row = newest(SHOP, "records")
        assert (row.observed_on, row.value[-1]["results"]["en"]) == (day, "Good, class A")
        assert row.recorded_by == "community-worker@990101001.office"
    assert "Good, class A" in reader.get(PAGE).text


def test_a_record_that_waits_can_be_withdrawn_and_one_that_is_public_not(fresh_app, desk, reader):
    enter(desk, publish_on=(clock.today() + timedelta(days=3)).isoformat())
    with fresh_app.app_context():
        number = db.session.scalars(select(Recorded.id)).one()
    token = form_token(desk, RECORDS)
    address = f"{RECORDS}/{number}/withdraw"
    assert desk.post(address, data={"csrf_token": token}).status_code == 303
    assert desk.post(address, data={"csrf_token": token}).status_code == 409
    with at(clock.now() + timedelta(days=4)), fresh_app.app_context():
        assert tasks.publish_records() is None
    assert "Good, class A" not in reader.get(PAGE).text


def test_a_record_sent_twice_is_one(fresh_app, desk):
    sent = {**filled(desk, RECORDS, 'name="once"'), **ASSESSED}
    assert [desk.post(RECORDS, data=sent).status_code for _ in range(2)] == [303, 303]
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Recorded)) == 1
        assert len(newest(SHOP, "records").value) == 6


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"issued_on": ""}, "Choose a day."),
        ({"issued_on": "2999-01-01"}, "This day is still to come."),
        ({"valid_until": "2020-01-01"}, "The end must be later"),
        ({"result_zh": ""}, "This answer is needed."),
        ({"body": "", "result_zh": "好"}, "This answer is needed."),
        ({"kind": "gossip"}, "This answer is needed."),
        ({"publish_on": "soon"}, "Choose a day."),
    ],
)
def test_a_wrong_record_is_explained_and_stays_typed(fresh_app, desk, answers, words):
    answer = enter(desk, **answers)
    assert answer.status_code == 400
    assert words in answer.text
    assert "杏虚评2026-777" in answer.text
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Recorded)) == 0


def test_what_went_wrong_is_summed_up_by_the_names_of_the_fields(fresh_app, desk):
    answer = enter(desk, issued_on="", body="", result_zh="")
    summary = answer.text.partition("errsum")[2].partition("</ul>")[0]
    found = re.findall(r'<a href="#([a-z_]+)">([^<]+)</a>', summary)
    assert [place for place, _words in found] == ["issued_on", "body", "result_zh"]
    assert [words for _place, words in found] == [
        "Day of the decision: Choose a day.",
        "Office that decided, in Chinese: This answer is needed.",
        "Result, in Chinese: This answer is needed.",
    ]


def test_a_photo_is_on_the_page_small_lazy_with_its_sides_and_words(fresh_app, desk, reader):
    assert add(desk, taken_on="2026-11-20").status_code == 303
    text = reader.get(PAGE).text
    found = text.split('id="photos"')[1]
    assert 'width="320" height="240" loading="lazy"' in found
    assert 'alt="A sunny playroom with soft mats"' in found
    with fresh_app.app_context():
        row = pictures()[0]
        number, size = row.id, row.size
    small = reader.get(f"{PAGE}/photos/{number}.jpg?size=s")
    large = reader.get(f"{PAGE}/photos/{number}.jpg")
    assert small.mimetype == large.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(small.data)).size == (320, 240)
    assert len(large.data) == size
    assert small.headers["Cache-Control"].startswith("public")
    assert reader.get(f"/en/facilities/0ECSHKN2/photos/{number}.jpg").status_code == 404
    assert "朝南的活动室" in reader.get(f"/zh-Hans/facilities/{SHOP}").text


@pytest.mark.parametrize(
    ("answers", "data", "words"),
    [
        ({"says_zh": ""}, None, "This answer is needed."),
        ({"nobody": ""}, None, "Only a photo on which no child can be recognised"),
        ({"taken_on": "2999-01-01"}, None, "Choose a day."),
        ({}, b"", "Choose a photo."),
        ({}, b"GIF89a nothing", "is not a photo in the format JPEG"),
    ],
)
def test_a_photo_needs_words_consent_and_a_picture(fresh_app, desk, answers, data, words):
    answer = add(desk, data, **answers)
    assert answer.status_code == 400
    assert words in answer.text
    assert "A sunny playroom with soft mats" in answer.text
    with fresh_app.app_context():
        assert pictures() == []


def test_a_photo_sent_twice_is_one_and_a_seventh_is_refused(fresh_app, desk):
    sent = filled(desk, PHOTOS, 'name="once"')
    assert [add(desk, sent=sent).status_code for _ in range(2)] == [303, 303]
    with fresh_app.app_context():
        assert len(pictures()) == 1
    late = filled(desk, PHOTOS, 'name="once"')
    for colour in ("red", "green", "blue", "white", "black"):
        assert add(desk, photo(colour)).status_code == 303
    assert "There is no room for another photo" in desk.get(PHOTOS).text
    assert add(desk, photo("pink"), sent=late).status_code == 409


def test_photos_are_put_in_order_and_said_otherwise(fresh_app, desk, reader):
    add(desk, photo("red"))
    add(desk, photo("green"))
    with fresh_app.app_context():
        first, second = (each.id for each in pictures())
    token = form_token(desk, PHOTOS)
    desk.post(f"{PHOTOS}/{second}", data={"csrf_token": token, "do": "up"})
    with fresh_app.app_context():
        assert [each.id for each in pictures()] == [second, first]
    wrong = desk.post(f"{PHOTOS}/{first}", data={"csrf_token": token, "do": "words", "says_zh": ""})
    assert wrong.status_code == 400
    words = {"csrf_token": token, "do": "words", "says_zh": "户外沙坑", "says_en": "A sandpit"}
    assert desk.post(f"{PHOTOS}/{first}", data=words).status_code == 303
    assert 'alt="A sandpit"' in reader.get(PAGE).text
    assert desk.post(f"{PHOTOS}/{1 << 40}", data=words).status_code == 404


def test_a_removed_photo_is_gone_and_others_survive_the_sweep(fresh_app, desk, reader):
    add(desk, photo("red"))
    add(desk, photo("green"))
    with fresh_app.app_context():
        gone, kept = pictures()
        files, number, other = (gone.view, gone.thumb), gone.id, (kept.view, kept.thumb)
    desk.post(f"{PHOTOS}/{number}", data={"csrf_token": form_token(desk, PHOTOS), "do": "remove"})
    assert reader.get(f"{PAGE}/photos/{number}.jpg").status_code == 404
    with fresh_app.app_context():
        assert set(blobs.missing(files)) == set(files)
        assert set(other) <= known_blobs()
        assert reconcile(older_than=timedelta(seconds=-60)).files_swept == 0
        assert blobs.missing(other) == []
        row = db.session.get_one(Photo, number)
        assert row.removed_by
        assert not row.view
        told = db.session.scalars(select(Audit).where(Audit.action.startswith("facility.photo"))).all()
        assert [each.action for each in told][-1] == "facility.photo-removed"
        assert "沙坑" not in json.dumps([each.data for each in told])
