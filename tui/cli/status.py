"""``makeroom status``: worked out once for each state of the workspace, then told again from a note of it.

Somebody who has it in a prompt or a status line asks many times for each change, and should wait for none of what
working it out takes: the records, the simulation, the numbers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from store.places import cache_folder, database_path
from tui.cli.speaking import DONE, say, say_json

#: Nanoseconds after which another change is sure to get another time.
_SETTLED = 1_000_000_000
#: The layout of a note.
_LAYOUT = 1
_HERE = Path(__file__)
_PROGRAM = ("status.py", "reading.py", "describing.py", "outputs.py")


def status(arguments: argparse.Namespace) -> int:
    """The quarter in a few lines. Raises StoreError with a sentence."""
    path = database_path(arguments.db).path
    # Before reading: what is written meanwhile is another state.
    stamp = _stamp(path)
    answer = _recall(path, stamp)
    if answer is None:
        answer = _work_out(arguments)
        _remember(path, stamp, answer)
    if arguments.json:
        say_json(answer["json"])
    else:
        for line in answer["lines"]:
            say(line)
    return DONE


def _work_out(arguments: argparse.Namespace) -> dict[str, Any]:
    from tui.cli.describing import status_of
    from tui.cli.desk import desk
    from tui.cli.reading import status_lines

    with desk(arguments) as session:
        return {"lines": status_lines(session), "json": status_of(session).model_dump(mode="json")}


def _stamp(path: Path) -> list[Any] | None:
    """Another one when the answer may be another one; None where that cannot be told."""
    wal = path.with_name(f"{path.name}-wal")
    try:
        found = [os.stat(each) for each in (path, wal) if each is path or each.exists()]
        # An update of the program may say it in other words.
        program = [os.stat(_HERE.with_name(name)).st_mtime_ns for name in _PROGRAM]
    except (OSError, ValueError):
        return None
    if time.time_ns() - max(each.st_mtime_ns for each in found) < _SETTLED:
        return None
    files = [[each.st_dev, each.st_ino, each.st_size, each.st_mtime_ns] for each in found]
    return [_LAYOUT, str(date.today()), program, files]


def _note(path: Path) -> Path:
    name = hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:32]
    return cache_folder() / "status" / f"{name}.json"


def _recall(path: Path, stamp: list[Any] | None) -> dict[str, Any] | None:
    if stamp is None:
        return None
    try:
        found = json.loads(_note(path).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found["answer"] if _is_note(found) and found["stamp"] == stamp else None


def _is_note(found: Any) -> bool:
    """Whether it is what :func:`_remember` writes: the folder is anybody's to tidy up."""
    if not isinstance(found, dict) or found.keys() != {"stamp", "answer"}:
        return False
    answer = found["answer"]
    return (
        isinstance(answer, dict)
        and isinstance(answer.get("json"), dict)
        and isinstance(answer.get("lines"), list)
        and all(isinstance(line, str) for line in answer["lines"])
    )


def _remember(path: Path, stamp: list[Any] | None, answer: dict[str, Any]) -> None:
    # What is written while it was being worked out is in neither stamp, or in both.
    if stamp is None or _stamp(path) != stamp:
        return
    note = _note(path)
    # Where no note can be kept, the answer is worked out again next time.
    with suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = note.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps({"stamp": stamp, "answer": answer}), encoding="utf-8")
        os.replace(fresh, note)
