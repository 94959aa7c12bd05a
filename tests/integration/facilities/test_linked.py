"""What search engines read of a facility is what its page says, and nothing that is not known."""

import json

import pytest

from tests.addresses import filings
from tests.factories.facilities import make_facility


def linked(client, address: str) -> dict[str, dict]:
    client.get(address)
    scripts = [each for each in client.page.all("script") if each.get("type") == "application/ld+json"]
    assert len(scripts) == 1
    said = json.loads(scripts[0].text)
    assert said["@context"] == "https://schema.org"
    return {each["@type"]: each for each in said["@graph"]}


def test_a_facility_is_said_as_on_its_page(client):
    said = linked(client, "/en/facilities/V2BZZGN6")["ChildCare"]
    told = client.get("/api/v1/facilities/V2BZZGN6").json
    assert said["name"] == told["name"]
    assert said["url"].endswith("/en/facilities/V2BZZGN6")
    assert said["telephone"] == told["fields"]["phone"]["value"]
    assert said["identifier"]["value"] == told["credit_code"]
    assert (said["geo"]["latitude"], said["geo"]["longitude"]) == (
        told["location"]["lat"],
        told["location"]["lon"],
    )
    first = said["openingHoursSpecification"][0]
    assert first["dayOfWeek"][0] == "Monday"
    assert first["opens"] < first["closes"]
    assert "invented" in said["description"]


def test_of_a_register_entry_only_the_register_s_facts_are_said(client):
    said = linked(client, f"/zh-Hans/facilities/{filings()[0]['id']}")["ChildCare"]
    assert {"name", "url", "identifier", "address"} <= set(said)
    assert not {"telephone", "geo", "openingHoursSpecification", "description"} & set(said)


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_the_trail_leads_from_home_to_the_facility(client, lang):
    trail = linked(client, f"/{lang}/facilities/V2BZZGN6")["BreadcrumbList"]["itemListElement"]
    assert [each["position"] for each in trail] == list(range(1, len(trail) + 1))
    assert all(each["name"] for each in trail)
    for each in trail[:-1]:
        assert client.get(each["item"]).status_code == 200
        assert f"/{lang}/" in each["item"]


def test_a_closed_facility_has_no_opening_hours(fresh_app):
    with fresh_app.app_context():
        identity = make_facility(opening="1-5 08:00-17:00", status="closed")
    said = linked(fresh_app.test_client(), f"/en/facilities/{identity}")["ChildCare"]
    assert "openingHoursSpecification" not in said


def test_a_name_cannot_break_out_of_its_script(fresh_app):
    name = "托育</script><script>alert(1)</script>&'\""
    with fresh_app.app_context():
        identity = make_facility(name=name)
    said = linked(fresh_app.test_client(), f"/en/facilities/{identity}")
    assert said["ChildCare"]["name"] == name


def test_a_position_that_is_not_exact_is_not_said(fresh_app):
    with fresh_app.app_context():
        identity = make_facility(location={"lat": 29.7, "lon": 120.2, "precision": "township"})
    assert "geo" not in linked(fresh_app.test_client(), f"/en/facilities/{identity}")["ChildCare"]
