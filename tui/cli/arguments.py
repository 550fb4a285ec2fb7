"""The arguments of every command, and the examples in its help."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn

from tui.cli.snapshot_arguments import Tools, add_snapshot

Run = Callable[[argparse.Namespace], int]


class UsageError(Exception):
    """The command line was not understood; the message is the sentence to show."""


class _Parser(argparse.ArgumentParser):
    """argparse, but that a mistake becomes a sentence instead of an exit."""

    def error(self, message: str) -> NoReturn:
        """Raise :class:`UsageError`, with the way to the help."""
        raise UsageError(f"{message}. Try: {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """The parser; each command leaves its function in ``run``."""
    top = _make(
        None,
        "makeroom",
        "Negotiate a quarter's backlog: every yes shows its price before anyone says yes.",
        "  makeroom                        open the board\n"
        "  makeroom demo                   look around in made-up data\n"
        "  makeroom import backlog.csv     fill the backlog from a file",
    )
    top.add_argument("--version", action="store_true", help="print the version")
    top.set_defaults(run=_board, db=None, actor=None, follow="")
    top.add_argument("--follow", metavar="NAME", default="", help="only look, and follow who has that name")
    _add_db(top)
    _add_actor(top)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    _add_import(commands)
    _add_import_history(commands)
    demo = _make(
        commands,
        "demo",
        "Open a separate workspace with made-up data.",
        "  makeroom demo --fresh           begin again; the old file is kept beside the new one",
    )
    demo.add_argument("--fresh", action="store_true", help="start anew; the old file is moved aside")
    demo.set_defaults(run=_demo)
    _add_actor(demo)
    follow = _make(
        commands,
        "follow",
        "Look on, for the projector: show what somebody who has the same workspace open sees, and change nothing.",
        "  makeroom follow                 whoever moved last\n  makeroom --db team.db follow Ana",
    )
    follow.add_argument("follow", nargs="?", default="*", metavar="NAME", help="whom to follow; else who moved last")
    follow.set_defaults(run=_board, version=False)
    _add_db(follow)
    _add_actor(follow)
    _add_keeping(commands)
    _add_serve(commands)
    add_snapshot(commands, Tools(_make, _add_db, _add_actor, _add_json, _later))
    where = _make(commands, "where", "Say which files are used, and why those.", "  makeroom --db team.db where")
    where.set_defaults(run=_where)
    _add_db(where)
    return top


def _make(commands: argparse._SubParsersAction[_Parser] | None, name: str, what: str, example: str) -> _Parser:
    """A parser with a description and an example."""
    one = (
        _Parser(prog=name, allow_abbrev=False)
        if commands is None
        else commands.add_parser(name, help=what, allow_abbrev=False)
    )
    one.description = what
    one.epilog = f"example:\n{example}"
    one.formatter_class = argparse.RawDescriptionHelpFormatter
    return one


def _add_db(to: argparse.ArgumentParser) -> None:
    # Left out where it is not typed, so that a command does not forget what stood before its name.
    to.add_argument(
        "--db",
        metavar="PATH",
        default=argparse.SUPPRESS,
        help="the workspace's file (else MAKEROOM_DB, else your own)",
    )


def _add_actor(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--as",
        dest="actor",
        metavar="NAME",
        default=argparse.SUPPRESS,
        help="who is at the keyboard, for the record and for the others at the table (else your login name)",
    )


def _add_import(commands: argparse._SubParsersAction[_Parser]) -> None:
    one = _make(
        commands,
        "import",
        "Fill the backlog, below the line, from a CSV file or a Jira CSV export. A newer file of the same backlog "
        "updates titles and estimates, and leaves every decision alone.",
        "  makeroom import jira.csv --dry-run\n"
        "  makeroom import jira.csv --points-per-week 8 --team Pay=34.0\n"
        "  makeroom import plain.csv --column title=Headline --column days=Effort --map label:security=I",
    )
    one.add_argument("file", metavar="FILE.csv", help="the file to read")
    one.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    one.add_argument("--points-per-week", type=float, metavar="N", help="story points in one engineer-week; remembered")
    one.add_argument("--hours-per-week", type=float, metavar="N", help="hours in one engineer-week; remembered")
    one.add_argument(
        "--team",
        action="append",
        default=[],
        metavar="NAME[=NET]",
        help="the team for rows that name none, with its net capacity in engineer-weeks; may be repeated",
    )
    one.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="which column holds a field, as in title=Headline (no NAME: none does); may be repeated",
    )
    one.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="KIND:VALUE=SLICE",
        help="a type, label or component that means a slice, as in label:security=I; remembered; may be repeated",
    )
    one.add_argument("--include-done", action="store_true", help="take rows that are done or closed, too")
    one.add_argument("--dates", choices=("day-first", "month-first"), help="how 03/04/2026 is to be read")
    one.add_argument("--delimiter", metavar="C", help="what separates cells: , ; | or tab")
    one.add_argument("--encoding", metavar="NAME", help="the file's encoding, as in cp1252")
    one.set_defaults(run=_later("importing"))
    _add_db(one)


def _add_import_history(commands: argparse._SubParsersAction[_Parser]) -> None:
    one = _make(
        commands,
        "import-history",
        "Learn from finished quarters: a CSV file with a row for each finished item, with columns quarter (2025Q3, "
        "Q3 2025, 2025-07 or a plain number), team, estimate and actual (ew, or days or hours if a column's name says "
        "so), and, where known, title and unplanned (the share of the team's capacity that unplanned work took that "
        "quarter). Importing a file again changes nothing: rows are matched by quarter, team, title and estimate.",
        "  makeroom import-history finished.csv --dry-run\n"
        "  makeroom import-history jira-done.csv --hours-per-week 32 --team Pay\n"
        "  makeroom import-history finished.csv --column actual=Spent --create-teams",
    )
    one.add_argument("file", metavar="FILE.csv", help="the file to read")
    one.add_argument("--dry-run", action="store_true", help="show what would be learned, and write nothing")
    one.add_argument("--hours-per-week", type=float, metavar="N", help="hours in one engineer-week; remembered")
    one.add_argument("--team", metavar="NAME", help="the team for rows that name none")
    one.add_argument("--create-teams", action="store_true", help="make the teams that are named and not here")
    one.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="which column holds a field, as in actual=Spent; may be repeated",
    )
    one.add_argument("--delimiter", metavar="C", help="what separates cells: , ; | or tab")
    one.add_argument("--encoding", metavar="NAME", help="the file's encoding, as in cp1252")
    one.set_defaults(run=_later("history"))
    _add_db(one)


def _add_keeping(commands: argparse._SubParsersAction[_Parser]) -> None:
    one = _make(
        commands,
        "verify",
        "Look through the whole workspace: is everything in it as it was written? Changes nothing. Says what to do "
        "where it is not; the last line has the last seal, which proves the journal later if it is kept elsewhere.",
        "  makeroom verify\n  makeroom --db team.db verify --json",
    )
    _add_json(one)
    one.set_defaults(run=_later("keeping", "verify_file"))
    _add_db(one)
    one = _make(
        commands,
        "backup",
        "Make a verified copy of the workspace, while others go on working in it. One is made every hour in which "
        "there is a change, too: the last 24 stay, and one a day for 30 days. Those made with this command stay.",
        "  makeroom backup\n  makeroom backup --to /mnt/safe/team-before-the-meeting.db",
    )
    one.add_argument("--to", metavar="PATH", help="a file that is not there yet, or a folder")
    _add_json(one)
    one.set_defaults(run=_later("keeping", "backup"))
    _add_db(one)
    one = _make(
        commands,
        "restore",
        "Go back to a backup. Without a name, lists them; with one, shows what would be lost and gained, and restores "
        "it once that is confirmed. The workspace as it was is kept, and those who have it open see the change.",
        "  makeroom restore\n"
        "  makeroom restore 20261121T100000Z-hourly          look at it first\n"
        "  makeroom restore 20261121T100000Z-hourly --yes",
    )
    one.add_argument("backup", metavar="BACKUP", nargs="?", help="its name in the list, or its path")
    one.add_argument("--yes", action="store_true", help="restore it without asking")
    _add_json(one)
    one.set_defaults(run=_later("keeping", "restore_file"))
    _add_db(one)


def _add_json(to: argparse.ArgumentParser) -> None:
    to.add_argument("--json", action="store_true", help="one JSON object for programs, instead of lines")


def _add_serve(commands: argparse._SubParsersAction[_Parser]) -> None:
    one = _make(
        commands,
        "serve",
        "Show the board in a browser on this machine, to whoever has the address that is printed. For other machines, "
        "see docs/serve.md. Needs: pip install 'makeroom[web]'",
        "  makeroom serve                  for yourself\n  makeroom --db team.db serve --read-only --port 0",
    )
    one.add_argument("--port", type=int, default=8750, metavar="N", help="where to listen (8750; 0: any free port)")
    one.add_argument(
        "--read-only", action="store_true", help="whoever opens it follows who moved last, changes nothing"
    )
    one.add_argument("--max", type=int, default=8, metavar="N", help="seats at once, a process of about 65 MB each (8)")
    one.add_argument(
        "--host-name",
        action="append",
        default=[],
        metavar="NAME",
        help="the name of a TLS proxy in front of it, as in room.example.org; may be repeated",
    )
    one.set_defaults(run=_later("serving"))
    _add_db(one)
    _add_actor(one)


def _board(arguments: argparse.Namespace) -> int:
    from tui.cli import opening

    return opening.version() if arguments.version else opening.board(arguments.db, arguments.actor, arguments.follow)


def _demo(arguments: argparse.Namespace) -> int:
    from tui.cli import opening

    return opening.demo(arguments.fresh, arguments.actor)


def _where(arguments: argparse.Namespace) -> int:
    from tui.cli import opening

    return opening.where(arguments.db)


def _later(module: str, function: str = "run") -> Run:
    """A command's function, whose module is imported when it is run: no command pays for another."""

    def run(arguments: argparse.Namespace) -> int:
        found: Run = getattr(import_module(f"tui.cli.{module}"), function)
        return found(arguments)

    return run
