"""Whatever is typed into a seat in a browser, wherever a file is named: no path of the server is opened, made, removed.

What the process opens is told by Python's own audit events, not by the code that is tried. 15 names on push, one or
two at each place; with MAKEROOM_LONG=1 all 200.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import tui
from tests.tui.app_helpers import NORMAL, demo, opened
from tests.tui.web.test_served_files import hostile
from tui.flows import files

LONG = bool(os.environ.get("MAKEROOM_LONG"))
#: Where a file is named: the keys that lead there from the board, and whether it is one to be read.
DOORS = {
    "import": (("I",), True),
    "export as Markdown": (("X", "p", "m"), False),
    "export as a table": (("X", "p", "c"), False),
    "export of everything for programs": (("X", "a", "n"), False),
    "export of the accounts as a workbook": (("X", "k", "x"), False),
    "export of the decisions as a page": (("X", "d", "h"), False),
    "accounts from a file": (("A", "I"), True),
    "people from a file": (("c", "I"), True),
    "snapshot from a file": (("s", "I"), True),
    "first look at a file": (("H",), True),
    "comparison as Markdown": (("d", "1", "m"), False),
    "comparison as a page": (("d", "1", "w"), False),
    "report as a page": (("R", "a", "X", "h"), False),
    "memo as Markdown": (("m", "s"), False),
    "memo as a page": (("m", "H"), False),
}
#: The files of the app that take or give a file where a name is typed: each has a place above.
ASKING = {
    "accounts/accounts_flow.py": ("accounts from a file",),
    "capacity/file_asks.py": ("people from a file",),
    "compare/compare_screen.py": ("comparison as Markdown", "comparison as a page"),
    "decisions/memo_flow.py": ("memo as Markdown", "memo as a page"),
    "exports/export_flow.py": tuple(name for name in DOORS if name.startswith("export")),
    "imports/import_flow.py": ("import",),
    # What it writes goes through the one form of reports, as a comparison does.
    "look/look_flow.py": ("first look at a file",),
    "reports/reports_flow.py": ("report as a page",),
    "snapshots/snapshots_flow.py": ("snapshot from a file",),
}
#: What they call.
CALLS = re.compile(r"\b(to_read|write_out|write_text|write_report)\(")
#: These only pass on what was read, or what is to be written; the frame of the next start is a note that nobody names.
BETWEEN = {"flows/files.py", "exports/report_flow.py", "imports/mapping_flow.py"}
#: Of each event, how many of its arguments are paths.
TOUCHING = {
    **dict.fromkeys(("os.rename", "os.link", "os.symlink"), 2),
    **dict.fromkeys(
        ("open", "os.remove", "os.mkdir", "os.rmdir", "os.listdir", "os.scandir", "os.truncate", "os.chmod"), 1
    ),
}
touched: list[Any] = []
listening: list[bool] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if listening and event in TOUCHING:
        touched.extend(each for each in arguments[: TOUCHING[event]] if isinstance(each, str | bytes | os.PathLike))


# There is no way to take a hook out again: it listens only while told to.
sys.addaudithook(_audit)


def strays(*roots: Path, among: Iterable[Any] = touched) -> list[str]:
    """What was touched and is in none of these folders, nor of the program itself."""
    own = [Path(each) for each in (*sys.path, sys.prefix, sys.base_prefix) if each]
    allowed = [str(each.resolve()) for each in (*roots, *own)]
    found = {os.path.realpath(os.fsdecode(each)) for each in among}
    return sorted(path for path in found if not any(path == root or path.startswith(f"{root}/") for root in allowed))


def test_a_new_place_where_a_file_is_named_is_among_them() -> None:
    root = Path(tui.__file__).parent
    files = [path for path in root.rglob("*.py") if path.relative_to(root).parts[0] not in ("cli", "web")]
    calling = {str(path.relative_to(root)) for path in files if CALLS.search(path.read_text(encoding="utf-8"))}
    assert calling - BETWEEN == ASKING.keys()
    assert {name for names in ASKING.values() for name in names} == DOORS.keys()


async def test_no_name_reaches_a_path_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server, seat, shared = (tmp_path / name for name in ("server", "seat", "db"))
    for folder in (server, seat, shared):
        folder.mkdir()
    secret = server / "secret.csv"
    secret.write_text("Title,name,person\nZinnober,Zinnober,Zinnober\n")
    (server / ".profile").write_text("echo server\n")
    (seat / "link.csv").symlink_to(secret)
    monkeypatch.chdir(server)
    monkeypatch.setenv("HOME", str(server))
    monkeypatch.setenv(files.VARIABLE, str(seat))
    before = {path: path.read_bytes() for path in server.rglob("*") if path.is_file()}
    ways = hostile(secret)
    handed: list[tuple[str, str]] = []
    touched.clear()
    async with opened(demo(shared), NORMAL) as room:
        monkeypatch.setattr(
            room.app,
            "deliver_binary",
            lambda file, save_filename, **_: handed.append((save_filename, file.read().decode("utf-8", "replace"))),
        )
        # Something to compare with; what was decided is in the demo.
        await room.press("s", "s")
        await room.replace("As it was", "ctrl+s", "escape")
        for number, way in enumerate(ways if LONG else ways[::14]):
            keys, reads = DOORS[door := [*DOORS][number % len(DOORS)]]
            many = len(handed)
            listening.append(True)
            await room.press(*keys)
            await room.replace(way, "ctrl+s")
            said = " ".join(f"{room.text} {room.toasts}".split())
            listening.clear()
            if way.strip("\0 ") and reads:
                assert "only what was sent up is read" in said, (door, way)
            elif way.strip("\0 "):
                assert "Handed to the browser" in said, (door, way)
            assert len(handed) <= many + (not reads)
            await room.press(*("escape",) * 4)
            assert room.app.is_running
    assert all(files.is_name(name) for name, _ in handed)
    assert not any("Zinnober" in content for _, content in handed)
    assert {path: path.read_bytes() for path in server.rglob("*") if path.is_file()} == before
    roots = (seat, shared, Path(os.environ["XDG_CONFIG_HOME"]))
    assert strays(*roots) == []
    # And that is no wonder of a hook that hears nothing.
    listening.append(True)
    secret.read_bytes()
    listening.clear()
    assert strays(*roots) == [str(secret)]
