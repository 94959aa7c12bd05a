"""One typed settings object, read from the environment and the operator's site file; it fails early."""

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent

_HOLES = re.compile(r"\{[a-z]+\}")


class SettingsError(RuntimeError):
    """A setting is wrong; the sentence says which one and what to do."""


@dataclass(frozen=True, slots=True)
class Brand:
    """What an operator may change without touching code: names, footer fields, a few colours.

    Read from `site.toml` in the data directory (or `TUOYU_SITE`). Every field is optional.
    """

    name: Mapping[str, str] = field(default_factory=dict)
    """Site name by language code; the built-in name is used where it is missing."""
    sponsor: str = ""
    """主办单位, printed in the footer."""
    operator: str = ""
    """承办单位."""
    phone: str = ""
    """联系电话 of the office behind the site."""
    site_id: str = ""
    """网站标识码."""
    icp: str = ""
    """ICP 备案号, linked to the filing authority."""
    police: str = ""
    """公安网安备 number."""
    report_error_url: str = ""
    """政府网站找错 address."""
    street_map: str = ""
    """Address of an approved street map with `{lat}` and `{lon}` (WGS-84), opened on tap; none built in."""
    street_map_credit: str = ""
    """Name and approval number (审图号) of that map, which must be shown; needed with `street_map`."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """Overrides of the tokens brand, brand-deep, brand-tint, brand-ink, warm (`#rrggbb`)."""
    script_order: tuple[str, ...] = ("zh-Hans",)
    """Languages in the order in which they stand on sheets printed in two; those not named follow. The law on
    the common language asks that it comes first: change this only with your lawyers."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides. Defaults are safe for a laptop and valid in production."""

    data: Path
    """TUOYU_DATA: directory for database, index, uploads. Default `var/` in the checkout."""
    keys: Path
    """TUOYU_KEYS: directory of secrets, mode 0600 files. Default `<data>/keys`."""
    database_url: str
    """DATABASE_URL: default SQLite in the data directory; `postgresql+psycopg://…` switches."""
    content: Path
    """TUOYU_CONTENT: directory of words and places. Default `content/` in the checkout."""
    translations: Path
    """Directory of the catalogues and of `locales.toml`."""
    sample: bool
    """TUOYU_SAMPLE: `0` leaves out the fictional county."""
    prefix: str
    """TUOYU_PREFIX: path the site is mounted under, such as `/tuoyu`; empty for the root."""
    public_url: str
    """TUOYU_PUBLIC_URL: address readers know the site by, such as `https://tuoyu.example.gov.cn`, without the
    prefix. Share links and QR codes use it, and only its host is answered. Empty: whatever host was asked."""
    proxies: int
    """TUOYU_PROXIES: how many trusted proxies stand in front; so many entries of X-Forwarded-For are
    believed, counted from the right. Default 0: the peer of the connection is who asks."""
    smtp: str
    """TUOYU_SMTP: mail server for letters to offices, `smtp://user:password@host:port` or `smtps://…`. Empty:
    nothing is sent, notices stand at the counter only."""
    mail_from: str
    """TUOYU_MAIL_FROM: address those letters come from; needed with TUOYU_SMTP."""
    brand: Brand
    check_links: bool = False
    """TUOYU_CHECK_LINKS: `1` lets the job worker ask official sites whether pages that texts lead to still
    stand. Default off: nothing is asked of anybody."""
    testing: bool = False

    @property
    def trusted_hosts(self) -> list[str] | None:
        """Hosts that are answered once the public address is known: that one, and the machine itself."""
        host = urlsplit(self.public_url).hostname
        return [host, "localhost", "127.0.0.1", "[::1]"] if host else None

    @property
    def index(self) -> Path:
        """Directory of the text index; may be deleted at any time and rebuilt."""
        return self.data / "index"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises `SettingsError` naming the variable that is wrong."""
    env = os.environ if environ is None else environ
    data = Path(env.get("TUOYU_DATA") or ROOT / "var").absolute()
    prefix = env.get("TUOYU_PREFIX", "").rstrip("/")
    if prefix and not prefix.startswith("/"):
        raise SettingsError(f"TUOYU_PREFIX must start with a slash, such as /tuoyu; it is {prefix!r}.")
    sample = env.get("TUOYU_SAMPLE", "1")
    if sample not in {"0", "1"}:
        raise SettingsError(f"TUOYU_SAMPLE must be 0 or 1; it is {sample!r}.")
    url = env.get("DATABASE_URL") or f"sqlite:///{data / 'tuoyu.db'}"
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("DATABASE_URL must start with sqlite:/// or postgresql+psycopg://.")
    proxies = env.get("TUOYU_PROXIES") or "0"
    if proxies not in set("0123456789"):
        raise SettingsError(f"TUOYU_PROXIES must be a number from 0 to 9; it is {proxies!r}.")
    return Settings(
        data=data,
        keys=Path(env.get("TUOYU_KEYS") or data / "keys").absolute(),
        database_url=url,
        content=Path(env.get("TUOYU_CONTENT") or ROOT / "content").absolute(),
        translations=ROOT / "translations",
        sample=sample == "1",
        prefix=prefix,
        public_url=_public_url(env.get("TUOYU_PUBLIC_URL", "")),
        proxies=int(proxies),
        smtp=_smtp(env),
        mail_from=env.get("TUOYU_MAIL_FROM", ""),
        check_links=env.get("TUOYU_CHECK_LINKS", "") == "1",
        brand=_brand(Path(env.get("TUOYU_SITE") or data / "site.toml")),
    )


def _public_url(text: str) -> str:
    address = urlsplit(text.rstrip("/"))
    if text and (address.scheme not in {"http", "https"} or not address.hostname or address.path):
        raise SettingsError(f"TUOYU_PUBLIC_URL must be like https://tuoyu.example.gov.cn; it is {text!r}.")
    return text.rstrip("/")


def _smtp(env: Mapping[str, str]) -> str:
    """Return the mail server. Its address may hold a password, so no message repeats it."""
    text, sender = env.get("TUOYU_SMTP", ""), env.get("TUOYU_MAIL_FROM", "")
    if not text:
        return ""
    try:
        address = urlsplit(text)
        usable = address.scheme in {"smtp", "smtps"} and bool(address.hostname) and address.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError("TUOYU_SMTP must be like smtp://user:password@mail.example.gov.cn:587.")
    if not re.fullmatch(r"[^@\s<>,;:]+@[^@\s<>,;:]+", sender):
        raise SettingsError("TUOYU_SMTP needs TUOYU_MAIL_FROM, an address such as tuoyu@example.gov.cn.")
    return text


def _brand(path: Path) -> Brand:
    if not path.exists():
        return Brand()
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as TOML: {error}.") from error
    unknown = set(raw) - set(Brand.__dataclass_fields__)
    if unknown:
        raise SettingsError(f"{path} has unknown fields: {', '.join(sorted(unknown))}.")
    order = raw.get("script_order", ["zh-Hans"])
    if not (isinstance(order, list) and order and all(isinstance(code, str) for code in order)):
        raise SettingsError(f'{path}: script_order must be a list of languages, such as ["zh-Hans", "ug"].')
    brand = Brand(**{**raw, "script_order": tuple(order)})
    if brand.street_map or brand.street_map_credit:
        usable = brand.street_map.startswith("https://") and {"{lat}", "{lon}"} <= set(
            _HOLES.findall(brand.street_map)
        )
        if not (usable and brand.street_map_credit):
            raise SettingsError(
                f"{path}: street_map must be like https://map.example.gov.cn/?c={{lat}},{{lon}}, and "
                "street_map_credit must name the map and its approval number."
            )
    return brand


def secret(settings: Settings, name: str) -> str:
    """Return the secret of that name, generating it (mode 0600) on first use."""
    path = settings.keys / name
    if not path.exists():
        write_once(path, secrets.token_urlsafe(48))
    value = path.read_text("ascii").strip()
    if len(value) < 32:  # noqa: PLR2004 - 256 bits in base 64 are 43 characters; 32 is the floor
        raise SettingsError(f"{path} is too short to be a secret. Delete it to have a new one made.")
    return value


def write_once(path: Path, text: str) -> None:
    """Write a secret (mode 0600) unless there is one; what is there afterwards survives a power cut.

    Several processes may start at once: the first to link the file wins, the others keep what it wrote.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
