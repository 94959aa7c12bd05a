"""`scripts/bench quick`: what a result page costs beside a bare program and a peer, and whether it is right.

Served as `scripts/run` serves (gunicorn, sync, one worker, loopback), asked one request after the other.
Figures are the worker's own processor time, or ratios of it taken in pairs (hello - page - hello), so that
the speed of the machine cancels out. `…_vs_hello` is the bare program's time divided by the page's.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from benchmarks import flame, peer
from benchmarks.asking import Asker, parts, rows
from benchmarks.collections import register, site
from benchmarks.exactness import Exactness, measure
from benchmarks.made import five_thousand
from benchmarks.report import Figure, Report, spread
from benchmarks.results import keep
from benchmarks.serving import HELLO, Server, paired, product

HELLOS = 150
PAGES = 24
PEER_PAGES = 6
FLAME_PAGES = 60
WORDS = 200
WARMING = 60
"""Pages asked before the measuring, as a worker has answered after its first minute."""
UNCACHED = {"5k": 25.0, "register": 120.0}
REPEATED = 0.8
_NEEDS_REGISTER = (
    "search_vs_hello_register",
    "datasette_ratio_filters_register",
    "datasette_ratio_text_register",
)
_NO_REGISTER = "TUOYU_SHARED is not set, so the register of the whole country is not at hand."
INSIDE = {
    "hello": "gunicorn reads the request, a bare Flask program returns 13 bytes, gunicorn answers.",
    "search": "gunicorn; mount and proxy middleware; language, view, session, log line, security headers; "
    "the data version read from the database; the question read and checked; text search; the count, the "
    "not-reported counts and nine sideways facets; 20 cards with prices and areas; the whole page; brotli; "
    "ETag; the answer put away. Every address and every text is new, so no kept answer is used; the sets of "
    "facilities of one version of the data are kept, as they are in use.",
    "cached": "gunicorn; the same middleware; the data version read from the database; the kept answer.",
    "datasette": "uvicorn; Datasette's page or JSON of the same rows and filters: 20 rows, total, facets.",
}


def options(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--data", type=Path, help="folder for loaded sites and the peer, kept and used again")
    parser.add_argument("--rounds", type=int, default=5, help="pairs of each kind; default %(default)s")
    parser.add_argument("--stacks", type=Path, help="folder that gets folded stacks, for flame graphs")
    parser.add_argument(
        "--keep",
        metavar="MACHINE",
        help="write the report to scripts/benchmarks/results/, measured on MACHINE",
    )


def run(asked: argparse.Namespace) -> Report:
    """Measure."""
    report = Report("Quick figures of the finder", inside=INSIDE)
    tally = Exactness()
    with tempfile.TemporaryDirectory() as scratch:
        home = asked.data or Path(scratch)
        folder = home / "five-thousand"
        app = five_thousand(folder)
        _served(app, folder, "5k", asked.rounds, report, tally)
        _costs(app, "5k", asked.stacks, report)
        filings = register()
        if filings:
            folder = home / "country"
            app = site(folder, filings)
            _served(app, folder, "register", asked.rounds, report, tally)
            _costs(app, "register", asked.stacks, report)
            _beside_peer(app, home, asked.rounds, report)
        else:
            report.skipped.update(dict.fromkeys(_NEEDS_REGISTER, _NO_REGISTER))
    report.figures["recall"] = Figure(round(tally.recall, 6), "", samples=tally.queries, at_least=1)
    report.figures["precision"] = Figure(round(tally.precision, 6), "", samples=tally.queries, at_least=1)
    if asked.keep:
        keep(report, asked.keep)
    return report


def _served(app: Flask, folder: Path, name: str, rounds: int, report: Report, tally: Exactness) -> None:
    """Measure one site: uncached pages, repeated ones, memory, exactness, rebuild."""
    held = rows(app)
    asker = Asker(held)
    report.figures[f"facilities_{name}"] = Figure(len(held))
    with product(folder) as server:
        server.cpu_ms([HELLO] * HELLOS)
        server.cpu_ms([*asker.pages(WARMING), "/zh-Hans/find?" + urlencode({"q": "某某某托育"})])
        before, found, after, each = [], [], [], []
        for pages in parts(asker.pages(PAGES * rounds), rounds):
            before.append(_hello(server))
            each += (times := server.each_ms(pages))
            found.append(statistics.fmean(times))
            after.append(_hello(server))
        _ratios(report, f"search_vs_hello_{name}", paired(before, found, after))
        report.figures[f"search_cpu_ms_{name}"] = _limited(spread(each, "ms"), at_most=UNCACHED[name])
        report.figures[f"hello_cpu_ms_{name}"] = spread([*before, *after], "ms", 3)
        if name == "5k":
            _repeated(server, asker.pages(1)[0], rounds, report)
        uss = "worker_uss_mb" if name == "5k" else f"worker_uss_mb_{name}"
        report.figures[uss] = Figure(round(server.uss_mb(), 1), "MB")
    measure(app, asker.words(WORDS), tally)
    _rebuilding(app, "rebuild_per_s" if name == "5k" else f"rebuild_per_s_{name}", report)


def _repeated(server: Server, page: str, rounds: int, report: Report) -> None:
    """Measure a page asked again, and one asked again by a reader who shows that they have it."""
    server.ask(page)
    shown = {"If-None-Match": server.etag}
    kinds: dict[str, Callable[[], float]] = {
        "cached_vs_hello": lambda: server.cpu_ms([page] * HELLOS),
        "not_modified_vs_hello": lambda: server.cpu_ms([page] * HELLOS, status=304, headers=shown),
    }
    for name, ask in kinds.items():
        before, found, after = [], [], []
        for _ in range(rounds):
            before.append(_hello(server))
            found.append(ask())
            after.append(_hello(server))
        _ratios(report, name, paired(before, found, after))
    cached = report.figures["cached_vs_hello"]
    report.figures["cached_vs_hello"] = _limited(cached, at_least=REPEATED)


def _costs(app: Flask, name: str, stacks: Path | None, report: Report) -> None:
    """Say which parts of the program an uncached page's time goes to."""
    asker = Asker(rows(app), seed=11)
    flame.measure(app, asker.pages(WARMING))
    if stacks:
        stacks.mkdir(parents=True, exist_ok=True)
    found = flame.measure(app, asker.pages(FLAME_PAGES), stacks / f"{name}.folded" if stacks else None)
    report.costs[name] = found
    top = ", ".join(f"{part} {share:.0%}" for part, share in list(found.items())[:3])
    report.notes.append(f"An uncached page ({name}) spends most on {top}.")


def _rebuilding(app: Flask, name: str, report: Report) -> None:
    from app.core.db import text_version  # noqa: PLC0415 - the help must not need the program
    from app.facilities.index import embedded  # noqa: PLC0415
    from app.facilities.service.recording import documents  # noqa: PLC0415

    found: list[float] = []
    with app.app_context():
        for _ in range(1 if name.endswith("register") else 3):
            start = time.process_time()
            count = embedded().rebuild(documents(), text_version())
            found.append(count / (time.process_time() - start))
    report.figures[name] = Figure(round(statistics.median(found)), "1/s", samples=len(found))


def _beside_peer(app: Flask, home: Path, rounds: int, report: Report) -> None:
    """Measure Datasette on the register's rows in both ways, page and JSON, paired with our page."""
    asker = Asker(rows(app), seed=7)
    kinds = {"filters": asker.filters, "text": asker.texts}
    names = {kind: f"datasette_ratio_{kind}_register" for kind in kinds}
    try:
        program = peer.installed(home)
    except peer.NoPeerError as error:
        report.skipped.update(dict.fromkeys(names.values(), str(error)))
        return
    files = peer.tables(app, home)
    with ExitStack() as open_servers:
        ours = open_servers.enter_context(product(home / "country"))
        ours.cpu_ms(asker.pages(WARMING))
        peers = {way: open_servers.enter_context(peer.serving(program, way, files[way])) for way in files}
        for kind, draw in kinds.items():
            ratios: dict[str, list[float]] = {}
            mine: list[float] = []
            columns: dict[str, float] = {}
            for way, other in peers.items():
                _agree(app, other, way, draw(PEER_PAGES))
                for ending, shape in (("", "page"), (".json", "json")):
                    column = f"{way}_{shape}"
                    times = _against(ours, other, way, ending, draw, rounds)
                    ratios[column] = [theirs / own for own, theirs in times]
                    mine += [own for own, _ in times]
                    columns[f"datasette_{column}"] = spread([each for _, each in times], "ms").median
            best = min(ratios, key=lambda each: statistics.median(ratios[each]))
            _ratios(report, names[kind], ratios[best])
            report.peers[kind] = {"finder_page": spread(mine, "ms").median, **columns}
            report.notes.append(f"{names[kind]}: our page beside the quickest of four, {best}.")


def _against(
    ours: Server,
    other: Server,
    way: str,
    ending: str,
    draw: Callable[[int], Sequence[dict[str, str]]],
    rounds: int,
) -> list[tuple[float, float]]:
    """Return, round by round, our time and the peer's: ours before and after, on questions that differ."""
    found = []
    for _ in range(rounds):
        asked = draw(PEER_PAGES * 2)
        pages = [f"/zh-Hans/find?{urlencode(each)}" for each in asked]
        before = ours.cpu_ms(pages[:PEER_PAGES])
        theirs = other.cpu_ms([peer.address(way, each, ending) for each in asked])
        after = ours.cpu_ms(pages[PEER_PAGES:])
        found.append((statistics.fmean((before, after)), theirs))
    return found


def _agree(app: Flask, other: Server, way: str, asked: Sequence[dict[str, str]]) -> None:
    """Make sure that the peer was asked the same: as many rows for filters, some for a text."""
    with app.test_client() as client:
        for each in asked:
            answer = client.get("/api/v1/facilities", query_string=each).get_json()
            theirs = peer.count(other, way, each)
            if not theirs or ("q" not in each and theirs != answer["count"]):
                raise RuntimeError(f"{each}: the peer finds {theirs}, the finder {answer['count']}.")


def _hello(server: Server) -> float:
    return server.cpu_ms([HELLO] * HELLOS)


def _ratios(report: Report, name: str, ratios: Sequence[float]) -> None:
    report.figures[name] = spread(ratios, "", 4)


def _limited(figure: Figure, at_least: float | None = None, at_most: float | None = None) -> Figure:
    return Figure(figure.median, figure.unit, figure.p95, figure.samples, at_least, at_most)
