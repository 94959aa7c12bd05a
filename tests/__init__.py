"""Tests: see README.md beside this file. The programs in scripts/ can be imported by name."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
