"""No street map is built in; an operator's approved one is opened on tap, with its credit."""

from dataclasses import replace

import pytest

from app import settings as configuration
from app.settings import SettingsError
from tests.page_rules import words

CLOUD, KINDERGARTEN = "V2BZZGN6", "W6G8XC99"
CREDIT = "示例地图 审图号 GS(2026)0000号"


def ways(client, identity: str) -> dict[str, str]:
    client.get(f"/en/facilities/{identity}")
    return {
        words(each): each.get("href")
        for each in client.page.all("a")
        if each.get("rel") == "noopener noreferrer"
    }


def test_no_street_map_is_built_in(client):
    assert not [name for name in ways(client, CLOUD) if name.startswith("Street map")]


def test_the_operator_s_map_opens_at_the_facility_in_wgs_84(app, client, monkeypatch):
    chosen = app.extensions["settings"]
    brand = replace(
        chosen.brand, street_map="https://map.example.org/?c={lat},{lon}", street_map_credit=CREDIT
    )
    monkeypatch.setitem(app.extensions, "settings", replace(chosen, brand=brand))
    assert (
        ways(client, KINDERGARTEN)[f"Street map: {CREDIT}"]
        == "https://map.example.org/?c=36.502281,88.496311"
    )


@pytest.mark.parametrize(
    "text",
    [
        "street_map = 'https://map.example.org/?c={lat},{lon}'",
        "street_map_credit = 'a map'",
        "street_map = 'http://map.example.org/?c={lat},{lon}'\nstreet_map_credit = 'a map'",
        "street_map = 'https://map.example.org/?c={lat}'\nstreet_map_credit = 'a map'",
    ],
)
def test_a_map_without_approval_or_place_stops_the_start(tmp_path, text):
    (tmp_path / "site.toml").write_text(text)
    with pytest.raises(SettingsError, match="street_map"):
        configuration.load({"TUOYU_DATA": str(tmp_path)})
