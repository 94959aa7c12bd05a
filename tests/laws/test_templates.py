"""Templates compile, trust nothing, and hold no words outside the catalogues."""

import re

import pytest

from tests.sites import ROOT

FOLDER = ROOT / "app" / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
MACROS = re.compile(r"{%-?\s*macro\s+(\w+)")


def test_there_are_templates():
    assert len(TEMPLATES) > 10


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(app, name):
    assert app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_trusts_no_value(name):
    text = (FOLDER / name).read_text("utf-8")
    for pattern in (r"\|\s*safe\b", r"autoescape\s+false", r"\bMarkup\("):
        assert not re.search(pattern, text), f"{name} prints a value without escaping it ({pattern})"


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_sentence_is_glued_or_built(name):
    text = (FOLDER / name).read_text("utf-8")
    assert not re.search(r"_\(\s*[^)\"']*~", text), f"{name} builds a message from pieces"
    assert not re.search(r"_\(\s*[a-z]", text), f"{name} translates a variable: the catalogue cannot know it"


def test_every_macro_is_used():
    everything = "\n".join((FOLDER / name).read_text("utf-8") for name in TEMPLATES)
    unused = [
        macro
        for macro in set(MACROS.findall(everything))
        if len(re.findall(rf"\b{macro}\s*\(", everything)) < 2
    ]
    assert not unused, f"No page uses these macros: {sorted(unused)}"
