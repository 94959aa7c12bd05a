"""Takes the pictures of the guide for new workers: signs in as people of the fictional county and looks."""

import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from app.accounts.model import Account
from app.accounts.rules import Grant, Role
from app.extensions import db
from tests import sites
from tests.e2e.case_site import cases
from tests.e2e.conftest import CHROMIUM, FLAGS, served
from tests.factories import proposals
from tests.factories.accounts import Made, fictional, make_staff
from tests.factories.place_desk import LEAD, desk_of, market_takes_care

FOLDER = sites.ROOT / "content" / "counter"
LARGEST = 60 * 1024
"""Bytes of a picture: it travels over slow networks."""
PHONE, OFFICE = {"width": 360, "height": 640}, {"width": 960, "height": 600}


@dataclass(frozen=True)
class Screen:
    """A picture: its name, who looks (nobody: signed out), the address, on a phone or in the office."""

    name: str
    who: str
    address: str
    phone: bool = False
    press: str = ""
    """A link to follow first, as a selector."""
    at: str = ""
    """What stands at the top of the picture, as a selector."""


SCREENS = (
    Screen("sign-in", "", "/staff/sign-in"),
    Screen("today", "demo-lead", "/staff"),
    Screen("facts", "demo-worker-1", "/staff/proposals", press="main table a"),
    Screen("vacancies", "demo-worker-1", "/staff/slots", phone=True, at="main h2"),
    Screen("cases", "demo-lead", "/staff/cases"),
    Screen("place", "demo-lead", "/staff/place", press="main a[href*='/changes/']", at="main h2 ~ h2"),
    Screen("files", "demo-lead", "/staff/exports"),
)


@contextmanager
def county() -> Iterator[tuple[str, Flask]]:
    """Serve the fictional county with cases and a proposal; give its address and the program on its data."""
    with tempfile.TemporaryDirectory() as name:
        data, url = sites.load(Path(name), sites.SQLITE)
        with sites.program(sites.chosen_settings(data, url)) as app:
            with app.app_context():
                cases()
                proposals.ask()
            market_takes_care(desk_of(app, LEAD))
            with served(data) as address:
                yield address, app


def take(browser: Browser, address: str, app: Flask, wanted: Sequence[Screen], language: str) -> None:
    """Take some pictures in a language; everybody signs in once, since no code is taken twice."""
    sessions: dict[str, Any] = {}
    for screen in wanted:
        size = PHONE if screen.phone else OFFICE
        if screen.who and screen.who not in sessions:
            context = browser.new_context(base_url=address, viewport=size)
            sign_in(context.new_page(), person(app, screen.who, language), language)
            sessions[screen.who] = context.storage_state()
            context.close()
        state = sessions.get(screen.who)
        context = browser.new_context(base_url=address, viewport=size, storage_state=state)
        page = context.new_page()
        page.goto(f"/{language}{screen.address}")
        if screen.press:
            page.locator(screen.press).first.click()
        if screen.at:
            page.locator(screen.at).first.evaluate("element => element.scrollIntoView()")
        keep(page.screenshot(), FOLDER / "pictures" / language / f"{screen.name}.webp")
        context.close()


def person(app: Flask, who: str, language: str) -> Made:
    """Make somebody like one of the fictional county, with an account for each language."""
    row = fictional()[who]
    grant = Grant(Role(row["role"]), row["unit"], row["area"], row["facility"])
    made = make_staff(app, f"{who}-{language.lower()}", grant)
    with app.app_context():
        names = {code: row[f"name_{code}"] for code in ("zh-Hans", "ug", "en")}
        db.session.get_one(Account, made.id).names = names
        db.session.commit()
    return made


def sign_in(page: Page, made: Made, language: str) -> None:
    """Give the password, then the code of the authenticator."""
    page.goto(f"/{language}/staff/sign-in")
    page.locator("#handle").fill(made.handle)
    page.locator("#password").fill(made.password)
    page.locator("main button:not([type=button])").first.click()
    page.locator("#code").fill(made.code())
    page.locator("main button:not([type=button])").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def keep(picture: bytes, path: Path) -> None:
    """Write a picture as lossy WebP, as well as the largest size allows."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for quality in range(85, 20, -10):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= LARGEST:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(out.getvalue())
            print(f"{path.relative_to(sites.ROOT)}: {out.tell()} bytes")
            return
    raise SystemExit(f"{path.name} does not fit into {LARGEST} bytes.")


def main(names: Sequence[str]) -> None:
    """Take the pictures of these names, or all."""
    wanted = [screen for screen in SCREENS if not names or screen.name in names]
    languages = sorted(path.parent.name for path in FOLDER.glob("*/guide.md"))
    with county() as (address, app), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for language in languages:
            take(browser, address, app, wanted, language)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
