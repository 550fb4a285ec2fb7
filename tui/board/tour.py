"""The tour of the demo: ten steps in the real app, a line each on the board; left at any of them, and resumed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textual import events
from textual.screen import Screen
from textual.strip import Strip

from store.common.errors import StoreError
from store.common.values import Value
from store.database.places import DEMO
from store.records import Decision
from store.sidecars.preferences import load_preferences, save_preferences
from tui.drawing.canvas import Canvas, Line
from tui.drawing.wrap import wrapped
from tui.flows.host import Host
from tui.plan_view.keys import BOARD
from tui.trade_sheet.keys import TRADE

#: What the settings call it, and what stands there once it was gone through.
_SETTING, _DONE = "tour", "done"
_LEFT = " left"


class Seen(Value):
    """What a step is done by: how many decide and wait, where the keys are, and the screens that were opened."""

    cursor: int
    previewing: bool
    in_inbox: bool
    waiting: int
    decisions: int
    trading: bool
    screens: frozenset[str]


class TourStep(Value):
    """A sentence, with keys by their short names in braces, and what shows that it was done."""

    words: str
    done: Callable[[Seen, Seen], bool]


STEPS = (
    TourStep(
        "The pie is the plan by kinds of work, its outer ring the aim. Move over the rows: ↓",
        lambda was, now: now.cursor != was.cursor,
    ),
    TourStep(
        "Who misses an item, and what would it free? {preview} shows the plan without the row, or as it is.",
        lambda was, now: now.previewing != was.previewing,
    ),
    TourStep("Requests wait at the foot of the list: {inbox} goes to them.", lambda was, now: now.in_inbox),
    TourStep("This one fits: {open} says yes, and it is in the plan.", lambda was, now: now.waiting < was.waiting),
    TourStep("The next one does not fit. {inbox}, then {open}: every yes has a price.", lambda was, now: now.trading),
    TourStep(
        "{pick} takes the first swap; {confirm} confirms, who and why may stay empty; {confirm} records it.",
        lambda was, now: not now.trading and now.decisions > was.decisions,
    ),
    TourStep(
        "{undo} takes the decision back, whole. ({redo} brings it again.)",
        lambda was, now: now.decisions < was.decisions,
    ),
    TourStep(
        "{capacity} shows the people by weeks: there you say who leaves. esc comes back.",
        lambda was, now: "CapacityScreen" in now.screens,
    ),
    TourStep(
        "{scenarios} saves the plan, or branches a scenario to try something. esc comes back.",
        lambda was, now: "Scenarios" in now.screens or "Menu" in now.screens,
    ),
    TourStep(
        "{help} says why the odds are what they are, and what each word means.", lambda was, now: "Help" in now.screens
    ),
)
_OFFER = "New here? {tour} begins a tour: ten steps in four minutes, in this demo."
_END = "That was the tour. The palette finds everything by name; docs/tutorial.md begins with your own file."


class Tour(Canvas):
    """A row or two on the board of the demo, until it is left or gone through."""

    DEFAULT_CSS = "Tour { height: 1; width: 1fr; display: none; } Tour.-on { display: block; }"

    def __init__(self) -> None:
        super().__init__()
        #: the step that is shown: -1 is the offer, the number of steps the end
        self.at = -1
        self._screens: frozenset[str] = frozenset()
        self._was: Seen | None = None

    def on_mount(self) -> None:
        """Go on where it was, or offer it to who was never offered it."""
        super().on_mount()
        if not isinstance(self.screen, Host) or self.screen.where != DEMO:
            return
        try:
            kept = load_preferences().others.get(_SETTING)
        except StoreError:
            return
        text = kept if isinstance(kept, str) else ""
        number = text.removesuffix(_LEFT)
        self.at = min(int(number), len(STEPS)) if number.isdecimal() else -1
        self.app.screen_change_signal.subscribe(self, self._opened)
        self._show(text != _DONE and not text.endswith(_LEFT))

    @property
    def on(self) -> bool:
        """Whether it is shown."""
        return self.has_class("-on")

    def _opened(self, screen: Screen[Any]) -> None:
        self._screens |= {type(screen).__name__}
        if isinstance(self.screen, Host):
            self.look(self.screen)

    def turn(self) -> None:
        """Begin it, leave it, or take it up again."""
        if self.on and 0 <= self.at < len(STEPS):
            self._keep(f"{self.at}{_LEFT}")
            self._show(False)
        elif self.on and self.at >= len(STEPS):
            self._keep(_DONE)
            self.at = 0
            self._show(False)
        else:
            self._go(max(0, self.at))
            self._show(True)

    def go_on(self) -> None:
        """The next step, whether this one was done or not."""
        if self.on and 0 <= self.at < len(STEPS):
            self._go(self.at + 1)

    def look(self, board: Host) -> None:
        """Go on where the step is done."""
        if not self.on or not 0 <= self.at < len(STEPS):
            return
        now = self._seen(board)
        if self._was is None:
            self._was = now
        elif STEPS[self.at].done(self._was, now):
            self._go(self.at + 1)

    def _seen(self, board: Host) -> Seen:
        session = board.session
        return Seen(
            board.plan.cursor,
            board.plan.previewing,
            board.incoming.has_focus,
            len(session.now.inbox),
            len(session.state.all(Decision)),
            board.sheet.trade is not None,
            self._screens,
        )

    def _go(self, step: int) -> None:
        self.at, self._was, self._screens = step, None, frozenset()
        self._keep(str(step))
        if isinstance(self.screen, Host) and step < len(STEPS):
            self._was = self._seen(self.screen)
        self._fit()
        self.redraw()

    def _show(self, shown: bool) -> None:
        self.set_class(shown, "-on")
        self.screen.set_class(shown, "-tour")
        self._fit()
        self.redraw()

    def _keep(self, text: str) -> None:
        if not getattr(self.app, "own_process", False):
            return
        try:
            found = load_preferences()
            save_preferences(replace(found, others={**found.others, _SETTING: text}))
        except StoreError as error:
            self.notify(f"Your place in the tour cannot be kept: {error}", markup=False)

    # -------------------------------------------------- drawing

    def on_resize(self, event: events.Resize) -> None:
        """As many rows as the sentence needs."""
        self._fit()

    def _fit(self) -> None:
        if self.size.width:
            self.styles.height = min(3, len(self._rows(self.size.width)))

    def _rows(self, width: int) -> list[str]:
        if self.at < 0:
            words = f"TOUR  {_OFFER}"
        elif self.at >= len(STEPS):
            words = f"TOUR  {_END}  {{tour}} puts this away."
        else:
            words = f"TOUR {self.at + 1} of {len(STEPS)}  {STEPS[self.at].words}   {{tour_next}} next   {{tour}} leave"
        words = words.replace("{pick}", TRADE.of(self.app, "pick1")).replace("{confirm}", TRADE.of(self.app, "confirm"))
        return wrapped(BOARD.said(self.app, words), width - 2)

    def draw(self, width: int, height: int) -> list[Strip]:
        """The sentence."""
        pen = self.palette
        ground = pen.style("text", "raised", bold=True)
        return [Line().add(" ", ground).add(row, ground).strip(width, ground) for row in self._rows(width)[:height]]


async def turn_tour(board: Host) -> None:
    """Begin the tour, leave it, or take it up again."""
    if board.where != DEMO:
        board.tell("The tour is in the demo: makeroom demo opens it, apart from your own data.")
        return
    board.query_one(Tour).turn()


async def next_step(board: Host) -> None:
    """The next step of the tour."""
    board.query_one(Tour).go_on()
