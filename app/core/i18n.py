"""Languages: the registry, matching a browser's wishes, and texts that know their own language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from werkzeug.datastructures import LanguageAccept

SOURCE = "zh-Hans"
_LIKELY_SCRIPT = {
    "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-my": "zh-Hans", "zh-hans": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant": "zh-Hant",
    "kk-cn": "kk-Arab", "kk-arab": "kk-Arab", "ug-cyrl": "ug-Cyrl", "ug-latn": "ug-Latn",
}  # fmt: skip
"""Likely scripts (CLDR likelySubtags), for tags where the script changes what a reader can read."""


class LanguageError(RuntimeError):
    """The list of languages or a catalogue is not usable; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language the site is offered in."""

    code: str
    """BCP 47, as in URLs and `lang`."""
    name: str
    """Its name in itself."""
    aliases: tuple[str, ...]

    @property
    def locale(self) -> Locale:
        """Babel's locale."""
        return Locale.parse(self.code.replace("-", "_"))

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, asked of CLDR and never written down."""
        return self.locale.text_direction

    @property
    def folder(self) -> str:
        """Name of its folder under `translations/`."""
        return self.code.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages offered, in order; the first is the source language."""

    offered: tuple[Language, ...]

    def get(self, code: str) -> Language | None:
        """Return the language of exactly that code."""
        return next((language for language in self.offered if language.code == code), None)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes in the order they are offered."""
        return tuple(language.code for language in self.offered)

    def match_tag(self, tag: str) -> str | None:
        """Return the offered language that a reader of this tag can read, or None.

        Script first: `zh-TW` never gets simplified characters while traditional ones are offered, and a
        reader of Cyrillic Kazakh is never shown Arabic letters.
        """
        wanted = tag.replace("_", "-").lower()
        parts = wanted.split("-")
        likely = wanted
        for length in range(len(parts), 0, -1):
            prefix = "-".join(parts[:length])
            if prefix in _LIKELY_SCRIPT:
                likely = _LIKELY_SCRIPT[prefix].lower()
                break
            exact = next((language for language in self.offered if language.code.lower() == prefix), None)
            if exact:
                return exact.code
        for language in self.offered:
            names = {language.code.lower(), *(alias.lower() for alias in language.aliases)}
            if likely in names or wanted in names:
                return language.code
        if likely == "zh-hant":
            return self.match_tag("zh-Hans")
        return None

    def match(self, wishes: LanguageAccept) -> str:
        """Return the best language for an Accept-Language header; the source language if none fits."""
        for tag, _quality in wishes:
            found = self.match_tag(tag)
            if found:
                return found
        return self.offered[0].code


def load_languages(folder: Path) -> Languages:
    """Read `locales.toml`. Raises `LanguageError` if it is wrong."""
    try:
        raw = tomllib.loads((folder / "locales.toml").read_text("utf-8"))
        offered = tuple(
            Language(entry["code"], entry["name"], tuple(entry.get("aliases", ())))
            for entry in raw["language"]
            if entry.get("status", "offered") == "offered"
        )
        for language in offered:
            language.locale  # noqa: B018 - an unknown locale must fail here
    except (OSError, KeyError, ValueError, tomllib.TOMLDecodeError) as error:
        raise LanguageError(f"translations/locales.toml cannot be used: {error!r}") from error
    if not offered or offered[0].code != SOURCE:
        raise LanguageError(f"translations/locales.toml must begin with {SOURCE}, the source language.")
    return Languages(offered)


def missing_catalogues(languages: Languages, folder: Path) -> list[str]:
    """Return the codes of languages whose compiled catalogue is not there."""
    return [
        language.code
        for language in languages.offered
        if not (folder / language.folder / "LC_MESSAGES" / "messages.mo").exists()
    ]


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of content with the language it is written in."""

    text: str
    lang: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def pick(names: Mapping[str, str], lang: str) -> Text:
    """Choose the translation for a reader: their language, else the source, else whatever there is."""
    for code in (lang, SOURCE, *names):
        if names.get(code):
            return Text(names[code], code)
    return Text("", lang)
