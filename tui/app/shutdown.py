"""How the app ends when nobody pressed a key for it: a signal, a terminal that is gone, an error."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from contextlib import suppress

from textual.app import ScreenStackError
from textual.css.query import NoMatches

from store.sidecars.drafts import save_draft
from tui.flows.host import Host
from tui.seats.seated_app import SeatedApp
from tui.terminal.terminal import hung_up

_log = logging.getLogger("makeroom")
#: Seconds for the farewell. A terminal that is gone may never take what is written to it.
_FAREWELL = 3.0
#: Seconds between two looks whether the terminal is still there.
_LOOK = 0.5
_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")


def heed_signals(app: SeatedApp) -> None:
    """End in order when the system asks for it, or the terminal goes."""
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        # Only the main thread may, and only there is there a terminal to lose.
        with suppress(ValueError, RuntimeError):
            loop.add_signal_handler(getattr(signal, name), end_by, app, getattr(signal, name))
    _watch_terminal(app)


def _watch_terminal(app: SeatedApp) -> None:
    # A terminal that goes sends its signal to the shell's own process alone; without a shell in between, nobody says
    # so, and reading from it gives nothing, again and again.
    with suppress(OSError, ValueError, AttributeError):
        descriptor = sys.__stdin__.fileno()  # type: ignore[union-attr]
        if app.is_headless or not os.isatty(descriptor):
            return

        def look() -> None:
            if hung_up(descriptor):
                end_by(app, signal.SIGHUP)

        app.set_interval(_LOOK, look)


def ignore_signals() -> None:
    """Undo :func:`heed_signals`."""
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        with suppress(ValueError, RuntimeError):
            loop.remove_signal_handler(getattr(signal, name))


def end_by(app: SeatedApp, signum: int) -> None:
    """Save the draft, give the terminal back, let go of lock and seat, end with 128 and the signal's number."""
    if app.ended_by:
        return
    app.ended_by = signum
    keep_draft(app)
    _log.info("stop, signal %d", signum)
    if app.live is not None:
        app.live.stop()
    if not app.is_headless:
        # The database needs no farewell: what was written is written, and the system lets go of the locks.
        force = threading.Timer(_FAREWELL, os._exit, (128 + signum,))
        force.daemon = True
        force.start()
    app.exit(return_code=128 + signum)


def let_go_of_output() -> None:
    """What was written to a terminal that is gone is lost: the interpreter's last flush must not fail on it."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def keep_draft(app: SeatedApp) -> None:
    """Save what is being typed or marked, as far as the screens still stand."""
    workspace = app.session.workspace
    if workspace.read_only:
        return
    from tui.seats.dialog_drafts import draft_of

    with suppress(NoMatches, ScreenStackError, LookupError, AttributeError, TypeError, ValueError):
        board = app.screen_stack[0]
        content = draft_of(board) if isinstance(board, Host) else None
        if content is not None:
            saved = save_draft(workspace.path, app.session.id, workspace.actor, content)
            _log.info("draft %s" if saved else "no draft for %s", app.session.id)
