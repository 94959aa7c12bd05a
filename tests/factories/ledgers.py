"""Ledgers for tests: a profile and a file beside it, opened for the fictional county."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.extensions import db
from app.facilities.model import Facility, Fee, Observed, SearchText
from app.facilities.service import ledgers
from tests.addresses import CONTENT

AREA = "990101"
PROFILE = """
[source]
name = { "zh-Hans" = "试验台账", en = "Trial ledger" }
[[column]]
heading = "编号"
field = "key"
[[column]]
heading = "机构名称"
field = "name"
[[column]]
heading = "信用代码"
field = "credit_code"
[[column]]
heading = "县"
field = "county"
[[column]]
heading = "乡镇"
field = "township"
[[column]]
heading = "地址"
field = "address"
[[column]]
heading = "电话"
field = "phone"
[[column]]
heading = "普惠"
field = "inclusive"
[[column]]
heading = "全日托（元/月）"
field = "fee.amount"
care = "full-day"
unit = "month"
[[column]]
heading = "伙食（元/天）"
field = "fee.amount"
component = "meals"
unit = "day"
"""
HEADINGS = (
    "编号",
    "机构名称",
    "信用代码",
    "县",
    "乡镇",
    "地址",
    "电话",
    "普惠",
    "全日托（元/月）",
    "伙食（元/天）",
)
WORDS = dict(
    zip(
        ("key", "name", "code", "county", "township", "address", "phone", "inclusive", "fee", "meals"),
        HEADINGS,
        strict=True,
    )
)


def write_ledger(folder: Path, rows: Sequence[dict[str, Any]], name: str = "ledger.csv") -> Path:
    """Write rows by short names (`name`, `phone`, `fee` …) as a CSV ledger, its profile beside it."""
    (folder / "trial.toml").write_text(PROFILE, "utf-8")
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEADINGS)
    writer.writeheader()
    writer.writerows({WORDS[key]: value for key, value in row.items()} for row in rows)
    path = folder / name
    path.write_text(out.getvalue(), "utf-8")
    return path


def opened(folder: Path, rows: Sequence[dict[str, Any]], area: str = AREA) -> ledgers.Opened:
    """Return these rows as an opened ledger. Needs an application context."""
    path = write_ledger(folder, rows)
    return ledgers.open_ledger(path, str(folder / "trial.toml"), area, CONTENT / "profiles")


def applied(folder: Path, rows: Sequence[dict[str, Any]], **more: Any) -> ledgers.Done:
    """Apply these rows."""
    return ledgers.apply(opened(folder, rows), now=clock.now(), by="test", **more)


def record_of_everything() -> dict[str, list[Any]]:
    """Return every facility, fee, observation and searchable text, to be compared byte by byte."""
    db.session.rollback()
    found: dict[str, list[Any]] = {}
    for model in (Facility, Fee, Observed, SearchText):
        names = [column.name for column in model.__table__.columns if (model, column.name) != (Fee, "id")]
        rows = db.session.execute(select(*(getattr(model, name) for name in names)))
        found[model.__tablename__] = sorted(repr(tuple(row)) for row in rows)
    return found
