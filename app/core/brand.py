"""The operator's name, footer fields and colours, checked for contrast before they are used."""

import re
from collections.abc import Iterable

from flask import Flask, current_app
from flask_babel import gettext as _

from app.core import pages
from app.core.assets import Assets
from app.core.i18n import SOURCE, pick
from app.settings import Brand, SettingsError

_COLOUR = re.compile(r"#[0-9a-f]{6}")
TOKENS = ("brand", "brand-ink", "brand-deep", "brand-tint", "warm")
_DEFAULTS = {"brand": "#0b5f55", "brand-ink": "#ffffff", "brand-deep": "#07453e", "brand-tint": "#e2efec"}
_PAPER = "#f7f4ee"
_SURFACE = "#fffdfa"
PAIRS = (
    ("brand", _PAPER),
    ("brand", _SURFACE),
    ("brand-ink", "brand"),
    ("brand-deep", "brand-tint"),
    ("#ffffff", "brand-deep"),
)
"""Text and ground that must keep a contrast of 4.5:1 (WCAG 2.2, 1.4.3)."""
MINIMUM = 4.5


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two `#rrggbb` colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def check(brand: Brand) -> None:
    """Raise `SettingsError` for a colour that is not one or that would make text hard to read."""
    for name, colour in brand.colours.items():
        if name not in TOKENS or not _COLOUR.fullmatch(colour):
            raise SettingsError(f"Colour {name} = {colour!r} must be one of {', '.join(TOKENS)} as #rrggbb.")
    palette = {**_DEFAULTS, **brand.colours}
    for ink, ground in PAIRS:
        ratio = contrast(palette.get(ink, ink), palette.get(ground, ground))
        if ratio < MINIMUM:
            raise SettingsError(
                f"Text {ink} on {ground} has contrast {ratio:.1f}; at least {MINIMUM} is needed."
            )


def install(app: Flask, brand: Brand, assets: Assets) -> None:
    """Offer the brand to templates and, if colours were changed, a style sheet of them."""
    check(brand)
    if brand.colours:
        rules = "".join(f"--{name}:{colour};" for name, colour in brand.colours.items())
        light = f":root:not([data-bg]){{{rules}}}"
        chosen = f":root[data-bg=light],:root[data-bg=warm]{{{rules}}}"
        sheet = f"@media not all and (prefers-color-scheme:dark){{{light}}}{chosen}"
        assets.add("brand.css", sheet.encode())

    def site_name() -> str:
        chosen = pick(brand.name, pages.language())
        return chosen.text or _("Tuoyu")

    app.jinja_env.globals.update(brand=brand, site_name=site_name)


def in_print_order(codes: Iterable[str]) -> list[str]:
    """Return languages in the order in which their scripts stand on paper, as the operator set it up."""
    order: tuple[str, ...] = current_app.extensions["settings"].brand.script_order
    places = {code: place for place, code in enumerate(order)}
    return sorted(codes, key=lambda code: (places.get(code, len(places)), code != SOURCE))
