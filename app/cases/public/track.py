"""Following a case with its code: one form, one answer for every code that opens nothing, then the case."""

from flask import Response, request, session, url_for
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.cases.forms.track import (
    REFUSED,
    CodeForm,
    ContactForm,
    OwnForm,
    RateForm,
    ReasonForm,
    SayForm,
    SureForm,
)
from app.cases.public import entry, opened
from app.cases.public.entry import bp
from app.cases.public.files import ACCEPTED
from app.cases.queries import leaves, tracking
from app.cases.queries.tracking import Tracked
from app.cases.rules import words
from app.cases.rules.guards import SHORTEST_REASON
from app.cases.service import thread
from app.core import headers, limits, photos

_WINDOW = 15
_LONGEST_NUMBER = 6
_DONE = frozenset({"message", "rated", "reopened", "review", "withdrawn", "corrected", "erased"})
FORMS: dict[str, type[OwnForm]] = {
    "say": SayForm,
    "rate": RateForm,
    "reopen": ReasonForm,
    "review": ReasonForm,
    "withdraw": SureForm,
    "contact": ContactForm,
}


@bp.route("/track", methods=["GET", "POST"])
def track() -> ResponseReturnValue:
    """Take a code. Malformed, wrong and unknown codes get the same answer after the same work."""
    if request.method == "GET":
        return _show_code(CodeForm(formdata=None))
    form = CodeForm()
    source = limits.source_key()
    entry.count("case.code", source, minutes=_WINDOW)
    found = tracking.case_of(form.code.data or "")
    if found is None:
        return _show_code(form, 404, wrong=True)
    limits.forgive("case.code", source)
    opened.open_case(found)
    if (form.text.data or "").strip():
        return show(text=form.text.data or "")
    return entry.to("case")


def _show_code(form: CodeForm, status: int = 200, *, wrong: bool = False, text: str = "") -> Response:
    form.code.data = ""
    if text:
        form.text.data = text
    return entry.page(
        "cases/track.html",
        status,
        form=form,
        wrong=wrong,
        over=request.args.get("over") == "1" or bool(form.text.data),
        left=request.args.get("left") == "1",
        section="track",
    )


def expired(text: str = "") -> ResponseReturnValue:
    """Ask for the code again; words that were typed meanwhile wait in the form."""
    return _show_code(CodeForm(formdata=None), 403, text=text)


@bp.get("/track/case")
def case() -> ResponseReturnValue:
    """Show the opened case."""
    if "case" not in session:
        return entry.to("track")
    return show()


def show(
    status: int = 200, *, text: str = "", failed: str = "", form: OwnForm | None = None
) -> ResponseReturnValue:
    """Show the opened case; `failed` names the form that came back with what is wrong in it."""
    case_id = opened.opened()
    found = tracking.tracked(case_id) if case_id is not None else None
    if found is None:
        return entry.to("track", over=1)
    version = found.outlook.version
    forms = {name: kind(formdata=None, seen=version) for name, kind in FORMS.items()}
    if text:
        forms["say"].text.data = text
    if form is not None and failed:
        form.seen.data = version
        forms[failed] = form
    offers = thread.offers(found.outlook.id)
    done = request.args.get("done", "")
    recent = leaves.newest(found.history, found.told, found.reply)
    return entry.page(
        "cases/case.html",
        status,
        page=found,
        case=found.outlook,
        recent=recent,
        earlier=len(found.history) - len(recent),
        earlier_url=_leaf_url(found, len(found.history) - len(recent) - 1),
        told_here=leaves.told_weight(found.told) <= leaves.LONGEST_TOLD,
        most_files=thread.MOST_FILES,
        forms=forms,
        failed=failed,
        offers={event.value: REFUSED.get(code, "") if code else "" for event, code in offers.items()},
        done=done if done in _DONE and not failed else "",
        place=areas.place_of(found.outlook.place),
        hotlines=areas.hotlines(found.outlook.place),
        limits=photos,
        accepted=ACCEPTED,
        most=words.LONGEST_MESSAGE,
        shortest_reason=SHORTEST_REASON,
        section="track",
    )


def _leaf_url(found: Tracked, position: int) -> str:
    """Return the address of the leaf with the entry at a position."""
    number = leaves.leaf_of(leaves.leaves(found.history, found.told), max(0, position))
    return url_for("cases.history", page=number)


@bp.get("/track/case/history")
def history() -> ResponseReturnValue:
    """Show the whole history of the opened case from its beginning, leaf by leaf."""
    if "case" not in session:
        return entry.to("track")
    case_id = opened.opened()
    found = tracking.tracked(case_id) if case_id is not None else None
    if found is None:
        return entry.to("track", over=1)
    pages = leaves.leaves(found.history, found.told)
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < _LONGEST_NUMBER else 0
    if not 1 <= number <= len(pages):
        raise entry.no_such("case")
    return entry.page(
        "cases/history.html",
        page=found,
        case=found.outlook,
        entries=pages[number - 1],
        number=number,
        pager=_pager(number, len(pages)),
        previous_url=url_for("cases.history", page=number - 1) if number > 1 else None,
        next_url=url_for("cases.history", page=number + 1) if number < len(pages) else None,
        place=areas.place_of(found.outlook.place),
        section="track",
    )


def _pager(page: int, pages: int) -> list[tuple[int | None, str, bool]]:
    """Return links to the first leaf, the last one and those beside the open one."""
    links: list[tuple[int | None, str, bool]] = []
    shown = [each for each in range(1, pages + 1) if each in {1, page - 1, page, page + 1, pages}]
    for previous, each in zip([0, *shown], shown, strict=False):
        if each - previous > 1:
            links.append((None, "", False))
        links.append((each, url_for("cases.history", page=each), each == page))
    return links


@bp.get("/track/files/<id>.jpg")
def case_picture(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show the small picture of a photo of the opened case."""
    case_id = opened.opened()
    try:
        return headers.picture(tracking.picture(case_id or 0, id))
    except LookupError:
        raise entry.no_such("track") from None


@bp.post("/track/leave")
def leave() -> ResponseReturnValue:
    """Forget the case on this device."""
    opened.leave()
    return entry.to("track", left=1)
