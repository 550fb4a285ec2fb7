"""A drill on screen: choose, say why, read both sides, say how it went."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from scenarios.practice.drills import Drill
from scenarios.practice.leitner import WENT
from store.common.errors import Refused
from store.sidecars.drill_record import Attempt
from tui.dialogs.dialog import SidedPage
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.menu import Choice, Menu
from tui.flows.host import Host
from tui.practice.drill_history import DrillHistory
from tui.practice.drill_words import WENT_WORDS, drill_said, sides_said, standing_words
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.screen_head import ScreenHead
from tui.widgets.text_view import Paragraph, TextView


class DrillScreen(SidedPage[None]):
    """Left with Esc. Each answer is kept at once, in this person's own record."""

    AUTO_FOCUS = "TextView"
    DEFAULT_CSS = """
    DrillScreen ScreenHead { margin: 1 0; }
    DrillScreen.-short ScreenHead { margin: 0; }
    """
    KEYS = Keys(
        "A drill",
        Key("drill.choose", "enter", "Choose; then say how it went; then the next one", "go_on", bar="choose"),
        Key("drill.list", "i", "The list of all drills", "list", bar="all drills"),
        Key("drill.next", "right,full_stop", "Another one, this one later", "next", bar="another"),
        Key("drill.leave", "escape,q", "Back", "leave", bar="back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, board: Host, history: DrillHistory) -> None:
        """Begins with the drill that is due."""
        super().__init__()
        self._board, self._history = board, history
        self._drill = history.next()
        #: the attempt whose two sides are shown
        self._attempt: Attempt | None = history.untold(self._drill)
        self._told = False

    def compose(self) -> ComposeResult:
        """Header, heading, the drill, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield ScreenHead()
        yield TextView()
        yield KeyBar()

    def on_mount(self) -> None:
        """The drill."""
        self._show()

    def _show(self) -> None:
        history, drill = self._history, self._drill
        self.query_one(Header).show(self._board.session.now, where=self._board.where)
        standing = standing_words(history.standing(drill), history.today)
        self.query_one(ScreenHead).show(
            f"DRILL {history.number(drill)} of {len(history.drills)}", drill.title, standing
        )
        said = drill_said(drill) if self._attempt is None else sides_said(drill, self._attempt)
        self.query_one(TextView).show(Paragraph(words, label, tone) for label, words, tone in said)
        word = "the next one" if self._told else "choose" if self._attempt is None else "how it went"
        keys = self.KEYS
        read_on = Hint.fixed("read on", "up", "down")
        self.query_one(KeyBar).show((keys["choose"].hint(word), read_on, *keys.hints("next", "list", "leave")))

    def _turn_to(self, drill: Drill) -> None:
        self._drill, self._attempt, self._told = drill, self._history.untold(drill), False
        self._show()

    @work(exclusive=True, group="ask")
    async def action_go_on(self) -> None:
        """Choose; once both sides are shown say how it went; once that is told, the next one."""
        try:
            if self._told:
                self._turn_to(self._history.next())
            elif self._attempt is None:
                await self._choose()
            else:
                await self._tell()
        except Refused as error:
            self._board.tell(str(error), severity="error")

    async def _choose(self) -> None:
        drill = self._drill
        choices = [Choice(str(at), choice.do) for at, choice in enumerate(drill.choices, 1)]
        key = await self.app.push_screen_wait(Menu(drill.title, choices))
        if key is None:
            return

        def check(values: Values) -> None:
            self._attempt = self._history.choose(drill, int(key), values["because"])

        form = Form(f"{key}  {drill.choices[int(key) - 1].do}", [Field("because", "why, in a line")], check=check)
        await self.app.push_screen_wait(form)
        self._show()

    async def _tell(self) -> None:
        choices = [Choice(word[0], word, WENT_WORDS[word]) for word in WENT]
        key = await self.app.push_screen_wait(Menu("How did it go, now that you read both sides?", choices))
        for word in WENT:
            if key == word[0]:
                self._history.tell(self._drill, word)
                self._told = True
                self._show()

    @work(exclusive=True, group="ask")
    async def action_list(self) -> None:
        """All of them, and where each stands."""
        history = self._history
        marks = "123456789abcdefghijklmnopqrstuvwxyz"
        rows = {
            marks[at]: (drill, standing_words(history.standing(drill), history.today))
            for at, drill in enumerate(history.drills[: len(marks)])
        }
        choices = [Choice(mark, drill.title, words) for mark, (drill, words) in rows.items()]
        key = await self.app.push_screen_wait(Menu("All drills", choices))
        if key is not None:
            self._turn_to(rows[key][0])

    def action_next(self) -> None:
        """The one after it in the list, the first after the last."""
        drills = self._history.drills
        self._turn_to(drills[self._history.number(self._drill) % len(drills)])

    def renew(self, words: str) -> None:
        """The plan behind it changed: its header follows."""
        self.query_one(Header).show(self._board.session.now, where=self._board.where)
