"""Web processes stay light: libraries that only commands need are not loaded by the web server."""

import json
import os
import subprocess
import sys

from tests.sites import ROOT

HEAVY = {
    "alembic",
    "pypinyin",
    "huey",
    "python_calamine",
    "openpyxl",
    "babel.messages",
    "mako",
    "whoosh.writing",
    "PIL",
}
PROGRAM = "import json, sys, wsgi; print(json.dumps(sorted(sys.modules)))"


def test_the_web_server_loads_no_heavy_library(tmp_path):
    environment = {**os.environ, "TUOYU_DATA": str(tmp_path), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "flask" in loaded
    assert not loaded & HEAVY, "Import these inside the command that needs them"
