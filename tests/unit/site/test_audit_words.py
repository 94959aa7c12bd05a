"""Whatever is written into the audit has words, belongs to a group, and is counted where it must be."""

import ast
import re

import pytest

from app.site.forms.audit_words import LABELS, said
from app.site.rules.auditing import GROUPS, READS, WHAT, group_of, what_was_read
from tests.sites import ROOT

MUST = {
    "sign-in": "sign-in", "sign-in.failed": "sign-in", "sign-out": "sign-in",
    "sealed.read": "sealed", "case.read": "sealed", "event.bookings-read": "sealed",
    "export.made": "export", "export.read": "export",
    "guide.published": "publication", "event.announced": "publication", "case.outcome-cleared": "publication",
    "account.invited": "role", "account.granted": "role", "account.disabled": "role",
    "calendar.import": "rule", "inbox.set": "rule",
    "guide.saved": "text", "guide.signer-entered": "role", "case.sign": "case", "audit.checked": "other",
    "proposal.approved": "facility", "event.booked": "event",
}  # fmt: skip


ACTION = re.compile(r"[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?")


def written() -> dict[str, str]:
    """Return every action that is written out where something is recorded, and the file it stands in.

    That is `audit.record("…")`, and the private helpers of services that pass their first word on to it.
    """
    found = {}
    for path in sorted((ROOT / "app").glob("**/service/**/*.py")):
        source = path.read_text("utf-8")
        if "audit.record(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name, first = ast.unparse(node.func), node.args[0].value
                helper = name.startswith("_") and "." in str(first)
                if (name == "audit.record" or helper) and ACTION.fullmatch(str(first)):
                    found[str(first)] = str(path.relative_to(ROOT))
    return found


def test_every_action_that_is_written_has_words():
    silent = {action: path for action, path in written().items() if not said(action)}
    assert len(written()) > 20
    assert not silent, f"Give them words in app/site/forms/audit_words.py: {silent}"


@pytest.mark.parametrize(("action", "group"), MUST.items())
def test_what_the_product_promises_to_record_is_found_by_its_group(action, group):
    assert group_of(action) == group
    assert said(action)


def test_every_group_has_a_name():
    assert {*GROUPS, "other"} == set(LABELS["audit-group"])


def test_every_kind_of_read_has_a_name():
    assert set(WHAT) == set(LABELS["minors-what"])


@pytest.mark.parametrize(
    ("action", "data", "what"),
    [
        ("case.read", {}, "story"),
        ("sealed.read", {"what": "contact"}, "contact"),
        ("sealed.read", {"what": "originals", "file": "x"}, "originals"),
        ("event.bookings-read", {}, "bookings"),
        ("export.read", {"kind": "contacts"}, "export-contacts"),
        ("export.read", {"kind": "facilities"}, ""),
        ("guide.report-read", {}, "reports"),
        ("sealed.asked", {"what": "contact"}, ""),
        ("sign-in", {}, ""),
    ],
)
def test_only_reads_of_residents_words_are_counted(action, data, what):
    assert what_was_read(action, data) == what
    assert (action in READS) or not what
