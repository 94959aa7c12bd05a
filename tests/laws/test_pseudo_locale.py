"""No word for readers stands outside the catalogues.

The site runs in a language that nobody reads here and that content never has (Interlingua, `ia`). Its
catalogue wraps every message in ⟦ ⟧. Whatever letters remain outside the brackets must be marked as being
in another language (`lang`), or isolated as a value (`bdi`, `time`); anything else is a sentence that
somebody wrote into a template or into Python, and no translator will ever see it. A tooltip
of the map cannot hold such marks: there, Chinese characters are taken for names of places.
"""

import dataclasses
import re
import shutil
from contextlib import ExitStack

import pytest
from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from catalogue_rules import HAN
from catalogues import extract

from tests import addresses, sites
from tests.page_rules import Page
from tests.sites import ROOT

CODE = "ia"
LETTERS = re.compile(r"[^\W\d_]{2,}")
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
SPOKEN = ("aria-label", "placeholder", "alt", "title")
PLAIN = {"{http://www.w3.org/2000/svg}title"}
VALUES = {"bdi", "time", "code"}


@pytest.fixture(scope="module")
def pseudo(loaded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pseudo")
    words = folder / "translations"
    shutil.copytree(ROOT / "translations", words)
    listed = words / "locales.toml"
    listed.write_text(
        listed.read_text("utf-8") + f'\n[[language]]\ncode = "{CODE}"\nname = "⟦Pseudo⟧"\n', "utf-8"
    )
    catalog = Catalog(Locale.parse(CODE))
    for message in extract(ROOT):
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            wrapped = tuple(f"⟦{form}⟧" for form in forms)
            catalog.add(message.id, wrapped if len(forms) > 1 else wrapped[0])
    target = words / CODE / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalog)
    with ExitStack() as stack:
        chosen = stack.enter_context(sites.copied(loaded, folder / "data"))
        yield stack.enter_context(sites.program(dataclasses.replace(chosen, translations=words)))


def bare(text: str) -> str:
    """Return what stands outside the brackets, which may be nested."""
    while BRACKETED.search(text):
        text = BRACKETED.sub(" ", text)
    return text


def is_marked(page: Page, element) -> bool:
    for each in page.ancestors(element):
        if each.tag in VALUES:
            return True
        if each.get("lang"):
            return each.get("lang") != CODE
    return False


def leaks(page: Page) -> list[str]:
    """Return the words of a page that no catalogue knows."""
    found = []
    open_brackets = ""
    for text, element in in_order(page):
        # A message with markup in it runs over several elements: brackets open in one, close in another.
        if not is_marked(page, element):
            outside, open_brackets = outside_of(text, open_brackets)
            outside = HAN.sub(" ", outside) if element.tag in PLAIN else outside
            found += [f"<{element.tag}> {word.strip()!r}" for word in LETTERS.findall(outside)]
        else:
            _outside, open_brackets = outside_of("".join(c for c in text if c in "⟦⟧"), open_brackets)
    for element in page.root.iter():
        for name in SPOKEN:
            value = bare(element.get(name) or "")
            if LETTERS.search(value) and not is_marked(page, element):
                found.append(f"<{element.tag} {name}> {value!r}")
    return found


def in_order(page: Page):
    """Yield text in reading order: `texts` gives tails after children, which is the order of the document."""

    def walk(element):
        if not isinstance(element.tag, str) or element.tag in {"script", "style", "template", "title"}:
            return
        if element.text:
            yield element.text, element
        for child in element:
            yield from walk(child)
            if child.tail:
                yield child.tail, element

    return walk(page.root)


def outside_of(text: str, depth: str) -> tuple[str, str]:
    kept = []
    for letter in text:
        if letter == "⟦":
            depth += letter
            kept.append(" ")
        elif letter == "⟧":
            depth = depth[:-1]
        elif not depth:
            kept.append(letter)
    return "".join(kept), depth


@pytest.mark.parametrize("address", addresses.pages())
def test_every_word_of_a_page_is_in_the_catalogues(pseudo, address):
    client = pseudo.test_client()
    client.lint = False
    response = client.get(f"/{CODE}{address}")
    assert response.status_code == 200
    assert "⟦" in response.text
    found = leaks(client.page)
    assert not found, f"{address} shows words outside the catalogues: {sorted(set(found))}"


@pytest.mark.parametrize("address", addresses.wrong())
def test_every_word_of_an_error_page_is_in_the_catalogues(pseudo, address):
    client = pseudo.test_client()
    client.lint = False
    response = client.get(f"/{CODE}{address}")
    assert response.status_code >= 400
    found = leaks(client.page)
    assert not found, f"{address} shows words outside the catalogues: {sorted(set(found))}"


def test_the_rule_finds_words_outside_the_brackets():
    page = "<html lang='ia'><p>⟦one <b>two</b> three⟧ <bdi>four</bdi> <i lang='en'>five</i> six</p>"
    assert leaks(Page(page.encode(), "/")) == ["<p> 'six'"]
