"""The arguments of every command, and the examples in its help."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module

from tui.cli.files.open_arguments import add_projector, open_board
from tui.cli.parser import Commands, Parser, add_actor, add_db, make

#: The commands in the order of the help: where their arguments stand, and the names that are added there.
COMMANDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("imports.arguments", "add_import", ("import",)),
    ("imports.arguments", "add_import_history", ("import-history",)),
    ("imports.arguments", "add_import_people", ("import-people",)),
    ("imports.arguments", "add_import_accounts", ("import-accounts",)),
    ("look.arguments", "add_look", ("look",)),
    ("files.open_arguments", "add_demo", ("demo",)),
    ("files.open_arguments", "add_follow", ("follow",)),
    ("files.verify_backup_restore_arguments", "add_keeping", ("verify", "backup", "share", "restore")),
    ("files.open_arguments", "add_serve", ("serve",)),
    ("trade.arguments", "add_status", ("status",)),
    ("trade.arguments", "add_reading", ("plan", "odds", "swaps")),
    ("trade.arguments", "add_requests", ("add", "trade", "size")),
    ("trade.arguments", "add_away", ("drop", "defer", "decline")),
    ("trade.arguments", "add_planning", ("capacity", "settle", "fill", "baseline", "undo", "redo")),
    ("items.arguments", "add_item", ("item",)),
    ("items.ranking_arguments", "add_ranking", ("items", "sort", "rank", "filters")),
    ("items.arguments", "add_scenario", ("scenario",)),
    ("items.arguments", "add_what_if", ("levers", "frontier")),
    ("quarter.running_arguments", "add_progress", ("progress",)),
    ("quarter.running_arguments", "add_interrupts", ("interrupt", "interrupts")),
    ("quarter.running_arguments", "add_week", ("week",)),
    ("quarter.arguments", "add_close", ("close", "actuals")),
    ("quarter.arguments", "add_outcome", ("outcome",)),
    ("quarter.arguments", "add_date", ("date",)),
    ("quarter.arguments", "add_burn", ("burn",)),
    ("requests.arguments", "add_card", ("card", "facts", "waits")),
    ("requests.arguments", "add_escalation", ("escalation",)),
    ("requests.arguments", "add_pilot", ("pilot",)),
    ("trade.way_arguments", "add_ways", ("ways",)),
    ("rules.arguments", "add_exceptions", ("exceptions",)),
    ("rules.arguments", "add_one_offs", ("one-offs",)),
    ("rules.arguments", "add_commitments", ("commitments",)),
    ("decisions.arguments", "add_log", ("decisions", "memo")),
    ("decisions.arguments", "add_review", ("review",)),
    ("rules.charter_arguments", "add_charter", ("charter",)),
    ("quarter.arguments", "add_tables", ("aims", "slices", "shirts", "rates", "quarter")),
    (
        "accounts.arguments",
        "add_accounts",
        ("accounts", "account", "deal", "revenue", "account-word", "onboarding", "service-level", "currency"),
    ),
    ("reports.arguments", "add_report", ("report",)),
    ("reports.arguments", "add_health", ("health",)),
    ("practice.arguments", "add_practice", ("practice",)),
    ("capacity.arguments", "add_people", ("people",)),
    ("capacity.arguments", "add_team", ("team",)),
    ("snapshots.arguments", "add_snapshot", ("snapshot",)),
    ("snapshots.arguments", "add_compare", ("compare",)),
    ("files.export_arguments", "add_export", ("export",)),
    ("files.export_arguments", "add_completion", ("completion",)),
    ("files.open_arguments", "add_where", ("where",)),
    ("files.config_arguments", "add_config", ("config",)),
    ("arguments", "add_help", ("help",)),
)
#: Options before the command that take a value of their own.
_VALUED = ("--db", "--scenario", "--as", "--follow")


def parser(argv: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """The parser; each command leaves its function in ``run``.

    Only the command that a command line names is built, and none to open the board: building all takes longer than some
    commands do. All are for help, for a name that is none of theirs, and where no command line is given.
    """
    top = make(
        None,
        "makeroom",
        "Negotiate a quarter's backlog: every yes shows its price before anyone says yes.",
        "  makeroom                        open the board\n"
        "  makeroom demo                   look around in made-up data\n"
        "  makeroom import backlog.csv     fill the backlog from a file",
    )
    top.add_argument("-V", "--version", action="store_true", help="print the version")
    top.set_defaults(run=open_board, db=None, actor=None, follow="", projects=False)
    top.add_argument("--follow", metavar="NAME", default="", help="only look, and follow who has that name")
    top.add_argument(
        "--plain",
        action="store_true",
        help="no picture: tell each change as a line, and take a command a line; for screen readers",
    )
    add_projector(top)
    add_db(top)
    add_actor(top)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    for module, add, _ in COMMANDS if argv is None else _needed(argv):
        getattr(import_module(f"tui.cli.{module}"), add)(commands)
    return top


def _needed(argv: Sequence[str]) -> Sequence[tuple[str, str, tuple[str, ...]]]:
    named = _command(argv)
    if not named and not {"-h", "--help"}.intersection(argv):
        return ()
    return [each for each in COMMANDS if named in each[2]] or COMMANDS


def _command(argv: Sequence[str]) -> str:
    """The command that a command line names; empty where it names none."""
    words = iter(argv)
    for word in words:
        if word in _VALUED:
            next(words, "")
        elif not word.startswith("-"):
            return word
    return ""


def add_help(commands: Commands) -> None:
    """``makeroom help``."""
    one = make(commands, "help", "What a command does and takes, as with --help.", "  makeroom help add")
    one.add_argument("words", nargs="*", metavar="COMMAND", help="the command; without one, all of them")
    one.set_defaults(run=_help)


def _help(arguments: argparse.Namespace) -> int:
    words = [*arguments.words, "--help"]
    parser(words).parse_args(words)
    return 0
