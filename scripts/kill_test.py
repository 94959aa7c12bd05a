"""Residents file reports while processes are killed at random; every code that was shown must open its case.

    scripts/kill_test [--submits 1000] [--clients 24] [--seed N] [--data FOLDER] [--keep]

A folder of its own is loaded (or a copy of FOLDER is used), gunicorn serves the site on a free port, and a
worker, the whole server or the job worker gets SIGKILL every second or so. The time to a receipt begins when
*send* is pressed first and holds all waiting and pressing again. Exit code 1 if anything was never answered,
is there twice, is not whole, or is lost.
"""

import argparse
import io
import os
import queue
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kept import look_at_all
from PIL import Image
from resident import GivenUp, Receipt, Resident

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-m"]
LOADING = ("db upgrade", "areas load", "facilities load", "accounts demo", "search rebuild")
WORKERS = 3
STARTING = 60
"""Seconds a server may take to answer."""
TRIED = 40
"""How many codes are also opened on the page; all are looked up in the database."""


@dataclass
class Site:
    """The server and the job worker, which may be killed at any moment."""

    data: Path
    port: int
    kills: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    server: subprocess.Popen[bytes] | None = None
    jobs: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Settings of its processes; a proxy is said to stand in front, so that residents have addresses."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("TUOYU_", "DATABASE_"))}
        return {**kept, "TUOYU_DATA": str(self.data), "TUOYU_PROXIES": "1", "FLASK_APP": "wsgi"}

    def start(self) -> None:
        """Start what does not run, and wait until pages are answered."""
        if self.jobs is None or self.jobs.poll() is not None:
            self.jobs = self._run("flask", "jobs", "work")
        if self.server is None or self.server.poll() is not None:
            self.server = self._run(
                "gunicorn", "wsgi:app", "--preload", "--workers", str(WORKERS), "--no-control-socket",
                "--bind", f"127.0.0.1:{self.port}", "--log-level", "critical",
            )  # fmt: skip
        deadline = time.monotonic() + STARTING
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise SystemExit("The server did not start; see the log in the data folder (--keep).")

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.data / "log").open("ab") as log:
            return subprocess.Popen(
                [*PYTHON, *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, rnd: random.Random) -> None:
        """Kill one process, or all of the server, without warning."""
        with self.lock:
            what = rnd.choices(("worker", "server", "jobs"), (88, 7, 5))[0]
            if what == "worker" and self.server:
                children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
                workers = children.read_text().split() if children.exists() else []
                if not workers:
                    return
                with suppress(ProcessLookupError):
                    os.kill(int(rnd.choice(workers)), signal.SIGKILL)
            else:
                process = self.jobs if what == "jobs" else self.server
                if process is None:
                    return
                _end(process)
                self.start()
            self.kills[what] += 1

    def stop(self) -> None:
        """End everything that was started here."""
        with self.lock:
            for process in (self.server, self.jobs):
                if process is not None and process.poll() is None:
                    _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that was started here, and its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@dataclass
class Run:
    """What the residents were shown, and which of them gave up."""

    receipts: list[Receipt] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)


def file_reports(site: Site, submits: int, clients: int, seed: int) -> Run:
    """Let many residents file reports at once, while processes are killed."""
    run, todo, done = Run(), queue.SimpleQueue[int](), threading.Event()
    for number in range(submits):
        todo.put(number)

    def one() -> None:
        with suppress(queue.Empty):
            while True:
                _file(site, todo.get_nowait(), seed, run)

    def killer() -> None:
        rnd = random.Random(seed)  # noqa: S311 - the same seed kills in the same order
        while not done.wait(rnd.uniform(0.3, 2.2)):
            site.kill(rnd)

    threads = [threading.Thread(target=one) for _client in range(clients)]
    death = threading.Thread(target=killer)
    for thread in (death, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    death.join()
    return run


def _file(site: Site, number: int, seed: int, run: Run) -> None:
    """File one report from an address of its own; every third has a photo, every second is confirmed."""
    resident = Resident(site.address, f"10.{number // 62500}.{number // 250 % 250}.{number % 250 + 1}")
    story = f"Report {number} of run {seed}: the door stood open & nobody was there <today>."
    try:
        receipt = resident.file(story, photo(number) if number % 3 == 0 else None)
        run.receipts.append(receipt)
        if number % 2:
            resident.confirm(receipt)
    except GivenUp as error:
        run.given_up.append(f"report {number}: {error}")


def photo(number: int) -> bytes:
    """Return a small photo of its own."""
    out = io.BytesIO()
    Image.new("RGB", (80 + number % 40, 60), (number % 256, 90, 160)).save(out, "JPEG")
    return out.getvalue()


def main() -> int:
    """Run it and print the report."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--submits", type=int, default=1000)
    options.add_argument("--clients", type=int, default=24)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--data", type=Path, help="a loaded data folder to copy")
    options.add_argument("--keep", action="store_true", help="leave the folder behind")
    chosen = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tuoyu-kill-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        site = Site(folder, probe.getsockname()[1])
    try:
        prepare(site, chosen.data)
        site.start()
        began = time.monotonic()
        run = file_reports(site, chosen.submits, chosen.clients, chosen.seed)
        spent = time.monotonic() - began
        site.start()
        opened = sum(Resident(site.address, "10.9.9.9").opens(each) for each in run.receipts[:TRIED])
        site.stop()
        return report(site, run, spent, opened, chosen)
    finally:
        site.stop()
        if chosen.keep:
            print(f"kept          {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def prepare(site: Site, loaded: Path | None) -> None:
    """Fill the data folder."""
    if loaded is not None:
        shutil.copytree(loaded, site.data, dirs_exist_ok=True)
        return
    for command in LOADING:
        subprocess.run(
            [*PYTHON, "flask", *command.split()],
            cwd=ROOT,
            env=site.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def report(site: Site, run: Run, spent: float, opened: int, chosen: argparse.Namespace) -> int:
    """Print what happened; return the exit code."""
    shown = len(run.receipts)
    tried = min(TRIED, shown)
    found = look_at_all(site.environment, run.receipts, len(run.given_up))
    found.lost += [f"{tried - opened} of {tried} codes do not open on the page"] * (opened < tried)
    times = sorted(each.seconds for each in run.receipts) or [0.0]
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    print(f"seed          {chosen.seed}, {chosen.clients} residents at a time, {spent:.0f} s")
    print(f"kills         {sum(site.kills.values())}: {dict(site.kills)}")
    print(f"submitted     {chosen.submits} reports")
    print(f"acknowledged  {shown} receipts, {sum(each.photos for each in run.receipts)} photos")
    print(f"receipt       p50 {statistics.median(times):.2f} s, p95 {p95:.2f} s after pressing send")
    print(
        f"opened        {opened} of {tried} codes tried on the page as well; below, every one in the database"
    )
    print("\n".join(found.told))
    for name, problems in (
        ("unanswered", run.given_up),
        ("duplicates", found.duplicates),
        ("faults", found.faults),
        ("lost", found.lost),
    ):
        print(f"{name:<13} {len(problems)}")
        for line in problems[:20]:
            print(f"              {line}")
    return 1 if run.given_up or found.duplicates or found.faults or found.lost else 0


if __name__ == "__main__":
    sys.exit(main())
