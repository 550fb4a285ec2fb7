"""``makeroom completion``: a shell's script for completing commands, options and their values, from the parser itself.

shtab writes it. The script is data: no shell asks makeroom anything while somebody types.
"""

from __future__ import annotations

import argparse

from tui.cli.arguments import parser
from tui.cli.parser import Parser, first_sentence
from tui.cli.printing import DONE, say_text

#: Arguments with these metavars are files or folders.
_FILES = frozenset({"FILE", "FILE.csv", "PATH", "FOLDER"})


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    top = parser()
    _prepare(top, shtab.FILE)
    say_text(shtab.complete(top, arguments.shell, root_prefix="makeroom"))
    return DONE


def _prepare(one: argparse.ArgumentParser, file: object) -> None:
    """Say of a parser, and of all within it, what takes a file; beside a command line, one sentence of help will do."""
    if isinstance(one, Parser):
        one.fill()
    one.description = _line(one.description)
    # argparse has no other way to ask what a parser takes.
    for action in one._actions:
        action.help = _line(action.help)
        if isinstance(action, argparse._SubParsersAction):
            for within in action.choices.values():
                _prepare(within, file)
        elif action.metavar in _FILES:
            action.complete = file  # type: ignore[attr-defined]


def _line(text: str | None) -> str:
    return first_sentence(text or "").replace("'", "’")
