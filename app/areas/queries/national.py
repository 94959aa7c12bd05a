"""Documents of the whole country, read from the content files: packs hold only those they refer to."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app

from app.areas import rules
from app.areas.loading.packs import load_documents
from app.areas.queries.places import NATION, DocumentCard
from app.core.files import Faults


def national_documents(today: date) -> dict[str, DocumentCard]:
    """Return the nation's documents by id, as they stand today. A faulty file leaves out the faulty rows."""
    content: Path = current_app.extensions["settings"].content
    path = content / "national" / "documents.csv"
    read = _read(content, path, path.stat().st_mtime_ns if path.exists() else 0)
    return {
        key: DocumentCard(
            key,
            row["titles"],
            row["number"],
            row["issuers"],
            rules.document_status(row["status"], row["period_end"], today),
            row["issued_on"],
            row["period_end"],
            row["notes"],
        )
        for key, row in read.items()
    }


@lru_cache(maxsize=2)
def _read(content: Path, path: Path, _changed: int) -> Mapping[str, dict[str, Any]]:
    return {row["id"]: row for row in load_documents(path, NATION, Faults(content))}
