"""Acknowledged means kept: forty residents file reports while processes are killed at random (T41)."""

import os
import re
import subprocess
import sys

from tests.sites import ROOT

SUBMITS = 40


def test_no_report_that_was_acknowledged_is_lost(loaded):
    values = {
        name: value for name, value in os.environ.items() if not name.startswith(("TUOYU_", "DATABASE_"))
    }
    done = subprocess.run(
        [
            sys.executable, ROOT / "scripts" / "kill_test.py", "--submits", str(SUBMITS), "--clients", "10",
            "--seed", "41", "--data", loaded[0],
        ],
        cwd="/", env={**values, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    told = dict(line.split(None, 1) for line in done.stdout.splitlines())
    assert [told[name] for name in ("unanswered", "duplicates", "faults", "lost")] == ["0"] * 4
    assert told["submitted"] == f"{SUBMITS} reports"
    assert told["acknowledged"].startswith(f"{SUBMITS} receipts")
    assert re.match(r"p50 [\d.]+ s, p95 [\d.]+ s", told["receipt"])
    assert int(re.match(r"\d+", told["kills"])[0]) > 5
    assert told["audit"].endswith("whole")
