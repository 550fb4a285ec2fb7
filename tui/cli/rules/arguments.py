"""The arguments of the commands for what stands over a plan: exceptions, one-offs, commitments."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli.parser import Commands, Parser, add_actor, add_db, add_json, later, make
from tui.cli.trade.signature_arguments import day

if TYPE_CHECKING:
    from store.records.negotiation import CommitmentKind

#: As scenarios.rules.commitments has them; written out, so that no command pays for an import that only one needs.
KINDS: tuple[CommitmentKind, ...] = ("aim", "promised", "contractual", "regulatory")


def add_exceptions(commands: Commands) -> None:
    """``makeroom exceptions``, with ``review`` and ``clear``."""
    own = _with_its_own(
        commands,
        "exceptions",
        "List the exceptions that were signed for and stand, those whose review is due first. Each has a number, by "
        "which somebody who looked at it again lets it stand, or clears it: a decision, which undo takes back.",
        "  makeroom exceptions\n"
        "  makeroom exceptions review 7 --by Priya --because 'they use it' --review 2027-06-30\n"
        "  makeroom exceptions clear 7 --by Priya --because 'it returns what it costs'",
    )
    one = _own(
        own,
        "review",
        "rules.exceptions",
        "Look at an exception again and let it stand; without --review it is not looked at again.",
        "  makeroom exceptions review 7 --by Priya --because 'they use it' --review 2027-06-30",
    )
    one.add_argument("number", type=int, metavar="N", help="its number in makeroom exceptions")
    _add_said(one, "what was found when it was looked at again")
    one.add_argument("--review", type=day, metavar="DATE", help="when it is looked at next, as 2027-03-31")
    one.add_argument("--conditions", default="", metavar="TEXT", help="what it hangs on from now on; else as before")
    one = _own(
        own,
        "clear",
        "rules.exceptions",
        "End an exception: it stands no longer. A plan that is still below its target is then an open shortfall.",
        "  makeroom exceptions clear 7 --by Priya --because 'it returns what it costs'",
    )
    one.add_argument("number", type=int, metavar="N", help="its number in makeroom exceptions")
    _add_said(one, "what was found when it was looked at again")


def add_one_offs(commands: Commands) -> None:
    """``makeroom one-offs``."""
    one = make(
        commands,
        "one-offs",
        "List the one-offs of the quarter with their share of the plan, its band and ceiling, the Sales purse, and "
        "the kinds of which three or more were taken within four quarters. With --platform, ask for the item that "
        "would have absorbed those of a kind.",
        "  makeroom one-offs\n  makeroom one-offs --quarter 'Q4 2026' --json\n"
        "  makeroom one-offs --platform 'report writer'",
    )
    one.add_argument("--quarter", default="", metavar="QUARTER", help="an earlier quarter, by its name")
    one.add_argument("--platform", default="", metavar="KIND", help="ask for the platform item of this kind")
    add_json(one)
    one.set_defaults(run=later("rules.one_offs"))
    add_db(one)
    add_actor(one)


def add_commitments(commands: Commands) -> None:
    """``makeroom commitments``, with ``add`` and ``take-back``."""
    own = _with_its_own(
        commands,
        "commitments",
        "List what was promised to whom by when, first what is not in plan; then what is, what is done, and the "
        "room's own aims. A promise goes only when it is kept, or taken back by a decision.",
        "  makeroom commitments --json\n"
        "  makeroom commitments add 'EDI feed' --to Hanseatic --due 2027-04-01\n"
        "  makeroom commitments take-back 'EDI feed' --by Priya --because 'they agreed to wait'",
    )
    one = _own(
        own,
        "add",
        "rules.commitments",
        "Promise an item to somebody. A contractual or regulatory commitment pins it: no trade takes it out of plan.",
        "  makeroom commitments add 'EDI feed' --to Hanseatic --due 2027-04-01\n"
        "  makeroom commitments add 6 --kind contractual --to Hanseatic --note 'clause 4 of the contract'",
    )
    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    one.add_argument("--kind", choices=KINDS, default="promised", help="what it is (promised)")
    one.add_argument("--to", default="", metavar="NAME", help="to whom: a customer, a partner, a regulator")
    one.add_argument("--due", type=day, metavar="DATE", help="by when, as 2027-03-31")
    one.add_argument("--note", default="", metavar="TEXT", help="who said so, where it is written")
    one = _own(
        own,
        "take-back",
        "rules.commitments",
        "End a commitment without its being kept, by a decision. What it alone held in plan is held no longer.",
        "  makeroom commitments take-back 'EDI feed' --by Priya --because 'they agreed to wait'",
        function="taken_back",
    )
    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    one.add_argument("--number", type=int, metavar="N", help="which, where it has several: its number in the list")
    _add_said(one, "why; it goes on record")


def _with_its_own(commands: Commands, name: str, what: str, example: str) -> Commands:
    """A command that lists; the commands that it has of its own."""
    top = make(commands, name, what, example)
    add_json(top)
    top.set_defaults(run=later(f"rules.{name}", "listing"))
    add_db(top)
    add_actor(top)
    return top.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)


def _own(own: Commands, name: str, module: str, what: str, example: str, function: str = "") -> Parser:
    """One of its own commands."""
    one = make(own, name, what, example)
    # Left out where it is not typed: what stood before the name of the command holds.
    one.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="one JSON object for programs")
    one.set_defaults(run=later(module, function or name))
    add_db(one)
    add_actor(one)
    return one


def _add_said(to: argparse.ArgumentParser, why: str) -> None:
    to.add_argument("--by", default="", metavar="NAME", help="who decides")
    to.add_argument("--because", default="", metavar="TEXT", help=why)
