"""A disk that fails at each write, sync, truncate and unlink of a trade, one after the other: what is said and kept.

    python -m tests.store.database.io_faults [--every N]

prints the table. A process that is loaded with ``failing_disk.c`` forks one writer for each point; the writer says what
it was told, and afterwards this process, whose disk is fine, compares that with the file.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from store.common.errors import OutcomeUnknownError, StoreError
from store.records import Decision
from store.workspace.workspace import Workspace
from tests.store.trades import examine, make, trade

ROOT = Path(__file__).resolve().parents[3]
#: name -> the error, and in which manner (see failing_disk.c)
KINDS = {
    "one fails": (errno.EIO, 0),
    "one finds the disk full": (errno.ENOSPC, 0),
    "one is half done": (errno.EIO, 2),
    "one is done, and said to have failed": (errno.EIO, 3),
    "all fail from there on": (errno.EIO, 1),
    "the disk is full from there on": (errno.ENOSPC, 1),
}
#: What becomes of the writer: it trades once more and closes; the same, carrying its journal over at each commit; or it
#: and the other who has the file open are killed at once, so that nobody tidies up.
WAYS = ("closes", "carries over", "killed")
#: A point that no trade comes to: nothing fails, and all is counted.
NEVER = 1_000_000


def compiled(folder: Path) -> Path | None:
    """The failing disk as a library; None where there is no compiler, or the system is another."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    library = folder / "failing_disk.so"
    source = ROOT / "tests/store/failing_disk.c"
    made = subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=False)
    return library if made.returncode == 0 else None


def points(folder: Path, library: Path, every: int = 1) -> Iterator[dict[str, Any]]:
    """Each point in turn, with what was said there, and in ``wrong`` whatever does not agree with it (in words).

    With ``every``, only each so-many-th of the writes, beside the points at which a trade is decided: each sync,
    truncate and unlink, and the write before it.
    """
    template = make(folder / "template.db")
    with Workspace.open(template) as workspace:
        for number in range(3):
            workspace.apply(trade(workspace.load(), f"before {number}", Random(number)))
    before = journal(template)
    driver = subprocess.Popen(
        [sys.executable, "-m", "tests.store.database.io_faults", "--points", str(folder), str(library), str(every)],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(library)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert driver.stdout is not None
    with driver:
        for line in driver.stdout:
            point = json.loads(line)
            path = Path(point["path"])
            point["wrong"] = compared(path, point, before)
            shutil.rmtree(path.parent)
            yield point
    assert driver.returncode == 0


def journal(path: Path) -> list[tuple[Any, ...]]:
    """All rows of the journal, with their seals."""
    raw = sqlite3.connect(path)
    rows = [(table, *row) for table in ("events", "changes", "seals") for row in raw.execute(f"SELECT * FROM {table}")]
    raw.close()
    return rows


def compared(path: Path, point: dict[str, Any], before: list[tuple[Any, ...]]) -> list[str]:
    """What in the file is not as the writer said."""
    wrong = []
    rows = journal(path)
    there = {row[7] if len(row) > 7 else None for row in rows if row[0] == "events"}
    labels = {label for label in there if label in ("first", "second")}
    acknowledged = {}
    for one in point["said"]:
        if one["outcome"] == "traceback":
            wrong.append(one["sentence"])
        elif one["outcome"] == "acknowledged":
            acknowledged[one["seq"]] = one["what"]
        elif one["outcome"] == "refused" and one["what"] in labels:
            wrong.append(f"“{one['sentence']}”, but it is there")
        if one["outcome"] in ("refused", "unknown") and not one["sentence"].endswith("."):
            wrong.append(f"no sentence: {one['sentence']}")
        if one["outcome"] == "seen" and set(one["titles"]) - there:
            wrong.append("was shown what is not there")
    tried = {one["what"] for one in point["said"] if one["outcome"] in ("acknowledged", "refused", "unknown")}
    if not labels <= tried:
        wrong.append(f"nobody gave an answer about {labels - tried}")
    if not set(before) <= set(rows):
        wrong.append("the journal from before is not as it was")
    return wrong + examine(path, acknowledged)


# -------------------------------------------------- in the process whose disk fails


def drive(folder: Path, library: Path, every: int) -> None:
    """Fork a writer for each point of each kind and way, print what it said."""
    disk = ctypes.CDLL(str(library))
    disk.disk_first.restype = ctypes.c_char_p
    disk.disk_trace.restype = ctypes.c_char_p
    # Once here, so that not each of them has to build all kinds of records.
    warm = folder / "warm.db"
    shutil.copyfile(folder / "template.db", warm)
    with Workspace.open(warm) as workspace:
        workspace.apply(trade(workspace.load(), "warm", Random(1)))
    for way in WAYS:
        trace = _at(disk, folder, way, 0, 0, NEVER)["trace"]
        for kind, (error, manner) in KINDS.items():
            for point in chosen(trace, every):
                told = _at(disk, folder, way, error, manner, point)
                print(json.dumps({"way": way, "kind": kind, "point": point, **told}), flush=True)


def chosen(trace: str, every: int) -> list[int]:
    """The points to try of a run that did this (a letter each: w, s, t, u), counted from one."""
    return [
        number
        for number, what in enumerate(trace, 1)
        if what != "w" or trace[number : number + 1] not in ("w", "") or number % every == 0
    ]


def _at(disk: ctypes.CDLL, folder: Path, way: str, error: int, manner: int, point: int) -> dict[str, Any]:
    place = Path(tempfile.mkdtemp(dir=folder))
    shutil.copyfile(folder / "template.db", place / "a.db")
    arm = (disk.disk_fails, str(place).encode(), ctypes.c_long(point), error, manner)
    return {"path": f"{place}/a.db", **_forked(place / "a.db", way, arm, disk)}


def _forked(path: Path, way: str, arm: tuple[Any, ...], disk: ctypes.CDLL) -> dict[str, Any]:
    peer, ready = 0, os.pipe()
    if way == "killed":
        peer = os.fork()
        if not peer:
            workspace = Workspace.open(path, actor="grace")
            workspace.load()
            os.write(ready[1], b"x")
            signal.pause()
        os.read(ready[0], 1)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        said: list[dict[str, Any]] = []
        arm[0](*arm[1:])
        try:
            _trades(path, way, said)
        except BaseException:  # noqa: BLE001 - whatever it is, the table tells
            said.append({"what": "all", "outcome": "traceback", "sentence": traceback.format_exc()})
        told = {"said": said, "trace": disk.disk_trace().decode(), "first": disk.disk_first().decode()}
        os.write(writing, json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        told = json.loads(pipe.read())
    os.waitpid(child, 0)
    if peer:
        os.kill(peer, signal.SIGKILL)
        os.waitpid(peer, 0)
    for end in ready:
        os.close(end)
    return dict(told)


def _trades(path: Path, way: str, said: list[dict[str, Any]]) -> None:
    try:
        workspace = Workspace.open(path, actor="ada")
    except StoreError as error:
        said.append({"what": "open", "outcome": "refused", "sentence": str(error)})
        return
    if way == "carries over":
        workspace._file.connection.execute("PRAGMA wal_autocheckpoint=1")
    try:
        for what in ("first",) if way == "killed" else ("first", "second"):
            said.append({"what": what, **_one(workspace, what)})
            try:
                titles = [one.title for one in workspace.load().each(Decision)]
                said.append({"what": "look", "outcome": "seen", "titles": titles})
            except StoreError as error:
                said.append({"what": "look", "outcome": "not seen", "sentence": str(error)})
        if way != "killed":
            workspace.close()
    except StoreError as error:
        said.append({"what": "close", "outcome": "refused", "sentence": str(error)})


def _one(workspace: Workspace, what: str) -> dict[str, Any]:
    try:
        applied = workspace.apply(trade(workspace.load(), what, Random(what)))
    except OutcomeUnknownError as error:
        return {"outcome": "unknown", "sentence": str(error)}
    except StoreError as error:
        return {"outcome": "refused", "sentence": str(error)}
    return {"outcome": "acknowledged", "seq": applied.event.seq}


# -------------------------------------------------- the table


def table(all_points: list[dict[str, Any]]) -> Iterator[str]:
    """One line a way and kind: how many points, what was said of the first trade, and how many were wrong."""
    heads = f"{'points':>7}{'made':>7}{'refused':>9}{'unknown':>9}{'not opened':>12}{'wrong':>7}"
    yield f"{'the writer':<13}{'how':<38}{heads}"
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for point in all_points:
        groups.setdefault((point["way"], point["kind"]), []).append(point)
    for (way, kind), some in [*groups.items(), (("", "in all"), all_points)]:
        firsts = Counter(one["said"][0]["outcome"] for one in some if one["said"][0]["what"] == "first")
        unopened = sum(one["said"][0]["what"] == "open" for one in some)
        wrong = sum(bool(one["wrong"]) for one in some)
        counts = firsts["acknowledged"], firsts["refused"], firsts["unknown"]
        yield f"{way:<13}{kind:<38}{len(some):>7}{counts[0]:>7}{counts[1]:>9}{counts[2]:>9}{unopened:>12}{wrong:>7}"
    where = Counter(one["first"] or "none, as a full disk still syncs and removes" for one in all_points)
    yield "the first that failed: " + ", ".join(f"{count} {name}" for name, count in where.most_common())


def main() -> None:
    """Print the table, and what was wrong; 1 if anything was."""
    if sys.argv[1:2] == ["--points"]:
        drive(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        library = compiled(Path(name))
        if library is None:
            raise SystemExit("This needs Linux and a C compiler (cc).")
        found = list(points(Path(name), library, arguments.every))
    print("\n".join(table(found)))
    wrong = [one for one in found if one["wrong"]]
    for one in wrong:
        print(f"{one['way']}, {one['kind']}, {one['first']} {one['point']}: {'; '.join(one['wrong'])}")
    sentences = Counter(
        one["sentence"].replace(point["path"], "FILE")
        for point in found
        for one in point["said"]
        if one["outcome"] in ("refused", "unknown", "not seen")
    )
    for sentence, count in sentences.most_common():
        print(f"{count:>6}  {sentence}")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
