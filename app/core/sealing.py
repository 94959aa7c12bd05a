"""Sealing: what must not be read from a stolen disk or backup is kept as envelopes of AES-256-GCM.

Each envelope has a data key of its own; the data key is wrapped with the master key, which lives in the file
`sealing` of the keys directory and never in the database, the data files or their backups. The context, such
as `case:7K3Q:contact`, is bound to the envelope: it opens nowhere else.

It protects: a copied database, a stolen disk or backup without the keys directory, envelopes moved between
records, changed bytes. It does not protect against somebody who controls the running program or its user, who
can read the keys directory as the program can. Lengths are not hidden. Without the key nothing can be opened,
by anybody: a restore needs the data and the keys.

An envelope: magic and version (6 bytes), id of the master key (8), nonce (12), wrapped data key (48), nonce
(12), sealed data with its tag (as long as the data, and 16).
"""

import base64
import binascii
import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, current_app

from app.settings import SettingsError, secret, write_once

CURRENT: Final = "sealing"
OVERHEAD: Final = 102
"""Bytes by which an envelope is longer than what it holds."""

_MAGIC: Final = b"tuoyu\x01"
_KEY: Final = 32
_ID: Final = 8
_NONCE: Final = 12
_TAG: Final = 16
_HEAD: Final = len(_MAGIC) + _ID
_WRAPPED: Final = _NONCE + _KEY + _TAG
_NAME: Final = re.compile(r"[a-z]+(-[a-z]+)*")


class SealError(Exception):
    """An envelope cannot be opened; the sentence says why and never holds what is in it."""


@dataclass(frozen=True, slots=True)
class _Master:
    """A master key and the id that envelopes name it by."""

    key: bytes
    id: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """The master keys of a directory: `sealing` seals and opens, each `sealing.<id>` of former days opens."""

    folder: Path

    def seal(self, data: bytes, context: str) -> bytes:
        """Return the envelope. Raises `SettingsError` when the master key cannot be used."""
        if not context:
            raise ValueError("An envelope needs a context that says where it belongs.")
        master = self.prepare()
        key = AESGCM.generate_key(bit_length=_KEY * 8)
        head = _MAGIC + master.id
        bound = context.encode("utf-8")
        outer, inner = os.urandom(_NONCE), os.urandom(_NONCE)
        wrapped = AESGCM(master.key).encrypt(outer, key, head + bound)
        return b"".join([head, outer, wrapped, inner, AESGCM(key).encrypt(inner, data, _MAGIC + bound)])

    def open(self, sealed: bytes, context: str) -> bytes:
        """Return what was sealed in this context. Raises `SealError`."""
        if not sealed.startswith(_MAGIC):
            raise SealError("These bytes are no envelope of this program, or their beginning is damaged.")
        if len(sealed) < OVERHEAD:
            raise SealError("This envelope is cut short.")
        head, wrapped = sealed[:_HEAD], sealed[_HEAD : _HEAD + _WRAPPED]
        inner = sealed[_HEAD + _WRAPPED : _HEAD + _WRAPPED + _NONCE]
        master = self._find(head[len(_MAGIC) :])
        bound = context.encode("utf-8")
        try:
            key = AESGCM(master.key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], head + bound)
            return AESGCM(key).decrypt(inner, sealed[_HEAD + _WRAPPED + _NONCE :], _MAGIC + bound)
        except InvalidTag:
            raise SealError("This envelope was changed, or it belongs to another record.") from None

    def prepare(self) -> _Master:
        """Return the current master key, made on first use. Raises `SettingsError` for an unusable one."""
        path = self.folder / CURRENT
        if not path.exists():
            write_once(path, _new_key())
        return _read(path)

    def rotate(self) -> str:
        """Make a new current master key; return the id of the former one, which stays to open what it sealed.

        Safe beside running processes, and at any moment of a power cut there is a current key.
        """
        former = self.prepare().id.hex()
        handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            former = self.prepare().id.hex()
            write_once(self.folder / f"{CURRENT}.{former}", (self.folder / CURRENT).read_text("ascii"))
            draft = self.folder / f".{CURRENT}.next"
            draft.unlink(missing_ok=True)
            write_once(draft, _new_key())
            draft.replace(self.folder / CURRENT)
            os.fsync(handle)
        finally:
            os.close(handle)
        return former

    def _find(self, wanted: bytes) -> _Master:
        # The current key first: a rotation keeps the former one before it replaces it.
        for path in (self.folder / CURRENT, self.folder / f"{CURRENT}.{wanted.hex()}"):
            if path.exists():
                try:
                    master = _read(path)
                except SettingsError as error:
                    raise SealError(str(error)) from error
                if master.id == wanted:
                    return master
        raise SealError(
            f"The key {wanted.hex()} that opens this envelope is not in {self.folder}. "
            f"Copy it there from the copy of the keys, as {CURRENT}.{wanted.hex()} with mode 0600."
        )


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(_KEY)).decode("ascii")


def _read(path: Path) -> _Master:
    """Read a master key. Raises `SettingsError` when others may read it or it is not 32 bytes in base 64."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError(f"{path} can be read by others than its owner. Run chmod 600 on it.")
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != _KEY:
        raise SettingsError(f"{path} is not a key of 32 bytes in base 64. Put back the copy of the keys.")
    return _Master(key, hashlib.sha256(b"tuoyu master key id\0" + key).digest()[:_ID])


def keyring() -> Keyring:
    """Return the keys of the running program."""
    return Keyring(current_app.extensions["settings"].keys)


def install(app: Flask) -> None:
    """Make the master key, or refuse to start with one that cannot be used (`SettingsError`)."""
    Keyring(app.extensions["settings"].keys).prepare()


def seal(data: bytes, context: str) -> bytes:
    """Return an envelope of the data that opens in the same context only."""
    return keyring().seal(data, context)


def open_sealed(sealed: bytes, context: str) -> bytes:
    """Return what was sealed. Raises `SealError`: wrong key, other context, or changed bytes."""
    return keyring().open(sealed, context)


def seal_text(text: str, context: str) -> bytes:
    """Return an envelope of a text; any text Python can hold comes back as it was."""
    return seal(text.encode("utf-8", "surrogatepass"), context)


def open_text(sealed: bytes, context: str) -> str:
    """Return the text that was sealed. Raises `SealError`."""
    return open_sealed(sealed, context).decode("utf-8", "surrogatepass")


def seal_json(value: object, context: str) -> bytes:
    """Return an envelope of anything JSON can hold."""
    return seal(json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii"), context)


def open_json(sealed: bytes, context: str) -> Any:
    """Return the value that was sealed. Raises `SealError`."""
    return json.loads(open_sealed(sealed, context))


def keyed_hash(name: str, text: str) -> str:
    """Return HMAC-SHA256 in hexadecimal under the secret of that name: to look a text up without keeping it.

    The secret is a file of the keys directory, made on first use. Names are small letters and hyphens.
    """
    if not _NAME.fullmatch(name) or name in {CURRENT, "session"}:
        raise ValueError(f"{name!r} is not a name of a secret for lookups.")
    key = secret(current_app.extensions["settings"], name).encode("ascii")
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
