"""A facility as JSON: the same words for the API and for the open data. Money in fen, ages in months."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from app.facilities.forms.costs import cost_json
from app.facilities.queries.cards import FacilityCard, FacilityPage, FilingCard, Known, SlotCard


def day(value: date | None) -> str | None:
    """Return a day as ISO 8601."""
    return value.isoformat() if value else None


def card_json(card: FacilityCard, cares: Collection[str] = ()) -> dict[str, Any]:
    """Return a facility as one result of a search, with its cost by one of the care types asked."""
    return {
        "id": card.id,
        "name": card.name,
        "names": {"zh-Hans": card.name, **card.names},
        "aliases": list(card.aliases),
        "area": card.area,
        "township": card.township,
        "kind": card.kind,
        "kind_inferred": card.kind_inferred,
        "form": card.form,
        "status": card.status,
        "filed_on": day(card.filed_on),
        "credit_code": card.credit_code,
        "address": card.address,
        "location": _location(card),
        "care_types": None if card.care is None else list(card.care),
        "fees": [
            {
                "care": price.care,
                "band": price.band,
                "component": price.component,
                "unit": price.unit,
                "min_fen": price.min_fen,
                "max_fen": price.max_fen,
                "voluntary": price.voluntary,
                "valid_from": day(price.valid_from),
                "valid_to": day(price.valid_to),
            }
            for price in card.prices
        ],
        "ages": None if card.ages is None else {"from": card.ages[0], "to": card.ages[1]},
        "inclusive": card.inclusive,
        "vacancy": card.vacancy,
        "vacancies_on": day(card.vacancies_on),
        "opens_on": day(card.opens_on),
        "slots": [_slot(slot) for slot in card.slots],
        **cost_json(card.monthly, cares),
        "distance_km": None if card.distance_km is None else round(card.distance_km, 2),
        "distances_km": [round(km, 2) for km in card.kms] or None,
        "updated_on": day(card.updated_on),
        "source": dict(card.source),
        "not_reported": list(card.unknown),
    }


def _slot(slot: SlotCard) -> dict[str, Any]:
    return {
        "on": day(slot.on),
        "band": slot.band,
        "places": slot.places,
        "opens": slot.opens or None,
        "closes": slot.closes or None,
        "said_by": slot.said_by,
        "confirmed_at": slot.confirmed_at.isoformat(timespec="seconds"),
        "expires_at": slot.expires_at.isoformat(timespec="seconds"),
    }


def _location(card: FacilityCard) -> dict[str, Any] | None:
    if card.precision == "none":
        return None
    lat, lon = card.point if card.point and card.precision == "exact" else (None, None)
    return {"lat": lat, "lon": lon, "precision": card.precision, "datum": "WGS-84"}


def facts_json(fields: Mapping[str, Known], filing: FilingCard | None) -> dict[str, Any]:
    """Return every field that is known, with source and day, and the register's own words."""
    return {
        "fields": {
            name: {
                "value": known.value,
                "source": dict(known.source),
                "observed_on": day(known.observed_on),
                "stale": known.stale,
                "inferred": known.inferred,
                "entered_by": known.entered
                and {"role": known.entered.role, "office": dict(known.entered.office or {})},
            }
            for name, known in sorted(fields.items())
            if known
        },
        "filing": None
        if filing is None
        else {
            "name": filing.name,
            "alias": filing.alias,
            "address": filing.address,
            "filed_on": day(filing.filed_on),
            "snapshot_on": day(filing.snapshot_on),
            "gone_on": day(filing.gone_on),
        },
    }


def page_json(page: FacilityPage) -> dict[str, Any]:
    """Return a facility with everything its page knows."""
    return {
        **card_json(page.card),
        **facts_json(page.fields, page.filing),
        "branches": [card.id for card in page.branches],
    }
