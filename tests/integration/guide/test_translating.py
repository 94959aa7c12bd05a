"""The desk of translators: side by side, only what changed is marked, nothing typed is lost; the matrix."""

import pytest
from sqlalchemy import select

from app.extensions import db
from app.guide.model import GuideAcknowledgement, GuideRevision
from app.guide.service import feedback
from app.guide.service.feedback import Said
from tests.factories.accounts import form_token, sign_in
from tests.factories.signing import a_doctor, a_signer, signed
from tests.factories.writing import NEW, address, fields, form_of, kept, published

GRAVE, HEALTH = "safe-sleep", "vitamin-d-iron"
WORKER, LEAD, REVIEWER, TRANSLATOR = "demo-worker-1", "demo-lead", "demo-reviewer", "demo-translator-ug"
SAID = "ئاپتاپ D ۋىتامىنىنىڭ ئورنىنى باسالمايدۇ."


@pytest.fixture
def someone(fresh_app):
    """Give clients of people who are signed in, by handle."""

    def client(handle: str):
        found = fresh_app.test_client()
        sign_in(found, handle)
        return found

    return client


def desk(slug: str, code: str = "ug") -> str:
    return f"/zh-Hans/staff/guide/translate/{slug}/{code}"


def head(app, slug: str, language: str) -> GuideRevision:
    with app.app_context():
        query = select(GuideRevision).where(GuideRevision.slug == slug, GuideRevision.language == language)
        return db.session.scalars(query.order_by(GuideRevision.n.desc())).first()


def changed(someone, *, said: str = NEW) -> None:
    """Change the Chinese text of health in substance."""
    kept(someone(WORKER), HEALTH, said=said)
    assert published(someone(REVIEWER), HEALTH, change="substance").status_code == 303


def test_only_what_changed_is_marked(someone):
    translator = someone(TRANSLATOR)
    assert "facing changed" not in translator.get(desk(HEALTH)).text
    changed(someone)
    page = translator.get(desk(HEALTH))
    assert page.text.count("facing changed") == 1
    assert NEW in page.text


@pytest.mark.parametrize("fact", ["", "{{claim:diarrhoea-breast-stool}}"])
def test_a_stale_translation_is_brought_up_to_date(fresh_app, someone, fact):
    changed(someone, said=f"{NEW}{fact}")
    translator, reader = someone(TRANSLATOR), fresh_app.test_client()
    typed = form_of(translator, desk(HEALTH))
    mark = next(each for each in translator.page.all("section") if "changed" in each.get("class", ""))
    name = mark.get("aria-labelledby", "").removeprefix("row-")
    sent = {**typed, name: f"{typed[name]}\n\n{SAID}{fact}"}
    answer = translator.post(desk(HEALTH), data={**sent, "do": "publish"})
    assert answer.location.endswith("/publish")
    assert published(translator, HEALTH, code="ug", do="submit", compared="1").status_code == 303
    native = a_signer(fresh_app, "native", "language", "ug")
    assert published(native, HEALTH, code="ug").status_code == 303
    new = head(fresh_app, HEALTH, "ug")
    assert (new.state, new.made_by) == ("published", "machine")
    assert new.reviewer  # a named reviewer who reads the language: the mark of the machine is gone
    page = reader.get(f"/ug/guide/{HEALTH}")
    assert SAID.removesuffix(".") in page.text
    assert "facing changed" not in translator.get(desk(HEALTH)).text


def test_no_change_needed_is_said_by_the_right_role(fresh_app, someone):
    changed(someone)
    translator, reviewer = someone(TRANSLATOR), someone(REVIEWER)
    row, source = head(fresh_app, HEALTH, "ug"), head(fresh_app, HEALTH, "zh-Hans")
    sent = {"seen": row.id, "version": row.version, "source": source.id}
    token = {"csrf_token": form_token(translator, "/zh-Hans/staff/me")}
    assert translator.post(f"{desk(HEALTH)}/same", data={**token, **sent}).status_code == 422
    reviewer.get(desk(HEALTH))
    form = fields(reviewer, "/same")
    for _ in range(2):
        assert reviewer.post(f"{desk(HEALTH)}/same", data=form).status_code == 303
    with fresh_app.app_context():
        (kept_,) = db.session.scalars(
            select(GuideAcknowledgement).where(GuideAcknowledgement.source_id == source.id)
        )
        assert kept_.translation_id == row.id
    stale = {**token, **sent, "version": 99}
    assert translator.post(f"{desk(HEALTH)}/same", data=stale).status_code == 409
    assert "facing changed" not in translator.get(desk(HEALTH)).text


def test_two_translators_lose_neither_text(fresh_app, someone):
    one, other = someone(TRANSLATOR), someone(REVIEWER)
    mine, theirs = form_of(one, desk(HEALTH)), form_of(other, desk(HEALTH))
    other.post(desk(HEALTH), data={**theirs, "title": theirs["title"] + " بىر", "do": "save"})
    answer = one.post(desk(HEALTH), data={**mine, "title": mine["title"] + " ئىككى", "do": "save"})
    assert answer.status_code == 409
    assert fields(one)["title"].endswith("ئىككى")
    kept_ = one.post(desk(HEALTH), data={**mine, "title": mine["title"] + " ئۈچ", "do": "keep"})
    assert kept_.status_code == 409
    assert head(fresh_app, HEALTH, "ug").title.endswith("ئۈچ")


def test_what_is_kept_by_itself_is_one_draft(fresh_app, someone):
    translator = someone(TRANSLATOR)
    typed = form_of(translator, desk(HEALTH))
    before = head(fresh_app, HEALTH, "ug").n
    for word in ("بىر", "ئىككى", "ئۈچ"):
        answer = translator.post(desk(HEALTH), data={**typed, "title": word, "do": "keep"})
        assert answer.status_code == 200
        typed |= {name: str(value) for name, value in answer.get_json().items()}
    after = head(fresh_app, HEALTH, "ug")
    assert (after.n, after.title, after.state) == (before + 1, "ئۈچ", "draft")


def test_wrong_letters_missing_facts_and_words_of_the_glossary_stand_beside_the_block(someone):
    translator = someone(TRANSLATOR)
    typed = form_of(translator, desk(HEALTH))
    name = next(each for each in typed if each.startswith("text-") and "{{fact:" in typed[each])
    spoilt = {**typed, name: "کىتاب", "title": "维生素"}
    assert translator.post(desk(HEALTH), data={**spoilt, "do": "save"}).status_code == 303
    page = translator.get(desk(HEALTH))
    beside = next(each for each in translator.page.all("div") if each.get("id") == f"about-{name}")
    told = "".join(beside.itertext())
    assert "U+06A9" in told
    assert "fact:" in told
    assert "维生素" in page.text


def test_the_matrix_has_every_text_and_what_readers_reported(fresh_app, someone):
    with fresh_app.app_context():
        feedback.take(Said(HEALTH, "ug", 1, "translation", None, {"sentence": "غەلىتە", "right": ""}))
    translator = someone(TRANSLATOR)
    page = translator.get("/zh-Hans/staff/guide/translate?language=ug&q=vitamin")
    assert desk(HEALTH) in page.text
    assert "غەلىتە" in translator.get(desk(HEALTH)).text
    assert desk(HEALTH) not in translator.get("/zh-Hans/staff/guide/translate?language=ug&state=missing").text


def test_the_source_has_no_desk(someone):
    assert someone(REVIEWER).get(desk(HEALTH, "zh-Hans")).status_code == 404
    assert someone(TRANSLATOR).get(desk("no-such-text")).status_code == 404


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_every_page_is_right_in_every_language(fresh_app, someone, lang):
    changed(someone)
    doctor, lead = a_doctor(fresh_app), someone(LEAD)
    base = f"/{lang}/staff/guide"
    n = head(fresh_app, GRAVE, "zh-Hans").n
    for client, page in (
        (lead, f"{base}/translate"),
        (lead, f"{base}/translate/{HEALTH}/ug"),
        (lead, f"{base}/signers"),
        (lead, f"{base}/links"),
        (doctor, f"{base}/{GRAVE}/zh-Hans/sign/{n}"),
        (doctor, f"{base}/{GRAVE}/ug/sign/1"),
    ):
        assert client.get(page).status_code == 200, page
    assert signed(doctor, GRAVE, n=n).status_code == 303
    assert lead.get(address(GRAVE, "history")).status_code == 200
