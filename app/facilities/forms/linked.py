"""A facility's page as search engines read it: schema.org `ChildCare` and `BreadcrumbList`, in JSON-LD."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from app.areas.queries import AreaCard
from app.core.i18n import pick
from app.core.pages import language, public_address
from app.facilities.queries.cards import FacilityPage
from app.facilities.rules.vocabulary import TAKING_CHILDREN

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def linked(page: FacilityPage, trail: Iterable[AreaCard], address: str) -> Markup:
    """Return the JSON of a facility's page, safe inside a script element; what is not known is not said."""
    graph = [_facility(page, address), _crumbs(page, trail)]
    return htmlsafe_json_dumps(
        {"@context": "https://schema.org", "@graph": graph},
        dumps=json.dumps,
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _facility(page: FacilityPage, address: str) -> dict[str, Any]:
    card = page.card
    phone = page.fields["phone"].value
    names = {code: text for code, text in card.names.items() if text}
    said = {
        "@type": "ChildCare",
        "@id": f"{address}#facility",
        "url": address,
        "name": card.name,
        "alternateName": [*card.aliases, *names.values()],
        "description": _("This facility is invented to show how the site works.") if card.fictional else "",
        "address": _address(page),
        "geo": _geo(page),
        "telephone": phone,
        "openingHoursSpecification": _opening(page) if card.status in TAKING_CHILDREN else None,
        "identifier": _code(card.credit_code),
    }
    return {name: value for name, value in said.items() if value}


def _address(page: FacilityPage) -> dict[str, str]:
    names = [each.get("zh-Hans", "") for each in page.card.area_names]
    parts = {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressLocality": names[-1] if names else "",
        "streetAddress": page.card.address or "",
    }
    return {name: value for name, value in parts.items() if value}


def _geo(page: FacilityPage) -> dict[str, Any] | None:
    """Return the position only where it is exact; schema.org means WGS-84."""
    card = page.card
    if card.precision != "exact" or card.point is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": card.point.lat, "longitude": card.point.lon}


def _opening(page: FacilityPage) -> list[dict[str, Any]]:
    spans: dict[tuple[str, str], list[str]] = {}
    for weekday, opens, closes in page.opening:
        spans.setdefault((opens, closes), []).append(_DAYS[weekday - 1])
    return [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": opens, "closes": closes}
        for (opens, closes), days in spans.items()
    ]


def _code(code: str | None) -> dict[str, str] | None:
    if not code:
        return None
    return {"@type": "PropertyValue", "propertyID": "统一社会信用代码", "value": code}


def _crumbs(page: FacilityPage, trail: Iterable[AreaCard]) -> dict[str, Any]:
    links = [(_local(each.names), public_address("site.area", code=each.code)) for each in trail]
    steps = [(_("Home"), public_address("site.home")), *links]
    last = {"@type": "ListItem", "position": len(steps) + 1, "name": page.card.name}
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            *(
                {"@type": "ListItem", "position": place, "name": name, "item": url}
                for place, (name, url) in enumerate(steps, 1)
            ),
            last,
        ],
    }


def _local(names: Mapping[str, str]) -> str:
    return pick(names, language()).text
