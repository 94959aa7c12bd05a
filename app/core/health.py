"""Whether the parts the site stands on can be used."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core.db import data_version
from app.core.i18n import Languages, missing_catalogues
from app.core.migrations import newest
from app.extensions import db
from app.settings import Settings


def check(settings: Settings, languages: Languages) -> dict[str, bool]:
    """Return, part by part, whether it is usable: the database at the newest migration, the catalogues."""
    return {"database": _database(), "catalogues": not missing_catalogues(languages, settings.translations)}


def _database() -> bool:
    try:
        data_version()
        return bool(db.session.scalar(text("SELECT version_num FROM alembic_version")) == newest())
    except SQLAlchemyError:
        return False
