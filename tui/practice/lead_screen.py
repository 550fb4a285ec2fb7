"""The script of a play, at the seat that leads it: the clock, what is to come, the roles, and the deck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from scenarios.practice.parts import players
from store.records.practice import Said
from store.sidecars.plays import PlayState
from tui.practice.lead_rows import EVENT, QUESTION, SAID, lead_rows
from tui.practice.play_clock import PlayClock
from tui.practice.supplied import supplied_deck
from tui.rules.record_screen import Asks, RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow


class LeadScreen(RecordScreen):
    """Left with Esc: the clock goes on meanwhile, and comes back with the script."""

    KEYS = Keys(
        "The script of a play",
        Key("lead.send", "enter", "Send the event now; show the question at every seat", "ask('send')", bar="send"),
        Key("lead.hold", "h", "Hold an event until you send it; let it go", "ask('hold')", bar="hold"),
        Key("lead.skip", "s", "Skip an event: it never comes; bring it back", "ask('skip')", bar="skip"),
        Key("lead.write", "w", "Write an event: somebody says something", "ask('write')", bar="write"),
        Key("lead.clock", "space", "Let the clock run, or let it stand", "ask('clock')", bar="clock"),
        Key("lead.deck", "d", "The next question of the deck, at every seat", "ask('deck')", bar="question"),
        Key("lead.close", "D", "Close the question, at every seat", "ask('close')", bar="close it"),
        Key("lead.note", "n", "What the case trains, and which ends can be defended", "ask('note')", bar="note"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings
    DEFAULT_CSS = """
    LeadScreen RowPanel { height: 9; }
    LeadScreen.-short RowPanel { height: 6; }
    LeadScreen.-tall RowPanel { height: 12; }
    """

    def __init__(self, clock: PlayClock, asks: Mapping[str, Asks]) -> None:
        """``asks`` are what its keys do, by name."""
        super().__init__(clock.board, asks)
        self.clock = clock
        #: of which state of the script the rows are, and what its heading says
        self._of: PlayState | None = None
        self._words = ""

    def head(self) -> ComposeResult:
        """The clock."""
        yield ScreenHead()

    def rows(self) -> Sequence[SectionRow]:
        """The script as it is now."""
        self._of = self._script_state
        return lead_rows(self.clock.play.script(self.board.session), self.clock.play.state, supplied_deck())

    @property
    def _script_state(self) -> PlayState:
        """How far the script is, whatever the clock says."""
        return self.clock.play.state.timeless

    def show_head(self) -> None:
        """The clock, and what is at every seat."""
        play = self.clock.play
        state = play.state
        runs = "ended" if state.ended else "the clock stands" if state.paused else "the clock runs"
        shown = f"question {state.question + 1} is shown" if state.question is not None else ""
        taken = players(self.state)
        free = sum(role.key not in taken for role in play.case.roles)
        roles = f"{free} of {len(play.case.roles)} roles free" if free else "all roles taken"
        words = f"{self.clock.minutes:.0f} of {play.case.minutes} minutes, {runs} · {roles}"
        self._words = f"{words} {shown}"
        self.query_one(ScreenHead).show("SCRIPT", words, shown)

    def _look(self) -> None:
        if (came := self._came) is not None:
            self.show(f"{SAID} {came.id}")
        super()._look()
        if self._of != self._script_state:
            self.show()
        elif f"{self.clock.minutes:.0f} of" not in self._words:
            self.show_head()

    @property
    def _came(self) -> Said | None:
        """What was said of the event on the cursor, where it came by itself: the cursor goes with it.

        On the next event, a key that was meant for this one would let that one come, too.
        """
        row = self.row
        if row is None or row.kind != EVENT:
            return None
        key = self.clock.play.case.events[row.id].key
        return next((said for said in self.state.each(Said) if said.event == key), None)

    def action_open(self) -> None:
        """Two clicks do what enter does."""
        self.action_ask("send")

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """The keys that work on a row."""
        keys, state = self.KEYS, self.clock.play.state
        found: list[Hint] = []
        if row is not None and row.kind == EVENT:
            key = self.clock.play.case.events[row.id].key
            found.append(keys["send"].hint())
            found.append(keys["hold"].hint("let go" if key in state.held else "hold"))
            found.append(keys["skip"].hint("take back" if key in state.skipped else "skip"))
        elif row is not None and row.kind == QUESTION:
            found.append(keys["send"].hint("show it"))
        found.append(keys["clock"].hint("clock on" if state.paused else "clock off"))
        found += [*(keys.hints("close") if state.question is not None else ()), *keys.hints("deck")]
        return (*found, *keys.hints("write", "note"), *RecordScreen.KEYS.hints("leave"))
