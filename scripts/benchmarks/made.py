"""A site of five thousand facilities: what ships, filled up with invented ones in the fictional county.

Every fact is drawn with a fixed seed, so each run measures the same site. They report what a diligent county
would have in its ledger: care types, ages, hours, prices, places, food, languages. They live in a folder of
measurement only and are never part of the content.
"""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask

from benchmarks.collections import rebuilt, site

SIZE = 5000
SEED = 20261121
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DAY = date(2026, 9, 1)
_SOURCE = "measurement"
_STARS = "月牙 星河 云朵 青禾 小满 石榴 向阳 晨露 木棉 百灵 小鹿 彩石 麦穗 白桦 溪流 雪松 暖阳 乐禾 童舟 海棠"
_WAYS = "之家 乐园 时光 小院 天地 成长 摇篮 森林 花园 童话 阳光 芽芽 亲亲 小屋 港湾"
_SORTS = "托育园 托育中心 托育服务有限公司 婴幼儿照护中心 托儿所 幼儿园托班 社区托育点"
_ROADS = "杏林 云锦 石桥 柳荫 长渠 河湾 果园 书院 文昌 新民 和合 北坡"
_KINDS = ("nursery", "kindergarten-class", "community", "workplace", "family", "service-centre")
_FORMS = ("for-profit", "non-profit", "public")
_PRICES = {"full-day": "month", "half-day": "month", "hourly": "hour", "temporary": "day"}
_YUAN = {"full-day": (900, 4200), "half-day": (500, 2400), "hourly": (10, 60), "temporary": (60, 260)}


def five_thousand(folder: Path) -> Flask:
    """Return the site, loaded into a folder; a folder that was loaded before is used as it is."""
    app = site(folder)
    with app.app_context():
        _fill()
    rebuilt(folder)
    return app


def _fill() -> None:
    from sqlalchemy import func, select  # noqa: PLC0415 - the help must not need the program

    from app.areas import queries as areas  # noqa: PLC0415
    from app.core import clock  # noqa: PLC0415
    from app.core.db import touch_data, vacuum_statistics  # noqa: PLC0415
    from app.extensions import db  # noqa: PLC0415
    from app.facilities.model import Facility  # noqa: PLC0415
    from app.facilities.service.recording import Statement, put_source, record  # noqa: PLC0415

    missing = SIZE - (db.session.scalar(select(func.count()).select_from(Facility)) or 0)
    if missing <= 0:
        return
    county = next(place.area for place in areas.places() if place.fictional)
    towns = [each.code for each in areas.children(county)]
    put_source(_SOURCE, "county", {"zh-Hans": "测量用（虚构）", "en": "Measurement (fictional)"}, _DAY)
    invented = (
        Statement(
            identity,
            county,
            tuple((name, value, _DAY, _SOURCE) for name, value in facts.items() if value is not None),
            pack=county,
        )
        for identity, facts in facilities(missing, towns)
    )
    record(invented, now=clock.now(), by=_SOURCE)
    touch_data()
    vacuum_statistics()
    db.session.commit()


def facilities(count: int, towns: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ids and facts of invented facilities in some townships."""
    chance = random.Random(SEED)  # noqa: S311 - nothing secret
    used: set[str] = set()
    while len(used) < count:
        identity = "".join(chance.choices(_CROCKFORD, k=8))
        if identity not in used:
            used.add(identity)
            yield identity, _facts(chance, len(used), towns)


def _facts(chance: random.Random, number: int, towns: list[str]) -> dict[str, Any]:
    pick = chance.choice
    own = pick(_STARS.split()) + pick(_WAYS.split())
    care = [name for name in _PRICES if chance.random() < 0.5] or ["full-day"]  # noqa: PLR2004
    low = pick((6, 12, 18, 24))
    told = chance.random()
    return {
        "name": f"{own}{pick(_SORTS.split())}（{number}号店）",
        "aliases": [own] if told < 0.6 else None,  # noqa: PLR2004
        "form": pick(_FORMS),
        "kind": pick(_KINDS),
        "status": "filed" if chance.random() < 0.95 else "suspended",  # noqa: PLR2004
        "filed_on": date(2019 + number % 7, 1 + number % 12, 1 + number % 28).isoformat(),
        "address": f"{pick(_ROADS.split())}路{chance.randint(1, 300)}号",
        "township": {"code": pick(towns), "by": "stated"},
        "location": {
            "lat": round(36.5 + chance.gauss(0, 0.05), 6),
            "lon": round(88.5 + chance.gauss(0, 0.06), 6),
            "precision": "exact",
        }
        if chance.random() < 0.8  # noqa: PLR2004
        else None,
        "opening": pick(("1-5 07:30-18:00", "1-5 08:00-17:30", "1-6 07:00-19:00", "1-5 08:00-12:00")),
        "inclusive": pick((True, False, None)),
        "food": pick((["halal"], ["allergy", "halal"], ["vegetarian"], [], None)),
        "languages": pick((["zh"], ["zh", "ug"], ["zh", "en"], None)),
        "needs": pick((["medication"], ["special-needs", "medication"], [], None)),
        "care": [_care(name, low) for name in care] if told < 0.9 else None,  # noqa: PLR2004
        "fees": [_fee(chance, name) for name in care] if told < 0.8 else None,  # noqa: PLR2004
        "bands": [_band(chance, name) for name in ("junior", "senior")] if told < 0.7 else None,  # noqa: PLR2004
    }


def _care(name: str, low: int) -> dict[str, Any]:
    return {
        "care": name, "days": "1-5", "opens": "08:00", "closes": "17:30", "min_age": low, "max_age": 36,
        "notice_hours": None, "notes": {},
    }  # fmt: skip


def _fee(chance: random.Random, name: str) -> dict[str, Any]:
    fen = chance.randint(*_YUAN[name]) * 100
    return {
        "care": name, "band": "*", "component": "care", "unit": _PRICES[name], "min_fen": fen, "max_fen": fen,
        "voluntary": False, "refund": "", "valid_from": None, "valid_to": None, "source": _SOURCE,
        "checked_on": _DAY.isoformat(),
    }  # fmt: skip


def _band(chance: random.Random, name: str) -> dict[str, Any]:
    places = chance.randint(1, 4) * 15
    return {
        "band": name, "places": places, "vacancies": max(0, chance.randint(-20, 10)), "class_size": 15,
        "children_per_carer": 5, "as_of": _DAY.isoformat(), "said_by": "",
    }  # fmt: skip
