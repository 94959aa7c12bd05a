"""What a resident does to the case they opened: write, rate, open again, correct, withdraw, take along."""

import json
from collections.abc import Callable
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.cases.forms.sentences import refused as refusal_sentence
from app.cases.forms.track import REFUSED, ContactForm, OwnForm, RateForm, ReasonForm, SayForm, SureForm
from app.cases.public import entry, opened, track
from app.cases.public.entry import bp
from app.cases.public.files import chosen_files, kind_of
from app.cases.rules.acts import Event, Refused
from app.cases.service import acting, thread
from app.cases.service.acting import Changed
from app.cases.service.keeping import keeping
from app.core import headers, photos
from app.core.pages import isolate
from app.core.photos import FileRefused

_STEPS = frozenset(
    f"cases.{name}" for name in ("say", "rate", "reopen", "review", "withdraw", "contact", "export")
)


@bp.before_request
def _look_instead() -> ResponseReturnValue | None:
    """Show the case where a step's address is only looked at, as when the language is changed after it."""
    return entry.to("case") if request.method == "GET" and request.endpoint in _STEPS else None


def _try(name: str, form: OwnForm, do: Callable[[int], object], done: str) -> ResponseReturnValue:
    """Do something to the opened case, and show the case again: with what is wrong, or what was done."""
    case_id = opened.opened()
    if case_id is None:
        return track.expired(_typed(form))
    entry.count("case.act", str(case_id), minutes=60)
    try:
        with keeping():
            do(case_id)
    except Changed:
        form.form_errors = [_("The case changed while you were writing. Look at it, then send once more.")]
        return track.show(409, failed=name, form=form)
    except Refused as refusal:
        form.form_errors = [str(REFUSED.get(refusal.code, REFUSED["wrong-state"]))]
        return track.show(409, failed=name, form=form)
    return entry.to("case", done=done)


def _typed(form: OwnForm) -> str:
    texts = (form[name].data for name in ("text", "reason", "words") if name in form)
    return next((text for text in texts if text), "")


@bp.route("/track/case/message", methods=["GET", "POST"])
def say() -> ResponseReturnValue:
    """Send words and files to the office; good files are kept, the others named with the reason."""
    form = SayForm()
    sent = [(kind_of(name, data), name, data) for name, data in chosen_files()]
    text = form.taken(files=bool(sent))
    if text is None:
        if opened.opened() is None:
            return track.expired(_typed(form))
        return track.show(400, failed="say", form=form)
    refused: list[tuple[str, FileRefused | None]] = []

    def do(case_id: int) -> None:
        answer = request.form.get("answer") == "1"
        refused.extend(thread.say(case_id, text, sent, answer=answer))

    response = _try("say", form, do, "message")
    if not refused:
        return response
    kept = bool(text) or len(refused) < len(sent)
    form = SayForm(formdata=None)
    form.form_errors = [_why(name, why) for name, why in refused]
    if kept:
        form.form_errors.insert(0, _("Your message was sent, but not with all files:"))
    return track.show(400, failed="say", form=form)


def _why(name: str, refusal: FileRefused | None) -> Markup:
    if refusal is not None:
        return refusal_sentence(refusal)
    text = _(
        "%(file)s was not added: one message takes %(photos)s photos and one PDF, one case %(files)s files."
    )
    values = {"photos": photos.PHOTOS, "files": thread.MOST_FILES}
    return escape(text) % {"file": isolate(photos.shown_name(name)), **values}


def _act(event: Event, form: OwnForm, **given: Any) -> Callable[[int], object]:
    def do(case_id: int) -> object:
        return acting.act(case_id, event, acting.RESIDENT, seen=form.version, **given)

    return do


@bp.route("/track/case/rate", methods=["GET", "POST"])
def rate() -> ResponseReturnValue:
    """Take a rating; the case is closed by it."""
    form = RateForm()
    taken = form.taken()
    if taken is None:
        return track.show(400, failed="rate", form=form)
    rating, solved, words = taken
    return _try("rate", form, _act(Event.RATE, form, rating=rating, solved=solved, reason=words), "rated")


def _with_reason(name: str, event: Event, done: str) -> ResponseReturnValue:
    form = ReasonForm()
    reason = form.taken()
    if reason is None:
        if opened.opened() is None:
            return track.expired(_typed(form))
        return track.show(400, failed=name, form=form)
    return _try(name, form, _act(event, form, reason=reason), done)


@bp.route("/track/case/reopen", methods=["GET", "POST"])
def reopen() -> ResponseReturnValue:
    """Open the case again, once, with a reason."""
    return _with_reason("reopen", Event.REOPEN, "reopened")


@bp.route("/track/case/review", methods=["GET", "POST"])
def review() -> ResponseReturnValue:
    """Ask for a review by the unit above."""
    return _with_reason("review", Event.REQUEST_REVIEW, "review")


@bp.route("/track/case/withdraw", methods=["GET", "POST"])
def withdraw() -> ResponseReturnValue:
    """Take the report back, where nobody else may be in danger."""
    form = SureForm()
    if not form.taken():
        return track.show(400, failed="withdraw", form=form)
    return _try("withdraw", form, _act(Event.WITHDRAW, form), "withdrawn")


@bp.route("/track/case/contact", methods=["GET", "POST"])
def contact() -> ResponseReturnValue:
    """Correct or erase name and ways to reach the resident."""
    form = ContactForm()
    given = form.taken()
    if given is None:
        return track.show(400, failed="contact", form=form)
    if request.form.get("do") == "erase":
        given = {}
    elif not any(given.values()):
        form.form_errors = [_("Nothing was filled in. To erase what is held, use the other button.")]
        return track.show(400, failed="contact", form=form)

    def do(case_id: int) -> None:
        thread.correct_contact(case_id, given, seen=form.version)

    return _try("contact", form, do, "corrected" if given else "erased")


@bp.route("/track/case/export", methods=["GET", "POST"])
def export() -> ResponseReturnValue:
    """Hand out everything that is held of and for the resident, as a JSON file."""
    case_id = opened.opened()
    if case_id is None:
        return entry.to("track", over=1)
    entry.count("case.act", str(case_id), minutes=60)
    with keeping():
        found = thread.export(case_id)
    body = json.dumps(found, ensure_ascii=False, indent=1).encode()
    return headers.attachment(body, "application/json", f"case-{found.get('number', '')}.json")
