"""What ``makeroom status`` says, kept in a note for as long as the workspace is as it was.

Somebody who has it in a prompt or a status line asks many times for each change, and should wait for none of what
working it out takes: the records, the simulation, the numbers. Whoever changes the workspace has all that at hand, and
leaves the note; so even the first who asks afterwards need not wait.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.database import notes
from store.database.state_stamp import head_of

if TYPE_CHECKING:
    from tui.session.session import Session

#: The kind of note, and its layout.
_KIND, _LAYOUT = "status", 2
#: An update of the program may say it in other words.
_PROGRAM = tuple(Path(__file__).parent / name for name in ("plan_outputs.py", "outputs.py"))

#: What it says: ``lines`` for people, ``json`` for programs.
Answer = dict[str, Any]
#: What tells the state of a workspace, and the day, from every other.
Stamp = list[Any]


def answer_of(session: Session) -> Answer:
    """What is said of the state that a session shows."""
    from tui.cli.plan_outputs import status_lines, status_of

    now, path = session.now, session.workspace.path
    found = status_of(now, path)
    return {"lines": status_lines(now, found), "json": found.as_json()}


def stamp_of(path: Path) -> Stamp | None:
    """Another one when the answer may be another one; None where that cannot be told.

    A change that makeroom writes has a number and a seal of its own in the journal; what anybody does to the rows
    behind its back changes the times of the files.
    """
    wal = path.with_name(f"{path.name}-wal")
    try:
        files = [os.stat(each) for each in (path, wal) if each is path or _has_any(each)]
        program = [os.stat(each).st_mtime_ns for each in _PROGRAM]
    except (OSError, ValueError):
        return None
    head = head_of(path)
    if head is None:
        return None
    found = [[each.st_dev, each.st_ino, each.st_size, each.st_mtime_ns] for each in files]
    return [_LAYOUT, str(date.today()), program, list(head), found]


def recall(path: Path, stamp: Stamp | None) -> Answer | None:
    """What was noted of this state; None where nothing was."""
    if stamp is None:
        return None
    found = notes.recall(_KIND, path)
    return found["answer"] if _is_note(found) and found["stamp"] == stamp else None


def keep(path: Path, stamp: Stamp | None, seq: int, answer: Answer) -> None:
    """Note what was said of the state after event ``seq``, if ``stamp`` is of that and the file still as it was."""
    if stamp is not None and stamp[3][0] == seq and stamp_of(path) == stamp:
        _write(path, stamp, answer)


def _write(path: Path, stamp: Stamp, answer: Answer) -> None:
    notes.keep(_KIND, path, {"stamp": stamp, "answer": answer})


def leave(path: Path, seq: int, answer: Answer) -> None:
    """Note what is said of the state after event ``seq``, by who wrote that and has the answer already."""
    stamp = stamp_of(path)
    if stamp is not None and stamp[3][0] == seq:
        _write(path, stamp, answer)


class Noting:
    """Leaves a note of each state that an app's session stays in from one look to the next, where there is none."""

    def __init__(self) -> None:
        self._seen: _Shown | None = None
        self._noted: _Shown | None = None

    def due(self, session: Session) -> Callable[[], None] | None:
        """What is to be done in a thread, if anything is."""
        seen, self._seen = self._seen, _state(session)
        if self._seen == self._noted or self._seen != seen or session.away or not session.now.ready:
            return None
        self._noted = self._seen
        return partial(_leave, session, self._noted)

    def finish(self, session: Session) -> None:
        """The session is closed, and what it wrote has moved from the journal into the file: that is another stamp."""
        if session.now.ready:
            _leave(session, _state(session))


#: What a session shows: which file, after which event, on which day.
_Shown = tuple[Path, int, date]


def _state(session: Session) -> _Shown:
    return session.workspace.path, session.state.seq, date.today()


def _leave(session: Session, state: _Shown) -> None:
    path, seq, _ = state
    stamp = stamp_of(path)
    if recall(path, stamp) is not None:
        return
    answer = answer_of(session)
    # In a thread, it may have moved on meanwhile.
    if _state(session) == state:
        keep(path, stamp, seq, answer)


def _has_any(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False


def _is_note(found: Any) -> bool:
    """Whether it is what :func:`keep` writes: the folder is anybody's to tidy up."""
    if not isinstance(found, dict) or found.keys() != {"stamp", "answer"}:
        return False
    answer = found["answer"]
    return (
        isinstance(answer, dict)
        and isinstance(answer.get("json"), dict)
        and isinstance(answer.get("lines"), list)
        and all(isinstance(line, str) for line in answer["lines"])
    )
