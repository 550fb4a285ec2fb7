"""The arguments of the commands for single items, for scenarios, and for what could be."""

from __future__ import annotations

from tui.cli.meeting_arguments import add_way
from tui.cli.parsing import Commands, Parser, add_actor, add_db, add_json, later, make

#: As the store has them; written out, so that no command pays for the import of what only this one needs.
_PINS = ("pinned", "started", "contractual", "regulatory")


def add_plans(commands: Commands) -> None:
    """All of them."""
    _add_item(commands)


def _command(commands: Commands, name: str, what: str, example: str, module: str, function: str) -> Parser:
    one = make(commands, name, what, example)
    add_json(one)
    one.set_defaults(run=later(module, function))
    add_db(one)
    add_actor(one)
    return one


def _add_item(commands: Commands) -> None:
    one = _command(
        commands,
        "item",
        "Show an item whole: sizes, value, rank, odds, what holds it, what it needs, who waits, how it was asked for. "
        "With options, change it, in one step that undo takes back; an empty text clears a field. Its size: makeroom "
        "size.",
        "  makeroom item 'Slack digest'\n"
        "  makeroom item 23 --owner Ana --due 2027-03-31 --value 8\n"
        "  makeroom item 'Slack digest' --above 'Dark mode' --needs 'Saved views'\n"
        "  makeroom item 23 --version 'mail only=0.5-1-2' --pin contractual --pin-note 'Acme, 4.2'",
        "items",
        "item",
    )
    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    one.add_argument("--title", metavar="TEXT", help="what it is called")
    one.add_argument("--note", metavar="TEXT", help="why it is worth doing, in a line")
    one.add_argument("--slice", metavar="SLICE", help="a slice's letter or name")
    one.add_argument("--owner", metavar="NAME", help="who owns it")
    one.add_argument("--due", metavar="DATE", help="as 2027-03-31")
    one.add_argument(
        "--value",
        action="append",
        default=[],
        metavar="N",
        help="a number on your own scale; or PART=N where values have parts, as reach=500; may be repeated",
    )
    one.add_argument(
        "--waits",
        action="append",
        default=[],
        metavar="CUSTOMER",
        help="who waits too; may be repeated; an empty one first: nobody but those",
    )
    one.add_argument("--rank", type=int, metavar="N", help="the place on its side of the line, 1 the first")
    one.add_argument("--above", metavar="ITEM", help="the place before that one")
    one.add_argument("--below", metavar="ITEM", help="the place after that one")
    one.add_argument("--pin", nargs="?", const="pinned", choices=_PINS, help="it stays in plan, and why")
    one.add_argument("--unpin", action="store_true", help="it may leave the plan again")
    one.add_argument("--pin-note", metavar="TEXT", help="which contract, which regulation, who said so")
    one.add_argument(
        "--needs", action="append", default=[], metavar="ITEM", help="it is of no use without that; may be repeated"
    )
    one.add_argument(
        "--not-needs", action="append", default=[], metavar="ITEM", help="it does without that; may be repeated"
    )
    one.add_argument(
        "--version",
        dest="first_version",
        action="append",
        default=[],
        metavar="NAME=SIZE",
        help="its smaller first version, in place of the one that it has; NAME=TEAM:SIZE for each of several teams",
    )
    one.add_argument("--no-version", metavar="NAME", help="it has no smaller first version")
    one.add_argument("--version-value", metavar="N", help="value of the first version; empty: as its effort")
    add_way(one)
