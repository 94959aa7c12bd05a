"""A grant may be lent in part: whoever asks what it is good for asks `rights`, never the table of roles."""

from tests.sites import ROOT


def test_nobody_asks_the_table_of_roles_past_what_was_lent():
    rules = ROOT / "app" / "accounts" / "rules"
    past = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "app").rglob("*.py"))
        if rules not in path.parents
        and "TABLE[" in (text := path.read_text("utf-8"))
        and "accounts.rules" in text
    ]
    assert not past, f"Use `rights(grant)` of app.accounts.rules in: {past}"
