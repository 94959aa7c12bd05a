"""scripts/run: says where the site is, stops when told, and says in a sentence why it cannot start."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote

import pytest

from tests.sites import ROOT, flask

RUN = [str(ROOT / "scripts" / "run")]


def environment(**changes: object) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TUOYU_", "DATABASE_"))}
    return {**kept, "WEB_CONCURRENCY": "1", **{name: str(value) for name, value in changes.items()}}


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def refusal(**changes: object) -> str:
    done = subprocess.run(
        RUN, cwd="/", env=environment(**changes), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "Tuoyu: http" not in done.stdout
    return done.stderr


def test_a_taken_port_is_said_before_anything_is_loaded(taken, tmp_path):
    assert f"Port {taken} on 127.0.0.1 cannot be used" in refusal(PORT=taken, TUOYU_DATA=tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none_is_said(port):
    assert "PORT must be a number from 1 to 65535" in refusal(PORT=port)


def test_a_wrong_setting_is_said(tmp_path):
    told = refusal(PORT=free_port(), TUOYU_DATA=tmp_path, DATABASE_URL="mysql://nowhere")
    assert "DATABASE_URL must start with" in told
    assert "Nothing was started" in told


def test_content_that_is_wrong_is_said_with_the_step_it_stopped(loaded, tmp_path):
    data, content = tmp_path / "data", tmp_path / "content"
    shutil.copytree(loaded[0], data)
    shutil.copytree(ROOT / "content", content)
    numbers = min(content.glob("places/*/hotlines.csv"))
    with numbers.open("a") as table:
        table.write("one,two\n")
    told = refusal(PORT=free_port(), TUOYU_DATA=data, TUOYU_CONTENT=content)
    assert f"{numbers.relative_to(content)}:" in told
    assert "Loading areas and places failed (“flask areas load”)" in told
    assert "Nothing was started" in told


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_ready(process: subprocess.Popen) -> Iterator[str]:
    """Yield what is printed up to the line with the address."""
    for line in process.stdout:
        yield line
        if line.startswith("Tuoyu: http"):
            return


@contextmanager
def started(env: dict[str, str]) -> Iterator[subprocess.Popen]:
    """Run scripts/run; whatever happens in the test, it is told to stop and its pipes are closed."""
    with subprocess.Popen(
        RUN, cwd="/", env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def children(pid: int) -> set[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    found = {int(each) for each in listed.stdout.split()}
    return found | {grandchild for child in found for grandchild in children(child)}


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_later_start_loads_nothing_again_and_a_stop_leaves_nothing_behind(loaded, tmp_path, stop):
    data = tmp_path / "data"
    shutil.copytree(loaded[0], data)
    flask("prepare", TUOYU_DATA=data, DATABASE_URL=f"sqlite:///{data / 'tuoyu.db'}")
    port = free_port()
    with started(environment(PORT=port, TUOYU_DATA=data)) as process:
        told = list(until_ready(process))
        assert told[-1] == f"Tuoyu: http://127.0.0.1:{port}/\n"
        assert {"Areas and packs: unchanged.\n", "Facilities: unchanged.\n", "Index: up to date.\n"} <= set(
            told
        )
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            assert answer.status == 200
        family = children(process.pid)
        assert len(family) >= 3, "a web server with a worker, and the job worker"
        process.send_signal(stop)
        assert process.wait(timeout=120) == 0
    assert not [pid for pid in family if os.path.exists(f"/proc/{pid}")]  # noqa: PTH110


def test_ten_thousand_letters_in_an_address_are_answered_with_a_page(loaded, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(loaded[0], data)
    port = free_port()
    with started(environment(PORT=port, TUOYU_DATA=data)) as process:
        list(until_ready(process))
        for text in ("a" * 10_000, quote("托" * 3_400)):
            status, page = ask(port, f"/en/find?q={text}&area=990101")
            assert status == 400
            assert "Type at most 100 characters." in page
            assert len(page) < 20_000, "the text is not sent back"
        assert ask(port, f"/en/find?q={'a' * 70_000}")[0] == 414, "there is an end to it"


def ask(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_the_end_of_one_half_ends_the_other(loaded, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(loaded[0], data)
    with started(environment(PORT=free_port(), TUOYU_DATA=data)) as process:
        list(until_ready(process))
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(process.pid)], capture_output=True, text=True, check=True
        )
        worker = next(line.split()[0] for line in listed.stdout.splitlines() if "jobs" in line)
        os.kill(int(worker), signal.SIGKILL)
        _out, told = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "ended by itself" in told
