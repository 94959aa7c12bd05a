"""Which townships of a county an address names. Pure."""

from collections.abc import Iterable, Mapping


def named_in(address: str, names: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return the codes of the townships that an address names in full.

    `names` are the names of each township by code, in any language. Where one name stands inside another,
    the longer one counts.
    """
    wordings = sorted(
        ((name.casefold(), code) for code, each in names.items() for name in each if name),
        key=lambda pair: (-len(pair[0]), pair),
    )
    rest, found = address.casefold(), set()
    for name, code in wordings:
        if name in rest:
            found.add(code)
            rest = rest.replace(name, "\n")
    return frozenset(found)
