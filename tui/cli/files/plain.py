"""``makeroom --plain``: no picture, but a line for each change, and a command a line; for screen readers and logs."""

from __future__ import annotations

import queue
import shlex
import sys
import threading
from collections.abc import Callable, Sequence

from store.common.text import many
from store.database.places import database_path
from store.workspace.workspace import Workspace
from tui.cli.printing import DONE, complain, say
from tui.drawing.words import odds_percent, room_words
from tui.session.news import News
from tui.session.session import Session

#: Runs a command line, and returns its exit code.
Run = Callable[[Sequence[str]], int]
#: Seconds between two looks whether somebody else wrote.
_EVERY = 0.5
_LEAVES = frozenset({"quit", "exit", "q"})
#: What cannot run within it: another board, or what waits for ever.
_NOT_HERE = frozenset({"demo", "follow", "serve"})
_HINT = "Each change is told as a line. Type a command, as status, plan, add or help; quit ends."


def plain(db: str | None, run: Run, actor: str | None = None) -> int:
    """Tell how the plan stands, then each change of it, and run the commands that are typed, until they end.

    Commands are those of the command line, without the word makeroom, and ``run`` runs one; what it ends with is told
    where that is not 0.
    Raises StoreError where the workspace cannot be opened.
    """
    place = database_path(db)
    if not place.path.exists():
        Workspace.open(place.path, actor=actor).close()
    common = ["--db", str(place.path.absolute()), *(["--as", actor] if actor else [])]
    typed: queue.Queue[str | None] = queue.Queue()
    with Workspace.open(place.path, actor=actor, read_only=True) as workspace:
        session = Session(workspace, place.chosen)
        say(f"{session.state.quarter.name}, {session.state.quarter.state}. {_stands(session)}")
        say(_HINT)
        # From here on: what is typed before is typed at what was just told.
        threading.Thread(target=_read, args=(typed,), daemon=True).start()
        while True:
            sys.stdout.flush()
            try:
                line = typed.get(timeout=_EVERY)
            except queue.Empty:
                line = ""
            if line is None or line.strip().casefold() in _LEAVES:
                return DONE
            if line.strip():
                _run(line, run, common)
            for said in _changes(session):
                say(said)


def _read(typed: queue.Queue[str | None]) -> None:
    """The lines that are typed, until there are no more."""
    stream = sys.stdin
    while stream is not None and (line := stream.readline()):
        typed.put(line)
    typed.put(None)


def _run(line: str, run: Run, common: Sequence[str]) -> None:
    """One command; what is wrong with it is said, and nothing ends."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        complain(f"that line cannot be read: {error}. Put what has blanks between quotes.")
        return
    words = words[1:] if words[:1] == ["makeroom"] else words
    if not words or words[0] in _NOT_HERE or words[0].startswith("-"):
        complain(f"“{' '.join(words)[:60]}” is not a command here: help lists them.")
        return
    code = run([*common, *words])
    if code != DONE:
        say(f"(ended with {code})")


def _changes(session: Session) -> list[str]:
    """What was changed since the last look, a line each, and how the plan stands then."""
    if not session.changed_outside():
        return []
    before = session.now.forecast
    session.take_in(session.news())
    found: Sequence[News] = session.tell()
    if not found:
        return []
    now = session.now.forecast
    lines = [f"{each.event.at.astimezone():%H:%M} {each.words}." for each in found]
    if (now.odds, room_words(now)) != (before.odds, room_words(before)):
        was = odds_percent(before.odds, before.plan.target)
        lines.append(f"{_stands(session)} Before, odds were {was}.")
    return lines


def _stands(session: Session) -> str:
    """How the plan stands, in a sentence."""
    figures = session.now
    forecast, plan = figures.forecast, figures.plan
    count = len(plan.entries)
    waits = len(figures.inbox)
    fits = "it fits" if forecast.fits else "it does not fit"
    inbox = f" {many(waits, 'request')} wait{'s' * (waits == 1)}." if waits else ""
    return (
        f"{many(count, 'item')} in plan, odds {odds_percent(forecast.odds, plan.target)}, {fits}; "
        f"{room_words(forecast)} engineer-weeks.{inbox}"
    )
