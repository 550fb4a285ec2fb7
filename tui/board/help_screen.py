"""Why the odds are what they are; keys, words, and where the data lives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from scenarios.figures.sizes import format_ew, format_span
from scenarios.odds.explanation import why
from scenarios.odds.forecast import Forecast
from tui.dialogs.dialog import Dialog
from tui.drawing.plain import odds_percent, plain
from tui.plan_view.keys import APP, BOARD
from tui.plan_view.words import WORDS
from tui.session.session import Session
from tui.trade_sheet.keys import TRADE, VERDICT
from tui.widgets.hanging_text import HangingText
from tui.widgets.keys import Hint, Key, Keys, help_lines
from tui.widgets.row_table import RowTable

_TEXT = """\
WHO DECIDES
  There is no log-in. Kept is who is said to decide, to sign and to be there; a right is held by a role's person
  in the charter, by name. Started with --as NAME, the verdict is filled in with that name.

WHERE
"""

_PLAN = (
    Hint(RowTable.LOOK.rows, "look at an item: pie and odds show the plan without it (or with it)"),
    *BOARD.helps(),
    *APP.helps(),
)
_TRADE = (
    Hint(tuple(TRADE[f"pick{at}"] for at in range(1, 10)), "take a swap; moving over it shows it in pie and odds"),
    *TRADE.helps(),
    *VERDICT.helps(),
    BOARD["help"].hint("why this swap"),
    BOARD["frontier"].hint("the frontier of this request"),
    BOARD["flip"].hint("flip point of what asks in: does its size change the swap?"),
)


class Help(Dialog[None]):
    """Left with Esc."""

    AUTO_FOCUS = "VerticalScroll"
    DEFAULT_CSS = """
    Help { align: center middle; }
    Help VerticalScroll { width: 92; max-width: 98%; height: 92%; background: $panel; padding: 1 2; }
    """
    KEYS = Keys("The help", Key("help.leave", "escape,q,question_mark,f1", "Back", "leave"))
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """One text."""
        path, chosen = plain(str(self._session.workspace.path)), self._session.chosen
        ways = {"--db": "named with --db", "demo": "the demo, apart from your own data", "default": "your own"}
        how = ways.get(chosen, f"named by {chosen}" if chosen else "")
        where = (
            f"  database        {path}\n"
            f"                  {how}{'; ' if how else ''}--db PATH or MAKEROOM_DB chooses another\n"
            + self.KEYS.said(self.app, "  {leave:<14}  back to the board")
        )
        with VerticalScroll():
            keys = (
                f"THE PLAN\n{_list(self.app, _PLAN)}\n\n"
                f"THE TRADE SHEET  when something does not fit\n{_list(self.app, _TRADE)}\n\n"
            )
            text = why_words(self._session.now.forecast) + "\n" + _words() + "\n" + keys + _TEXT + where
            yield HangingText(text.split("\n"))


def _words() -> str:
    lines = [f"  {word:<15}  {text}" for word, text in WORDS.items()]
    return "WORDS\n" + "\n".join(lines) + "\n"


def _list(app: App[Any], hints: Iterable[Hint]) -> str:
    return "\n".join(f"  {line}" for line in help_lines(app, hints, 14))


def why_words(forecast: Forecast) -> str:
    """What the odds stand on, in plain words with the figures."""
    plan, found = forecast.plan, why(forecast)
    low, middle, high = forecast.load_range
    odds = odds_percent(forecast.odds, plan.target)
    said, left = ("Planned", "") if plan.moment is None else ("Left of the plan", " left")
    lines = [
        f"WHY {odds}        (esc back to the board, ↓ for the keys)",
        f"  In {odds} of {forecast.draws.trials:,} simulated quarters every team finishes all that is planned.",
        f"  {said} {format_ew(plan.load_left)} ew, likely to take {middle:.0f} ({low:.0f} to {high:.0f} in 8 of 10"
        f" quarters); net capacity{left} {format_ew(plan.capacity_left)}.",
    ]
    for each in found.teams:
        model = each.model
        record = (
            f"{model.finished_quarters} finished quarters of its own"
            if model.finished_quarters
            else "no history, a typical team"
        )
        lines += [
            f"  {plain(each.team.name)[:20]:<12} {odds_percent(each.odds):>4}   load {format_ew(each.load)} of"
            f" {format_ew(each.net)} net{left}",
            f"     {record}: {model.overrun:.2f} times its estimates, {100 * model.interrupt_share:.0f}% interrupts",
        ]
    if found.binding is not None and len(found.teams) > 1:
        lines.append(f"  {plain(found.binding.team.name)} binds: the plan fails there most often.")
    if plan.entries:
        lines.append(f"  Expected to finish, in rank order: {found.finished:.1f} of {len(plan.entries)} items.")
    if found.at_risk is not None:
        odds = odds_percent(forecast.item_odds[found.at_risk.item.id], plan.target)
        lines.append(f"  First at risk: {plain(found.at_risk.item.title)[:60]} ({odds}).")
    if found.widest:
        names = "; ".join(f"{plain(entry.item.title)[:30]} {format_span(entry.sizes)}" for entry in found.widest)
        lines.append(f"  Widest ranges: {names}.")
    lines.append("  It is honest across many teams, not for each one, and forecasts effort only. docs/forecast.md")
    return "\n".join(lines) + "\n"
