"""What an operator chooses: prefix, brand, sample county, database."""

import dataclasses

import pytest
from sqlalchemy import func, select

from app import settings as configuration
from app.areas import queries as areas
from app.areas.service import load_content
from app.core import clock
from app.extensions import db
from app.facilities.model import Facility, Observed
from app.facilities.service.shipped import load_shipped
from app.settings import ROOT, Brand, SettingsError
from tests import sites

CONTENT = ROOT / "content"


@pytest.fixture
def operated(loaded, tmp_path):
    """Give a program of an operator's own making."""
    opened = []

    def make(**changes):
        stack = sites.copied(loaded, tmp_path / "site")
        chosen = dataclasses.replace(stack.__enter__(), **changes)
        program = sites.program(chosen)
        opened.extend([program, stack])
        return program.__enter__()

    yield make
    for each in opened:
        each.__exit__(None, None, None)


def addresses(page):
    return [element.get("href") for element in page.root.iter("a")]


def test_the_site_lives_under_a_prefix(operated):
    client = operated(prefix="/tuoyu").test_client()
    client.lint = False  # it reads the language off the start of the path
    assert client.get("/tuoyu/en/find?area=330681").status_code == 200
    inside = [each for each in addresses(client.page) if each.startswith("/")]
    assert inside
    assert all(each.startswith("/tuoyu/") for each in inside)
    assert client.get("/tuoyu/zh-CN/find?q=a").location == "/tuoyu/zh-Hans/find?q=a"
    assert client.get("/tuoyu/").location == "/tuoyu/zh-Hans/"
    assert "path=/tuoyu" in client.get("/tuoyu/en/view").headers["Set-Cookie"].lower()


def test_a_proxy_that_strips_the_prefix_is_fine_too(operated):
    client = operated(prefix="/tuoyu").test_client()
    assert client.get("/en/").status_code == 200
    assert "/tuoyu/en/find" in client.get("/en/").text


def test_the_operators_name_and_footer_are_shown(operated):
    brand = Brand(
        name={"zh-Hans": "某县托育", "en": "Some County Care"},
        sponsor="某县卫生健康局",
        icp="某ICP备00000000号",
        site_id="0000000000",
        police="00000000000000",
    )
    client = operated(brand=brand).test_client()
    page = client.get("/zh-Hans/").text
    for words in ("某县托育", "某县卫生健康局", "某ICP备00000000号", "0000000000"):
        assert words in page
    assert "Some County Care" in client.get("/en/").text


def test_a_colour_that_makes_text_hard_to_read_is_refused(operated):
    with pytest.raises(SettingsError, match="contrast"):
        operated(brand=Brand(colours={"brand": "#88ddcc"}))


def test_a_readable_colour_is_used(operated):
    client = operated(brand=Brand(colours={"brand": "#7a1f3d"})).test_client()
    sheets = [
        link.get("href")
        for link in (client.get("/en/"), client.page)[1].root.iter("link")
        if link.get("rel") == "stylesheet"
    ]
    assert any("#7a1f3d" in client.get(sheet).text for sheet in sheets)


def test_taking_the_sample_away_takes_its_facilities_away(fresh_app):
    with fresh_app.app_context():
        load_content(CONTENT, sample=False)
        load_shipped(CONTENT, sample=False, now=clock.now())
        assert not [place for place in areas.places() if place.fictional]
        assert db.session.scalar(select(func.count()).select_from(Facility)) == 615
        assert (
            db.session.scalar(
                select(func.count()).select_from(Observed).where(Observed.facility == "V2BZZGN6")
            )
            == 0
        )
    client = fresh_app.test_client()
    assert client.get("/en/facilities/V2BZZGN6").status_code == 404
    assert client.get("/api/v1/facilities?q=V2BZZGN6").json["count"] == 0
    assert client.get("/en/areas/990101").status_code == 404
    assert client.get("/en/find?area=990101").status_code == 400


def test_the_public_address_is_the_operators_and_no_other_host_is_answered(operated):
    client = operated(public_url="https://tuoyu.example.gov.cn").test_client()
    assert "https://tuoyu.example.gov.cn/en/facilities/V2BZZGN6" in client.get("/en/facilities/V2BZZGN6").text
    client.lint = False  # a forged host gets the bare answer of the web server
    assert client.get("/en/", headers={"Host": "evil.example"}).status_code == 400


def test_loading_twice_loses_nothing_and_adds_nothing(fresh_app):
    with fresh_app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Observed))
        assert load_shipped(CONTENT, sample=True, now=clock.now()).changed is False
        assert db.session.scalar(select(func.count()).select_from(Observed)) == before


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"TUOYU_PREFIX": "tuoyu"}, "TUOYU_PREFIX"),
        ({"TUOYU_SAMPLE": "no"}, "TUOYU_SAMPLE"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
    ],
)
def test_a_wrong_setting_is_named(environment, word):
    with pytest.raises(SettingsError, match=word):
        configuration.load(environment)


def test_a_broken_site_file_is_named(tmp_path):
    (tmp_path / "site.toml").write_text("nme = 'x'")
    with pytest.raises(SettingsError, match="unknown fields: nme"):
        configuration.load({"TUOYU_DATA": str(tmp_path)})


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    chosen = configuration.load({"TUOYU_DATA": str(tmp_path)})
    first = configuration.secret(chosen, "session")
    assert configuration.secret(chosen, "session") == first
    assert (chosen.keys / "session").stat().st_mode & 0o777 == 0o600
