"""Faults found in files: collected, never raised one by one, each with its file, line and sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a marked, untranslated message
    """Mark a sentence for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file. `sentence` is a msgid with named placeholders."""

    path: Path
    line: int
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    column: str = ""

    def text(self, translate: Callable[[str], str] = str) -> str:
        """Return `file:line: sentence`, translated by the given function."""
        where = f"{self.path}:{self.line}:" + (f" {self.column}:" if self.column else "")
        return f"{where} {translate(self.sentence) % dict(self.values)}"


class FaultyFiles(Exception):  # noqa: N818 - it carries faults, it is not itself an error's name
    """Files that must not be loaded. `faults` holds every one of them, in file order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(fault.text() for fault in faults))
