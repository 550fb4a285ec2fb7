"""What ``makeroom status`` and others take from a cold start, beside an interpreter that imports sqlite3 and numpy.

    python benchmarks/status.py [--runs N] [--smoke]

README.md beside this file tells how to read what it prints.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from store.demo.demo import open_demo

ROOT = Path(__file__).resolve().parents[1]
BASE = (sys.executable, "-c", "import sqlite3, numpy")
MAKEROOM = (sys.executable, "-c", "import sys\nfrom tui.cli import main\nsys.exit(main(sys.argv[1:]))")
STATUS = (*MAKEROOM, "status")
#: Turns taken at changing something.
CHANGES = [(*MAKEROOM, command) for command in ("baseline", "undo")]
#: Commands that tell no odds.
OTHERS = ("charter", "commitments", "decisions", "memo team", "accounts")
#: What is allowed: so many times the base, and so many milliseconds.
TIMES, MORE = 1.5, 100


def clock(command: tuple[str, ...], environ: dict[str, str]) -> float:
    """Milliseconds of processor time from start to end, which a busy machine stretches less than the clock's."""
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, check=True)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime)


def main() -> None:
    """Time each in turn, so that others on the machine count for all alike."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="runs of each (15)")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "team.db"
        open_demo(path).close()
        environ = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environ |= {"MAKEROOM_DB": str(path), "XDG_CACHE_HOME": folder}
        cold = {**environ, "XDG_CACHE_HOME": os.devnull}
        cases = {
            "base": (BASE, environ),
            "never": (STATUS, cold),
            "first": (STATUS, environ),
            "again": (STATUS, environ),
            **{words: ((*MAKEROOM, *words.split()), environ) for words in OTHERS},
        }
        # Once for the disk's and Python's own caches.
        for case in () if chosen.smoke else cases.values():
            clock(*case)
        found: dict[str, list[float]] = {name: [] for name in cases}
        for turn in range(1 if chosen.smoke else max(1, chosen.runs)):
            clock(CHANGES[turn % 2], environ)
            for name, case in cases.items():
                found[name].append(clock(*case))
    best = {name: min(each) for name, each in found.items()}
    middle = {name: sorted(each)[len(each) // 2] for name, each in found.items()}
    said = {
        "base": "python -c 'import sqlite3, numpy'",
        "never": "status, where nothing is noted",
        "first": "status, the first since a change",
        "again": "status, nothing changed since the last one",
        **{words: words for words in OTHERS},
    }
    for name, words in said.items():
        print(f"{words:46} {best[name]:7.1f} ms  {middle[name]:7.1f} ms")
    print(f"{f'allowed: {TIMES} x base + {MORE} ms':46} {TIMES * best['base'] + MORE:7.1f} ms  "
          f"{TIMES * middle['base'] + MORE:7.1f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
