"""Static files: read once, named by their content, served compressed and for ever."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli

_COMPRESSIBLE = {".css", ".js", ".svg", ".txt", ".json"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file with its ready-made encodings; `encodings` is empty where compressing gains nothing."""

    body: bytes
    encodings: Mapping[str, bytes]
    mimetype: str
    etag: str


class Assets:
    """The files of a folder by hashed name (`site.1a2b3c4d.css`) and the hashed name by plain name."""

    def __init__(self, folder: Path) -> None:
        self.by_hash: dict[str, Asset] = {}
        self.names: dict[str, str] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith(".") and path.suffix not in {".md", ".txt"}:
                self.add(path.relative_to(folder).as_posix(), path.read_bytes())

    def add(self, name: str, body: bytes) -> None:
        """Take in a file. References in a style sheet to earlier files are renamed to their hashed names."""
        if name.endswith(".css"):
            for plain, hashed in self.names.items():
                body = body.replace(f'url("{plain}")'.encode(), f'url("{hashed}")'.encode())
        digest = hashlib.sha256(body).hexdigest()[:12]
        stem, dot, suffix = name.rpartition(".")
        hashed = f"{stem}.{digest[:8]}{dot}{suffix}"
        encodings = _compressed(body) if dot + suffix in _COMPRESSIBLE else {}
        mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.by_hash[hashed] = Asset(body, encodings, mimetype, digest)
        self.names[name] = hashed


@lru_cache(maxsize=128)
def _compressed(body: bytes) -> Mapping[str, bytes]:
    """Return a body by encoding, as small as it gets; slow, so once in a process."""
    return {"br": brotli.compress(body, quality=11), "gzip": gzip.compress(body, 9, mtime=0)}
