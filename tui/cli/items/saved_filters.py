"""``makeroom filters``: those that were saved by name, saving one, dropping one."""

from __future__ import annotations

import argparse

from store.sidecars.preferences import Preferences, load_preferences, save_preferences
from tui.cli.items.outputs import SavedFilterOut, SavedFiltersOut
from tui.cli.printing import DONE, print_json, say, short


def listing(arguments: argparse.Namespace) -> int:
    """The saved filters."""
    return _say(arguments, load_preferences(), "no filter is saved yet: makeroom filters save NAME FILTER")


def save(arguments: argparse.Namespace) -> int:
    """Save one. Raises Refused for one that cannot be."""
    return _change(arguments, load_preferences().with_filter(arguments.name, arguments.where))


def drop(arguments: argparse.Namespace) -> int:
    """Drop one. Raises Refused where there is none of that name."""
    return _change(arguments, load_preferences().without_filter(arguments.name))


def _change(arguments: argparse.Namespace, wanted: Preferences) -> int:
    save_preferences(wanted)
    return _say(arguments, wanted, "no filter is saved any more")


def _say(arguments: argparse.Namespace, found: Preferences, none: str) -> int:
    rows = sorted(found.filters.items())
    if arguments.json:
        print_json(SavedFiltersOut(filters=[SavedFilterOut(name=name, where=text) for name, text in rows]))
        return DONE
    for name, text in rows:
        say(f"{short(name, 60):<24} {short(text, 300)}")
    if not rows:
        say(none)
    return DONE
