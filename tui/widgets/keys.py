"""The keys of a screen, one row each: its bindings, key bar, help, palette and page in the docs are made from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from textual._context import active_app
from textual.app import App
from textual.binding import Binding, BindingType
from textual.keys import format_key

from store.common.values import Value

#: Where Textual has a sign or a short form, and people read the word.
_WORDS = frozenset({"enter", "delete", "backspace", "tab"})
#: every row by its id, from when its screen's file is read
_ROWS: dict[str, Key] = {}


class Key(Value):
    """What there is to say of a key."""

    #: the screen and what the key is for: what a keymap calls it
    id: str
    #: as Textual names them, with a comma between several
    keys: str
    #: what it is called in the palette
    name: str
    #: what it runs; where it only begins a conversation, nothing need be said
    action: str = ""
    #: its word or two in the key bar
    bar: str = ""
    #: what it does, in the help and the docs
    help: str = ""
    #: the conversation that it begins: the function behind ``tui.``, known by the last part of the id
    flow: str = ""
    #: whether the palette has it
    show: bool = True
    #: whether it comes before what a line of text makes of it
    priority: bool = False

    @property
    def short(self) -> str:
        """The last part of the id, by which the screen's own code knows it."""
        return self.id.partition(".")[2]

    @property
    def runs(self) -> str:
        """The action."""
        return self.action or f"flow('{self.short}')"

    def hint(self, label: str = "") -> Hint:
        """It in the key bar, with a word for this moment."""
        return Hint((self,), label or self.bar, self.runs)

    def live(self, app: App[Any]) -> list[str]:
        """The keys that it has in this app, its keymap considered; none where the keymap gave them to others."""
        keymap = app._keymap
        if own := keymap.get(self.id):
            return own.split(",")
        screen = self.id.partition(".")[0] + "."
        taken = {key for each, keys in keymap.items() if each.startswith(screen) for key in keys.split(",")}
        return [key for key in self.keys.split(",") if key not in taken]


class Keys:
    """The rows of one screen or panel, by the last parts of their ids."""

    def __init__(self, title: str, *rows: Key) -> None:
        self.title = title
        self.rows = rows
        self._by_short = {row.short: row for row in rows}
        _ROWS.update((row.id, row) for row in rows)

    def __iter__(self) -> Iterator[Key]:
        return iter(self.rows)

    def __getitem__(self, short: str) -> Key:
        return self._by_short[short]

    @property
    def bindings(self) -> list[BindingType]:
        """What Textual listens to."""
        return [
            Binding(row.keys, row.runs, row.name, show=row.show, priority=row.priority, id=row.id) for row in self.rows
        ]

    def hints(self, *shorts: str) -> tuple[Hint, ...]:
        """These rows in the key bar, each with its own word."""
        return tuple(self[short].hint() for short in shorts)

    def said(self, app: App[Any], words: str) -> str:
        """These words of the app's own, with the key that a row has now for its short name in braces."""
        return words.format_map({row.short: row.hint().keys(app) for row in self.rows})

    def of(self, app: App[Any], short: str) -> str:
        """The key that a row has now, for a sentence; its usual one where the keymap left it none."""
        return _now(self[short], app)

    def helps(self) -> tuple[Hint, ...]:
        """The rows that have something to say in the help."""
        return tuple(row.hint(row.help) for row in self.rows if row.help)


class Hint(Value):
    """One key, or several that belong together, what is said of them, and the action that a click runs."""

    rows: tuple[Key, ...]
    label: str
    action: str = ""

    @classmethod
    def fixed(cls, label: str, *keys: str) -> Hint:
        """Keys that Textual's own widgets listen to, and that no keymap moves."""
        return cls(tuple(Key("", key, label) for key in keys), label)

    def keys(self, app: App[Any], whole: bool = False) -> str:
        """The keys as people read them: the first of each row, or the ``whole`` of them; empty where there are none."""
        live = [shown(key) for row in self.rows for key in row.live(app)[: None if whole else 1]]
        if len(live) > 2 and all(ord(after[0]) - ord(key[0]) == 1 for key, after in pairwise(live)):
            return f"{live[0]}-{live[-1]}"
        return " ".join(live)


def key_named(row_id: str) -> str:
    """The key that a row has now in the app at hand, by the row's id, for a sentence of whoever does not have the app;
    its usual one where the keymap left it none, or no app runs."""
    return _now(_ROWS[row_id], active_app.get(None))


def _now(row: Key, app: App[Any] | None) -> str:
    return (row.hint().keys(app) if app is not None else "") or shown(row.keys.split(",")[0])


def help_lines(app: App[Any], hints: Iterable[Hint], width: int) -> list[str]:
    """A line for each in the help, all its keys in so many cells; those without a key are left out."""
    pairs = ((hint.keys(app, whole=True), hint.label) for hint in hints)
    return [f"{keys:<{width}}  {words}" for keys, words in pairs if keys]


def shown(key: str) -> str:
    """A key as people read it, from Textual's name: ``!``, ``esc``, ``shift+↑``."""
    *held, last = key.split("+")
    word = last if last in _WORDS else format_key(last)
    return "+".join([*held, word])
