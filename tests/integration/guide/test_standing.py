"""What a page says of a text is what holds: taken away, waiting for a day, signed, for whom to sign."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.extensions import db
from app.guide.model import GuideRevision, GuideSigner, GuideText
from tests.factories.accounts import form_token, sign_in
from tests.factories.signing import HOUSE, NAME, TITLE, a_doctor, a_signer, signed
from tests.factories.writing import address, fields, form_of, kept, published

GRAVE, HEALTH, EVERYDAY = "safe-sleep", "vitamin-d-iron", "two-languages"
WORKER, LEAD, REVIEWER, TRANSLATOR = "demo-worker-1", "demo-lead", "demo-reviewer", "demo-translator-ug"
UYGHUR = {"name": "ئەزىز", "title": "مەسئۇل دوختۇر", "organisation": "ئۈلگە دوختۇرخانىسى"}
LIST = "/zh-Hans/staff/guide"


@pytest.fixture
def someone(fresh_app):
    """Give clients of people who are signed in, by handle."""

    def client(handle: str):
        found = fresh_app.test_client()
        sign_in(found, handle)
        return found

    return client


def live(slug: str, language: str = "zh-Hans") -> GuideRevision:
    query = select(GuideRevision).where(GuideRevision.slug == slug, GuideRevision.language == language)
    return db.session.scalars(query.where(GuideRevision.state == "published")).one()


def tags(client, path: str) -> list[str]:
    """Return the colours of the marks of a page."""
    assert client.get(path).status_code == 200
    found = (each.get("class", "").split() for each in client.page.all("span"))
    return [each[-1] for each in found if each[:1] == ["tag"]]


def offers(client, path: str) -> bool:
    """Tell whether a page offers to sign."""
    assert client.get(path).status_code == 200
    return any("say" in each.get("class", "").split() for each in client.page.all("form"))


def test_a_translation_that_readers_do_not_get_is_not_called_published(fresh_app, someone):
    translator, reviewer = someone(TRANSLATOR), someone(REVIEWER)
    path = address(GRAVE, "history", "ug")
    with fresh_app.app_context():
        n = live(GRAVE, "ug").n
    pages = ((translator, path), (translator, f"{path}/{n}"), (reviewer, address(GRAVE, f"sign/{n}", "ug")))
    for client, page in pages:
        assert tags(client, page).count("ok") == 1, page
    with fresh_app.app_context():
        live(GRAVE).expires_on = clock.today()
        db.session.commit()
    for client, page in pages:
        assert "ok" not in tags(client, page), page
        assert "w" in tags(client, page), page


def test_what_waits_for_its_day_waits_for_nobody(someone):
    worker, lead = someone(WORKER), someone(LEAD)
    kept(worker, EVERYDAY)
    assert published(worker, EVERYDAY, do="submit").status_code == 303
    assert EVERYDAY in lead.get(f"{LIST}?flag=waiting").text
    day = (clock.today() + timedelta(3)).isoformat()
    assert published(worker, EVERYDAY, publish_on=day).status_code == 303
    assert f"/{EVERYDAY}" not in lead.get(f"{LIST}?flag=waiting").text
    assert f"/{EVERYDAY}" in lead.get(f"{LIST}?flag=drafts").text
    lead.get("/zh-Hans/staff")
    assert not any("flag=waiting" in each.get("href", "") for each in lead.page.all("a"))
    assert lead.get(address(EVERYDAY, "publish")).status_code == 200
    assert lead.get(f"{LIST}/{EVERYDAY}").status_code == 200


def test_a_draft_that_another_one_replaced_waits_for_nobody(someone):
    worker, lead = someone(WORKER), someone(LEAD)
    kept(worker, EVERYDAY)
    assert published(worker, EVERYDAY, do="submit").status_code == 303
    kept(lead, EVERYDAY, said="再说一句。")
    assert published(lead, EVERYDAY).status_code == 303
    lead.get("/zh-Hans/staff")
    assert not any("flag=waiting" in each.get("href", "") for each in lead.page.all("a"))


def test_readers_see_a_name_in_their_language_with_the_chinese_one_beside_it(fresh_app):
    native = a_signer(fresh_app, "native", "language", "ug")
    with fresh_app.app_context():
        db.session.scalars(select(GuideSigner).where(GuideSigner.name == NAME)).one().others = {"ug": UYGHUR}
        db.session.commit()
        n = live(HEALTH, "ug").n
    assert signed(native, HEALTH, n=n, code="ug").status_code == 303
    reader = fresh_app.test_client()
    page = reader.get(f"/ug/guide/{HEALTH}").text
    assert all(words in page for words in (*UYGHUR.values(), NAME))
    assert TITLE not in page
    assert HOUSE not in page
    with fresh_app.app_context():
        db.session.scalars(select(GuideSigner).where(GuideSigner.name == NAME)).one().name = "别人"
        db.session.commit()
    page = fresh_app.test_client().get(f"/ug/guide/{HEALTH}?n=2").text
    assert NAME in page  # what was signed stands, whoever is in the list now
    assert UYGHUR["name"] not in page


def test_a_lead_enters_a_name_in_other_languages(fresh_app, someone):
    lead, _known = someone(LEAD), someone(REVIEWER)
    base = f"{LIST}/signers"
    said = {"handle": REVIEWER, "name": NAME, "title": TITLE, "organisation": HOUSE, "field": "law"}
    typed = {**said, **{f"{part}-ug": words for part, words in UYGHUR.items()}}
    token = {"csrf_token": form_token(lead, base)}
    assert lead.post(base, data={**token, **typed}).status_code == 422
    assert fields(lead, "measure")["name-ug"] == UYGHUR["name"]
    answer = lead.post(base, data={**token, **typed, "proof": "执业证"})
    assert answer.status_code == 303
    with fresh_app.app_context():
        row = db.session.scalars(select(GuideSigner).where(GuideSigner.name == NAME)).one()
        assert row.others == {"ug": UYGHUR}
    assert UYGHUR["name"] in lead.get(f"/ug{base.removeprefix('/zh-Hans')}").text


def test_what_is_listed_to_sign_is_what_the_page_lets_one_sign(fresh_app, someone):
    one, other = a_doctor(fresh_app, "one"), a_doctor(fresh_app, "other")
    with fresh_app.app_context():
        row = live(GRAVE)
        row.reviewer, row.reviewed_on = NAME, clock.today()
        db.session.commit()
        n = row.n + 1
    to_sign = f"{LIST}?flag=sign&q={GRAVE}"
    assert f"/{GRAVE}" not in one.get(to_sign).text
    kept(one, GRAVE, said="宝宝仰卧睡觉{{claim:safe-sleep-back}}。")
    assert published(one, GRAVE, do="submit").status_code == 303
    assert f"/{GRAVE}" not in one.get(to_sign).text
    assert not offers(one, address(GRAVE, f"sign/{n}"))
    assert f"/{GRAVE}" in other.get(to_sign).text
    assert offers(other, address(GRAVE, f"sign/{n}"))
    with fresh_app.app_context():
        db.session.get_one(GuideText, GRAVE).place = "110115"
        db.session.commit()
    assert f"/{GRAVE}" not in other.get(to_sign).text
    assert other.get(address(GRAVE, f"sign/{n}")).status_code == 404


def test_what_is_kept_by_itself_goes_on_beside_the_text_of_somebody_else(fresh_app, someone):
    mine, theirs = someone(WORKER), someone(REVIEWER)
    typed = form_of(mine, address(EVERYDAY))
    kept(theirs, EVERYDAY)
    answer = mine.post(address(EVERYDAY), data={**typed, "summary": "一。", "do": "keep"})
    assert answer.status_code == 409
    typed |= {name: str(value) for name, value in answer.get_json().items()}
    again = mine.post(address(EVERYDAY), data={**typed, "summary": "一。二。", "do": "keep"})
    assert again.status_code == 200
    with fresh_app.app_context():
        query = select(GuideRevision.summary).where(
            GuideRevision.slug == EVERYDAY,
            GuideRevision.language == "zh-Hans",
            GuideRevision.state == "draft",
        )
        found = db.session.scalars(query.order_by(GuideRevision.n)).all()
    assert len(found) == 2
    assert found[-1] == "一。二。"


def test_a_text_of_two_hundred_thousand_letters_is_kept_and_a_larger_one_says_what_to_do(someone):
    worker = someone(WORKER)
    typed = form_of(worker, address(EVERYDAY))
    name = next(each for each in typed if each.startswith("text-"))
    long = {**typed, name: "晒太阳。" * 50_000, "do": "save"}
    worker.lint = False  # no page may weigh so much, except this
    assert worker.post(address(EVERYDAY), data=long).status_code == 303
    assert worker.get(address(EVERYDAY, "publish")).status_code == 200
    worker.lint = True
    answer = worker.post(address(EVERYDAY), data={**long, name: "晒太阳。" * 200_000})
    assert answer.status_code == 413
    assert any(each.get("role") == "alert" for each in worker.page.all("div"))
