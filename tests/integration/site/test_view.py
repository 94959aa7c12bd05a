"""A reader chooses how pages look; the choice is one cookie and nothing else changes."""

import pytest
from werkzeug.datastructures import MultiDict

from app.core.pages import BACKGROUNDS, LINES, SIZES


def token(client) -> str:
    client.get("/zh-Hans/view?next=/zh-Hans/find?q=a")
    fields = client.page.all("input")
    return next(field.get("value") for field in fields if field.get("name") == "csrf_token")


def choose(client, **fields: str):
    chosen = {"size": "m", "background": "auto", "line": "normal", "csrf_token": token(client), **fields}
    return client.post("/zh-Hans/view", data=MultiDict(chosen))


@pytest.mark.parametrize(
    ("size", "background", "line"), [("xl", "contrast", "wide"), ("l", "dark", "normal")]
)
def test_a_choice_is_kept_and_leads_back(client, size, background, line):
    response = choose(client, size=size, background=background, line=line, next="/zh-Hans/find?q=a")
    assert response.status_code == 303
    assert response.location == "/zh-Hans/find?q=a"
    client.get(response.location)
    html = client.page.all("html")[0]
    assert html.get("data-size") == size
    assert html.get("data-bg") == background
    assert html.get("data-line", "normal") == line


def test_choosing_the_defaults_forgets_the_choice(client):
    choose(client, size="xl")
    response = choose(client)
    assert "view=;" in response.headers["Set-Cookie"]


@pytest.mark.parametrize("field", ["size", "background", "line"])
def test_a_choice_that_is_not_offered_is_refused_on_the_page(client, field):
    response = choose(client, **{field: "<script>"})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", "/%0d\r"]
)
def test_no_choice_leads_to_another_site(client, away):
    assert choose(client, next=away).location in {"/zh-Hans/", "http://localhost/zh-Hans/"}


def test_nothing_is_kept_without_the_token(client):
    client.lint = False
    response = client.post("/zh-Hans/view", data={"size": "xl", "background": "dark", "line": "wide"})
    assert response.status_code == 400
    assert "view=" not in response.headers.get("Set-Cookie", "")


def test_a_cookie_nobody_gave_out_is_the_default(client):
    client.set_cookie("view", "xl.dark.wide.more")
    client.get("/zh-Hans/")
    assert client.page.all("html")[0].get("data-size") in {None, "m"}


def test_every_choice_is_on_the_page(client):
    client.get("/ug/view")
    offered = {field.get("value") for field in client.page.all("input", "option")}
    assert {*SIZES, *BACKGROUNDS, *LINES} <= offered
