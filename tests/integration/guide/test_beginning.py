"""A text that nobody has translated: it begins empty, is kept half done, and lacks nothing of its source."""

import pytest
from sqlalchemy import delete, func, select

from app.extensions import db
from app.guide.model import GuideRevision
from app.guide.rules import marks
from app.guide.rules.editing import pieces
from tests.factories.accounts import sign_in
from tests.factories.writing import address, fields, form_of, published, read

SLUG = "car-seat"
"""A text about health that has a list, facts, a telephone number and no translation."""
TRANSLATOR, REVIEWER = "demo-translator-ug", "demo-reviewer"
SAID = "بالا ئورۇندۇقى"
DESK = f"/zh-Hans/staff/guide/translate/{SLUG}/ug"
SKIP = ("csrf_token", "seen", "version")


@pytest.fixture
def translator(fresh_app):
    """Give the client of a translator."""
    with fresh_app.app_context():
        db.session.execute(
            delete(GuideRevision).where(GuideRevision.slug == SLUG, GuideRevision.language == "ug")
        )
        db.session.commit()
    found = fresh_app.test_client()
    sign_in(found, TRANSLATOR)
    return found


def drafts(app) -> int:
    with app.app_context():
        query = select(func.count()).select_from(GuideRevision)
        return db.session.scalar(query.where(GuideRevision.slug == SLUG, GuideRevision.language == "ug"))


def typed(form: dict[str, str]) -> dict[str, str]:
    """Return the boxes that people type into."""
    return {
        name: text
        for name, text in form.items()
        if name not in SKIP and not name.startswith(("kind-", "rank-"))
    }


def told(client) -> list[str]:
    """Return what the page says is wrong."""
    return [each for each in client.page.all("p") if "wrong" in each.get("class", "").split()]


def test_it_begins_with_empty_boxes_and_tells_of_no_fault(translator):
    form = form_of(translator, DESK)
    assert len(typed(form)) > 10
    assert set(typed(form).values()) == {""}
    assert not told(translator)
    assert "#text-0" not in translator.get(DESK).text.replace("#row-text-0", "")
    assert translator.get(address(SLUG, code="ug")).location.endswith(f"/translate/{SLUG}/ug")
    page = translator.get(f"/zh-Hans/staff/guide/{SLUG}").text
    assert f"/translate/{SLUG}/ug" in page
    assert f"/{SLUG}/ug/edit" not in page


@pytest.mark.parametrize("act", ["save", "keep", "publish", "preview"])
def test_nothing_that_was_typed_keeps_nothing(fresh_app, translator, act):
    form = form_of(translator, DESK)
    answer = translator.post(DESK, data={**form, "do": act})
    assert answer.status_code == 200
    assert drafts(fresh_app) == 0


def test_what_is_half_done_is_kept_in_its_place(fresh_app, translator):
    form = form_of(translator, DESK)
    last = max((name for name in form if name.startswith("text-")), key=lambda name: int(name[5:]))
    sent = {**form, last: SAID, "text-4": "1. \n2. "}
    assert translator.post(DESK, data={**sent, "do": "save"}).status_code == 303
    again = form_of(translator, DESK)
    assert {name: text for name, text in typed(again).items() if text} == {last: SAID, "text-4": "1. \n2. "}
    free = form_of(translator, address(SLUG, code="ug"))
    assert {name: free[name] for name in (last, "text-4")} == {last: SAID, "text-4": "1. \n2. "}
    assert translator.post(address(SLUG, code="ug"), data={**free, "do": "save"}).status_code == 303
    assert typed(form_of(translator, DESK)) == typed(again)
    assert drafts(fresh_app) == 1
    assert translator.get(f"/zh-Hans/staff/guide/{SLUG}/ug/preview/1").status_code == 200
    assert translator.get(address(SLUG, "history", "ug")).status_code == 200


def test_what_was_begun_is_checked_and_what_was_not_is_asked_for_before_it_is_published(translator):
    form = form_of(translator, DESK)
    name = next(name for name in form if name.startswith("text-"))
    translator.post(DESK, data={**form, name: SAID, "do": "save"})
    translator.get(DESK)
    assert told(translator)
    translator.get(address(SLUG, "publish", "ug"))
    listed = read(translator)
    assert listed.count("This part is not translated yet.") + listed.count("这一部分还没有翻译。") > 5
    assert not any("say" in each.get("class", "") for each in translator.page.all("form"))


def source(app) -> GuideRevision:
    with app.app_context():
        query = select(GuideRevision).where(GuideRevision.slug == SLUG, GuideRevision.language == "zh-Hans")
        return db.session.scalars(query).one()


def test_facts_lists_and_links_are_put_in_by_buttons_and_nothing_is_saved(fresh_app, translator):
    form = form_of(translator, DESK)
    wanted = {at: marks.marks(each.text) for at, each in enumerate(pieces(source(fresh_app).body))}
    steps = next(at for at, each in enumerate(pieces(source(fresh_app).body)) if each.kind == "steps")
    form = pressed(translator, form, f"frame-text-{steps}")
    assert marks.marks(form[f"text-{steps}"]) == wanted[steps]
    doctor = next(at for at, each in enumerate(pieces(source(fresh_app).body)) if each.kind == "doctor")
    form[f"text-{doctor}"] = SAID
    while acts := [act for act in offered(translator) if act.startswith(f"mark-text-{doctor}-")]:
        form = pressed(translator, form, acts[0])
    assert form[f"text-{doctor}"].startswith(SAID)
    assert sorted(marks.marks(form[f"text-{doctor}"])) == sorted(wanted[doctor])
    assert drafts(fresh_app) == 0
    for odd in ("mark-text-99-0", "mark-text-0-99", "frame-text-99", "mark-title-7"):
        assert pressed(translator, form, odd)[f"text-{doctor}"] == form[f"text-{doctor}"]


def pressed(client, form: dict[str, str], act: str) -> dict[str, str]:
    """Press a button that changes only the form, and return the form as it then is."""
    assert client.post(DESK, data={**form, "do": act}).status_code == 200
    return fields(client)


def offered(client) -> list[str]:
    """Return what the buttons of the page do."""
    return [each.get("value", "") for each in client.page.all("button")]


def test_two_who_begin_at_once_lose_neither_text(fresh_app, translator):
    other = fresh_app.test_client()
    sign_in(other, REVIEWER)
    mine, theirs = form_of(translator, DESK), form_of(other, DESK)
    assert other.post(DESK, data={**theirs, "title": "بىر", "do": "save"}).status_code == 303
    answer = translator.post(DESK, data={**mine, "title": "ئىككى", "do": "save"})
    assert answer.status_code == 409
    assert fields(translator)["title"] == "ئىككى"
    assert drafts(fresh_app) == 2


def test_a_whole_translation_is_published(fresh_app, translator):
    """Every block in other words with the marks of its source: nothing is wrong, and readers get it."""
    form = form_of(translator, DESK)
    form |= {"title": SAID, "summary": SAID}
    for at, each in enumerate(pieces(source(fresh_app).body)):
        lines = (marks.frame(each.text) or SAID * bool(each.text)).split("\n")
        form[f"text-{at}"] = "\n".join(f"{line} {SAID}" if line.strip() else "" for line in lines)
        if each.heading:
            form[f"heading-{at}"] = SAID
    assert translator.post(DESK, data={**form, "do": "publish"}).location.endswith("/publish")
    assert published(translator, SLUG, code="ug", do="submit").status_code == 303
    reviewer = fresh_app.test_client()
    sign_in(reviewer, REVIEWER)
    assert published(reviewer, SLUG, code="ug").status_code == 303
    assert SAID in fresh_app.test_client().get(f"/ug/guide/{SLUG}").text
