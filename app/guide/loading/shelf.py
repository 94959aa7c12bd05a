"""Reads the whole of `content/guide/`: what is good, and everything that is wrong with the rest."""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.areas.loading.packs import load_hotlines
from app.core.faults import N_, Fault
from app.core.files import Faults
from app.core.i18n import SOURCE
from app.guide.loading.checks import Known
from app.guide.loading.front import Page, read_page
from app.guide.loading.ledger import Ledger, load_ledger
from app.guide.loading.lists import load_bands, load_topics
from app.guide.loading.sources import SourceText, is_overdue, read_source
from app.guide.loading.translations import Translation, read_translation

SUFFIX = ".md"


@dataclass(slots=True)
class Shelf:
    """What was read. `texts` and `translations` hold only what has no fault.

    `present` are the files that are there, good or not, as (language, slug): a text whose file is gone is
    taken away, one whose file is faulty stays as it was. `notices` stop nothing, nor does `due`: texts that
    should have been looked at again, or whose time is over, which every import tells.
    """

    ledger: Ledger
    texts: dict[str, SourceText] = field(default_factory=dict)
    translations: dict[tuple[str, str], Translation] = field(default_factory=dict)
    present: set[tuple[str, str]] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    due: list[Fault] = field(default_factory=list)


def load_shelf(content: Path, languages: tuple[str, ...], glossary: Path, today: date) -> Shelf:
    """Read `guide/` of a content folder in the languages offered; never raises for what a file says.

    `glossary` is the table of terms with words that must not be used.
    """
    faults = Faults(content)
    folder = content / "guide"
    topics = tuple(load_topics(folder, languages, faults))
    bands = frozenset(band.code for band in load_bands(folder, languages, faults))
    ledger = load_ledger(content, languages, bands, faults, today)
    shelf = Shelf(ledger)
    pages = _pages(folder, languages, faults, shelf)
    known = Known(
        ledger=ledger,
        topics=frozenset(topic.code for topic in topics),
        bands=bands,
        slugs=frozenset(slug for language, slug in shelf.present if language == SOURCE),
        phones=frozenset(
            row["kind"]
            for row in load_hotlines(content / "national" / "hotlines.csv", "*", Faults(content))
            if row["verified_on"]
        ),
        places=frozenset(path.parent.name for path in (content / "places").glob("*/place.toml")),
        today=today,
        forbidden=forbidden_words(glossary),
    )
    read = {
        slug: read_source(page, SOURCE, known)
        for (language, slug), page in pages.items()
        if language == SOURCE
    }
    found = {
        key: read_translation(page, key[0], read.get(key[1]), known)
        for key, page in pages.items()
        if key[0] != SOURCE and (key[1] in read or (SOURCE, key[1]) not in shelf.present)
    }
    wrong = {fault.path for fault in faults.found}
    shelf.texts = {slug: text for slug, text in read.items() if not _is_in(text.page, wrong, content)}
    shelf.translations = {
        (language, slug): text
        for (language, slug), text in found.items()
        if slug in shelf.texts and not _is_in(text.page, wrong, content)
    }
    shelf.faults = sorted(faults.found, key=lambda fault: (str(fault.path), fault.line))
    shelf.notices = _notices(shelf, known, content)
    shelf.due = _due(shelf, known, content)
    return shelf


def _pages(
    folder: Path, languages: tuple[str, ...], faults: Faults, shelf: Shelf
) -> dict[tuple[str, str], Page]:
    """Read the files of the languages offered; those of a language that is not offered yet wait."""
    pages: dict[tuple[str, str], Page] = {}
    for language in languages:
        for path in sorted((folder / language).glob(f"*{SUFFIX}")):
            shelf.present.add((language, path.stem))
            page = read_page(path, faults)
            if page:
                pages[language, path.stem] = page
    return pages


def _is_in(page: Page, wrong: set[Path], content: Path) -> bool:
    return page.path.relative_to(content) in wrong


def forbidden_words(path: Path) -> dict[str, dict[str, str]]:
    """Read the words that the glossary forbids, by language; its own check tells its faults."""
    found: dict[str, dict[str, str]] = {}
    if not path.exists():
        return found
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column, cell in row.items():
                prefix, _, language = (column or "").partition("_")
                if prefix == "forbidden" and cell:
                    words = filter(None, (part.strip() for part in cell.split("|")))
                    found.setdefault(language, {}).update({word: row.get(language) or "" for word in words})
    return found


def _due(shelf: Shelf, known: Known, content: Path) -> list[Fault]:
    """Return the texts that should have been looked at again, and those whose last day is over."""
    faults = Faults(content)
    for text in shelf.texts.values():
        path, lines, until = text.page.path, text.page.lines, text.record.valid_until
        if is_overdue(text, known):
            faults.add(
                path, lines.get("written_on", 1), N_("It should have been looked at again."), "written_on"
            )
        if until is not None and until < known.today:
            sentence = N_("Its time was over on %(date)s; readers are told so.")
            faults.add(path, lines.get("valid_until", 1), sentence, "valid_until", date=until)
    return faults.found


def _notices(shelf: Shelf, known: Known, content: Path) -> list[Fault]:
    """Return what somebody should know although nothing is wrong with a file."""
    faults = Faults(content)
    used = {key for text in shelf.texts.values() for key in text.words.keys}
    for text in shelf.texts.values():
        stale = sorted(key for key in text.words.keys if known.ledger.facts[key].over(known.today))
        if stale:
            sentence = N_("It refers to facts that do not hold any more: %(keys)s.")
            faults.add(text.page.path, 1, sentence, keys=", ".join(stale))
    for each in shelf.translations.values():
        if not each.of:
            faults.add(each.page.path, each.page.lines.get("of", 1), N_("It has no stamp yet."), "of")
    for key in sorted(set(known.ledger.facts) - used):
        theme = known.ledger.facts[key].theme
        faults.add(content / "guide" / "facts" / f"{theme}.csv", 1, N_("No text uses “%(key)s”."), key=key)
    return faults.found
