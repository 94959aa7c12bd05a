"""Words that make one ask whether a child is in danger now. Pure.

They only ever raise how grave a case is, and only when the resident agrees: the page asks, one tap answers.
A word too many costs a question; a word too few costs more. Negations are not understood.
"""

import re
import unicodedata
from typing import Final

_CHINESE: Final = (
    "虐待|虐童|体罚|猥亵|性侵|殴打|打孩子|打小孩|打宝宝|打人|被打|挨打|打耳光|打脸|打头|打屁股|"
    "扇耳光|扇了|脚踢|踢孩子|掐|捂嘴|捂住|捂被|勒|针扎|扎针|捆|绑住|绑在|关小黑屋|关厕所|锁门|"
    "反锁|锁在|喂药|安眠药|灌药|中毒|烫伤|烫|出血|流血|骨折|摔伤|昏迷|昏倒|晕倒|抽搐|窒息|噎|"
    "呛|没有呼吸|喘不上气|溺水|触电|不见了|走失|走丢|丢了孩子|被抱走|被接走|被带走|着火|起火|"
    "冒烟|煤气|燃气泄漏|救命|死亡|死了"
)
_UYGHUR: Final = (
    "ئۇرۇپ|ئۇردى|ئۇرغان|ئۇرۇۋات|تاياق يې|تەپتى|تېپىپ|كاچاتلى|شاپىلاق|چىمدى|چىمداپ|بوغۇپ|بوغدى|"
    "بوغۇلۇپ|باغلاپ قوي|سولاپ قوي|قاماپ|قۇلۇپلاپ|زوراۋانلىق|خورلى|جىنسىي|دورا ئىچكۈز|"
    "ئۇخلىتىش دورىسى|زەھەرلەن|كۆيۈپ|كۆيدۈر|قاناپ|قانىدى|قان چىق|سۇنۇپ كەت|ھوشىدىن كەت|ھوشسىز|"
    "تىنالما|نەپەس ئالالما|تارتىشىپ|سۇغا چۆك|توك سوق|يوقاپ كەت|يۈتۈپ كەت|ئېلىپ قېچىپ|"
    "ئېلىپ كەتكەن|ئوت كەت|ئىس چىق|گاز سىرغى|ئۆلۈپ|قۇتقۇز"
)
_ENGLISH: Final = (
    r"abus\w*", r"beat(?:en|s|ing)?", r"hit(?:s|ting)?", r"slap\w*", r"kick\w*", r"pinch\w*", r"chok\w*",
    r"strangl\w*", r"smother\w*", r"tied", r"molest\w*", r"sexual\w*", r"locked", r"drugged", r"sedat\w*",
    r"poison\w*", r"burn(?:t|ed|s|ing)?", r"scald\w*", r"bleed\w*", r"blood", r"bruis\w*", r"fractur\w*",
    r"unconscious", r"faint\w*", r"seizure\w*", r"convuls\w*", r"not breathing", r"suffocat\w*", r"drown\w*",
    r"missing", r"lost (?:a|the|my) child", r"kidnap\w*", r"taken away", r"fire", r"smoke", r"gas leak",
    r"dead", r"died",
)  # fmt: skip
_PLAIN: Final = re.compile(f"{_CHINESE}|{_UYGHUR}")
_SPELT: Final = re.compile(rf"\b(?:{'|'.join(_ENGLISH)})\b", re.IGNORECASE)
_MOST: Final = 3


def alarming(text: str) -> tuple[str, ...]:
    """Return the first words of a text, as they stand in it and at most three, that may mean danger."""
    wide = unicodedata.normalize("NFKC", text)
    hits = sorted((hit.start(), hit[0]) for search in (_PLAIN, _SPELT) for hit in search.finditer(wide))
    return tuple(dict.fromkeys(word for _place, word in hits))[:_MOST]
