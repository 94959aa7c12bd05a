"""Sites for tests: a folder with everything loaded, its copies, and the programs that run on them."""

import dataclasses
import fcntl
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from app import create_app, settings
from app.extensions import db
from app.settings import Settings
from tests.pages import PageClient

ROOT = Path(__file__).resolve().parent.parent
SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = [SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.postgres)]
LOADING = (
    "db upgrade", "areas load", "facilities load", "events load", "guide import", "search rebuild",
)  # fmt: skip


class Compiled(BytecodeCache):
    """Templates compiled once a test process: programs come and go, what they are made of stays."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@contextmanager
def program(chosen: Settings) -> Iterator[Flask]:
    """Give a program whose test client checks pages; its database connections are closed afterwards."""
    app = create_app(chosen)
    app.test_client_class = PageClient
    app.jinja_env.bytecode_cache = COMPILED
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def load(shared: Path, database: str) -> tuple[Path, str]:
    """Return a loaded data folder and its database's address; the first test process loads, others wait."""
    folder = shared / f"loaded-{database}"
    url = f"sqlite:///{folder / 'tuoyu.db'}"
    if database == POSTGRESQL:
        url = server_address("loaded")
    with locked(shared / f"{database}.lock"):
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            if database == POSTGRESQL:
                administer("DROP DATABASE IF EXISTS loaded WITH (FORCE)")
                administer("CREATE DATABASE loaded")
            for command in LOADING:
                flask(command, TUOYU_DATA=folder, DATABASE_URL=url)
            (folder / "done").touch()
    return folder, url


@contextmanager
def copied(loaded: tuple[Path, str], folder: Path) -> Iterator[Settings]:
    """Give settings of a copy of the loaded site; the copy is dropped afterwards."""
    source, url = loaded
    shutil.copytree(source, folder, dirs_exist_ok=True)
    if url.startswith("sqlite"):
        yield chosen_settings(folder, f"sqlite:///{folder / 'tuoyu.db'}")
        return
    copy = f"copy_{secrets.token_hex(8)}"
    administer(f"CREATE DATABASE {copy} TEMPLATE loaded")
    try:
        yield chosen_settings(folder, server_address(copy))
    finally:
        administer(f"DROP DATABASE {copy} WITH (FORCE)")


def chosen_settings(folder: Path, url: str, **changes: object) -> Settings:
    """Return the settings of a test site."""
    chosen = settings.load({"TUOYU_DATA": str(folder), "DATABASE_URL": url})
    return dataclasses.replace(chosen, testing=True, **changes)


def flask(command: str, **environment: object) -> str:
    """Run a command of the program as an operator would and return what it prints."""
    values = {**os.environ, **{name: str(value) for name, value in environment.items()}, "FLASK_APP": "wsgi"}
    done = subprocess.run(
        [sys.executable, "-m", "flask", *command.split()],
        cwd=ROOT, env=values, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"flask {command} failed:\n{done.stdout}{done.stderr}"
    return done.stdout


def server_address(name: str) -> str:
    """Return the address of a database on the PostgreSQL that scripts/test starts; skip without one."""
    server = os.environ.get("DATABASE_URL_TEST_POSTGRES")
    if not server:
        pytest.skip("Needs PostgreSQL: run scripts/test, which starts one.")
    return f"{server.rpartition('/')[0]}/{name}"


def administer(statement: str) -> None:
    """Run one statement on the PostgreSQL server, outside any transaction."""
    server = os.environ["DATABASE_URL_TEST_POSTGRES"].replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that all test processes of this run share."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
