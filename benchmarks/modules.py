"""Where the time goes that importing the app takes.

    python benchmarks/modules.py [MODULE] [--runs N] [--smoke]

README.md beside this file tells how to read what it prints.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = ("store", "scenarios", "tui")
NAMED = (*OURS, "textual", "rich", "numpy", "pydantic", "pydantic_core", "asyncio")
_LINE = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|( *)(\S+)$")


@dataclass(frozen=True)
class Import:
    """One module: its own cost and that with all it was the first to import, in milliseconds."""

    name: str
    own: float
    all: float


def measure(module: str) -> list[Import]:
    """The imports of one fresh interpreter."""
    # A start that compiles its own sources would measure the compiler; numpy's threads are off as in the app.
    environ = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environ |= {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-X", "importtime", "-c", f"import {module}"]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.strip().rpartition("\n")[2])
    found = [match for line in done.stderr.splitlines() if (match := _LINE.match(line))]
    return [Import(match[4], int(match[1]) / 1000, int(match[2]) / 1000) for match in found]


def main() -> None:
    """Print what is heavy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("module", nargs="?", default="tui.app.app", help="what to import (default tui.app.app)")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="the quickest of N runs counts (default 5)")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    measure(chosen.module)  # once, so that all bytecode is there
    runs = [measure(chosen.module) for _ in range(1 if chosen.smoke else max(1, chosen.runs))]
    quickest = min(runs, key=lambda run: sum(each.own for each in run))
    total = sum(each.own for each in quickest)
    packages, counts = Counter[str](), Counter[str]()
    for each in quickest:
        top = each.name.partition(".")[0]
        top = top if top in NAMED else "others"
        packages[top] += each.own
        counts[top] += 1
    print(f"import {chosen.module}: {total:.0f} ms, {len(quickest)} modules (measuring makes it slower than it is)\n")
    print(f"{'package':>16}  {'own':>9}  {'share':>5}  modules")
    for name, own in packages.most_common():
        print(f"{name:>16}  {own:6.1f} ms  {own / total:5.0%}  {counts[name]:7}")
    print(f"\n{'ours':>32}  {'own':>9}  {'with all it brings':>18}")
    ours = sorted((each for each in quickest if each.name.partition(".")[0] in OURS), key=lambda each: -each.own)
    for each in ours[:15]:
        print(f"{each.name:>32}  {each.own:6.1f} ms  {each.all:15.1f} ms")
    print(f"\n{'others, heaviest':>32}  {'own':>9}  {'with all it brings':>18}")
    rest = sorted((each for each in quickest if each not in ours), key=lambda each: -each.own)
    for each in rest[:15]:
        print(f"{each.name:>32}  {each.own:6.1f} ms  {each.all:15.1f} ms")


if __name__ == "__main__":
    main()
