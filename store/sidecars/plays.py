"""A play of a practice case beside its workspace: the case's file, how far the script is, and who has which role.

In the folder ``<database>.play`` stand ``case.toml``, the case as it was when the play began; ``state.json``, what is
to come and when; and in ``roles`` a file for each role that somebody took, with their name in it. What came, and what
was said, is in the workspace itself: it is journaled, and time travel and the debrief know of it. What is to come is
not: holding an event back decides nothing of the plan, and the journal would tell everybody what is to come.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from store.common.errors import ReadOnlyError, StoreError
from store.database.places import data_folder
from store.database.sharing import sharing_of
from store.sidecars.snapshot_files import write_whole

SUFFIX = ".play"
#: What the workspace of a play is called, in the folder of the play.
DATABASE = "play.db"
_CASE, _STATE = "case.toml", "state.json"
#: Bytes of a state that is read, and the most seconds that a play is counted.
_LARGEST, _LONGEST = 200_000, 30 * 86_400.0
_NAME = 200


@dataclass(frozen=True)
class PlayState:
    """How far a play is: ``elapsed`` seconds were played. Events come by the clock."""

    case: str
    number: int = 1
    player: str = ""
    elapsed: float = 0.0
    ended: bool = False
    #: the workspace from whose board it was begun, to which its end leads back; empty where there was none
    home: str = ""


def plays_folder() -> Path:
    """Where plays are, unless a place is named: beside the user's own workspace, each in a folder of its own."""
    return data_folder() / "practice"


def play_folder(database: Path) -> Path:
    """What belongs to the play of a workspace, whether it is there or not."""
    return database.with_name(database.name + SUFFIX)


def is_play(database: Path) -> bool:
    """Whether the workspace in a file is that of a play: asked at each start, so it only looks for a file."""
    return (play_folder(database) / _STATE).is_file()


def begin_play(folder: Path, case: str, text: str, state: PlayState) -> Path:
    """Keep the case of a play whose workspace is to be in ``folder``; where that workspace goes.

    Raises StoreError where there is a play already, or the folder cannot be written.
    """
    database = folder / DATABASE
    if database.exists() or play_folder(database).exists():
        raise StoreError(f"{folder} has a play in it already: name another folder with --dir.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        play_folder(database).mkdir(mode=0o700)
        write_whole(play_folder(database) / _CASE, text.encode("utf-8"))
    except OSError as error:
        raise ReadOnlyError(f"{folder} cannot be written: {error.strerror or error}. Nothing was begun.") from error
    keep_state(database, state)
    return database


def free_folder(case: str) -> tuple[Path, int]:
    """A folder for the next play of a case, and the how manieth it is."""
    number = 1
    while (folder := plays_folder() / f"{case}-{number}").exists():
        number += 1
    return folder, number


def plays() -> list[Path]:
    """The workspaces of the plays that are kept where plays are, the latest begun or played first."""
    try:
        found = [folder / DATABASE for folder in plays_folder().iterdir() if is_play(folder / DATABASE)]
        return sorted(found, key=lambda path: (play_folder(path) / _STATE).stat().st_mtime, reverse=True)
    except OSError:
        return []


def state_of(database: Path) -> PlayState | None:
    """How far the play of a workspace is; None where it is none, or what says so is damaged."""
    path = play_folder(database) / _STATE
    try:
        if path.stat().st_size > _LARGEST:
            return None
        row = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return _state(row) if isinstance(row, dict) else None


def _state(row: dict[str, Any]) -> PlayState | None:
    case, elapsed = row.get("case"), row.get("elapsed", 0.0)
    player, home, number = row.get("player", ""), row.get("home", ""), row.get("number", 1)
    whole = (
        isinstance(case, str)
        and isinstance(player, str)
        and len(player) <= _NAME
        and isinstance(elapsed, int | float)
        and 0 <= elapsed <= _LONGEST
        and isinstance(number, int)
        and isinstance(home, str)
    )
    if not whole:
        return None
    given = {each.name: row[each.name] for each in fields(PlayState) if each.name in row}
    return PlayState(**given | {"elapsed": float(elapsed)})


def keep_state(database: Path, state: PlayState) -> None:
    """Remember how far the play is. Raises ReadOnlyError where that cannot be written."""
    path = play_folder(database) / _STATE
    try:
        write_whole(path, json.dumps(asdict(state), ensure_ascii=False, indent=1).encode("utf-8", "replace"))
        if database.exists():
            sharing_of(database).apply(path)
    except OSError as error:
        raise ReadOnlyError(f"How far the play is could not be kept: {error.strerror or error}.") from error


def case_text(database: Path) -> str:
    """The case that is played. Raises StoreError where it cannot be read."""
    path = play_folder(database) / _CASE
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"The case of this play cannot be read from {path}: begin the case anew.") from error


def delete_play(database: Path) -> None:
    """Take a play away, with all that is beside it. Raises StoreError where it is none, or somebody has it open."""
    if not is_play(database):
        raise StoreError(f"{database} is no play: nothing was deleted.")
    if database.with_name(f"{database.name}-wal").exists():
        raise StoreError(f"{database} is open in another window: close that first.")
    folder = database.parent
    try:
        for path in folder.iterdir():
            if path.name == database.name or path.name.startswith((f"{database.name}.", f"{database.name}-")):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        with suppress(OSError):
            # Only where nothing of anybody's is left in it.
            folder.rmdir()
    except OSError as error:
        raise StoreError(f"{folder} could not be deleted: {error.strerror or error}.") from error
