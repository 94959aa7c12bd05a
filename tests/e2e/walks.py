"""Walks through a case in the browser: a resident's way, an officer's way.

Nothing here knows a sentence of a page: fields are found by name, steps by address, so that the walks are the
same in every language.
"""

import re
import time
from collections.abc import Iterator

from playwright.sync_api import Page, Response

from tests.e2e.case_site import COUNTY, TOWN
from tests.e2e.conftest import SCREENS
from tests.factories.accounts import Made

AS_LONG_AS_A_PERSON = 3.2
"""Seconds that must lie between seeing the check page and sending it."""


def press(page: Page, selector: str) -> Response:
    """Press a button or follow a link and return the answer of the page it leads to."""
    with page.expect_navigation() as navigation:
        page.locator(selector).first.click()
    return navigation.value


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page."""
    SCREENS.mkdir(exist_ok=True)
    width = page.viewport_size["width"]
    page.screenshot(path=SCREENS / f"case-{name}-{lang_of(page)}-{width}.png", full_page=True)


def lang_of(page: Page) -> str:
    """Return the language of the open page."""
    return page.locator("html").get_attribute("lang")


class Resident:
    """Somebody with a telephone."""

    def __init__(self, page: Page, lang: str, known: dict[str, int]) -> None:
        self.page, self.lang, self.known = page, lang, known
        self.seen_check = 0.0
        self.code = ""

    def go(self, path: str) -> None:
        """Open an address in one's language."""
        self.page.goto(f"/{self.lang}{path}")

    def on(self) -> str:
        """Press the button that leads on, and return the path that follows."""
        press(self.page, "main form button.btn:not(.sec):not([value=add])")
        return self.path

    @property
    def path(self) -> str:
        """The path of the open page, without language and question."""
        return re.sub(r"^https?://[^/]+/[^/]+|\?.*$", "", self.page.url)

    def choose(self, name: str, value: str) -> None:
        """Choose one among buttons."""
        self.page.locator(f"input[name='{name}'][value='{value}']").check()

    def begins(self) -> None:
        """See the emergency numbers, go on, and choose to report a breach."""
        self.go("/report")
        press(self.page, "main .acts a.btn")
        self.choose("purpose", "report")
        assert self.on() == "/report/where"

    def says_where(self, address: str, named: str = "") -> None:
        """Say that it is in no list, and where it is."""
        press(self.page, "main a[href*='/report/place']")
        self.page.locator("#named").fill(named)
        self.page.locator("#address").fill(address)
        self.page.locator("#area").select_option(COUNTY)
        if self.page.locator("#township option[value='" + TOWN + "']").count() == 0:
            assert self.on() == "/report/place", "the townships of the county are offered next"
        self.page.locator("#township").select_option(TOWN)
        assert self.on() == "/report/subject"

    def says_what(self, category: str, story: str, happened: str = "") -> None:
        """Choose the subject and tell the story."""
        self.choose("category", category)
        assert self.on() == "/report/story"
        self.choose("child_safety", "none")
        self.page.locator("#story").fill(story)
        self.page.locator("#happened").fill(happened)
        assert self.on() == "/report/files"

    def adds(self, name: str, data: bytes) -> None:
        """Add a photo that shows no children."""
        self.page.locator("#files").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": data})
        press(self.page, "button[value=add]")
        self.choose("children_shown", "no")

    def stays_unnamed(self) -> None:
        """Leave the files and stay anonymous, as is chosen already."""
        assert self.on() == "/report/you"
        assert self.page.locator("input[name=named][value=no]").is_checked()
        assert self.on() == "/report/check"
        self.seen_check = time.monotonic()

    def sends(self) -> None:
        """Answer the question and send; afterwards the receipt is open."""
        asked = " ".join(self.page.locator("label[for=answer]").inner_text().split())
        self.page.locator("#notice").check()
        self.page.locator("#answer").fill(str(self.known[asked]))
        self.page.wait_for_timeout(max(0, AS_LONG_AS_A_PERSON - (time.monotonic() - self.seen_check)) * 1000)
        assert press(self.page, "button[value=send]").status == 200
        assert self.path == "/report/send", self.page.locator("main").inner_text()
        self.code = "".join(self.page.locator(".bigcode span").all_inner_texts())

    def files(self, story: str, data: bytes) -> Iterator[str]:
        """Make a report and yield the name of each page as it is shown, mistakes among them."""
        self.go("/report")
        yield "start"
        press(self.page, "main .acts a.btn")
        self.on()
        yield "purpose, wrong"
        self.choose("purpose", "report")
        self.on()
        self.page.locator("#q").fill("托育")
        press(self.page, "button[value=search]")
        yield "where"
        press(self.page, "main a[href*='/report/place']")
        yield "place"
        self.go("/report/where")
        self.says_where("")
        yield "subject"
        self.choose("category", "fire")
        self.on()
        self.on()
        yield "story, wrong"
        self.choose("child_safety", "danger")
        self.choose("grave", "no")
        self.page.locator("#story").fill(story)
        assert self.on() == "/report/urgent"
        yield "urgent"
        assert self.on() == "/report/files"
        sent = {"name": "a.gif", "mimeType": "image/gif", "buffer": b"GIF89a"}
        self.page.locator("#files").set_input_files(sent)
        press(self.page, "button[value=add]")
        yield "files, refused"
        self.adds("IMG_0001.jpg", data)
        yield "files"
        assert self.on() == "/report/you"
        yield "you"
        assert self.on() == "/report/check"
        press(self.page, "button[value=send]")
        self.seen_check = time.monotonic()
        yield "check, wrong"
        self.sends()
        yield "receipt"
        self.page.locator("#last_four").fill(self.code[-4:])
        press(self.page, "form[action$='/received'] button")
        yield "received"

    def opens(self) -> None:
        """Open the case with the code."""
        self.go("/track")
        self.page.locator("#code").fill(self.code)
        assert self.on() == "/track/case"

    def rates(self, stars: int, solved: str, words: str = "") -> None:
        """Rate the reply, which closes the case."""
        self.choose("rating", str(stars))
        self.choose("solved", solved)
        self.page.locator("#words").fill(words)
        press(self.page, "#rate button")


class Officer:
    """Somebody at the counter."""

    def __init__(self, page: Page, made: Made, lang: str = "zh-Hans") -> None:
        self.page, self.made, self.lang, self.number = page, made, lang, ""

    def signs_in(self) -> None:
        """Give the password, then the code of the authenticator."""
        self.page.goto(f"/{self.lang}/staff/sign-in")
        self.page.locator("#handle").fill(self.made.handle)
        self.page.locator("#password").fill(self.made.password)
        press(self.page, "main button:not([type=button])")
        self.page.locator("#code").fill(self.made.code())
        press(self.page, "main button:not([type=button])")
        assert "/sign-in" not in self.page.url

    def opens(self, number: str) -> None:
        """Open a case from the list of one's office."""
        self.number = number
        self.page.goto(f"/{self.lang}/staff/cases")
        press(self.page, f"table a[href$='{number}']")

    def finds(self, number: str) -> None:
        """Open a case, wherever it stands, by its number."""
        self.page.goto(f"/{self.lang}/staff/cases")
        self.page.locator("input[name=number]").fill(number)
        press(self.page, "form.sift button")
        assert self.page.url.endswith(number)

    def steps(self, name: str, **fields: str) -> None:
        """Take a step: a button on the case, or a page with fields."""
        if self.page.locator(f"form[action$='/step/{name}']").count() == 0:
            press(self.page, f"a[href$='/step/{name}']")
        scope = self.page.locator(f"form[action$='/step/{name}'], main .measure form").first
        for box_name, value in fields.items():
            box = scope.locator(f"[name={box_name}]").first
            kind = box.evaluate("(each) => each.type")
            if kind == "checkbox":
                box.check()
            elif kind == "radio":
                scope.locator(f"[name='{box_name}'][value='{value}']").check()
            elif kind == "select-one":
                box.select_option(value)
            else:
                box.fill(value)
        with self.page.expect_navigation():
            scope.locator("button").first.click()
        assert self.page.url.endswith(self.number), self.page.locator("main").inner_text()

    def asks(self, text: str) -> None:
        """Ask the resident."""
        self.page.locator("form.out #kind-question").check()
        self.page.locator("#say-text").fill(text)
        press(self.page, "form.say.out button")

    def notes(self, text: str) -> None:
        """Write a note for colleagues."""
        self.page.locator("#note-text").fill(text)
        press(self.page, "form.say.in button")

    def replies(self, parts: dict[str, str]) -> None:
        """Write a reply and send it to a second person."""
        press(self.page, "a[href$='/reply']")
        for name, text in parts.items():
            self.page.locator(f"#{name}").fill(text)
        press(self.page, "button[value=send]")
        assert "/reply" not in self.page.url, self.page.locator("main").inner_text()

    def approves(self) -> None:
        """Look at the reply that waits, and approve it."""
        press(self.page, "a[href$='/approve']")
        assert press(self.page, "button[value=approve]").ok
