"""Who answers a report: every cell of the hand-written table, and what may never happen in any table."""

import json
from datetime import date
from itertools import product

import pytest

from app.areas import queries as areas
from app.areas.rules import CATEGORIES
from app.cases.queries.routing import Route, RouteDesk, route, route_desk
from app.cases.rules import routing as rules
from app.facilities.rules.vocabulary import Form, Kind
from tests import addresses
from tests.golden.routing import expander

DAY = date(2026, 11, 22)
DEMO = addresses.DEMO
EVERYWHERE = (*expander.PLACES, DEMO)


@pytest.fixture(scope="module")
def desks(app) -> dict[str, RouteDesk]:
    with app.app_context():
        return {place: route_desk(place) for place in EVERYWHERE}


def asked(desk: RouteDesk, *question, about: str | None = None, on: date = DAY) -> Route:
    found = desk.route(rules.Question(*question, on=on, about=about), "report")
    assert found is not None
    return found


def answered(desk: RouteDesk, area: str, *question) -> expander.Result:
    found = asked(desk, area, *question)
    ground = [unit.unit for unit in found.territory_units]
    return (
        found.lead.unit,
        "|".join(sorted(unit.unit for unit in found.co)),
        str(len(ground)) if area == found.place else "|".join(ground),
        found.territory_role,
        found.basis[0].confidence,
        "yes" if found.national_default else "no",
    )


def test_the_table_has_every_cell():
    assert set(expander.matrix()) == set(product(expander.PLACES, CATEGORIES))
    assert set(expander.KINDS) == set(Kind)
    assert set(expander.FORMS) == set(Form)


@pytest.mark.parametrize("place", expander.PLACES)
def test_the_committed_answers_are_those_of_the_hand_written_table(place):
    assert expander.file(place).read_text("utf-8") == expander.text(place, expander.expect)


@pytest.mark.parametrize("place", expander.PLACES)
def test_the_program_gives_the_committed_answers(desks, place):
    found = expander.text(place, lambda _place, area, *rest: answered(desks[place], area, *rest))
    wanted = expander.file(place).read_text("utf-8")
    assert found.splitlines() == wanted.splitlines()


@pytest.mark.parametrize(("place", "category"), expander.matrix())
def test_a_cell_rests_on_the_clauses_it_cites(desks, place, category):
    found = asked(desks[place], place, category, "nursery", "for-profit", "n")
    held = {(basis.document, basis.clause) for basis in found.basis}
    for cite in expander.matrix()[place, category].cites:
        document, clauses = expander.cites()[cite]
        assert any(d == document and (c in clauses or not clauses) for d, c in held), cite
    assert held


@pytest.mark.parametrize("place", EVERYWHERE)
def test_every_rule_says_why_and_on_what_grounds(desks, place):
    desk = desks[place]
    for rule in desk.desk.rules:
        assert rule.why.keys() >= {"zh-Hans", "ug", "en"}, rule.id
        for basis in rule.basis:
            assert basis.document in desk.documents, rule.id
            assert basis.clause or basis.confidence == "c", rule.id
    last = [rule for rule in desk.desk.rules if not rule.national][-1]
    assert (last.category, last.kind, last.form, last.severity) == ("*",) * 4


@pytest.mark.parametrize("place", EVERYWHERE)
def test_every_rule_can_be_reached(desks, place):
    desk = desks[place].desk
    local = [rule for rule in desk.rules if not rule.national]
    days = {DAY, *(rule.valid_to for rule in local if rule.valid_to)}
    leads = {lead for rule in local for lead in rule.lead}
    cases = [
        *((*case, None) for case in product(CATEGORIES, Kind, Form, expander.SEVERITIES, days)),
        *((*case, "nursery", "for-profit", "n", DAY, about) for *case, about in product(CATEGORIES, leads)),
    ]
    reached = {desk.choose(rules.Question(place, *case)).rule.id for case in cases}
    assert {rule.id for rule in local} <= reached


@pytest.mark.parametrize("place", EVERYWHERE)
def test_no_office_has_two_parts(desks, place):
    area = expander.TOWNSHIPS.get(place, "990101003")
    for case in product(CATEGORIES, Kind, Form, expander.SEVERITIES):
        found = asked(desks[place], area, *case)
        units = [unit.unit for unit in (found.lead, *found.co, *found.inform)]
        assert len(units) == len(set(units)), case


@pytest.mark.parametrize("place", EVERYWHERE)
def test_an_emergency_is_known_to_health_and_to_the_territory(desks, place):
    area = expander.TOWNSHIPS.get(place, "990101003")
    units = desks[place].desk.offices
    for case in product(CATEGORIES, Kind, Form):
        if case[0] == "conduct":
            continue
        found = asked(desks[place], area, *case, "e1")
        assert "health" in {units[ref.unit].kind for ref in (found.lead, *found.co)}, case
        assert found.territory_role != "not-stated", case


@pytest.mark.parametrize("place", EVERYWHERE)
def test_no_office_handles_a_report_about_itself(desks, place):
    area = expander.TOWNSHIPS.get(place, "990101003")
    desk = desks[place]
    for about, category in product(desk.units, CATEGORIES):
        found = asked(desk, area, category, "nursery", "for-profit", "n", about=about)
        refs = (found.lead, *found.co, *found.inform, *found.territory_units)
        assert about not in {ref.unit for ref in refs if ref}
        assert (found.lead is None) == found.refer


@pytest.mark.parametrize("place", EVERYWHERE)
def test_a_criminal_record_brings_the_police_in(desks, place):
    found = asked(desks[place], place, "staffq", "nursery", "for-profit", "e2")
    assert f"{place}.police" in {unit.unit for unit in found.co}


CONDUCT = [
    ("650102", "650102.health", "6501.health"),
    ("6501", "6501.health", None),
    ("530115001", "530115.health", None),
    ("330681003", "330681.health", "330681.education"),
    ("330681003", "330681.education", "330681.health"),
    ("340402100", "340402.health", "3404.health"),
    (DEMO, "990101.health", "9901.health"),
]


@pytest.mark.parametrize(("area", "about", "lead"), CONDUCT)
def test_a_report_about_the_coordinating_office_goes_above_or_beside_it(app, area, about, lead):
    with app.app_context():
        found = route(area, "conduct", about=about)
    assert (found.lead.unit if found.lead else None) == lead
    assert found.refer == (lead is None)


GROUND = [
    ("110115404", "prov", "110115404.park-committee", ["110115404.park-committee"], "lead"),
    ("110115403", "prov", "110115.townships", [], "not-stated"),
    ("110115403", "abuse", "110115.police", [], "not-stated"),
    ("330681003", "unlic", "330681003.office", ["330681003.office"], "lead"),
    ("650102002", "fees", "650102.market", ["650102.government"], "not-stated"),
    ("990101003", "unlic", "990101.health", ["990101003.office"], "lead"),
    ("990101102", "unlic", "990101.health", ["990101102.office"], "informed"),
    ("990101200", "abuse", "990101.police", ["990101200.office"], "co"),
    ("990101001", "abuse", "990101.police", ["990101001.office"], "primary"),
]


@pytest.mark.parametrize(("area", "category", "lead", "units", "role"), GROUND)
def test_the_territory_has_the_part_its_place_gives_it(app, area, category, lead, units, role):
    with app.app_context():
        found = route(area, category)
    assert (found.lead.unit, found.territory_role) == (lead, role)
    assert [unit.unit for unit in found.territory_units] == units


def test_a_place_outside_has_no_route(app):
    with app.app_context():
        assert route("310101", "food") is None


def test_a_case_can_be_routed_by_the_version_it_was_routed_by(app):
    with app.app_context():
        edition = areas.edition("330681")
        assert route_desk("330681", edition.version).version == edition.version
        assert areas.edition("330681", "000000000000") is None


KEYS = {
    "lead", "co", "inform", "territory", "severity", "purpose", "clocks", "basis", "rule_version",
    "national_default",
}  # fmt: skip


def ask(app, **options: str) -> tuple[int, str]:
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    done = app.test_cli_runner().invoke(args=["cases", "route", *words, "--json"])
    return done.exit_code, done.output


def test_the_command_prints_the_route_of_a_nursery(app):
    code, printed = ask(app, area="330681000000", category="food")
    route = json.loads(printed)
    assert code == 0
    assert set(route) == KEYS
    assert route["lead"]["unit"] == "330681.market"
    assert set(route["lead"]) == {"unit", "name", "parent"}
    assert set(route["lead"]["name"]) == {"zh-Hans", "ug", "en"}
    assert len(route["territory"]["units"]) == 23
    assert route["territory"]["role"] == "informed"
    assert (route["severity"], route["purpose"]) == ("e2", "report")
    assert route["clocks"]["reply"] == {"id": "K5", "amount": 3, "unit": "workdays"}
    assert route["basis"][0] == {"document": "zj-plan", "clause": "三(二)", "confidence": "a"}


def test_the_command_knows_severity_purpose_and_the_unit_complained_of(app):
    route = json.loads(ask(app, area="650102", category="fees", severity="e1", purpose="complaint")[1])
    assert route["lead"] | {"name": ""} == {"unit": "650102.market", "name": "", "parent": "6501.market"}
    assert route["clocks"]["mediation"] == {"id": "K11", "amount": 60, "unit": "days"}
    assert json.loads(ask(app, area="530115", category="conduct", about="530115.health")[1])["lead"] is None


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"area": "330681", "category": "cats"}, "'abuse', 'injury'"),
        ({"area": "330681", "category": "food", "kind": "zoo"}, "'nursery', 'kindergarten-class'"),
        ({"area": "330681", "category": "food", "form": "secret"}, "'for-profit', 'non-profit'"),
        ({"area": "330681", "category": "food", "severity": "E1"}, "'e1', 'e2', 'n'"),
        ({"area": "330681", "category": "food", "about": "330681.moon"}, "330681.health, 330681.development"),
        ({"area": "330699", "category": "food"}, "No area has the code 330699."),
        ({"area": "310101", "category": "food"}, "310101 lies outside the places that run this site."),
    ],
)
def test_a_wrong_code_is_refused_with_those_that_are_known(app, options, sentence):
    code, printed = ask(app, **options)
    assert code != 0
    assert sentence in printed
