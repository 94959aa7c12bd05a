"""What machines read on the page of a text: schema.org in JSON-LD, and that a machine helped to write it."""

import json

from flask import current_app
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from app.guide.queries.texts import Article


def linked(found: Article, address: str) -> Markup:
    """Return the JSON of a text, safe inside a script element; what is not known is not said."""
    shown = found.original or found.shown
    medical = found.risk in {"R1", "R2"}
    said = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage" if medical else "Article",
        "url": address,
        "headline": shown.title_text,
        "description": shown.summary_text,
        "inLanguage": shown.language,
        "datePublished": found.written_on.isoformat(),
        "lastReviewed": found.reviewed_on.isoformat() if medical and found.reviewed_on else None,
        "reviewedBy": {"@type": "Person", "name": shown.reviewer} if medical and shown.reviewer else None,
        "expires": found.valid_until.isoformat() if found.valid_until else None,
        "audience": [{"@type": "Audience", "audienceType": each} for each in found.audience],
        "citation": [source.titles.get("zh-Hans", source.id) for source in found.sources],
        "creativeWorkStatus": "Unsigned" if "unsigned" in found.notices else None,
    }
    return htmlsafe_json_dumps(
        {name: value for name, value in said.items() if value},
        dumps=json.dumps,
        ensure_ascii=False,
        separators=(",", ":"),
    )


def made_by_machine(found: Article) -> str | None:
    """Return the implicit label of a text that a machine helped to write; None for one of people alone.

    Clause 5 of 人工智能生成合成内容标识办法 (in force since 2025-09-01) asks for attribute, producer and
    number in the metadata of what is made with AI; the names of the fields are those of GB 45438-2025.
    `Label` 1 says: made by a machine. Clause 4, the label that people see, is `parts/state.html`.
    """
    shown = found.shown
    if shown.made_by == "people":
        return None
    producer: str = current_app.jinja_env.globals["site_name"]()  # type: ignore[operator]
    number = f"{found.slug}-{shown.language}-{shown.n}"
    return json.dumps({"Label": "1", "ContentProducer": producer, "ProduceID": number}, ensure_ascii=False)
