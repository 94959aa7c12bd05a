"""Small facts of public data, read once for each version of it: places, telephone numbers, names of areas.

Only pages that are asked for remember (`app.core.kept`): the version is read before anything else, so nothing
older than a version is ever remembered under it. Commands and whatever is sent always read anew. What is
returned is shared between answers: nobody changes it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import current_app, has_request_context, request

VERSION = "tuoyu.version"
"""Where a public question has the version of the public data, in its environment."""
_MOST = 8192
"""Facts of one kind that a process remembers."""
_NOTHING = object()
P = ParamSpec("P")
T = TypeVar("T")


def table(name: str) -> dict[Any, Any]:
    """Return the facts of one kind that are remembered now, to look into and to add to."""
    version = request.environ.get(VERSION) if has_request_context() else None
    if version is None:
        return {}
    held: tuple[int, dict[str, dict[Any, Any]]] | None = current_app.extensions.get("remembered")
    if held is None or held[0] != version:
        held = current_app.extensions["remembered"] = (version, {})
    found = held[1].setdefault(name, {})
    if len(found) > _MOST:
        found.clear()
    return found


def remembered(read: Callable[P, T]) -> Callable[P, T]:
    """Let a function of a few plain arguments remember its answers."""
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        known = table(name)
        key = (args, tuple(kwargs.items()))
        found = known.get(key, _NOTHING)
        if found is _NOTHING:
            found = known[key] = read(*args, **kwargs)
        return cast("T", found)

    return ask
