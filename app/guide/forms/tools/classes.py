"""A class in numbers, read from an address: nothing in it is about a person."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.guide.forms.tools.reading import Problem, Reader

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from app.guide.rules.classes import ClassRule

MOST = 99


def read_class(
    args: "MultiDict[str, str]", rules: "tuple[ClassRule, ...]"
) -> "tuple[tuple[ClassRule, int, int] | None, list[Problem]]":
    """Return the class, its children and its carers; None where nothing was asked."""
    if not any(args.get(name) for name in ("class", "children", "carers")):
        return None, []
    reader = Reader(args)
    band = reader.choice("class", {rule.band for rule in rules})
    children, carers = reader.whole("children", 1, MOST), reader.whole("carers", 0, MOST)
    said = {problem.field for problem in reader.problems}
    for field, value, sentence in (
        ("class", band or None, _("Choose the class.")),
        ("children", children, _("Give the number of children.")),
        ("carers", carers, _("Give the number of carers.")),
    ):
        if value is None and field not in said:
            reader.bad(field, sentence)
    rule = next((each for each in rules if each.band == band), None)
    if rule is None or children is None or carers is None or reader.problems:
        return None, reader.problems
    return (rule, children, carers), []
