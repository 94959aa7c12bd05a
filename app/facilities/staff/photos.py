"""Photos of a facility: add one, say what is to be seen, put them in order, remove one for good."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup, escape
from werkzeug.exceptions import RequestEntityTooLarge

from app.accounts.rules import Action
from app.accounts.staff import door
from app.core import photos as core
from app.core.blobs import StorageFull
from app.core.pages import isolate
from app.facilities.forms.editing.how import read_day
from app.facilities.forms.editing.photos import PhotoForm, WordsForm
from app.facilities.queries.photos import photos_of
from app.facilities.rules.photos import LARGEST, MOST
from app.facilities.service import photos as service
from app.facilities.service.photos import Brought
from app.facilities.staff.entry import CONFLICT, bp, me, mine, show

_UNAVAILABLE = 503
_TOO_LARGE = 413
_DRAINED, _PIECE = 32 * 1024**2, 64 * 1024
_STEPS = {"up": -1, "down": 1}


@bp.route("/facilities/<id>/photos", methods=["GET", "POST"])
@door(Action.FACILITY_EDIT)
def photos(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show the photos of a facility and add another one."""
    mine(id)
    form = PhotoForm()
    if request.method == "GET":
        form.begin()
        return _page(id, form)
    says, agreed, taken_on = form.words("says"), form.agreed(), form.on()
    file = request.files.get("file")
    data = file.read() if file else b""
    trouble = "" if data else _("Choose a photo. What you typed is still here.")
    if form.errors or not agreed or not data:
        return _page(id, form, 400, trouble=trouble, again=bool(data))
    name = file.filename or "" if file else ""
    status, trouble = _add(id, Brought(data, name, says, read_day(taken_on), form.number()))
    if trouble:
        return _page(id, form, status, trouble=trouble, again=True)
    return redirect(url_for("facilities_staff.photos", id=id), 303)


def _add(identity: str, brought: Brought) -> tuple[int, str]:
    """Add a photo; return the status of the answer and what is in the way, if anything is."""
    try:
        service.add(identity, brought, me())
    except core.FileRefused as refusal:
        return 400, _refused(refusal)
    except service.TooHeavy:
        return 400, _("This photo is too heavy for a slow telephone. Choose a smaller size of it.")
    except service.Enough:
        return CONFLICT, _("There is no room for another photo. Remove one first.")
    except (core.ReaderUnavailable, StorageFull):
        return _UNAVAILABLE, _(
            "Photos cannot be kept at the moment. What you typed is still here; try again later."
        )
    return 200, ""


@bp.post("/facilities/<id>/photos/<int:number>")
@door(Action.FACILITY_EDIT)
def photo(id: str, number: int) -> ResponseReturnValue:  # noqa: A002
    """Move a photo, say otherwise what is to be seen, or remove it."""
    mine(id)
    do = request.form.get("do", "")
    try:
        if do in _STEPS:
            service.move(id, number, _STEPS[do])
        elif do == "remove":
            service.remove(id, number, me())
        elif do == "words":
            words = WordsForm()
            says = words.words("says")
            if words.errors:
                form = PhotoForm(formdata=None)
                form.begin()
                return _page(id, form, 400, words=words, wrong=number)
            service.describe(id, number, says)
        else:
            abort(400)
    except LookupError:
        abort(404)
    return redirect(url_for("facilities_staff.photos", id=id, _anchor=f"photo-{number}"), 303)


@bp.errorhandler(RequestEntityTooLarge)
def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say what the limit is, once what is sent was read over, so that the browser shows the answer."""
    left = min(request.content_length or 0, _DRAINED)
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(_PIECE, left))):
        left -= len(piece)
    sentence = _(
        "What was sent is larger than %(megabytes)s MB. Choose a smaller size of it.",
        megabytes=(request.max_content_length or 0) // 1024**2,
    )
    return show("too_large.html", _TOO_LARGE, sentence=sentence, back=request.path)


def _refused(refusal: core.FileRefused) -> Markup:
    values: dict[str, Any] = {**refusal.values, "file": isolate(refusal.name)}
    return escape(_(refusal.sentence)) % values


def _page(identity: str, form: PhotoForm, status: int = 200, **more: Any) -> ResponseReturnValue:
    return show(
        "photos.html",
        status,
        card=mine(identity).card,
        photos=photos_of(identity),
        form=form,
        most=MOST,
        heaviest=LARGEST,
        accepted=core.PHOTO_TYPES,
        **more,
    )
