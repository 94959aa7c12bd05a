"""Reads a text file: front matter in YAML between two lines of three hyphens, and the body after it.

Every value is kept as it is written, a text or a list of texts; what it must be is asked later, so that a
code such as 650100 or a word such as `no` stays what it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from app.core.faults import N_
from app.core.files import Faults

FENCE = "---"
Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A text file: its fields with their lines, the front matter as written, the body and its first line."""

    path: Path
    fields: Mapping[str, Value]
    lines: Mapping[str, int]
    front: str
    body: str
    body_line: int
    faults: Faults

    def bad(self, column: str, sentence: str, **values: object) -> None:
        """Record a fault of a field."""
        self.faults.add(self.path, self.lines.get(column, 1), sentence, column, **values)

    def wrong(self, line: int, sentence: str, **values: object) -> None:
        """Record a fault of the body; the line is counted from its first."""
        self.faults.add(self.path, self.body_line + line - 1, sentence, "", **values)

    def text(self, column: str) -> str:
        """Return a field that is one value; "" if it is not there."""
        value = self.fields.get(column, "")
        if isinstance(value, tuple):
            self.bad(column, N_("Write one value, not a list."))
            return ""
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """Return a field that is a list; one value alone is a list of one."""
        value = self.fields.get(column, ())
        return (value,) if isinstance(value, str) and value else tuple(value)


def read_page(path: Path, faults: Faults) -> Page | None:
    """Read a text file; nothing, and a fault, if it is none."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        faults.add(path, 1, N_("This file is not UTF-8 (byte %(byte)s)."), byte=error.start)
        return None
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        faults.add(path, 1, N_("The file must begin with a line of three hyphens and its front matter."))
        return None
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), 0)
    if not end:
        faults.add(path, 1, N_("The front matter has no end: a second line of three hyphens."))
        return None
    front = "".join(f"{line}\n" for line in lines[1:end])
    found = _fields(path, front, faults)
    if found is None:
        return None
    fields, places = found
    return Page(path, fields, places, front, "\n".join(lines[end + 1 :]), end + 2, faults)


def _fields(path: Path, front: str, faults: Faults) -> tuple[dict[str, Value], dict[str, int]] | None:
    try:
        root = yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        why = getattr(error, "problem", None) or str(error).partition("\n")[0]
        faults.add(path, line, N_("The front matter cannot be read: %(error)s."), error=why)
        return None
    if not isinstance(root, yaml.MappingNode):
        faults.add(path, 2, N_("The front matter is a list of fields, each with a colon: “title: …”."))
        return None
    fields: dict[str, Value] = {}
    places: dict[str, int] = {}
    for key, node in root.value:
        name, line = str(key.value), key.start_mark.line + 2
        if name in fields:
            faults.add(path, line, N_("This field stands there twice."), name)
        places[name] = line
        if isinstance(node, yaml.ScalarNode):
            fields[name] = " ".join(node.value.split())
        elif isinstance(node, yaml.SequenceNode) and all(isinstance(x, yaml.ScalarNode) for x in node.value):
            fields[name] = tuple(" ".join(item.value.split()) for item in node.value)
        else:
            faults.add(path, line, N_("Write a value or a plain list."), name)
    return fields, places
