"""The arguments of ``makeroom charter``, and the examples in its help."""

from __future__ import annotations

from tui.cli.parser import Commands, Parser, later, make, within


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
    top.later = lambda: _add_own(top)


def _add_own(top: Parser) -> None:
    from tui.cli.plain_change import add_plain
    from tui.forms.charter import FIGURE, OWNER, PERSONA, PRINCIPLE, ROLE, SLICE, VERSION
    from tui.forms.rights import GRANT, WITHDRAW

    own = within(top)
    for plain in (ROLE, GRANT, WITHDRAW, PRINCIPLE, PERSONA, FIGURE, VERSION, OWNER, SLICE):
        add_plain(own, plain)
