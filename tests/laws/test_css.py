"""Direction is never written, and text can be read on every background."""

import re
from functools import cache

import pytest

from app.core.brand import contrast
from tests.sites import ROOT

SHEETS = sorted((ROOT / "app" / "static").rglob("*.css"))
SIDES = re.compile(
    r"^(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-.*)?"
    r"|left|right|border-(?:top|bottom)-(?:left|right)-radius)$"
)
SIDED_VALUES = {
    "text-align",
    "float",
    "clear",
    "caption-side",
    "background-position",
    "object-position",
    "justify-content",
}
READ_FROM_THE_RIGHT_TOO = re.compile(r"\b(?:left|right)\b")

PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2") for ground in ("paper", "surface", "sunken")),
    *(("brand", ground) for ground in ("paper", "surface")),
    ("brand-ink", "brand"), ("brand-deep", "brand-tint"), ("brand-ink", "brand-deep"), ("bar-ink", "bar"),
    ("warm-ink", "warm-tint"), ("ok", "ok-tint"), ("info", "info-tint"), ("bad", "bad-tint"),
    ("bad", "surface"),
    ("ink", "info-tint"), ("ink", "warm-tint"), ("ink", "ok-tint"), ("ink", "bad-tint"),
]  # fmt: skip
"""Text and ground that appear together; WCAG 2.2 1.4.3 asks for 4.5:1."""
LINES = [("line-strong", "paper"), ("line-strong", "surface"), ("focus-ink", "focus")]
"""Edges of fields and focus marks; WCAG 2.2 1.4.11 asks for 3:1."""
CONDITIONAL = re.compile(r"@(?:media|supports)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
BACKGROUNDS = ("light", "warm", "dark", "contrast")


def rules(text: str) -> list[tuple[str, str]]:
    """Return (selector, declarations) of each innermost block."""
    text = re.sub(r"/\*.*?\*/|@(?:charset|import|layer)[^;{}]*;", "", text, flags=re.DOTALL)
    return [(selector.strip(), body) for selector, body in re.findall(r"([^{}]*)\{([^{}]*)\}", text)]


def declarations(body: str) -> list[tuple[str, str]]:
    parts = re.sub(r"\([^()]*\)", lambda found: found[0].replace(";", ""), body).split(";")
    return [
        (name.strip(), value.strip())
        for name, colon, value in (part.partition(":") for part in parts)
        if colon
    ]


def test_there_is_a_style_sheet():
    assert SHEETS


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_knows_no_left_and_right(sheet):
    found = []
    for selector, body in rules(sheet.read_text("utf-8")):
        for name, value in declarations(body):
            sided = name in SIDED_VALUES and READ_FROM_THE_RIGHT_TOO.search(value)
            if SIDES.match(name) or sided:
                found.append(f"{selector} {{{name}: {value}}}")
    assert not found, f"Write start and end instead of left and right: {found}"


@cache
def tokens(background: str) -> dict[str, str]:
    """Return the colours in force on a background, variables resolved."""
    wanted = {":root", f":root[data-bg={background}]"}
    found: dict[str, str] = {}
    everywhere = CONDITIONAL.sub("", (ROOT / "app" / "static" / "site.css").read_text("utf-8"))
    for selector, body in rules(everywhere):
        if wanted & {each.strip().replace('"', "").replace("'", "") for each in selector.split(",")}:
            found.update({name[2:]: value for name, value in declarations(body) if name.startswith("--")})
    for name, value in found.items():
        reference = re.fullmatch(r"var\(--([\w-]+)\)", value)
        found[name] = found[reference[1]] if reference else value
    return {
        name: six_digits(value) for name, value in found.items() if re.fullmatch(r"#[0-9a-fA-F]{3,6}", value)
    }


def six_digits(colour: str) -> str:
    return colour.lower() if len(colour) == 7 else "#" + "".join(letter * 2 for letter in colour[1:].lower())


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read(background, ink, ground):
    palette = tokens(background)
    ratio = contrast(palette[ink], palette[ground])
    assert ratio >= 4.5, f"--{ink} on --{ground} is {ratio:.2f}:1 on the {background} background"


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize(("ink", "ground"), LINES)
def test_edges_and_focus_can_be_seen(background, ink, ground):
    palette = tokens(background)
    assert contrast(palette[ink], palette[ground]) >= 3


def test_a_reader_who_asks_the_system_for_dark_gets_the_same_colours():
    found = dict(rules((ROOT / "app" / "static" / "site.css").read_text("utf-8")))
    chosen = next(body for selector, body in found.items() if selector == ":root[data-bg=dark]")
    asked = next(body for selector, body in found.items() if ":root:not([data-bg])" in selector)
    assert sorted(declarations(chosen)) == sorted(declarations(asked))
