"""Which questions are taken along: by kind of facility, and by what it has not reported."""

from app.facilities.loading.visit import load_visit
from app.facilities.rules.visiting import FIELDS, TOPICS, visit_of
from app.facilities.rules.vocabulary import Kind
from tests.addresses import CONTENT

QUESTIONS = load_visit(CONTENT)


def names(held) -> set[str]:
    return {each.id for each in held}


def test_every_field_that_may_be_unreported_has_a_question():
    assert {each.field for each in QUESTIONS if each.field} == FIELDS


def test_topics_follow_the_walk_through_a_house():
    for kind in Kind:
        found = [topic for topic, _held in visit_of(QUESTIONS, kind, ()).topics]
        assert found == [topic for topic in TOPICS if topic in found]
        assert len(found) >= 6


def test_only_what_is_not_reported_is_asked_first():
    assert visit_of(QUESTIONS, "nursery", ()).ask == ()
    assert names(visit_of(QUESTIONS, "nursery", {"fees"}).ask) == {"ask-fees"}


def test_homes_have_their_own_numbers():
    def asked(kind: str) -> set[str]:
        return {each.id for _topic, held in visit_of(QUESTIONS, kind, ()).topics for each in held}

    assert asked("family") - asked("nursery") == {"home-size"}
    assert {"ratio", "class-size"} <= asked("nursery") - asked("family")


def test_every_question_of_a_standard_names_its_document():
    visit = visit_of(QUESTIONS, "nursery", FIELDS)
    assert all(each.document and each.confidence for _topic, held in visit.topics for each in held)
    assert "" not in visit.documents
