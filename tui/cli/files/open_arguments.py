"""The arguments of the commands that open the board, and say where everything is."""

from __future__ import annotations

import argparse

from tui.cli.parser import Commands, add_actor, add_db, add_json, later, make


def add_demo(commands: Commands) -> None:
    """``makeroom demo``."""
    demo = make(
        commands,
        "demo",
        "Open a separate workspace with made-up data.",
        "  makeroom demo --fresh           begin again; the old file is kept beside the new one",
    )
    demo.add_argument("--fresh", action="store_true", help="start again; the old file is moved aside")
    demo.add_argument("--json", action="store_true", help="for programs: make it, say where it is, and open nothing")
    demo.set_defaults(run=_demo)
    add_projector(demo)
    add_actor(demo)


def add_follow(commands: Commands) -> None:
    """``makeroom follow``."""
    follow = make(
        commands,
        "follow",
        "Look on, for the projector: show what somebody who has the same workspace open sees, and change nothing.",
        "  makeroom follow                 whoever moved last\n  makeroom --db team.db follow Ana",
    )
    follow.add_argument("follow", nargs="?", default="*", metavar="NAME", help="whom to follow; else who moved last")
    follow.set_defaults(run=open_board, version=False, plain=False)
    add_projector(follow)
    add_db(follow)
    add_actor(follow)


def add_projector(to: argparse.ArgumentParser) -> None:
    """``--projector``."""
    to.add_argument(
        "--projector",
        dest="projects",
        action="store_true",
        default=argparse.SUPPRESS,
        help="for a wall: large figures, few columns, whole titles, contrast; a key turns it on and off",
    )


def add_serve(commands: Commands) -> None:
    """``makeroom serve``."""
    one = make(
        commands,
        "serve",
        "Show the board in a browser on this machine, to whoever has the address that is printed. For other machines, "
        "see docs/serve.md. Needs, from a clone: pip install '.[web]'",
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
    one.set_defaults(run=later("files.serve"))
    add_db(one)
    add_actor(one)


def add_where(commands: Commands) -> None:
    """``makeroom where``."""
    where = make(commands, "where", "Say which files are used, and why those.", "  makeroom --db team.db where")
    add_json(where)
    where.set_defaults(run=_where)
    add_db(where)


def open_board(arguments: argparse.Namespace) -> int:
    """The board, or with --plain its changes as lines, or with --version only which makeroom this is."""
    from tui.cli.files import open_board

    if arguments.plain and not arguments.version:
        from tui.cli.files.plain import plain

        return plain(arguments.db, arguments.main, arguments.actor)
    return (
        open_board.version()
        if arguments.version
        else open_board.board(arguments.db, arguments.actor, arguments.follow, projects=arguments.projects)
    )


def _demo(arguments: argparse.Namespace) -> int:
    from tui.cli.files import open_board

    return open_board.demo(arguments.fresh, arguments.actor, json=arguments.json, projects=arguments.projects)


def _where(arguments: argparse.Namespace) -> int:
    from tui.cli.files import open_board

    return open_board.where(arguments.db, json=arguments.json)
