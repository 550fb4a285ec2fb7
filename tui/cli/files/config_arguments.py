"""The arguments of ``config``."""

from __future__ import annotations

from tui.cli.parser import Commands, add_json, later, make


def add_config(commands: Commands) -> None:
    """``makeroom config``."""
    one = make(
        commands,
        "config",
        "Show what you have set, and where it is kept; with a name show its value, with a value set it.",
        "  makeroom config\n"
        "  makeroom config theme light\n"
        "  makeroom config keys.board.fill ctrl+f\n"
        "  makeroom config keymap vim\n"
        "  makeroom config theme default",
    )
    add_json(one)
    one.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="theme, patterns, preview, quiet, group, columns, keymap, keys, or keys.ID",
    )
    one.add_argument("value", nargs="?", metavar="VALUE", help="its new value; default takes yours back")
    one.set_defaults(run=later("files.config"))
