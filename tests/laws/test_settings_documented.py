"""An operator finds every setting in the README."""

import dataclasses
import re

from app.settings import Brand
from tests.sites import ROOT

VARIABLE = re.compile(r"\b(?:TUOYU_[A-Z_]+|DATABASE_URL|WEB_CONCURRENCY|PORT|HOST)\b")
READERS = ("app/settings.py", "scripts/run")


def test_every_variable_is_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    used = {name for path in READERS for name in VARIABLE.findall((ROOT / path).read_text("utf-8"))}
    assert {"TUOYU_DATA", "PORT"} <= used
    missing = sorted(name for name in used if not re.search(rf"\b{name}\b", readme))
    assert not missing, f"README.md does not say what these do: {missing}"


def test_every_field_of_the_site_file_is_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [field.name for field in dataclasses.fields(Brand) if f"`{field.name}`" not in readme]
    assert not missing, f"README.md does not name these fields of site.toml: {missing}"


def test_the_readme_promises_no_variable_that_nothing_reads():
    code = "\n".join(
        path.read_text("utf-8")
        for folder in ("app", "scripts", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in {".py", ""}
    )
    named = set(re.findall(r"\bTUOYU_[A-Z_]+\b", (ROOT / "README.md").read_text("utf-8")))
    assert named, "README.md names no setting"
    assert not sorted(name for name in named if name not in code)
