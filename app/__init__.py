"""Tuoyu: the site a county runs for families with children under three. `create_app` is its contents."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import settings as configuration
from app.accounts import cli as accounts_cli
from app.accounts import forms as accounts_forms
from app.accounts import queries as accounts_queries
from app.accounts import staff as accounts_staff
from app.areas import cli as areas_cli
from app.areas import forms as areas_forms
from app.areas import queries as areas_queries
from app.areas.forms import words as place_words
from app.cases import api as cases_data_door
from app.cases import cli as cases_cli
from app.cases import public as cases_door
from app.cases import staff as counter_door
from app.cases.forms import counter_labels
from app.cases.forms import labels as cases_labels
from app.cases.public import stats as figures_door
from app.cases.staff import place as place_door
from app.core import brand, errors, headers, i18n, kept, logs, mount, pages, sealing
from app.core import cli as core_cli
from app.core.assets import Assets
from app.core.labels import LabelTable
from app.events import cli as events_cli
from app.events import public as events_door
from app.events import staff as events_counter_door
from app.events.forms import labels as events_labels
from app.extensions import babel, compress, csrf, db
from app.facilities import api as facilities_api_door
from app.facilities import cli as facilities_cli
from app.facilities import public as facilities_door
from app.facilities import staff as facilities_counter_door
from app.facilities.forms import labels as facilities_labels
from app.facilities.public import data as open_data_door
from app.facilities.staff import imports as imports_door
from app.guide import cli as guide_cli
from app.guide import public as guide_door
from app.guide import staff as guide_counter_door
from app.guide.forms import counter_labels as guide_counter_labels
from app.guide.forms import labels as guide_labels
from app.guide.forms.tools import labels as tool_labels
from app.guide.public import offline as offline_door
from app.settings import Settings
from app.site import api as maps_door
from app.site import cli as site_cli
from app.site import forms as site_forms
from app.site import public as site_door
from app.site import staff as site_counter_door


def create_app(settings: Settings | None = None) -> Flask:
    """Build the program. Raises an error with a whole sentence if a setting or catalogue is unusable."""
    settings = settings or configuration.load()
    settings.data.mkdir(parents=True, exist_ok=True)
    app = Flask("app", static_folder=None)
    app.extensions["settings"] = settings
    app.config.update(
        TESTING=settings.testing,
        SECRET_KEY=configuration.secret(settings, "session"),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        BABEL_TRANSLATION_DIRECTORIES=str(settings.translations),
        BABEL_DEFAULT_LOCALE=i18n.SOURCE.replace("-", "_"),
        SESSION_COOKIE_NAME="tuoyu",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH=settings.prefix or "/",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=1024 * 1024,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=headers.COMPRESSED,
        COMPRESS_BR_LEVEL=4,
        TRUSTED_HOSTS=settings.trusted_hosts,
    )
    languages = i18n.load_languages(settings.translations)
    missing = i18n.missing_catalogues(languages, settings.translations)
    if missing:
        raise i18n.LanguageError(f"No compiled catalogue for {', '.join(missing)}. Run scripts/i18n compile.")

    db.init_app(app)
    babel.init_app(app, locale_selector=pages.locale)
    csrf.init_app(app)
    compress.init_app(app)
    assets = Assets(configuration.ROOT / "app" / "static")
    app.extensions["assets"] = assets
    brand.install(app, settings.brand, assets)
    pages.install(app, languages, assets)
    headers.install(app)
    sealing.install(app)
    accounts_queries.install(app)
    logs.install(app)
    _open_rooms(app)
    kept.install(app)
    app.wsgi_app = mount.Mount(  # type: ignore[method-assign]
        ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=1, x_host=0), settings.prefix
    )
    return app


def _open_rooms(app: Flask) -> None:
    """Bind the doors of the rooms, their words and their commands."""
    labels = LabelTable()
    for words in (
        areas_forms.LABELS,
        place_words.LABELS,
        accounts_forms.LABELS,
        facilities_labels.LABELS,
        events_labels.LABELS,
        cases_labels.LABELS,
        counter_labels.LABELS,
        guide_labels.LABELS,
        guide_counter_labels.LABELS,
        tool_labels.LABELS,
        site_forms.LABELS,
    ):
        labels.add(words)
    app.jinja_env.globals["label"] = labels
    for door in (
        site_door,
        maps_door,
        facilities_door,
        facilities_api_door,
        open_data_door,
        facilities_counter_door,
        imports_door,
        guide_door,
        offline_door,
        guide_counter_door,
        events_door,
        events_counter_door,
        cases_door,
        figures_door,
        cases_data_door,
        counter_door,
        place_door,
        site_counter_door,
        accounts_staff,
    ):
        app.register_blueprint(door.bp)
    errors.install(app, areas_queries.hotlines_always, labels.field)
    for group in (
        *core_cli.GROUPS,
        areas_cli.areas,
        accounts_cli.accounts,
        *facilities_cli.GROUPS,
        guide_cli.guide,
        events_cli.events,
        cases_cli.cases,
        site_cli.jobs,
        site_cli.prepare,
    ):
        app.cli.add_command(group)
