"""Joins two locks into one file: what the site needs, a line, then what only the checks add.

Usage: `lock_parts.py RUNTIME ALL`, printed to standard output.
"""

import sys
from pathlib import Path

LINE = "# --- checks ---"
HEADER = (
    "# Made by scripts/lock from pyproject.toml; do not edit.\n"
    f"# The site needs what stands above the line “{LINE}”; the checks need all of it.\n"
)


def packages(path: Path) -> dict[str, str]:
    """Return each package's lines by its `name==version`."""
    found: dict[str, str] = {}
    current = ""
    for line in path.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            current = line.split(" ", 1)[0]
            found[current] = ""
        found[current] += line.rstrip() + "\n"
    return found


def main() -> int:
    """Print the joined lock; 1 if the checks would need another version of something the site needs."""
    runtime, everything = packages(Path(sys.argv[1])), packages(Path(sys.argv[2]))
    missing = sorted(set(runtime) - set(everything))
    if missing:
        print(f"The checks need other versions of: {', '.join(missing)}.", file=sys.stderr)
        return 1
    extra = {name: text for name, text in everything.items() if name not in runtime}
    print(HEADER + "".join(runtime.values()) + LINE + "\n" + "".join(extra.values()), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
