"""From what sources said to the present record."""

from datetime import date

from app.facilities.rules.projection import Observation, columns, current
from app.facilities.rules.vocabulary import Band, Care, bands_for, mask, unmask

D1, D2 = date(2026, 1, 1), date(2026, 6, 1)


def said(field, value, day=D1, kind="county", order=0):
    return Observation(field, value, f"{kind}-{day}", kind, day, order)


def record(**values):
    return columns(current([said("name", "甲园"), *(said(field, value) for field, value in values.items())]))


def test_the_newest_word_stands():
    assert current([said("phone", "1", D2), said("phone", "2", D1)])["phone"].value == "1"


def test_of_two_words_on_one_day_the_later_recorded_stands():
    assert current([said("phone", "1", order=1), said("phone", "2", order=2)])["phone"].value == "2"


def test_the_register_stands_for_identity_and_only_for_identity():
    held = current(
        [
            said("name", "登记名", D1, "register"),
            said("name", "招牌名", D2),
            said("address", "旧", D1, "register"),
            said("address", "新", D2),
        ]
    )
    assert held["name"].value == "登记名"
    assert held["address"].value == "新"


def test_an_inference_never_outweighs_a_word():
    held = current([said("kind", "nursery", D1), said("kind", "kindergarten-class", D2, "inferred")])
    assert held["kind"].value == "nursery"
    only = columns(current([said("name", "甲"), said("kind", "kindergarten-class", D2, "inferred")]))
    assert only["kind_inferred"] is True


def test_said_to_be_unknown_takes_back_what_was_said():
    held = current([said("inclusive", True, D1), said("inclusive", None, D2)])
    assert columns({**held, **current([said("name", "甲")])})["inclusive"] is None


def test_what_nobody_said_is_not_reported():
    row = record()
    assert row["care_mask"] is row["food_mask"] is row["age_mask"] is row["opens"] is row["inclusive"] is None
    assert (row["kind"], row["form"], row["precision"], row["township_code"]) == (
        "unknown",
        "unknown",
        "none",
        None,
    )


def test_none_of_a_list_differs_from_not_reported():
    assert record(food=[])["food_mask"] == 0


def test_ages_come_from_care_types_else_from_class_bands():
    care = [{"care": "full-day", "min_age": 12, "max_age": 14}]
    bands = [{"band": "infant", "vacancies": None}]
    assert record(care=care, bands=bands)["age_mask"] == 0b11 << 12
    assert record(bands=bands)["age_mask"] == 0b111111 << 6


def test_vacancies_are_known_band_by_band():
    row = record(
        bands=[
            {"band": "infant", "vacancies": 0},
            {"band": "senior", "vacancies": 3},
            {"band": "mixed", "vacancies": None},
        ]
    )
    assert unmask(Band, row["vacancy_known_mask"]) == ("infant", "senior")
    assert unmask(Band, row["vacancy_yes_mask"]) == ("senior",)
    assert unmask(Band, row["band_mask"]) == ("infant", "senior", "mixed")


def test_masks_and_codes_agree():
    assert unmask(Care, mask(Care, ["hourly", "full-day", "hourly"])) == ("full-day", "hourly")
    assert unmask(Care, None) is None


def test_class_bands_by_age_follow_the_standard():
    expected = {
        5: (),
        6: ("infant",),
        11: ("infant",),
        12: ("junior",),
        18: ("junior", "mixed"),
        24: ("senior", "mixed"),
        35: ("senior", "mixed"),
        36: (),
    }
    assert {age: unmask(Band, bands_for(age)) for age in expected} == expected
