"""Facts of a place at its counter: times of its own, price caps, duties of offices, numbers of residents."""

from datetime import date

import pytest
from sqlalchemy import delete, func, select

from app.areas import queries as areas
from app.areas.model import PackFile, PlaceChange
from app.areas.queries import overlays, proposed
from app.cases.model import CaseClock
from app.cases.queries.routing import route
from app.core import clock
from app.extensions import db
from tests.addresses import DEMO
from tests.factories.cases import MONDAY, a_case, at
from tests.factories.place_desk import ADMIN, HOME, LEAD, SECOND, desk_of, send_row, step

TIME = {
    "cell-clock": "K5", "cell-category": "care", "cell-purpose": "report", "cell-severity": "*",
    "cell-amount": "7", "cell-unit": "workdays", "cell-document": "xq-complaints", "cell-clause": "5.1",
    "cell-confidence": "a", "cell-basis_zh-Hans": "本县规定七个工作日内答复。",
}  # fmt: skip
CAPS = ("infant", "junior", "senior", "mixed")
CAP = "public|full-day|{}|month|xq-fees|2025-09-01"


def reply_of(category="care"):
    return route(DEMO, category, purpose="report").clocks["reply"]


def dates_of(identity):
    query = select(CaseClock.name, CaseClock.due_at).where(CaseClock.case_id == identity)
    return [tuple(row) for row in db.session.execute(query.order_by(CaseClock.name))]


def test_a_time_of_the_place_is_shown_approved_by_another_and_holds_for_later_reports(fresh_app):
    with fresh_app.app_context(), at(MONDAY):
        identity = a_case(category="care").id
        owed = dates_of(identity)
    lead, second = desk_of(fresh_app, LEAD), desk_of(fresh_app, SECOND)
    made = send_row(lead, "clocks", **TIME)
    assert made.status_code == 303, made.text
    page = lead.get(made.location).text
    assert "Of 1 open cases, 1 would have other dates" in page
    assert "252 kinds of report" in page
    assert ["10 working days" in page, "7 working days" in page] == [True, True]
    assert step(lead, made.location, "propose").status_code == 303
    assert step(lead, made.location, "approve").status_code == 409
    with fresh_app.app_context():
        assert reply_of()["amount"] == 10
    assert step(second, made.location, "approve").status_code == 303
    with fresh_app.app_context():
        assert [reply_of()["amount"], reply_of("fees")["amount"]] == [7, 10]
        assert dates_of(identity) == owed
        assert db.session.scalars(select(PlaceChange.edition)).one() == areas.edition(DEMO).version


@pytest.mark.parametrize(
    ("column", "wrong"), [("amount", "0"), ("amount", "soon"), ("unit", "weeks"), ("basis_zh-Hans", "")]
)
def test_a_time_that_cannot_be_comes_back_with_what_was_typed(fresh_app, column, wrong):
    answer = send_row(desk_of(fresh_app, LEAD), "clocks", **{**TIME, f"cell-{column}": wrong})
    assert answer.status_code == 422
    assert f'href="#cell-{column}"' in answer.text
    assert 'value="5.1"' in answer.text


def test_a_time_that_is_there_already_is_told_once_and_in_words(fresh_app):
    lead = desk_of(fresh_app, LEAD)
    assert send_row(lead, "clocks", **TIME).status_code == 303
    answer = send_row(lead, "clocks", **TIME)
    assert answer.status_code == 422
    assert answer.text.count("is listed twice") == 2, "in the summary and beside the field"
    assert "“Whole reply to the resident · Quality of care · " in answer.text


def test_a_price_cap_holds_at_once_and_may_rest_on_a_document_of_the_nation(fresh_app):
    lead, reader = desk_of(fresh_app, LEAD), fresh_app.test_client()
    cells = {"cell-amount": "1950.50", "cell-document": "complaints-rule"}
    assert send_row(lead, "caps", CAP.format("infant"), **cells).status_code == 303
    with fresh_app.app_context():
        found = {card.band: card for card in areas.caps(DEMO, clock.today())}
        assert found["infant"].amount_fen == 195050
        assert found["junior"].amount_fen == 140000
    assert reader.get(f"/en/tools/cost?area={DEMO}").status_code == 200
    assert "1,950.50" in reader.get(f"/en/tools/cost?area={DEMO}").text
    for wrong in ({"cell-amount": "1.234"}, {"cell-percent": "20"}, {"cell-scope": "some"}):
        assert send_row(lead, "caps", CAP.format("junior"), **wrong).status_code == 422


def test_a_table_that_was_emptied_here_stays_empty_when_another_changes(fresh_app):
    lead = desk_of(fresh_app, LEAD)
    for band in CAPS:
        assert send_row(lead, "caps", CAP.format(band), do="remove").status_code == 303
    with fresh_app.app_context():
        assert areas.caps(DEMO, clock.today()) == ()
        assert proposed.pack_with(DEMO, "targets", {}).pack.caps == ()


def test_a_place_that_was_loaded_before_a_table_could_be_edited_has_the_rows_of_its_file(fresh_app):
    with fresh_app.app_context():
        db.session.execute(delete(PackFile).where(PackFile.name == "caps"))
        db.session.commit()
        assert len(overlays.lines(DEMO, "caps")) == len(CAPS)
    lead = desk_of(fresh_app, LEAD)
    assert send_row(lead, "caps", CAP.format("infant"), **{"cell-amount": "1950"}).status_code == 303
    with fresh_app.app_context():
        assert len(areas.caps(DEMO, clock.today())) == len(CAPS)


def test_what_an_office_does_is_said_on_its_page_at_once(fresh_app):
    lead, reader = desk_of(fresh_app, LEAD), fresh_app.test_client()
    public = f"/en/areas/{DEMO}"
    cells = {"cell-text_en": "Answers at the counter, too."}
    assert send_row(lead, "duties", f"{DEMO}.health|1", **cells).status_code == 303
    assert "Answers at the counter, too." in reader.get(public).text
    assert send_row(lead, "duties", f"{DEMO}.health|1", do="remove").status_code == 303
    assert "Answers at the counter, too." not in reader.get(public).text


def test_a_count_of_residents_holds_at_once(fresh_app):
    lead = desk_of(fresh_app, LEAD)
    assert send_row(lead, "population", f"{DEMO}|2025", **{"cell-figure": "400000"}).status_code == 303
    for wrong in ("", "0", "many"):
        answer = send_row(lead, "population", f"{DEMO}|2025", **{"cell-figure": wrong})
        assert answer.status_code == 422
    with fresh_app.app_context():
        known = areas.documents(DEMO, clock.today())
        assert areas.populations([DEMO], known, clock.today())[DEMO].figure == 400000


def test_these_facts_are_for_the_lead_alone_to_change(fresh_app):
    admin = desk_of(fresh_app, ADMIN)
    for table in ("clocks", "caps", "duties", "population"):
        assert admin.get(f"{HOME}/{table}").status_code == 200
        assert admin.get(f"{HOME}/{table}/row").status_code == 404


def test_a_document_that_is_no_longer_in_force_says_so(fresh_app):
    lead, reader = desk_of(fresh_app, LEAD), fresh_app.test_client()
    assert send_row(lead, "documents", "xq-fees", **{"cell-valid_until": "2026-01-31"}).status_code == 303
    with fresh_app.app_context():
        found = areas.documents(DEMO, clock.today())["xq-fees"]
        assert (found.status, found.period_end) == ("period-ended", date(2026, 1, 31))
    assert "Its period has ended" in reader.get(f"/en/areas/{DEMO}").text
    assert send_row(lead, "documents", "xq-fees", **{"cell-valid_until": "2020-01-31"}).status_code == 422


def test_a_rule_that_is_sent_as_it_is_shown_changes_nothing(fresh_app):
    lead = desk_of(fresh_app, LEAD)
    with fresh_app.app_context():
        keys = [key for key, row in overlays.rows(DEMO, "routing").items() if "|" in row.get("co", "")]
    for key in keys[:6]:
        assert send_row(lead, "routing", key).status_code == 303
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PlaceChange)) == 0


def test_helping_offices_keep_their_order_and_a_new_one_follows_them(fresh_app):
    lead = desk_of(fresh_app, LEAD)
    with fresh_app.app_context():
        before = overlays.rows(DEMO, "routing")["40"]["co"].split("|")
    wanted = [f"{DEMO}.fire", *sorted(before)]
    made = send_row(lead, "routing", "40", **{"cell-co": wanted})
    with fresh_app.app_context():
        found = overlays.change(int(made.location.rpartition("/")[2]))
        assert found.rows["40"]["co"].split("|") == [*before, f"{DEMO}.fire"]


def test_an_office_that_has_two_parts_is_named_in_words(fresh_app):
    lead = desk_of(fresh_app, LEAD)
    with fresh_app.app_context():
        name = areas.office(f"{DEMO}.health").names["en"]
    answer = send_row(lead, "routing", "40", **{"cell-co": [f"{DEMO}.health"]})
    assert answer.status_code == 422
    assert f"“{name}” is listed twice" in answer.text
