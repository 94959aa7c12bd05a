"""Rooms import one way, and files inside a room too (pyproject.toml, import-linter)."""

import subprocess
import sys
from pathlib import Path

from tests.sites import ROOT


def test_imports_go_one_way():
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_and_package_has_a_sign():
    rooms = list((ROOT / "app").rglob("__init__.py"))
    unsigned = [
        str(path.relative_to(ROOT)) for path in rooms if not path.read_text("utf-8").startswith('"""')
    ]
    assert not unsigned, f"These packages do not say what they are for: {unsigned}"
