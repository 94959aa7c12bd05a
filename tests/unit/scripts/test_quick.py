"""What `scripts/bench quick` reckons with: questions that never repeat, ratios, limits, peer addresses."""

from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from benchmarks import flame, peer
from benchmarks.asking import Asker, NothingLeftError, Row, parts
from benchmarks.exactness import Exactness
from benchmarks.made import facilities
from benchmarks.report import Figure, Report
from benchmarks.serving import paired

LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
ROWS = [
    Row(
        f"{at:08}",
        f"{LETTERS[at % 22]}{LETTERS[at % 19]}{LETTERS[at % 17]}园",
        "",
        "330681",
        "nursery",
        "public",
        1,
    )
    for at in range(300)
]


def texts(pages):
    return [value for page in pages for name, value in parse_qsl(urlsplit(page).query) if name == "q"]


def test_no_page_and_no_text_is_asked_twice():
    asker = Asker(ROWS)
    pages = asker.pages(200)
    assert len(set(pages)) == 200
    found = texts(pages)
    assert 40 < len(found) < 120, "about two in five have a text"
    assert len(set(found)) == len(found)
    assert not set(found) & set(asker.words(50))


def test_every_run_asks_the_same():
    assert Asker(ROWS).pages(50) == Asker(ROWS).pages(50)
    assert list(facilities(20, ["990101001"])) == list(facilities(20, ["990101001"]))


def test_made_facilities_have_ids_of_their_own_and_lie_in_the_given_townships():
    made = dict(facilities(500, ["990101001", "990101002"]))
    assert len(made) == 500
    assert {facts["township"]["code"] for facts in made.values()} == {"990101001", "990101002"}
    assert {facts["care"] is None for facts in made.values()} == {True, False}, "some are not reported"


def test_words_are_two_to_four_characters_of_a_name_without_numerals():
    rows = [Row("A", "百灵鸟托育园（第三分店）", "", "33", "nursery", "public", 1)]
    assert Asker([Row("A", "金百合鸟园", "", "33", "nursery", "public", 1), *ROWS]).words(20)
    with pytest.raises(NothingLeftError):
        Asker(rows).words(1)
    plain = [Row("A", "小灵鸟托育园（第三分店）", "", "33", "nursery", "public", 1)]
    for word in Asker(plain).words(9):
        assert 2 <= len(word) <= 4
        assert word in "小灵鸟托育园"


def test_rounds_share_the_questions_out():
    assert [list(part) for part in parts(["a", "b", "c", "d", "e"], 2)] == [["a", "b"], ["c", "d"]]


def test_a_ratio_is_taken_with_both_neighbours():
    assert paired([1.0, 2.0], [4.0, 2.0], [3.0, 2.0]) == [0.5, 1.0]


@pytest.mark.parametrize(
    ("median", "at_least", "at_most", "kept"),
    [(0.8, 0.8, None, True), (0.79, 0.8, None, False), (25, None, 25, True), (26, None, 25, False)],
)
def test_a_figure_says_whether_it_keeps_what_is_wanted(median, at_least, at_most, kept):
    figure = Figure(median, at_least=at_least, at_most=at_most)
    assert figure.is_kept is kept
    assert ("MISSED" in figure.text()) is not kept


def test_what_could_not_be_measured_is_named():
    report = Report("x", skipped={"datasette": "no index within reach"})
    assert report.data()["skipped"] == {"datasette": "no index within reach"}
    assert "datasette  skipped: no index within reach" in report.text()


def test_recall_and_precision():
    tally = Exactness(found=4, wanted=8, both=2)
    assert (tally.recall, tally.precision) == (0.25, 0.5)


def test_the_peer_is_asked_the_same_question_in_its_own_words():
    asked = {"q": "百灵鸟", "area": "33", "kind": "nursery"}
    tuned, plain = (parse_qs(urlsplit(peer.address(way, asked, "")).query) for way in ("tuned", "idiomatic"))
    assert tuned["_search"] == ["百灵 灵鸟"]
    assert plain["name__contains"] == ["百灵鸟"]
    assert tuned["province"] == plain["province"] == ["33"]
    assert tuned["kind"] == plain["kind"] == ["nursery"]
    assert len(tuned["_facet"]) < len(plain["_facet"])


def test_a_moment_belongs_to_the_innermost_part_that_is_known():
    page = [
        "/lib/jinja2/runtime.py:call",
        "/app/facilities/public/find.py:find",
        "/lib/flask/app.py:wsgi_app",
    ]
    assert flame.part(page) == "templates"
    assert flame.part(["/lib/sqlalchemy/engine/default.py:do_execute", *page]) == "the database itself"
    assert flame.part(["/lib/sqlalchemy/sql/compiler.py:visit_select", *page[1:]]) != flame.part(page[1:])
    assert flame.part(["/usr/lib/python3/json/encoder.py:encode"]) == "elsewhere"


def test_shares_of_a_page_add_up_and_the_largest_comes_first():
    found = flame.shares({"a": 1, "b": 3})
    assert list(found.items()) == [("b", 0.75), ("a", 0.25)]
    assert flame.shares({}) == {}


def test_moments_are_taken_while_work_is_done_and_no_longer():
    import signal

    before = signal.getsignal(signal.SIGPROF)
    taken = []
    flame._sampled(lambda: sum(range(6_000_000)), lambda frame: taken.append(frame.f_code.co_name))
    assert taken
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
