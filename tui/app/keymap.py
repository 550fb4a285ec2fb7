"""The keymap: which keys somebody gave to what, held against all that each screen listens to."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib import import_module

from textual.dom import DOMNode
from textual.keys import _character_to_key

import tui
from store.common.errors import Refused
from store.common.text import short
from tui.widgets.keys import Key, Keys, shown

#: Sets of keys by name: what comes besides the keys that there are.
PRESETS: Mapping[str, Mapping[str, str]] = {
    # As in vi: a half page, the ends, colons for all commands. What these letters did moves to its capital's neighbour.
    "vim": {
        "row.pageup": "pageup,ctrl+b",
        "row.pagedown": "pagedown,ctrl+f",
        "row.first": "home,left_curly_bracket",
        "row.last": "end,right_curly_bracket",
        "app.palette": "ctrl+p,colon",
        "board.redo": "U,ctrl+r",
    },
    # No letters to move about, and nothing that needs shift on the way: arrows and named keys alone.
    "arrows": {
        "row.up": "up",
        "row.down": "down",
        "board.up": "shift+up,ctrl+up",
        "board.down": "shift+down,ctrl+down",
        "board.help": "f1,question_mark",
        "board.add": "insert,a",
        "board.undo": "f8,u",
        "board.redo": "f9,U",
    },
}
#: What is pressed where anything is: no other key may be one of these.
_EVERYWHERE, _LISTS = "Everywhere", "Every list"


def owners() -> Iterator[type[DOMNode]]:
    """Every screen and widget of the app that has keys of its own. All of the app is imported for it."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name.endswith("__main__"):
            continue
        for thing in vars(import_module(module.name)).values():
            if (
                isinstance(thing, type)
                and issubclass(thing, DOMNode)
                and thing.__module__ == module.name
                and "BINDINGS" in vars(thing)
            ):
                yield thing


@cache
def tables() -> Sequence[Keys]:
    """Their tables of keys, by title."""
    found = [keys for each in owners() if isinstance(keys := getattr(each, "KEYS", None), Keys)]
    return sorted(found, key=lambda keys: keys.title)


def keymap_of(preset: str, keys: Mapping[str, str]) -> dict[str, str]:
    """Keys by the ids of what they do, those of a preset and over them these. Raises :class:`Refused` for what is no
    name, what is no key, and two that would do different things in one place, with both names."""
    if preset and preset not in PRESETS:
        raise Refused(f"“{short(preset, 40)}” is not a set of keys: there are {', '.join(sorted(PRESETS))}", "keymap")
    rows = {row.id: row for table in tables() for row in table}
    found = dict(PRESETS.get(preset, {}))
    for name, text in keys.items():
        if name not in rows:
            near = get_close_matches(name, rows, n=1)
            meant = f": did you mean {near[0]}?" if near else "."
            raise Refused(
                f"there is nothing called “{short(name, 60)}” to press a key for{meant} makeroom config keys lists all",
                "keys",
            )
        found[name] = ",".join(_named(part) for part in _parts(text, name))
    for first, second, key in _clashes(found):
        raise Refused(
            f"{shown(key)} would be both “{first.name}” ({first.id}) and “{second.name}” ({second.id}): "
            "give one of them another key",
            "keys",
        )
    return found


def _parts(text: str, name: str) -> Sequence[str]:
    """The keys of a text, a comma between several; a comma alone is that key."""
    parts = [text.strip()] if text.strip() == "," else [part.strip() for part in text.split(",")]
    if not all(parts):
        raise Refused(f"“{name}” needs a key, as ctrl+f, f5, x or question_mark; commas stand between several", "keys")
    return parts


def _named(key: str) -> str:
    """A key by Textual's name for it: ``!`` is exclamation_mark. Raises :class:`Refused` for what is no key."""
    *held, last = key.split("+") if len(key) > 1 else [key]
    if not last or " " in key or set(held) - {"ctrl", "shift", "alt", "super"}:
        raise Refused(f"“{short(key, 40)}” is not a key: write it as ctrl+f, shift+up, f5, x or question_mark", "keys")
    return "+".join([*held, _character_to_key(last) if len(last) == 1 else last])


def _clashes(keymap: Mapping[str, str]) -> Iterator[tuple[Key, Key, str]]:
    """Two rows that one key would be for in one place, where the keymap has a hand in it."""
    every = {table.title: tuple(table) for table in tables()}
    for title, rows in every.items():
        near = () if title == _EVERYWHERE else every.get(_EVERYWHERE, ())
        lists = () if title in (_EVERYWHERE, _LISTS) else every.get(_LISTS, ())
        taken: dict[str, Key] = {}
        for row in (*near, *lists, *rows):
            for key in keymap.get(row.id, row.keys).split(","):
                other = taken.setdefault(key, row)
                as_it_comes = key in row.keys.split(",") and key in other.keys.split(",")
                if other.runs != row.runs and not as_it_comes and (row.id in keymap or other.id in keymap):
                    yield other, row, key
