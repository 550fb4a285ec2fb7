"""The arguments of ``makeroom charter``, and the examples in its help."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tui.cli.parser import Commands, Parser, add_actor, add_db, add_json, later, make

#: Adds a command within another: name, what it does, an example, and the module and function that carry it out.
Own = Callable[[str, str, str, str, str], Parser]


def add_charter(commands: Commands) -> None:
    """``charter`` with its own commands; alone it shows the charter."""
    top = make(
        commands,
        "charter",
        "Show the charter: who may decide what, by which principles and figures, and what is missing in it. Its own "
        "commands change it; each change is one that undo takes back.",
        "  makeroom charter\n"
        "  makeroom charter role 'Head of product' --holder 'Jo Field'\n"
        "  makeroom charter grant 'over ceiling' 'Head of product'\n"
        "  makeroom charter set rate=4000 least-return=3",
    )
    top.set_defaults(run=later("rules.charter", "show"))
    own = within(top)
    one = own(
        "role",
        "Make a role or change it: who has it now, its name; or take it away, with its rights.",
        "  makeroom charter role 'Head of product' --holder 'Jo Field'\n"
        "  makeroom charter role 'Head of product' --rename 'Product lead'\n"
        "  makeroom charter role 'Product lead' --remove",
        "rules.charter",
        "role",
    )
    one.add_argument("name", metavar="ROLE", help="its name; made where there is none of that name")
    one.add_argument("--holder", metavar="NAME", help="who has it now; empty: nobody")
    _add_named(one)
    for name, what, function in (
        ("grant", "Grant a role a decision right.", "grant_right"),
        ("withdraw", "Withdraw a decision right from a role.", "withdraw_right"),
    ):
        one = own(
            name,
            what,
            f"  makeroom charter {name} 'over ceiling' 'Head of product'\n"
            f"  makeroom charter {name} 'break a principle' CTO --principle 'No forks'",
            "rules.charter",
            function,
        )
        one.add_argument(
            "right",
            metavar="RIGHT",
            help="one-off, 'under target', 'over ceiling', 'below return' or 'break a principle'",
        )
        one.add_argument("role", metavar="ROLE", help="its name, or a part that no other has")
        one.add_argument("--principle", default="", metavar="NAME", help="to break only this principle; else any")
    one = own(
        "principle",
        "Make a principle or change its words; or take it away, with the rights to break it.",
        "  makeroom charter principle 'No forks' --note 'one product for all'\n"
        "  makeroom charter principle 'No forks' --remove",
        "rules.charter",
        "principle",
    )
    one.add_argument("name", metavar="PRINCIPLE", help="its name; made where there is none of that name")
    one.add_argument("--note", metavar="TEXT", help="what it means, and why the room agreed on it; empty: none")
    _add_named(one)
    one = own(
        "set",
        "Change figures of the charter, as one change.",
        "  makeroom charter set rate=4000 least-return=3\n"
        "  makeroom charter set licence=                  as where nobody has given it",
        "rules.charter",
        "figures",
    )
    one.add_argument(
        "figures",
        nargs="+",
        metavar="FIGURE=VALUE",
        help="purse-count, purse-effort (ew), least-return (times), rate (money per ew), licence (money), "
        "renewal-days, evidence-rules (text); empty: what it is where nobody gives it",
    )
    one = own(
        "owner",
        "Say who speaks for a slice: a trade that shrinks it says so where they are not in the room.",
        "  makeroom charter owner Q Support",
        "rules.charter",
        "owner",
    )
    one.add_argument("slice", metavar="SLICE", help="its letter or its name")
    one.add_argument("owner", metavar="NAME", help="who speaks for it; empty: nobody")


def _add_named(to: argparse.ArgumentParser) -> None:
    to.add_argument("--rename", metavar="NAME", help="its new name")
    to.add_argument("--remove", action="store_true", help="take it away")


def within(top: Parser) -> Own:
    """Commands within a command: each takes ``--json``, ``--db`` and ``--as``, also before its name."""
    _add_common(top, within=False)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)

    def own(name: str, what: str, example: str, module: str, function: str) -> Parser:
        one = make(commands, name, what, example)
        _add_common(one, within=True)
        one.set_defaults(run=later(module, function))
        return one

    return own


def _add_common(to: Parser, *, within: bool) -> None:
    add_json(to, within=within)
    add_db(to)
    add_actor(to)
