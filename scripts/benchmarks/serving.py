"""A server on the loopback of this machine, asked one request after the other; its processor time is read.

The clock is the process's own (`clock_gettime` of its CPU clock: user and system, all threads), so what the
asking side or any other program does is not in it.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks.collections import ROOT

HELLO = "/bare-hello"
"""Where the bare program answers."""
HEADERS = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "zh-CN,zh;q=0.9", "Connection": "close"}
_OK = 200
_SCHEDULED = 2
_PATIENCE = 120.0
_KB_IN_MB = 1024


class ServingError(RuntimeError):
    """The server did not start, or answered something else than was expected."""


@dataclass
class Server:
    """A process that answers on a port."""

    process: subprocess.Popen[bytes]
    port: int
    measured: int
    """Id of the process whose time is read."""

    def ask(self, path: str, *, status: int = _OK, headers: dict[str, str] | None = None) -> bytes:
        """Ask once and return the body. Raises `ServingError` for another status."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)) as connection:
            connection.request("GET", path, headers=HEADERS | (headers or {}))
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != status:
                raise ServingError(f"{path} was answered with {answer.status} instead of {status}.")
            self.etag = answer.headers.get("ETag", "")
            return body

    def cpu_ms(
        self, paths: Sequence[str], *, status: int = _OK, headers: dict[str, str] | None = None
    ) -> float:
        """Ask for each path and return the server's processor time a request, in milliseconds."""
        start = self._clock()
        for path in paths:
            self.ask(path, status=status, headers=headers)
        return (self._clock() - start) / len(paths) / 1e6

    def each_ms(self, paths: Sequence[str]) -> list[float]:
        """Ask for each path and return the server's processor time of each request, in milliseconds."""
        return [self.cpu_ms([path]) for path in paths]

    def uss_mb(self) -> float:
        """Return the memory that ends with the process: what it shares with nobody."""
        lines = Path(f"/proc/{self.measured}/smaps_rollup").read_text("ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / _KB_IN_MB

    def _clock(self) -> int:
        return time.clock_gettime_ns((~self.measured << 3) | _SCHEDULED)


@contextmanager
def product(folder: Path) -> Iterator[Server]:
    """Serve a loaded site as `scripts/run` does, with one worker, and a bare Flask program beside it."""
    command = [
        sys.executable, "-m", "gunicorn", "benchmarks.served:app", "--config", "scripts/server.py",
        "--workers", "1", "--timeout", "120",
    ]  # fmt: skip
    port = free_port()
    values = {
        "TUOYU_DATA": str(folder),
        "TUOYU_KEYS": str(folder / "keys"),
        "TUOYU_SAMPLE": "1",
        "DATABASE_URL": "",
        "PYTHONPATH": f"{ROOT}/scripts:{ROOT}",
    }
    with running([*command, "--bind", f"127.0.0.1:{port}"], port, values) as server:
        found = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text("ascii")
        server.measured = int(found.split()[0])
        yield server


@contextmanager
def running(command: Sequence[str], port: int, values: dict[str, str]) -> Iterator[Server]:
    """Start a server and stop it afterwards."""
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | values, stdout=subprocess.DEVNULL, stderr=log
        ) as process,
    ):
        try:
            _await(process, port, log)
            yield Server(process, port, process.pid)
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port of the loopback that nobody has now."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _await(process: subprocess.Popen[bytes], port: int, log: IO[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            log.seek(0)
            said = log.read().decode("utf-8", "replace")[-600:]
            raise ServingError(f"The server ended by itself: {said}")
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise ServingError("The server did not answer in time.")


def paired(before: Sequence[float], found: Sequence[float], after: Sequence[float]) -> list[float]:
    """Return, round by round, how the middle one compares with the mean of its neighbours (1 is alike)."""
    return [
        statistics.fmean((first, last)) / middle
        for first, middle, last in zip(before, found, after, strict=True)
    ]
