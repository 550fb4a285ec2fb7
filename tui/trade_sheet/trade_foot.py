"""The foot of the trade sheet: what the answer at hand does, and whether it is enough."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.strip import Strip

from scenarios.figures.amounts import whole_percent
from scenarios.figures.sizes import format_ew
from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import Leaving
from scenarios.plan.mix import mix_of
from scenarios.trade.door import Trade
from store.records import Slice
from tui.drawing.canvas import Canvas, Line
from tui.drawing.words import arrow, ew_by_team, held_against, room_words, rounded_up
from tui.session.figures import Figures


class TradeFoot(Canvas):
    """What the marked set does, and whether it is enough."""

    DEFAULT_CSS = "TradeFoot { height: 3; width: 1fr; background: $panel; margin-top: 1; }"

    _figures: Figures | None = None
    _trade: Trade | None = None
    _forecast: Forecast | None = None
    _out: Sequence[Leaving] = ()
    _says, _held = "", ""

    def show(
        self, figures: Figures, trade: Trade, forecast: Forecast, out: Sequence[Leaving], says: str, held: str
    ) -> None:
        """The trade with these items out; ``says`` compares them with the best, ``held`` is why they may not leave."""
        self._figures, self._trade, self._forecast, self._out = figures, trade, forecast, out
        self._says, self._held = says, held
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """What leaves, the odds, the mix, and the confirm key: live or dead."""
        figures, trade, forecast, pen = self._figures, self._trade, self._forecast, self.palette
        if figures is None or trade is None or forecast is None:
            return []
        ground, muted = pen.style("text", "raised"), pen.style("muted", "raised")
        bold = pen.style("text", "raised", bold=True)
        better, worse = pen.style("better", "raised", bold=True), pen.style("worse", "raised", bold=True)
        freed = sum(each.ew for each in self._out)
        what = f"{len(self._out)} out: frees {format_ew(freed)} ew" if self._out else "Nothing marked"
        first = Line().add(" ", ground).add(what, bold).add("   odds ", muted)
        first.add(arrow(trade.before.odds, forecast.odds, forecast.plan.target), better if forecast.fits else worse)
        first.add(f"  ({held_against(forecast)})", muted)
        left = f"   {room_words(forecast)} left" if forecast.fits and self._out else ""
        first.add(left if first.width + len(left) <= width else "", muted)
        words = self._mix_words(figures, forecast)
        both = f"{self._says}   {words}" if self._says else words
        # What the mix does is whole or not there: half a share would be read as one.
        words = both if cell_len(both) <= width - 2 else self._says or words
        second = Line().add(" ", ground).add(words, muted, width - 2)
        third = Line().add(" ", ground)
        if self._held:
            third.add(" enter ", pen.style("muted", "track")).add(f" {self._held}", worse, width - 10)
        elif forecast.fits:
            third.add(" enter ", pen.style("panel", "text", bold=True)).add(" Confirm: who decided, and why", ground)
        else:
            short = ew_by_team(rounded_up(forecast.short), forecast.plan.teams)
            third.add(" enter ", pen.style("muted", "track")).add(f" still short {short}", worse)
        return [first.strip(width, ground), second.strip(width, ground), third.strip(width, ground)]

    def _mix_words(self, figures: Figures, forecast: Forecast) -> str:
        before, after = figures.mix, mix_of(forecast.plan.entries, figures.state.all(Slice).values())
        grown = []
        for old, new in zip(before.slices, after.slices, strict=False):
            was, now = whole_percent(old.share), whole_percent(new.share)
            if was != now:
                owner = f" ({new.owner})" if new.share < old.share and new.owner else ""
                grown.append(f"{new.letter} {was}→{now}{owner}")
        return "  ".join(grown) or "mix unchanged"
