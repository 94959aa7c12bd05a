"""Saying that a translation need not be changed although its source was."""

from app.core import audit, clock
from app.core.db import touch_data
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideAcknowledgement
from app.guide.queries.signers import Signer
from app.guide.rules import gates
from app.guide.service import vouching
from app.guide.service.table import Seen, Table, refuse


def acknowledge(slug: str, language: str, by: Signer, seen: Seen, source: int) -> None:
    """Say that the published translation that somebody saw says what the source now says. Commits.

    `source` is the id of the source revision they saw. Twice is once. Raises `Stale`, `Refused`,
    `LookupError`.
    """
    table = Table.open(slug, language)
    row = table.desk.live(slug, language)
    if language == SOURCE or row is None or table.source is None:
        refuse("source")
    if (row.id, row.version) != (seen.id, seen.version) or table.source.id != source:
        table.stale()
    if not gates.may_acknowledge(by.person, vouching.words_of(table, row)):
        refuse("acknowledge")
    if db.session.get(GuideAcknowledgement, (row.id, source)) is None:
        made = GuideAcknowledgement(translation_id=row.id, source_id=source, by=by.account, at=clock.now())
        db.session.add(made)
        table.text.version += 1
        data = {"language": language, "n": row.n, "source": table.source.n}
        audit.record("guide.acknowledged", subject=slug, data=data)
        touch_data()
    db.session.commit()
