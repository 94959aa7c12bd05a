"""Whatever the program writes into the history of a case has words for those who read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cases.forms.counter_labels import LABELS
from app.cases.rules.acts import NEEDS_TWO, Event
from app.cases.service import counter

SERVICE = Path(counter.__file__).parent
NAMES = {"SEEN": {counter.SEEN}}
"""Constants that stand for a code."""
NAMED_LATER = {("record.py", "event"), ("counter.py", "_note")}
"""Functions that hand on the code they are given."""


def written() -> Iterator[tuple[str, str]]:
    """Yield each code that the service writes into histories, with its file."""
    for path in sorted(SERVICE.glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef) or (path.name, function.name) in NAMED_LATER:
                continue
            for call in ast.walk(function):
                code = _code(call)
                if code is not None:
                    yield from ((path.name, found) for found in _values(code, function, path.name))


def _code(call: ast.AST) -> ast.expr | None:
    """Return what stands for the code in a call that writes one."""
    if not isinstance(call, ast.Call):
        return None
    match call.func:
        case ast.Attribute(value=ast.Name(id="record"), attr="event"):
            return call.args[1]
        case ast.Name(id="_note"):
            return call.args[3]
    return None


def _values(code: ast.expr, function: ast.FunctionDef, file: str) -> set[str]:
    """Return the codes an expression may be; one that cannot be read fails the test."""
    match code:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=other):
            return _values(body, function, file) | _values(other, function, file)
        case ast.Attribute(attr="value"):
            return {event.value for event in Event}
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), ast.FormattedValue()]):
            return {f"{start}{event.value}" for event in NEEDS_TWO}
        case ast.Name(id=name) if name in NAMES:
            return NAMES[name]
        case ast.Name(id=name):
            given = [
                step.value
                for step in ast.walk(function)
                if isinstance(step, ast.Assign)
                and any(isinstance(target, ast.Name) and target.id == name for target in step.targets)
            ]
            if given:
                return set().union(*(_values(value, function, file) for value in given))
    pytest.fail(f"{file}, line {code.lineno}: which code is written here?")


def test_each_code_of_a_history_has_words():
    missing = {(file, code) for file, code in written() if code not in LABELS["did"]}
    assert not missing


def test_there_are_no_words_for_what_never_happens():
    assert not set(LABELS["did"]) - {code for _file, code in written()}


def test_unknown_codes_are_loud():
    from app.cases.staff.desk import did

    with pytest.raises(KeyError):
        did("danced")
