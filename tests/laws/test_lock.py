"""The lock names every package with digests, in two parts, and no server."""

import re
import tomllib

from tests.sites import ROOT

LINE = "# --- checks ---"


def names(text: str) -> set[str]:
    return {
        re.split(r"[\[=<>]", line)[0].strip().lower() for line in text.splitlines() if re.match(r"\w", line)
    }


def parts() -> tuple[str, str]:
    runtime, _line, checks = (ROOT / "requirements.lock").read_text("utf-8").partition(f"\n{LINE}\n")
    return runtime, checks


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def required(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[=<>~! ]", each)[0].lower() for each in requirements}


def test_what_the_site_needs_is_in_the_first_part():
    assert required(project()["dependencies"]) <= names(parts()[0])


def test_what_checks_need_is_in_the_second_part_and_only_there():
    runtime, checks = parts()
    assert required(project()["optional-dependencies"]["checks"]) <= names(checks) | names(runtime)
    assert not names(checks) & names(runtime)
    assert not names(runtime) & {"pytest", "ruff", "mypy", "playwright"}


def test_every_package_has_digests_and_no_address():
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert not re.search(r"://|--index-url|--find-links|@ file", text)
    for block in re.split(r"\n(?=\w)", text):
        if re.match(r"\w", block):
            assert "==" in block.splitlines()[0]
            assert "--hash=sha256:" in block, block.splitlines()[0]
