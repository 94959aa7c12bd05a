"""By which of its other names a facility was found, where its name does not say so itself."""

from collections.abc import Callable, Iterable, Sequence

Fragments = Sequence[tuple[str, bool]]


def other_name(
    name: Fragments, others: Iterable[str], mark: Callable[[str], Fragments]
) -> tuple[tuple[str, bool], ...]:
    """Return the first other name that holds a match, in fragments; nothing if the name itself holds one.

    `name`: the name in fragments, True marks a match; `mark` cuts another name like it.
    """
    if any(hit for _, hit in name):
        return ()
    marked = (tuple(mark(other)) for other in others)
    return next((each for each in marked if any(hit for _, hit in each)), ())
