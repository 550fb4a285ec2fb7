"""The arguments of ``makeroom practice``."""

from __future__ import annotations

from tui.cli.parser import Commands, Parser, later, make, within
from tui.cli.practice.play_arguments import add_plays

#: How a drill may have gone; named here so that no help waits for what repeats them.
_WENT = ("badly", "so-so", "well")


def add_practice(commands: Commands) -> None:
    """``practice`` with a command for each way to practise."""
    top = make(
        commands,
        "practice",
        "Rehearse hard calls without real money: drills of two minutes alone, and questions for a room. Nothing of it "
        "touches a workspace.",
        "  makeroom practice drill\n  makeroom practice deck --group decision",
    )
    top.set_defaults(run=later("practice.practice", "listing"))
    top.later = lambda: _add_own(top)


def _add_own(top: Parser) -> None:
    own = within(top)
    drill = own(
        "drill",
        "Take a drill: choose, say why in a line, read what an experienced colleague would weigh on each side, say how "
        "it went. Those that went badly come back. Without a name: the one that is due.",
        "  makeroom practice drill\n"
        '  makeroom practice drill 7 --choose 2 --because "We have no second account that asks."\n'
        "  makeroom practice drill 7 --went so-so\n"
        "  makeroom practice drill --list",
        "practice.drill",
        "run",
    )
    drill.add_argument("drill", nargs="?", default="", metavar="DRILL", help="its number or its title")
    drill.add_argument("--choose", type=int, metavar="N", help="the number of the choice")
    drill.add_argument("--because", metavar="TEXT", help="why, in a line")
    drill.add_argument("--went", choices=_WENT, help="how it went, once both sides are read")
    drill.add_argument("--list", action="store_true", help="all drills, and which are due when")
    deck = own(
        "deck",
        "Print the questions for a room in six groups: the decision, the request, the options, the strategy, the "
        "operating model, our own team.",
        "  makeroom practice deck\n  makeroom practice deck --group options --listen",
        "practice.deck",
        "run",
    )
    deck.add_argument("--group", default="", metavar="NAME", help="only this group")
    deck.add_argument("--listen", action="store_true", help="with what to listen for, for whoever asks")
    check = own(
        "check",
        "Check the file of a case of your own: broken references, an impossible plan, an event that cannot happen, "
        "each with file, line and key. Exit code 1 where anything is wrong.",
        "  makeroom practice check ours.toml",
        "practice.check",
        "run",
    )
    check.add_argument("file", metavar="FILE", help="the case, as TOML")
    new = own(
        "new",
        "Write the file of a case of your own: a small one that can be played as it is, with what each part is for. "
        "With --from-workspace it is the quarter of the open workspace, with names and texts made up, money multiplied "
        "by one number that is kept nowhere, and days moved by whole weeks; what happens in it is left to write.",
        "  makeroom practice new ours\n  makeroom practice new ours --from-workspace",
        "practice.new",
        "run",
    )
    new.add_argument(
        "name", metavar="NAME", help="what the case is called: written here as NAME.toml, never over a file"
    )
    new.add_argument("--from-workspace", action="store_true", help="from the quarter of the open workspace, disguised")
    add_plays(own)
