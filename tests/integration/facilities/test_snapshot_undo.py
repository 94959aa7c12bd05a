"""A register snapshot brought in at the counter and taken back: all is as it was, or it says why not."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import Audit
from app.core.codes import CodeState, mint
from app.core.db import data_version, text_version
from app.extensions import Base, db
from app.facilities.loading.register import RegisterFile
from app.facilities.model import Facility, Fee, Filed, FilingBefore, Observed, Photo, Snapshot, Upload
from app.facilities.rules.register import Filing
from app.facilities.rules.uploads import Task
from app.facilities.service import uploads
from app.facilities.service.recording import Statement, put_source, record
from app.facilities.service.register import SourceOfRegister, import_register
from app.facilities.service.unmirroring import StaysError, take_back
from app.facilities.service.uploads import register_steps
from tests.factories.uploads import HOME, Desk
from tests.integration.facilities.test_import_snapshots import HERE, workbook

COUNTY = "330681"
DAY = date(2026, 11, 1)
OWN = {"meta", "audit", "audit_head", "audit_check", "upload"}
"""Tables that keep that something was done, and was taken back."""
HOWS = ("as it was", "renamed", "moved", "other form", "other code", "other township", "left out")


def everything() -> dict[str, list[str]]:
    """Return every row of every table but those that remember acts; of prices, written anew, no numbers."""
    db.session.rollback()
    found = {}
    for table in Base.metadata.sorted_tables:
        columns = [each for each in table.columns if (table.name, each.name) != (Fee.__tablename__, "id")]
        if table.name not in OWN:
            found[table.name] = sorted(repr(tuple(row)) for row in db.session.execute(select(*columns)))
    return found


def register(filings: list[Filing]) -> RegisterFile:
    return RegisterFile(tuple(filings), repr(hash(tuple(filings))), None, 0, 0, 0)


def mirrored() -> list[Filing]:
    rows = db.session.scalars(select(Filed).where(Filed.zoning.startswith(COUNTY)).order_by(Filed.id))
    return [
        Filing(
            *(row.name, row.alias, row.credit_code, row.code_state),
            *(row.nature, row.address, row.filed_at, row.zoning),
        )
        for row in rows
    ]


def other(filing: Filing, how: str, at: int) -> Filing | None:
    """Return an entry as a later snapshot could have it."""
    values: dict[str, Any] = {
        "as it was": {},
        "renamed": {"name": f"改名{at}托育园"},
        "moved": {"address": f"新街{at}号"},
        "other form": {"nature": "事业单位" if filing.nature != "事业单位" else "营利性"},
        "other code": {"credit_code": "", "code_state": CodeState.INVALID.value},
        "other township": {"zoning": f"{COUNTY}000000"},
    }.get(how, {})
    whole = {name: getattr(filing, name) for name in Filing.__dataclass_fields__}
    return None if how == "left out" else Filing(**{**whole, **values})


def brought(filings: list[Filing], upload: int = 1, day: date = DAY) -> int:
    source = SourceOfRegister(f"register-{day}", {"en": "Trial register"}, day)
    import_register(register(filings), source, now=clock.now(), by="test", upload=upload)
    return db.session.scalar(select(Snapshot.id).where(Snapshot.upload == upload))


def new(name: str, zoning: str = f"{COUNTY}001000") -> Filing:
    return Filing(name, "", "", CodeState.MISSING.value, "营利性", "一路1号", None, zoning)


def undone(identity: int) -> None:
    take_back(identity, now=clock.now(), by="test")


@given(
    hows=st.lists(st.sampled_from(HOWS), min_size=12, max_size=40),
    more=st.lists(st.text("春夏秋冬园", min_size=1, max_size=4), max_size=4, unique=True),
)
@settings(
    max_examples=5,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
def test_what_is_taken_back_leaves_every_table_as_it_was(fresh_app, hows, more):
    with fresh_app.app_context():
        before, version, texts = everything(), data_version(), text_version()
        held = mirrored()
        changed = [other(each, hows[at % len(hows)], at) for at, each in enumerate(held)]
        identity = brought([each for each in changed if each] + [new(f"新{name}") for name in more])
        assert (everything() == before) is False
        undone(identity)
        assert everything() == before
        assert data_version() > version
        assert text_version() > texts


def test_two_are_taken_back_in_turn_the_later_one_first(fresh_app):
    with fresh_app.app_context():
        states = [everything()]
        held = mirrored()
        first = brought([*held[1:], new("先来园")])
        states.append(everything())
        second = brought([other(held[0], "renamed", 1), *held[2:], new("后到园")], 2, DAY + timedelta(1))
        with pytest.raises(StaysError) as caught:
            undone(first)
        assert "newer snapshot" in caught.value.sentence
        assert "后到园" in {of["name"] for _each, of in caught.value.rows}
        undone(second)
        assert everything() == states[1]
        undone(first)
        assert everything() == states[0]


def test_a_newer_snapshot_of_another_county_is_no_reason_to_stay(fresh_app):
    with fresh_app.app_context():
        first = brought([*mirrored(), new("此县园")])
        brought([new("彼县园", "990101001000")], 2, DAY + timedelta(1))
        undone(first)
        names = set(db.session.scalars(select(Facility.name)))
        assert "彼县园" in names
        assert "此县园" not in names


def test_what_was_entered_since_about_a_facility_that_was_there_stays(fresh_app):
    with fresh_app.app_context():
        held = mirrored()
        place = db.session.scalars(select(Facility).join(Filed).where(Filed.name == held[0].name)).first()
        key, area, zoning, name = place.id, place.area_code, place.zoning, place.name
        identity = brought([other(held[0], "renamed", 1), *held[1:]])
        put_source("trial", "county", {"en": "Trial"}, None)
        said = Statement(key, area, (("phone", "0000-5550001", DAY, "trial"),), zoning=zoning)
        record([said], now=clock.now(), by="test")
        db.session.commit()
        undone(identity)
        now = db.session.get(Facility, key)
        assert (now.name, now.phone) == (name, "0000-5550001")


def photo(facility: str) -> Photo:
    return Photo(
        facility=facility, place=1, view="", thumb="", width=1, height=1, size=1, says={"zh-Hans": "门"},
        taken_on=None, token=mint(), account="demo", added_at=clock.now(), removed_at=None, removed_by=None,
    )  # fmt: skip


@pytest.mark.parametrize("what", ["fact", "photo"])
def test_what_rests_on_a_facility_it_made_keeps_it_and_is_named(fresh_app, what):
    with fresh_app.app_context():
        identity = brought([*mirrored(), new("有人用园"), new("没人用园")])
        key, area = db.session.execute(
            select(Facility.id, Facility.area_code).where(Facility.name == "有人用园")
        ).one()
        if what == "photo":
            db.session.add(photo(key))
        else:
            said = Statement(key, area, (("phone", "0000-5550001", DAY, "inference"),))
            record([said], now=clock.now(), by="test")
        db.session.commit()
        before = everything()
        with pytest.raises(StaysError) as caught:
            undone(identity)
        assert [of["id"] for _each, of in caught.value.rows] == [key]
        assert everything() == before


def state(app) -> Upload:
    return db.session.scalars(select(Upload)).one()


@pytest.fixture
def desk(fresh_app) -> Desk:
    return Desk(fresh_app, "demo-admin", f"{HOME}/register")


def test_a_worker_takes_a_snapshot_back_with_a_button_and_two_clicks_do_it_once(desk, fresh_app):
    with fresh_app.app_context():
        before = everything()
    at = desk.brought(workbook(HERE), "snapshot.xlsx", day="2026-11-01")
    desk.act(at, "apply")
    page = desk.look(at)
    assert 'value="undo"' in page
    fields = {name: re.search(f'name="{name}" value="([^"]+)"', page)[1] for name in ("csrf_token", "seen")}
    for _click in range(2):
        assert desk.client.post(f"{at}/act", data={**fields, "do": "undo"}).status_code == 303
    desk.work()
    assert desk.client.post(f"{at}/act", data={**fields, "do": "undo"}).status_code == 409
    with fresh_app.app_context():
        assert everything() == before
        assert state(fresh_app).state == "undone"
        told = select(func.count()).where(Audit.action == "register.taken-back")
        assert db.session.scalar(told) == 1
    desk.look(at)


def test_a_refusal_is_shown_with_its_rows_and_the_snapshot_stays(desk, fresh_app):
    at = desk.brought(workbook(HERE), "snapshot.xlsx", day="2026-11-01")
    desk.act(at, "apply")
    with fresh_app.app_context():
        db.session.add(photo(db.session.scalar(select(Facility.id).where(Facility.name == HERE[0]))))
        db.session.commit()
    desk.act(at, "undo")
    with fresh_app.app_context():
        assert state(fresh_app).state == "applied"
        assert "photos" in state(fresh_app).trouble["more"][0]["sentence"]
    for language in ("zh-Hans", "ug"):
        assert HERE[0] in desk.look(at.replace("/zh-Hans/", f"/{language}/"))


def test_a_worker_killed_after_taking_back_says_so_later(desk, fresh_app, monkeypatch):
    at = desk.brought(workbook(HERE), "snapshot.xlsx", day="2026-11-01")
    desk.act(at, "apply")
    kept = register_steps.take_back

    def dies(*given, **more):
        kept(*given, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(register_steps, "take_back", dies)
        with pytest.raises(KeyboardInterrupt):
            desk.act(at, "undo")
    desk.work()
    with fresh_app.app_context():
        assert state(fresh_app).state == "undone"


def test_after_thirty_days_it_stays_and_what_was_before_is_forgotten(desk, fresh_app):
    at = desk.brought(workbook(HERE), "snapshot.xlsx", day="2026-11-01")
    desk.act(at, "apply")
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(FilingBefore)) == 1
        row = state(fresh_app)
        assert row.ends_at > clock.now() + timedelta(days=29)
        uploads.ask(row.id, Task.UNDO, row.version, "demo-admin")
        state(fresh_app).ends_at = clock.now() - timedelta(seconds=1)
        db.session.commit()
    desk.work()
    with fresh_app.app_context():
        assert "older" in state(fresh_app).trouble["sentence"]
    desk.work()
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(FilingBefore)) == 0
        assert db.session.scalar(select(func.count()).select_from(Observed).where(Observed.snapshot > 0)) > 0
    assert 'value="undo"' not in desk.look(at)
