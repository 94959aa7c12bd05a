"""The page client refuses what it promises to refuse."""

import pytest
from flask import Flask, Response

from tests.page_rules import Page, faults
from tests.pages import BadPageError, PageClient

GOOD = """<!DOCTYPE html>
<html lang="ug" dir="rtl"><head><meta charset="utf-8"><title>Heading — Site</title>
<link rel="canonical" href="https://elsewhere.example/"><link rel="stylesheet" href="/static/a.css">
<script src="/static/a.js" defer></script></head>
<body><h1>Heading</h1><p>Since <time datetime="2026-01-30">2026-01-30</time></p>
<a href="/ug/">Home</a> <a href="tel:12345"><bdi dir="ltr">12345</bdi></a>
<form method="post" action="/ug/x"><input type="hidden" name="csrf_token" value="t">
<label for="q">Name</label><input id="q" name="q"><button>Send</button></form>
<img src="/static/a.png" alt=""></body></html>"""

HEADERS = {
    "Cache-Control": "public, max-age=60",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}

BAD = [
    ("<p>Since", "<p><b>Since", "not valid"),
    ('lang="ug"', 'lang="en"', "the address says 'ug'"),
    ('dir="rtl"', 'dir="ltr"', "is written rtl"),
    ("<h1>Heading</h1>", "<h1>Heading</h1><h1>Heading</h1>", "there are 2 h1"),
    ("<h1>Heading</h1>", "<h1>Other</h1>", "does not begin with the h1"),
    ('<img src="/static/a.png"', '<img id="q" src="/static/a.png"', "used 2 times"),
    ('<label for="q">', '<label for="nothing">', "has no label"),
    ('<label for="q">', '<label for="nothing">', "points at nothing"),
    ('value="t"', 'value=""', "no CSRF token"),
    ("<p>Since", '<p style="color:red">Since', "style attribute"),
    ("<p>Since", '<p onclick="x()">Since', "onclick attribute"),
    ("</body>", "<script>1</script></body>", "inline <script>"),
    ("</head>", "<style>a{}</style></head>", "inline <style>"),
    (">Home<", "><", "has no text"),
    ('href="/ug/"', 'href="#"', "leads nowhere"),
    (' alt=""', "", "has no alt"),
    (">Home<", ">%(count)s homes<", "is shown to readers"),
    (">Home<", ">None<", "is shown to readers"),
    ('alt=""', 'alt="{{ name }}"', "the attribute alt"),
    ('src="/static/a.js"', 'src="https://cdn.example/a.js"', "loads from cdn.example"),
    ("<p>Since", "<p>" + "x" * 60_000, "bytes"),
    ('<time datetime="2026-01-30">2026-01-30</time>', "2026-01-30", "the date “2026-01-30” is not isolated"),
    ("<p>Since", "<p>7:30-17:30", "the range of times"),
    ("<p>Since", "<p>0575-87012345", "the telephone number"),
    ("<p>Since", "<p>92330681MA2XXXXX12", "the code"),
]  # fmt: skip


def page(html: str, **changes: object) -> Page:
    values = {"path": "/ug/x", "lang": "ug", "direction": "rtl", "headers": HEADERS, **changes}
    return Page(html.encode(), **values)


def test_a_good_page_has_no_faults():
    assert faults(page(GOOD)) == []


@pytest.mark.parametrize(("old", "new", "sentence"), BAD)
def test_a_bad_page_is_refused_with_a_sentence(old, new, sentence):
    assert old in GOOD
    assert any(sentence in fault for fault in faults(page(GOOD.replace(old, new, 1))))


def test_a_title_may_begin_with_the_word_for_error():
    assert faults(page(GOOD.replace("<title>", "<title>Error: "))) == []


def test_a_page_anyone_may_keep_sets_no_cookie():
    assert any("sets the cookies" in fault for fault in faults(page(GOOD, cookies_set=("tuoyu",))))


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_every_header_is_asked_for(name):
    headers = {key: value for key, value in HEADERS.items() if key != name}
    assert len(faults(page(GOOD, headers=headers))) == 1


def test_dates_need_no_isolation_where_lines_run_left_to_right():
    html = GOOD.replace('lang="ug" dir="rtl"', 'lang="en" dir="ltr"').replace("<p>Since", "<p>2026-01-30")
    assert faults(page(html, lang="en", direction="ltr")) == []


def test_the_client_raises_what_the_rules_say():
    app = Flask("bad")
    app.test_client_class = PageClient
    app.extensions["languages"] = type("Languages", (), {"codes": ("ug",)})
    app.add_url_rule("/ug/x", view_func=lambda: Response(GOOD, headers=HEADERS), endpoint="good")
    app.add_url_rule("/ug/y", view_func=lambda: Response("<h1>no</h1>"), endpoint="bad")
    client = app.test_client()
    assert client.get("/ug/x").status_code == 200
    with pytest.raises(BadPageError, match="not valid"):
        client.get("/ug/y")
    client.lint = False
    assert client.get("/ug/y").status_code == 200
