"""What every page must be. One function a rule; each yields the sentences a reviewer would write."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import brotli
import html5lib

Element = Any
CHROME = {"script", "style", "template", "title"}
LABELLED = {"input", "select", "textarea"}
NO_LABEL = {"hidden", "submit", "button", "image", "reset"}
LOADED = {
    ("script", "src"), ("img", "src"), ("link", "href"), ("source", "src"), ("iframe", "src"),
    ("form", "action"),
}  # fmt: skip
DATA_SCRIPTS = {"application/json", "application/ld+json"}
PRINTED_PYTHON = re.compile(r"%\(|\{\{|\}\}|\{%|&lt;bdi|<bdi|^\s*None\s*$|\bUndefined\b|Markup\(|datetime\.")
ORDERED = {
    "date": re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])"),
    "range of times": re.compile(r"\d{1,2}:\d{2}\s*[-–—]\s*\d{1,2}:\d{2}"),
    "telephone number": re.compile(r"(?<![\d-])(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}|123(?:45|56|38|15))(?![\d-])"),
    "code": re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])"),
}
BUDGETS = {
    "facilities.find": (26 * 1024, 7_600),
    "facilities.facility": (36 * 1024, 10_000),
    "guide.article": (36 * 1024, 10_000),
    "site.area": (64 * 1024, 12_500),
    "guide_staff.edit": (72 * 1024, 14_000),
}
BUDGET = (28 * 1024, 10_000)
"""Bytes of a page before and after brotli. Compressed, a page fits the first window of a connection
(14.6 kB), a page of results nearly fits it twice. An area's page is a document: every office and duty; so are
a text with all it rests on, and a text that is being written, each block of it in fields."""
TWO_BYTES = (1.65, 1.1)
"""Arabic letters take two bytes where Latin ones take one; so much more may a page weigh before and after."""


@dataclass
class Page:
    """One HTML answer, parsed as a browser would parse it."""

    html: bytes
    path: str
    lang: str = "en"
    direction: str = "ltr"
    endpoint: str = ""
    method: str = "GET"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies_set: tuple[str, ...] = ()

    @cached_property
    def _parser(self) -> Any:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        self._root = parser.parse(self.html, transport_encoding="utf-8")
        return parser

    @cached_property
    def root(self) -> Element:
        return self._parser and self._root

    @cached_property
    def errors(self) -> list[str]:
        return [f"line {place[0]}: {code} {data or ''}".strip() for place, code, data in self._parser.errors]

    @cached_property
    def parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.root.iter() if element.tag in tags]

    def ancestors(self, element: Element) -> Iterator[Element]:
        """Yield the element and everything it stands in, from the inside out."""
        while element is not None:
            yield element
            element = self.parents.get(element)

    def texts(self) -> Iterator[tuple[str, Element]]:
        """Yield every visible piece of text with the element it stands directly in."""
        for element in self.root.iter():
            if isinstance(element.tag, str) and element.tag not in CHROME and element.text:
                yield element.text, element
            if element.tail and element in self.parents and self.parents[element].tag not in CHROME:
                yield element.tail, self.parents[element]


def words(element: Element) -> str:
    """Return all text of an element on one line, without the isolation marks of bidi."""
    return " ".join("".join(element.itertext()).replace("\u2068", "").replace("\u2069", "").split())


def named(page: Page, element: Element) -> str:
    """Return what a screen reader would call a link or button: its text or a label on it or in it."""
    return words(element) or next(
        (inner.get(name) for inner in element.iter() for name in ("aria-label", "alt") if inner.get(name)), ""
    )


def valid_html(page: Page) -> Iterator[str]:
    yield from (f"the HTML is not valid: {error}" for error in page.errors[:5])


def language(page: Page) -> Iterator[str]:
    html = page.all("html")[0]
    if html.get("lang") != page.lang:
        yield f"<html lang> is {html.get('lang')!r}; the address says {page.lang!r}"
    if html.get("dir") != page.direction:
        yield f"<html dir> is {html.get('dir')!r}; {page.lang} is written {page.direction}"


def headings(page: Page) -> Iterator[str]:
    found = page.all("h1")
    if len(found) != 1:
        yield f"there are {len(found)} h1; a page has exactly one"
        return
    title = " ".join(words(title) for title in page.all("title"))
    if not words(found[0]):
        yield "the h1 is empty"
    elif not re.match(rf"(?:[^:：]{{1,30}}[:：]\s*)?{re.escape(words(found[0]))}", title):
        yield f"the title “{title}” does not begin with the h1 “{words(found[0])}”"


def unique_ids(page: Page) -> Iterator[str]:
    counts = Counter(element.get("id") for element in page.root.iter() if element.get("id"))
    yield from (f"the id “{name}” is used {count} times" for name, count in counts.items() if count > 1)
    for element in page.root.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in counts:
                    yield f"{attribute}=“{name}” points at nothing"


def labels(page: Page) -> Iterator[str]:
    pointed = {label.get("for") for label in page.all("label") if words(label)}
    for element in page.all(*LABELLED):
        if element.tag == "input" and element.get("type", "text") in NO_LABEL:
            continue
        wrapped = any(each.tag == "label" and words(each) for each in page.ancestors(element))
        spoken = element.get("aria-label") or element.get("aria-labelledby")
        if not (wrapped or spoken or (element.get("id") and element.get("id") in pointed)):
            yield f"the field “{element.get('name')}” has no label"
    for group in page.all("fieldset"):
        if not any(child.tag == "legend" and words(child) for child in group):
            yield "a fieldset has no legend"


def csrf(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        if not any(each.get("name") == "csrf_token" and each.get("value") for each in form.iter("input")):
            yield f"the form that posts to {form.get('action') or 'this page'} has no CSRF token"


def no_inline_code(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or (
            element.tag == "script" and not element.get("src") and element.get("type") not in DATA_SCRIPTS
        ):
            yield f"there is an inline <{element.tag}>; the security policy forbids it"
        for name in element.keys():  # noqa: SIM118 - an element is not a mapping
            if name == "style" or re.fullmatch(r"on[a-z]+", str(name)):
                yield f"<{element.tag}> has a {name} attribute; the security policy forbids it"


def links(page: Page) -> Iterator[str]:
    for element in page.all("a", "button"):
        if not named(page, element):
            yield f"a <{element.tag}> to {element.get('href') or 'nowhere'} has no text"
        if element.tag == "a" and (element.get("href") or "").strip() in {"", "#"}:
            yield f"the link “{named(page, element)}” leads nowhere"
    for image in page.all("img"):
        if image.get("alt") is None:
            yield f"the picture {image.get('src')} has no alt"


def nothing_leaks(page: Page) -> Iterator[str]:
    for text, element in page.texts():
        found = PRINTED_PYTHON.search(text)
        if found and element.tag != "textarea":  # there stands what a person typed
            yield f"“{found[0]}” is shown to readers in <{element.tag}>: “{text.strip()[:60]}”"
    for element in page.root.iter():
        for name, value in element.items():
            if "%(" in value or "{{" in value:
                yield f"the attribute {name} shows “{value[:60]}”"


def own_origin(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        for tag, attribute in LOADED:
            if element.tag != tag or (tag == "link" and element.get("rel") in {"canonical", "alternate"}):
                continue
            target = urlsplit(element.get(attribute) or "")
            if target.netloc and target.netloc.partition(":")[0] not in {"localhost", "127.0.0.1"}:
                yield f"<{tag}> loads from {target.netloc}; pages load only from their own site"


def light(page: Page) -> Iterator[str]:
    raw, packed = BUDGETS.get(page.endpoint, BUDGET)
    if page.direction == "rtl":
        raw, packed = int(raw * TWO_BYTES[0]), int(packed * TWO_BYTES[1])
    if len(page.html) > raw:
        yield f"the page weighs {len(page.html):,} bytes; at most {raw:,} are allowed"
    size = len(brotli.compress(page.html, quality=4))
    if size > packed:
        yield f"the page weighs {size:,} bytes compressed; at most {packed:,} are allowed"


def public_answer(page: Page) -> Iterator[str]:
    caching = page.headers.get("Cache-Control", "")
    if caching.startswith("public") and page.cookies_set:
        yield f"a page anyone may keep sets the cookies {', '.join(page.cookies_set)}"
    if not caching:
        yield "nothing says whether the page may be kept (Cache-Control)"
    policy = page.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe-inline" in policy:
        yield "the Content-Security-Policy is missing or allows inline code"
    for name, value in {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}.items():
        if page.headers.get(name) != value:
            yield f"the header {name}: {value} is missing"
    if "Referrer-Policy" not in page.headers:
        yield "the header Referrer-Policy is missing"


def isolated(page: Page) -> Iterator[str]:
    """On right-to-left pages a date, a time, a number or a code turns round unless it is isolated."""
    if page.direction != "rtl":
        return
    for text, element in page.texts():
        for what, pattern in ORDERED.items():
            found = pattern.search(text)
            if found and not _keeps_order(page, element):
                yield f"the {what} “{found[0]}” is not isolated in <{element.tag}>: it turns round here"


def _keeps_order(page: Page, element: Element) -> bool:
    return any(
        each.tag in {"bdi", "time", "option", "textarea", "code", "svg"} or each.get("dir") == "ltr"
        for each in page.ancestors(element)
    )


RULES = (
    valid_html, language, headings, unique_ids, labels, csrf, no_inline_code, links, nothing_leaks,
    own_origin, light, public_answer, isolated,
)  # fmt: skip


def faults(page: Page) -> list[str]:
    """Return everything that is wrong with a page."""
    return [f"{page.path}: {sentence}" for rule in RULES for sentence in rule(page)]
