"""Fixtures: a site with all its content, loaded once and copied; on SQLite and on PostgreSQL.

Loading goes through the same commands as a start, in a folder shared by all test processes. `app` is one
program a process on a copy of that folder: read from it freely. A test that writes asks for `fresh_app`.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings

from tests import sites
from tests.pages import PageClient

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Compile the catalogues once, before any test process needs them."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        subprocess.run([sites.ROOT / "scripts" / "i18n", "compile"], check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Path:
    """A folder that all test processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def database(request) -> str:
    """The kind of database; integration tests run on both (see tests/integration/conftest.py)."""
    return getattr(request, "param", sites.SQLITE)


@pytest.fixture(scope="session")
def loaded(shared, database) -> tuple[Path, str]:
    """A data folder and an address of a database with everything loaded; never changed, only copied."""
    return sites.load(shared, database)


@pytest.fixture(scope="session")
def app(loaded, tmp_path_factory) -> Iterator[Flask]:
    """The program with all its content, for reading."""
    with sites.copied(loaded, tmp_path_factory.mktemp("site")) as chosen, sites.program(chosen) as program:
        yield program


@pytest.fixture
def fresh_app(loaded, tmp_path) -> Iterator[Flask]:
    """The program on a copy of its own, for tests that write."""
    with sites.copied(loaded, tmp_path / "site") as chosen, sites.program(chosen) as program:
        yield program


@pytest.fixture
def client(app) -> PageClient:
    """A reader without cookies; every page is checked as it is fetched."""
    return app.test_client()
