"""A monthly cost is what the hand-worked cases say, and behaves as a cost must."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.facilities.rules.break_even import break_even
from app.facilities.rules.cost import Answer, Quotes, quotes
from app.facilities.rules.fees import CareRow, FeeRow, Offer, read_care, read_fees
from app.facilities.rules.opening import parse_opening
from app.facilities.rules.pattern import Month, Pattern
from app.facilities.rules.vocabulary import Care, Component, Unit
from tests.sites import ROOT

FOLDER = ROOT / "tests" / "golden" / "costs"
PER_UNIT = [Unit.DAY, Unit.HOUR, Unit.HALF_DAY, Unit.SESSION, Unit.WEEK]
SURE = [unit for unit in Unit if unit not in {Unit.ONCE, Unit.TERM, Unit.SESSION}]


def golden(name: str) -> list:
    cases = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return [pytest.param(case, id=case["name"]) for case in cases]


def month(said: dict) -> Month:
    first, on = date.fromisoformat(said["first"]), date.fromisoformat(said["on"])
    return Month(first, on, said["working"], said["saturdays"], said["sundays"])


def offer(case: dict) -> Offer:
    week = parse_opening(case["opening"]).week if "opening" in case else None
    return Offer(read_care(case["care"]), read_fees(case["fees"]), week)


def pattern(said: dict) -> Pattern:
    return Pattern(
        said["days"],
        int(said["hours"] * 60),
        said["age"],
        said.get("meals", False),
        extras=tuple(said.get("extras", ())),
        spread=said.get("spread", False),
    )


def shown(found: Quotes) -> dict:
    """Return quotes in the words of the golden files."""
    told = {}
    for quote in found.quotes:
        told[quote.care] = {"low_fen": quote.low_fen, "high_fen": quote.high_fen}
        parts = {
            "missing": [[gap.reason, gap.component] for gap in quote.missing],
            "once": [line.component for line in quote.once],
            "apart": [line.component for line in quote.apart],
            "assumed": list(quote.assumed),
        }
        told[quote.care] |= {name: value for name, value in parts.items() if value}
    return told


@pytest.mark.parametrize("case", [*golden("cases"), *golden("notices")])
def test_a_month_costs_what_was_worked_out_by_hand(case):
    found = quotes(offer(case), pattern(case["pattern"]), month(case["month"]))
    assert shown(found) == case["quotes"], case["worked"]
    reasons = {each.care: each.reason + "?" * each.silent for each in found.misfits}
    assert reasons == case.get("misfits", {})
    if "best" in case:
        assert found.best().care == case["best"]


@pytest.mark.parametrize("case", [*golden("cases"), *golden("notices")])
def test_the_arithmetic_adds_up_to_the_total(case):
    for quote in quotes(offer(case), pattern(case["pattern"]), month(case["month"])).quotes:
        if quote.low_fen is not None:
            assert quote.low_fen == sum(line.low for line in quote.lines)
            assert quote.high_fen == sum(line.high for line in quote.lines)


@pytest.mark.parametrize("case", golden("break_even"))
def test_the_cheapest_type_changes_at_the_hours_worked_out_by_hand(case):
    asked = Pattern(case["days"], 60, 20)
    found = break_even(offer(case), asked, month(case["month"]))
    told = [[each.care, each.least / 60, each.most / 60] for each in found.stretches]
    assert told == case["stretches"], case["worked"]
    assert found.by_care_fee is case.get("by_care_fee", False)
    assert found.telling is case.get("telling", len(told) > 1)


NOVEMBER = Month(date(2026, 11, 1), date(2026, 11, 22), 21, 4, 5)
MONTHS = st.builds(
    lambda working, saturdays, sundays: replace(
        NOVEMBER, working=working, saturdays=saturdays, sundays=sundays
    ),
    st.integers(14, 23),
    st.integers(2, 5),
    st.integers(2, 5),
)
AMOUNTS = st.tuples(st.integers(0, 500_000), st.integers(0, 500_000)).map(sorted)


def fees(components: list[str], units: list[Unit], *, voluntary: bool | None = None) -> st.SearchStrategy:
    return st.builds(
        lambda care, component, unit, amounts, free: FeeRow(care, "*", component, unit, *amounts, free),
        st.sampled_from(list(Care)),
        st.sampled_from(components),
        st.sampled_from(units),
        AMOUNTS,
        st.booleans() if voluntary is None else st.just(voluntary),
    )


def offers(components: list[str], units: list[Unit], *, voluntary: bool | None = None) -> st.SearchStrategy:
    every = tuple(CareRow(care, 0b1111111, 0, 24 * 60, 0, 48) for care in Care)
    rows = st.lists(fees(components, units, voluntary=voluntary), max_size=8)
    return rows.map(lambda found: Offer(every, tuple(found)))


PATTERNS = st.builds(
    Pattern,
    st.integers(1, 7),
    st.integers(1, 48).map(lambda half: half * 30),
    st.one_of(st.none(), st.integers(0, 48)),
    st.booleans(),
    spread=st.booleans(),
)
ANY = offers(list(Component), list(Unit))


@given(ANY, PATTERNS, MONTHS)
def test_a_range_runs_from_low_to_high(offered, asked, counted):
    for quote in quotes(offered, asked, counted).quotes:
        assert quote.low_fen is None or 0 <= quote.low_fen <= quote.high_fen
        assert quote.complete == (quote.low_fen is not None and not quote.missing)


@given(offers(["care"], PER_UNIT), PATTERNS, MONTHS)
def test_more_days_are_never_cheaper_where_days_are_paid(offered, asked, counted):
    assume(asked.days < 7)
    fewer = quotes(offered, asked, counted).quotes
    more = quotes(offered, replace(asked, days=asked.days + 1), counted).quotes
    for few, many in zip(fewer, more, strict=True):
        units = {line.unit for line in few.lines + many.lines}
        if few.low_fen is not None and Unit.WEEK not in units:
            assert many.low_fen >= few.low_fen


@given(ANY, PATTERNS, MONTHS)
def test_more_hours_are_never_cheaper(offered, asked, counted):
    assume(asked.minutes < 24 * 60)
    longer = replace(asked, minutes=asked.minutes + 30)
    for short, long in zip(
        quotes(offered, asked, counted).quotes, quotes(offered, longer, counted).quotes, strict=True
    ):
        assert short.low_fen is None or long.low_fen >= short.low_fen


@given(st.data(), offers(["care", "meals"], SURE), PATTERNS, MONTHS)
def test_without_a_price_nothing_wholly_known_gets_cheaper(data, offered, asked, counted):
    assume(offered.fees)
    gone = data.draw(st.sampled_from(offered.fees))
    rest = [fee for fee in offered.fees if fee is not gone]
    before = {each.care: each for each in quotes(offered, asked, counted).quotes}
    for after in quotes(replace(offered, fees=tuple(rest)), asked, counted).quotes:
        if after.complete:
            assert before[after.care].complete
            assert after.low_fen >= before[after.care].low_fen


@given(ANY, PATTERNS, MONTHS)
def test_meals_never_make_a_month_cheaper(offered, asked, counted):
    without = quotes(offered, replace(asked, meals=False), counted).quotes
    with_them = quotes(offered, replace(asked, meals=True), counted).quotes
    for plain, fed in zip(without, with_them, strict=True):
        if plain.low_fen is not None:
            assert fed.low_fen >= plain.low_fen


@given(ANY, PATTERNS, MONTHS, st.integers(0, 3_000_000))
def test_a_limit_answers_yes_only_to_what_is_wholly_known(offered, asked, counted, limit):
    found = quotes(offered, asked, counted)
    answer = found.within(limit)
    best = found.best()
    if answer is Answer.YES:
        assert best.complete
        assert best.low_fen <= limit
    if answer is Answer.NO and best is not None:
        assert best.low_fen > limit
    assert found.within(limit + 1) is Answer.YES or answer is not Answer.YES


@given(ANY, PATTERNS, MONTHS)
def test_the_order_of_the_price_rows_does_not_matter(offered, asked, counted):
    turned = replace(offered, fees=tuple(reversed(offered.fees)))
    for one, other in zip(
        quotes(offered, asked, counted).quotes, quotes(turned, asked, counted).quotes, strict=True
    ):
        assert (one.low_fen, one.missing) == (other.low_fen, other.missing)


@given(offers(["care"], [Unit.HOUR, Unit.MONTH], voluntary=False), st.integers(1, 7))
def test_the_break_even_names_the_cheapest_type_at_every_half_hour(offered, days):
    asked = Pattern(days, 60, 20)
    for stretch in break_even(offered, asked, NOVEMBER).stretches:
        for minutes in (stretch.least, stretch.most):
            known = quotes(offered, replace(asked, minutes=minutes), NOVEMBER).quotes
            regular = [each for each in known if each.care != Care.TEMPORARY and each.complete]
            mine = next(each for each in regular if each.care == stretch.care)
            assert mine.low_fen == min(each.low_fen for each in regular)
