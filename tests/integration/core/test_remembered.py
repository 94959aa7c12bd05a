"""What is remembered for a version of the public data is read again with the next one, never by commands."""

from flask import request
from flask_babel import force_locale, gettext

from app.areas import queries as areas
from app.core.db import touch_data
from app.core.remembered import VERSION, remembered, table
from app.extensions import db


def test_it_is_read_once_for_each_version(app):
    read = []

    @remembered
    def fact(name: str) -> int:
        read.append(name)
        return len(read)

    with app.test_request_context("/en/find"):
        request.environ[VERSION] = -1
        assert [fact("a"), fact("a"), fact("b")] == [1, 1, 2]
        request.environ[VERSION] = -2
        assert fact("a") == 3
    with app.test_request_context("/en/find"):
        assert [fact("a"), fact("a")] == [4, 5], "nothing is remembered where no version was read"
    with app.app_context():
        assert fact("a") == 6
        assert table("areas") == {}


def test_a_question_too_long_to_be_kept_still_remembers(app):
    client = app.test_client()
    client.lint = False
    app.extensions.pop("remembered", None)
    assert client.get(f"/en/find?area=330681&{'care=full-day&' * 200}").status_code == 200
    held = app.extensions["remembered"]
    assert held[1]
    assert client.get(f"/en/find?area=330681&{'care=half-day&' * 200}").status_code == 200
    assert app.extensions["remembered"] is held


def test_a_place_that_changes_is_seen_by_the_next_page(fresh_app):
    from app.areas.model import Place

    client = fresh_app.test_client()
    address = "/en/find?area=990101&q=%E4%BA%91"
    assert "fictional" in client.get(address).text
    with fresh_app.app_context():
        row = db.session.get(Place, "990101")
        row.fictional = False
        touch_data()
        db.session.commit()
        assert not any(place.fictional for place in areas.places())
    assert "This county is fictional." not in client.get(address).text


def test_words_follow_the_language_that_is_forced_and_come_back(app):
    with app.test_request_context("/en/find"):
        assert gettext("Find care") == "Find care"
        with force_locale("zh_Hans"):
            assert gettext("Find care") != "Find care"
        assert gettext("Find care") == "Find care"
    assert gettext("Find care") == "Find care", "also where there is no page"
