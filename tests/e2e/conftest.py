"""A real server, started as people start it, and a real browser. One of each for a test process."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.sites import ROOT

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic", "--disable-dev-shm-usage",
)  # fmt: skip
SCREENS = Path(__file__).with_name("screens")
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items) -> None:
    """Browser tests carry a mark, and each file of them runs in one process."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(data: Path, port: int | None = None) -> Iterator[str]:
    """Start scripts/run on a free port with a data folder; give its address. What it logs lies beside."""
    port = port or free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TUOYU_", "DATABASE_"))}
    environment = {
        **kept,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "TUOYU_DATA": str(data),
        "WEB_CONCURRENCY": "2",
    }
    log = data.parent / "log"
    with log.open("w+") as output:
        process = subprocess.Popen(
            [ROOT / "scripts" / "run"],
            cwd="/",
            env=environment,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
        )
        told = []
        for line in process.stdout:
            told.append(line)
            if line.startswith("Tuoyu: http"):
                break
        else:
            pytest.fail(f"scripts/run did not start:\n{''.join(told)}{log.read_text()[-4000:]}")
        try:
            yield told[-1].removeprefix("Tuoyu: ").strip().rstrip("/")
        finally:
            process.send_signal(signal.SIGTERM)
            process.stdout.close()
            assert process.wait(timeout=30) == 0, log.read_text()[-4000:]


@pytest.fixture(scope="session")
def server(loaded, tmp_path_factory) -> Iterator[str]:
    """Serve a copy of the loaded site; give its address."""
    folder, _url = loaded
    data = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(folder, data)
    with served(data) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


class Watch:
    """What a page did: messages of its console, requests it made."""

    def __init__(self, page: Page, own: str) -> None:
        self.console: list[str] = []
        self.foreign: list[str] = []
        self.finished: list[Request] = []
        page.on("console", lambda message: self.note(message.type, message.text))
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("request", lambda request: self.visit(request.url, own))
        page.on("requestfinished", self.finish)

    def forget(self) -> None:
        """Begin anew."""
        for seen in (self.console, self.foreign, self.finished):
            seen.clear()

    def judge(self) -> None:
        """Fail if a page complained or asked another site."""
        assert not self.console, f"the console says: {self.console}"
        assert not self.foreign, f"the page asked other sites: {self.foreign}"

    def note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.console.append(text)

    def finish(self, request: Request) -> None:
        self.finished.append(request)

    def visit(self, url: str, own: str) -> None:
        if not url.startswith((own, "data:", "blob:", "about:")):
            self.foreign.append(url)


@pytest.fixture(scope="session")
def window(browser, server) -> Iterator[Page]:
    """Give one window that goes from page to page, as people do: what it has loaded once it keeps."""
    context = browser.new_context(base_url=server, viewport=DESKTOP, color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.watch = Watch(page, server)
    yield page
    context.close()


@pytest.fixture
def visit(window):
    """Give a function that visits an address on a desktop; no page may have complained, no cookie stays."""

    def visit_(address: str) -> Page:
        window.set_viewport_size(DESKTOP)
        window.goto(address)
        return window

    window.watch.forget()
    yield visit_
    window.context.clear_cookies()
    window.watch.judge()


@pytest.fixture
def open_page(browser, server, request):
    """Give a function that opens an address in a new window; at the end no window may have complained."""
    windows = []

    def open_(address: str, **options: object) -> Page:
        context = browser.new_context(base_url=server, viewport=DESKTOP, **options)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.watch = Watch(page, server)
        windows.append(page)
        page.goto(address)
        return page

    yield open_
    for page in windows:
        page.context.close()
        page.watch.judge()
