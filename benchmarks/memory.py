"""Random keys over all screens, some of them two in one read: ``python benchmarks/memory.py [KEYS] [SEED] [--smoke]``.

Says after every tenth of the keys (10,000) how large the process is, and at the end how that compares with its size
after the first 200; the exit code is 1 where it grew to more than 1.5 times. An error of the app ends it with a trace.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from textual import events
from textual.keys import _character_to_key

from store.demo.demo import open_demo
from tui.app.app import MakeroomApp
from tui.session.session import Session

BASE, MOST = 200, 1.5
#: All that does something somewhere, the ways around and back more often; Q and q would end it.
KEYS = (
    *"abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789+-*/?.,:;@#%$= ",
    *("up", "down", "left", "right", "enter", "tab", "space", "home", "end", "pageup", "pagedown", "backspace") * 4,
    *("shift+tab", "shift+up", "shift+down", "delete", "ctrl+z", "ctrl+y", "f1"),
    *("escape",) * 24,
)
#: One read in so many brings two keys.
PAIRS = 4


def size() -> float:
    """The process in MB, as it is in memory now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def send(app: MakeroomApp, key: str) -> None:
    """A key, as the driver reads it."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    event = events.Key(name, key if len(key) == 1 else None)
    event.set_sender(app)
    app._driver.send_message(event)  # type: ignore[union-attr]


async def walk(path: Path, keys: int, chance: random.Random) -> tuple[float, float, Counter[str]]:
    """Send the keys; the sizes after the first ones and after all, and how often each screen was the one on top."""
    seen: Counter[str] = Counter()
    base, sent, told, began = 0.0, 0, 0, time.monotonic()
    while sent < keys:
        # An app that was left by its own ways is begun anew on the same file.
        with open_demo(path, "ada") as workspace:
            app = MakeroomApp(Session(workspace))
            async with app.run_test(size=(100, 30)) as pilot:
                while sent < keys and app._running:
                    for _ in range(2 if not chance.randrange(PAIRS) else 1):
                        send(app, chance.choice(KEYS))
                        sent += 1
                    await pilot.pause()
                    seen[type(app.screen).__name__] += 1
                    if not base and sent >= min(BASE, keys // 4):
                        base = size()
                        print(f"{sent:7,} keys {base:6.0f} MB")
                    elif sent * 10 // keys > told:
                        told = sent * 10 // keys
                        print(f"{sent:7,} keys {size():6.0f} MB {time.monotonic() - began:6.0f} s", flush=True)
    return base, size(), seen


def main() -> int:
    """Run it; 1 where it grew too much."""
    smoke = "--smoke" in sys.argv
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    keys = numbers[0] if numbers else 40 if smoke else 10_000
    seed = numbers[1] if len(numbers) > 1 else 1
    # Some of the keys write a file, wherever this is run from.
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        base, end, seen = asyncio.run(walk(Path(folder) / "demo.db", keys, random.Random(seed)))
    print(", ".join(f"{name} {count}" for name, count in seen.most_common()))
    print(f"{end / base:.2f} times the size after the first {min(BASE, keys // 4)} keys (at most {MOST})")
    return 0 if smoke or end <= MOST * base else 1


if __name__ == "__main__":
    sys.exit(main())
