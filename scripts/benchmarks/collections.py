"""Loaded sites to measure: what ships, and the whole country's register where the shared data is at hand."""

import os
import subprocess
import sys
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
LOADING = ("db upgrade", "areas load", "facilities load")
REGISTER = "data/cn/tuoyu_filings_national_202601.csv.gz"


def register() -> Path | None:
    """Return the file of the whole country's filings, or None without the shared data."""
    shared = os.environ.get("TUOYU_SHARED")
    found = Path(shared) / REGISTER if shared else None
    return found if found and found.exists() else None


def site(folder: Path, filings: Path | None = None) -> Flask:
    """Return a program whose data folder is loaded; in one that was loaded before only the tables follow."""
    from app import create_app, settings  # noqa: PLC0415 - the help must not need the program

    done = folder / "loaded"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        more = (f"facilities import-register {filings}",) if filings else ()
        for command in (*LOADING, *more, "search rebuild"):
            _flask(command, folder)
        done.touch()
    else:
        _flask("db upgrade", folder)
    return create_app(settings.load({"TUOYU_DATA": str(folder), "TUOYU_KEYS": str(folder / "keys")}))


def rebuilt(folder: Path) -> None:
    """Bring the text index of a loaded folder up to date, if it is behind."""
    _flask("search rebuild --if-stale", folder)


def _flask(command: str, folder: Path) -> None:
    values = {
        "TUOYU_DATA": str(folder),
        "TUOYU_KEYS": str(folder / "keys"),
        "FLASK_APP": "wsgi",
        "DATABASE_URL": "",
    }
    subprocess.run(
        [sys.executable, "-m", "flask", *command.split()],
        cwd=ROOT, env=os.environ | values, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
