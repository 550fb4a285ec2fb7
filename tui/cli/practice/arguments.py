"""The arguments of ``makeroom practice``."""

from __future__ import annotations

from tui.cli.parser import Commands, Parser, later, make, within


def add_practice(commands: Commands) -> None:
    """``practice`` with a command for each way to practise."""
    top = make(
        commands,
        "practice",
        "Rehearse hard calls without real money: questions for a room. Nothing of it touches a workspace.",
        "  makeroom practice\n  makeroom practice deck --group decision",
    )
    top.set_defaults(run=later("practice.practice", "listing"))
    top.later = lambda: _add_own(top)


def _add_own(top: Parser) -> None:
    own = within(top)
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
