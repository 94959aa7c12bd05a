"""The peer: Datasette over the very same rows, in a virtual environment of its own made from PyPI on demand.

Two ways to run it, and the better one counts. *idiomatic*: a plain table as `sqlite-utils insert` makes it,
`name__contains` for text, every facet that the finder shows and the rows can answer. *tuned*: an index for
each column filtered, the order held in it, a full-text table of pairs of characters, the file immutable so
that counts are kept, two facets only. Both: facet suggestions off, twenty values a facet, twenty rows.
"""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from benchmarks.serving import Server, free_port, running

VERSION = "0.65.5"
_LEVELS = {2: "province", 4: "prefecture", 6: "county"}
_COLUMNS = (
    "id", "name", "aliases", "address", "province", "prefecture", "county", "kind", "form", "status",
    "filed_on", "care", "updated_on", "sort_key",
)  # fmt: skip
_SETTINGS = {
    "sql_time_limit_ms": "60000",
    "facet_time_limit_ms": "60000",
    "suggest_facets": "off",
    "default_facet_size": "20",
    "max_returned_rows": "1000",
    "num_sql_threads": "3",
}


class NoPeerError(RuntimeError):
    """Datasette could not be installed here; the sentence says why."""


def installed(folder: Path) -> Path:
    """Return the program, installed by name from PyPI into `folder/datasette` if it is not there yet."""
    home = folder / "datasette"
    program = home / "bin" / "datasette"
    if program.exists():
        return program
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in ([sys.executable, "-m", "venv", str(home)], [*pip, f"datasette=={VERSION}"]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1][:200]
            raise NoPeerError(f"Datasette {VERSION} could not be installed from PyPI: {last}")
    return program


def tables(app: Flask, folder: Path) -> dict[str, Path]:
    """Write the rows of a site as the two databases; returns their files by the name of the way."""
    from sqlalchemy import select  # noqa: PLC0415 - the help must not need the program

    from app.areas import queries as areas  # noqa: PLC0415
    from app.extensions import db  # noqa: PLC0415
    from app.facilities.model import Facility  # noqa: PLC0415
    from app.facilities.rules.vocabulary import Care, unmask  # noqa: PLC0415
    from app.search.text import fold, grams  # noqa: PLC0415

    with app.app_context():
        named = {code: card.names.get("zh-Hans", "") for code, card in areas.everywhere().items()}
        found, texts = [], []
        for row in db.session.scalars(select(Facility).order_by(Facility.sort_key, Facility.id)):
            care = json.dumps(unmask(Care, row.care_mask) or [])
            codes = [row.area_code[:length] for length in _LEVELS]
            found.append((
                row.id, row.name, "|".join(row.aliases), row.address, *codes, row.kind, row.form, row.status,
                str(row.filed_on or ""), care, str(row.updated_on), row.sort_key,
            ))  # fmt: skip
            words = (row.name, *row.aliases, row.address or "", *(named.get(code, "") for code in codes))
            texts.append(" ".join(sorted({gram for word in words for gram in grams(fold(word))})))
    files = {way: folder / f"{way}.db" for way in ("idiomatic", "tuned")}
    for way, file in files.items():
        file.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as made:
            made.execute(f"CREATE TABLE facility ({', '.join(_COLUMNS)}, PRIMARY KEY (id))")
            made.executemany(f"INSERT INTO facility VALUES ({', '.join('?' * len(_COLUMNS))})", found)
            if way == "tuned":
                _tune(made, texts)
            made.commit()
    return files


def _tune(made: sqlite3.Connection, texts: list[str]) -> None:
    for column in ("province", "prefecture", "county", "kind", "form"):
        made.execute(f"CREATE INDEX by_{column} ON facility ({column}, sort_key)")
    made.execute("CREATE INDEX by_name ON facility (sort_key)")
    made.execute("CREATE VIRTUAL TABLE facility_fts USING fts5 (grams, content='', detail=column)")
    made.executemany("INSERT INTO facility_fts (rowid, grams) VALUES (?, ?)", enumerate(texts, 1))
    made.execute("ANALYZE")


@contextmanager
def serving(program: Path, way: str, file: Path) -> Iterator[Server]:
    """Serve one of the two databases on the loopback."""
    port = free_port()
    about = file.with_suffix(".json")
    tables_said = {"facility": {"fts_table": "facility_fts", "fts_pk": "rowid"} if way == "tuned" else {}}
    about.write_text(json.dumps({"databases": {way: {"tables": tables_said}}}), "utf-8")
    opened = ["-i", str(file)] if way == "tuned" else [str(file)]
    settings = [part for name, value in _SETTINGS.items() for part in ("--setting", name, value)]
    command = [
        str(program),
        "serve",
        *opened,
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
        "-m",
        str(about),
        *settings,
    ]
    with running(command, port, {}) as server:
        yield server


def address(way: str, asked: Mapping[str, str], ending: str) -> str:
    """Return the address of a question in one of the two ways; `ending` is "" for a page or ".json"."""
    pairs: list[tuple[str, str]] = []
    for name, value in asked.items():
        if name == "area":
            pairs.append((_LEVELS[len(value)], value))
        elif name == "q":
            pairs.append(_text(way, value))
        else:
            pairs.append((name, value))
    below = _LEVELS[min(6, len(asked.get("area", "")) + 2)]
    facets = (below, "kind") if way == "tuned" else (below, "kind", "form", "status")
    pairs += [("_facet", name) for name in facets]
    if way == "idiomatic":
        pairs.append(("_facet_array", "care"))
    return f"/{way}/facility{ending}?{urlencode([*pairs, ('_sort', 'sort_key'), ('_size', '20')])}"


def _text(way: str, text: str) -> tuple[str, str]:
    if way == "idiomatic":
        return "name__contains", text
    return "_search", " ".join(text[place : place + 2] for place in range(len(text) - 1))


def count(server: Server, way: str, asked: Mapping[str, str]) -> int:
    """Return how many rows the peer finds."""
    found: int = json.loads(server.ask(address(way, asked, ".json")))["filtered_table_rows_count"]
    return found
