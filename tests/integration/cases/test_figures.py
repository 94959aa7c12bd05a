"""Public figures: what is counted is right, what is small is hidden, page and table say the same."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from app.cases.model import Case
from app.cases.queries import figures as reads
from app.cases.queries.figures import Count
from app.cases.rules.acts import Event
from app.cases.rules.periods import Period
from app.core import clock
from app.core.files import as_csv
from app.extensions import db
from tests.factories import cases as make

MAY = datetime(2026, 5, 11, 1, tzinfo=UTC)
AFTER = datetime(2027, 1, 4, 1, tzinfo=UTC)
Q2 = Period(2026, 2)
RESIDENT = make.doer("resident")


@pytest.fixture
def site(fresh_app):
    with fresh_app.app_context():
        yield fresh_app


def cases(number: int, moment: datetime = MAY, **answers: object) -> list[Case]:
    with make.at(moment):
        return [make.a_case(**{"category": "care", **answers}) for _each in range(number)]


def answered(case: Case, moment: datetime, rating: int | None = None) -> None:
    with make.at(moment):
        make.replied_to(make.worked_on(case))
        if rating:
            make.step(case, Event.RATE, RESIDENT, rating=rating, solved="yes")


def row(period: Period, category: str = "care", moment: datetime = AFTER) -> reads.Row | None:
    with make.at(moment):
        found = reads.figures(make.COUNTY, period)
    return next((each for each in found.rows if each.category == category), None)


def test_what_became_of_the_cases_of_a_quarter(site):
    for number, case in enumerate(cases(8)):
        answered(case, make.days_after(MAY, 2 if number < 6 else 30), rating=5 if number < 4 else 2)
    cases(2)
    found = row(Q2)
    assert found.count == Count(10, 10)
    assert found.in_time == 60  # six of ten; two came late, two never
    assert found.days == 2.0
    assert found.satisfied == 50  # four of eight ratings
    assert found.reopened == 0
    assert not found.enforcement


def test_who_did_not_rate_is_not_satisfied_and_few_ratings_say_nothing(site):
    for case in cases(5):
        answered(case, make.days_after(MAY, 1))
    assert row(Q2).satisfied is None
    assert row(Q2).in_time == 100


def test_the_first_date_counts_whatever_was_granted_later(site):
    for case in cases(5):
        with make.at(MAY):
            make.worked_on(case)
            given = {"reason": make.REASON, "days": 5, "proposer": "zoe"}
            make.step(case, Event.EXTEND, make.doer("head", unit=case.lead), **given)
        with make.at(make.days_after(MAY, 16)):
            make.replied_to(case)
    assert row(Q2).in_time == 0


def test_what_was_sent_back_counts_with_its_first_answer(site):
    for number, case in enumerate(cases(6)):
        answered(case, make.days_after(MAY, 1), rating=1)
        if number < 3:
            with make.at(make.days_after(MAY, 2)):
                make.step(case, Event.REOPEN, RESIDENT, reason=make.REASON)
    found = row(Q2)
    assert found.reopened == 50
    assert found.in_time == 100
    assert found.days == 1.0


def test_a_refusal_is_an_answer_and_a_withdrawal_is_owed_none(site):
    for number, case in enumerate(cases(7)):
        with make.at(make.days_after(MAY, 1)):
            if number < 5:
                make.step(
                    case, Event.REFER, make.doer("lead", unit=case.lead), code="court", reason=make.REASON
                )
            else:
                make.step(case, Event.WITHDRAW, RESIDENT)
    assert row(Q2).in_time == 100


def test_a_merged_case_is_answered_with_the_one_it_went_into(site):
    first, *others = cases(5)
    with make.at(MAY):
        make.worked_on(first)
        for case in others:
            make.step(case, Event.MERGE, make.doer("lead", unit=case.lead), target=first.number)
    with make.at(make.days_after(MAY, 1)):
        make.replied_to(first)
    assert row(Q2).in_time == 100


def test_a_small_number_is_hidden_and_takes_what_would_give_it_away(site):
    cases(9)
    cases(6, category="food")
    cases(2, category="fees")
    with make.at(AFTER):
        found = reads.figures(make.COUNTY, Q2)
        assert found.total == Count(17, 17)
        assert {each.category: each.count.low for each in found.rows} == {"care": 9}
        whole_year = reads.figures(make.COUNTY, Period(2026))
        assert {each.category for each in whole_year.rows} <= {"care"}


def test_a_running_quarter_grows_in_steps_and_a_running_year_says_at_least(site):
    cases(7)
    cases(12, make.MONDAY)
    cases(4, make.MONDAY, category="fees")
    now = make.days_after(make.MONDAY, 1)
    with make.at(now):
        quarter = reads.figures(make.COUNTY, Period(2026, 4))
        year = reads.figures(make.COUNTY, Period(2026))
    assert quarter.running
    assert [(each.category, each.count) for each in quarter.rows] == [("care", Count(10, 14))]
    assert quarter.total == Count(10, None)
    assert [(each.category, each.count) for each in year.rows] == [("care", Count(17, None))]
    assert year.until == date(2026, 11, 17)


def test_one_more_report_changes_nothing_that_is_shown_of_a_running_quarter(site):
    cases(11, make.MONDAY)
    with make.at(make.days_after(make.MONDAY, 1)):
        before = reads.figures(make.COUNTY, Period(2026, 4))
        make.a_case(category="abuse")
        make.a_case(category="care")
        assert reads.figures(make.COUNTY, Period(2026, 4)) == before


def test_a_township_shows_its_year_only_and_none_can_be_reckoned(site):
    cases(8)
    cases(9, area=f"{make.COUNTY}002")
    cases(2, area=f"{make.COUNTY}003")
    with make.at(AFTER):
        assert reads.figures(make.COUNTY, Q2).parts == ()
        found = reads.figures(make.COUNTY, Period(2026))
    assert found.total == Count(19, 19)
    assert [part.count for part in found.parts] == [9]
    assert found.hidden_parts == 7


def test_a_day_belongs_to_the_quarter_it_is_in_here(site):
    cases(5, datetime(2026, 3, 31, 15, 59, tzinfo=UTC))
    cases(6, datetime(2026, 3, 31, 16, 0, tzinfo=UTC))
    assert row(Period(2026, 1)).count == Count(5, 5)
    assert row(Q2).count == Count(6, 6)


def test_figures_stay_when_words_are_gone(site):
    for case in cases(5):
        answered(case, make.days_after(MAY, 1), rating=5)
        case.state = "disposed"
    db.session.commit()
    assert row(Q2).satisfied == 100


def test_page_chart_and_table_say_the_same(site, monkeypatch):
    for case in cases(6):
        answered(case, make.days_after(MAY, 1), rating=5)
    cases(12, category="fire")
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    client = site.test_client()
    address = f"stats?area={make.COUNTY}&period=2026-Q2"
    answer = client.get(f"/en/{address}")
    assert answer.headers["Cache-Control"].startswith("public")
    page = answer.get_data(as_text=True)
    lines = list(
        csv.DictReader(
            io.StringIO(
                client.get(f"/data/{address.replace('stats', 'stats.csv')}")
                .get_data(as_text=True)
                .lstrip("\ufeff")
            )
        )
    )
    numbers = {line["subject"]: line["cases_from"] for line in lines}
    assert numbers == {"fire": "12", "care": "6", "all": "18"}
    assert all(f"{number}<" in page for number in numbers.values())
    for words, number in (("Fire safety", 12), ("Quality of care", 6)):
        assert f"{words}: {number}</text>" in page
    assert 'width="400"' in page
    assert 'width="200"' in page
    care = next(line for line in lines if line["subject"] == "care")
    assert (care["answered_in_time_percent"], care["median_working_days"]) == ("100", "1.0")
    assert (care["cases_to"], care["enforcement"]) == ("6", "no")


@pytest.mark.parametrize("language", ["zh-Hans", "ug", "en"])
@pytest.mark.parametrize(
    "query", ["", "?area=990101", "?area=990101&period=2025", "?area=33", "?period=2026-Q2"]
)
def test_a_page_without_figures_says_so(app, language, query):
    assert app.test_client().get(f"/{language}/stats{query}").status_code == 200


def test_a_township_leads_to_the_figures_of_its_place(app):
    answer = app.test_client().get(f"/en/stats?area={make.TOWN}&period=2026-Q1")
    assert answer.status_code == 302
    assert answer.location == f"/en/stats?area={make.COUNTY}&period=2026-Q1"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/stats?area=77", 400), ("/en/stats?period=2026-05", 400), ("/en/stats?period=2099", 400),
        ("/en/stats?area=990101&period=%00", 400), ("/data/stats.csv", 404), ("/data/stats.csv?area=33", 404),
        (f"/data/stats.csv?area={make.TOWN}", 404), ("/data/stats.csv?area=x", 400),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_refused(app, address, status):
    assert app.test_client().get(address).status_code == status


def test_no_cell_of_a_table_is_a_formula():
    cells = ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "fine", -2, None, 1.5]
    text = as_csv(["cell"], [[cell] for cell in cells]).decode("utf-8-sig")
    found = [line[0] if line else "" for line in csv.reader(io.StringIO(text, newline=""))][1:]
    assert found == ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", "'＝1", "fine", "-2", "", "1.5"]


def test_days_past_midnight_are_the_next_working_day(site):
    for case in cases(5, datetime(2026, 5, 11, 15, 30, tzinfo=UTC)):
        answered(case, datetime(2026, 5, 11, 16, 30, tzinfo=UTC) + timedelta(minutes=1))
    assert row(Q2).days == 1.0
