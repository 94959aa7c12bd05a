"""Handles, passwords and codes: what is accepted, and for how long anything holds. Pure."""

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum
from functools import cache

INVITATION = timedelta(hours=72)
"""How long a one-time link can be used."""
ENROLMENT = timedelta(hours=1)
"""How long after choosing a password the one-time code may be set up."""
HALF = timedelta(minutes=10)
"""Time between password and one-time code."""
IDLE = timedelta(minutes=30)
"""A session nobody uses ends (complaints C.2-7)."""
ABSOLUTE = timedelta(hours=10)
"""Any session ends (complaints C.2-7)."""
FRESH = timedelta(minutes=10)
"""How long a confirmation counts for what needs one: reveal, export, publish."""
DEVICE = timedelta(days=90)
"""How long a browser is known to have signed in."""

SHORTEST, LONGEST = 12, 128
"""Characters of a password. Length is the only demand on its make-up (NIST 800-63B 5.1.1, ASVS 6.2)."""
_OWN = 5
"""Characters that a password has beside what everybody tries first; as many have to be different ones."""
_HANDLE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_HANDLE_LENGTH = range(3, 33)

RECOVERY_CODES = 10
RECOVERY_LENGTH = 16
"""Characters of base 32: 80 bits, far beyond what the limit on tries lets anybody guess."""

_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "0123456789",
)
COMMON = frozenset(
    """
    123456789abc 123456789012 1234567890ab 123456abcdef 123456qwerty 1234qwerasdf 123qweasdzxc 1q2w3e4r5t6y
    1qaz2wsx3edc 1qazxsw23edc 520131414520 a1234567890a a123456789a1 aa123456789a abc123456789 abcd12345678
    abcdef123456 admin1234567 admin@123456 administrator changeme1234 iloveyou1234 iloveyou5201 letmein12345
    monkey123456 password0123 password1234 password12345 password123456 passw0rd1234 p@ssw0rd1234 p@ssword1234
    q1w2e3r4t5y6 qazwsxedcrfv qwe123456789 qwer12345678 qwerty123456 qwerty12345678 qwertyuiop12 qwertyuiop123
    root12345678 superman1234 test12345678 tuoyu1234567 tuoyu12345678 welcome12345 welcome123456 woaini131452
    woaini1314520 woaini520131 woaini521131 woaini5201314 woaini123456 woaiwojia123 wangluo12345 zaq12wsxcde3
    zxcvbnm12345 zxcvbnm123456 zhongguo1234 zhongguo123456 wodemima1234 wodemima123456 1314520woaini
    """.split()  # noqa: SIM905 - one list to read
)
"""Passwords that are tried first, as far as they are long enough: NIST 800-63B asks to refuse them."""
_WORDS = frozenset(
    """
    1314 5201314 520 521 abc admin administrator asdf changeme china dragon guest hello iloveyou letmein login
    love master monkey nihao passwd password princess qazwsx qwe qweasd qweasdzxc qwer qwerty root secret
    sunshine superman test tuoyu user welcome woaini woaiwojia wodemima xinjiang zaq zhongguo zxc zxcv
    """.split()  # noqa: SIM905
)
"""What such passwords are put together from."""
_SHORTEST_RUN = 4
_SIMILAR = str.maketrans("@$013457", "asoieast")
_YEAR, _REPEATED = re.compile(r"(?:19|20)\d\d"), re.compile(r"(.)\1\1+")
_UNIT = re.compile(r"(.{1,11}?)\1+")
_IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


class PasswordFault(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    NUMBER = "number"
    """It is hardly more than a number that others know: of an identity card, or of a telephone."""
    HANDLE = "handle"


def normal_password(text: str) -> str:
    """Return a password as it is hashed: one form of each letter, whatever the keyboard sends (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def password_fault(password: str, handle: str) -> PasswordFault | None:
    """Return why a new password is refused, or nothing. Every character counts, none is demanded."""
    text = normal_password(password)
    if len(text) < SHORTEST:
        return PasswordFault.SHORT
    if len(text) > LONGEST:
        return PasswordFault.LONG
    plain = text.casefold()
    if handle and handle.casefold() in plain:
        return PasswordFault.HANDLE
    if len(_MOBILE.sub("", _IDENTITY.sub("", plain))) < _OWN:
        return PasswordFault.NUMBER
    unit = _UNIT.fullmatch(plain)
    once = unit[1] if unit else plain
    own = min(_own(once), _own(once.translate(_SIMILAR)))
    return PasswordFault.COMMON if plain in COMMON or own < _OWN else None


def _own(text: str) -> int:
    """Return how many different characters are left without what everybody tries first."""
    for piece in _pieces():
        text = text.replace(piece, " ")
    return len(set(_REPEATED.sub(" ", _YEAR.sub(" ", text))) - {" "})


@cache
def _pieces() -> tuple[str, ...]:
    """Return words and runs of keys that everybody tries first, the longest first."""
    lines = [each for letters in _RUNS for each in (letters * 2, letters[::-1] * 2)]
    runs = {
        line[start : start + length]
        for line in lines
        for length in range(_SHORTEST_RUN, len(line) // 2 + 1)
        for start in range(len(line) // 2)
    }
    return tuple(sorted({*_WORDS, *runs}, key=lambda piece: (-len(piece), piece)))


def normal_handle(text: str) -> str:
    """Return a handle as it is stored: what a person types, without case and spaces around it."""
    return unicodedata.normalize("NFKC", text).strip().casefold()[:64]


def is_handle(text: str) -> bool:
    """Tell whether a text can be a new handle: 3 to 32 Latin letters, digits and single hyphens."""
    return len(text) in _HANDLE_LENGTH and bool(_HANDLE.fullmatch(text))


def normal_code(text: str) -> str:
    """Return a typed code without what stands between its parts, in plain digits, look-alikes made one."""
    plain = "".join(
        str(unicodedata.decimal(letter, letter)) for letter in unicodedata.normalize("NFKC", text).upper()
    )
    return re.sub(r"[\s-]", "", plain).translate(str.maketrans("OIL", "011"))


def is_one_time_code(text: str) -> bool:
    """Tell a six-digit code of an authenticator from a recovery code."""
    return len(text) == 6 and text.isascii() and text.isdigit()  # noqa: PLR2004 - RFC 6238, as all apps show it


def in_groups(code: str) -> str:
    """Return a code in groups of four, to be read and typed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def sealed_as(account: str) -> str:
    """Return the context under which an account's authenticator secret is sealed."""
    return f"account:{account}:totp"
