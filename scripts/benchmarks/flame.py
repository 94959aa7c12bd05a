"""Where the processor time of an uncached page goes, by part of the program.

The kernel's profiling clock (`ITIMER_PROF`) stops the asking process every two milliseconds of its own
processor time; the innermost frame that belongs to a part says whose that moment was. Pages are asked inside
of this process, so the server's reading and sending are not in it.
"""

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from flask import Flask

EVERY = 0.002
_PARTS: Mapping[str, Sequence[str]] = {
    "the database itself": ("sqlalchemy/engine/default.py:do_execute", "sqlalchemy/engine/cursor.py:fetch"),
    "putting questions to the database": (
        "/sqlalchemy/",
        "/flask_sqlalchemy/",
        "facilities/queries/predicates.py",
    ),
    "templates": ("/jinja2/", "/markupsafe/", ".html:", "<template>"),
    "words in the reader's language": ("/flask_babel/", "/babel/", "/gettext.py", "app/core/words.py"),
    "text search": ("app/search/", "/whoosh/"),
    "compression": ("/flask_compress/", "/brotli"),
    "the finder's own code": ("/app/",),
    "the framework": ("/flask/", "/werkzeug/"),
}
"""Parts by what a frame's `file:function` holds; the first that fits has it."""
_ELSEWHERE = "elsewhere"


def part(frames: Sequence[str]) -> str:
    """Return the part that a moment belongs to. `frames`: `file:function`, the innermost first."""
    for frame in frames:
        for name, marks in _PARTS.items():
            if any(mark in frame for mark in marks):
                return name
    return _ELSEWHERE


def shares(counted: Mapping[str, int]) -> dict[str, float]:
    """Return each part's share of all moments, the largest first."""
    total = sum(counted.values()) or 1
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return {name: round(number / total, 3) for name, number in ordered}


def measure(app: Flask, pages: Sequence[str], stacks: Path | None = None) -> dict[str, float]:
    """Ask for pages and return the share of each part; `stacks` gets the folded stacks for a flame graph."""
    client = app.test_client()
    folded: Counter[tuple[str, ...]] = Counter()

    def ask() -> None:
        for page in pages:
            client.get(page, headers={"Accept-Encoding": "br"})

    _sampled(ask, lambda frame: folded.update([tuple(_names(frame))]))
    counted: Counter[str] = Counter()
    for frames, number in folded.items():
        counted[part(frames)] += number
    if stacks:
        lines = (f"{';'.join(reversed(frames))} {number}\n" for frames, number in folded.items())
        stacks.write_text("".join(sorted(lines)), "utf-8")
    return shares(counted)


def _sampled(work: Callable[[], None], take: Callable[[FrameType], None]) -> None:
    def stop(_signal: int, frame: FrameType | None) -> None:
        if frame is not None:
            take(frame)

    before: Any = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _names(frame: FrameType | None) -> Iterator[str]:
    while frame is not None:
        yield f"{frame.f_code.co_filename}:{frame.f_code.co_name}"
        frame = frame.f_back
