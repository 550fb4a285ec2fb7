"""A short list of choices, one key each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.dialogs.dialog import Dialog
from tui.dialogs.kept import Typed
from tui.widgets.hanging_text import hung
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys


@dataclass(frozen=True)
class Choice:
    """One line of a menu: the key that takes it, what it is, and what it would do or stands at now."""

    key: str
    label: str
    detail: str = ""


class Menu(Dialog[str | None]):
    """Dismissed with the key of the choice, or None after Esc."""

    DEFAULT_CSS = """
    Menu { align: center middle; }
    Menu.-low { align: center bottom; }
    Menu.-low:ansi > Vertical { outline-left: solid ansi_default; outline-right: solid ansi_default; }
    Menu > Vertical { width: 92; max-width: 96%; height: auto; max-height: 100%; padding: 1 2; }
    Menu .title { text-style: bold; height: auto; }
    Menu .muted { color: $text-muted; height: auto; }
    Menu OptionList { height: auto; margin: 1 0; border: none; background: transparent; padding: 0; }
    Menu OptionList:focus { border: none; }
    """
    GIVES_WAY = "OptionList"
    KEYS = Keys("A menu", Key("menu.leave", "escape", "Back", "leave"))
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, title: str, choices: Sequence[Choice], about: str = "", leave: str = "back") -> None:
        super().__init__()
        self._heading = title
        self._choices = tuple(choices)
        self._about = about
        self._leave = leave
        self._chosen = ""
        self._rows = {key: [line] for key, line in self._lines()}

    def compose(self) -> ComposeResult:
        """Heading, choices, keys."""
        with Vertical():
            yield Static(Content(self._heading), classes="title", markup=False)
            if self._about:
                yield Static(Content(self._about), classes="muted", markup=False)
            yield OptionList(*(Option(Content(line), id=key) for key, line in self._lines()), markup=False)
            words = f"a key or enter chooses   {{leave}} {self._leave}"
            yield KeyLine(self.KEYS.said(self.app, words))

    @property
    def _label(self) -> int:
        return max(len(choice.label) for choice in self._choices)

    def _lines(self) -> Iterator[tuple[str, str]]:
        for choice in self._choices:
            yield choice.key, f" {choice.key:<5}  {choice.label:<{self._label}}   {choice.detail}"

    def _fit(self) -> None:
        if self.gone:
            return
        if self._hang():
            # Laid out with those rows first: nobody sees it before.
            self.call_after_refresh(super()._fit)
        else:
            super()._fit()

    def _hang(self) -> bool:
        """Second rows of a choice stand under what it is, as the first does; whether any row is another now."""
        self._give_way()
        found, before = self.query_one(OptionList), 8 + self._label + 3
        width, most = found.size.width, found.styles.max_height
        rows = {key: hung(line, width, before) for key, line in self._lines()}
        if most is not None and sum(map(len, rows.values())) > most.value:
            # It scrolls, and the bar takes room.
            width -= found.styles.scrollbar_size_vertical
            rows = {key: hung(line, width, before) for key, line in self._lines()}
        changed = rows != self._rows
        if changed:
            for key, each in rows.items():
                found.replace_option_prompt(key, Content("\n".join(each)))
            self._rows = rows
        return changed

    def on_key(self, event: events.Key) -> None:
        """A choice's own key takes it at once."""
        pressed = event.character or event.key
        for choice in self._choices:
            if pressed.casefold() == choice.key.casefold():
                event.stop()
                self._choose(choice.key)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click takes the line."""
        self._choose(event.option.id or "")

    def _choose(self, key: str) -> None:
        self._chosen = key
        self.dismiss(key)

    def kept(self) -> dict[str, str]:
        """What was chosen."""
        return {"key": self._chosen} if self._chosen else {}

    def refill(self, typed: Typed, *, last: bool) -> str | None:
        """The same choice again, on the way to what was asked after it."""
        return next((choice.key for choice in self._choices if not last and choice.key == typed.get("key")), None)
