"""The embedded engine on disk: swaps, reopening, damage, locks."""

import gc
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.search import whoosh_index
from app.search.engine import Document, IndexBusyError, IndexUnavailableError
from app.search.whoosh_index import CHECK_EVERY, RETRY_EVERY, WhooshIndex

OLD = [Document("1", {"name": "旧托育园"}), Document("2", {"name": "诸暨园"})]
NEW = [Document("3", {"name": "新托育园"})]


class Clock:
    """Monotonic seconds, moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_reader_follows_a_rebuild_by_another_process_after_a_quarter_of_a_second(root, clock, reader):
    assert reader.search("托育").ids == ("1",)
    WhooshIndex(root).rebuild(NEW, 2)
    clock.now += CHECK_EVERY / 2
    assert reader.search("托育").ids == ("1",)
    clock.now += CHECK_EVERY
    assert reader.search("托育").ids == ("3",)
    assert reader.version() == 2


def test_a_reader_that_looks_away_during_many_rebuilds_still_finds_the_last(root, clock, reader):
    reader.search("托育")
    for version in range(3, 9):
        WhooshIndex(root).rebuild(NEW, version)
    assert reader.search("旧").ids == ("1",)
    clock.now += CHECK_EVERY
    assert reader.search("旧").ids == ()


def test_old_generations_are_cleared_away(root):
    index = WhooshIndex(root)
    for version in range(5):
        index.rebuild(NEW, version)
        index.update(OLD)
    assert sorted(path.name for path in root.iterdir()) == ["00000009", "00000010", "current", "lock"]


def test_a_failed_rebuild_leaves_no_directory_behind(root):
    index = WhooshIndex(root)
    index.rebuild(OLD, 1)
    with pytest.raises(ValueError, match="same id"):
        index.rebuild([*OLD, *OLD], 2)
    assert [path.name for path in sorted(root.iterdir())] == ["00000001", "current", "lock"]


def test_an_update_does_not_touch_the_generation_it_starts_from(root):
    index = WhooshIndex(root)
    index.rebuild(OLD, 1)
    before = {path.name: path.read_bytes() for path in (root / "00000001").iterdir()}
    index.update([Document("1", {"name": "改名"})], removed=["2"])
    assert {path.name: path.read_bytes() for path in (root / "00000001").iterdir()} == before


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("pattern", ["current", "*/shelf", "*/_MAIN_*.toc", "*/*.seg"])
@pytest.mark.parametrize("damage", ["empty", "short", "gone", "noise"])
def test_a_damaged_index_is_one_named_error_and_can_be_built_again(root, swept, pattern, damage):
    index = WhooshIndex(root)
    index.rebuild(OLD, 1)
    (damaged,) = root.glob(pattern)
    spoil(damaged, damage)
    reader = WhooshIndex(root, Clock())
    with pytest.raises(IndexUnavailableError):
        reader.search("诸暨")
    with pytest.raises(IndexUnavailableError, match="missing or damaged"):
        reader.search("诸暨")
    index.rebuild(NEW, 2)
    assert reader.search("托育").ids == ("3",)


def test_a_damaged_index_is_tried_again_after_a_while(root, clock, reader):
    shelf = root / "00000001" / "shelf"
    content = shelf.read_bytes()
    spoil(shelf, "short")
    with pytest.raises(IndexUnavailableError):
        reader.search("诸暨")
    shelf.write_bytes(content)
    clock.now += RETRY_EVERY / 2
    with pytest.raises(IndexUnavailableError):
        reader.search("诸暨")
    clock.now += RETRY_EVERY
    assert reader.search("诸暨").ids == ("2",)


def test_an_index_of_another_schema_is_refused(root, monkeypatch):
    WhooshIndex(root).rebuild(OLD, 1)
    monkeypatch.setattr(whoosh_index, "SCHEMA_VERSION", whoosh_index.SCHEMA_VERSION + 1)
    assert WhooshIndex(root).version() is None
    with pytest.raises(IndexUnavailableError, match="another version"):
        WhooshIndex(root).search("诸暨")


def test_a_count_that_does_not_fit_is_damage(root):
    WhooshIndex(root).rebuild(OLD, 1)
    facts = json.loads((root / "current").read_text())
    (root / "current").write_text(json.dumps({**facts, "documents": 7}))
    with pytest.raises(IndexUnavailableError, match="damaged"):
        WhooshIndex(root).search("诸暨")


def test_a_second_writer_is_told_to_come_back(root, monkeypatch):
    monkeypatch.setattr(whoosh_index, "WAIT_FOR_WRITER", 0)
    index = WhooshIndex(root)

    def interrupted():
        with pytest.raises(IndexBusyError):
            WhooshIndex(root).rebuild(NEW, 2)
        yield from OLD

    assert index.rebuild(interrupted(), 1) == 2
    assert index.version() == 1


def test_many_threads_may_search_while_the_index_is_swapped(root):
    writer, reader = WhooshIndex(root), WhooshIndex(root, clock=iter(range(100_000)).__next__)
    writer.rebuild(OLD, 0)
    wrong: list[object] = []

    def look() -> None:
        try:
            wrong.extend(
                hits for _ in range(60) if (hits := reader.search("托育").ids) not in {("1",), ("3",)}
            )
        except Exception as error:  # noqa: BLE001 - any error in a thread must fail the test
            wrong.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for version in range(1, 6):
        writer.rebuild(NEW if version % 2 else OLD, version)
    for thread in threads:
        thread.join()
    assert wrong == []


def test_remembered_answers_are_bounded(root, monkeypatch):
    monkeypatch.setattr(whoosh_index, "REMEMBERED", 120)
    index = WhooshIndex(root)
    index.rebuild(OLD, 1)
    first = index.search("托育")
    assert index.search("托育") is first
    for query in ("诸暨", "园", "旧"):
        index.search(query)
    assert index.search("托育") == first
    assert index.search("托育") is not first


def test_links_fall_back_to_copies(root, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("os.link", refuse)
    index = WhooshIndex(root)
    index.rebuild(OLD, 1)
    index.update(NEW)
    assert index.search("托育").ids == ("1", "3")


def spoil(path: Path, damage: str) -> None:
    if damage == "gone":
        path.unlink()
        return
    content = path.read_bytes()
    path.write_bytes(
        {"empty": b"", "short": content[: len(content) // 2], "noise": b"\xff" * len(content)}[damage]
    )


@pytest.fixture
def root(tmp_path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def swept() -> Iterator[None]:
    """Whoosh leaves a file it could not read to the collector, which complains: let it do so here."""
    yield
    gc.collect()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader(root, clock) -> WhooshIndex:
    WhooshIndex(root).rebuild(OLD, 1)
    return WhooshIndex(root, clock)
