"""The options of a decision that takes signatures."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scenarios.figures.readers import AS_DAY
from tui.cli.parser import day

if TYPE_CHECKING:
    from store.records.negotiation import RightKind

#: Rights that are signed for; the purse has an option of its own.
SIGNED: tuple[RightKind, ...] = ("under target", "over ceiling", "below return", "break a principle")


def add_signing(to: argparse.ArgumentParser) -> None:
    """The options of a decision that takes signatures."""
    to.add_argument(
        "--signature",
        action="append",
        default=[],
        metavar="'RIGHT: NAME: REASON'",
        help=f"somebody signs; RIGHT is one of {', '.join(SIGNED)}. --by and --because count where it is their right",
    )
    to.add_argument(
        "--breaks",
        action="append",
        default=[],
        metavar="PRINCIPLE",
        help="a principle that it goes against, by its name or a part of that; may be repeated",
    )
    to.add_argument("--purse", action="store_true", help="the one-off is paid out of the purse, by who is named --by")
    to.add_argument("--present", default="", metavar="NAMES", help="who was in the room")
    to.add_argument("--dissent", default="", metavar="TEXT", help="who was against it, and why")
    to.add_argument("--conditions", default="", metavar="TEXT", help="what it hangs on")
    to.add_argument("--review", type=day, metavar="DATE", help=f"when it is reviewed, {AS_DAY}")
