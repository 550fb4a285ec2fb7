"""The head of the trade sheet: what is asked, and how much is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from scenarios.figures.sizes import format_ew
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import Entry, entry_of
from scenarios.requests.voices import voices_of
from scenarios.trade.door import Trade
from tui.drawing.canvas import Canvas, Line, spread
from tui.drawing.plain import clip
from tui.drawing.words import ew_by_team, rounded_up
from tui.plan_view.waiting_request import request_of, request_words
from tui.session.figures import Figures

if TYPE_CHECKING:
    from scenarios.requests.ways_out import Way


class TradeHead(Canvas):
    """What is asked, and how much is short."""

    DEFAULT_CSS = "TradeHead { height: 3; width: 1fr; background: $panel; }"

    _figures: Figures | None = None
    _trade: Trade | None = None
    _forecast: Forecast | None = None
    _way: Way | None = None

    def show(self, figures: Figures, trade: Trade, forecast: Forecast, way: Way | None = None) -> None:
        """The trade, the forecast with what is marked out, and the way out that what asks in takes."""
        self._figures, self._trade, self._forecast, self._way = figures, trade, forecast, way
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
        entry = trade.subject
        asks = [(trade.proposal.title[:300], bold)]
        if self._way is not None and entry is not None:
            room = width - 1 - sum(cell_len(text) for text, _ in state)
            asks = self._smaller(self._way, entry, entry_of(trade.state, entry.item.id), room, bold, muted)
        rows = [spread([(" ", ground), *asks], state, width, ground)]
        if entry is not None and trade.proposal.asks_in:
            line = Line().add(" ", ground).add(f" {entry.item.slice} ", pen.chip(entry.item.slice)).add(" ", ground)
            if trade.too_big:
                words = clip(f"bigger than the time left: {trade.too_big} · ", width - 6)
                line.add(words, pen.style("worse", "raised"))
            if opposed := voices_of(trade.state, entry.item.id).opposed:
                # What is asked for has to stay in sight beside it; the card and the facts tell it whole.
                line.add(f"{clip(f'opposed: {opposed}', width // 2)} · ", pen.style("worse", "raised"))
            room = width - 1 - line.width
            rows.append(line.add(request_words(figures, entry), muted, room).strip(width, ground))
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

    def _smaller(
        self, way: Way, entry: Entry, whole: Entry, room: int, bold: Style, muted: Style
    ) -> list[tuple[str, Style]]:
        """What asks in as its way out, in so many cells; its title gives way first, then what it asked for."""
        kind = way.kind if room > 40 else way.kind.removeprefix("smaller ")
        words = f": {kind} {format_ew(entry.ew)}"
        asked = f" of {format_ew(whole.ew)} ew" if whole.sized else " ew"
        asked = asked if cell_len(entry.item.title + words + asked) <= room else ""
        title = clip(entry.item.title, max(4, room - cell_len(words + asked)))
        return [(title + words, bold), (asked, muted)]


def _short(forecast: Forecast) -> str:
    short = rounded_up(forecast.short)
    return ew_by_team(short, forecast.plan.teams) if len(short) < 2 else f"{format_ew(sum(short.values()))} ew"
