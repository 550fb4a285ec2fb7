"""Looking back from the board: the list of reports, a row a report; how one is shown and written to a file."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from scenarios.reports.paper import Paper
from scenarios.trade import changes
from store.common.text import many
from store.records import State
from tui.dialogs.menu import Choice, Menu
from tui.flows.host import Host
from tui.reports.report_list import REPORTS
from tui.rules.record_screen import Asks

if TYPE_CHECKING:
    from tui.reports.paper_screen import PaperScreen


async def show_reports(board: Host) -> None:
    """Ask which report, and show it."""
    choices = [Choice(row.key, row.name, row.tells) for row in REPORTS]
    about = "None holds a figure that is not on record."
    if due := due_words(board.session.state, changes.now().astimezone().date()):
        about += f" Due now, in the quarter graded: {due}."
    key = await board.ask(Menu("Looking back: which report?", choices, about))
    row = next((row for row in REPORTS if row.key == key), None)
    if row is not None:
        module, _, function = row.flow.rpartition(".")
        show: Callable[[Host], Coroutine[Any, Any, None]] = getattr(import_module(f"tui.{module}"), function)
        await show(board)


def due_words(state: State, today: date) -> str:
    """How much is to be looked at again by a day; empty where nothing is."""
    from scenarios.graded.adoption import adoption_due
    from scenarios.graded.reviews import reviews_due

    reviews, adoption = len(reviews_due(state, today)), len(adoption_due(state, today))
    read = f"adoption of {many(adoption, 'item')}" if adoption else ""
    return " and ".join(filter(None, (many(reviews, "review") if reviews else "", read)))


async def show_accounts(board: Host) -> None:
    """The accounts as a report."""
    from scenarios.reports.accounts_paper import accounts_paper

    await show_paper(board, "accounts", lambda: accounts_paper(board.session.state, changes.now().astimezone().date()))


async def show_voices(board: Host) -> None:
    """The voices as a report."""
    from scenarios.reports.voices_paper import voices_paper

    await show_paper(board, "voices", lambda: voices_paper(board.session.state))


async def show_paper(
    board: Host,
    name: str,
    make: Callable[[], Paper],
    asks: Mapping[str, Asks] | None = None,
    kind: type[PaperScreen] | None = None,
) -> str | None:
    """A report on screen, until it is left; ``make`` works it out, called in a thread. ``asks`` are its own keys', and
    ``kind`` a screen of its own. Returns where to go next, None for back."""
    from tui.reports.paper_screen import PaperScreen

    async def write(screen: PaperScreen) -> None:
        if screen.paper is not None:
            await write_paper(screen.board, name, screen.paper)

    return await board.ask((kind or PaperScreen)(board, name, make, {"write": write, **(asks or {})}))


async def write_paper(board: Host, name: str, paper: Paper) -> None:
    """Ask for a file, and write the report there as a page or as Markdown."""
    from scenarios.reports.paper_page import paper_html, paper_markdown
    from tui.exports.report_flow import write_text

    choices = (Choice("h", "a web page", "with its bars; it prints"), Choice("m", "Markdown", "for a wiki or a mail"))
    kind = await board.app.push_screen_wait(Menu("Write the report as", choices))
    if kind is not None:
        make, words = (paper_html, "html") if kind == "h" else (paper_markdown, "markdown")
        await write_text(board, "Write the report", f"report {name}", words, lambda: make(paper))
