"""``makeroom``, ``makeroom demo``, ``makeroom where``: which file, and the board on it."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from datetime import datetime
from pathlib import Path

from store.common.errors import Refused, StoreError
from store.database.places import (
    DEMO,
    SCENARIOS,
    VARIABLE,
    WorkspaceFile,
    backups_folder,
    cache_folder,
    database_path,
    demo_path,
    log_path,
    scenario_files,
    scenarios_folder,
)
from store.database.sharing import access_in_words
from tui.cli.printing import DONE, complain, say, say_json, short


def version() -> int:
    """Print the version that is installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        say(f"makeroom {installed('makeroom')}")
    except PackageNotFoundError:
        say("makeroom, not installed as a package")
    return DONE


def board(db: str | None, actor: str | None = None, follow: str = "", *, projects: bool = False) -> int:
    """Open the board on the user's workspace, as ``actor``; with ``follow``, only to look on; it ``projects`` where it
    is for a projector."""
    _need_terminal()
    return _run(database_path(db), actor, follow, projects)


def _run(place: WorkspaceFile, actor: str | None, follow: str, projects: bool) -> int:
    # Start-up makes much and throws little away; the app turns the collector on when its first screen stands.
    gc.disable()
    from tui.terminal.first_frame import FirstFrame

    first = FirstFrame(place.path, place.chosen == DEMO, actor, projects)
    # Who looks on sees what another one sees.
    if not follow:
        first.show()
    try:
        from tui.app.run import run_board
        from tui.cli.status_note import Noting

        return run_board(
            place,
            actor=actor,
            follow=follow,
            projects=projects,
            noting=Noting(),
            first_frame=None if follow else first,
            complain=complain,
        )
    finally:
        first.take_away()


def demo(fresh: bool, actor: str | None = None, *, json: bool = False, projects: bool = False) -> int:
    """Open the board on the demonstration, made first if it is missing; with ``json``, only say where it is."""
    if not json:
        _need_terminal()
    place = demo_path()
    aside = move_aside(place.path) if fresh else None
    if json:
        from store.demo.demo import open_demo

        open_demo(place.path, actor=actor).close()
        say_json({"database": str(place.path.absolute()), "kept": str(aside or "")})
        return DONE
    if aside:
        say(f"The demo as it was is kept in {aside}.")
    return _run(place, actor, "", projects)


def _need_terminal() -> None:
    """Raises Refused where there is nothing to draw on: nobody could see the board, and nobody could end it."""
    # A browser's seat draws through a driver of its own.
    if "TEXTUAL_DRIVER" in os.environ:
        return
    for stream in (sys.__stdin__, sys.__stderr__):
        try:
            if stream is not None and stream.isatty():
                _need_characters(stream.encoding)
                continue
        except ValueError:
            # It is closed.
            pass
        raise Refused("the board needs a terminal, and this is none. makeroom status says how the plan stands, as text")


def _need_characters(encoding: str) -> None:
    """Raises Refused where the board's characters cannot be written, or the terminal can only write line after line."""
    # What they are drawn with: a bar, the line, a name.
    try:
        "▏━é".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        raise Refused(
            f"the board is drawn with characters that {encoding} does not have: set LC_ALL=C.UTF-8, or PYTHONUTF8=1"
        ) from None
    if os.environ.get("TERM", "") in ("", "dumb", "unknown") and sys.platform != "win32":
        raise Refused(
            "the terminal says that it cannot draw (TERM is unset or dumb): set TERM=xterm-256color if it can. "
            "makeroom status says how the plan stands, as text"
        )


def move_aside(path: Path) -> Path | None:
    """Rename a workspace's file to a name with the time; None if there is no such file.

    Raises StoreError while somebody else has it open: their next change would be lost.
    """
    from store.workspace.workspace import Workspace

    if not path.exists():
        return None
    # Opened and closed, everything is in the main file. One that cannot be opened is moved as it is.
    with contextlib.suppress(StoreError):
        Workspace.open(path, create=False).close()
    if path.with_name(f"{path.name}-wal").exists():
        raise StoreError(f"{path} is open in another window: close that first.")
    now = datetime.now()
    return path.rename(path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S-%f}{path.suffix}"))


def where(db: str | None, *, json: bool = False) -> int:
    """Print which files are used, and who chose them."""
    place = database_path(db)
    if json:
        say_json(_where(place))
        return DONE
    reasons = {
        "--db": "named with --db",
        VARIABLE: f"named by the environment variable {VARIABLE}",
        "default": f"your own; --db PATH or {VARIABLE} names another",
    }
    there = "it exists" if place.path.exists() else "it does not exist yet and is made at the first start"
    example = _demo_file()
    demo_there = "it exists" if example and example.exists() else 'it does not exist yet and is made by "makeroom demo"'
    say(f"database: {place.path.absolute()}")
    say(f"          {reasons.get(place.chosen, place.chosen)}; {there}")
    say(f"          {access_in_words(place.path)}")
    say(f"backups:  {backups_folder(place.path).absolute()}")
    say(f"          {_backups(backups_folder(place.path))}; makeroom restore lists them")
    say(f"scenarios: {scenarios_folder(place.path).absolute()}")
    say(f"          {_scenarios(place.path)}")
    if example:
        say(f"demo:     {example.absolute()}")
        say(f"          made-up data, apart from yours; {demo_there}")
    say(f"log:      {log_path().absolute()}")
    say("          what happened, without titles, names or amounts")
    say(f"cache:    {cache_folder().absolute()}")
    say("          how the board and its status looked last, for the next start; it may be deleted at any time")
    return DONE


def _where(place: WorkspaceFile) -> dict[str, object]:
    backups, example = backups_folder(place.path), _demo_file()
    return {
        "database": str(place.path.absolute()),
        "chosen": place.chosen,
        "exists": place.path.exists(),
        "backups": str(backups.absolute()),
        "backups_count": _count(backups),
        "scenarios": str(scenarios_folder(place.path).absolute()),
        "scenarios_count": len(scenario_files(place.path)),
        "demo": str(example.absolute()) if example else "",
        "demo_exists": bool(example and example.exists()),
        "log": str(log_path().absolute()),
        "cache": str(cache_folder().absolute()),
    }


def _demo_file() -> Path | None:
    """Where the demo is, or would be; None where nobody has a home."""
    with contextlib.suppress(StoreError):
        return demo_path().path
    return None


def _count(backups: Path) -> int:
    try:
        return sum(name.endswith(".db") for name in os.listdir(backups))
    except OSError:
        return 0


def _scenarios(path: Path) -> str:
    # By its place alone: this command opens no database.
    folder = path.absolute().parent.name
    if folder.endswith(SCENARIOS):
        return f"none: this file is itself a scenario of {short(folder.removesuffix(SCENARIOS))}"
    count = len(scenario_files(path))
    return f"{count} in it, each a workspace of its own for --db" if count else "none yet: s on the board branches one"


def _backups(folder: Path) -> str:
    count = _count(folder)
    return f"{count} in it" if count else "none yet: the first is made when a workspace is an hour old"
