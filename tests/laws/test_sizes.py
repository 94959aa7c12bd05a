"""A file is as long as a reader can hold."""

import pytest

from tests.sites import ROOT

# Migrations (versions/) are lists that nobody edits again; their length says nothing.
LIMITS = [
    ("app", "*.py", 300),
    ("scripts", "*", 300),
    ("tests", "*.py", 400),
    ("app/templates", "*.html", 150),
]


@pytest.mark.parametrize(("folder", "pattern", "limit"), LIMITS)
def test_no_file_is_too_long(folder, pattern, limit):
    paths = [path for path in (ROOT / folder).rglob(pattern) if path.is_file()]
    files = [path for path in paths if not {"__pycache__", "versions"} & set(path.parts)]
    assert files, f"{folder} has no {pattern}"
    lengths = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in files}
    long = {str(path): lines for path, lines in lengths.items() if lines > limit}
    assert not long, f"Longer than {limit} lines; part them by what they do: {long}"
