"""A case from the telephone of a resident to the counter and back, in a real browser on a real server."""

import base64
import dataclasses
import io
import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e import case_site
from tests.e2e.conftest import DESKTOP, PHONE, Watch
from tests.e2e.test_accessible import SMALL_TARGETS, TAGS, focused
from tests.e2e.test_layout import LANGUAGES, STICKING_OUT
from tests.e2e.walks import Officer, Resident, lang_of, picture, press
from tests.unit.core.photo_files import CANARY

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
ASIDE = "备注代号九四七一"
AGAIN = {
    **REPLY,
    "facts": "بۈگۈن ئۈچ تارماق بىرلىكتە قايتا باردۇق، ئورۇن تاقالدى، بالىلار ئائىلىسىگە قايتۇرۇلدى.",
    "decision": "ئورۇن تاقالدى؛ ئەنگە ئالدۇرۇلغان ئورۇنلارنىڭ تىزىملىكى ئاتا-ئانىلارغا بېرىلدى.",
}

RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def site(loaded, tmp_path_factory):
    made = {}
    with case_site.site(
        loaded, tmp_path_factory.mktemp("walks"), lambda: made.update(case_site.cases())
    ) as running:
        yield dataclasses.replace(running, cases=made)


class Windows:
    """Browsers of different people; each has cookies of its own."""

    def __init__(self, browser: Browser, own: str, folder: Path) -> None:
        self.browser, self.own, self.folder = browser, own, folder
        self.open_: dict[Page, Watch] = {}

    def open(self, lang: str, size: dict[str, int], *, scripts: bool = True, kept: bool = False) -> Page:
        """Open a window; with `kept` all it is served is recorded."""
        record = {"record_har_path": self.recording(len(self.open_))} if kept else {}
        context = self.browser.new_context(
            base_url=self.own, viewport=size, java_script_enabled=scripts, locale=lang, **record
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        self.open_[page] = Watch(page, self.own)
        return page

    def recording(self, number: int) -> Path:
        return self.folder / f"{number}.har"

    def close(self) -> dict[Page, list[dict]]:
        """Close all; none may have complained or asked other sites. Returns what was recorded."""
        served = {}
        for number, (page, watch) in enumerate(self.open_.items()):
            page.context.close()
            if self.recording(number).exists():
                served[page] = json.loads(self.recording(number).read_text("utf-8"))["log"]["entries"]
            said = [each for each in watch.console if "the server responded with a status of 4" not in each]
            assert not said + watch.foreign
        self.open_ = {}
        return served


@pytest.fixture
def windows(browser, site, tmp_path):
    found = Windows(browser, site.address, tmp_path)
    yield found
    for page in found.open_:
        page.context.close()


def stands(page: Page) -> None:
    """Nothing of the page sticks out."""
    found = page.evaluate(STICKING_OUT)
    assert not found, f"{page.url}: {found}"


def fills_in(resident: Resident) -> str:
    """Report care without a filing, with a photo and without a name; returns the case number."""
    page = resident.page
    resident.begins()
    resident.says_where("بازار كوچىسى 12-نومۇر، 2-قەۋەت")
    expect(page.locator("input[value=unlic]")).to_be_checked()
    stands(page)
    resident.says_what("unlic", STORY, "ئۆتكەن ئايدىن بېرى")
    resident.adds("IMG_0001.jpg", case_site.photo())
    picture(page, "1-files")
    small = page.context.request.get(page.locator(".pics img").evaluate("(each) => each.src")).body()
    assert not Image.open(io.BytesIO(small)).getexif()
    resident.stays_unnamed()
    stands(page)
    picture(page, "2-check")
    resident.sends()
    return receipt(resident)


def receipt(resident: Resident) -> str:
    """Look at the receipt, mistype the code once, confirm it, leave. Returns the case number."""
    page = resident.page
    stands(page)
    picture(page, "3-receipt")
    assert re.fullmatch(r"\d{20}", resident.code)
    square = base64.b64decode(
        page.locator(".qr img").get_attribute("src").removeprefix("data:image/png;base64,")
    )
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
    picture(page, "4-received")
    press(page, "form[action$='/leave'] button")
    return number


def test_a_report_without_a_name_is_answered_opened_again_and_closed(site, windows):
    resident = Resident(
        windows.open("ug", PHONE, scripts=False, kept=True), "ug", case_site.answers(site.app, "ug")
    )
    number = fills_in(resident)
    resident.opens()

    people = {}
    for handle in case_site.PEOPLE:
        people[handle] = Officer(windows.open("zh-CN", DESKTOP, kept=True), site.staff[handle])
        people[handle].signs_in()
    one, two, market = people["walk-town-1"], people["walk-town-2"], people["walk-market"]
    one.opens(number)
    one.steps("sign", declared_free="y")
    one.steps("start")
    one.asks(QUESTION)
    one.notes(f"先不惊动对方，周四上午联合检查。{ASIDE}")

    page = resident.page
    resident.opens()
    expect(page.locator(".note .said")).to_have_text(QUESTION)
    picture(page, "5-asked")
    page.locator("#text").fill(ANSWER)
    press(page, "#write button")
    stands(page)

    one.steps(
        "add-co", target=case_site.MARKET, reason="请核查该处是否有食品经营许可和营业执照，三日内反馈。"
    )
    picture(one.page, "6-joint")
    stands(one.page)
    market.opens(number)
    market.steps("task-reply", answer="现场无营业执照，也无食品经营许可；已依法登记并责令停止经营。")
    picture(market.page, "7-helper")
    assert ANSWER not in market.page.content(), "a co-handler does not read the conversation"

    answer_it(number, one, [two, people["walk-lead-1"]], REPLY, "8-approve")
    resident.opens()
    for text in REPLY.values():
        expect(page.locator("#reply")).to_contain_text(text)
    picture(page, "9-replied")
    resident.rates(1, "no")
    page.locator("#reopen summary").click()
    page.locator("#reason").fill(UNHAPPY)
    press(page, "#reopen button")

    answer_it(number, one, [two, people["walk-lead-2"]], AGAIN, "")
    resident.opens()
    expect(page.locator("#reply")).to_contain_text(AGAIN["decision"])
    resident.rates(5, "yes", "رەھمەت، ئەمدى ئىشىك تاقالدى.")
    assert page.locator("#rate, #reopen").count() == 0
    picture(page, "91-closed")
    stands(page)
    one.finds(number)
    press(page, "main .row form button")
    keeps_its_secrets(site, windows.close(), page, resident.code)


def answer_it(
    number: str, author: Officer, approvers: list[Officer], parts: dict[str, str], name: str
) -> None:
    """Write a reply and have it approved twice; its author cannot approve it."""
    author.opens(number)
    author.replies(parts)
    assert author.page.locator("a[href$='/approve']").count() == 0 or not may_approve(author)
    for each in approvers:
        each.opens(number)
        if each is approvers[-1]:
            press(each.page, "a[href$='/approve']")
            stands(each.page)
            if name:
                picture(each.page, name)
            each.page.go_back()
        each.approves()


def may_approve(officer: Officer) -> bool:
    press(officer.page, "a[href$='/approve']")
    return officer.page.locator("button[value=approve]").count() > 0


def keeps_its_secrets(site, served, theirs: Page, code: str) -> None:
    """What the photo said is served to nobody, the code is in no address, the note is not the resident's."""
    shown = noted = 0
    for page, entries in served.items():
        for entry in entries:
            content = entry["response"]["content"]
            text = content.get("text", "")
            body = base64.b64decode(text) if content.get("encoding") == "base64" else text.encode()
            assert CANARY not in body, f"{entry['request']['url']} tells where the photo was taken"
            assert page is not theirs or ASIDE.encode() not in body, "a note for colleagues left the offices"
            noted += ASIDE.encode() in body
            assert code not in re.sub(r"%20|[+ -]", "", addresses_in(entry))
            if content["mimeType"].startswith("image/jpeg") and body:
                assert not Image.open(io.BytesIO(body)).getexif()
                shown += 1
    assert noted, "officers read the note"
    assert shown >= 2, "the resident and an officer looked at the photo"
    for path in (*site.data.rglob("*"), site.data.parent / "log"):
        if path.is_file():
            assert not [each for each in (CANARY, code.encode()) if each in path.read_bytes()], path


def addresses_in(entry: dict) -> str:
    """Return every address that a request and its answer name."""
    named = {"referer", "location", "content-location", "link", "refresh"}
    headers = [*entry["request"]["headers"], *entry["response"]["headers"]]
    found = [each["value"] for each in headers if each["name"].lower() in named]
    return " ".join([entry["request"]["url"], entry["response"]["redirectURL"], *found])


class Keys:
    """A page that is used with a keyboard only."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self, selector: str) -> bool:
        return self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector)

    def to(self, selector: str) -> None:
        """Press Tab until something has the focus, which must be seen."""
        for _step in range(80):
            self.page.keyboard.press("Tab")
            if self.at(selector):
                assert focused(self.page)["ring"], f"nobody sees that {selector} has the focus"
                return
        pytest.fail(f"Tab never reaches {selector} of {self.page.url}")

    def leaves(self, selector: str = "main form button.btn:not(.sec)") -> str:
        """Go to a link or a button and press Enter; returns the address that follows."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.page.url

    def picks(self, name: str, value: str) -> None:
        """Choose one of several buttons, or a line of a list, with the arrow keys."""
        self.to(f"[name={name}]")
        for _step in range(30):
            if self.page.evaluate("(at) => document.activeElement.value === at", value):
                break
            self.page.keyboard.press("ArrowDown")
        if self.at("[type=radio]:not(:checked)"):
            self.page.keyboard.press("Space")
        assert self.at("select, :checked")
        assert self.page.evaluate("() => document.activeElement.value") == value


def test_a_keyboard_is_enough_to_report(site, windows):
    page = windows.open("zh-CN", PHONE)
    keys = Keys(page)
    page.goto("/zh-Hans/report")
    assert "/report/purpose" in keys.leaves("main .acts a.btn")
    keys.picks("purpose", "report")
    assert "/report/where" in keys.leaves()
    assert "/report/place" in keys.leaves("a[href*='/report/place']")
    keys.to("#address")
    page.keyboard.type("枫桥镇步森大道旁二楼")
    keys.picks("area", case_site.COUNTY)
    assert "/report/subject" in keys.leaves(), "the address names the township"
    assert "/report/story" in keys.leaves(), "the subject that fits is chosen already"
    keys.picks("child_safety", "none")
    keys.to("#story")
    page.keyboard.type("居民楼里有人收了十来个孩子，门口没有牌子，厨房里放着煤气罐。")
    assert "/report/files" in keys.leaves()
    assert "/report/you" in keys.leaves("main form button.btn:not([value=add])")
    assert "/report/check" in keys.leaves()
    expect(page.locator("main")).to_contain_text("枫桥镇人民政府")
    keys.to("#notice")
    page.keyboard.press("Space")
    keys.to("#answer")
    page.keyboard.type("9")
    keys.to("button[value=send]")
    picture(page, "2-check")
    expect(page.locator("#notice")).to_be_checked()
    windows.close()


class Inspection:
    """What is wrong with the pages of one person, in one language."""

    def __init__(self, page: Page, usual: dict[str, int]) -> None:
        self.page, self.usual, self.found = page, usual, []

    def look(self, address: str = "", name: str = "") -> None:
        """Look at a page, or at the one that is open: layout at both widths, targets, axe."""
        page = self.page
        if address:
            answer = page.goto(address)
            assert answer.status < 400 or "wrong" in name, f"{address}: {answer.status}"
        where = f"{lang_of(page)} {name or page.url}"
        for size in (DESKTOP, PHONE) if self.usual == PHONE else (PHONE, DESKTOP):
            page.set_viewport_size(size)
            self.note(f"{where} at {size['width']}", page.evaluate(STICKING_OUT))
            if size == PHONE:
                self.note(f"{where} has small targets", page.evaluate(SMALL_TARGETS))
        for each in Axe().run(page, options=RULES).response["violations"]:
            self.note(f"{where} {each['id']}", [node["html"][:140] for node in each["nodes"][:3]])

    def note(self, what: str, found: object) -> None:
        if found:
            self.found.append(f"{what}: {found}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_a_report_is_accessible(site, windows, lang):
    page = windows.open(lang, PHONE)
    look = Inspection(page, PHONE)
    resident = Resident(page, lang, case_site.answers(site.app, lang))
    for step in resident.files(STORY, case_site.photo()):
        look.look(name=step)
    resident.code = site.cases["asked"].code
    look.look(f"/{lang}/track")
    for state in ("asked", "replied"):
        resident.code = site.cases[state].code
        resident.opens()
        page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
        look.look(name=state)
    windows.close()
    assert not look.found, "\n".join(look.found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_the_counter_is_accessible(site, windows, lang):
    page = windows.open(lang, DESKTOP)
    look = Inspection(page, DESKTOP)
    Officer(page, site.staff[f"walk-{lang.lower()}"], lang).signs_in()
    kept = [
        each for number, each in enumerate(case_site.SOME) if number % len(LANGUAGES) == LANGUAGES.index(lang)
    ]
    for path in (*case_site.ALWAYS, *kept):
        look.look(f"/{lang}/staff{path.format(**{name: case.number for name, case in site.cases.items()})}")
    windows.close()
    assert not look.found, "\n".join(look.found)
