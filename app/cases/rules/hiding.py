"""Hides small numbers in tables with totals, and enough others that nobody can reckon them back. Pure.

A table of categories by quarters with its totals is a network: each number is a link between two sums, and a
change that keeps every sum is a round trip through links that are hidden. So what the shown numbers leave
open of a hidden one is two maximum flows, and hiding more means finding the cheapest round trip (Cox 1995,
"Network models for complementary cell suppression").
"""

import heapq
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

K: Final = 5
"""Numbers below this are not shown (product, section 5)."""
_FREE: Final = 10**12
"""Room of a number to grow: nobody outside knows a limit."""


@dataclass(frozen=True, slots=True)
class Link:
    """A number of a table: it leaves one sum and enters another, and every sum balances."""

    key: Hashable
    tail: str
    head: str
    value: int
    cost: int = 0
    """What the readers lose with it, besides its value."""


@dataclass(slots=True)
class _Network:
    """The links that may be used for a round trip, with what is left of their room."""

    links: Sequence[Link]
    room: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.room = [[_FREE, link.value] for link in self.links]

    def arcs(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield (from, to, number of the link, 0 for growing and 1 for shrinking) where there is room."""
        for number, link in enumerate(self.links):
            if self.room[number][0]:
                yield link.tail, link.head, number, 0
            if self.room[number][1]:
                yield link.head, link.tail, number, 1

    def path(self, source: str, target: str, price: Sequence[int]) -> list[tuple[int, int]] | None:
        """Return the cheapest way with room, as (number of the link, direction)."""
        near: dict[str, list[tuple[str, int, int]]] = {}
        for start, end, number, way in self.arcs():
            near.setdefault(start, []).append((end, number, way))
        queue: list[tuple[int, int, str, tuple[tuple[int, int], ...]]] = [(0, 0, source, ())]
        seen: set[str] = set()
        while queue:
            paid, steps, place, trail = heapq.heappop(queue)
            if place == target:
                return list(trail)
            if place in seen:
                continue
            seen.add(place)
            for end, number, way in near.get(place, ()):
                if end not in seen:
                    step = (*trail, (number, way))
                    heapq.heappush(queue, (paid + price[number], steps + 1, end, step))
        return None

    def push(self, trail: Iterable[tuple[int, int]], most: int) -> int:
        """Send what fits along a way, `most` at the most; return how much that was."""
        ways = list(trail)
        fits = min(most, *(self.room[number][way] for number, way in ways))
        for number, way in ways:
            self.room[number][way] -= fits
            self.room[number][1 - way] += fits
        return fits


def _send(
    links: Sequence[Link], source: str, target: str, most: int, price: Sequence[int]
) -> tuple[int, set[int]]:
    """Send up to `most` from one sum to another, cheapest ways first; return how much, by which links."""
    network, prices, sent, used = _Network(links), list(price), 0, set[int]()
    while sent < most and (trail := network.path(source, target, prices)) is not None:
        sent += network.push(trail, most - sent)
        for number, _way in trail:
            used.add(number)
            prices[number] = 0
    return sent, used


def interval(links: Sequence[Link], hidden: frozenset[Hashable], key: Hashable, most: int = K) -> range:
    """Return the values a hidden number may have for somebody who knows the shown ones.

    No further than `most` from its value on either side.
    """
    own = next(link for link in links if link.key == key)
    others = [link for link in links if link.key in hidden and link.key != key]
    free = [0] * len(others)
    up, _ways = _send(others, own.head, own.tail, most, free)
    down, _ways = _send(others, own.tail, own.head, min(most, own.value), free)
    return range(own.value - down, own.value + up + 1)


def hide(
    links: Sequence[Link],
    *,
    shown: frozenset[Hashable] = frozenset(),
    hidden: frozenset[Hashable] = frozenset(),
) -> frozenset[Hashable]:
    """Return the numbers of a table that must not be shown.

    All below K, those `hidden` before, and as many others as it takes that each number from one to K - 1
    could have K values, and any larger hidden one at least two. A zero is not shown either, but betrays
    nobody, so nothing is hidden for its sake. Numbers `shown` before stay shown: they are known already.
    """
    found = {link.key for link in links if link.value < K or link.key in hidden} - shown
    order = sorted(links, key=lambda link: (link.value, str(link.key)))
    again = True
    while again:
        again = False
        for link in order:
            if link.key not in found:
                continue
            more = _cover(links, found, shown, link)
            if more is None:
                return _all_but_the_known(links, shown)
            if more:
                found |= more
                again = True
    return frozenset(found)


def _cover(
    links: Sequence[Link], found: set[Hashable], shown: frozenset[Hashable], link: Link
) -> set[Hashable] | None:
    """Return what else must be hidden so that one number is covered; None if nothing can cover it."""
    need = (1 if link.value >= K else K - 1) if link.value else 0
    if len(interval(links, frozenset(found), link.key)) > need:
        return set()
    usable = [each for each in links if each.key not in shown and each.key != link.key]
    price = [0 if each.key in found else each.value + each.cost + 1 for each in usable]
    up, ways = _send(usable, link.head, link.tail, need, price)
    down, more = _send(usable, link.tail, link.head, min(need - up, link.value), price)
    if up + down < need:
        return None
    return {usable[number].key for number in ways | more} - found


def _all_but_the_known(links: Sequence[Link], shown: frozenset[Hashable]) -> frozenset[Hashable]:
    """Return everything not shown yet, but for large numbers that the shown ones give anyway."""
    found = frozenset(link.key for link in links if link.key not in shown)
    given = {
        link.key
        for link in links
        if link.key in found and link.value >= K and len(interval(links, found, link.key)) == 1
    }
    return found - given
