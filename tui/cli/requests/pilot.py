"""``makeroom pilot``: how the success test of a pilot or a proof of concept ended."""

from __future__ import annotations

import argparse

from scenarios.figures.names import item_named
from tui.cli.plain_change import change, command_of, typed
from tui.forms.trials import PILOT


def run(arguments: argparse.Namespace) -> int:
    """Say it, or that it is still open. Raises Refused."""
    values = typed(PILOT, arguments)
    return change(arguments, lambda now: (command_of(PILOT, now, item_named(now.state, arguments.item).id, values), ()))
