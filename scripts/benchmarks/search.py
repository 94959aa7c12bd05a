"""`scripts/bench search`: success at 5 and reciprocal rank by class of query, build speed, size, query time.

A query succeeds if one of the expected facilities is among the first five a reader sees: exact matches first,
then, where there are fewer than the finder asks for, similar ones. Times are processor time, every cache of
the search emptied before each round. What ships is always measured; with TUOYU_SHARED also the whole
country's register: there a facility elsewhere with the very name is a miss, so success is a lower bound.
"""

import argparse
import csv
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from benchmarks.collections import ROOT, register, site
from benchmarks.report import Figure, Report, cpu_ms, spread

TABLE = ROOT / "tests" / "golden" / "search" / "queries.csv"
FIRST = 5
_MB = 1 << 20


def options(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--data", type=Path, help="folder for loaded sites, kept and used again")
    parser.add_argument("--repeat", type=int, default=3, help="rounds of each time; default %(default)s")
    parser.add_argument("--misses", action="store_true", help="also name the queries that did not succeed")


def run(asked: argparse.Namespace) -> Report:
    """Measure."""
    report = Report("Text search")
    with tempfile.TemporaryDirectory() as scratch:
        home = asked.data or Path(scratch)
        shipped = site(home / "shipped")
        _quality(shipped, report, "shipped", name_misses=asked.misses)
        _speed(shipped, report, "shipped", asked.repeat)
        if filings := register():
            country = site(home / "country", filings)
            _quality(country, report, "country", name_misses=asked.misses)
            _speed(country, report, "country", asked.repeat)
        else:
            report.notes.append("TUOYU_SHARED is not set: the whole country was not measured.")
    return report


def queries() -> list[dict[str, str]]:
    """Read the judged queries."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _quality(app: Flask, report: Report, collection: str, *, name_misses: bool) -> None:
    ranks: dict[str, list[int]] = defaultdict(list)
    with app.app_context():
        for row in queries():
            rank = first_rank(seen(row["query"]), row["expected"].split("|"))
            ranks[row["class"]].append(rank)
            ranks["all"].append(rank)
            if name_misses and not 0 < rank <= FIRST:
                place = f"{collection}, {row['class']}, place {rank or 'none'}"
                report.notes.append(f"missed ({place}): {row['query']}")
    for name, found in sorted(ranks.items()):
        success = sum(0 < rank <= FIRST for rank in found) / len(found)
        mean = sum(1 / rank for rank in found if rank) / len(found)
        for figure, value in (("success_at_5", success), ("mrr", mean)):
            report.figures[f"{collection}.{figure}.{name}"] = Figure(round(value, 3), samples=len(found))


def seen(query: str) -> Sequence[str]:
    """Return the ids a reader sees, in order."""
    from app.facilities import index  # noqa: PLC0415 - needs the program
    from app.facilities.queries.similar import FEW  # noqa: PLC0415

    exact = index.search(query).ids
    return exact if len(exact) >= FEW else (*exact, *index.similar(query).ids)


def first_rank(found: Sequence[str], expected: Sequence[str]) -> int:
    """Return the place of the first expected one, counted from 1; 0 if there is none."""
    wanted = set(expected)
    return next((place for place, each in enumerate(found, 1) if each in wanted), 0)


def _speed(app: Flask, report: Report, name: str, repeat: int) -> None:
    from app.facilities.index import embedded  # noqa: PLC0415 - needs the program
    from app.facilities.service.recording import documents  # noqa: PLC0415
    from app.search.whoosh_index import WhooshIndex  # noqa: PLC0415

    root = embedded_root(app)
    with app.app_context():
        found = list(documents())
        start = time.process_time()
        embedded().rebuild(iter(found), embedded().version() or 0)
        report.figures[f"{name}.rebuild_per_s"] = Figure(
            round(len(found) / (time.process_time() - start)), "1/s"
        )
    size = sum(path.stat().st_size for path in root.glob("*/*"))
    report.figures[f"{name}.documents"] = Figure(len(found))
    report.figures[f"{name}.index_mb"] = Figure(round(size / 2 / _MB, 2), "MB")
    times: dict[str, list[float]] = defaultdict(list)
    typed = [row["query"] for row in queries()]
    for _ in range(repeat):
        forget()
        index = WhooshIndex(root)
        times["open_ms"].append(cpu_ms(partial(index.search, "")))
        times["names_ms"].append(cpu_ms(partial(index.similar, "。某某")))
        for query in typed:
            times["exact_ms"].append(cpu_ms(partial(index.search, query)))
            times["similar_ms"].append(cpu_ms(partial(index.similar, query)))
    for each, values in times.items():
        report.figures[f"{name}.{each}"] = spread(values, "ms")


def embedded_root(app: Flask) -> Path:
    """Return the directory of the facilities' index."""
    from app.facilities.index import KIND  # noqa: PLC0415 - needs the program

    root: Path = app.extensions["settings"].index / KIND
    return root


def forget() -> None:
    """Empty what the search remembers of queries."""
    from app.search import near, numbers, pinyin, ranking, sounds, spelling, typos  # noqa: PLC0415 - needs the program

    for each in _remembering(near, numbers, pinyin, ranking, sounds, spelling, typos):
        each.cache_clear()


def _remembering(*modules: Any) -> Iterator[Any]:
    for module in modules:
        yield from (each for each in vars(module).values() if hasattr(each, "cache_clear"))
