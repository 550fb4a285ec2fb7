"""A hidden round: people type ranges in turn without seeing the others', then look at them together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from scenarios.figures.sizes import Range, format_range, parse_size
from scenarios.odds.hidden_round import Estimate, Spread, reveal
from store.common.errors import Refused
from store.records import Shirt
from tui.dialogs.dialog import Dialog
from tui.dialogs.kept import Typed
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys
from tui.widgets.line_input import LineInput


class HiddenRound(Dialog[tuple[Spread, Range] | None]):
    """Dismissed with what was revealed and the range agreed on, or None after Esc."""

    DEFAULT_CSS = """
    HiddenRound { align: center middle; }
    HiddenRound > Vertical { width: 76; max-width: 96%; height: auto; max-height: 96%; padding: 1 2; }
    HiddenRound .title { text-style: bold; height: auto; }
    HiddenRound .muted { color: $text-muted; height: auto; }
    HiddenRound #said { height: auto; margin: 1 0; }
    HiddenRound Horizontal { height: 1; }
    HiddenRound .label { width: 14; color: $text-muted; }
    HiddenRound Input { width: 1fr; }
    HiddenRound #agreed-row { display: none; }
    HiddenRound.-revealed #agreed-row { display: block; }
    HiddenRound.-revealed .typing { display: none; }
    HiddenRound #wrong { color: $error; height: auto; }
    """
    KEYS = Keys(
        "A hidden round of sizes",
        Key("round.leave", "escape", "Back", "leave"),
        Key("round.reveal", "ctrl+r", "Reveal", "reveal", priority=True),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, title: str, shirts: Sequence[Shirt]) -> None:
        super().__init__()
        self._heading = title
        self._shirts = tuple(shirts)
        self._estimates: list[Estimate] = []
        self._spread: Spread | None = None
        self._agreed = ""

    def compose(self) -> ComposeResult:
        """Who and how big while typing; the spread and the agreed range once revealed."""
        with Vertical():
            yield Static(Content(f"Estimate “{self._heading}” together"), classes="title", markup=False)
            yield Static(
                "Each in turn types a name and a range; nobody sees the others' until the reveal.", classes="muted"
            )
            yield Static("", id="said", markup=False)
            with Horizontal(classes="typing"):
                yield Static("who", classes="label")
                yield LineInput(id="who", compact=True)
            with Horizontal(classes="typing"):
                yield Static("range, hidden", classes="label")
                yield LineInput(id="size", compact=True, password=True)
            with Horizontal(id="agreed-row"):
                yield Static("agreed", classes="label")
                yield LineInput(id="agreed", compact=True)
            yield Static("", id="wrong", markup=False)
            yield KeyLine(id="keys")

    def kept(self) -> dict[str, str]:
        """What was revealed, and the range agreed on; nothing while it is hidden."""
        if self._spread is None:
            return {}
        ranges = {f"of {each.who}": format_range(each.size) for each in self._spread.estimates}
        return {**ranges, "agreed": self.query_one("#agreed", Input).value if self.is_mounted else self._agreed}

    def refill(self, typed: Typed, *, last: bool) -> None:
        """As it was revealed; it is always shown."""
        for name, text in typed.items():
            if name.startswith("of "):
                with suppress(Refused):
                    self._estimates.append(Estimate(name.removeprefix("of "), parse_size(text, self._shirts)))
        self._agreed = typed.get("agreed", "")

    def on_mount(self) -> None:
        """Begin with the first person."""
        self._show()
        if self._estimates:
            self.action_reveal()
            self.query_one("#agreed", Input).value = self._agreed

    def _show(self) -> None:
        if self._spread is None:
            names = ", ".join(each.who for each in self._estimates)
            said = f"{len(self._estimates)} hidden so far: {names}" if names else "Nobody yet."
            keys = "enter hides it, for the next one   {reveal} reveal   {leave} back, nothing kept"
        else:
            said = spread_words(self._spread)
            keys = "enter records the agreed range and the round   {leave} back, nothing kept"
        self.query_one("#said", Static).update(Content(said))
        self.query_one(KeyLine).say(self.KEYS.said(self.app, keys))
        self.query_one("#wrong", Static).update("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From name to range, from range to the next person, from the agreed range to the record."""
        event.stop()
        if event.input.id == "who":
            self.query_one("#size", Input).focus()
        elif event.input.id == "size":
            self._hide()
        else:
            self._agree(event.value)

    def _hide(self) -> None:
        who, size = self.query_one("#who", Input), self.query_one("#size", Input)
        name = " ".join(who.value.split())[:100]
        try:
            if not name:
                who.focus()
                raise Refused("whose estimate is it? a name, please")
            if any(each.who.casefold() == name.casefold() for each in self._estimates):
                who.focus()
                raise Refused(f"{name} has estimated already")
            found = parse_size(size.value, self._shirts)
        except Refused as error:
            # Not the text itself: the others look on.
            words = "that is not a size: low-likely-high, as 2-3-5.5" if "is not a size" in str(error) else str(error)
            self.query_one("#wrong", Static).update(Content(words))
            return
        self._estimates.append(Estimate(name, found))
        who.value = size.value = ""
        who.focus()
        self._show()

    def action_reveal(self) -> None:
        """Show all at once."""
        if self._spread is not None:
            return
        if not self._estimates:
            self.query_one("#wrong", Static).update("Nobody has estimated yet.")
            return
        self._spread = reveal(self._estimates)
        self.add_class("-revealed")
        agreed = self.query_one("#agreed", Input)
        agreed.value = format_range(self._spread.middle)
        agreed.focus()
        self._show()

    def _agree(self, text: str) -> None:
        try:
            size = parse_size(text, self._shirts)
        except Refused as error:
            self.query_one("#wrong", Static).update(Content(str(error)))
            return
        if self._spread is not None:
            self._agreed = text
            self.dismiss((self._spread, size))


def spread_words(spread: Spread) -> str:
    """The revealed ranges, smallest first, and who is far from the middle."""
    far = {each.who for each in spread.outliers}
    width = max(len(each.who) for each in spread.estimates)
    lines = []
    for each in spread.estimates:
        question = "   far from the middle: why?" if each.who in far else ""
        lines.append(f"{each.who:<{width}}  {format_range(each.size):>14} ew{question}")
    first, last = spread.estimates[0].size.likely, spread.estimates[-1].size.likely
    same = "all the same" if first == last else f"likely from {first:g} to {last:g} ew, {spread.ratio:.1f} times"
    return "\n".join([*lines, f"{same}; middle {format_range(spread.middle)} ew"])
