"""The request that waits at the foot of the plan, and what a yes would do."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.strip import Strip

from scenarios.figures.sizes import format_range, range_of
from scenarios.plan.plan import Entry
from store.records import Request
from tui.drawing.canvas import Canvas, Line, spread
from tui.drawing.plain import percent
from tui.drawing.words import arrow, money, waiting_words
from tui.plan_view.keys import BOARD
from tui.session.figures import Figures
from tui.widgets.keys import Hint, key_named


def request_of(figures: Figures, entry: Entry) -> Request | None:
    """How an item was asked for."""
    return next((row for row in figures.state.all(Request).values() if row.item_id == entry.item.id), None)


def request_words(figures: Figures, entry: Entry) -> str:
    """Slice, size, customer, deal, who asked: what is known, in one line."""
    request = request_of(figures, entry)
    names = {team.id: team.name for team in figures.plan.teams}
    sizes = " + ".join(f"{format_range(range_of(size))} ew {names.get(size.team_id, '')}" for size in entry.sizes)
    parts = [sizes.rstrip() or f"no size yet ({key_named('board.size')})"]
    parts.append(waiting_words(figures.waiting.get(entry.item.id, ())))
    if request is not None:
        if request.deal_amount is not None:
            chance = "" if request.deal_probability is None else f" x {percent(request.deal_probability)}"
            closes = f", closes {request.deal_closes:%d %b}" if request.deal_closes else ""
            parts.append(f"deal {money(request.deal_amount)}{chance}{closes}")
        if request.asked_by:
            parts.append(f"asked by {request.asked_by}")
        if request.claimed:
            parts.append(f"claimed “{request.claimed}”")
    return ", ".join(part for part in parts if part)


#: From this height on there is room for all of a request, its keys on the last row.
_WHOLE = 6


class Incoming(Canvas, can_focus=True):
    """One request of the inbox at a time."""

    DEFAULT_CSS = "Incoming { height: 9; width: 1fr; background: $panel; } Incoming.-none { display: none; }"

    class Clicked(Message):
        """The panel was clicked."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(id="incoming", classes="" if figures.inbox else "-none")
        self._figures = figures
        self._buttons: list[tuple[int, int, str]] = []
        self.at = 0

    def show(self, figures: Figures) -> None:
        """Show the request that was shown, wherever it stands now, or the nearest."""
        shown = self.entry
        self._figures = figures
        places = {entry.item.id: place for place, entry in enumerate(figures.inbox)}
        at = places.get(shown.item.id, self.at) if shown else self.at
        self.at = max(0, min(at, len(figures.inbox) - 1))
        self.set_class(not figures.inbox, "-none")
        self.redraw()

    def next(self, step: int = 1) -> None:
        """The next request, around."""
        if self._figures.inbox:
            self.at = (self.at + step) % len(self._figures.inbox)
            self.redraw()

    def turn_to(self, item_id: int) -> bool:
        """Show the request of an item; False where it does not wait here."""
        places = {entry.item.id: place for place, entry in enumerate(self._figures.inbox)}
        if item_id in places:
            self.at = places[item_id]
            self.redraw()
        return item_id in places

    @property
    def entry(self) -> Entry | None:
        """The request that is shown."""
        if not self._figures.inbox:
            return None
        return self._figures.inbox[self.at]

    def draw(self, width: int, height: int) -> list[Strip]:
        """Title, who and how big, why, what a yes would do, keys."""
        entry, figures, pen = self.entry, self._figures, self.palette
        if entry is None:
            return []
        ground, muted = pen.style("text", "raised"), pen.style("muted", "raised")
        bold = pen.style("text", "raised", bold=True)
        edge = pen.style("text", "raised")
        bar = "▌" if self.has_focus else " "

        def row(line: Line) -> Strip:
            return line.strip(width, ground)

        def start() -> Line:
            return Line().add(bar, edge).add(" ", ground)

        would = start()
        if entry.sized:
            after = figures.forecast.plan.plus((entry,))
            odds = figures.forecast.odds + figures.forecast.if_cut(entry)
            mix = figures.mix_of(after)
            fits = figures.forecast.reaches_without(entry)
            tone = "text" if fits else "worse"
            would.add("If added: odds ", muted)
            words = arrow(figures.forecast.odds, odds, figures.plan.target)
            would.add(words, pen.style(tone, "raised", bold=True))
            would.add("  mix gap ", muted)
            would.add(f"{figures.mix.gap:.0f} → {mix.gap:.0f}", bold)
            ceiling = figures.one_off_ceiling
            words = f"{percent(figures.mix.one_offs, ceiling)} → {percent(mix.one_offs, ceiling)}"
            # Whole or shorter, never half: 7% before an arrow that is cut off would be read as what comes of it.
            for label in ("  one-offs ", "  1-off "):
                if would.width + len(label) + len(words) <= width:
                    over = mix.one_offs > ceiling
                    would.add(label, muted).add(words, pen.style("worse" if over else "text", "raised", bold=True))
                    break
        else:
            would.add(BOARD.said(self.app, "No size yet: it cannot go above the line. Press {size} to size it."), muted)
        keys = start()
        self._buttons = []
        for hint in self._keys(entry):
            key, begin = hint.keys(self.app), keys.width
            keys.add(f" {key} ", pen.style("panel", "text", bold=True) if pen.hexes else bold)
            keys.add(f" {hint.label}   ", ground)
            self._buttons.append((begin, keys.width - 2, hint.action))
        count = f"{self.at + 1} of {len(figures.inbox)} "
        title = [(bar, edge), (" ", ground), (entry.item.title[:300], bold)]
        if height < _WHOLE:
            return [spread(title, [(" " + count, muted)], width, ground), row(would)][:height]
        chip = start().add(f" {entry.item.slice} ", pen.chip(entry.item.slice)).add(" ", ground)
        chip.add(request_words(figures, entry), muted, max(0, width - chip.width - 1))
        note = start().add(entry.item.note[:300], muted, max(0, width - 3))
        head = [
            (bar, edge),
            (" INCOMING REQUEST", bold),
            ("" if self.has_focus else f"   {key_named('board.inbox')} to answer it", muted),
        ]
        rows = [
            spread(head, [(count, muted)], width, ground),
            row(start()),
            spread(title, [], width, ground),
            row(chip),
            row(note),
            row(start()),
            row(would),
            row(start()),
            row(keys),
        ]
        # The question and its consequence stay where there is less height than rows.
        order: tuple[int, ...] = (1, 5, 7)
        while len(rows) > height and order:
            rows.pop(order[-1])
            order = order[:-1]
        return rows[:height]

    def _keys(self, entry: Entry) -> tuple[Hint, ...]:
        """The keys that answer it, or lead to it."""
        if not self.has_focus:
            return BOARD["inbox"].hint("answer it"), BOARD["add"].hint("another request")
        yes = BOARD["open"].hint("say yes: choose what gives") if entry.sized else BOARD["size"].hint("size it")
        return yes, BOARD["cross"].hint("below the line"), BOARD["decline"].hint()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Keys show only while they work. Focus and Blur come before the fact: drawn then, it would be one behind."""
        super().watch_has_focus(has_focus)
        self.redraw()

    async def on_click(self, event: events.Click) -> None:
        """A click on a key does what it says; elsewhere it turns to the request."""
        event.stop()
        action = next((action for start, end, action in self._buttons if start <= event.x < end), "")
        if action and event.y == self.size.height - 1 and self.size.height >= _WHOLE:
            await self.app.run_action(action, self.screen)
        else:
            self.post_message(self.Clicked())
