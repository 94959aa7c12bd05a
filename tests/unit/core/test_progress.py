"""How far a long task is: told to whoever asks, and to nobody else."""

from app.core.progress import counted, telling, uncounted


def test_what_is_counted_is_told_from_time_to_time_and_at_the_end():
    told = []
    with telling(lambda done, total: told.append((done, total))):
        assert list(counted(range(120))) == list(range(120))
    assert told == [(0, 120), (50, 120), (100, 120), (120, 120)]


def test_nothing_is_told_where_nobody_asks_or_it_would_mislead():
    told = []
    assert list(counted([1, 2])) == [1, 2]
    with telling(lambda done, total: told.append((done, total))):
        with uncounted():
            assert list(counted([1, 2])) == [1, 2]
        assert list(counted([])) == []
    assert told == []
