"""What a translated message must keep: complete, same placeholders, no new HTML, right letters and terms."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Message

PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[#0\- +]*\d*(?:\.\d+)?([diouxXeEfFgGcrsa%])")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
HAN = re.compile(r"[㐀-鿿豈-﫿]")
ARABIC = re.compile(r"[؀-ۿ]")
UYGHUR_WRONG = {
    "ک": "U+06A9 is Persian kaf; Uyghur writes ك (U+0643)",
    "ی": "U+06CC is Farsi yeh; Uyghur writes ي (U+064A) or ى (U+0649)",
    "ه": "U+0647 is Arabic heh; Uyghur writes ھ (U+06BE) or ە (U+06D5)",
    "ة": "U+0629 is teh marbuta; Uyghur writes ە (U+06D5)",
    "أ": "U+0623 is no Uyghur letter; Uyghur writes ئا or ئە",
    "ـ": "U+0640 is a tatweel, which only stretches a word",
    "\u200c": "U+200C is an invisible joiner that Uyghur does not use",
    "\u200d": "U+200D is an invisible joiner that Uyghur does not use",
}
UYGHUR_PUNCTUATION = {",": "،", ";": "؛", "?": "؟"}
COLUMNS = (
    "term", "identifier", "zh-Hans", "ug", "en", "definition_zh-Hans",
    "forbidden_zh-Hans", "forbidden_ug", "forbidden_en",
)  # fmt: skip


@dataclass(slots=True)
class Glossary:
    """Words that must not be used, by language, each with the word to use; and faults of the file."""

    forbidden: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_glossary(path: Path) -> Glossary:
    """Read `glossary.csv`; an absent file forbids nothing."""
    glossary = Glossary()
    if not path.exists():
        return glossary
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            glossary.faults.append(f"translations/glossary.csv: columns are missing: {', '.join(missing)}.")
            return glossary
        for row in reader:
            where = f"translations/glossary.csv:{reader.line_num}"
            for lang in ("zh-Hans", "ug", "en"):
                if not row[lang].strip():
                    glossary.faults.append(f"{where}: the term {row['term']} has no {lang} word.")
                for variant in filter(None, (part.strip() for part in row[f"forbidden_{lang}"].split("|"))):
                    glossary.forbidden.setdefault(lang, {})[variant] = row[lang]
            glossary.faults += [f"{where}: ug: {fault}" for fault in letter_faults(row["ug"])]
    return glossary


def key(message: Message) -> str:
    """Return what names a message in a report: its (singular) English sentence."""
    return forms(message.id)[0]


def forms(text: object) -> tuple[str, ...]:
    """Return the plural forms of a message's id or translation; a plain one has one form."""
    return tuple(str(form or "") for form in text) if isinstance(text, tuple | list) else (str(text or ""),)


def placeholders(text: str) -> Counter[str]:
    """Count the placeholders of a text, by name; `%%` is none."""
    return Counter(name or kind for name, kind in PLACEHOLDER.findall(text) if kind != "%")


def letter_faults(text: str) -> Iterator[str]:
    """Yield what is wrong with the letters and marks of a Uyghur text."""
    for letter, reason in UYGHUR_WRONG.items():
        if letter in text:
            yield f"{reason}."
    for mark, right in UYGHUR_PUNCTUATION.items():
        if re.search(rf"[؀-ۿ]\)?\s*{re.escape(mark)}(?=\s|$|[؀-ۿ])", text):
            yield f"“{mark}” after a Uyghur word should be “{right}”."


def faults(message: Message, lang: str, plurals: int, glossary: Glossary) -> Iterator[str]:
    """Yield the sentences a reviewer would write about one message of an offered language."""
    ids, strings = forms(message.id), forms(message.string)
    if message.fuzzy:
        yield "it is marked fuzzy; confirm it and remove the mark."
    if not all(strings):
        yield "it is not translated."
        return
    if isinstance(message.id, tuple) and len(strings) != plurals:
        yield f"it has {len(strings)} plural forms, {lang} has {plurals}."
    for place, string in enumerate(strings):
        source = ids[-1] if len(strings) == 1 or place else ids[0]
        yield from _shape(source, string)
        yield from _words(source, string, lang, glossary)


def _shape(source: str, string: str) -> Iterator[str]:
    wanted, got = placeholders(source), placeholders(string)
    if set(wanted) != set(got):
        names = ", ".join(sorted(set(wanted) ^ set(got)))
        yield f"placeholders differ: {names}."
    if Counter(TAG.findall(string)) != Counter(TAG.findall(source)):
        yield "its HTML differs from the message's."
    if string != string.strip() and source == source.strip():
        yield "it begins or ends with a space."


def _words(source: str, string: str, lang: str, glossary: Glossary) -> Iterator[str]:
    bare = TAG.sub("", PLACEHOLDER.sub("", string))
    if lang == "ug":
        yield from letter_faults(bare)
        left = sorted(set(HAN.findall(bare)) - set(HAN.findall(source)))
        if left:
            yield f"Chinese characters are left: {''.join(left)}."
    if lang == "zh-Hans" and ARABIC.search(bare) and not ARABIC.search(source):
        yield "Arabic letters are in a Chinese text."
    for variant, right in glossary.forbidden.get(lang, {}).items():
        pattern = rf"\b{re.escape(variant)}\b" if lang == "en" else re.escape(variant)
        allowed = bare.replace(right, "") if variant in right else bare
        if re.search(pattern, allowed, re.IGNORECASE):
            yield f"“{variant}” is not our word; the glossary says “{right}”."
