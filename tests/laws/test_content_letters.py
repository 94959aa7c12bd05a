"""Uyghur in content files is written with Uyghur letters, and no cell hides what cannot be seen."""

import csv
import re

import pytest
from catalogue_rules import HAN, letter_faults

from tests.addresses import CONTENT

FILES = sorted(CONTENT.rglob("*.csv"))
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CONTENT)))
def test_letters_are_right(path):
    found = []
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf"), "a byte-order mark"
    assert b"\r" not in raw, "Windows line ends"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            where = f"{path.name}:{reader.line_num}"
            for column, value in row.items():
                cell = value or ""
                if INVISIBLE.search(cell):
                    found.append(f"{where}: {column} has an invisible character")
                if column.endswith("_ug"):
                    found += [f"{where}: {column}: {sentence}" for sentence in letter_faults(cell)]
                    if HAN.search(cell):
                        found.append(f"{where}: {column} still has Chinese characters: {cell[:30]}")
    assert not found, "\n".join(found[:20])
