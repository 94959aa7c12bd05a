"""Two engines, one answer: Whoosh, SQL and the plain definition agree on random small collections."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData, create_engine
from sqlalchemy.pool import StaticPool

from app.search import shelf as shelves
from app.search import whoosh_index
from app.search.engine import Document, IndexUnavailableError, TextIndex, entry
from app.search.query import parse
from app.search.sql_index import SqlIndex, search_table
from app.search.whoosh_index import WhooshIndex
from tests.unit.search.corpus import QUERIES, documents, truth

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(found=documents(), queries=st.lists(QUERIES, min_size=1, max_size=12), short=st.sampled_from([0, 16]))
def test_both_engines_find_exactly_what_the_definition_says(found, queries, short):
    sql, engine = sql_index()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(whoosh_index, "SHORT_LIST_LEAST", short)
        patch.setattr(whoosh_index, "SEGMENT_DOCUMENTS", 7)
        embedded = WhooshIndex(Path(folder))
        for index in (sql, embedded):
            assert index.rebuild(iter(found), 3) == len(found)
        for query in queries:
            hits = embedded.search(query)
            assert hits == sql.search(query)
            assert sorted(hits.ids) == truth(found, parse(query))
            assert list(hits.scores) == sorted(hits.scores, reverse=True)
            assert all(score > 0 for score in hits.scores)
            assert embedded.search(query) is hits
    engine.dispose()


@SLOW
@given(
    before=documents(), after=documents(), queries=st.lists(QUERIES, min_size=1, max_size=6), data=st.data()
)
def test_after_an_update_both_engines_answer_as_if_built_anew(before, after, queries, data):
    removed = data.draw(st.sets(st.sampled_from([item.id for item in before]))) if before else set()
    left = {item.id: item for item in before if item.id not in removed} | {item.id: item for item in after}
    sql, engine = sql_index()
    with tempfile.TemporaryDirectory() as folder:
        embedded = WhooshIndex(Path(folder))
        for index in (sql, embedded):
            index.rebuild(before, 1)
            assert index.update(after, removed=removed) == len(after)
            assert index.version() == 1
            index.update([], version=2)
            assert index.version() == 2
        for query in queries:
            hits = embedded.search(query)
            assert hits == sql.search(query)
            assert sorted(hits.ids) == truth(list(left.values()), parse(query))
    engine.dispose()


@SLOW
@given(found=documents(), query=QUERIES)
def test_looking_through_everything_rates_as_looking_entry_by_entry(found, query):
    shelf = shelves.Shelf.of(map(entry, found))
    parsed = parse(query)
    one_by_one = {term: range(len(shelf)) for term in parsed.terms}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelves, "MANY", 0)
        assert shelf.search(parsed, {}) == shelf.search(parsed, one_by_one)


@SLOW
@given(found=documents())
def test_a_shelf_survives_being_stored(found):
    shelf = shelves.Shelf.of(map(entry, found))
    again = shelves.Shelf.load(shelf.dump())
    assert (
        list(again.entries()) == list(shelf.entries()) == sorted(map(entry, found), key=lambda item: item.id)
    )


RANKED = [
    Document("whole", {"name": "诸暨"}),
    Document("start", {"name": "诸暨幼儿园"}),
    Document("inside", {"name": "浙江诸暨园"}),
    Document("alias", {"name": "甲", "alias": "诸暨园"}),
    Document("area", {"name": "甲", "area": "浙江省诸暨市"}),
    Document("address", {"name": "甲", "address": "诸暨市"}),
    Document("other", {"name": "甲", "other": "说诸暨话"}),
    Document("b", {"name": "甲乙"}),
    Document("a", {"name": "甲乙"}),
]


@pytest.mark.parametrize("engine", ["whoosh", "sql"])
class TestEveryEngine:
    def test_better_fields_and_better_places_come_first(self, index):
        index.rebuild(RANKED, 1)
        assert index.search("諸暨").ids == ("whole", "start", "inside", "alias", "area", "address", "other")

    def test_equal_points_are_ordered_by_id(self, index):
        index.rebuild(RANKED, 1)
        assert index.search("甲乙").ids == ("a", "b")

    def test_a_reading_ranks_spelled_out_before_abbreviated_and_text_before_reading(self, index):
        index.rebuild(
            [
                Document("1", {"name": "中纪"}, "zhong ji"),
                Document("2", {"name": "大诸暨"}, "da zhu ji"),
                Document("3", {"name": "ZJ托育"}, "- tuo yu"),
                Document("4", {"name": "甲", "alias": "诸暨"}, "jia|zhu ji"),
            ],
            1,
        )
        assert index.search("zj").ids == ("3", "1", "2", "4")
        assert index.search("zhuji").ids == ("2", "4")
        assert index.search("zhong").ids == ("1",)

    def test_a_code_is_found_from_the_start_or_the_middle_but_a_short_number_is_not(self, index):
        index.rebuild([Document("1", {"other": "91330681MA2D"}), Document("2", {"address": "128号"})], 1)
        assert index.search("0681ma").ids == ("1",)
        assert index.search("9133").ids == ("1",)
        assert index.search("28").ids == ()
        assert index.search("12").ids == ("2",)

    def test_a_query_without_letters_finds_nothing(self, index):
        index.rebuild(RANKED, 1)
        assert index.search(" ？ ").ids == ()

    def test_wildcards_only_separate(self, index):
        index.rebuild(RANKED, 1)
        assert index.search("%").ids == index.search("*").ids == ()
        assert index.search("诸%园").ids == ("start", "inside", "alias")

    def test_a_cut_query_says_so(self, index):
        index.rebuild(RANKED, 1)
        assert index.search("诸" * 101).truncated

    def test_an_index_never_built_says_so(self, index):
        assert index.version() is None
        with pytest.raises(IndexUnavailableError):
            index.search("诸暨")
        with pytest.raises(IndexUnavailableError):
            index.update([])

    def test_an_empty_index_is_an_index(self, index):
        assert index.rebuild([], 5) == 0
        assert index.version() == 5
        assert index.search("诸暨").ids == ()

    def test_a_broken_rebuild_leaves_the_old_index(self, index):
        index.rebuild(RANKED, 1)
        with pytest.raises(ValueError, match="unknown fields"):
            index.rebuild([Document("x", {"name": "新"}), Document("y", {"nme": "新"})], 2)
        assert index.version() == 1
        assert index.search("甲乙").ids == ("a", "b")

    def test_the_last_of_equal_ids_in_an_update_wins(self, index):
        index.rebuild(RANKED, 1)
        index.update([Document("n", {"name": "旧名"}), Document("n", {"name": "新名"})])
        assert (index.search("旧名").ids, index.search("新名").ids) == ((), ("n",))

    @pytest.fixture
    def index(self, engine, tmp_path) -> TextIndex:
        if engine == "whoosh":
            yield WhooshIndex(tmp_path / "index", clock=iter(range(1000)).__next__)
            return
        made, database = sql_index()
        yield made
        database.dispose()


@pytest.mark.parametrize("bad", ["", "a\nb", "a\x1eb"])
def test_an_id_must_be_printable(bad):
    with pytest.raises(ValueError, match="not printable"):
        entry(Document(bad, {}))


def test_a_value_already_in_a_better_field_is_kept_once():
    item = entry(Document("1", {"name": "托育", "alias": "托育|园|托 育", "other": "园"}, "tuo yu"))
    assert (item.text, item.pinyin) == ("托育\n园\t托 育\n\n\n", " tuo yu")


def sql_index():
    engine = create_engine("sqlite://", poolclass=StaticPool)
    table = search_table(MetaData())
    table.create(engine)
    return SqlIndex(table, engine.begin, "facility"), engine
