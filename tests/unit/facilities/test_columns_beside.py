"""What stands beside the columns of a profile: typed without a script, kept as data, shown again."""

from app.facilities.forms.imports import extras
from app.facilities.forms.imports.columns import with_the_rest
from app.facilities.forms.imports.extras import Condition, Extras

HEADINGS = ["序号", "机构名称", "是否在营", ""]
KNOWN = {"status": {"在营": "filed"}, "form": {"民非": "non-profit", "别的": "no-code-of-ours"}}


def read(app, **form: str) -> Extras:
    with app.test_request_context("/zh-Hans/"):
        return extras.read(form, HEADINGS, KNOWN)


def test_a_word_is_known_by_its_code_by_what_the_page_calls_it_and_by_what_all_profiles_know(app):
    form = {
        "fixed-0": "form", "fixed-value-0": " 民 非 ", "fixed-1": "status", "fixed-value-1": "filed",
        "fixed-2": "inclusive", "fixed-value-2": "是", "fixed-3": "township", "fixed-value-3": "杏花街道",
    }  # fmt: skip
    found = {each.field: each.value for each in read(app, **form).fixed}
    assert found == {"form": "non-profit", "status": "filed", "inclusive": "yes", "township": "杏花街道"}
    with app.test_request_context("/zh-Hans/"):
        words = str(extras.options("kind")["nursery"])
    assert read(app, **{"fixed-0": "kind", "fixed-value-0": words}).fixed[0].value == "nursery"


def test_what_is_no_word_of_ours_is_asked_for_and_what_was_typed_stays(app):
    form = {"fixed-0": "form", "fixed-value-0": "民营的", "fixed-1": "county", "fixed-value-1": ""}
    found = read(app, **form)
    assert not found.whole
    assert [(each.value, each.typed) for each in found.fixed] == [("", "民营的"), ("", "")]
    assert read(app, **{"fixed-0": "form", "fixed-value-0": "别的"}).fixed[0].value == ""


def test_what_no_page_sends_is_read_over(app):
    odd = {
        "fixed-0": "name", "fixed-value-0": "x", "fixed-1": "form", "fixed-value-1": "public",
        "fixed-2": "form", "fixed-value-2": "non-profit",
        "where-0": "99", "where-1": "3", "where-2": "-1", "where-3": "x",
    }  # fmt: skip
    found = read(app, **odd)
    assert [(each.field, each.value) for each in found.fixed] == [("form", "public")]
    assert found.conditions == ()


def test_conditions_have_words_parted_by_any_comma_and_none_is_an_empty_cell(app):
    form = {"where-0": "2", "where-words-0": "是，有、开;Y", "where-1": "1", "where-only-1": "0"}
    found = read(app, **form, unknown="面谈, 电询")
    assert found.conditions == (Condition(2, True, ("是", "有", "开", "Y")), Condition(1, False, ("",)))
    assert found.unknown == ("面谈", "电询")


def test_it_is_kept_as_data_and_shown_again_as_it_was(app):
    form = {"fixed-0": "form", "fixed-value-0": "public", "where-0": "2", "where-words-0": "是"}
    found = read(app, **form, unknown="面谈")
    data = extras.into({"rows": {}}, found, HEADINGS)
    assert data["constants"] == {"form": "public"}
    assert data["where"] == [{"heading": "是否在营", "values": ["是"]}]
    assert data["unknown"] == ["面谈"]
    with app.test_request_context("/zh-Hans/"):
        again = extras.from_data(data, HEADINGS)
        assert extras.from_data({"constants": {"inclusive": True}}, HEADINGS).fixed[0].value == "yes"
    assert (again.conditions, again.unknown) == (found.conditions, found.unknown)
    assert [(each.field, each.value) for each in again.fixed] == [("form", "public")]


def test_what_a_file_of_this_edition_cannot_show_stays_and_what_was_emptied_goes():
    before = {
        "constants": {"record.kind": "assessment", "form": "public"},
        "where": [{"heading": "别的列", "not": ["x"]}, {"heading": ["是否在营"], "values": ["是"]}],
        "unknown": ["面谈"],
        "column": [],
    }
    found = with_the_rest({"column": []}, before, HEADINGS)
    assert found["constants"] == {"record.kind": "assessment"}
    assert found["where"] == [before["where"][0]]
    assert "unknown" not in found
    more = {"column": [], "constants": {"kind": "nursery"}, "where": [{"heading": "机构名称", "not": [""]}]}
    found = with_the_rest(more, before, HEADINGS)
    assert found["constants"] == {"record.kind": "assessment", "kind": "nursery"}
    assert [each["heading"] for each in found["where"]] == ["别的列", "机构名称"]
