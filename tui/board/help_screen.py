"""The help: why the odds are what they are, keys, words, and how to do what, a page a question, found by any word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from scenarios.figures.sizes import format_ew, format_span, whole_ew
from scenarios.odds.explanation import why
from scenarios.odds.forecast import Forecast
from tui.board.help_pages import PAGES, HelpPage
from tui.dialogs.dialog import Dialog
from tui.drawing.plain import odds_percent, plain
from tui.plan_view.keys import APP, BOARD
from tui.plan_view.words import WORDS
from tui.session.session import Session
from tui.trade_sheet.keys import TRADE, VERDICT
from tui.widgets import breakpoints
from tui.widgets.hanging_text import HangingText
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Hint, Key, Keys, help_lines
from tui.widgets.line_input import LineInput
from tui.widgets.row_table import RowTable

_PLAN = (
    Hint(
        RowTable.LOOK.rows, "look at an item; with the preview on, pie and odds show the plan without it (or with it)"
    ),
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


class Asked(LineInput):
    """What somebody wants to know; ``?`` is no part of it, and leaves as it came."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether the key is typed."""
        return super().check_consume_key(key, character) and key != "question_mark"


class Help(Dialog[None]):
    """Questions, found by any word, and the page of the one on the cursor. Left with Esc."""

    AUTO_FOCUS = "Input"
    HORIZONTAL_BREAKPOINTS = breakpoints.HORIZONTAL
    DEFAULT_CSS = """
    Help { align: center middle; }
    Help > Vertical { width: 124; max-width: 98%; height: 94%; background: $panel; padding: 1 2 0 2; }
    Help LineInput { margin: 0; }
    Help #pages { layout: horizontal; height: 1fr; margin: 1 0; }
    Help OptionList { width: 46; height: 1fr; border: none; background: transparent; padding: 0; }
    Help OptionList { scrollbar-size-vertical: 1; }
    Help VerticalScroll { width: 1fr; height: 1fr; margin-left: 2; scrollbar-size-vertical: 1; }
    Help.-narrow #pages { layout: vertical; margin: 0; }
    Help.-narrow OptionList { width: 1fr; height: 6; }
    Help.-narrow VerticalScroll { margin: 1 0 0 0; }
    """
    KEYS = Keys(
        "The help",
        Key("help.leave", "escape,question_mark,f1", "Back", "leave", priority=True),
        Key("help.up", "up", "The question before", "question(-1)"),
        Key("help.down", "down", "The next question", "question(1)"),
        Key("help.pageup", "pageup", "The page, a screenful up", "scroll(-1)"),
        Key("help.pagedown", "pagedown,enter", "The page, a screenful down", "scroll(1)"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[HelpPage, ...] = ()

    def compose(self) -> ComposeResult:
        """What to look for, the questions, the page, keys."""
        with Vertical():
            yield Asked(compact=True, placeholder="What do you want to know? Any words: sort, customer, no, odds ...")
            with Container(id="pages"):
                yield OptionList(markup=False)
                with VerticalScroll(can_focus=False):
                    yield HangingText(())
            words = "↑ ↓ a question   {pageup} {pagedown} scroll   {leave} back to the board"
            yield KeyLine(self.KEYS.said(self.app, words))

    def on_mount(self) -> None:
        """All questions."""
        self.query_one(OptionList).can_focus = False
        self._find("")

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Those that answer."""
        self._find(event.value)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The page of the question on the cursor."""
        if event.option_index < len(self._shown):
            self._tell(self._shown[event.option_index].said())

    def action_question(self, step: int) -> None:
        """To the next one, or the one before."""
        questions = self.query_one(OptionList)
        if step > 0:
            questions.action_cursor_down()
        else:
            questions.action_cursor_up()

    def action_scroll(self, way: int) -> None:
        """What there is no room for."""
        page = self.query_one(VerticalScroll)
        page.scroll_relative(y=way * max(1, page.size.height - 1), animate=False)

    def _find(self, text: str) -> None:
        words = text.casefold().split()
        ranked = [(page.found(words), page) for page in self._pages()]
        best = sorted((each for each in ranked if each[0]), key=lambda each: -each[0])
        self._shown = tuple(page for _, page in best)
        questions = self.query_one(OptionList)
        questions.clear_options()
        questions.add_options([Option(Content(page.question)) for page in self._shown])
        if self._shown:
            questions.highlighted = 0
            self._tell(self._shown[0].said())
        else:
            palette = APP.of(self.app, "palette")
            self._tell([f"No page has all of these words. {palette} on the board finds commands, items and words."])

    def _tell(self, lines: Sequence[str]) -> None:
        page = self.query_one(VerticalScroll)
        page.scroll_home(animate=False)
        page.query_one(HangingText).show([line for each in lines for line in each.split("\n")])

    def _pages(self) -> Iterator[HelpPage]:
        """All of them, in their order: why, the keys of this screen and the words before the questions."""
        forecast = self._session.now.forecast
        odds = odds_percent(forecast.odds, forecast.plan.target)
        yield HelpPage(f"Why are the odds {odds}?", (why_words(forecast),), "explain percent why")
        keys = (
            f"THE PLAN\n{_list(self.app, _PLAN)}\n",
            f"THE TRADE SHEET  when something does not fit\n{_list(self.app, _TRADE)}",
        )
        yield HelpPage("Which key does what?", keys, "keys shortcuts keyboard bindings")
        words = tuple(f"  {word:<15}  {text}" for word, text in WORDS.items())
        yield HelpPage("What does a word mean?", ("WORDS", *words), "glossary meaning definition")
        yield from PAGES
        yield HelpPage("Where is my data?", self._where(), "database file path location where")

    def _where(self) -> tuple[str, ...]:
        path, chosen = plain(str(self._session.workspace.path)), self._session.chosen
        ways = {"--db": "named with --db", "demo": "the demo, apart from your own data", "default": "your own"}
        how = ways.get(chosen, f"named by {chosen}" if chosen else "")
        return (
            f"database  {path}",
            f"          {how}{'; ' if how else ''}--db PATH or MAKEROOM_DB chooses another",
            "makeroom where  at a shell names all files; docs/files.md says what is in each.",
        )


def _list(app: App[Any], hints: Iterable[Hint]) -> str:
    return "\n".join(f"  {line}" for line in help_lines(app, hints, 14))


def why_words(forecast: Forecast) -> str:
    """What the odds stand on, in plain words with the figures."""
    plan, found = forecast.plan, why(forecast)
    low, middle, high = forecast.load_range
    odds = odds_percent(forecast.odds, plan.target)
    said, left = ("Planned", "") if plan.moment is None else ("Left of the plan", " left")
    lines = [
        f"WHY {odds}",
        f"  In {odds} of {forecast.draws.trials:,} simulated quarters every team finishes all that is planned.",
        f"  {said} {format_ew(plan.load_left)} ew, likely to take {whole_ew(middle)} ({whole_ew(low)} to"
        f" {whole_ew(high)} in 8 of 10 quarters); net capacity{left} {format_ew(plan.capacity_left)}.",
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
