"""``makeroom config``: what somebody has set, and setting it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from store.common.errors import Refused
from store.common.text import short
from store.sidecars.preferences import Preferences, load_preferences, preferences_path, save_preferences
from tui.cli.files.outputs import ConfigOut
from tui.cli.printing import DONE, print_json, say

_YES = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
_KEY = "keys."


def run(arguments: argparse.Namespace) -> int:
    """Show, or set and show. Raises Refused for a name or a value that is none; then nothing is changed."""
    found, name = load_preferences(), arguments.name or ""
    if arguments.value is not None:
        found = _changed(found, name, arguments.value)
        save_preferences(found)
    values = _values(found)
    if name.startswith(_KEY):
        values = {name: found.keys.get(name[len(_KEY) :], "default")}
    elif name == "keys":
        values = {f"{_KEY}{key}": text for key, text in _all_keys(found).items()}
    elif name:
        _need(name)
        values = {name: values[name]}
    if arguments.json:
        print_json(ConfigOut(path=str(preferences_path().absolute()), settings=values))
        return DONE
    if not name:
        say(f"settings: {preferences_path().absolute()}")
    for key, value in values.items():
        say(f"{key:<10} {short(value, 300)}" if not key.startswith(_KEY) else f"{key:<28} {short(value, 60)}")
    if not name:
        say("makeroom config NAME VALUE sets one; makeroom config keys lists what keys do what")
    return DONE


def _values(found: Preferences) -> dict[str, str]:
    """All settings as they are written."""
    on = {True: "on", False: "off"}
    values = {
        "theme": found.theme or "dark",
        "patterns": on[found.patterns],
        "preview": on[found.preview],
        "quiet": on[found.quiet],
        "group": found.group or "none",
        "columns": ", ".join(found.columns) if found.columns is not None else "default",
        "keymap": found.keymap or "none",
    }
    return values | {f"{_KEY}{key}": text for key, text in sorted(found.keys.items())}


def _all_keys(found: Preferences) -> dict[str, str]:
    from tui.app.keymap import keymap_of, tables

    mine = keymap_of(found.keymap, found.keys)
    return {row.id: mine.get(row.id, row.keys) for table in tables() for row in table}


def _changed(found: Preferences, name: str, value: str) -> Preferences:
    """With one setting changed. Raises Refused."""
    value = value.strip()
    if name.startswith(_KEY):
        return _with_key(found, name[len(_KEY) :], value)
    _need(name)
    if name == "keys":
        raise Refused("name what the key is for, as keys.board.fill; makeroom config keys lists all", "name")
    setters: Mapping[str, Callable[[], Preferences]] = {
        "theme": lambda: replace(found, theme=_one_of(value, "dark", "light")),
        "patterns": lambda: replace(found, patterns=_yes(value)),
        "preview": lambda: replace(found, preview=_yes(value)),
        "quiet": lambda: replace(found, quiet=_yes(value)),
        "group": lambda: replace(found, group=_group(value)),
        "columns": lambda: replace(found, columns=_columns(value)),
        "keymap": lambda: _with_keymap(found, "" if value in ("default", "none", "") else value),
    }
    return setters[name]()


def _need(name: str) -> None:
    names = [*_values(Preferences()), "keys"]
    if name not in names:
        near = get_close_matches(name, names, n=1)
        meant = f": did you mean {near[0]}?" if near else f": there are {', '.join(names)}"
        raise Refused(f"there is no setting “{short(name, 60)}”{meant}", "name")


def _one_of(value: str, *choices: str) -> str:
    if value == "default":
        return ""
    if value.casefold() not in choices:
        raise Refused(f"“{short(value, 60)}” is none of {', '.join(choices)}, default", "value")
    return value.casefold()


def _yes(value: str) -> bool:
    if value == "default":
        return False
    if value.casefold() not in _YES:
        raise Refused(f"“{short(value, 60)}” is neither on nor off", "value")
    return _YES[value.casefold()]


def _group(value: str) -> str:
    from tui.plan_view.groups import GROUPS

    return "" if value.casefold() == "none" else _one_of(value, *GROUPS)


def _columns(value: str) -> tuple[str, ...] | None:
    from tui.plan_view.chosen_columns import columns_named

    return None if value == "default" else columns_named(value)


def _with_keymap(found: Preferences, preset: str) -> Preferences:
    from tui.app.keymap import keymap_of

    keymap_of(preset, found.keys)
    return replace(found, keymap=preset)


def _with_key(found: Preferences, name: str, value: str) -> Preferences:
    """With a key for something, or as it comes. Raises Refused where that key is taken, with both names."""
    from tui.app.keymap import keymap_of

    keys = {key: text for key, text in found.keys.items() if key != name}
    if value != "default":
        keys[name] = value
    elif name not in found.keys:
        raise Refused(f"keys.{short(name, 60)} has its default already", "name")
    keymap_of(found.keymap, keys)
    return replace(found, keys=keys)
