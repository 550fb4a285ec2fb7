"""The arguments of every command, and the examples in its help."""

from __future__ import annotations

import argparse

from tui.cli.export_arguments import add_completion, add_export
from tui.cli.import_arguments import add_import
from tui.cli.log_arguments import add_log
from tui.cli.meeting_arguments import add_meeting
from tui.cli.parsing import Commands, Parser, add_actor, add_db, add_json, later, make
from tui.cli.people_arguments import add_import_people
from tui.cli.plan_arguments import add_plans
from tui.cli.snapshot_arguments import add_compare, add_snapshot


def parser() -> argparse.ArgumentParser:
    """The parser; each command leaves its function in ``run``."""
    top = make(
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
    add_db(top)
    add_actor(top)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    add_import(commands)
    _add_import_history(commands)
    add_import_people(commands)
    demo = make(
        commands,
        "demo",
        "Open a separate workspace with made-up data.",
        "  makeroom demo --fresh           begin again; the old file is kept beside the new one",
    )
    demo.add_argument("--fresh", action="store_true", help="start anew; the old file is moved aside")
    demo.set_defaults(run=_demo)
    add_actor(demo)
    follow = make(
        commands,
        "follow",
        "Look on, for the projector: show what somebody who has the same workspace open sees, and change nothing.",
        "  makeroom follow                 whoever moved last\n  makeroom --db team.db follow Ana",
    )
    follow.add_argument("follow", nargs="?", default="*", metavar="NAME", help="whom to follow; else who moved last")
    follow.set_defaults(run=_board, version=False)
    add_db(follow)
    add_actor(follow)
    _add_keeping(commands)
    _add_serve(commands)
    add_meeting(commands)
    add_plans(commands)
    add_log(commands)
    add_snapshot(commands)
    add_compare(commands)
    add_export(commands)
    add_completion(commands)
    where = make(commands, "where", "Say which files are used, and why those.", "  makeroom --db team.db where")
    where.set_defaults(run=_where)
    add_db(where)
    return top


def _add_import_history(commands: Commands) -> None:
    one = make(
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
    one.set_defaults(run=later("history"))
    add_db(one)


def _add_keeping(commands: Commands) -> None:
    one = make(
        commands,
        "verify",
        "Look through the whole workspace: is everything in it as it was written? Changes nothing. Says what to do "
        "where it is not; the last line has the last seal, which proves the journal later if it is kept elsewhere.",
        "  makeroom verify\n  makeroom --db team.db verify --json",
    )
    add_json(one)
    one.set_defaults(run=later("keeping", "verify_file"))
    add_db(one)
    one = make(
        commands,
        "backup",
        "Make a verified copy of the workspace, while others go on working in it. One is made every hour in which "
        "there is a change, too: the last 24 stay, and one a day for 30 days. Those made with this command stay.",
        "  makeroom backup\n  makeroom backup --to /mnt/safe/team-before-the-meeting.db",
    )
    one.add_argument("--to", metavar="PATH", help="a file that is not there yet, or a folder")
    add_json(one)
    one.set_defaults(run=later("keeping", "backup"))
    add_db(one)
    one = make(
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
    add_json(one)
    one.set_defaults(run=later("keeping", "restore_file"))
    add_db(one)


def _add_serve(commands: Commands) -> None:
    one = make(
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
    one.set_defaults(run=later("serving"))
    add_db(one)
    add_actor(one)


def _board(arguments: argparse.Namespace) -> int:
    from tui.cli import opening

    return opening.version() if arguments.version else opening.board(arguments.db, arguments.actor, arguments.follow)


def _demo(arguments: argparse.Namespace) -> int:
    from tui.cli import opening

    return opening.demo(arguments.fresh, arguments.actor)


def _where(arguments: argparse.Namespace) -> int:
    from tui.cli import opening

    return opening.where(arguments.db)
