"""A change of many rows: written in a thread, with a cover that takes the keys; a small one is written at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from store.common.errors import StaleError, StoreError
from store.database.watch import StoppedError, Watch
from store.records import Command
from tui.flows.cover import Cover
from tui.flows.host import Host
from tui.session.session import Written

#: Records that are written before a key press is felt to hang.
SMALL = 400


async def write_change(board: Host, command: Command, words: str, keep: int | None = None) -> None:
    """Write it and show what came of it; a refusal is said and changes nothing. Esc stops a long one whole."""
    if len(command.puts) + len(command.removes) <= SMALL:
        board.commit(command, words, keep)
        return
    session = board.session

    def write(watch: Watch) -> Written:
        return session.write_long(command, words, watch)

    def require() -> None:
        session.require_seen(command, None)
        session.require_fresh(command)

    await carry_out_long(board, f"Writing {len(command.puts):,} changes …", write, words, keep, require)


async def carry_out_long(
    board: Host,
    said: str,
    write: Callable[[Watch], Written],
    words: str,
    keep: int | None = None,
    require: Callable[[], None] | None = None,
) -> None:
    """Write in a thread, under a cover that says what is under way, and show what came of it; a refusal is said and
    changes nothing. ``require`` looks first whether it may be written."""
    session = board.session
    cover = Cover(said)
    await board.app.push_screen(cover)
    stop = threading.Event()
    leaving = asyncio.ensure_future(_stop_when_left(cover, stop))
    session.away = True
    try:
        if require is not None:
            require()
        watch = Watch(lambda *told: None, stop.is_set)
        written = await asyncio.to_thread(write, watch)
        later = await asyncio.to_thread(session.read_long)
        board.carry_out(lambda: session.follow_long(written, later), words, keep)
    except StoppedError:
        board.tell("Stopped: nothing was changed.")
        board.refresh_all()
    except StaleError as error:
        board.refuse(error)
    except StoreError as error:
        board.tell(str(error), severity="error")
        board.refresh_all()
    finally:
        session.away = False
        leaving.cancel()
        await cover.dismiss()


async def _stop_when_left(cover: Cover, stop: threading.Event) -> None:
    await cover.given_up.wait()
    stop.set()
