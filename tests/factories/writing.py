"""Writing a text through the pages of the counter, as a browser would: fields read from the page and sent."""

from tests.page_rules import words

NEW = "晒太阳不能代替维生素。"
"""A sentence that no text has."""


def address(slug: str, what: str = "edit", code: str = "zh-Hans") -> str:
    return f"/zh-Hans/staff/guide/{slug}/{code}/{what}"


def form_of(client, path: str) -> dict[str, str]:
    """Return the fields of the text that a page shows, as a browser would send them."""
    answer = client.get(path)
    assert answer.status_code == 200
    return fields(client)


def form(client, mark: str):
    """Return the form of a page that has a class or leads to an address."""
    return next(
        each
        for each in client.page.all("form")
        if mark in each.get("class", "").split() or mark in each.get("action", "")
    )


def fields(client, mark: str = "writing") -> dict[str, str]:
    """Return what a browser would send of a form."""
    found: dict[str, str] = {}
    for each in form(client, mark).iter():
        name, kind = each.get("name", ""), each.get("type", "")
        if each.tag == "textarea":
            found[name] = "".join(each.itertext())
        elif each.tag == "select":
            options = [option for option in each if option.tag == "option"]
            chosen = next((option for option in options if "selected" in option.attrib), options[0])
            found[name] = chosen.get("value")
        elif each.tag == "input" and (kind not in {"radio", "checkbox"} or "checked" in each.attrib):
            found[name] = each.get("value", "")
    return found


def first_text(typed: dict[str, str]) -> str:
    """Return the name of the first box of plain text."""
    return next(f"text-{name[5:]}" for name in typed if name.startswith("kind-") and typed[name] == "text")


def kept(client, slug: str, *, code: str = "zh-Hans", do: str = "save", said: str = NEW):
    typed = form_of(client, address(slug, code=code))
    name = first_text(typed)
    return client.post(
        address(slug, code=code), data={**typed, name: f"{typed[name]}\n\n{said}".strip(), "do": do}
    )


def read(client) -> str:
    """Return all words of the page, differences as one text."""
    return words(client.page.root)


def published(client, slug: str, *, code: str = "zh-Hans", **more: str):
    client.get(address(slug, "publish", code))
    return client.post(
        address(slug, "publish", code), data={**fields(client, "say"), "do": "publish", **more}
    )
