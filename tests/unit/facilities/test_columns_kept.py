"""Changing a profile at the counter keeps what the page does not show."""

from app.facilities.forms.imports.columns import with_the_rest


def test_columns_of_other_editions_and_other_keys_stay():
    before = {
        "template": {"note": "x"},
        "units": {"money": "fen"},
        "column": [{"heading": "名称", "field": "name"}, {"heading": ["电话", "手机"], "field": "phone"}],
    }
    data = {"units": {"money": "yuan"}, "column": [{"heading": "名称", "field": "name"}]}
    found = with_the_rest(data, before, ["名称", "", "地址"])
    assert found["template"] == before["template"]
    assert found["units"] == {"money": "yuan"}
    assert found["column"] == before["column"]


def test_a_column_of_this_file_that_is_no_longer_read_goes():
    before = {"column": [{"heading": "名称", "field": "name"}, {"heading": "电话", "field": "phone"}]}
    data = {"column": [{"heading": "名称", "field": "name"}]}
    assert with_the_rest(data, before, ["名称", "电话"])["column"] == data["column"]
