"""Reports that are kept as data, one file a day, so that later ones can be held against them."""

import json
from pathlib import Path

from benchmarks.report import Report

FOLDER = Path(__file__).parent / "results"


def keep(report: Report, machine: str) -> str:
    """Write a report under today's date and return the file's name. `machine` says in words on what."""
    from app.core import clock  # noqa: PLC0415 - the help must not need the program

    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"{clock.today().isoformat()}.json"
    data = report.data()
    data["machine"] = f"{machine}; {data['machine']}"
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return file.name
