"""Reads `guide/immunization.yaml`: the national vaccine schedule in its editions."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.core.faults import N_, Fault, FaultyFiles
from app.guide.rules.schedule import Span
from app.guide.rules.vaccines import Dose, Edition, Schedule, Timing, Vaccine

_FILE = Path("guide") / "immunization.yaml"


def load_schedule(content: Path) -> Schedule:
    """Read the schedule. Raises `FaultyFiles` if the file is no schedule; its schema says what one is."""
    path = content / _FILE
    return _read(content, path.stat().st_mtime_ns if path.exists() else 0)


def load_examples(content: Path) -> tuple[Mapping[str, Any], ...]:
    """Return what the file itself says must come out: birth, dose, first and last day."""
    return tuple(_parsed(content)["examples"])


def _parsed(content: Path) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - web workers read it once, when a calendar is asked for

    path = content / _FILE
    try:
        found = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise FaultyFiles([Fault(_FILE, line, N_("This file cannot be read as YAML."))]) from error
    if not isinstance(found, dict):
        raise FaultyFiles([Fault(_FILE, 1, N_("This file cannot be read as YAML."))])
    return found


@lru_cache(maxsize=4)
def _read(content: Path, _changed: int) -> Schedule:
    file = _parsed(content)
    try:
        vaccines = tuple(_vaccine(each) for each in file["vaccines"])
        doses = {dose.id: dose for vaccine in vaccines for dose in vaccine.doses}
        editions = tuple(_edition(each, doses) for each in file["versions"])
        schedule = Schedule(
            file["sequence"],
            file["gathered_on"],
            bool(file["verified_against_pdf"]),
            editions,
            vaccines,
            _span(file["live_gap"]) or Span(),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise FaultyFiles(
            [Fault(_FILE, 1, N_("“%(value)s” is missing or not as the schema asks."), {"value": error})]
        ) from error
    dates = [edition.effective for edition in editions]
    if not editions or dates != sorted(set(dates)) or editions[-1].id != file["current"]:
        raise FaultyFiles([Fault(_FILE, 1, N_("Editions must follow one another, the current one last."))])
    return schedule


def _span(value: Mapping[str, int] | None) -> Span | None:
    if value is None or "hours" in value:
        return None
    return Span(value.get("months", 0), value.get("days", 0))


def _timing(row: Mapping[str, Any]) -> Timing:
    return Timing(
        _span(row["min_age"]) or Span(),
        _span(row.get("before")),
        (row.get("before") or {}).get("hours", 0),
        _span(row.get("gap")),
        row.get("product", ""),
    )


def _vaccine(row: Mapping[str, Any]) -> Vaccine:
    return Vaccine(
        row["id"],
        row["names"],
        row["short"],
        row["prevents"],
        tuple(
            Dose(each["id"], number, _timing(each), each["confidence"], each.get("notes", {}))
            for number, each in enumerate(row["doses"], 1)
        ),
        row.get("choice", ""),
        row.get("live", ""),
        bool(row.get("beyond", False)),
        row.get("special", {}),
        row.get("transition", {}),
    )


def _edition(row: Mapping[str, Any], doses: Mapping[str, Dose]) -> Edition:
    return Edition(
        row["id"],
        row["effective"],
        row["source"],
        row["names"],
        row["confidence"],
        {name: _changed(doses[name].timing, change) for name, change in row["different"].items()},
    )


def _changed(timing: Timing, change: Mapping[str, Any]) -> Timing:
    if "min_age" in change:
        timing = timing._replace(min_age=_span(change["min_age"]) or Span())
    if "before" in change:
        timing = timing._replace(before=_span(change["before"]), before_hours=0)
    if "gap" in change:
        timing = timing._replace(gap=_span(change["gap"]))
    return timing._replace(product=change.get("product", timing.product))
