"""Another language is a matter of files: an entry, a catalogue, and what texts somebody has translated."""

import dataclasses
import shutil
from contextlib import ExitStack

import pytest
from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from catalogues import extract

from tests import sites
from tests.sites import ROOT

CODE, FOLDER = "kk-Arab", "kk_Arab"
TITLE = "العاشقى تاماق"


@pytest.fixture(scope="module")
def kazakh(loaded, tmp_path_factory):
    """A site that is also offered in Kazakh in Arabic letters, with one text of guidance in it."""
    folder = tmp_path_factory.mktemp("kazakh")
    words, content = folder / "translations", folder / "content"
    shutil.copytree(ROOT / "translations", words)
    shutil.copytree(ROOT / "content", content)
    listed = words / "locales.toml"
    listed.write_text(
        listed.read_text("utf-8") + f'\n[[language]]\ncode = "{CODE}"\nname = "قازاقشا"\n', "utf-8"
    )
    catalog = Catalog(Locale.parse(FOLDER))
    for message in extract(ROOT):
        if message.id:
            catalog.add(message.id, message.id)
    target = words / FOLDER / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalog)
    text = (content / "guide" / "en" / "first-foods.md").read_text("utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    mine = content / "guide" / CODE / "first-foods.md"
    mine.parent.mkdir()
    mine.write_text(text.replace(title, f"title: {TITLE}"), "utf-8")
    with ExitStack() as stack:
        chosen = stack.enter_context(sites.copied(loaded, folder / "data"))
        chosen = dataclasses.replace(chosen, translations=words, content=content)
        site = stack.enter_context(sites.program(chosen))
        done = site.test_cli_runner().invoke(args=["guide", "import"])
        assert done.exit_code == 0, done.output
        yield site


def test_a_text_is_read_in_the_new_language_from_right_to_left(kazakh):
    page = kazakh.test_client().get(f"/{CODE}/guide/first-foods")
    assert page.status_code == 200
    assert TITLE in page.text
    assert f'<html lang="{CODE}" dir="rtl"' in page.text
    assert "noindex" in page.text  # machine made, as its file says


def test_what_nobody_translated_is_shown_in_chinese_and_says_so(kazakh):
    page = kazakh.test_client().get(f"/{CODE}/guide/fees")
    assert page.status_code == 200
    assert 'lang="zh-Hans" dir="ltr"' in page.text


@pytest.mark.parametrize("path", ["/", "/guide", "/find?area=990101", "/guide/coverage", "/cards/choking"])
def test_every_room_speaks_it(kazakh, path):
    page = kazakh.test_client().get(f"/{CODE}{path}")
    assert page.status_code == 200
    assert f'hreflang="{CODE}"' in page.text or f"hreflang={CODE}" in page.text


def test_a_browser_that_asks_for_it_is_led_there(kazakh):
    answer = kazakh.test_client().get("/", headers={"Accept-Language": "kk-CN, zh;q=0.5"})
    assert answer.location.endswith(f"/{CODE}/")
