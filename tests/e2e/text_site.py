"""A served site with people who write, translate and sign texts, and windows of them."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from app.accounts.rules import Grant, Role
from tests import sites
from tests.e2e.conftest import DESKTOP, SCREENS, served
from tests.e2e.walks import Officer
from tests.factories.accounts import Made, make_staff
from tests.factories.signing import enter

Site = tuple[str, Mapping[str, Made], Path]
"""Its address, its people by handle, and its data."""


@contextmanager
def desks(
    loaded: Path, folder: Path, people: Mapping[str, Role], signers: Mapping[str, tuple[str, ...]]
) -> Iterator[Site]:
    """Serve a copy of a loaded site with people by role; `signers` have a field and languages they read.

    No code of an authenticator is taken twice, so nobody signs in twice.
    """
    data = folder / "data"
    shutil.copytree(loaded, data)
    with sites.program(sites.chosen_settings(data, f"sqlite:///{data / 'tuoyu.db'}")) as app:
        made = {
            handle: make_staff(app, handle, Grant(role, "990101.health", "990101"))
            for handle, role in people.items()
        }
        for handle, known in signers.items():
            enter(app, made[handle].id, *known)
    with served(data) as address:
        yield address, made, data


def somebody(
    browser: Browser,
    site: Site,
    handle: str,
    *,
    lang: str = "zh-Hans",
    size: Mapping[str, int] = DESKTOP,
    script: bool = False,
) -> Page:
    """Give a window of somebody who is signed in, without scripts unless they are wanted."""
    address, made, _data = site
    context = browser.new_context(base_url=address, viewport=size, java_script_enabled=script)
    context.set_default_timeout(15_000)
    officer = Officer(context.new_page(), made[handle], lang)
    officer.signs_in()
    return officer.page


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page."""
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}-{page.viewport_size['width']}.png", full_page=True)
