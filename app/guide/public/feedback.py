"""Was it helpful, is the translation wrong: between one reader and us, never kept, without a name."""

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.core import limits, stamps
from app.guide.forms.feedback import FORMS, HASTY, STALE, TOO_OFTEN, HelpfulForm, TranslationForm
from app.guide.public.articles import known
from app.guide.public.entry import bp
from app.guide.queries.texts import Article
from app.guide.service import feedback
from app.guide.service.feedback import Said

_MANY = 429


@bp.route("/guide/<slug>/say", methods=["GET", "POST"])
def say(slug: str) -> ResponseReturnValue:
    """Ask whether a text helped, or which sentence of the translation is wrong."""
    found = known(slug)
    about = _about()
    if request.args.get("done") == "1":
        return _show(found, about, done=True)
    form = FORMS[about]()
    return _take(found, about, form) if request.method == "POST" else _show(found, about, form=form)


def _about() -> str:
    asked = request.args.get("about", "")
    return asked if asked in FORMS else "helpful"


def _take(found: Article, about: str, form: HelpfulForm | TranslationForm) -> ResponseReturnValue:
    if not limits.allow("guide.say", limits.source_key()):
        return _show(found, about, _MANY, form=form, trouble=str(TOO_OFTEN))
    helpful, words = form.answers()
    if form.errors:
        return _show(found, about, 400, form=form)
    verdict = stamps.judge(form.shown.data or "", f"say:{found.slug}", form.website.data or "")
    if verdict in {"hasty", "stale"}:
        return _show(found, about, 400, form=form, trouble=str(HASTY if verdict == "hasty" else STALE))
    if verdict == "right":  # a program need not learn that it was seen through
        feedback.take(Said(found.slug, found.shown.language, found.shown.n, about, helpful, words))
    return redirect(url_for("guide.say", slug=found.slug, about=about, done="1"), 303)


def _show(
    found: Article,
    about: str,
    status: int = 200,
    *,
    form: HelpfulForm | TranslationForm | None = None,
    trouble: str = "",
    done: bool = False,
) -> Response:
    if form is not None:
        form.shown.data, form.website.data = stamps.stamp(f"say:{found.slug}"), ""
    body = render_template(
        "guide/say.html", article=found, about=about, form=form, trouble=trouble, done=done
    )
    response = make_response(body, status)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.errorhandler(CSRFError)
def expired(_error: CSRFError) -> ResponseReturnValue:
    """Lose nothing that was typed in a form whose session ended. One from another site starts anew.

    All other forms of these pages keep nothing, so they are simply answered.
    """
    endpoint, values = str(request.endpoint), request.view_args or {}
    if stamps.from_elsewhere():
        return redirect(url_for("guide.home"), 303)
    if endpoint != "guide.say":
        answer: ResponseReturnValue = current_app.ensure_sync(current_app.view_functions[endpoint])(**values)
        return answer
    about = _about()
    return _show(known(str(values["slug"])), about, 400, form=FORMS[about](), trouble=str(STALE))
