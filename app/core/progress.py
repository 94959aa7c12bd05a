"""How far a long task is, in things done of all there are; costs nothing where nobody asks."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
Told = Callable[[int, int], None]
_EVERY = 50
_told: ContextVar[Told | None] = ContextVar("told", default=None)


@contextmanager
def telling(told: Told) -> Iterator[None]:
    """Have `told` called with how many are done, of how many, while anything below counts."""
    token = _told.set(told)
    try:
        yield
    finally:
        _told.reset(token)


@contextmanager
def uncounted() -> Iterator[None]:
    """Have nothing told of what is counted below."""
    token = _told.set(None)
    try:
        yield
    finally:
        _told.reset(token)


def counted(items: Sequence[T]) -> Iterator[T]:
    """Yield what is given, and tell from time to time how much of it is done."""
    told = _told.get()
    for at, item in enumerate(items):
        if told is not None and at % _EVERY == 0:
            told(at, len(items))
        yield item
    if told is not None and items:
        told(len(items), len(items))
