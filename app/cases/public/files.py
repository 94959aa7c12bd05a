"""Photos and papers of an unfinished report. Good files are kept; refused ones are named with the reason."""

from dataclasses import dataclass, field

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.areas import queries as areas
from app.cases.forms.report import CHECK, FilesForm
from app.cases.forms.sentences import refused
from app.cases.public import entry
from app.cases.public.entry import bp
from app.cases.public.flow import following
from app.cases.rules.report import problems
from app.cases.service import drafts
from app.cases.service.drafts import Draft, DraftGone, TooMany
from app.cases.service.keeping import keeping
from app.core import headers, photos
from app.core.pages import isolate

ACCEPTED = f"{photos.PHOTO_TYPES},application/pdf"
_PDF = b"%PDF-"


@dataclass(slots=True)
class Sent:
    """Files of one request: how many were kept, and why the others were not."""

    kept: int = 0
    refusals: list[Markup] = field(default_factory=list)


def kind_of(name: str, data: bytes) -> str:
    """Return `pdf` for what is a PDF or is called one, else `photo`: a refusal fits what was meant."""
    return "pdf" if data.startswith(_PDF) or name.lower().endswith(".pdf") else "photo"


def chosen_files(name: str = "files") -> list[tuple[str, bytes]]:
    """Return name and bytes of the files of this request; a field left empty is none."""
    return [(file.filename, file.read()) for file in request.files.getlist(name) if file.filename]


def too_many(kind: str, name: str) -> Markup:
    """Return why one more file of a kind is not taken."""
    shown = isolate(photos.shown_name(name))
    if kind == "pdf":
        return escape(_("Only one PDF can be sent; %(file)s was not added.")) % {"file": shown}
    text = _("Only %(count)s photos can be sent; %(file)s was not added.")
    return escape(text) % {"count": photos.PHOTOS, "file": shown}


def _take(draft_token: str) -> Sent:
    sent = Sent()
    for name, data in chosen_files():
        kind = kind_of(name, data)
        entry.count("report.file", minutes=60)
        try:
            with keeping():
                drafts.add_file(draft_token, kind, name, data)
            sent.kept += 1
        except TooMany:
            sent.refusals.append(too_many(kind, name))
        except photos.FileRefused as refusal:
            sent.refusals.append(refused(refusal))
    return sent


@bp.route("/report/files", methods=["GET", "POST"])
def files() -> ResponseReturnValue:
    """Take files in as often as wanted, and ask about children once there are photos."""
    draft = entry.held()
    if request.method == "GET":
        if draft is None:
            return entry.to("report")
        form = FilesForm(
            formdata=None,
            back=request.args.get("back", ""),
            children_shown=draft.report.children_shown,
            children_consent=draft.report.children_consent,
        )
        return _show(form, draft)
    form = FilesForm()
    draft = draft or entry.begin()
    had_photos = bool(_photos(draft))
    sent = _take(entry.token())
    answers = form.answers() if had_photos else {}
    kept, _new = entry.keep(answers)
    adding = request.form.get("do") == "add"
    if adding and not sent.kept and not sent.refusals:
        sent.refusals.append(escape(_("No file was chosen.")))
    if not sent.refusals and not adding and not (sent.kept and not had_photos and _photos(kept)):
        if form.judge(problems(kept.report, photos=_photos(kept))):
            return entry.to(CHECK if form.back.data == CHECK else following(kept.report, after="files"))
        return _show(form, kept, 400)
    if sent.refusals:
        return _show(form, kept, 400, sent)
    return entry.to("files", back=form.back.data or None)


def _photos(draft: Draft) -> int:
    return sum(file.kind == "photo" for file in draft.files)


def _show(form: FilesForm, draft: Draft, status: int = 200, sent: Sent | None = None) -> ResponseReturnValue:
    area = draft.report.area
    return entry.page(
        "cases/files.html",
        status,
        form=form,
        draft=draft,
        report=draft.report,
        photos=_photos(draft),
        papers=len(draft.files) - _photos(draft),
        refusals=sent.refusals if sent else (),
        limits=photos,
        accepted=ACCEPTED,
        place=areas.place_of(area) if area else None,
        section="report",
    )


@bp.post("/report/files/<id>/remove")
def remove_file(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Remove a file."""
    try:
        with keeping():
            drafts.remove_file(entry.token(), id)
    except DraftGone:
        return entry.to("report")
    back = request.form.get("back") == CHECK
    return entry.to("files", back=CHECK if back else None)


@bp.get("/report/files/<id>.jpg")
def picture(id: str) -> ResponseReturnValue:  # noqa: A002
    """Show the small picture of a photo to the browser that sent it."""
    try:
        return headers.picture(drafts.picture(entry.token(), id))
    except (DraftGone, LookupError):
        raise entry.no_such("files") from None
