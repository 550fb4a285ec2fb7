"""A play of a practice case beside its workspace: the case's file, and how far the script is.

In the folder ``<database>.play`` stand ``case.toml``, the case as it was when the play began, with its briefs; and
``state.json``, what is to come and when. What came, what was said, and who has which role is in the workspace itself:
it is journaled, and time travel and the debrief know of it. What is to come is not: holding an event back decides
nothing of the plan, and the journal would tell everybody what is to come.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from store.common.errors import ReadOnlyError, StoreError
from store.database.places import PLAY, PLAYED_CASE, PLAYED_STATE, data_folder
from store.database.sharing import sharing_of
from store.sidecars.snapshot_files import write_whole

#: What the workspace of a play is called, in the folder of the play.
DATABASE = "play.db"
#: Bytes of a state that is read, and the most seconds that a play is counted.
_LARGEST, _LONGEST = 200_000, 30 * 86_400.0
_NAME = 200
_MOST_QUESTIONS = 10_000


@dataclass(frozen=True)
class PlayState:
    """How far a play is: ``elapsed`` seconds were played. Events come by the clock, where it is not ``paused``."""

    case: str
    number: int = 1
    player: str = ""
    elapsed: float = 0.0
    ended: bool = False
    #: the workspace from whose board it was begun, to which its end leads back; empty where there was none
    home: str = ""
    #: whether somebody leads it for others
    facilitated: bool = False
    paused: bool = False
    #: by their keys, the events that wait until they are let go, those that waited once, and those that never come
    held: tuple[str, ...] = ()
    let_go: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    #: the number of the deck's question that every seat shows, from 0; and of those that were shown so far
    question: int | None = None
    asked: tuple[int, ...] = ()

    @property
    def timeless(self) -> PlayState:
        """The same, whatever the clock says."""
        return replace(self, elapsed=0.0)


def plays_folder() -> Path:
    """Where plays are, unless a place is named: beside the user's own workspace, each in a folder of its own."""
    return data_folder() / "practice"


def play_folder(database: Path) -> Path:
    """What belongs to the play of a workspace, whether it is there or not."""
    return database.with_name(database.name + PLAY)


def is_play(database: Path) -> bool:
    """Whether the workspace in a file is that of a play: asked at each start, so it only looks for a file."""
    return (play_folder(database) / PLAYED_STATE).is_file()


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
        write_whole(play_folder(database) / PLAYED_CASE, text.encode("utf-8"))
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
        return sorted(found, key=lambda path: (play_folder(path) / PLAYED_STATE).stat().st_mtime, reverse=True)
    except OSError:
        return []


def state_of(database: Path) -> PlayState | None:
    """How far the play of a workspace is; None where it is none, or what says so is damaged."""
    path = play_folder(database) / PLAYED_STATE
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
    keys = {name: row.get(name, []) for name in ("held", "let_go", "skipped")}
    asked, question = row.get("asked", []), row.get("question")
    whole = (
        isinstance(case, str)
        and isinstance(player, str)
        and len(player) <= _NAME
        and isinstance(elapsed, int | float)
        and 0 <= elapsed <= _LONGEST
        and isinstance(number, int)
        and isinstance(home, str)
        and all(isinstance(row.get(name, False), bool) for name in ("ended", "facilitated", "paused"))
        and all(isinstance(each, list) and all(isinstance(key, str) for key in each) for each in keys.values())
        and isinstance(asked, list)
        and all(_is_number(each) for each in asked)
        and (question is None or _is_number(question))
    )
    if not whole:
        return None
    given = {each.name: row[each.name] for each in fields(PlayState) if each.name in row}
    given |= {name: tuple(each) for name, each in keys.items()}
    return PlayState(**given | {"elapsed": float(elapsed), "asked": tuple(asked)})


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST_QUESTIONS


def state_stamp(database: Path) -> tuple[int, int] | None:
    """What changes whenever the state is kept anew: asked each second, so that it is read only then."""
    try:
        found = (play_folder(database) / PLAYED_STATE).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def keep_state(database: Path, state: PlayState) -> None:
    """Remember how far the play is. Raises ReadOnlyError where that cannot be written."""
    path = play_folder(database) / PLAYED_STATE
    try:
        write_whole(path, json.dumps(asdict(state), ensure_ascii=False, indent=1).encode("utf-8", "replace"))
        if database.exists():
            sharing_of(database).apply(path)
    except OSError as error:
        raise ReadOnlyError(f"How far the play is could not be kept: {error.strerror or error}.") from error


def case_text(database: Path) -> str:
    """The case that is played. Raises StoreError where it cannot be read."""
    path = play_folder(database) / PLAYED_CASE
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"The case of this play cannot be read from {path}: begin the case again.") from error


def delete_play(database: Path) -> None:
    """Take a play away, with all that is beside it. Raises StoreError where it is none, or somebody has it open."""
    if not is_play(database):
        raise StoreError(f"{database} is not a play: nothing was deleted.")
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
