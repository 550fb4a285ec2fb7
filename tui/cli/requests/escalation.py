"""``makeroom escalation``: a request that was carried past its desk."""

from __future__ import annotations

import argparse

from scenarios.figures.names import item_named
from tui.cli.plain_change import change, command_of, typed
from tui.forms.looking_back import ESCALATION


def run(arguments: argparse.Namespace) -> int:
    """Mark it, or say what Sales chose of it. Raises Refused."""
    values = typed(ESCALATION, arguments)
    return change(
        arguments, lambda now: (command_of(ESCALATION, now, item_named(now.state, arguments.item).id, values), ())
    )
