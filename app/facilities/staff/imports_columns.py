"""Making a profile: which column of the ledger says what, guessed from its headings, kept for the place."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.rules import Action
from app.accounts.staff import door
from app.core.faults import N_
from app.facilities.forms.imports import columns as forms
from app.facilities.forms.imports import extras
from app.facilities.forms.imports.columns import Typed
from app.facilities.forms.imports.words import name_of
from app.facilities.queries import profiles
from app.facilities.queries import uploads as reads
from app.facilities.queries.profiles import ProfileCard
from app.facilities.queries.uploads import UploadCard
from app.facilities.rules.uploads import LAST_HEADING_ROW, Kind, Layout, State, Task
from app.facilities.service import uploads
from app.facilities.staff.imports_entry import CONFLICT, bp, me, mine, show, version, waiting

_OPEN = frozenset({State.MATCHING, State.READY, State.FAILED})
_NO_NAME = N_("No column is the name of the facility.")


@bp.route("/<int:number>/columns", methods=["GET", "POST"])
@door(Action.FACILITY_EDIT)
def columns(number: int) -> ResponseReturnValue:
    """Match the columns of a ledger with fields, keep that as a profile, and read the ledger with it."""
    card, survey = mine(number, Kind.LEDGER), reads.survey_of(number)
    if card.state is State.WAITING and card.task is Task.SURVEY:
        return waiting(card)
    if survey is None or card.state not in _OPEN:
        return redirect(url_for("imports.ledger", number=number), 303)
    held = _held(card, request.values.get("profile", ""))
    known = profiles.common_words()
    if request.method == "GET":
        if held is None:
            typed = forms.guessed(survey, "", known)
        else:
            typed = forms.from_profile(survey, held.data, held.titles["zh-Hans"], known)
        return _page(card, typed, held)
    if request.form.get("do") == "look":
        return _look(card, survey, held, known)
    return _read(card, survey, held, known)


def _read(card: UploadCard, survey: Any, held: ProfileCard | None, known: Any) -> ResponseReturnValue:
    """Keep what was said of the columns, or ask for the rest of it."""
    typed, whole = forms.read(request.form, survey, known)
    if request.form.get("do") != "save":
        return _page(card, typed, held)
    sentences = _problems(typed, whole=whole)
    if sentences:
        return _page(card, typed, held, 400, sentences=sentences)
    return _save(card, typed, held, survey)


def _look(card: UploadCard, survey: Any, held: ProfileCard | None, known: Any) -> ResponseReturnValue:
    """Look once more, at another sheet or at headings that stand elsewhere."""
    layout = forms.layout_of(request.form, survey.get("sheets", ()))
    if layout is None:
        told = [_("The row of the headings is a number from 1 to %(last)s, or empty.", last=LAST_HEADING_ROW)]
        return _page(card, forms.guessed(survey, "", known), held, 400, sentences=told)
    try:
        uploads.look(card.id, layout, version(), me().id)
    except (uploads.TooLate, uploads.Stale):
        return show("meanwhile.html", CONFLICT, card=mine(card.id, Kind.LEDGER))
    name = held.name if held else None
    return redirect(url_for("imports.columns", number=card.id, profile=name), 303)


def _save(card: UploadCard, typed: Typed, held: ProfileCard | None, survey: Any) -> ResponseReturnValue:
    name, seen = (held.name, _profile_version()) if held else ("", 0)
    data = forms.as_profile(typed, Layout(**survey.get("layout", {})), survey["headings"])
    if held:
        data = forms.with_the_rest(data, held.data, survey["headings"])
    try:
        name = uploads.save_profile(card.area, typed.title, data, me().id, name, seen)
    except uploads.WrongProfile as error:
        told = [_(sentence, **dict(values)) for _where, sentence, values in error.problems]
        return _page(card, typed, held, 400, sentences=told)
    except uploads.OtherProfileVersion as error:
        known = profiles.common_words()
        theirs = forms.from_profile(survey, error.data, typed.title, known)
        return _page(card, typed, profiles.profile(name), CONFLICT, theirs=theirs)
    try:
        uploads.choose(card.id, name, card.on, version(), me().id)
    except (uploads.TooLate, uploads.Stale):
        return show("meanwhile.html", CONFLICT, card=mine(card.id, Kind.LEDGER), kept=True)
    return redirect(url_for("imports.ledger", number=card.id), 303)


def _problems(typed: Typed, *, whole: bool) -> list[str]:
    found = []
    if not typed.title:
        found.append(_("Give this way of reading a name: whose list it is."))
    if not any(each.field == "name" for each in typed.columns):
        found.append(_(_NO_NAME))
    found += [
        _("%(field)s: %(message)s", field=name_of(each.field), message=_("This answer is needed."))
        for each in typed.extras.fixed
        if not each.value
    ]
    if not whole and not found:
        found.append(_("Some columns need to say more. Look at the lines that are new, then save once more."))
    return found


def _held(card: UploadCard, name: str) -> ProfileCard | None:
    """Return the profile of the place that is changed; none: a new one is made."""
    found = profiles.profile(name[:80]) if name else None
    if found is None:
        return None
    if not found.own or found.area != card.area:
        abort(404)
    return found


def _profile_version() -> int:
    text = request.form.get("profile-seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0  # noqa: PLR2004


def _page(
    card: UploadCard,
    typed: Typed,
    held: ProfileCard | None,
    status: int = 200,
    *,
    sentences: list[str] | None = None,
    theirs: Typed | None = None,
) -> ResponseReturnValue:
    other = {each.at: each.field for each in theirs.columns} if theirs else {}
    survey = reads.survey_of(card.id) or {}
    layout = Layout(**survey.get("layout", {}))
    wanted = forms.layout_in(held.data) if held else layout
    return show(
        "columns.html",
        status,
        card=card,
        typed=typed,
        held=held,
        sentences=sentences or [],
        theirs=other,
        theirs_beside=theirs.extras if theirs and theirs.extras != typed.extras else None,
        beside=extras,
        survey=survey,
        sheets=survey.get("sheets", ()),
        sheet=wanted.sheet or survey.get("sheet", ""),
        layout=wanted,
        elsewhere=wanted != layout,
        parts_needed=forms.parts_needed,
        part_codes=forms.part_codes,
    )
