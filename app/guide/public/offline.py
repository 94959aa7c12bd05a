"""Cards without a connection: the worker that keeps them on a device, and the page in place of others."""

import json
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, headers
from app.core.pages import language
from app.guide.queries import cards as reads

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState

    from app.core.assets import Assets
    from app.core.i18n import Languages

bp = Blueprint("offline", __name__)
_FILES = ("shell.css", "cards.css", "app.js", "icon.svg")
_SHELL, _REST = "shell.css", b"/* Forms */"
"""The sections of `site.css` that cards need, and the comment at which the others begin."""
_OF_OPERATOR = "brand.css"
_LETTERS = {"ug": "fonts/ug.woff2"}
"""A font that pages of a language need where the device has none of its own."""


@bp.record_once
def _cut_shell(state: "BlueprintSetupState") -> None:
    """Make the style sheet of cards: tokens, letters and the commonest pieces of that of all pages."""
    assets: Assets = state.app.extensions["assets"]
    shell, found, _others = assets.by_hash[assets.names["site.css"]].body.partition(_REST)
    if not found:
        raise ValueError(f"site.css has no section {_REST.decode()}: where does what cards need end?")
    assets.add(_SHELL, shell)


@bp.get("/worker.js")
def worker() -> ResponseReturnValue:
    """Answer with the service worker, before it what it keeps in each language and a stamp of that."""
    assets: Assets = current_app.extensions["assets"]
    registry: Languages = current_app.extensions["languages"]
    today = clock.today()
    slugs = [card.slug for card in reads.card_list(registry.offered[0].code, today)]
    files = {code: [*_FILES, *_more(assets, code)] for code in registry.codes}
    program = repr((current_app.extensions["build"], files))
    stamps = reads.stamps(registry.codes, today, program)
    kept = {
        code: {
            "name": f"cards {code} {stamps[code]}",
            "offline": url_for("offline.offline", lang=code),
            "pages": [
                url_for("guide.cards", lang=code),
                *(url_for("guide.card", slug=slug, lang=code) for slug in slugs),
                url_for("offline.offline", lang=code),
            ],
            "files": [url_for("static_asset", name=assets.names[name]) for name in files[code]],
        }
        for code in registry.codes
    }
    code = assets.by_hash[assets.names["worker.js"]].body.decode()
    response = make_response(f"const KEPT = {json.dumps(kept, separators=(',', ':'))};\n{code}")
    response.mimetype = "text/javascript"
    return headers.public(response)


@bp.get("/<lang:lang>/offline")
def offline() -> ResponseReturnValue:
    """Say what opens without a connection; the worker shows this page in place of one it cannot reach."""
    today = clock.today()
    cards = reads.card_list(language(), today)
    return headers.public(make_response(render_template("guide/offline.html", cards=cards, today=today)))


def _more(assets: "Assets", code: str) -> list[str]:
    wanted = (_OF_OPERATOR, _LETTERS.get(code, ""))
    return [name for name in wanted if name in assets.names]
