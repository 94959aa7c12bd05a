"""`scripts/bench COMMAND [--json]`. A command is a module here with `options` and `run`, named below."""

import argparse
import importlib
import json
import sys

COMMANDS = {
    "search": "how well and how fast text search finds: the judged queries of tests/golden/search",
    "quick": "what a result page costs beside a bare program and beside a peer; recall and precision; memory",
}


def main() -> int:
    """Run one command. Its report is printed as lines for people, or as JSON."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures the product.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--json", action="store_true", help="print JSON")
        importlib.import_module(f"benchmarks.{name}").options(command)
    asked = parser.parse_args()
    report = importlib.import_module(f"benchmarks.{asked.command}").run(asked)
    print(json.dumps(report.data(), ensure_ascii=False, indent=1) if asked.json else report.text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
