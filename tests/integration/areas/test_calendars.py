"""Work calendars: a region's own holidays, what refuses to load, notices that operators import."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app.areas import queries
from app.areas.loading.calendars import load_calendars, load_year
from app.areas.model import ContentLoad, Place, Workday, Workyear
from app.areas.queries import CalendarWarning
from app.areas.service import import_year, load_content
from app.core.audit import Audit
from app.core.faults import FaultyFiles
from app.extensions import db
from tests.addresses import CONTENT

NOTICE = """\
date,kind,name_zh-Hans
2026-12-27,work,元旦
2027-01-01,rest,元旦
2027-01-02,rest,元旦
2027-01-03,rest,元旦
2027-02-20,work,春节
2027-05-03,rest,劳动节
"""
ADDRESS = "https://www.gov.cn/notice-of-2027"


@pytest.fixture
def notice(tmp_path) -> Path:
    path = tmp_path / "2027.csv"
    path.write_text(NOTICE, "utf-8")
    return path


@pytest.fixture
def content(tmp_path) -> Path:
    """A copy of the content whose calendars may be changed."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def faults_of(folder: Path) -> str:
    with pytest.raises(FaultyFiles) as caught:
        load_calendars(folder)
    return "\n".join(fault.text() for fault in caught.value.faults)


def year_of(region: str, year: int) -> Workyear:
    held = db.session.get(Workyear, (region, year), populate_existing=True)
    assert held is not None
    return held


def flask(app, *words: str):
    return app.test_cli_runner().invoke(args=["areas", *map(str, words)])


def bring(app, path: Path, *more: str, status: str = "official", region: str = "CN", year: int = 2027):
    words = ("--region", region, "--year", year, "--status", status, "--source", ADDRESS, *more)
    return flask(app, "import-calendar", path, *words)


# place, start, working days, last day of the term
REGIONAL = [
    ("650102", "2025-03-28", 1, "2025-04-01"),
    ("650102", "2025-06-05", 3, "2025-06-13"),
    ("650102", "2025-06-03", 7, "2025-06-17"),
    ("6501", "2025-03-28", 1, "2025-04-01"),
    ("653101", "2025-03-28", 1, "2025-04-01"),  # no place of the site, but of the same province
    ("330681", "2025-03-28", 1, "2025-03-31"),
    ("330681", "2025-06-05", 3, "2025-06-10"),
    ("330681", "2025-06-03", 7, "2025-06-12"),
    ("990101", "2026-05-08", 1, "2026-05-09"),
    ("11", "2026-05-08", 1, "2026-05-09"),
]


@pytest.mark.parametrize(("area", "start", "days", "due"), REGIONAL)
def test_a_region_has_its_own_holidays_over_the_nations(app, area, start, days, due):
    with app.app_context():
        found = queries.work_calendar(area).add(date.fromisoformat(start), days)
    assert (found.on.isoformat(), found.status) == (due, "official")


@pytest.mark.parametrize(
    ("area", "calendar"), [("650102", "CN-65"), ("6501", "CN-65"), ("654202", "CN-65"), ("330681", "CN")]
)
def test_an_area_has_the_calendar_of_its_place_or_province(app, area, calendar):
    with app.app_context():
        assert queries.calendar_of(area) == calendar


def test_the_nearest_places_calendar_counts(fresh_app):
    with fresh_app.app_context():
        place = db.session.get(Place, "6501")
        place.calendar = "CN"
        db.session.flush()
        assert queries.calendar_of("650102") == "CN"
        assert queries.calendar_of("6502") == "CN-65"


@pytest.mark.parametrize(
    ("area", "start", "days", "status"),
    [
        ("330681", "2026-05-08", 1, "official"),
        ("650102", "2026-05-08", 1, "provisional"),  # the region's notice of 2026 was not seen
        ("650102", "2025-12-30", 5, "provisional"),
        ("330681", "2026-12-28", 5, "provisional"),
        ("330681", "2031-05-08", 5, "provisional"),
        ("330681", "2019-05-08", 5, "provisional"),
    ],
)
def test_a_term_is_official_only_if_every_year_of_it_is(app, area, start, days, status):
    with app.app_context():
        assert queries.work_calendar(area).add(date.fromisoformat(start), days).status == status


def test_staff_are_warned_of_years_without_a_notice(app):
    with app.app_context():
        assert queries.calendar_warnings(date(2026, 11, 22)) == [
            CalendarWarning("CN", 2027, "provisional"),
            CalendarWarning("CN-65", 2026, "provisional"),
            CalendarWarning("CN-65", 2027, "provisional"),
        ]
        assert queries.calendar_warnings(date(2026, 11, 1)) == [CalendarWarning("CN-65", 2026, "provisional")]
        assert CalendarWarning("CN", 2028, "missing") in queries.calendar_warnings(date(2027, 11, 2))
        assert CalendarWarning("CN", 2028, "missing") not in queries.calendar_warnings(date(2027, 11, 1))


def test_faults_are_told_with_file_line_and_column(content):
    folder = content / "calendars"
    (folder / "CN" / "2026.csv").write_text(
        "date,kind,name_zh-Hans,name_ug,name_en\n"
        "2026-01-01,rest,元旦,,\n2026-01-01,rest,元旦,,\n2026-01-05,work,元旦,,\n2026-02-30,rest,春节,,\n"
        "2026-05-01,holiday,,,\n2027-01-01,rest,元旦,,\n2025-11-30,rest,元旦,,\n2025-12-31,rest,元旦,,\n"
        "2026-06-20,rest,端午节,,\n",
        "utf-8",
    )
    (folder / "CN" / "2031.csv").write_text("date,kind,name_zh-Hans\n", "utf-8")
    with (folder / "years.csv").open("a", encoding="utf-8") as file:
        file.write("CN,2026,official,x\nXJ,2026,official,x\nCN,2028,final,\nCN,20271,official,x\n")
        file.write("CN-65,2028,official,\n")
    (folder / "CN-65" / "2028.csv").write_text("date,kind,name_zh-Hans\n", "utf-8")
    found = faults_of(content).splitlines()
    wanted = [
        "calendars/CN/2026.csv:3: date: 2026-01-01 is listed twice.",
        "calendars/CN/2026.csv:4: kind: 2026-01-05 is not on a weekend; a make-up workday must be.",
        "calendars/CN/2026.csv:5: date: “2026-02-30” is not a date like 2026-01-30.",
        "calendars/CN/2026.csv:6: kind: “holiday” is not one of: rest, work.",
        "calendars/CN/2026.csv:6: name_zh-Hans: This cell must not be empty.",
        "calendars/CN/2026.csv:7: date: 2027-01-01 is neither a day of 2026 nor of the December before it.",
        "calendars/CN/2026.csv:8: date: 2025-11-30 is neither a day of 2026 nor of the December before it.",
        "calendars/years.csv:10: year: The year 2026 of CN is listed twice.",
        "calendars/years.csv:11: region: “XJ” is not CN or CN- with two digits of a province.",
        "calendars/years.csv:12: status: “final” is not one of: official, provisional.",
        "calendars/CN/2028.csv:1: This file is missing.",
        "calendars/years.csv:13: year: “20271” is not a year.",
        "calendars/years.csv:14: source: This cell must not be empty.",
        "calendars/years.csv:14: status: An official year has at least one day.",
        "calendars/CN/2031.csv:1: This file is of no year in years.csv.",
    ]
    assert sorted(found) == sorted(wanted)


def test_a_place_with_an_unknown_calendar_is_refused(fresh_app, content):
    path = content / "places" / "990101" / "place.toml"
    path.write_text(path.read_text("utf-8").replace('calendar = "CN"', 'calendar = "CN-11"'), "utf-8")
    with fresh_app.app_context(), pytest.raises(FaultyFiles, match="calendar: This calendar is not known"):
        load_content(content, sample=True)


def test_a_province_needs_only_a_folder_of_its_own(fresh_app, content):
    folder = content / "calendars"
    (folder / "CN-33").mkdir()
    (folder / "CN-33" / "2026.csv").write_text(
        "date,kind,name_zh-Hans\n2026-11-24,rest,节\n2026-10-10,rest,节\n2025-12-31,rest,节\n", "utf-8"
    )
    with (folder / "years.csv").open("a", encoding="utf-8") as file:
        file.write("CN-33,2026,official,x\n")
    place = content / "places" / "330681" / "place.toml"
    place.write_text(place.read_text("utf-8").replace('calendar = "CN"', 'calendar = "CN-33"'), "utf-8")
    with fresh_app.app_context():
        load_content(content, sample=True)
        calendar = queries.work_calendar("330681")
        assert calendar.add(date(2026, 11, 23), 1).on == date(2026, 11, 25)
        assert not calendar.is_workday(date(2026, 10, 10))
        assert not calendar.is_workday(date(2025, 12, 31))
        assert calendar.add(date(2026, 11, 23), 1).status == "official"
        assert calendar.add(date(2025, 11, 24), 1).status == "provisional"
        assert queries.work_calendar("110115").add(date(2026, 11, 23), 1).on == date(2026, 11, 24)


def test_a_missing_year_stops_nothing(fresh_app, content):
    for path in (content / "calendars").glob("*/*.csv"):
        path.unlink()
    (content / "calendars" / "years.csv").write_text("region,year,status,source\n", "utf-8")
    with fresh_app.app_context():
        for table in (Workday, Workyear, ContentLoad):
            db.session.execute(table.__table__.delete())
        db.session.commit()
        assert load_content(content, sample=True).changed
        due = queries.work_calendar("330681").add(date(2026, 5, 8), 1)
        assert (due.on, due.status) == (date(2026, 5, 11), "provisional")
        assert queries.calendar_warnings(date(2026, 5, 8)) == [CalendarWarning("CN", 2026, "missing")]


def test_an_imported_notice_says_which_days_it_changes(fresh_app, notice):
    told = bring(fresh_app, notice, "--dry-run")
    assert told.exit_code == 0
    assert "CN 2027 (provisional → official): 17 days would change." in told.output
    with fresh_app.app_context():
        assert year_of("CN", 2027).status == "provisional"
    told = bring(fresh_app, notice)
    lines = told.output.splitlines()
    assert "  + 2027-01-02 rest" in lines
    assert "  + 2026-12-27 work" in lines
    assert "  - 2027-10-01 rest" in lines
    assert lines[-1] == "CN 2027 (provisional → official): 17 days changed."
    with fresh_app.app_context():
        due = queries.work_calendar("330681").add(date(2026, 12, 25), 1)
        assert (due.on, due.status) == (date(2026, 12, 27), "official")
        noted = db.session.scalars(select(Audit).where(Audit.action == "calendar.import")).one()
        assert (noted.subject, noted.data["days"]) == ("CN 2027", 17)
        held = db.session.scalars(select(Workday).where(Workday.year == 2027, Workday.region == "CN"))
        names = {row.on: row.names for row in held}
    assert names[date(2027, 2, 20)]["en"] == "Spring Festival"
    assert bring(fresh_app, notice).output == "CN 2027 (official): 0 days changed.\n"


def test_a_turned_day_is_told_as_such(fresh_app, tmp_path):
    path = tmp_path / "2026.csv"
    text = (CONTENT / "calendars" / "CN" / "2026.csv").read_text("utf-8")
    path.write_text(text.replace("2026-10-10,work", "2026-10-10,rest"), "utf-8")
    told = bring(fresh_app, path, year=2026)
    assert told.output == "  ~ 2026-10-10 work → rest\nCN 2026 (official): 1 day changed.\n"


def test_the_moment_of_a_change_is_kept_and_only_a_change_moves_it(fresh_app, notice):
    early, late = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
    read = load_year(notice, "CN", 2027, "official", ADDRESS)
    with fresh_app.app_context():
        import_year(read, now=early)
        import_year(read, now=late)
        assert year_of("CN", 2027).changed_at == early
        assert queries.calendar_changed_at("CN") == queries.calendar_changed_at("CN-65")
        import_year(load_year(notice, "CN", 2027, "provisional", ""), now=late)
        assert year_of("CN", 2027).changed_at == late
        moment = datetime(2099, 1, 1, tzinfo=UTC)
        import_year(load_year(notice, "CN-65", 2027, "official", ADDRESS), now=moment)
        assert queries.calendar_changed_at("CN-65") == moment
        assert queries.calendar_changed_at("CN") != moment


def test_an_imported_year_survives_a_load_of_changed_content(fresh_app, notice, content):
    bring(fresh_app, notice)
    with (content / "calendars" / "SOURCES.md").open("a", encoding="utf-8") as file:
        file.write("\nAnother line.\n")
    with fresh_app.app_context():
        assert load_content(content, sample=True).changed
        held = year_of("CN", 2027)
        assert (held.status, held.source, held.imported) == ("official", ADDRESS, True)
        assert queries.work_calendar("330681").kinds[date(2026, 12, 27)] == "work"


def ship_notice(content: Path) -> None:
    """Make 2027 official in the content, with days of its own."""
    shutil.copy(content / "calendars" / "CN" / "2026.csv", content / "calendars" / "CN" / "2027.csv")
    for name in ("CN/2027.csv", "years.csv"):
        path = content / "calendars" / name
        text = path.read_text("utf-8").replace("CN,2027,provisional", "CN,2027,official")
        path.write_text(
            text if name == "years.csv" else "date,kind,name_zh-Hans\n2027-01-01,rest,元旦\n", "utf-8"
        )


@pytest.mark.parametrize(("imported", "kept"), [("official", True), ("provisional", False)])
def test_official_content_replaces_only_what_is_not_officially_imported(
    fresh_app, notice, content, imported, kept
):
    bring(fresh_app, notice, status=imported)
    ship_notice(content)
    with fresh_app.app_context():
        load_content(content, sample=True)
        held = year_of("CN", 2027)
        assert (held.status, held.imported) == ("official", kept)
        assert (date(2027, 5, 3) in queries.work_calendar("330681").kinds) is kept


def test_older_content_does_not_take_an_official_year_back(fresh_app, content):
    ship_notice(content)
    with fresh_app.app_context():
        load_content(content, sample=True)
        moment = year_of("CN", 2027).changed_at
        load_content(CONTENT, sample=True)
        held = year_of("CN", 2027)
        assert (held.status, held.imported, held.changed_at) == ("official", False, moment)


def test_a_file_of_holiday_cn_is_read(fresh_app, tmp_path):
    path = tmp_path / "2027.json"
    days = [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]
    days.append({"name": "元旦", "date": "2027-01-02", "isOffDay": False})
    path.write_text(json.dumps({"year": 2027, "papers": [ADDRESS], "days": days}, indent=1), "utf-8")
    assert "  ~ 2027" not in bring(fresh_app, path).output
    with fresh_app.app_context():
        assert queries.work_calendar("330681").kinds[date(2027, 1, 2)] == "work"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "date,kind\n", "a.csv:1: "),
        ("a.csv", "date,kind,name_zh-Hans\n", "An official year has at least one day."),
        ("a.csv", "date,kind,name_zh-Hans\n2027-01-04,work,元旦\n", "a.csv:2: kind: 2027-01-04"),
        ("a.json", "{}", "a.json:1: This file cannot be read"),
        ("a.json", "[1", "a.json:1: This file cannot be read"),
        ("a.json", '{"days": []}', "An official year has at least one day."),
        ("a.json", '{"days": [\n{"name": "x", "date": "2028-01-01", "isOffDay": 1}]}', "a.json:2: kind: "),
    ],
)
def test_a_wrong_file_is_refused_and_changes_nothing(fresh_app, tmp_path, monkeypatch, name, text, told):
    monkeypatch.setenv("TUOYU_LANG", "en")
    (tmp_path / name).write_text(text, "utf-8")
    done = bring(fresh_app, tmp_path / name)
    assert done.exit_code != 0
    assert told in done.output
    assert "Traceback" not in done.output
    with fresh_app.app_context():
        assert year_of("CN", 2027).status == "provisional"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--region", "XJ", "--status", "official", "--source", "x"), "Say CN, or CN-"),
        (("--region", "CN-77", "--status", "official", "--source", "x"), "No province has the code 77"),
        (("--region", "CN", "--status", "official"), "An official year needs its notice"),
        (("--region", "CN", "--status", "final"), "is not one of"),
    ],
)
def test_a_wrong_import_says_what_to_say(app, notice, words, told):
    done = flask(app, "import-calendar", notice, "--year", "2027", *words)
    assert done.exit_code != 0
    assert told in done.output


def test_the_command_prints_the_day_and_how_sure_it_is(app):
    words = ("workdays", "--area", "650102", "--from", "2025-03-28", "--days", "1")
    assert flask(app, *words, "--json").output == '{"due": "2025-04-01", "status": "official"}\n'
    assert flask(app, *words).output == (
        "1 working day after 2025-03-28 is 2025-04-01 (official, calendar CN-65).\n"
    )


@pytest.mark.parametrize(
    ("area", "start", "days", "told"),
    [
        ("777777", "2025-03-28", "1", "No area has the code 777777."),
        ("", "2025-03-28", "1", "No area has the code"),
        ("11", "2025-02-30", "1", "does not match the format"),
        ("11", "tomorrow", "1", "does not match the format"),
        ("11", "2025-02-03", "-1", "is not in the range"),
        ("11", "2025-02-03", "many", "is not a valid integer"),
        ("11", "9999-12-20", "100", "after the last day of all calendars"),
    ],
)
def test_a_wrong_question_is_answered_with_what_is_wrong(app, area, start, days, told):
    done = flask(app, "workdays", "--area", area, "--from", start, "--days", days, "--json")
    assert done.exit_code != 0
    assert told in done.output
    assert "Traceback" not in done.output
