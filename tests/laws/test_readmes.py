"""Documents are true: every path they mention is there, and every test."""

import re
from pathlib import Path

import pytest

from tests.sites import ROOT

FOLDERS = ("", "app", "app/templates", "content", "tests")
MADE = ("var/", ".venv", "site.toml", "tests/e2e/screens", "messages.mo", "jobs.db", "tuoyu.db", "index/")
"""Made by a start or an operator, so not in the checkout."""
NOT_A_PATH = re.compile(r"[<>*…{}$=%()\s|]|://|^/|^--|^\.\w+$|^https?:")
FILE = re.compile(r"\.(?:py|md|csv|toml|cfg|po|pot|css|js|html|sh|svg|json|lock|tsv)$")


TEXTS = ROOT / "content" / "guide"
"""Below it stand texts for families, whose links are checked when they are imported."""


def documents():
    skipped = {".venv", "var", ".git", "node_modules", ".pytest_cache"}
    return sorted(
        path
        for path in ROOT.rglob("*.md")
        if not skipped & set(path.relative_to(ROOT).parts)
        and path.name != "LICENSE"
        and TEXTS not in path.parent.parents
    )


def mentioned(text: str) -> set[str]:
    """Return what looks like a path between backticks or in a Markdown link."""
    quoted = re.findall(r"`([^`\n]+)`", text)
    linked = re.findall(r"(?<!!)\[[^]]*\]\(([^)#\s]+)[^)]*\)", text)
    looks = {each for each in quoted if "/" in each or FILE.search(each)}
    commands = {each.split()[0] for each in quoted if each.startswith(("scripts/", ".ci/"))}
    return {each for each in {*looks, *linked, *commands} if not NOT_A_PATH.search(each)}


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_a_document_mentions_exists(document):
    paths = sorted(mentioned(document.read_text("utf-8")))
    missing = [path for path in paths if not path.startswith(MADE) and not exists(path, document)]
    assert not missing, f"{document.relative_to(ROOT)} mentions what is not there: {missing}"


def exists(path: str, document: Path) -> bool:
    """Tell whether a path is there: from the document, the root or a main folder; a bare name anywhere."""
    if any((base / path).exists() for base in (document.parent, *(ROOT / folder for folder in FOLDERS))):
        return True
    first, slash, _rest = path.partition("/")
    if not slash:
        return any(ROOT.glob(f"*/**/{path}"))
    known = {each.name for folder in FOLDERS for each in (ROOT / folder).iterdir()}
    return first not in known and not FILE.search(path)  # no path of ours: a name with a slash in it


def test_every_test_a_document_names_exists():
    written = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"\bdef (test_\w+)\(", written))
    for document in documents():
        named = set(re.findall(r"`(test_\w+)`", document.read_text("utf-8")))
        assert named <= there, f"{document.relative_to(ROOT)} names no test: {sorted(named - there)}"


def test_there_is_a_readme_where_people_start():
    for folder in (".", "tests", "scripts"):
        assert (ROOT / folder / "README.md").exists(), f"{folder} has no README.md"
