"""The arguments of ``makeroom snapshot``, and the examples in its help."""

from __future__ import annotations

from tui.cli.parser import Commands, Parser, add_actor, add_db, add_json, later, make
from tui.cli.trade.arguments import add_way


def add_snapshot(commands: Commands) -> None:
    """``snapshot`` with its own commands."""
    top = make(
        commands,
        "snapshot",
        "Keep the plan under a name, go back to it, compare plans, and move them between workspaces as files.",
        "  makeroom snapshot save 'before the meeting'\n"
        "  makeroom snapshot compare baseline\n"
        "  makeroom snapshot export baseline --to ~/plans",
    )
    top.set_defaults(run=later("snapshots.snapshots", "usage"))
    own = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=type(top))

    def one(name: str, what: str, example: str, function: str, module: str = "snapshots.snapshots") -> Parser:
        made = make(own, name, what, example)
        made.set_defaults(run=later(module, function))
        add_db(made)
        add_json(made)
        return made

    save = one(
        "save",
        "Take a snapshot of the plan as it is now.",
        "  makeroom snapshot save 'before the meeting' --note 'as agreed on Monday'",
        "save",
    )
    save.later = lambda: _add_save(save)
    add_actor(save)
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
    add_actor(restore)
    add_compare(own, "makeroom snapshot compare")
    export = one(
        "export",
        "Write a snapshot into a folder as TOML, made for reading, comparing and git.",
        "  makeroom snapshot export baseline --to ~/plans",
        "export_file",
        "snapshots.snapshot_files",
    )
    export.add_argument("name", metavar="NAME", help="a name, #NUMBER, now or baseline")
    export.add_argument("--to", metavar="FOLDER", required=True, help="the folder to write it into")
    export.add_argument("--overwrite", action="store_true", help="write over another file of that name")
    taken = one(
        "import",
        "Read a snapshot's file. Items are recognised by draw number, key or title; shows what is not here, and keeps "
        "the snapshot once that is confirmed. The plan stays as it is: restore goes to it.",
        "  makeroom snapshot import plan.toml              look at it first\n"
        "  makeroom snapshot import plan.toml --yes",
        "import_file",
        "snapshots.snapshot_files",
    )
    taken.add_argument("file", metavar="FILE", help="what `makeroom snapshot export` wrote")
    taken.add_argument("--yes", action="store_true", help="keep it without asking")
    taken.add_argument("--name", default="", metavar="NAME", help="keep it under another name")
    add_actor(taken)


def _add_save(save: Parser) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.plans import SAVE

    add_asks(save, SAVE)


def add_compare(commands: Commands, called: str = "makeroom compare") -> None:
    """``makeroom compare``; and the same among the commands of ``snapshot``, where nothing is taken over."""
    takes = called == "makeroom compare"
    one = make(
        commands,
        "compare",
        "Put two or three plans side by side: figures, then only the differences, from the older plan to the newer and "
        "from the plan to a scenario. Ends with 0 where they are the same, with 1 where they differ."
        + (
            " With --take, one difference is taken over into the plan: what does not fit needs a swap." if takes else ""
        ),
        f"  {called} baseline\n"
        + (f"  {called} now 'Acme yes' --take 3 --by Jo --because 'it pays'\n" if takes else "")
        + f"  {called} 'before the meeting' now --markdown - \n"
        f"  {called} baseline plan.toml now --html compare.html",
    )
    one.set_defaults(run=later("snapshots.compare", "compare_plans"))
    add_db(one)
    add_json(one)
    plans = "a snapshot's name, #NUMBER, now, baseline, a file, a scenario's name, main"
    one.add_argument("names", metavar="NAME", nargs="+", help=f"two or three of: {plans}")
    one.add_argument("--markdown", metavar="FILE", help="write it as Markdown; - is here")
    one.add_argument("--html", metavar="FILE", help="write it as one HTML page; - is here")
    one.add_argument("--overwrite", action="store_true", help="write over a file that is there already")
    if takes:
        one.add_argument(
            "--take",
            metavar="N|ITEM",
            help="the number of a difference of now and another plan, or the item that differs",
        )
        add_way(one)
        add_actor(one)
