"""Where the embedded engine writes its files."""

from __future__ import annotations

from typing import Final

from whoosh.filedb.filestore import FileStorage

_LENGTHS: Final = "_len.col"


class UnmeasuredFiles(FileStorage):  # type: ignore[misc]  # Whoosh is untyped
    """Files of an index whose fields have no lengths; Whoosh would look for them on disk at each posting."""

    def file_exists(self, name: str) -> bool:
        """Tell whether there is a file of that name."""
        return not name.endswith(_LENGTHS) and bool(super().file_exists(name))
