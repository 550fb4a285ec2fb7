"""The trade sheet: something has to give. A panel of the board, not a dialog: pie and meter stay in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, Static

from scenarios.door import Trade
from scenarios.mix import mix_of
from scenarios.odds import Forecast
from scenarios.plan import Entry
from scenarios.sizes import format_ew
from store.records import Slice
from tui.drawing.canvas import Canvas, Line, spread
from tui.drawing.plain import percent
from tui.session import Figures
from tui.widgets.candidates import CandidateHead, CandidateTable
from tui.widgets.incoming import request_of, request_words
from tui.widgets.line_input import LineInput
from tui.widgets.words import arrow, ew_by_team, rounded_up


class TradeHead(Canvas):
    """What is asked, and how much is short."""

    DEFAULT_CSS = "TradeHead { height: 3; width: 1fr; background: $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self._figures: Figures | None = None
        self._trade: Trade | None = None
        self._forecast: Forecast | None = None

    def show(self, figures: Figures, trade: Trade, forecast: Forecast) -> None:
        """The trade, and the forecast with what is marked out."""
        self._figures, self._trade, self._forecast = figures, trade, forecast
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Title and shortage, then what is known of it."""
        figures, trade, forecast, pen = self._figures, self._trade, self._forecast, self.palette
        if figures is None or trade is None or forecast is None:
            return []
        ground, muted = pen.style("text", "raised"), pen.style("muted", "raised")
        bold = pen.style("text", "raised", bold=True)
        if forecast.fits:
            state = ("FITS ", pen.style("better", "raised", bold=True))
        else:
            short = rounded_up(forecast.short)
            words = ew_by_team(short, forecast.plan.teams) if len(short) < 2 else f"{format_ew(sum(short.values()))} ew"
            state = (f"SHORT {words} ", pen.style("worse", "raised", bold=True))
        rows = [spread([(" ", ground), (trade.proposal.title[:300], bold)], [("  ", ground), state], width, ground)]
        entry = trade.subject
        if entry is not None and trade.proposal.asks_in:
            line = Line().add(" ", ground).add(f" {entry.item.slice} ", pen.chip(entry.item.slice)).add(" ", ground)
            rows.append(line.add(request_words(figures, entry), muted, width - 6).strip(width, ground))
            request = request_of(figures, entry)
            said = (request.problem if request else "") or entry.item.note
            if said:
                rows.append(Line().add(" ", ground).add(said[:300], muted, width - 2).strip(width, ground))
        else:
            line = Line().add(" Something has to give: mark what goes below the line, or sign for it.", muted)
            rows.append(line.strip(width, ground))
        return rows[:height]


class TradeFoot(Canvas):
    """What the marked set does, and whether it is enough."""

    DEFAULT_CSS = "TradeFoot { height: 3; width: 1fr; background: $panel; margin-top: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._figures: Figures | None = None
        self._trade: Trade | None = None
        self._forecast: Forecast | None = None
        self._marked: list[Entry] = []

    def show(self, figures: Figures, trade: Trade, forecast: Forecast, marked: list[Entry]) -> None:
        """The trade with these items out."""
        self._figures, self._trade, self._forecast, self._marked = figures, trade, forecast, marked
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """What leaves, the odds, the mix, and the confirm key: live or dead."""
        figures, trade, forecast, pen = self._figures, self._trade, self._forecast, self.palette
        if figures is None or trade is None or forecast is None:
            return []
        ground, muted = pen.style("text", "raised"), pen.style("muted", "raised")
        bold = pen.style("text", "raised", bold=True)
        better, worse = pen.style("better", "raised", bold=True), pen.style("worse", "raised", bold=True)
        freed = sum(entry.ew for entry in self._marked)
        what = f"{len(self._marked)} marked: frees {format_ew(freed)} ew" if self._marked else "Nothing marked"
        first = Line().add(" ", ground).add(what, bold).add("   odds ", muted)
        first.add(arrow(trade.before.odds, forecast.odds), better if forecast.fits else worse)
        first.add(f"  (aim {percent(forecast.plan.target)})", muted)
        second = Line().add(" ", ground).add(self._mix_words(figures, forecast), muted, width - 2)
        third = Line().add(" ", ground)
        if forecast.fits:
            third.add(" enter ", pen.style("panel", "text", bold=True)).add(" Confirm: who decided, and why", ground)
        else:
            short = ew_by_team(rounded_up(forecast.short), forecast.plan.teams)
            third.add(" enter ", pen.style("muted", "track")).add(f" still short {short}", worse)
        return [first.strip(width, ground), second.strip(width, ground), third.strip(width, ground)]

    def _mix_words(self, figures: Figures, forecast: Forecast) -> str:
        before, after = figures.mix, mix_of(forecast.plan.entries, figures.state.all(Slice).values())
        grown = []
        for old, new in zip(before.slices, after.slices, strict=False):
            if round(100 * old.share) != round(100 * new.share):
                owner = f" ({new.owner})" if new.share < old.share and new.owner else ""
                grown.append(f"{new.letter} {100 * old.share:.0f}→{100 * new.share:.0f}{owner}")
        return "  ".join(grown) or "mix unchanged"


class TradeSheet(Vertical):
    """Marks are made here; the board carries out what was decided."""

    DEFAULT_CSS = """
    TradeSheet { height: 1fr; display: none; }
    TradeSheet.-open { display: block; }
    TradeSheet CandidateTable { height: 1fr; }
    TradeSheet #verdict { height: auto; display: none; background: $panel; padding: 0 1; }
    TradeSheet.-deciding #verdict { display: block; }
    TradeSheet.-deciding TradeFoot { height: 2; }
    TradeSheet #verdict Horizontal { height: 1; }
    TradeSheet #verdict .label { width: 13; color: $text-muted; }
    TradeSheet #verdict Input { width: 1fr; }
    TradeSheet #verdict-says { height: auto; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Mark", show=False, id="trade.mark"),
        Binding("enter", "confirm", "Confirm", show=False, id="trade.confirm"),
        Binding("exclamation_mark", "sign", "Sign over-commit", show=False, id="trade.sign"),
        Binding("b", "leave_by('below')", "Below the line", show=False, id="trade.below"),
        Binding("n", "leave_by('decline')", "Decline", show=False, id="trade.decline"),
        Binding("o", "leave_by('open')", "Leave as open shortfall", show=False, id="trade.open"),
        Binding("escape", "back", "Back", show=False, id="trade.back"),
    ]

    class Changed(Message):
        """What is marked changed, or the cursor moved."""

    class Decided(Message):
        """The room decided: these leave, by this name, for this reason, signed or not."""

        def __init__(self, trade: Trade, out: list[Entry], decided_by: str, because: str, signed: bool) -> None:
            super().__init__()
            self.trade, self.out = trade, out
            self.decided_by, self.because, self.signed = decided_by, because, signed

    class Left(Message):
        """Another way out: "back", "below", "decline" or "open"."""

        def __init__(self, trade: Trade, way: str) -> None:
            super().__init__()
            self.trade, self.way = trade, way

    def __init__(self) -> None:
        super().__init__(id="trade")
        self._figures: Figures | None = None
        self.trade: Trade | None = None
        self._signing = False

    def compose(self) -> ComposeResult:
        """What is asked, the candidates, what the marks do, the verdict."""
        yield TradeHead()
        yield CandidateHead()
        yield CandidateTable()
        yield TradeFoot()
        with Vertical(id="verdict"):
            yield Static("", id="verdict-says", markup=False)
            with Horizontal():
                yield Static("decided by", classes="label")
                yield LineInput(id="by", compact=True)
            with Horizontal():
                yield Static("because", classes="label")
                yield LineInput(id="because", compact=True)

    @property
    def table(self) -> CandidateTable:
        """The candidates."""
        return self.query_one(CandidateTable)

    @property
    def forecast(self) -> Forecast | None:
        """The forecast with the proposal in and what is marked out."""
        return self.table.forecast

    @property
    def deciding(self) -> bool:
        """Whether name and reason are being asked for."""
        return self.has_class("-deciding")

    @property
    def verdict(self) -> tuple[str, str]:
        """Who and why, as far as it is typed."""
        return self.query_one("#by", Input).value, self.query_one("#because", Input).value

    def open(self, figures: Figures, trade: Trade) -> None:
        """Show a trade, nothing marked, nothing decided."""
        self._figures, self.trade, self._signing = figures, trade, False
        self.set_class(True, "-open")
        self.set_class(False, "-deciding")
        for name in ("#by", "#because"):
            self.query_one(name, Input).value = ""
        self.table.show(trade)
        self.query_one(CandidateHead).show(trade.candidates)
        self.table.focus()
        self._tell()

    def renew(self, figures: Figures, trade: Trade, marks: Sequence[int] | None = None) -> None:
        """Show a trade on a plan that changed beneath it; marks (or ``marks``, by id) and what is typed stay."""
        self._figures, self.trade = figures, trade
        self.table.renew(trade)
        if marks is not None:
            self.table.mark(marks)
        self.query_one(CandidateHead).show(trade.candidates)
        self._tell()

    def close(self) -> None:
        """Go away."""
        self.trade = None
        self.set_class(False, "-open", "-deciding")

    def _tell(self) -> None:
        forecast = self.forecast
        if self._figures is None or self.trade is None or forecast is None:
            return
        self.query_one(TradeHead).show(self._figures, self.trade, forecast)
        self.query_one(TradeFoot).show(self._figures, self.trade, forecast, self.table.marked)
        self.post_message(self.Changed())

    def on_row_table_opened(self) -> None:
        """Two clicks mark."""
        self.action_mark()

    # -------------------------------------------------- keys

    def action_mark(self) -> None:
        """Mark or unmark the row."""
        if not self.deciding:
            self.table.toggle()
            self._tell()

    def action_confirm(self) -> None:
        """Ask who decided and why, once the odds reach the target; until then the key is dead and says so."""
        forecast = self.forecast
        if forecast is None or self.deciding:
            return
        if not forecast.fits:
            short = ew_by_team(rounded_up(forecast.short), forecast.plan.teams)
            self.app.bell()
            self.notify(f"Still short {short}: mark more, or ! to sign for it.", markup=False, timeout=4)
            return
        self._ask(signing=False)

    def action_sign(self) -> None:
        """Ask for a name and a reason to stand below the target."""
        forecast = self.forecast
        if forecast is None or self.deciding:
            return
        if forecast.fits:
            self.action_confirm()
        else:
            self._ask(signing=True)

    def _ask(self, *, signing: bool) -> None:
        forecast = self.forecast
        if forecast is None:
            return
        self._signing = signing
        says = "enter twice records it; both may stay empty.   esc back to the marks"
        if signing:
            says = (
                f"Over-commit at {percent(forecast.odds)}, aim {percent(forecast.plan.target)}: "
                "a name and a reason are needed, and stay on every screen."
            )
        self.query_one("#verdict-says", Static).update(Content(says))
        self.set_class(True, "-deciding")
        self.query_one("#by", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From name to reason, from reason to the record."""
        event.stop()
        if event.input.id == "by":
            self.query_one("#because", Input).focus()
            return
        by, because = self.query_one("#by", Input).value.strip(), self.query_one("#because", Input).value.strip()
        if self._signing and not (by and because):
            missing = "a name" if not by else "a reason"
            self.query_one("#verdict-says", Static).update(Content(f"An over-commit needs {missing}."))
            self.query_one("#by" if not by else "#because", Input).focus()
            return
        if self.trade is not None:
            self.post_message(self.Decided(self.trade, self.table.marked, by, because, self._signing))

    def action_leave_by(self, way: str) -> None:
        """Below the line, decline, or leave a shortfall open, whichever this trade allows."""
        if self.trade is None or self.deciding:
            return
        if (way == "open") == self.trade.proposal.asks_in:
            return
        self.post_message(self.Left(self.trade, way))

    def action_back(self) -> None:
        """From the verdict to the marks; from the marks back, nothing changed."""
        if self.deciding:
            self.set_class(False, "-deciding")
            self.table.focus()
        elif self.trade is not None:
            self.post_message(self.Left(self.trade, "back"))
