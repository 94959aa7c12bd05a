"""Finding facts and the documents they come from while writing, and putting them into the text."""

import pytest

from app.guide.queries import picking
from tests.factories.accounts import sign_in
from tests.factories.writing import address, fields, form_of

EVERYDAY = "two-languages"
NUMBER, WITHOUT_NUMBER = "care-guide-2022", "aap-sleep-2022"


@pytest.fixture
def site(fresh_app):
    """The program in Chinese."""
    with fresh_app.test_request_context("/zh-Hans/"):
        yield fresh_app


def test_a_document_is_found_by_its_number_and_brings_its_facts(site):
    (source,) = [each for each in picking.find(NUMBER, "zh-Hans").sources if each.id == NUMBER]
    found = picking.find(source.number, "zh-Hans")
    assert [each.id for each in found.sources] == [NUMBER]
    assert found.count == source.facts > len(found.facts) == picking.MOST
    fewer = picking.find(f"{source.number} {found.facts[0].says['zh-Hans'][:2]}", "zh-Hans")
    assert 0 < fewer.count < found.count
    assert not fewer.sources
    assert picking.find("no such words", "zh-Hans") == picking.Found((), 0, (), 0)


def test_without_a_question_the_documents_of_the_text_are_offered(site):
    mine = "{{claim:safe-sleep-back}}"
    assert [each.id for each in picking.find("", "zh-Hans", mine).sources] == [WITHOUT_NUMBER]


@pytest.mark.parametrize(("key", "begins"), [(NUMBER, "{{number:"), (WITHOUT_NUMBER, ""), ("no", "")])
def test_what_is_put_in_for_a_document(site, key, begins):
    code = picking.number_of(key)
    assert code.startswith(begins)
    assert bool(code) == bool(begins)


def test_a_writer_puts_a_document_into_a_block_with_a_button(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, "demo-worker-1")
    typed = form_of(client, address(EVERYDAY))
    client.post(address(EVERYDAY), data={**typed, "do": "find", "facts": NUMBER})
    buttons = {each.get("value") for each in client.page.all("button")}
    assert {f"put-source:{NUMBER}", f"of-{NUMBER}"} <= buttons
    client.post(address(EVERYDAY), data={**fields(client), "do": f"of-{WITHOUT_NUMBER}"})
    assert fields(client)["facts"] == WITHOUT_NUMBER
    buttons = {each.get("value") for each in client.page.all("button")}
    assert "put-claim:safe-sleep-back" in buttons
    assert f"put-source:{WITHOUT_NUMBER}" not in buttons
    assert fields(client)["text-0"].strip() == typed["text-0"].strip()
    client.post(address(EVERYDAY), data={**fields(client), "do": "find", "facts": NUMBER})
    act = {**fields(client), "into": "1", "do": f"put-source:{NUMBER}"}
    client.post(address(EVERYDAY), data=act)
    now = fields(client)
    assert now["text-1"].startswith(typed["text-1"].rstrip("\n"))
    assert now["text-1"].endswith("}}")
    assert "{{number:" in now["text-1"]
    assert now["facts"] == NUMBER
    unknown = client.post(address(EVERYDAY), data={**now, "into": "1", "do": "put-source:nothing"})
    assert unknown.status_code == 200
    assert fields(client)["text-1"].strip() == now["text-1"].strip()
