"""The head of the trade sheet: what is asked, and how much is short."""

from __future__ import annotations

from textual.strip import Strip

from scenarios.door import Trade
from scenarios.odds import Forecast
from scenarios.sizes import format_ew
from tui.drawing.canvas import Canvas, Line, spread
from tui.session import Figures
from tui.widgets.incoming import request_of, request_words
from tui.widgets.words import ew_by_team, rounded_up


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
        state = [("  ", ground)]
        if not forecast.fits:
            state.append((f"SHORT {_short(forecast)} ", pen.style("worse", "raised", bold=True)))
        else:
            if not trade.asked.fits:
                # What is previewed answers it; the question stays in sight.
                state.append((f"short {_short(trade.asked)} → ", muted))
            state.append(("FITS ", pen.style("better", "raised", bold=True)))
        rows = [spread([(" ", ground), (trade.proposal.title[:300], bold)], state, width, ground)]
        entry = trade.subject
        if entry is not None and trade.proposal.asks_in:
            line = Line().add(" ", ground).add(f" {entry.item.slice} ", pen.chip(entry.item.slice)).add(" ", ground)
            rows.append(line.add(request_words(figures, entry), muted, width - 6).strip(width, ground))
            request = request_of(figures, entry)
            said = (request.problem if request else "") or entry.item.note
            if said:
                rows.append(Line().add(" ", ground).add(said[:300], muted, width - 2).strip(width, ground))
        else:
            words = "Something has to give: mark what goes below the line, or sign for it."
            if trade.asked.fits:
                words = "It fits, and takes a signature."
            line = Line().add(f" {words}", muted)
            rows.append(line.strip(width, ground))
        return rows[:height]


def _short(forecast: Forecast) -> str:
    short = rounded_up(forecast.short)
    return ew_by_team(short, forecast.plan.teams) if len(short) < 2 else f"{format_ew(sum(short.values()))} ew"
