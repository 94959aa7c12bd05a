"""Closed lists of reasons, and who may not be turned away by which of them."""

import pytest

from app.cases.rules import words

ALL = {
    "not-our-duty",  # N1
    "elsewhere-in-hand",  # N2
    "no-consumer-dispute",  # N3
    "over-three-years",  # N4
    "papers-missing",  # N5
    "name-refused",  # N6: only for complaints
    "answered-before",  # N7
    "unclear",  # N8: only for somebody who cannot be asked
    "unlawful",  # N9
}
ALWAYS = ALL - {"name-refused", "unclear"}

# purpose, severity, anonymous, the reasons open to an office
OPEN = [
    ("report", "n", True, ALWAYS),
    ("report", "n", False, ALWAYS),
    ("report", "e2", True, ALWAYS),
    ("report", "e1", True, ALWAYS),
    ("complaint", "n", False, ALWAYS | {"name-refused"}),
    ("complaint", "e2", False, ALWAYS | {"name-refused"}),
    ("complaint", "e1", False, ALWAYS),
    ("complaint", "n", True, ALL),
    ("complaint", "e1", True, ALWAYS),
    ("question", "n", True, ALWAYS | {"unclear"}),
    ("question", "n", False, ALWAYS),
    ("question", "e1", True, ALWAYS),
    ("suggestion", "n", True, ALWAYS | {"unclear"}),
    ("suggestion", "n", False, ALWAYS),
]


def test_there_are_nine_reasons_for_not_accepting_a_case():
    assert set(words.REFUSALS) == ALL
    assert len(words.REFUSALS) == 9


@pytest.mark.parametrize(("purpose", "severity", "anonymous", "reasons"), OPEN)
def test_reasons_open_to_an_office(purpose, severity, anonymous, reasons):
    assert set(words.refusals(purpose, severity, anonymous=anonymous)) == reasons


def test_a_reply_needs_its_five_elements_in_more_than_name():
    whole = dict.fromkeys(("facts", "grounds", "basis", "decision", "remedies"), "十个字以上的一句话。。")
    assert words.missing_parts(whole) == ()
    for name in whole:
        assert words.missing_parts({**whole, name: "  太短  " + " " * 20}) == (name,)
        assert words.missing_parts({key: text for key, text in whole.items() if key != name}) == (name,)
    assert words.missing_parts({}) == tuple(words.REPLY_PARTS)
    edge = "字" * words.SHORTEST_PART
    assert words.missing_parts({**whole, "facts": edge}) == ()
    assert words.missing_parts({**whole, "facts": edge[1:]}) == ("facts",)


def test_lists_hold_what_the_rules_name():
    assert set(words.PAUSES) == {"testing", "papers", "court"}
    assert {"court", "arbitration", "reconsideration", "petition", "discipline", "police"} <= set(
        words.CHANNELS
    )
    assert set(words.PURPOSES) == {"complaint", "report", "question", "suggestion"}
    assert {"police", "civil-affairs", "education"} <= set(words.GATE_TOLD)
    for closed in (words.REFUSALS, words.CHANNELS, words.PAUSES, words.OBJECTIONS, words.GATE_TOLD):
        assert len(closed) == len(set(closed))
