"""The text index is fresh until something changes that can be searched; other news leaves it alone."""

import shutil
from datetime import UTC, datetime

import pytest

from app.core.db import data_version, text_version, touch_data
from app.extensions import db
from app.facilities import index
from app.facilities.queries import similar
from app.facilities.queries.warming import warm
from app.facilities.service import proposals
from app.facilities.service.indexing import rebuild
from app.facilities.service.recording import SEARCHED, documents
from app.search import whoosh_index
from tests.factories.accounts import form_token, sign_in
from tests.factories.cases import at
from tests.factories.facilities import say
from tests.factories.proposals import SHOP, WORKER, ask, staff_of

MORNING = datetime(2026, 11, 24, 0, 12, tzinfo=UTC)
DESK = f"/en/staff/slots/{SHOP}"


@pytest.fixture
def client(fresh_app):
    return fresh_app.test_client()


@pytest.mark.parametrize(
    ("verb", "said"), [("tap", {"do": "today:2"}), ("vacancies", {"band": "junior", "vacancies": "1"})]
)
def test_a_place_free_is_news_and_leaves_the_index_fresh(fresh_app, client, verb, said):
    with at(MORNING):
        sign_in(client, "demo-provider-1")
        with fresh_app.app_context():
            before = data_version()
        token = form_token(client, "/en/staff/me")
        assert client.post(f"{DESK}/{verb}", data={"csrf_token": token, **said}).status_code == 303
        with fresh_app.app_context():
            assert data_version() > before
            assert index.is_fresh()


@pytest.mark.parametrize(
    ("field", "value", "fresh"), [("phone", "0000-5550999", True), ("address", "试验街道一号", False)]
)
def test_an_approved_proposal_makes_the_index_old_only_where_it_can_be_searched(
    fresh_app, client, field, value, fresh
):
    with fresh_app.app_context():
        number, worker = ask(field=field, value=value), staff_of(WORKER, client)
        proposals.approve(number, worker)
        assert index.is_fresh() is fresh
        found = index.search("试验街道一号").ids
        assert found == (() if fresh else (SHOP,)), "the database answers where the index is old"
        rebuild(if_stale=True)
        assert index.is_fresh()
        assert index.search("试验街道一号").ids == found


def test_what_cannot_be_searched_is_in_no_document(fresh_app):
    """The list of searched fields is complete: others change no document."""
    said = {
        "kind": "community", "status": "rectifying", "phone": "0000-5550998", "opening": "1-5 06:00-20:00",
        "inclusive": False, "food": ["vegetarian"], "opens_on": "2027-01-01", "fees": [], "care": [],
        "bands": [],
    }  # fmt: skip
    assert not SEARCHED & said.keys()
    with fresh_app.app_context():
        before = list(documents())
        say(SHOP, "990101", **said)
        assert list(documents()) == before


def test_a_warm_process_opens_nothing_for_its_first_words(fresh_app, monkeypatch):
    with fresh_app.app_context():
        warm()
        monkeypatch.setattr(whoosh_index.Shelf, "load", lambda *_: pytest.fail("the index was opened again"))
        monkeypatch.setattr(similar.Shelf, "of", lambda *_: pytest.fail("the areas were read again"))
        assert index.search("托育").ids
        assert index.embedded().similar("托育园园").ids is not None
        assert similar.area_names()


def test_a_process_without_an_index_starts_all_the_same(fresh_app):
    shutil.rmtree(fresh_app.extensions["settings"].index)
    with fresh_app.app_context():
        warm()
        assert index.search("托育").ids


def test_an_index_from_before_there_was_a_text_version_is_judged_by_the_data_version(fresh_app):
    from app.core.db import TEXT_VERSION, Meta

    with fresh_app.app_context():
        held = db.session.get(Meta, TEXT_VERSION)
        db.session.delete(held)
        db.session.commit()
        before = data_version()
        assert text_version() == before
        touch_data(texts=False)
        db.session.commit()
        assert (data_version(), text_version()) == (before + 1, before)
