"""Letters of texts: what Uyghur is not written with, Chinese characters, and what nobody can see."""

import re
from collections.abc import Iterator

HAN = re.compile(r"[㐀-鿿豈-﫿]")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
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
"""The same as in `scripts/catalogue_rules.py`, which runs before the program does; a test compares them."""
UYGHUR_PUNCTUATION = {",": "،", ";": "؛", "?": "؟"}


def letter_faults(text: str) -> Iterator[str]:
    """Yield what is wrong with the letters and marks of a Uyghur text."""
    for letter, reason in UYGHUR_WRONG.items():
        if letter in text:
            yield f"{reason}."
    for mark, right in UYGHUR_PUNCTUATION.items():
        if re.search(rf"[؀-ۿ]\)?\s*{re.escape(mark)}(?=\s|$|[؀-ۿ])", text):
            yield f"“{mark}” after a Uyghur word should be “{right}”."
