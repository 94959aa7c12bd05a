"""The age in months and the answers of the warning signs, read from a form."""

import json
from typing import TYPE_CHECKING

from flask import current_app
from flask_babel import gettext as _

from app.core.i18n import SOURCE
from app.guide.forms.tools.reading import Problem, Reader
from app.guide.rules.signs import Answer, Sign

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

OLDEST = 47
"""Months: after the third birthday the signs of 36 months still hold for a year."""


def machine_label(language: str) -> str | None:
    """Return the implicit label of signs in a language: their translations were made by a machine.

    The fields are those of GB 45438-2025, annex E, as for texts (`app.guide.forms.linked`).
    """
    if language == SOURCE:
        return None
    producer: str = current_app.jinja_env.globals["site_name"]()  # type: ignore[operator]
    return json.dumps(
        {"Label": "1", "ContentProducer": producer, "ProduceID": f"signs-{language}"}, ensure_ascii=False
    )


def read_months(args: "MultiDict[str, str]") -> tuple[int | None, list[Problem]]:
    """Return the age in completed months, None where none was given."""
    reader = Reader(args)
    return reader.whole("age", 0, OLDEST), reader.problems


def read_answers(
    form: "MultiDict[str, str]", asked: tuple[Sign, ...]
) -> tuple[dict[str, Answer], list[Problem]]:
    """Return what was said of each sign; a sign without an answer is a problem at its field."""
    reader = Reader(form)
    answers = {}
    for sign in asked:
        said = reader.choice(sign.id, {answer.value for answer in Answer})
        if said:
            answers[sign.id] = Answer(said)
        elif not any(problem.field == sign.id for problem in reader.problems):
            reader.bad(sign.id, _("Choose an answer; “not sure” is one too."))
    return answers, reader.problems
