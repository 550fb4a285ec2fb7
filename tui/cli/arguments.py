"""The arguments of every command, and the examples in its help."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module

from tui.cli.opening_arguments import open_board
from tui.cli.parsing import Parser, add_actor, add_db, make

#: The commands in the order of the help: where their arguments stand, and the names that are added there.
COMMANDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("import_arguments", "add_import", ("import",)),
    ("history_arguments", "add_import_history", ("import-history",)),
    ("people_arguments", "add_import_people", ("import-people",)),
    ("opening_arguments", "add_demo", ("demo",)),
    ("opening_arguments", "add_follow", ("follow",)),
    ("keeping_arguments", "add_keeping", ("verify", "backup", "restore")),
    ("opening_arguments", "add_serve", ("serve",)),
    ("meeting_arguments", "add_status", ("status",)),
    ("meeting_arguments", "add_reading", ("plan", "odds", "swaps")),
    ("meeting_arguments", "add_requests", ("add", "trade", "size")),
    ("meeting_arguments", "add_away", ("drop", "defer", "decline")),
    ("meeting_arguments", "add_planning", ("capacity", "settle", "fill", "baseline", "undo", "redo")),
    ("plan_arguments", "add_item", ("item",)),
    ("plan_arguments", "add_scenario", ("scenario",)),
    ("plan_arguments", "add_what_if", ("levers", "frontier")),
    ("plan_arguments", "add_close", ("close",)),
    ("card_arguments", "add_card", ("card", "facts", "waits")),
    ("ways_arguments", "add_ways", ("ways",)),
    ("standing_arguments", "add_exceptions", ("exceptions",)),
    ("standing_arguments", "add_one_offs", ("one-offs",)),
    ("standing_arguments", "add_commitments", ("commitments",)),
    ("log_arguments", "add_log", ("decisions", "memo")),
    ("charter_arguments", "add_charter", ("charter",)),
    ("table_arguments", "add_tables", ("aims", "slices", "shirts", "rates", "quarter")),
    ("people_commands", "add_people", ("people",)),
    ("snapshot_arguments", "add_snapshot", ("snapshot",)),
    ("snapshot_arguments", "add_compare", ("compare",)),
    ("export_arguments", "add_export", ("export",)),
    ("export_arguments", "add_completion", ("completion",)),
    ("opening_arguments", "add_where", ("where",)),
)
#: Options before the command that take a value of their own.
_VALUED = ("--db", "--scenario", "--as", "--follow")


def parser(argv: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """The parser; each command leaves its function in ``run``.

    Of a command line that names a command, only that one is built: building all takes longer than some commands do.
    """
    top = make(
        None,
        "makeroom",
        "Negotiate a quarter's backlog: every yes shows its price before anyone says yes.",
        "  makeroom                        open the board\n"
        "  makeroom demo                   look around in made-up data\n"
        "  makeroom import backlog.csv     fill the backlog from a file",
    )
    top.add_argument("--version", action="store_true", help="print the version")
    top.set_defaults(run=open_board, db=None, actor=None, follow="")
    top.add_argument("--follow", metavar="NAME", default="", help="only look, and follow who has that name")
    add_db(top)
    add_actor(top)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    named = _command(argv or ())
    chosen = [each for each in COMMANDS if named in each[2]] or COMMANDS
    for module, add, _ in chosen:
        getattr(import_module(f"tui.cli.{module}"), add)(commands)
    return top


def _command(argv: Sequence[str]) -> str:
    """The command that a command line names; empty where it names none."""
    words = iter(argv)
    for word in words:
        if word in _VALUED:
            next(words, "")
        elif not word.startswith("-"):
            return word
    return ""
