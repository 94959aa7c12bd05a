"""What all doors of the counter share: the case somebody asks for, refusals, what was typed, the way back."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from app.accounts.queries import Staff
from app.accounts.staff import keep_typed
from app.areas import queries as areas
from app.cases.forms.counter import CounterForm
from app.cases.forms.counter_labels import LABELS
from app.cases.forms.refusals import sentence
from app.cases.queries import access
from app.cases.queries.access import Found
from app.cases.queries.casepage import CasePage, page
from app.cases.queries.reveals import WHAT
from app.cases.queries.watching import mass_readings
from app.cases.rules.acts import Refused
from app.cases.service import counter, reveals, watching
from app.cases.service.acting import Changed
from app.cases.service.notices import Leaks

bp = Blueprint("cases_staff", __name__, url_prefix="/<lang:lang>/staff/cases")
_REFUSED, _CONFLICT = 422, 409

keep_typed(bp)


@bp.after_request
def _keep_private(response: Response) -> Response:
    """Tell no other site, and no search engine, of these pages."""
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def did(code: str) -> Any:
    """Return the words for something that happened; a code without words is a mistake and fails."""
    return LABELS["did"][code]


bp.add_app_template_global(did, "did")
bp.add_app_template_global(mass_readings, "mass_readings")


def me() -> Staff:
    """Return who is signed in; the door has seen to it that somebody is."""
    staff: Staff = g.staff
    return staff


def theirs(number: str) -> Found:
    """Return a case of the one who is signed in; any other is answered as if it were not there."""
    found = access.find(me(), number)
    if found is None:
        abort(404)
    return found


def read(found: Found) -> CasePage:
    """Return a case for its reader, and record that they read words of people.

    So a GET that shows words writes a line of the audit, one more if it is one of too many, and nothing else.
    """
    seen = page(found.case, found.reach, me())
    if seen.story or seen.timeline:
        counter.note_read(found.case, me(), sealed=found.case.sensitive and seen.story is not None)
        watching.note(me())
    return seen


def askable(found: Found) -> list[str]:
    """Return what is sealed of a case and may be asked for: codes of the labels `sealed`."""
    return [what for what in WHAT if reveals.may_ask(found.case, found.reach, what)]


def show(template: str, status: int = 200, **values: Any) -> Response:
    """Answer with a page of the counter."""
    return make_response(render_template(f"staff/cases/{template}", staff=me(), **values), status)


def to_case(number: str, anchor: str = "") -> ResponseReturnValue:
    """Send the browser back to a case."""
    return redirect(url_for("cases_staff.case", number=number, _anchor=anchor or None), 303)


def version_field(form: CounterForm, found: Found) -> None:
    """Put the present version of the case into a form."""
    form.seen.data = str(found.case.version)


def attempt(
    number: str,
    form: CounterForm,
    act: Callable[[], object],
    again: Callable[[Found, int, Mapping[str, Any]], ResponseReturnValue],
    done: Callable[[], ResponseReturnValue] | None = None,
) -> ResponseReturnValue:
    """Do something to a case; show the form again, with what was typed, if it is refused.

    A step that somebody else has overtaken is answered 409 with the new state; so is one that the state
    forbids. What is only incomplete is answered 422. `again` gets the case, the status and what to show.
    """
    try:
        act()
    except Changed:
        found = theirs(number)
        version_field(form, found)
        return again(found, _CONFLICT, {"changed": True, "code": "changed"})
    except Refused as refusal:
        found = theirs(number)
        if refusal.illegal:
            return forbidden(found, refusal.code, typed_words(form))
        form.refuse(refusal.code)
        leaks = refusal.codes if isinstance(refusal, Leaks) else ()
        return again(found, _REFUSED, {"leaks": leaks, "code": refusal.code})
    except LookupError:
        abort(404)
    return done() if done else to_case(number)


def typed_words(form: CounterForm | None) -> list[tuple[str, str]]:
    """Return the longer texts that somebody typed, so that none is lost with a step that is not possible."""
    if form is None:
        return []
    return [
        (str(field.label.text), field.data)
        for field in form
        if field.type == "TextAreaField" and isinstance(field.data, str) and field.data.strip()
    ]


def forbidden(found: Found, code: str, typed: list[tuple[str, str]]) -> ResponseReturnValue:
    """Answer 409: the step is not possible as the case stands. What was typed is shown to be copied."""
    return show(
        "forbidden.html",
        _CONFLICT,
        number=found.case.number,
        state=found.case.state,
        why=sentence(code),
        typed=typed,
    )


def office_names(place: str) -> Mapping[str, Mapping[str, str]]:
    """Return the names of the offices of a place that can be given cases."""
    return {office.code: office.names for office in areas.offices(place) if office.inbox}


def token() -> str:
    """Return the token that every form of a page carries."""
    return str(generate_csrf())
