"""The interface's words: from code to `messages.pot`, to one catalogue a language, to compiled files.

Usage: `scripts/i18n extract|update|compile|check`. Catalogues are byte-stable: sorted, without dates or
places, so that a difference in version control is always a difference in words.
"""

import io
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import catalogue_rules
from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "lazy_gettext": None, "_l": None}
IDENTITY = "en"
"""Messages are written in this language, so its catalogue says every message as it stands."""
_UNSTABLE = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By")
HEADER = "# Words of the interface. Made by scripts/i18n; people edit the lines that begin with msgstr."


@dataclass(frozen=True, slots=True)
class Language:
    """A language of `locales.toml`: its code in addresses and its folder here."""

    code: str
    offered: bool

    @property
    def locale(self) -> Locale:
        """Babel's locale."""
        return Locale.parse(self.code.replace("-", "_"))

    def file(self, folder: Path, suffix: str = "po") -> Path:
        """Return the path of its catalogue."""
        return folder / self.code.replace("-", "_") / "LC_MESSAGES" / f"messages.{suffix}"


def languages(folder: Path) -> list[Language]:
    """Return every language listed, offered or not."""
    listed = tomllib.loads((folder / "locales.toml").read_text("utf-8"))["language"]
    return [Language(entry["code"], entry.get("status", "offered") == "offered") for entry in listed]


def extract(root: Path) -> Catalog:
    """Return the messages of all code and templates. Raises if a template cannot be parsed."""
    with (root / "translations" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalog = _empty(None)
    found = extract_from_dir(
        str(root), methods, options, KEYWORDS, ["Translators:"],
        strip_comment_tags=True, directory_filter=_is_source,
    )  # fmt: skip
    for _path, _line, text, comments, context in found:
        catalog.add(text, None, auto_comments=list(comments), context=context)
    return catalog


def _is_source(folder: str | Path) -> bool:
    return not Path(folder).name.startswith((".", "_")) and Path(folder).name not in {"var", "node_modules"}


def _empty(locale: Locale | None) -> Catalog:
    catalog = Catalog(locale, project="Tuoyu", version="1", charset="utf-8", fuzzy=False)
    catalog.header_comment = HEADER
    return catalog


def read(path: Path, locale: Locale | None = None) -> Catalog:
    """Read a catalogue file; a missing one is an empty catalogue."""
    if not path.exists():
        return _empty(locale)
    with path.open("rb") as file:
        return read_po(file, locale)


def dump(catalog: Catalog) -> bytes:
    """Return the bytes of a catalogue file, the same for the same words."""
    catalog.header_comment = HEADER
    buffer = io.BytesIO()
    write_po(buffer, catalog, no_location=True, sort_output=True, width=0)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in _UNSTABLE))]
    return "".join(kept).rstrip("\n").encode("utf-8") + b"\n"


def messages(catalog: Catalog) -> Iterator[Message]:
    """Yield the messages without the header."""
    return (message for message in catalog if message.id)


def merged(template: Catalog, language: Language, folder: Path) -> Catalog:
    """Return a language's catalogue with exactly the messages of the template, its own words kept.

    Words of messages that are gone stay at the end of the file, and return with the message.
    """
    old = read(language.file(folder), language.locale)
    fresh = _empty(language.locale)
    for message in messages(template):
        known = old.get(message.id, context=message.context) or old.obsolete.get(_name(message))
        same_shape = known is not None and isinstance(known.id, tuple) == isinstance(message.id, tuple)
        words = known.string if known is not None and same_shape and not known.fuzzy else None
        if language.code == IDENTITY:
            words = message.id
        kept = fresh.add(message.id, words, auto_comments=message.auto_comments, context=message.context)
        kept.user_comments = known.user_comments if known is not None else []
    for known in [*messages(old), *old.obsolete.values()]:
        if language.code != IDENTITY and _name(known) not in fresh and known.string and not known.fuzzy:
            fresh.obsolete[_name(known)] = known
    return fresh


def _name(message: Message) -> str:
    return catalogue_rules.forms(message.id)[0]


def compile_one(language: Language, folder: Path) -> bool:
    """Write a language's compiled catalogue if its words are newer; tell whether it was written."""
    source, target = language.file(folder), language.file(folder, "mo")
    if not source.exists() or (target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns):
        return False
    catalog = read(source, language.locale)
    for message in messages(catalog):
        if language.code == IDENTITY and not message.string:
            message.string = message.id
    draft = target.with_suffix(".mo.new")
    with draft.open("wb") as file:
        write_mo(file, catalog)
    draft.replace(target)
    return True


def main(arguments: list[str]) -> int:
    """Do what the first argument says; 1 if a check finds a fault, 2 if the word is unknown."""
    folder = ROOT / "translations"
    action = arguments[0] if len(arguments) == 1 else ""
    if action == "extract":
        (folder / "messages.pot").write_bytes(dump(extract(ROOT)))
    elif action == "update":
        template = extract(ROOT)
        (folder / "messages.pot").write_bytes(dump(template))
        for language in languages(folder):
            language.file(folder).parent.mkdir(parents=True, exist_ok=True)
            language.file(folder).write_bytes(dump(merged(template, language, folder)))
    elif action == "compile":
        for language in languages(folder):
            if compile_one(language, folder):
                print(f"Compiled the catalogue of {language.code}.")
    elif action == "check":
        faults = check(ROOT)
        print(*faults, f"Translations: {len(faults)} faults.", sep="\n")
        return 1 if faults else 0
    else:
        print("Say extract, update, compile or check.", file=sys.stderr)
        return 2
    return 0


def check(root: Path) -> list[str]:
    """Return every fault of the catalogues as `file: sentence`."""
    folder = root / "translations"
    template = extract(root)
    faults = []
    pot = folder / "messages.pot"
    if not pot.exists() or pot.read_bytes() != dump(template):
        faults.append("translations/messages.pot: it differs from the code. Run scripts/i18n update.")
    wanted = {catalogue_rules.key(message) for message in messages(template)}
    glossary = catalogue_rules.read_glossary(folder / "glossary.csv")
    faults += glossary.faults
    for language in languages(folder):
        path = language.file(folder)
        name = path.relative_to(root).as_posix()
        catalog = read(path, language.locale)
        present = {catalogue_rules.key(message) for message in messages(catalog)}
        if present != wanted:
            counts = f"{len(wanted - present)} messages are missing, {len(present - wanted)} unused"
            faults.append(f"{name}: {counts}. Run scripts/i18n update.")
        if not language.offered:
            continue
        for message in messages(catalog):
            for sentence in catalogue_rules.faults(message, language.code, catalog.num_plurals, glossary):
                faults.append(f"{name}: “{catalogue_rules.key(message)}”: {sentence}")
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
