"""Areas and packs: what loads, what refuses to load, and how it says so."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.areas import queries, rules
from app.areas.loading.divisions import load_divisions
from app.areas.loading.packs import load_pack
from app.areas.service import load_content
from app.core import clock
from app.core.faults import FaultyFiles
from app.settings import ROOT

CONTENT = ROOT / "content"


@pytest.fixture(scope="module")
def codes() -> frozenset[str]:
    return frozenset(load_divisions(CONTENT, sample=True).areas)


@pytest.fixture
def broken(tmp_path) -> Path:
    """A copy of the sample pack to break."""
    shutil.copytree(CONTENT / "places" / "990101", tmp_path / "places" / "990101")
    return tmp_path / "places" / "990101"


def faults_of(pack: Path, codes) -> list[str]:
    with pytest.raises(FaultyFiles) as caught:
        load_pack(pack.parent.parent, pack.name, codes)
    return [fault.text() for fault in caught.value.faults]


def test_a_small_wrong_pack_lists_all_its_faults_with_file_and_line(broken, codes):
    (broken / "place.toml").write_text('schema = 1\narea = "990101"\nfictional = "yes"\n', "utf-8")
    (broken / "documents.csv").write_text(
        "id,title_zh-Hans,number,issuer_zh-Hans,status,issued_on,period_end,url\na,,,,secret,2026-13-01,,\n",
        "utf-8",
    )
    (broken / "units.csv").write_text(
        "unit,kind,level,parent,inbox,name_zh-Hans,aliases\n990101.health,health,county,,yes,卫健局,局\n"
        "990101.police,police,moon,,maybe,公安局,局\n",
        "utf-8",
    )
    (broken / "duties.csv").write_text(
        "unit,order,document,clause,confidence,audience,text_zh-Hans\n990101.fire,1,b,1,z,cats,管\n", "utf-8"
    )
    (broken / "hotlines.csv").unlink()
    found = "\n".join(faults_of(broken, codes))
    for expected in (
        "places/990101/place.toml:3: fictional: Say true or false.",
        "places/990101/documents.csv:2: title_zh-Hans: This cell must not be empty.",
        "places/990101/documents.csv:2: status: “secret” is not one of: draft, interpretation, issued.",
        "places/990101/documents.csv:2: issued_on: “2026-13-01” is not a date like 2026-01-30.",
        "places/990101/units.csv:3: aliases: “局” already means 990101.health here.",
        "places/990101/units.csv:3: level: “moon”",
        "places/990101/duties.csv:2: unit: Unit “990101.fire” is not in units.csv.",
        "places/990101/duties.csv:2: document: Document “b” is not in documents.csv.",
        "places/990101/hotlines.csv:1: This file is missing.",
    ):
        assert expected in found


def test_a_pack_whose_rules_leave_a_report_without_an_office_is_refused(broken, codes):
    path = broken / "routing.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    assert any("without an office" in fault for fault in faults_of(broken, codes))


def test_wrong_rules_are_refused_with_file_and_line(broken, codes):
    path = broken / "routing.csv"
    head, *rows = path.read_text("utf-8").splitlines()
    cells = ["", "food", "*", "*", "*", "", "", "", "", "", "", "", "", "因为", "", ""]

    def row(**changes):
        return ",".join(changes.get(name) or old for name, old in zip(head.split(","), cells, strict=True))

    market = "990101.market"
    wrong = [
        row(priority="1", lead=market, co=market, basis="xq-fees:1:a"),
        row(priority="2", lead=f"{market}|990101.health", basis="xq-fees:1:a"),
        row(priority="3", lead=market, severity="E1", basis="nothing:1:a"),
        row(priority="4", lead="990101.moon", basis="xq-fees::a"),
        row(priority="4", lead=market, basis="xq-fees"),
    ]
    path.write_text("\n".join([head, *wrong, *rows]) + "\n", "utf-8")
    found = "\n".join(faults_of(broken, codes))
    for expected in (
        "routing.csv:2: co: “990101.market” is listed twice.",
        "routing.csv:3: lead: One office leads, not several.",
        "routing.csv:4: severity: “E1” is not one of: *, e1, e2, n.",
        "routing.csv:4: basis: Document “nothing” is not in documents.csv.",
        "routing.csv:5: lead: Unit “990101.moon” is not in units.csv.",
        "routing.csv:5: basis: A local basis needs its clause: “xq-fees::a”.",
        "routing.csv:6: priority: Each priority must be higher than the one in the line above.",
        "routing.csv:6: basis: “xq-fees” is not document:clause:confidence.",
    ):
        assert expected in found


def test_wrong_clocks_are_refused_with_file_and_line(broken, codes):
    (broken / "clocks.csv").write_text(
        "clock,category,purpose,severity,amount,unit,document,clause,confidence,basis_zh-Hans\n"
        "K5,*,report,*,0,workdays,nothing,,c,因为\nK5,*,report,*,5,weeks,,,c,因为\nK99,cats,*,*,1,days,,,c,\n",
        "utf-8",
    )
    found = "\n".join(faults_of(broken, codes))
    for expected in (
        "clocks.csv:2: amount: A clock needs an amount of at least 1.",
        "clocks.csv:2: document: Document “nothing” is not in documents.csv.",
        "clocks.csv:3: clock: “K5 * report *” is listed twice.",
        "clocks.csv:3: unit: “weeks” is not one of",
        "clocks.csv:4: clock: “K99” is not one of",
        "clocks.csv:4: category: “cats” is not one of",
        "clocks.csv:4: basis_zh-Hans: This cell must not be empty.",
    ):
        assert expected in found


def test_an_edition_of_the_rules_is_added_when_they_change_and_none_is_lost(fresh_app, tmp_path):
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    path = content / "places" / "330681" / "routing.csv"
    before = path.read_text("utf-8")
    with fresh_app.app_context():
        first = queries.edition("330681")
        path.write_text(before.replace("330681.emergency|330681.market", "330681.market", 1), "utf-8")
        load_content(content, sample=True)
        second = queries.edition("330681")
        assert second.version != first.version
        assert second.since >= first.since
        assert queries.edition("330681", first.version).rules == first.rules
        assert queries.edition("530115").since <= first.since
        path.write_text(before, "utf-8")
        load_content(content, sample=True)
        third = queries.edition("330681")
        assert third.version == first.version
        assert third.since >= second.since
        assert queries.edition("330681", second.version).rules == second.rules


def test_a_page_names_the_office_that_leads_on_every_subject_of_a_real_place(app):
    with app.app_context():
        for place in ("6501", "530115", "3404", "110115", "330681"):
            assert [card.category for card in queries.routing(place)] == rules.CATEGORIES
        assert all(card.default for card in queries.routing("3404"))


def test_laws_of_the_nation_are_documents_of_the_places_that_refer_to_them(app):
    with app.app_context():
        assert "fire-law" in queries.documents("330681", clock.today())
        assert "price-law" not in queries.documents("330681", clock.today())


def test_nothing_is_loaded_when_one_pack_is_wrong(fresh_app, tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    (tmp_path / "content" / "places" / "990101" / "units.csv").write_bytes(b"\xff\xfe")
    with fresh_app.app_context():
        before = len(queries.places())
        with pytest.raises(FaultyFiles, match="not UTF-8"):
            load_content(tmp_path / "content", sample=True)
        assert len(queries.places()) == before


def test_loading_again_changes_nothing(fresh_app):
    with fresh_app.app_context():
        assert load_content(CONTENT, sample=True).changed is False


def test_without_the_sample_there_is_no_fictional_county():
    divisions = load_divisions(CONTENT, sample=False)
    assert not [code for code in divisions.areas if code.startswith("99")]


@pytest.mark.parametrize(
    ("area", "townships"), [("330681", 23), ("110115", 22), ("530115", 8), ("650102", 21), ("340421", 19)]
)
def test_the_townships_people_know_are_there(app, area, townships):
    with app.app_context():
        assert len(queries.children(area)) >= townships


def test_every_province_is_there_and_municipalities_open_to_their_districts(app):
    with app.app_context():
        assert len([card for card in queries.children(None) if card.code != "99"]) == 34
        assert "110115" in {card.code for card in queries.children("11")}


def test_names_are_matched_within_a_county_never_across(app):
    with app.app_context():
        assert queries.wordings("330681")["浣东街道"].startswith("330681")
        assert "浣东街道" not in queries.wordings("110115")


def test_unverified_numbers_are_never_shown(app):
    with app.app_context():
        shown = {line.number for line in queries.hotlines()}
    assert {"110", "120", "119", "12345"} <= shown
    assert "12366" not in shown


@pytest.mark.parametrize(
    ("place", "document", "status"),
    [("110115", "京兴政办发〔2024〕11号", "period-ended"), ("6501", "乌政办〔2020〕40号", "issued")],
)
def test_a_document_says_what_it_is_today(app, place, document, status):
    with app.app_context():
        found = {each.number: each.status for each in queries.documents(place, clock.today()).values()}
    assert found[document] == status


def test_a_document_was_in_force_before_its_period_ended(app):
    with app.app_context():
        found = {each.number: each.status for each in queries.documents("110115", date(2025, 6, 1)).values()}
    assert found["京兴政办发〔2024〕11号"] == "issued"


@pytest.mark.parametrize(
    ("place", "units"), [("6501", 19), ("530115", 18), ("3404", 18), ("110115", 17), ("330681", 15)]
)
def test_every_office_of_a_seed_has_a_duty_with_its_clause(app, place, units):
    with app.app_context():
        known = queries.documents(place, clock.today())
        cards = queries.units(place, known)
    assert len(cards) >= units
    assert all(card.duties for card in cards)


TARGETS = [
    ("330681", "places-per-1000", 2025, 4.5),
    ("330681", "coverage", 2022, 35),
    ("330681", "health-management-rate", 2021, 91),
    ("330681", "certified-carers", 2025, 90),
    ("110115", "inclusive-share", 2025, 60),
    ("110115", "inclusive-street-coverage", 2025, 100),
    ("530115", "knowledge-rate", 2025, 90),
    ("3404", "demonstration-facilities", 2021, 2),
    ("6501", "demonstration-facilities", 2025, 5),
]


@pytest.mark.parametrize(("place", "indicator", "year", "value"), TARGETS)
def test_targets_of_the_seeds_are_there_with_their_years(app, place, indicator, year, value):
    with app.app_context():
        found = queries.targets(place, queries.documents(place, clock.today()))
    assert (indicator, year, value) in {(each.indicator, each.year, each.value) for each in found}


def test_residents_are_whole_people_of_the_place_and_written_once_a_year(broken, codes):
    (broken / "population.csv").write_text(
        "area,year,figure,document,clause,confidence\n990101,2025,0,xq-bulletin-2025,,a\n"
        "330681,2025,12,xq-bulletin-2025,,a\n990101,2025,5,nothing,,a\n990101,2025,6,xq-bulletin-2025,,z\n",
        "utf-8",
    )
    found = "\n".join(faults_of(broken, codes))
    for expected in (
        "places/990101/population.csv:2: figure: Write how many people live there, as a whole number.",
        "places/990101/population.csv:3: area: This area does not belong to the place.",
        "places/990101/population.csv:4: document: Document “nothing” is not in documents.csv.",
        "places/990101/population.csv:5: year: “990101 2025” is listed twice.",
        "places/990101/population.csv:5: confidence:",
    ):
        assert expected in found


def test_a_place_without_a_figure_of_its_residents_has_none(app):
    with app.test_request_context("/en/"):
        today = clock.today()
        assert queries.populations(["330681", "6501"], {}, today) == {}
        known = queries.documents("990101", today)
        newest = queries.populations(["990101"], known, today)["990101"]
        assert (newest.year, newest.basis.titles["en"]) == (
            2025,
            "Xingqiao County statistical bulletin for 2025 (fictional)",
        )
        assert queries.populations(["990101"], known, date(2024, 6, 1))["990101"].year == 2024
