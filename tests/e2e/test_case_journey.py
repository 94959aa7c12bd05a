"""A case from the telephone of a resident to the counter and back, in a real browser on a real server."""

import base64
import io
import json
import re
import shutil
from itertools import count

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e import walks
from tests.e2e.conftest import DESKTOP, PHONE, Watch
from tests.e2e.test_layout import STICKING_OUT
from tests.e2e.walks import HEALTH, MARKET, Officer, Resident, picture, press

STORY = (
    "بۇ ئۆيدە ئون نەچچە كىچىك بالا بېقىلىدۇ، ئىشىكىدە ۋىۋىسكا يوق. ئاشخانىدا گاز بوتۇلكىسى تۇرىدۇ، "
    "كۆپىنچە پەقەت بىرلا ئايال قارايدۇ. مەن بۇنى ئۆتكەن ئايدىن بېرى كۆرۈۋاتىمەن."
)
ANSWER = "ئىككىنچى قەۋەتتە، كىرىش ئىشىكى ھويلا تەرەپتە. ئەتىگەن سائەت سەككىزدە بالىلارنى ئېلىپ كېلىدۇ."
UNHAPPY = "بۈگۈن ئەتىگەندىمۇ بالىلارنى ئېلىپ كەلدى، ئىشىك تاقالمىدى، گاز بوتۇلكىسىمۇ ئورنىدا تۇرىدۇ."
QUESTION = "بالىلار قايسى قەۋەتتە تۇرىدۇ، كىرىش ئىشىكى قايسى تەرەپتە؟"
REPLY = {
    "facts": "ئۆتكەن پەيشەنبە كۈنى نەق مەيدانغا باردۇق، ئون بىر بالا بېقىلىۋاتقانلىقىنى كۆردۇق.",
    "grounds": "مەلۇم قىلىنغان ئەھۋال راست: ئورۇن ئەنگە ئالدۇرۇلمىغان، ئوت ئۆچۈرۈش شەرتى يوق.",
    "basis": "بالا بېقىش ئورۇنلىرىنى باشقۇرۇش چارىسىنىڭ سەككىزىنچى ماددىسىغا ئاساسلاندۇق.",
    "decision": "ئون كۈن ئىچىدە ئەنگە ئالدۇرۇشى، گاز بوتۇلكىسىنى ھازىرلا ئېلىۋېتىشى تەلەپ قىلىندى.",
    "remedies": "جاۋابقا نارازى بولسىڭىز، ئوتتۇز كۈن ئىچىدە دېلونى قايتا ئاچالايسىز.",
}
AGAIN = {
    **REPLY,
    "facts": "بۈگۈن ئۈچ تارماق بىرلىكتە قايتا باردۇق، ئورۇن تاقالدى، بالىلار ئائىلىسىگە قايتۇرۇلدى.",
    "decision": "ئورۇن تاقالدى؛ ئەنگە ئالدۇرۇلغان ئورۇنلارنىڭ تىزىملىكى ئاتا-ئانىلارغا بېرىلدى.",
}


@pytest.fixture(scope="module")
def site(loaded, tmp_path_factory):
    with walks.site(loaded, tmp_path_factory.mktemp("walks")) as running:
        yield running


@pytest.fixture
def recorded(browser, site, tmp_path):
    """Give a function that opens a browser of somebody's own, and one that returns all it was served."""
    numbers, open_ = count(), {}

    def open_page(lang: str, size: dict[str, int], *, scripts: bool) -> Page:
        har = tmp_path / f"{next(numbers)}.har"
        context = browser.new_context(
            base_url=site.address, viewport=size, java_script_enabled=scripts, locale=lang,
            record_har_path=har, record_har_content="embed",
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(10_000)
        open_[har] = page, Watch(page, site.address)
        return page

    def close() -> dict[Page, list[dict]]:
        served = {}
        for har, (page, watch) in open_.items():
            page.context.close()
            assert not watch.foreign, f"the page asked other sites: {watch.foreign}"
            said = [each for each in watch.console if "status of 4" not in each]
            assert not said, f"the console says: {said}"
            served[page] = json.loads(har.read_text("utf-8"))["log"]["entries"]
        open_.clear()
        return served

    yield open_page, close
    for page, _watch in open_.values():
        page.context.close()


def stands(page: Page) -> None:
    """Nothing of the page sticks out."""
    found = page.evaluate(STICKING_OUT)
    assert not found, f"{page.url}: {found}"


def fills_in(resident: Resident, mark: str) -> str:
    """Report care without a filing, with a photo and without a name; returns the case number."""
    page = resident.page
    resident.begins()
    resident.says_where("بازار كوچىسى 12-نومۇر، 2-قەۋەت")
    expect(page.locator("input[value=unlic]")).to_be_checked()
    stands(page)
    resident.says_what("unlic", STORY, "ئۆتكەن ئايدىن بېرى")
    resident.adds("IMG_0001.jpg", walks.photo(mark.encode()))
    picture(page, "04-files")
    small = page.context.request.get(page.locator(".pics img").evaluate("(each) => each.src")).body()
    assert not Image.open(io.BytesIO(small)).getexif()
    resident.stays_unnamed()
    stands(page)
    picture(page, "06-check")
    resident.sends()
    return receipt(resident)


def receipt(resident: Resident) -> str:
    """Look at the receipt, mistype the code once, confirm it, leave. Returns the case number."""
    page = resident.page
    stands(page)
    picture(page, "07-receipt")
    assert re.fullmatch(r"\d{20}", resident.code)
    square = base64.b64decode(page.locator(".qr img").get_attribute("src").removeprefix("data:image/png;base64,"))
    size = Image.open(io.BytesIO(square), formats=["PNG"]).size
    assert size[0] == size[1] > 100
    number = page.locator("strong.code").inner_text()
    wrong = f"{(int(resident.code[-4:]) + 1) % 10_000:04}"
    page.locator("#last_four").fill(wrong)
    assert press(page, "form[action$='/received'] button").status == 400
    assert "".join(page.locator(".bigcode span").all_inner_texts()) == resident.code, "it is shown still"
    page.locator("#last_four").fill(resident.code[-4:])
    assert press(page, "form[action$='/received'] button").ok
    assert resident.path == "/report/received"
    assert resident.code[:4] not in page.locator("main").inner_text()
    stands(page)
    picture(page, "08-received")
    press(page, "form[action$='/leave'] button")
    return number


def test_a_report_without_a_name_is_answered_opened_again_and_closed(site, recorded, tmp_path):
    open_page, close = recorded
    mark, note = walks.canary(), walks.canary()
    resident = Resident(open_page("ug", PHONE, scripts=False), "ug", walks.answers(site.app, "ug"))
    number = fills_in(resident, mark)
    resident.opens()
    picture(resident.page, "09-case")

    people = {}
    for handle, made in site.staff.items():
        people[handle] = Officer(open_page("zh-CN", DESKTOP, scripts=True), made)
        people[handle].signs_in()
    one, two, market = people["walk-town-1"], people["walk-town-2"], people["walk-market"]
    one.opens(number)
    one.steps("sign", declared_free="y")
    one.steps("start")
    one.asks(QUESTION)
    one.notes(f"先不惊动对方，周四上午联合检查。{note}")

    page = resident.page
    resident.opens()
    expect(page.locator(".note .said")).to_have_text(QUESTION)
    picture(page, "10-asked")
    page.locator("#text").fill(ANSWER)
    press(page, "#write button")
    stands(page)

    one.steps("add-co", target=MARKET, reason="请核查该处是否有食品经营许可和营业执照，三日内反馈。")
    picture(one.page, "12-joint")
    stands(one.page)
    market.opens(number)
    market.steps("task-reply", answer="现场无营业执照，也无食品经营许可；已依法登记并责令停止经营。")
    picture(market.page, "13-helper")
    assert ANSWER not in market.page.content(), "a co-handler does not read the conversation"

    answer_it(number, one, [two, people["walk-lead-1"]], REPLY, "15-approve")
    resident.opens()
    for text in REPLY.values():
        expect(page.locator("#reply")).to_contain_text(text)
    picture(page, "16-replied")
    resident.rates(1, "no")
    page.locator("#reopen summary").click()
    page.locator("#reason").fill(UNHAPPY)
    press(page, "#reopen button")
    picture(page, "17-reopened")

    answer_it(number, one, [two, people["walk-lead-2"]], AGAIN, "18-approve-again")
    resident.opens()
    expect(page.locator("#reply")).to_contain_text(AGAIN["decision"])
    resident.rates(5, "yes", "رەھمەت، ئەمدى ئىشىك تاقالدى.")
    assert page.locator("#rate, #reopen").count() == 0
    picture(page, "19-closed")
    stands(page)
    one.opens(number)
    picture(one.page, "20-whole")
    press(page, "main .row form button")
    keeps_its_secrets(site, close(), page, resident.code, mark, note)


def answer_it(number: str, author: Officer, approvers: list[Officer], parts: dict[str, str], name: str) -> None:
    """Write a reply and have it approved twice; its author cannot approve it."""
    author.opens(number)
    author.replies(parts)
    assert author.page.locator("a[href$='/approve']").count() == 0 or not may_approve(author)
    for each in approvers:
        each.opens(number)
        if each is approvers[-1]:
            press(each.page, "a[href$='/approve']")
            picture(each.page, name)
            stands(each.page)
            each.page.go_back()
        each.approves()


def may_approve(officer: Officer) -> bool:
    press(officer.page, "a[href$='/approve']")
    return officer.page.locator("button[value=approve]").count() > 0


def keeps_its_secrets(site, served, theirs: Page, code: str, mark: str, note: str) -> None:
    """What the photo said is served to nobody, the code is in no address, the note is not the resident's."""
    seen = 0
    for page, entries in served.items():
        for entry in entries:
            content = entry["response"]["content"]
            text = content.get("text", "")
            body = base64.b64decode(text) if content.get("encoding") == "base64" else text.encode()
            assert mark.encode() not in body, f"{entry['request']['url']} tells where the photo was taken"
            if content["mimeType"].startswith("image/jpeg") and body:
                seen += 1
                assert not Image.open(io.BytesIO(body)).getexif()
            assert page is not theirs or note.encode() not in body, "a note for colleagues reached the resident"
            assert code not in re.sub(r"%20|[+ -]", "", addresses_in(entry))
    assert seen >= 2, "the resident and an officer looked at the photo"
    for path in (*site.data.rglob("*"), site.data.parent / "log"):
        if path.is_file():
            assert not [each for each in (mark, code) if each.encode() in path.read_bytes()], path


def addresses_in(entry: dict) -> str:
    """Return every address that a request and its answer name."""
    named = {"referer", "location", "content-location", "link", "refresh"}
    headers = [*entry["request"]["headers"], *entry["response"]["headers"]]
    found = [each["value"] for each in headers if each["name"].lower() in named]
    return " ".join([entry["request"]["url"], entry["response"]["redirectURL"], *found])
