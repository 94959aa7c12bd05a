"""Index generations on disk: immutable directories and one small file that names the current one.

`current` is JSON: which generation, its version, its schema, its size. A writer fills a fresh directory and
then replaces `current` in one atomic step, so a reader sees either the old index or the new one, never half
of one, and a crash leaves the old one in place.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from app.search.engine import IndexUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KEPT: Final = 2
"""Directories left in place: the current one and the one that readers may still be leaving."""

_CURRENT: Final = "current"


@dataclass(frozen=True, slots=True)
class Generation:
    """What `current` says. `schema` is the layout of the program that wrote it."""

    directory: str
    version: int
    schema: int
    documents: int


class Generations:
    """The generations below one directory."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def mark(self) -> tuple[int, int] | None:
        """Return what changes whenever `current` is replaced; None when there is none. Cheap: one stat."""
        try:
            found = (self.root / _CURRENT).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino

    def current(self) -> Generation:
        """Read `current`. Raises IndexUnavailableError when it is missing or cannot be read."""
        try:
            facts = json.loads((self.root / _CURRENT).read_text("utf-8"))
            return Generation(
                directory=str(facts["directory"]),
                version=int(facts["version"]),
                schema=int(facts["schema"]),
                documents=int(facts["documents"]),
            )
        except FileNotFoundError as error:
            raise IndexUnavailableError(f"no index in {self.root}: build it first") from error
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexUnavailableError(
                f"{self.root / _CURRENT} cannot be read: build the index again"
            ) from error

    def path(self, generation: Generation) -> Path:
        """Return the directory of a generation."""
        return self.root / generation.directory

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """Make an empty directory; remove it if filling it fails. The caller holds the writer's lock."""
        self.root.mkdir(parents=True, exist_ok=True)
        last = max((int(path.name) for path in self.root.iterdir() if path.name.isdigit()), default=0)
        target = self.root / f"{last + 1:08d}"
        target.mkdir()
        try:
            yield target
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise

    def link(self, source: Path, target: Path, *, wanted: Callable[[str], bool]) -> None:
        """Make the wanted files of a generation appear in a fresh one: hard links where the disk allows."""
        for path in source.iterdir():
            if wanted(path.name):
                try:
                    os.link(path, target / path.name)
                except OSError:
                    shutil.copy2(path, target / path.name)

    def publish(self, generation: Generation) -> None:
        """Make a complete generation the current one and remove those nobody can be reading any more."""
        draft = self.root / f"{_CURRENT}.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(generation), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / _CURRENT)
        with suppress(OSError):
            self._sync()
        old = sorted(path for path in self.root.iterdir() if path.name.isdigit() and path.is_dir())
        for path in old[:-KEPT]:
            shutil.rmtree(path, ignore_errors=True)

    def _sync(self) -> None:
        handle = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
