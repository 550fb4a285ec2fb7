"""A size for one item: a T-shirt by one key, or a range typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from scenarios.figures.sizes import Range, format_range, parse_size
from store.common.errors import Refused
from store.records import Shirt, Team
from tui.dialogs.dialog import Dialog
from tui.dialogs.kept import Typed
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys
from tui.widgets.line_input import LineInput


class SizeInput(LineInput):
    """A line for a range, in which a letter is not typed: it takes a T-shirt."""

    class Letter(Message):
        """A letter was pressed."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    async def _on_key(self, event: events.Key) -> None:
        if event.character and event.character.isalpha():
            event.stop()
            event.prevent_default()
            self.post_message(self.Letter(event.character.casefold()))
            return
        await super()._on_key(event)


class SizeDialog(Dialog[tuple[int, Range] | str | None]):
    """Dismissed with (team id, range), "form" for one line a team, "round" for a hidden round, or None after Esc."""

    DEFAULT_CSS = """
    SizeDialog { align: center middle; }
    SizeDialog > Vertical { width: 76; max-width: 96%; height: auto; padding: 1 2; }
    SizeDialog .title { text-style: bold; height: auto; }
    SizeDialog .muted { color: $text-muted; height: auto; }
    SizeDialog #shirts { margin: 1 0; height: auto; }
    SizeDialog #wrong { color: $error; height: auto; }
    """
    KEYS = Keys(
        "The size of an item",
        Key("size.leave", "escape", "Back", "leave"),
        Key("size.form", "f2", "Each team", "form"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(
        self,
        title: str,
        teams: Sequence[Team],
        team_id: int,
        shirts: Sequence[Shirt],
        consequence: Callable[[int, Range], str],
        present: str = "",
        claimed: str = "",
    ) -> None:
        """``consequence`` says what a size on a team would mean for the odds; ``claimed`` is the asker's own size."""
        super().__init__()
        self._heading = title
        self._teams = tuple(teams)
        self._team_id = team_id
        self._shirts = tuple(shirts)
        self._consequence = consequence
        self._present = present
        self._claimed = claimed
        self._first = present
        self._home = (team_id, present) if present else None
        self._way = ""

    def compose(self) -> ComposeResult:
        """The T-shirts with what each would do, and a line for a range."""
        with Vertical():
            yield Static(Content(self._heading), classes="title", markup=False)
            yield Static("", id="team", classes="muted", markup=False)
            yield Static("", id="shirts", markup=False)
            yield SizeInput(self._present, placeholder="low-likely-high in ew, as 2-3-5.5 (P10-P50-P90)", compact=True)
            yield Static("", id="then", classes="muted", markup=False)
            yield Static("", id="wrong", markup=False)
            yield KeyLine(id="keys")

    def kept(self) -> dict[str, str]:
        """The size that was typed or taken, for which team, and what was asked for instead."""
        text = self.query_one(Input).value if self.is_mounted and not self._way else self._present
        if text == self._first and not self._way:
            return {}
        return {"text": text, "team": str(self._team_id), "way": self._way}

    def refill(self, typed: Typed, *, last: bool) -> str | None:
        """The size and its team; it is passed over on the way to the form or the round."""
        self._present = typed.get("text", self._present)
        self._team_id = next((t.id for t in self._teams if str(t.id) == typed.get("team")), self._team_id)
        way = typed.get("way", "")
        return way if way in ("form", "round") and not last else None

    def _take(self, size: Range) -> None:
        self._present, self._way = format_range(size), "size"
        self.dismiss((self._team_id, size))

    def _go(self, way: str) -> None:
        self._present, self._way = self.query_one(Input).value, way
        self.dismiss(way)

    def on_mount(self) -> None:
        """Fill in."""
        self._show()
        keys = "letter takes a T-shirt   digits type a range, enter takes it   v estimate together"
        if len(self._teams) > 1:
            keys += "   tab next team   {form} each team"
        self.query_one(KeyLine).say(self.KEYS.said(self.app, keys + "   {leave} back"))

    def _show(self) -> None:
        team = next(team for team in self._teams if team.id == self._team_id)
        words = f"for team {team.name}"
        if self._home is not None and self._home[0] != team.id:
            home = next(each for each in self._teams if each.id == self._home[0])
            words += f", instead of {home.name}: the {self._home[1]} ew there go."
            words += f" {self.KEYS.of(self.app, 'form')} gives each team its part."
        self.query_one("#team", Static).update(Content(words))
        rows = []
        for shirt in self._shirts:
            size = Range(shirt.likely, shirt.low, shirt.high)
            rows.append(
                f" {_key(shirt):<3} {shirt.letter:<3} {format_range(size):>10} ew   {self._consequence(team.id, size)}"
            )
        if self._claimed:
            claim = self._claimed_size()
            read = self._consequence(team.id, claim) if claim else "not a size in engineer-weeks: type one"
            rows.append(f" {'c' if claim else ' ':<3} claimed “{self._claimed[:40]}”   {read}")
        self.query_one("#shirts", Static).update(Content("\n".join(rows)))

    def _claimed_size(self) -> Range | None:
        """What the asker claimed, where it can be read as a size."""
        try:
            return parse_size(self._claimed, self._shirts)
        except Refused:
            return None

    def on_key(self, event: events.Key) -> None:
        """Tab goes to the next team."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            ids = [team.id for team in self._teams]
            self._team_id = ids[(ids.index(self._team_id) + 1) % len(ids)]
            self._show()
            self.on_input_changed()

    def on_size_input_letter(self, message: SizeInput.Letter) -> None:
        """A T-shirt's letter takes it; c takes the claimed size; v is for estimating together."""
        for shirt in self._shirts:
            if message.letter == _key(shirt):
                self._take(Range(shirt.likely, shirt.low, shirt.high))
                return
        if message.letter == "c" and (size := self._claimed_size()):
            self._take(size)
            return
        if message.letter == "v":
            self._go("round")
            return
        letters = " ".join(_key(shirt) for shirt in self._shirts)
        self.query_one("#wrong", Static).update(Content(f"{message.letter} is none of {letters}"))

    def on_input_changed(self) -> None:
        """Say what the typed size would mean."""
        self.query_one("#wrong", Static).update("")
        text = self.query_one(Input).value
        try:
            line = self._consequence(self._team_id, parse_size(text)) if text.strip() else ""
        except Refused:
            line = ""
        self.query_one("#then", Static).update(Content(line))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the typed range, or say what is wrong with it."""
        try:
            size = parse_size(event.value, self._shirts)
        except Refused as error:
            self.query_one("#wrong", Static).update(Content(str(error)))
            return
        self._take(size)

    def action_form(self) -> None:
        """One line for each team instead."""
        self._go("form")


def _key(shirt: Shirt) -> str:
    return shirt.letter[0].casefold()
