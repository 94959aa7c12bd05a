"""A site for walks through cases: an open inbox, people at its counter, cases that are there already."""

import io
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from flask import Flask
from flask_babel import force_locale, gettext
from PIL import Image, ImageDraw

from app.accounts.model import Account
from app.accounts.rules import Grant, Role
from app.cases.forms.labels import LABELS
from app.cases.model import Case
from app.cases.rules.acts import Event
from app.cases.service import inboxes, record
from app.core.riddles import KINDS
from app.extensions import db
from tests import sites
from tests.e2e.conftest import served
from tests.e2e.test_layout import LANGUAGES
from tests.factories import cases as made
from tests.factories.accounts import Made, make_staff
from tests.factories.counter import ABUSE, FEES, NAMED
from tests.unit.core.photo_files import CANARY, exif

COUNTY, TOWN = "330681", "330681109"
OFFICE, MARKET, HEALTH = f"{TOWN}.office", f"{COUNTY}.market", f"{COUNTY}.health"
PEOPLE = {
    "walk-town-1": (Role.TOWNSHIP_OFFICER, OFFICE, TOWN, "虚构·镇经办员甲"),
    "walk-town-2": (Role.TOWNSHIP_OFFICER, OFFICE, TOWN, "虚构·镇经办员乙"),
    "walk-market": (Role.DEPARTMENT_OFFICER, MARKET, COUNTY, "虚构·市场监管员"),
    "walk-lead-1": (Role.LEAD, HEALTH, COUNTY, "虚构·卫健负责人甲"),
    "walk-lead-2": (Role.LEAD, HEALTH, COUNTY, "虚构·卫健负责人乙"),
}
"""Invented people of real offices, for the length of a test."""
EVERYTHING = (
    Grant(Role.LEAD, made.HEALTH, made.COUNTY),
    Grant(Role.DEPARTMENT_OFFICER, made.MARKET, made.COUNTY),
    Grant(Role.ADMINISTRATOR, "", made.COUNTY),
)
"""What somebody of the fictional county must be to open every page of the counter; one for each language,
because no code of an authenticator is taken twice."""
ALWAYS = (
    "/cases", "/cases/{joint}", "/cases/{grave}", "/cases/{sent}/step/not-accept", "/cases/{joint}/reply",
    "/cases/{waiting}/approve", "/cases/new",
)  # fmt: skip
SOME = (
    "/cases/{joint}/step/add-co", "/cases/{joint}/step/pause", "/cases/{joint}/step/task-override",
    "/cases/{joint}/step/extend", "/cases/{joint}/step/merge", "/cases/{joint}/notice",
    "/cases/{joint}/print", "/cases/{sent}/step/object", "/cases/{sent}/step/transfer",
    "/cases/{sent}/step/refer", "/cases/{grave}/alarm", "/cases/{grave}/gate", "/cases/{grave}/hold",
    "/cases/{grave}/reveal", "/cases/reveals", "/cases/{joint}/say", "/cases/{joint}/note",
    "/me", "/accounts", "",
)  # fmt: skip
"""Addresses of the counter: looked at in every language, and in one language each."""


@dataclass(frozen=True)
class Site:
    """A running site: its address, its folder, who works there, and the program on the same data."""

    address: str
    data: Path
    staff: dict[str, Made]
    app: Flask
    cases: Mapping[str, "Known"] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """A case that was there before: its number and its code."""

    number: str
    code: str


@contextmanager
def site(loaded: tuple[Path, str], folder: Path, prepare=lambda: None) -> Iterator[Site]:
    """Serve a copy of the loaded site whose county takes cases; `prepare()` runs before it starts."""
    data = folder / "data"
    shutil.copytree(loaded[0], data)
    chosen = sites.chosen_settings(data, f"sqlite:///{data / 'tuoyu.db'}")
    with sites.program(chosen) as app:
        staff = {}
        for handle, (role, unit, area, name) in PEOPLE.items():
            staff[handle] = make_staff(app, handle, Grant(role, unit, area))
            with app.app_context():
                db.session.get_one(Account, staff[handle].id).names = {"zh-Hans": name}
                db.session.commit()
        with app.app_context():
            inboxes.set_inbox(COUNTY, is_open=True)
            prepare()
        for lang in LANGUAGES:
            staff[f"walk-{lang.lower()}"] = make_staff(app, f"walk-{lang.lower()}", *EVERYTHING)
        with served(data) as address:
            yield Site(address, data, staff, app)


def cases() -> dict[str, Known]:
    """Make cases of the fictional county in the states whose pages differ most."""
    known, code = {}, count(55_555_555_555_555_555_555)

    def case(name: str, **told: object) -> Case:
        access = f"{next(code):020d}"
        found = made.a_case(code=access, **told)
        known[name] = Known(found.number, access)
        return found

    case("sent", **FEES)
    joint = made.worked_on(case("joint", **FEES))
    leads = made.doer("lead", unit=joint.lead)
    made.step(joint, Event.ADD_CO, leads, target=made.HEALTH, reason=made.REASON)
    waiting = made.worked_on(case("waiting", **FEES))
    made.step(waiting, Event.SUBMIT_REPLY, made.doer("lead", unit=waiting.lead), parts=made.PARTS)
    case("grave", **ABUSE)
    asked = made.worked_on(case("asked", **NAMED))
    record.message(asked, "是哪一个班级？", author="unit", kind="question", public=True, unit=asked.lead)
    made.replied_to(made.worked_on(case("replied", **FEES)))
    db.session.commit()
    return known


def answers(app: Flask, lang: str) -> dict[str, int]:
    """Return every question that the check page may ask in a language, with its answer."""
    asked = {}
    with app.app_context(), force_locale(lang.replace("-", "_")):
        word = {number: str(LABELS["number"][str(number)]) for number in range(1, 10)}
        sentences = {
            "sum": gettext("What is %(first)s plus %(second)s?"),
            "difference": gettext("What is %(first)s minus %(second)s?"),
            "after": gettext("Which number comes after %(first)s?"),
            "largest": gettext("Which is the largest: %(first)s, %(second)s or %(third)s?"),
        }
        for kind in KINDS:
            for one, two, three in ((a, b, c) for a in word for b in word for c in word):
                text = sentences[kind] % {"first": word[one], "second": word[two], "third": word[three]}
                answer = {"sum": one + two, "difference": one - two, "after": one + 1}.get(kind)
                asked[text] = max(one, two, three) if answer is None else answer
    return asked


def photo() -> bytes:
    """Return a photo of a telephone: large, with place, device and words in it."""
    image = Image.new("RGB", (1600, 1200), "#c9b896")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 780, 1600, 1200), fill="#8d8577")
    draw.rectangle((560, 250, 1040, 1000), fill="#6b4a32", outline="#3c2a1c", width=12)
    draw.ellipse((960, 620, 1000, 660), fill="#d8b23a")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, exif=exif(), comment=CANARY)
    return out.getvalue()
