"""Sealed files: kept when `put` has returned, whole or not at all, under names that nobody chose."""

import errno
import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from app.core.blobs import BlobError, BlobMissing, Shelves, StorageFull, Swept
from app.core.sealing import Keyring, SealError
from tests.sites import ROOT

DATA = b"a photo of a receipt" * 100
LATER = datetime.now(UTC) + timedelta(days=1)
EARLIER = datetime.now(UTC) - timedelta(days=1)
STEPS = [("open", 0), ("fsync", 0), ("fsync", 1), ("fsync", 2), ("fsync", 3), ("rename", 0)]
PROGRAM = """
import os, pathlib, resource, signal, sys
from app.core.blobs import Shelves, StorageFull
from app.core.sealing import Keyring
folder = pathlib.Path(sys.argv[1])
shelves = Shelves(folder / "files", Keyring(folder / "keys"))
if sys.argv[2] == "limit":
    shelves.keys.prepare()
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
    try:
        shelves.put(bytes(100_000), "original")
    except StorageFull:
        print("full", shelves.get(shelves.put(b"small", "original"), "original").decode())
else:
    os.rename = lambda *_args, **_more: os.kill(os.getpid(), signal.SIGKILL)
    shelves.put(b"half", "original")
"""


@pytest.fixture
def shelves(tmp_path) -> Shelves:
    return Shelves(tmp_path / "files", Keyring(tmp_path / "keys"))


def files(shelves: Shelves) -> list[str]:
    return sorted(path.name for path in shelves.folder.rglob("*") if not path.is_dir())


def test_a_file_comes_back_for_its_purpose_only(shelves):
    blob = shelves.put(DATA, "original")
    assert shelves.get(blob, "original") == DATA
    with pytest.raises(SealError):
        shelves.get(blob, "thumbnail")


def test_a_file_on_disk_shows_nothing_and_is_its_owner_s(shelves):
    blob = shelves.put(DATA, "original")
    path = shelves.folder / blob[:2] / blob
    assert DATA[:20] not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(shelves.folder.stat().st_mode) == 0o700
    assert files(shelves) == [blob]


def test_a_file_under_another_s_name_does_not_open(shelves):
    first, second = shelves.put(DATA, "original"), shelves.put(b"other", "original")
    (shelves.folder / first[:2] / first).replace(shelves.folder / second[:2] / second)
    with pytest.raises(SealError):
        shelves.get(second, "original")


def test_an_empty_file_is_a_file(shelves):
    assert shelves.get(shelves.put(b"", "original"), "original") == b""


def test_a_missing_file_says_so_and_may_be_deleted_again(shelves):
    blob = shelves.put(DATA, "original")
    shelves.delete(blob)
    shelves.delete(blob)
    shelves.delete("0" * 32)
    assert files(shelves) == []
    for each in (blob, "0" * 32):
        with pytest.raises(BlobMissing, match="no file"):
            shelves.get(each, "original")


@pytest.mark.parametrize(
    "name",
    ["", "../../etc/passwd", "a" * 31, "a" * 33, "A" * 32, "a" * 31 + "/", "a" * 32 + "\n", "a" * 31 + "\0"],
)
def test_only_ids_are_looked_for(shelves, name):
    for verb in (lambda: shelves.get(name, "original"), lambda: shelves.delete(name)):
        with pytest.raises(ValueError, match="not the id"):
            verb()


def test_a_purpose_is_a_word(shelves):
    with pytest.raises(ValueError, match="purpose"):
        shelves.put(DATA, "original:x")


def break_at(monkeypatch, step: str, after: int, error: BaseException) -> None:
    """Let a call of the system fail after it has worked so many times; to open means the file here."""
    real = getattr(os, step)
    worked = 0

    def call(*args: object, **more: object) -> object:
        nonlocal worked
        if step != "open" or str(args[0]).endswith(".part"):
            if worked == after:
                raise error
            worked += 1
        return real(*args, **more)

    monkeypatch.setattr(os, step, call)


@pytest.mark.parametrize(("step", "after"), STEPS)
def test_a_stop_at_any_step_leaves_nothing(shelves, monkeypatch, step, after):
    shelves.put(DATA, "original")
    before = files(shelves)
    with monkeypatch.context() as patched:
        break_at(patched, step, after, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            shelves.put(DATA, "original")
    assert files(shelves) == before


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
@pytest.mark.parametrize(("step", "after"), [("mkdir", 0), *STEPS])
def test_a_full_disk_has_a_name_and_leaves_nothing(shelves, monkeypatch, step, after, code):
    shelves.keys.prepare()
    with monkeypatch.context() as patched:
        break_at(patched, step, after, OSError(code, os.strerror(code)))
        with pytest.raises(StorageFull, match="no room"):
            shelves.put(DATA, "original")
    assert files(shelves) == []


def test_other_failures_of_the_disk_are_not_called_full(shelves, monkeypatch):
    shelves.keys.prepare()
    break_at(monkeypatch, "rename", 0, OSError(errno.EIO, "input/output error"))
    with pytest.raises(OSError, match="input/output"):
        shelves.put(DATA, "original")


def run(tmp_path, how: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), how]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_real_limit_is_met_and_smaller_files_still_fit(tmp_path, shelves):
    done = run(tmp_path, "limit")
    assert done.stdout.split() == ["full", "small"], done.stderr
    assert len(files(shelves)) == 1


def test_a_process_killed_half_way_leaves_only_what_a_sweep_removes(tmp_path, shelves):
    assert run(tmp_path, "kill").returncode == -signal.SIGKILL
    (left,) = files(shelves)
    assert left.endswith(".part")
    assert shelves.sweep((), EARLIER) == Swept(0, 0)
    assert shelves.sweep((), LATER) == Swept(0, 1)
    assert files(shelves) == []


def test_orphans_are_old_files_that_nobody_knows(shelves):
    known, unknown = shelves.put(DATA, "original"), shelves.put(DATA, "original")
    assert shelves.orphans({known}, LATER) == [unknown]
    assert shelves.orphans({known}, EARLIER) == []
    assert shelves.orphans({known, unknown}, LATER) == []
    assert shelves.sweep({known}, LATER) == Swept(1, 0)
    assert files(shelves) == [known]


def test_files_that_are_gone_are_found_too(shelves):
    here = shelves.put(DATA, "original")
    assert shelves.missing({here, "f" * 32}) == ["f" * 32]


def test_a_sweep_of_the_wrong_database_removes_nothing(shelves):
    blobs = [shelves.put(DATA, "original") for _ in range(25)]
    with pytest.raises(BlobError, match="DATABASE_URL"):
        shelves.sweep({"0" * 32}, LATER)
    assert files(shelves) == sorted(blobs)
    assert shelves.sweep(set(blobs[:13]), LATER) == Swept(12, 0)


def test_before_the_first_file_there_is_nothing_to_sweep(shelves):
    assert shelves.orphans((), LATER) == []
    assert shelves.sweep((), LATER) == Swept(0, 0)


def test_links_are_never_followed(shelves, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    blob = shelves.put(DATA, "original")
    shelf = shelves.folder / blob[:2]
    (shelf / blob).unlink()
    (shelf / blob).symlink_to(secret)
    with pytest.raises(BlobError, match="link"):
        shelves.get(blob, "original")
    assert shelves.orphans((), LATER) == []
    (shelf / blob).unlink()
    shelf.rename(tmp_path / "elsewhere")
    shelf.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BlobError, match="link"):
        shelves.get(blob, "original")
    assert shelves.orphans((), LATER) == []
    assert secret.read_bytes() == b"secret"


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_what_is_no_plain_file_is_not_read(shelves, make):
    blob = shelves.put(DATA, "original")
    path = shelves.folder / blob[:2] / blob
    path.unlink()
    make(path)
    with pytest.raises(BlobError, match="not a plain file"):
        shelves.get(blob, "original")
