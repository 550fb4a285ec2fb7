"""Command lines at random: every command, with its own options, and words that mean something, nearly, or nothing."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator

from tui.cli.arguments import parser

#: Never ends by itself, needs another program's terminal or account, or changes other files than the workspace.
LEFT_OUT = {"serve", "follow", "share", "completion", "demo", "restore"}
WORDS = (
    *("1", "2", "3", "7", "12", "99", "-1", "0", "0.5", "1e9", "nan", "60", "Pay", "Web", "Payments", "nobody", "Ana"),
    *("Acme", "Audit log", "audit", "PAY-12", "a", "", " ", "F", "one-off", "swap", "defer", "value", "odds", "all"),
    *("2027-02-01", "2027-02-30", "Q2 2027", "Main", "Plan B", "~2-3-5", "Wish ~2-3-5 >Acme", "Wish ~20-30-50 >Acme"),
    *("Pay=34", "Pay=x", "Payments=40", "1=2", "vp: Jo: it pays", "over ceiling: Jo: it pays", "under target: Jo: so"),
    *("x=y", "\x1b[31m", "☃", "m", "w", "L", "100", "60,30,10", "none", "Jo", "it pays"),
)


def parsers(top: argparse.ArgumentParser) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Each parser below one, with the names that lead to it."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                inner = list(parsers(below))
                yield (name,), below
                yield from (((name, *names), each) for names, each in inner)


#: Every command that the parsers have, those below another ("scenario branch") each by themselves.
LEAVES = {
    names: each
    for names, each in parsers(parser())
    if not any(isinstance(action, argparse._SubParsersAction) for action in each._actions)
}
NAMES = tuple(names for names in LEAVES if names[0] not in LEFT_OUT)


def command_line(chance: random.Random, names: tuple[str, ...]) -> list[str]:
    """One for this command."""
    words = list(names)
    for action in LEAVES[names]._actions:
        if isinstance(action, argparse._HelpAction) or action.dest in ("db", "json"):
            continue
        if action.option_strings and chance.random() < 0.7:
            continue
        if action.option_strings:
            words.append(chance.choice(action.option_strings))
        if action.nargs == 0:
            continue
        most = 2 if action.nargs in ("*", "+") else 1
        least = 0 if action.nargs in ("*", "?") else 1
        for _ in range(chance.randint(least, most)):
            value = str(chance.choice(list(action.choices))) if action.choices and chance.random() < 0.8 else ""
            words.append(value or chance.choice(WORDS))
    return words
