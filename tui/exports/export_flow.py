"""Exporting from the board: what, in which format, to which file; nothing is written over unasked, or by halves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event

from textual.content import Content
from textual.widgets import Static

from store.common.errors import StoreError
from store.common.text import capital
from store.database.watch import StoppedError, Watch
from store.sidecars.snapshot_files import SUFFIX, file_name
from tui.dialogs.form import Field, Form
from tui.dialogs.menu import Choice, Menu
from tui.exports.formats import FORMATS, KINDS, RUNNING, Format, asides, export, reads_back
from tui.exports.hidden import mask_of
from tui.exports.report_flow import READ_ONLY, is_in_the_way, require_name
from tui.flows.cover import Cover
from tui.flows.files import hint_to_write, write_out
from tui.flows.host import Host
from tui.session.figures import Figures
from tui.session.weeks import Weeks

#: Seconds before there is a word on what is under way: most exports are done by then.
_PATIENCE = 0.2
#: The keys of what does not have its first letter: that of all.
_KIND_KEYS = {"accounts": "k", "progress": "g"}
_FORMAT_KEYS = {"m": "md", "h": "html", "c": "csv", "x": "xlsx", "n": "json", "r": "jira", "l": "linear"}


async def export_file(board: Host) -> None:
    """Ask what, how and where to, then write it."""
    if board.session.workspace.read_only:
        board.tell(READ_ONLY, severity="warning")
        return
    runs = board.session.now.plan.moment is not None
    keys = {_KIND_KEYS.get(name, name[0]): name for name in KINDS if runs or name not in RUNNING}
    chosen = await board.ask(Menu("Export", [Choice(key, name, KINDS[name]) for key, name in keys.items()]))
    if chosen is None:
        return
    kind = keys[chosen]
    fitting = {key: FORMATS[name] for key, name in _FORMAT_KEYS.items() if kind in FORMATS[name].kinds}
    words = {key: each.words for key, each in fitting.items()}
    if kind == "all":
        words["n"] = "JSON: the whole workspace, to be imported into an empty one"
    choices = [Choice(key, each.name, words[key]) for key, each in fitting.items()]
    chosen = await board.ask(Menu(f"Export {_words(kind)} as", choices))
    if chosen is None:
        return
    format = fitting[chosen]
    whole = format.name == "json" and kind == "all"
    name = _file_name(board.session.state.workspace.name, format.name if format.name in ("jira", "linear") else kind)
    about = "The whole workspace as it is now: makeroom import reads it into an empty one." if whole else ""
    while True:
        hint = hint_to_write(board.app, hides=not reads_back(kind, format))
        field = Field("file", "file", name + format.ending, hint)
        form = Form(f"Export {_words(kind)} as {format.words}", (field,), about, check=require_name, enter="write it")
        values = await board.ask(form)
        if values is None or await _write(board, kind, format, values["file"].strip()):
            return
        name = values["file"].strip().removesuffix(format.ending)


def _words(kind: str) -> str:
    return {"plan": "the plan", "all": "all of it"}.get(kind, f"the {kind}")


def _file_name(workspace: str, what: str) -> str:
    return file_name(f"{workspace} {what}").removesuffix(SUFFIX)


async def _write(board: Host, kind: str, format: Format, name: str) -> bool:
    """Make and write it; False where another name is to be given. What was wrong is said."""
    try:
        if await is_in_the_way(board, name):
            return False
        # As the room sees it now, whatever is changed meanwhile; and a forecast of its own, since one that two threads
        # ask at once for the odds of its items would count some of them twice.
        now = board.session.now
        figures = Figures(now.state, now.draws, now.forecast if now.ready else None)
        weeks = Weeks(board.session)
        mask = mask_of(board.app)
        content = await _made(board, lambda watch: export(figures, kind, format, watch, weeks=weeks, mask=mask))
        if content is None:
            board.tell("Stopped. Nothing was written.")
            return True
        written = await write_out(board, name, content)
    except StoreError as error:
        board.tell(str(error), severity="error")
        return False
    board.tell("\n".join([written, *asides(figures.state, format)]))
    return True


class _Progress(Cover):
    """Says how far it is; what the thread tells comes in whenever it likes."""

    def tell(self, what: str, done: int, total: int | None) -> None:
        """How far it is."""
        # Not there yet, or not any more: what comes too late finds no line.
        for line in list(self.query(Static))[:1]:
            far = f": {done:,} of {total:,}" if total and done else ""
            line.update(Content(f"{capital(what)}{far} …"))


async def _made(board: Host, make: Callable[[Watch], str | bytes]) -> str | bytes | None:
    """What is made in a thread, with a cover that takes the keys once it takes long; None where Esc stopped it."""
    cover, stopped = _Progress("Exporting …"), Event()
    app = board.app

    def tell(what: str, done: int, total: int | None) -> None:
        app.call_later(cover.tell, what, done, total)

    doing = asyncio.ensure_future(asyncio.to_thread(make, Watch(tell, stopped.is_set)))
    leaving = asyncio.ensure_future(cover.given_up.wait())
    try:
        await asyncio.wait((doing,), timeout=_PATIENCE)
        if not doing.done():
            await app.push_screen(cover)
            try:
                await asyncio.wait((doing, leaving), return_when=asyncio.FIRST_COMPLETED)
            finally:
                stopped.set()
                await cover.dismiss()
        if leaving.done() and not doing.done():
            # It stops by itself at its next look; nobody waits for it.
            doing.add_done_callback(lambda done: done.cancelled() or done.exception())
            return None
        return await doing
    except StoppedError:
        return None
    finally:
        # Also where the board goes meanwhile.
        stopped.set()
        leaving.cancel()
