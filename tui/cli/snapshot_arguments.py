"""The arguments of ``makeroom snapshot``, and the examples in its help."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Run = Callable[[argparse.Namespace], int]


@dataclass(frozen=True)
class Tools:
    """What every command's arguments are made with."""

    make: Callable[[Any, str, str, str], argparse.ArgumentParser]
    add_db: Callable[[argparse.ArgumentParser], None]
    add_actor: Callable[[argparse.ArgumentParser], None]
    add_json: Callable[[argparse.ArgumentParser], None]
    later: Callable[[str, str], Run]


def add_snapshot(commands: Any, tools: Tools) -> None:
    """``snapshot`` with its own commands."""
    top = tools.make(
        commands,
        "snapshot",
        "Keep the plan under a name, go back to it, compare plans, and move them between workspaces as files.",
        "  makeroom snapshot save 'before the meeting'\n"
        "  makeroom snapshot compare baseline\n"
        "  makeroom snapshot export baseline --to ~/plans",
    )
    top.set_defaults(run=tools.later("snapshots", "usage"))
    own = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=type(top))

    def one(name: str, what: str, example: str, function: str, module: str = "snapshots") -> argparse.ArgumentParser:
        made = tools.make(own, name, what, example)
        made.set_defaults(run=tools.later(module, function))
        tools.add_db(made)
        tools.add_json(made)
        return made

    save = one(
        "save",
        "Take a snapshot of the plan as it is now.",
        "  makeroom snapshot save 'before the meeting' --note 'as agreed on Monday'",
        "save",
    )
    save.add_argument("name", metavar="NAME")
    save.add_argument("--note", default="", metavar="TEXT", help="what it was taken for")
    tools.add_actor(save)
    one(
        "list",
        "List the snapshots, newest first.",
        "  makeroom snapshot list\n  makeroom snapshot list --json",
        "listing",
    )
    show = one("show", "Show what a snapshot holds.", "  makeroom snapshot show baseline", "show")
    show.add_argument("name", metavar="NAME", help="a name, #NUMBER, now, baseline, or a snapshot's file")
    restore = one(
        "restore",
        "Make the plan what a snapshot holds, as one decision that undo takes back. Shows first what would change. "
        "What does not reach the target is restored only if the snapshot itself did not, and somebody signs for it.",
        "  makeroom snapshot restore baseline              look at it first\n"
        "  makeroom snapshot restore baseline --yes --by 'Ana' --because 'the deal is off'",
        "restore_plan",
    )
    restore.add_argument("name", metavar="NAME", help="a name, #NUMBER, baseline, or a snapshot's file")
    restore.add_argument("--yes", action="store_true", help="restore it without asking")
    restore.add_argument("--by", default="", metavar="NAME", help="who decided; signs for a plan below its target")
    restore.add_argument("--because", default="", metavar="TEXT", help="why")
    restore.add_argument("--make-missing", action="store_true", help="make the items that are not in this workspace")
    tools.add_actor(restore)
    compare = one(
        "compare",
        "Put two or three plans side by side: figures, then only the differences. Ends with 0 where they are the same, "
        "with 1 where they differ.",
        "  makeroom snapshot compare baseline\n"
        "  makeroom snapshot compare 'before the meeting' now --markdown - \n"
        "  makeroom snapshot compare baseline plan.toml now --html compare.html",
        "compare_plans",
        "comparing",
    )
    compare.add_argument(
        "names", metavar="NAME", nargs="+", help="two or three of: a name, #NUMBER, now, baseline, a file"
    )
    compare.add_argument("--markdown", metavar="FILE", help="write it as Markdown; - is here")
    compare.add_argument("--html", metavar="FILE", help="write it as one HTML page; - is here")
    compare.add_argument("--overwrite", action="store_true", help="write over a file that is there already")
    export = one(
        "export",
        "Write a snapshot into a folder as TOML, made for reading, comparing and git.",
        "  makeroom snapshot export baseline --to ~/plans",
        "export_file",
        "snapshot_transfer",
    )
    export.add_argument("name", metavar="NAME", help="a name, #NUMBER, now or baseline")
    export.add_argument("--to", metavar="FOLDER", required=True)
    export.add_argument("--overwrite", action="store_true", help="write over another file of that name")
    taken = one(
        "import",
        "Read a snapshot's file. Items are known again by draw number, key or title; shows what is not here, and keeps "
        "the snapshot once that is confirmed. The plan stays as it is: restore goes to it.",
        "  makeroom snapshot import plan.toml              look at it first\n"
        "  makeroom snapshot import plan.toml --yes",
        "import_file",
        "snapshot_transfer",
    )
    taken.add_argument("file", metavar="FILE")
    taken.add_argument("--yes", action="store_true", help="keep it without asking")
    taken.add_argument("--name", default="", metavar="NAME", help="keep it under another name")
    tools.add_actor(taken)
