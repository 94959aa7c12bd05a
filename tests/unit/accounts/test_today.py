"""The page of the day: the most pressing first, nothing that is nothing."""

from app.accounts.rules.today import Kind, Thing, by_kind


def test_what_presses_most_comes_first_and_nothing_is_left_out():
    brought = [
        Thing(Kind.STALE, 2, "b", "/b"),
        Thing(Kind.OVERDUE, 1, "a", "/a"),
        Thing(Kind.WAITS, 0, "none", "/none"),
        Thing(Kind.STALE, 3, "c", "/c"),
    ]
    found = by_kind(iter(brought))
    assert [kind for kind, _things in found] == [Kind.OVERDUE, Kind.STALE]
    assert [each.words for _kind, things in found for each in things] == ["a", "b", "c"]


def test_an_empty_desk_is_empty():
    assert by_kind([]) == ()
