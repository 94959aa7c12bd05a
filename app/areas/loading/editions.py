"""The rules of a place as an edition holds them: its own, the nation's, and the documents they rest on."""

import hashlib
import json
from typing import Any

from app.areas.loading.national import National
from app.areas.loading.packs import Pack

_VERSION = 12
"""Hexadecimal digits of a version: enough that two tables never share one, short enough to read out."""


def version_of(rules: dict[str, Any]) -> str:
    """Return the version of a table of rules: the same rules have the same one."""
    text = json.dumps(rules, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_VERSION]


def edition_of(pack: Pack, national: National) -> dict[str, Any]:
    """Return the rules that apply in a place, with the documents they rest on as these are now."""
    clocks = [
        *(row | {"local": True} for row in pack.clocks),
        *(row | {"local": False} for row in national.clocks),
    ]
    used = {basis["document"] for rule in (*pack.routing, *national.routing) for basis in rule["basis"]}
    used |= {row["document"] for row in clocks if row["document"]}
    known = national.documents | {document["id"]: document for document in pack.documents}
    return {
        "rules": list(pack.routing),
        "national": list(national.routing),
        "clocks": clocks,
        "documents": {key: _document(known[key]) for key in sorted(used)},
    }


def _document(row: dict[str, Any]) -> dict[str, Any]:
    ends = row["period_end"]
    return {
        "titles": row["titles"],
        "number": row["number"],
        "status": row["status"],
        "period_end": ends.isoformat() if ends else None,
    }
