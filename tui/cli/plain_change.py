"""A change that needs no door: made on the workspace as it is now, written as one event, and said."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from scenarios.plan.aims import AimsError
from scenarios.quarter.tables import TableError
from scenarios.rules.charter import CharterError
from store.records import Command, State
from tui.cli.names import refusal
from tui.cli.outputs import ChangedOut
from tui.cli.parser import UsageError
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.workspace import desk

#: The change, and what to warn of once it is written.
Change = Callable[[State], tuple[Command, Sequence[str]]]


def change(arguments: argparse.Namespace, make: Change) -> int:
    """Write it. Raises UsageError where it cannot be, StoreError where it cannot be written."""
    with desk(arguments, write=True) as session:
        try:
            command, warnings = make(session.state)
        except (CharterError, AimsError, TableError) as error:
            raise UsageError(str(error)) from error
        except ValidationError as error:
            raise refusal(error) from error
        applied = session.commit(command)
    what = command.label if applied is not None else "nothing to change"
    if arguments.json:
        event = applied.event.seq if applied is not None else None
        print_json(ChangedOut(done=applied is not None, what=what, warnings=list(warnings), event=event))
        return DONE
    say(short(what, 300))
    for warning in warnings:
        say(f"warning: {short(warning, 300)}")
    return DONE
