"""The line below the plan: the row on the cursor whole and, for some seconds, a sentence that passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.strip import Strip
from textual.timer import Timer

from scenarios.figures.sizes import format_ew, format_span
from scenarios.plan.plan import Entry
from tui.drawing.canvas import Canvas, Line
from tui.drawing.plain import clip, odds_percent, plain
from tui.plan_view.chosen_columns import cell
from tui.session.figures import Figures
from tui.widgets.text_view import broken

if TYPE_CHECKING:
    from scenarios.swaps import Swap

#: Lines of the longest sentence.
_MOST = 4
#: Cells from which on what is known besides a title begins.
_LEAST_REST = 16
_NAMED = {
    "key": "",
    "team": "",
    "owner": "owner ",
    "priority": "priority ",
    "waits": "for ",
    "value": "value ",
    "due": "due ",
}
_STATES = {"plan": "in plan", "below": "below the line", "inbox": "a request", "declined": "declined", "done": "done"}


class DetailLine(Canvas):
    """What is said takes as many lines as it needs, and covers nothing: neither figures nor keys."""

    DEFAULT_CSS = "DetailLine { height: 1; width: 1fr; }"

    _words = ""
    _said: tuple[str, bool] | None = None
    _timer: Timer | None = None

    def show(self, words: str) -> None:
        """The words of a row; none where there is no row."""
        if words != self._words:
            self._words = words
            self.redraw()

    def tell(self, words: str, *, grave: bool, seconds: float) -> None:
        """Say a sentence for so many seconds; the next one takes its place."""
        self.hush()
        self._said = words, grave
        self._timer = self.set_timer(seconds, self.hush)
        self._fit()

    @property
    def tells(self) -> bool:
        """Whether a sentence stands there."""
        return self._said is not None

    def hush(self) -> None:
        """The row again, if a sentence stands there."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = self._said = None
            self._fit()

    def _fit(self) -> None:
        lines = len(self._broken()) if self._said is not None else 1
        self.styles.height = lines
        self.redraw()

    def _broken(self) -> list[str]:
        words = plain(self._said[0]) if self._said is not None else ""
        return broken(words[:2000], max(20, self.size.width - 4))[:_MOST]

    def draw(self, width: int, height: int) -> list[Strip]:
        """The sentence, else the row."""
        pen = self.palette
        muted = pen.style("muted")
        if self._said is None:
            title, _, rest = self._words.partition("\n")
            line = Line().add(" ", muted)
            line.add(clip(title[:600], max(1, width - 2)), pen.style())
            # A word of the rest, or nothing: its first letters tell nobody anything.
            room = width - line.width - 1
            line.add(clip(rest[:600], room) if room >= _LEAST_REST else "", muted)
            return [line.strip(width, muted)]
        style = pen.style("worse" if self._said[1] else "text", "raised", bold=True)
        return [
            Line().add(" ▸ " if at == 0 else "   ", style).add(each, style).strip(width, style)
            for at, each in enumerate(self._broken())
        ]


def detail_words(figures: Figures, entry: Entry) -> str:
    """The whole title, then, after a line break, what is known besides: key, team, who waits, value, due."""
    parts = [_progress_words(entry)] if entry.started else []
    parts += [f"{before}{words}" for name, before in _NAMED.items() if (words := cell(figures, entry, name))]
    return f"{entry.item.title}\n{'   ' if parts else ''}{' · '.join(parts)}"


def swap_words(swap: Swap) -> str:
    """All that leaves by a swap, then, after a line break, what it frees and who waits for it."""
    what = ", ".join(each.words for each in swap.out) or "nothing has to leave"
    waits = ", ".join(one.name for one in swap.waiting)
    return f"{what}\n   frees {format_ew(swap.frees)} ew{' · for ' if waits else ''}{waits}"


def _progress_words(entry: Entry) -> str:
    """How far it is: ``done, took 2.5 ew``, ``1.5 ew spent, 1.2 left``."""
    spent = format_ew(entry.spent)
    if entry.done:
        return f"done, took {spent} ew" if all(each.counted for each in entry.progress) else "done, not counted"
    return f"{spent} ew spent, {format_ew(entry.left)} left"


def copied_words(figures: Figures, entry: Entry) -> str:
    """One line to be pasted elsewhere: what it is, its size, and where it stands."""
    title, _, rest = detail_words(figures, entry).partition("\n")
    size = f"{format_span(entry.sizes)} ew" if entry.sized else "no size yet"
    where = _STATES.get(entry.item.state, entry.item.state)
    if figures.ready and entry.item.state == "plan":
        odds = figures.forecast.item_odds.get(entry.item.id)
        where += f", odds {odds_percent(odds, figures.plan.target)}" if odds is not None else ""
    return "; ".join(filter(None, (f"{entry.item.slice}  {title}", rest.strip(), size, where)))
